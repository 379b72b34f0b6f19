"""Which findings are reported, and how severe they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.reports import checked_document
from transcheck.run.config import Config, LanguageRules, Setting
from transcheck.run.selection import Selection
from transcheck.types import DocumentReport, Suppressed, Suppression

DOCUMENT = checked_document()


def _config(**values: Any) -> Config:
    return Config(**{name: Setting(value, "test") for name, value in values.items()}, root=Path.cwd())


def _left(config: Config, document: DocumentReport = DOCUMENT) -> list[tuple[str, str]]:
    return [(f.code, f.severity) for f in Selection(config).apply(document).findings]


ALL = [("TC301", "error"), ("TC101", "warning"), ("TC201", "note")]


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({}, ["TC301", "TC101", "TC201"]),
        ({"ignore": ("TC3",)}, ["TC101", "TC201"]),
        ({"ignore": ("number", "omission")}, ["TC201"]),
        ({"select": ("TC1", "number-changed")}, ["TC301", "TC101"]),
        ({"select": ("TC1",), "extend_select": ("TC301",)}, ["TC301", "TC101"]),
        ({"select": ()}, []),
        ({"ignore": ("TC3",), "extend_select": ("TC301",)}, ["TC301", "TC101", "TC201"]),
        ({"ignore": ("TC301",), "extend_select": ("TC3",)}, ["TC101", "TC201"]),
        ({"ignore": ("TC301",), "extend_select": ("TC301",)}, ["TC101", "TC201"]),
        ({"per_file_ignores": (("river.en.*", ("TC3",)),)}, ["TC101", "TC201"]),
        ({"per_file_ignores": (("river.ru.*", ("all",)),)}, ["TC301", "TC101"]),
        ({"per_file_ignores": (("x/river.en.txt", ("all",)),)}, ["TC301", "TC101", "TC201"]),
        ({"per_language": (("en", LanguageRules(ignore=("TC1", "TC3"))),)}, ["TC201"]),
        ({"per_language": (("ru", LanguageRules(ignore=("all",))),)}, ["TC301", "TC101", "TC201"]),
        ({"per_language": tuple((x, LanguageRules(ignore=("TC2",))) for x in ("ru", "uk"))}, ["TC301", "TC101"]),
        ({"select": ("TC1",), "per_language": (("en", LanguageRules(extend_select=("TC3",))),)}, ["TC301", "TC101"]),
    ],
)
def test_which_findings_are_left(values: dict[str, Any], left: list[str]) -> None:
    assert [code for code, _ in _left(_config(**values))] == left


@pytest.mark.parametrize(
    ("values", "left"),
    [
        ({"severity": (("TC3", "note"),)}, [("TC301", "note"), *ALL[1:]]),
        ({"severity": (("all", "warning"), ("TC301", "error"))}, [ALL[0], ALL[1], ("TC201", "warning")]),
        ({"severity": (("omission", "off"),)}, [ALL[0], ALL[2]]),
        ({"per_language": (("en", LanguageRules(severity=(("TC3", "off"),))),)}, ALL[1:]),
        (
            {"severity": (("TC3", "note"),), "per_language": (("en", LanguageRules(severity=(("TC3", "error"),))),)},
            ALL,
        ),
    ],
)
def test_how_severe_they_are(values: dict[str, Any], left: list[tuple[str, str]]) -> None:
    assert _left(_config(**values)) == left


def test_what_is_suppressed_is_chosen_too() -> None:
    by = Suppression("inline", "why", "a:1")
    document = replace(DOCUMENT, findings=(), suppressed=tuple(Suppressed(f, by) for f in DOCUMENT.findings))
    chosen = Selection(_config(ignore=("TC3",), severity=(("TC1", "note"),))).apply(document)
    assert [(s.finding.code, s.finding.severity, s.by) for s in chosen.suppressed] == [
        ("TC101", "note", by), ("TC201", "note", by),
    ]  # fmt: skip


def test_a_document_without_findings_and_a_check_that_nobody_knows_stay() -> None:
    empty = DocumentReport("x", error="broken")
    assert Selection(_config(ignore=("all",))).apply(empty) is empty
    strange = replace(DOCUMENT, findings=(replace(DOCUMENT.findings[0], code="XX1"),))
    assert _left(_config(ignore=("all",)), strange) == [("XX1", "error")]


def test_levels_of_their_own_by_code() -> None:
    levels = dict(Selection(_config(fail_levels=(("TC3", "warning"), ("TC301", "never")))).fail_levels())
    assert (levels["TC301"], levels["TC302"]) == ("never", "warning")
    assert "TC101" not in levels
