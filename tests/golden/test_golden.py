"""Every format, byte for byte; ``make golden`` writes the files anew, and its diff is to be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reports import CHECKS, checked_document, clean_document, sample_report, whole_report
from transcheck.report import frame, terminal
from transcheck.report.formats import FORMATS, render
from transcheck.types import Report

HERE = Path(__file__).parent


def _single() -> Report:
    return Report((checked_document(),), "test-model")


def _text(name: str, **options: object) -> str:
    """Return the whole report as the command line makes it."""
    made = render(whole_report(), name, checks=CHECKS, **options)
    assert isinstance(made, str)
    return made


CASES: dict[str, Callable[[], str]] = {
    "full/80.txt": lambda: terminal.render(sample_report(), width=80),
    "full/120.txt": lambda: terminal.render(sample_report(), width=120),
    "full/200.txt": lambda: terminal.render(_single(), width=200),
    "full/100.ansi": lambda: terminal.render(sample_report(), width=100, color=True),
    "full/whole.txt": lambda: _text("full"),
    "full/clean.txt": lambda: terminal.render(Report((clean_document(),), "test-model"), width=80),
    "svg/report.svg": lambda: terminal.render_svg(_single()),
    "json/report.json": lambda: _text("json"),
    "jsonl/report.jsonl": lambda: _text("jsonl"),
    "sarif/report.sarif": lambda: _text("sarif"),
    "concise/report.txt": lambda: _text("concise"),
    "concise/quiet.txt": lambda: _text("concise", quiet=True),
    "github/report.txt": lambda: _text("github"),
    "gitlab/report.json": lambda: _text("gitlab"),
    "junit/report.xml": lambda: _text("junit"),
    "checkstyle/report.xml": lambda: _text("checkstyle"),
    "rdjson/report.json": lambda: _text("rdjson"),
    "markdown/report.md": lambda: _text("markdown"),
    "html/report.html": lambda: _text("html"),
    "csv/findings.csv": lambda: _text("csv"),
    "csv/documents.csv": lambda: frame.documents_frame(sample_report()).to_csv(index=False),
}


@pytest.mark.parametrize("name", CASES)
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    path = HERE / name
    made = CASES[name]()
    if request.config.getoption("--update-golden"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8", newline="")
    assert made == path.read_bytes().decode("utf-8"), "read the difference; if it is meant, run: make golden"


def test_no_golden_file_is_left_over() -> None:
    files = {p.relative_to(HERE).as_posix() for p in HERE.glob("*/*") if p.is_file() and p.suffix != ".pyc"}
    assert files == set(CASES)


def test_every_format_that_is_text_has_its_folder() -> None:
    assert {name.partition("/")[0] for name in CASES} == {f.name for f in FORMATS if not f.binary}
