from __future__ import annotations

from typing import Any

import pytest

from transcheck.text.lexicon import Matcher, fold, opposed, table, tokens
from transcheck.types import LANGS, Lang


def test_tokens_part_at_hyphens_and_keep_apostrophes() -> None:
    text = "Кто-то з’їв п'ять, don’t"
    assert [t.folded for t in tokens(text)] == ["кто", "то", "з'їв", "п'ять", "don't"]
    assert [text[t.start : t.end] for t in tokens(text)] == ["Кто", "то", "з’їв", "п'ять", "don’t"]


def test_fold_makes_yo_and_stress_uniform() -> None:
    assert fold("Зелёный") == "зеленый"
    assert fold("за́мок") == "замок"


@pytest.mark.parametrize(
    ("lang", "form", "text", "hit"),
    [
        ("ru", "войн~", "о войнах", "войнах"),
        ("ru", "войн~", "войнушка", None),
        ("ru", "оккуп*", "Оккупированный", "Оккупированный"),
        ("ru", "специальн~ военн~ операц*", "специальной военной операции", "специальной военной операции"),
        ("ru", "кто то", "кто-то", "кто-то"),
        ("ru", "не раз", "не, раз", None),
        ("uk", "криз~", "кризою", "кризою"),
        ("en", "ill treat*", "ill-treatment", "ill-treatment"),
        ("en", "in favor/favour", "in favour of", "in favour"),
        ("uk", "* тільки не", "кого тільки не бачили", "кого тільки не"),
    ],
)
def test_forms(lang: Lang, form: str, text: str, hit: str | None) -> None:
    found = Matcher([("k", form)], lang).find(text)
    assert [h.text for h in found] == ([hit] if hit else [])
    assert all(text[h.start : h.end] == h.text for h in found)


def test_the_longest_form_wins_and_every_key_of_it_is_given() -> None:
    matcher = Matcher([("a", "до"), ("b", "до того как"), ("c", "до того как")], "ru")
    assert [(h.key, h.text) for h in matcher.find("до того как")] == [("b", "до того как"), ("c", "до того как")]


@pytest.mark.parametrize(
    ("lang", "form", "texts", "others"),
    [
        ("ru", "во/на фронт~/войн*", ["на войну", "во фронте"], ["в войну"]),
        ("uk", "п'ят~", ["п’ять", "п'ятого"], ["пять"]),
        ("ru", "с*ст~", ["свист", "совести"], ["гость"]),
        ("en", "covid19", [], ["covid"]),
        ("en", "*ing", ["running"], ["runs"]),
    ],
)
def test_first_words_of_every_shape(lang: Lang, form: str, texts: list[str], others: list[str]) -> None:
    matcher = Matcher([("k", f"  {form} ")], lang)
    assert [[h.text for h in matcher.find(text)] for text in texts] == [[text] for text in texts]
    assert not any(matcher.find(text) for text in others)


def test_forms_of_one_beginning_come_in_their_order() -> None:
    matcher = Matcher([("c", "войн*"), ("a", "войн~"), ("b", "войн*"), ("d", "война")], "ru")
    assert matcher.all_at("война") == ("d", "c", "a", "b")


@pytest.mark.parametrize("name", ["contrast", "terms"])
def test_tables_of_opposed_concepts(name: str) -> None:
    for key, entry in table(name).items():
        for part in ("a", "b"):
            assert set(entry[part]) == set(LANGS), key
            assert all(entry[part].values()), key
            assert all(form == form.lower() for forms in entry[part].values() for form in forms), key
        assert entry.get("two", "none") in ("none", "warning", "error"), key
        assert entry.get("three", "warning") in ("warning", "error"), key
    for lang in LANGS:
        _no_form_on_both_sides(name, lang)


def _no_form_on_both_sides(name: str, lang: Lang) -> None:
    for key, entry in table(name).items():
        sides: Any = [set(entry[part][lang]) for part in "ab"]
        assert not sides[0] & sides[1], (key, lang)


def test_a_table_is_read_by_language() -> None:
    assert [h.key for h in opposed("contrast", "uk").find("на сході")] == ["east-west.a"]


@pytest.mark.parametrize("name", ["profanity", "modality", "endings"])
def test_other_tables_hold_the_three_languages(name: str) -> None:
    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if set(value) & set(LANGS):
                assert set(value) == set(LANGS)
            for inner in value.values():
                walk(inner)

    walk(table(name))
