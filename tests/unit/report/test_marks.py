from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from transcheck.report.marks import CUT, MISSING, Mark, Marks, Run, shorten
from transcheck.types import Cell, Finding, Lang, Place, Severity

TEXT = "Їм сказали: «Стояти»."


def cell(text: str = TEXT, start: int = 10, lang: Lang = "uk") -> Cell:
    return Cell(lang, (0,) if text else (), Place(lang, start, start + len(text), text))


def finding(start: int, end: int, severity: Severity = "error", row: int | None = 0, lang: Lang = "uk") -> Finding:
    span = Place(lang, start, end, "x" * (end - start))
    return Finding("TC301", "number", severity, lang, 0.9, "message", span, (), row)


def runs_of(cell: Cell, findings: Sequence[Finding], row: int) -> list[Run]:
    return Marks(findings).runs(cell, row)


def test_a_cell_without_findings_is_one_run() -> None:
    assert runs_of(cell(), [], 0) == [Run(TEXT)]


def test_a_place_is_marked() -> None:
    assert runs_of(cell(), [finding(13, 20)], 0) == [Run("Їм "), Run("сказали", Mark("error", True)), Run(TEXT[10:])]


def test_a_place_that_runs_over_the_cell_is_cut_to_it() -> None:
    assert runs_of(cell(), [finding(0, 12)], 0) == [Run("Їм", Mark("error", True)), Run(TEXT[2:])]
    assert runs_of(cell(), [finding(0, 500)], 0) == [Run(TEXT, Mark("error", True))]


def test_a_place_of_another_version_or_cell_is_not_marked() -> None:
    assert runs_of(cell(), [finding(13, 20, lang="ru"), finding(0, 10), finding(31, 40)], 0) == [Run(TEXT)]


def test_the_more_severe_place_wins_where_two_overlap() -> None:
    runs = runs_of(cell(), [finding(10, 20, "note"), finding(13, 15, "error")], 0)
    note, error = Mark("note", True), Mark("error", True)
    assert runs == [Run("Їм ", note), Run("ск", error), Run("азали", note), Run(TEXT[10:])]


def test_counterparts_are_marked_otherwise_than_the_fault() -> None:
    other = replace(finding(0, 2, lang="en"), counterparts=(Place("uk", 10, 12, "Їм"),))
    assert runs_of(cell(), [other], 0)[0] == Run("Їм", Mark("error", False))
    assert runs_of(cell(), [replace(other, lang=None)], 0)[0] == Run("Їм", Mark("error", True))


def test_a_missing_place_shows_in_its_own_row_only() -> None:
    end = 10 + len(TEXT)
    assert runs_of(cell(), [finding(end, end)], 0) == [Run(TEXT), Run(MISSING, Mark("error", True))]
    assert runs_of(cell(), [finding(end, end)], 1) == [Run(TEXT)]
    assert runs_of(cell(), [finding(13, 13)], 0) == [Run("Їм "), Run(MISSING, Mark("error", True)), Run(TEXT[3:])]


def test_an_empty_cell_shows_that_it_is_empty() -> None:
    assert runs_of(cell("", 5), [], 0) == [Run(MISSING)]
    assert runs_of(cell("", 5), [finding(5, 5)], 0) == [Run(MISSING, Mark("error", True))]


def test_a_short_place_is_found_before_a_long_one_that_begins_earlier() -> None:
    runs = runs_of(cell(start=1000), [finding(0, 1001, "note"), finding(990, 995), finding(1003, 1004)], 0)
    assert [r.mark and r.mark.severity for r in runs] == ["note", None, "error", None]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["error", "warning", "note"]))))
def test_runs_rebuild_the_text(places: list[tuple[int, int, Severity]]) -> None:
    findings = [finding(min(a, b), max(a, b), severity) for a, b, severity in places]
    assert "".join(r.text for r in runs_of(cell(), findings, 0) if r.text != MISSING) == TEXT


def test_long_runs_lose_their_middle() -> None:
    runs = shorten([Run("а" * 1000), Run("б" * 10, Mark("error", True)), Run("в" * 15)], keep=5)
    assert [r.text for r in runs] == ["ааааа" + CUT + "ааааа", "б" * 10, "в" * 15]
