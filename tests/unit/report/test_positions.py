from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import EN, checked_document, failed_document
from transcheck.report.positions import Lines, Locator, Position
from transcheck.types import Document, DocumentReport, Place, Source, Version


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("abc", 0, 1, 1),
        ("abc", 3, 1, 4),
        ("a\nb", 2, 2, 1),
        ("a\r\nb", 3, 2, 1),
        ("a\rb", 2, 2, 1),
        ("a\n\nb", 2, 2, 1),
        ("a\n", 2, 2, 1),
        ("Їжак 🦔 спить", 7, 1, 8),
        ("a\u2028b", 2, 1, 3),
    ],
)
def test_position(text: str, offset: int, line: int, column: int) -> None:
    assert Lines(text).position(offset) == Position(line, column)


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_of_the_text_is_an_error(offset: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        Lines("abc").position(offset)


@given(st.text(alphabet="aї\n", max_size=40), st.data())
def test_a_position_leads_back_to_its_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    at = Lines(text).position(offset)
    lines = text.split("\n")
    assert sum(len(x) + 1 for x in lines[: at.line - 1]) + at.column - 1 == offset


def test_a_locator_finds_file_and_position() -> None:
    locator = Locator(checked_document())
    place = Place("en", EN.index("forty"), EN.index("forty") + 5, "forty")
    assert locator.origin("en") == "river.en.txt"
    assert locator.start(place) == Position(2, 12)
    assert locator.end(place) == Position(2, 17)


def test_a_version_without_a_file_is_named_by_its_document() -> None:
    document = Document("q1", (Version("ru", "Да."), Version("en", "Yes.")))
    assert Locator(DocumentReport("q1", document)).origin("ru") == "q1[ru]"
    assert Locator(failed_document()).origin("uk") == "broken[uk]"


@pytest.mark.parametrize(
    ("text", "at", "points", "utf8", "utf16"),
    [
        ("Президент 🇺🇦 сказал: «25»", "25", 23, 45, 25),
        ("перший\nй\u0306 і 25", "25", 6, 9, 6),
        ("a👩‍👩‍👧‍👦b", "b", 9, 27, 13),
        ("25", "25", 1, 1, 1),
    ],
    ids=["flag", "combining", "family", "start"],
)
def test_columns_are_counted_in_every_unit(text: str, at: str, points: int, utf8: int, utf16: int) -> None:
    start = text.index(at)
    document = Document("d", (Version("ru", text, "a.txt"), Version("en", "x", "b.txt")))
    locator = Locator(DocumentReport("d", document))
    where = Place("ru", start, start + len(at), at)
    assert locator.start(where).column == points
    assert locator.columns(where, "utf-8") == (utf8, utf8 + len(at))
    assert locator.columns(where, "utf-16") == (utf16, utf16 + len(at))


def _found(version: Version, start: int, end: int, file: str = "") -> tuple[Locator, Place]:
    document = Document("d", (version, Version("en", "x", "b.txt")), file=file)
    return Locator(DocumentReport("d", document)), version.place(start, end)


def test_what_is_extracted_ends_where_its_last_letter_ends() -> None:
    source = Source("line", ((0, 3, 8), (6, 7, 1)))
    locator, where = _found(Version("ru", "Слово инде", "a.html", source=source), 0, 6)
    assert locator.start(where) == Position(3, 8)
    assert locator.end(where) == Position(3, 14)
    assert locator.columns(where, "utf-8") is None
    assert locator.lined("ru")
    assert locator.within(where) == "line 3, column 8"


def test_pages_and_records_are_no_lines() -> None:
    paged, where = _found(Version("ru", "Слово", "a.pdf", source=Source("page", ((0, 4, 17),))), 1, 3)
    assert not paged.lined("ru")
    assert paged.within(where) == "page 4, character 18"
    assert paged.path("ru") == "a.pdf"
    recorded, where = _found(Version("ru", "Слово", "a.csv, row 3 (line 4), ru"), 1, 3, "a.csv")
    assert not recorded.lined("ru")
    assert recorded.path("ru") == "a.csv"
    assert recorded.within(where) == "row 3 (line 4), ru, character 2"
