"""How likely single words are to be lacking: the packaged networks on sentences of the project's own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from transcheck.checks.coverage import Words, words_of
from transcheck.checks.lacking import ALONE, COLUMNS, KINDS, MATCH, PAIR, RATE, SHARED, features, odds, stored, towards
from transcheck.encode import load_encoder
from transcheck.types import Cell, Lang, Place

Texts = Mapping[Lang, str]

WHOLE: Texts = {
    "ru": "Сторож открыл ворота, накормил собаку и ушёл домой.",
    "uk": "Сторож відчинив ворота, нагодував собаку й пішов додому.",
    "en": "The watchman opened the gate, fed the dog and went home.",
}
SHORT: Texts = {
    "ru": "Сторож открыл ворота и ушёл домой.",
    "uk": "Сторож відчинив ворота й пішов додому.",
    "en": "The watchman opened the gate and went home.",
}
DOG: Texts = {"ru": "собаку", "uk": "собаку", "en": "dog"}
GATE: Texts = {"ru": "ворота", "uk": "ворота", "en": "gate"}


def read(texts: Texts) -> dict[Lang, Words]:
    encoder = load_encoder()
    return {x: words_of(Cell(x, (0,), Place(x, 0, len(t), t)), encoder) for x, t in texts.items()}


def of(texts: Texts, kind: str, own: Lang, other: Lang) -> dict[str, float]:
    words = read(texts)
    found = odds(kind, words, own, other)
    return {s.of(texts[own]): float(v) for s, v in zip(words[own].spans, found, strict=True)}


@pytest.mark.parametrize("fault", WHOLE)
def test_what_a_third_version_lacks(fault: Lang) -> None:
    texts = {**WHOLE, fault: SHORT[fault]}
    for own in (x for x in texts if x != fault):
        found = of(texts, SHARED, own, fault)
        assert found[DOG[own]] > 0 > found[GATE[own]]


@pytest.mark.parametrize("own", WHOLE)
def test_what_one_version_has_alone(own: Lang) -> None:
    found = of({**SHORT, own: WHOLE[own]}, ALONE, own, own)
    assert found[DOG[own]] > 0 > found[GATE[own]]


@pytest.mark.parametrize(("own", "other"), [("ru", "en"), ("en", "uk"), ("uk", "ru")])
def test_what_one_of_two_lacks(own: Lang, other: Lang) -> None:
    found = of({own: WHOLE[own], other: SHORT[other]}, PAIR, own, other)
    assert found[DOG[own]] > found[GATE[own]]
    assert found[DOG[own]] > of({own: WHOLE[own], other: WHOLE[other]}, PAIR, own, other)[DOG[own]]


def test_what_is_known_of_a_word_towards_another_version() -> None:
    words = read({"ru": WHOLE["ru"], "en": SHORT["en"]})
    seen = towards(words["ru"], words["en"])
    texts = [s.of(WHOLE["ru"]) for s in words["ru"].spans]
    dog, gate = texts.index("собаку"), texts.index("ворота")
    assert seen.columns.shape == (len(texts), len(COLUMNS))
    assert seen.columns[dog, RATE] < 0.1 < seen.columns[gate, RATE]
    mate = words["en"].spans[int(seen.mates[gate])].of(SHORT["en"])
    assert mate == "gate"
    assert seen.columns[gate, MATCH] > 0


def test_the_networks_take_the_features_that_are_made() -> None:
    words = read(WHOLE)
    for kind in KINDS:
        two = {x: w for x, w in words.items() if kind != PAIR or x != "uk"}
        made = features(kind, two, "ru", "en")
        assert made.shape == (len(words["ru"].spans), len(stored()[f"{kind}.mean"]))
        assert np.isfinite(made).all()


def test_unread_words_are_an_error() -> None:
    words = read({"ru": "…", "en": "Home."})
    with pytest.raises(ValueError, match="not read"):
        towards(words["ru"], words["en"])
