from __future__ import annotations

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from tests.reports import checked_document, clean_document, failed_document, sample_report
from transcheck.report import terminal
from transcheck.types import DocumentReport, Place, Report

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def _report(*documents: DocumentReport) -> Report:
    return Report(documents, "m")


@pytest.mark.parametrize("width", [60, 80, 101, 133, 200])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, color: bool) -> None:
    made = ANSI.sub("", terminal.render(sample_report(), width=width, color=color))
    assert max(cell_len(line) for line in made.splitlines()) <= width


@pytest.mark.parametrize("width", [1, 1000])
def test_an_absurd_width_is_brought_into_bounds(width: int) -> None:
    made = terminal.render(sample_report(), width=width)
    assert terminal.MIN_WIDTH - 4 <= max(cell_len(line) for line in made.splitlines()) <= terminal.MAX_WIDTH


def test_without_colour_there_is_no_escape_and_brackets_mark_the_places() -> None:
    made = terminal.render(_report(checked_document()), width=200)
    assert "\x1b" not in made
    assert "⟦forty⟧" in made
    assert "⟨четырнадцать⟩" in made
    assert made.count("⟦∅⟧") == 1


def test_with_colour_there_are_no_brackets() -> None:
    made = terminal.render(_report(checked_document()), width=200, color=True)
    assert "\x1b[1;4;31mforty\x1b[0m" in made
    assert "⟦" not in made


def test_the_environment_of_the_process_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = terminal.render(sample_report(), width=90)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "66")
    assert terminal.render(sample_report(), width=90) == before
    monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" in terminal.render(sample_report(), width=90, color=True)


def test_a_text_cannot_steer_the_terminal_or_be_read_as_markup() -> None:
    first = checked_document().findings[0]
    bad = replace(first, message="[red]x[/red] :smile: \x1b[2J\x07\nnext")
    made = terminal.render(_report(replace(checked_document(), findings=(bad,))), width=200, color=True)
    assert "[red]x[/red] :smile:" in made
    assert "\x1b[2J" not in made
    assert "\x07" not in made


def test_every_finding_is_listed_even_without_a_row() -> None:
    document = checked_document()
    findings = tuple(replace(f, row=row) for f, row in zip(document.findings, (None, 77, 3), strict=True))
    made = terminal.render(_report(replace(document, findings=findings)), width=120)
    assert made.index("TC301") < made.index("Мы вышли")
    assert made.index("TC101") < made.index("Мы вышли")
    assert made.index("TC201") > made.index("Донецк")


def test_of_several_documents_the_clean_ones_are_only_counted() -> None:
    made = terminal.render(_report(clean_document(), failed_document()), width=80)
    assert "Строка" not in made
    assert "broken not checked" in made
    assert made.splitlines()[-1] == "2 documents, 8 rows: no findings; 1 document not checked"


def test_a_lone_clean_document_is_shown_short() -> None:
    made = terminal.render(_report(clean_document()), width=80)
    assert "Строка номер а." in made
    assert "6 rows without findings" in made
    assert "Строка номер в." not in made


def test_quiet_leaves_out_the_summary() -> None:
    assert "1 document, 4 rows" not in terminal.render(_report(checked_document()), quiet=True)


def test_a_very_long_cell_keeps_its_marks() -> None:
    document = checked_document()
    row = document.rows[1]
    text = "x" * 5000 + "forty" + "y" * 5000
    cells = (*row.cells[:2], replace(row.cells[2], place=Place("en", 0, len(text), text)))
    finding = replace(document.findings[0], span=Place("en", 5000, 5005, "forty"))
    long = replace(document, rows=(replace(row, cells=cells),), findings=(finding,))
    made = terminal.render(_report(long), width=200)
    assert "⟦forty⟧" in made
    assert len(made) < 10_000


def test_the_picture_loads_nothing() -> None:
    made = terminal.render_svg(_report(checked_document()))
    assert re.findall(r"https?://[^\s\"']+", made) == ["http://www.w3.org/2000/svg"]
    assert "forty" in made
    assert made == terminal.render_svg(_report(checked_document()))
