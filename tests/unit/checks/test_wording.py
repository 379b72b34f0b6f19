"""TC209: words that the other versions hold another one for, proposed by the check and shown by the whole tool."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from transcheck.checks import wording
from transcheck.checks.base import Context
from transcheck.checks.confidence import WEAK
from transcheck.encode import FAST, load_encoder
from transcheck.run.pipeline import compare_document, context_of
from transcheck.types import Document, Finding, Lang, Version

Texts = Mapping[Lang, str]


def _document(texts: Texts, source: str = "") -> Document:
    versions = tuple(Version(lang, text) for lang, text in texts.items())
    return Document("test", versions, (("source_lang", source),) if source else ())


def _context(texts: Texts, source: str = "", model: str | None = None) -> Context:
    return context_of(_document(texts, source), load_encoder(model))


def _proposed(texts: Texts, source: str = "", model: str | None = None) -> list[Finding]:
    return list(wording.check(_context(texts, source, model)))


CHANGED: list[tuple[Texts, set[str]]] = [
    ({"ru": "Мой брат вернулся домой в четверг.", "en": "My sister came back home on Thursday."}, {"брат", "sister"}),
    ({"ru": "Цены на хлеб выросли на треть за год.", "en": "Meat prices rose by a third in a year."}, {"хлеб", "Meat"}),
    ({"uk": "Він вижив після аварії на шахті.", "en": "He died after the accident at the mine."}, {"вижив", "died"}),
    (
        {"en": "The soldiers burned the bridge at dawn.", "uk": "Солдати спалили міст опівночі."},
        {"dawn", "опівночі"},
    ),
    (
        {"ru": "Она продала машину соседу весной.", "uk": "Вона купила машину в сусіда навесні."},
        {"продала", "купила"},
    ),
]


@pytest.mark.parametrize(("texts", "words"), CHANGED)
def test_a_changed_word_is_proposed_with_what_stands_for_it(texts: Texts, words: set[str]) -> None:
    (found,) = _proposed(texts)
    assert {found.span.text, *(p.text for p in found.counterparts)} == words
    assert found.lang is None
    assert found.score <= WEAK


@pytest.mark.parametrize(("texts", "words"), CHANGED)
def test_a_changed_word_is_found(texts: Texts, words: set[str]) -> None:
    found = [f for f in compare_document(_document(texts), load_encoder()).findings if f.severity != "note"]
    assert any({f.span.text, *(p.text for p in f.counterparts)} & words for f in found)


@pytest.mark.parametrize(
    "texts",
    [
        {"ru": "Мой брат вернулся домой в четверг.", "en": "My brother came back home on Thursday."},
        {"uk": "Він вижив після аварії на шахті.", "en": "He survived the accident at the mine."},
        {"ru": "Она продала машину соседу весной.", "uk": "Навесні вона продала автівку сусідові."},
        {"ru": "Нам никто не помог, и мы шли пешком.", "en": "No one helped us, so we walked.",
         "uk": "Нам ніхто не допоміг, тож ми йшли пішки."},
        {"ru": "Дорогая Соня!", "uk": "Люба Соню!"},
        {"ru": "Власти эвакуировали посёлок за ночь.", "en": "The authorities evacuated the settlement overnight."},
    ],
)  # fmt: skip
def test_a_faithful_version_draws_nothing(texts: Texts) -> None:
    assert not [f for f in compare_document(_document(texts), load_encoder()).findings if f.severity != "note"]


def test_of_three_the_one_that_two_contradict_is_at_fault() -> None:
    texts: Texts = {
        "ru": "Они построили больницу у реки.",
        "uk": "Вони збудували школу біля річки.",
        "en": "They built a school by the river.",
    }
    (found,) = _proposed(texts)
    assert found.lang == found.span.lang == "ru"
    assert found.span.text == "больницу"
    assert [p.text for p in found.counterparts] == ["школу", "school"]


def test_a_deed_put_for_another_is_found_where_two_contradict_it() -> None:
    lent: Texts = {
        "ru": "Сосед продал мне лестницу.",
        "uk": "Сусід позичив мені драбину.",
        "en": "My neighbour lent me a ladder.",
    }
    found = [f for f in compare_document(_document(lent), load_encoder()).findings if f.severity != "note"]
    assert [(f.code, f.lang, f.span.text) for f in found] == [("TC209", "ru", "продал")]


@pytest.mark.parametrize(("source", "fault", "word"), [("ru", "en", "sister"), ("en", "ru", "брат")])
def test_of_two_the_translation_of_a_declared_source_is_at_fault(source: str, fault: Lang, word: str) -> None:
    (found,) = _proposed(CHANGED[0][0], source)
    assert found.lang == found.span.lang == fault
    assert found.span.text == word


def test_numbers_names_and_brackets_are_left_to_others() -> None:
    assert not _proposed({"ru": "Приехал Андрей [сосед].", "en": "Came Boris [a cousin]."})
    assert not _proposed({"ru": "Нас было сорок.", "en": "There were fourteen of us."})


def test_a_word_that_the_table_does_not_know_is_no_stranger() -> None:
    context = _context({"ru": "Бармаглот вернулся домой.", "en": "The barmaglot came home."})
    ru, en = context.rows[0].filled
    assert not wording.alone(ru, en, context)[0]


def test_the_static_encoder_proposes_too() -> None:
    assert _proposed(CHANGED[0][0], model=FAST)


KILN: Texts = {
    "ru": "На фабрике целую неделю стояла печь.",
    "uk": "На фабриці цілий тиждень стояла піч.",
    "en": "At the factory the kiln stood idle for a whole week.",
}


def test_of_three_a_word_is_proposed_with_the_pair_that_renders_each_other() -> None:
    fence = {**KILN, "en": "At the factory the fence stood idle for a whole week."}
    (row,) = _context(fence).rows
    found = wording.lacked(row.cell("en"), row, _context(fence))
    assert found is not None
    texts = {c.lang: wording.words_of(c, load_encoder()).spans for c in row.filled}
    assert texts["en"][found.index].of(fence["en"]) == "fence"
    assert {x: texts[x][i].of(fence[x]) for x, i in found.facing.items()} == {"ru": "печь", "uk": "піч"}


def test_what_either_other_version_renders_is_not_lacked() -> None:
    context = _context(KILN)
    (row,) = context.rows
    assert [wording.lacked(cell, row, context) for cell in row.filled] == [None] * 3
