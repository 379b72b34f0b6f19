"""Which language a text is in; the cases are in tests/cases/language.toml."""

from __future__ import annotations

import json
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from transcheck.text import detect as module
from transcheck.text.detect import PPM, detect, grams, telling, words
from transcheck.types import LANGS, Lang

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "language.toml").read_text(encoding="utf-8"))
PROFILES = Path(module.__file__).parent / "data" / "profiles"

RU = "Когда мы вернулись в город, дома уже не было, а соседи молча смотрели на нас и ничего не говорили"
UK = "Коли ми повернулися до міста, будинку вже не було, а сусіди мовчки дивилися на нас і нічого не казали"


@pytest.mark.parametrize("case", CASES["detect"], ids=lambda c: c["text"][:30] or "empty")
def test_cases(case: dict[str, str]) -> None:
    found = detect(case["text"])
    assert found.lang == case.get("lang"), found


def test_a_declared_language_is_taken_as_it_is() -> None:
    found = detect(RU, "uk")
    assert (found.lang, found.method, found.probability) == ("uk", "declared", 1.0)


@pytest.mark.parametrize(
    ("text", "method"),
    [
        ("Їжак їсть яблука", "letters"),
        ("Мы это съели", "letters"),
        ("Она работает в школе", "profiles"),
        ("12345", "unknown"),
    ],
)
def test_the_method_says_what_decided(text: str, method: str) -> None:
    assert detect(text).method == method


def test_every_short_passage_without_letters_of_the_other_language_keeps_its_language() -> None:
    for text, lang in ((RU, "ru"), (UK, "uk")):
        tokens = text.split()
        for i in range(len(tokens) - 4):
            passage = " ".join(tokens[i : i + 5])
            assert detect(passage).lang == lang, passage


def test_letters_never_take_one_cyrillic_language_for_the_other() -> None:
    for text, lang in ((RU, "ru"), (UK, "uk")):
        for word in text.replace(",", "").split():
            found = detect(word)
            assert found.method != "letters" or found.lang == lang, word


@pytest.mark.parametrize(
    ("word", "lang"),
    [
        ("это", "ru"), ("объект", "ru"), ("ёж", "ru"), ("її", "uk"), ("ґава", "uk"), ("об'єкт", "uk"),
        ("п'ять", "uk"), ("д'артаньян", None), ("правда", None), ("ыі", None),
    ],
)  # fmt: skip
def test_telling_letters(word: str, lang: Lang | None) -> None:
    assert telling(word) == lang


def test_words_leave_out_addresses_and_stress_and_make_apostrophes_one() -> None:
    assert words("За́мок п’ять http://example.org/що a@example.org 12") == ["замок", "п'ять"]


def test_grams_are_those_of_langdetect() -> None:
    assert list(grams("да")) == ["д", "а", " д", "да", "а ", " да", "да "]


def test_langdetect_reads_the_profiles_and_a_fixed_seed_makes_it_stable() -> None:
    from langdetect.detector_factory import DetectorFactory

    factory = DetectorFactory()
    factory.set_seed(0)
    factory.load_json_profile([(PROFILES / lang).read_text(encoding="utf-8") for lang in LANGS])
    assert factory.get_lang_list() == list(LANGS)
    for text, lang in ((RU, "ru"), (UK, "uk"), ("The neighbours looked at us and said nothing", "en")):
        answers = set()
        for _ in range(5):
            detector = factory.create(alpha=module.ALPHA)
            detector.append(text)
            answers.add(detector.detect())
        assert answers == {lang}


def test_profiles_are_small_and_well_formed() -> None:
    assert sum((PROFILES / lang).stat().st_size for lang in LANGS) <= 600_000
    for lang in LANGS:
        profile: dict[str, Any] = json.loads((PROFILES / lang).read_text(encoding="utf-8"))
        assert set(profile) == {"freq", "n_words", "name"}
        assert profile["name"] == lang
        assert profile["n_words"] == [PPM] * 3
        assert all(1 <= len(g) <= 3 and n > 0 for g, n in profile["freq"].items())


def test_the_same_text_always_has_the_same_answer() -> None:
    text = "Золото дороже серебра."
    assert len({detect(text) for _ in range(20)}) == 1


def test_a_text_takes_less_than_half_a_millisecond() -> None:
    detect("да")
    texts = [" ".join(RU.split()[i:]) for i in range(10)] * 20
    start = time.process_time()
    for text in texts:
        detect(text)
    # Five times the promise, so that a busy machine does not fail the test.
    assert (time.process_time() - start) / len(texts) < 0.0025


def test_a_long_text_takes_no_longer_than_its_words_need() -> None:
    start = time.process_time()
    assert detect(UK * 2000).lang == "uk"
    assert time.process_time() - start < 2.0
