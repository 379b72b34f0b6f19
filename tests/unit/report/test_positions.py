from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import EN, checked_document, failed_document
from transcheck.report.positions import Lines, Locator, Position
from transcheck.types import Document, DocumentReport, Place, Version


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
