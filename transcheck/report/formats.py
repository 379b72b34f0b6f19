"""Every format there is: one tuple, from which the command line, the docs and the tests take what they know of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from transcheck.report.paths import Base
from transcheck.types import Check, Report


@dataclass(frozen=True, slots=True)
class Options:
    """What a renderer may be told besides the report; each takes what concerns it.

    ``width`` is in columns and with ``color`` and ``quiet`` (no summary) for people at a terminal. ``checks`` describe
    the codes that may occur; ``base`` is the folder from which files are named.
    """

    width: int = 100
    color: bool = False
    quiet: bool = False
    checks: tuple[Check, ...] = ()
    base: Base = field(default_factory=Base)


@dataclass(frozen=True, slots=True)
class Format:
    """A way to show a report.

    ``suffixes`` are the ends of file names that choose it; ``mark`` asks for a byte order mark in files; ``alone`` is
    of formats that tell all there is, so that nothing need stand on the error stream beside them.
    """

    name: str
    summary: str
    make: Callable[[Report, Options], str | bytes]
    suffixes: tuple[str, ...] = ()
    mark: bool = False
    alone: bool = False
    binary: bool = False


def _by(module: str) -> Any:
    """Return a renderer, imported when it is first used: a run needs one of them."""
    return import_module(f"transcheck.report.{module}")


FORMATS: tuple[Format, ...] = (
    Format(
        "full",
        "the versions side by side, what differs marked, and the findings below",
        lambda r, o: _by("terminal").render(r, width=o.width, color=o.color, quiet=o.quiet),
    ),
    Format(
        "concise",
        "`path:line:column: severity code message [version at fault]`, one finding a line",
        lambda r, o: _by("lines").render(r, quiet=o.quiet),
    ),
    Format("json", "the whole report, a stable contract", lambda r, _: _by("json").render(r), (".json",), alone=True),
    Format(
        "jsonl",
        "lines of JSON: a header, a line a finding, a line a document that was not checked, a summary",
        lambda r, _: _by("jsonl").render(r),
        (".jsonl", ".ndjson"),
        alone=True,
    ),
    Format(
        "sarif",
        "SARIF 2.1.0, for GitHub code scanning and editors: every version located, what is suppressed marked",
        lambda r, o: _by("sarif").render(r, o.checks, o.base),
        (".sarif", ".sarif.json"),
    ),
    Format(
        "github",
        "annotations of GitHub Actions, as many as it shows of a step, most severe first; and the job summary",
        lambda r, o: _by("github").render(r, o.base, quiet=o.quiet),
    ),
    Format("gitlab", "the code quality report of GitLab", lambda r, o: _by("gitlab").render(r, o.base)),
    Format(
        "junit",
        "JUnit XML: a document is a test, with what every version has",
        lambda r, o: _by("junit").render(r, o.base),
    ),
    Format("checkstyle", "Checkstyle XML", lambda r, o: _by("checkstyle").render(r, o.base)),
    Format(
        "rdjson", "diagnostics for reviewdog, columns in bytes of UTF-8", lambda r, o: _by("rdjson").render(r, o.base)
    ),
    Format(
        "markdown",
        "for a comment on a pull request: a table of the worst, and both sides folded away",
        lambda r, o: _by("markdown").render(r, o.base),
        (".md", ".markdown"),
    ),
    Format(
        "html",
        "one page that needs nothing else: the versions side by side, marked, with filters",
        lambda r, o: _by("html").render(r, o.base),
        (".html", ".htm"),
    ),
    Format("svg", "a picture of the coloured terminal output", lambda r, _: _by("terminal").render_svg(r), (".svg",)),
    Format("csv", "a table, one finding a line", lambda r, _: _by("frame").render_csv(r), (".csv",), mark=True),
    Format(
        "xlsx",
        "a workbook of findings, documents and a summary",
        lambda r, _: _by("frame").render_xlsx(r),
        (".xlsx",),
        binary=True,
    ),
    Format("parquet", "the table of csv", lambda r, _: _by("frame").render_parquet(r), (".parquet",), binary=True),
)
"""In the order of the docs."""


def format_named(name: str) -> Format:
    """Return the format of this name; KeyError when there is none."""
    for known in FORMATS:
        if known.name == name:
            return known
    raise KeyError(name)


def format_of_file(name: str) -> Format | None:
    """Return the format that the end of a file's name chooses, the longest end first, or None."""
    lower = name.lower()
    chosen = [(len(s), f) for f in FORMATS for s in f.suffixes if lower.endswith(s)]
    return max(chosen, key=lambda c: c[0])[1] if chosen else None


def render(report: Report, name: str, **options: Any) -> str | bytes:
    """Return the report in the format of this name; ``options`` are those of :class:`Options`.

    Text, or the bytes of a file where the format is no text. KeyError for an unknown name.
    """
    return format_named(name).make(report, Options(**options))
