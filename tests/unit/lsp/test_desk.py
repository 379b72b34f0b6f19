"""Lines and columns as editors count them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol.types import Position

from transcheck.lsp.desk import Desk, Opened, Ruler
from transcheck.report.positions import Lines
from transcheck.report.positions import Position as Place

TEXT = "Президент 🇺🇦 сказал: «Нас было 25»\r\nдва\rтри\nчотири 😀!"


@pytest.mark.parametrize(("encoding", "column"), [("utf-8", 60), ("utf-16", 33), ("utf-32", 31)])
def test_columns_in_every_unit(encoding: str, column: int) -> None:
    place = Lines(TEXT).position(TEXT.index("25"))
    assert Ruler(TEXT, encoding).position(place) == Position(0, column)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
@given(text=st.text(alphabet="ая🇺🇦 \u2028\x0b\x0c\x85\r\n", max_size=40), data=st.data())
def test_positions_lead_back(encoding: str, text: str, data: st.DataObject) -> None:
    place = Lines(text).position(data.draw(st.integers(0, len(text))))
    ruler = Ruler(text, encoding)
    line = ruler.lines[place.line - 1]
    at = ruler.position(place)
    assert ruler.place(at) == Place(place.line, min(place.column, len(line) + 1))


def test_what_is_beyond_the_text_is_its_end() -> None:
    ruler = Ruler("один\nдва")
    assert ruler.position(Place(9, 1)).line == 1
    assert ruler.position(Place(2, 9)) == Position(1, 3)
    assert ruler.place(Position(7, 99)) == Place(2, 4)


def test_a_file_has_the_name_that_the_client_gives_it(tmp_path: Path) -> None:
    folder = tmp_path / "тексты"
    folder.mkdir()
    link = tmp_path / "link"
    link.symlink_to(folder)
    desk = Desk.of([Opened("file:///client/writes/it/so.md", link / "a.uk.md", "text", 3)])
    assert desk.uri(folder / "a.uk.md") == "file:///client/writes/it/so.md"
    assert desk.text(folder / "a.uk.md") == "text"
    assert desk.uri(folder / "a.ru.md") == (folder / "a.ru.md").as_uri()
    assert desk.text(folder / "a.ru.md") == ""
