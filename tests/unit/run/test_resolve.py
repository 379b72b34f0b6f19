from __future__ import annotations

import pytest

from transcheck.run.resolve import resolve
from transcheck.types import Category, Cell, Finding, Lang, Place, Row, Severity

RU = "Мы уехали утром, а троих забрали ночью."
EN = "We left in the morning, and three were taken at night."
UK = "Ми поїхали вранці, а трьох забрали вночі."
TEXTS: dict[Lang, str] = {"ru": RU, "uk": UK, "en": EN}


def _place(lang: Lang, start: int, end: int) -> Place:
    return Place(lang, start, end, TEXTS[lang][start:end])


def _finding(
    code: str,
    category: Category,
    span: Place,
    counterparts: tuple[Place, ...] = (),
    severity: Severity = "error",
    row: int | None = 0,
) -> Finding:
    return Finding(code, category, severity, span.lang, 0.9, code, span, counterparts, row)


ROWS = tuple(Row(i, tuple(Cell(lang, (i,), _place(lang, 0, len(t))) for lang, t in TEXTS.items())) for i in (0, 1))
OMISSION = _finding("TC101", "omission", _place("en", 22, 22), (_place("ru", 17, 38), _place("uk", 19, 40)))
LOST_NUMBER = _finding("TC301", "number", _place("en", 22, 22), (_place("ru", 19, 24),))
CHANGED_NUMBER = _finding("TC301", "number", _place("en", 28, 33), (_place("ru", 19, 24), _place("uk", 21, 26)))
MEANING = _finding("TC201", "meaning", _place("en", 0, len(EN)), (_place("ru", 0, len(RU)),), "warning")


def test_a_lost_clause_explains_what_is_lost_with_it() -> None:
    assert resolve([OMISSION, LOST_NUMBER], ROWS) == (OMISSION,)


def test_a_loss_outside_the_lost_clause_stays() -> None:
    elsewhere = _finding("TC301", "number", _place("en", 0, 0), (_place("ru", 0, 2),))
    assert set(resolve([OMISSION, elsewhere], ROWS)) == {OMISSION, elsewhere}


def test_a_changed_word_explains_a_short_stretch_around_it() -> None:
    assert resolve([OMISSION, CHANGED_NUMBER], ROWS) == (CHANGED_NUMBER,)


def test_another_row_explains_nothing() -> None:
    other = _finding("TC301", "number", LOST_NUMBER.span, LOST_NUMBER.counterparts, row=1)
    assert resolve([OMISSION, other], ROWS) == (OMISSION, other)


def test_an_exact_finding_explains_a_low_similarity() -> None:
    assert resolve([MEANING, CHANGED_NUMBER], ROWS) == (CHANGED_NUMBER,)
    assert resolve([MEANING], ROWS) == (MEANING,)


def test_a_note_explains_nothing() -> None:
    note = _finding("TC103", "omission", _place("en", 22, 22), (_place("ru", 17, 38),), "note")
    assert set(resolve([MEANING, note], ROWS)) == {MEANING, note}


@pytest.mark.parametrize("category", ["untranslated", "language"])
def test_a_whole_version_in_the_wrong_language_explains_all_of_it(category: Category) -> None:
    whole = _finding("TC401", category, _place("en", 0, len(EN)), row=None)
    assert resolve([OMISSION, LOST_NUMBER, MEANING, whole], ROWS) == (whole,)


def test_order_is_row_then_severity_then_place_and_repeats_are_dropped() -> None:
    late = _finding("TC302", "date", _place("en", 40, 44), (_place("ru", 30, 34),), row=1)
    note = _finding("TC103", "omission", _place("uk", 3, 3), (), "note")
    early = _finding("TC501", "name", _place("en", 0, 2), (_place("ru", 0, 2),))
    assert resolve([late, note, CHANGED_NUMBER, early, early], ROWS) == (early, CHANGED_NUMBER, note, late)


def test_opposites_that_are_terms_too_are_named_once() -> None:
    places = (_place("ru", 19, 24), _place("uk", 21, 26))
    opposite = _finding("TC202", "meaning", _place("en", 28, 33), places, "warning")
    term = _finding("TC205", "terminology", _place("en", 28, 33), places)
    assert resolve([opposite, term], ROWS) == (term,)
    weaker = _finding("TC205", "terminology", _place("en", 28, 33), places, "note")
    assert set(resolve([opposite, weaker], ROWS)) == {opposite, weaker}
    elsewhere = _finding("TC205", "terminology", _place("en", 3, 7), (_place("ru", 3, 8),))
    assert set(resolve([opposite, elsewhere], ROWS)) == {opposite, elsewhere}
