"""Workflow commands that GitHub Actions shows as annotations beside the lines, as many as it takes of one step.

What is beyond that number stands in the log, in a group of its own, and a notice says how much it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from transcheck.report.entries import Entry, entries, failures, worst_first
from transcheck.report.lines import line
from transcheck.report.paths import Base
from transcheck.report.words import failure, plural, summary
from transcheck.types import DocumentReport, Report, Severity, help_url

LIMIT = 10
"""Annotations of each level that a step may make; GitHub drops the rest without a word."""

_Item = DocumentReport | Entry
_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, base: Base | None = None, *, quiet: bool = False, limit: int = LIMIT) -> str:
    """Return the commands, what was not checked first, then the findings, most severe first.

    ``base`` is where files are named from, ``limit`` the number of annotations of each level; the last line counts,
    unless ``quiet``.
    """
    found: list[_Item] = [*failures(report), *worst_first(entries(report))]
    shown, rest = _shared_out(found, {"error": limit, "warning": limit, "notice": limit})
    if rest:  # the last notice is kept for saying so
        shown, rest = _shared_out(found, {"error": limit, "warning": limit, "notice": limit - 1})
    lines = [_command(item, base or Base()) for item in shown]
    if rest:
        lines += _more(rest)
    if not quiet:
        lines.append(summary(report))
    return "".join(f"{command}\n" for command in lines)


def _shared_out(found: Sequence[_Item], room: dict[str, int]) -> tuple[list[_Item], list[_Item]]:
    """Part what is told of into annotations and the rest; ``room`` is used up."""
    shown: list[_Item] = []
    rest: list[_Item] = []
    for item in found:
        level = "error" if isinstance(item, DocumentReport) else _LEVELS[item.finding.severity]
        (shown if room[level] > 0 else rest).append(item)
        room[level] -= 1
    return shown, rest


def _command(item: _Item, base: Base) -> str:
    if isinstance(item, DocumentReport):
        return f"::error title=not checked::{_data(failure(item))}"
    finding, locator = item.finding, item.locator
    fields: dict[str, str | int] = {"file": base.path(item.path)}
    if locator.lined(finding.span.lang):
        start, end = locator.start(finding.span), locator.end(finding.span)
        fields |= {"line": start.line, "endLine": end.line}
        if start.line == end.line:  # columns of a range of several lines are refused
            fields |= {"col": start.column, "endColumn": end.column}
    fields["title"] = f"{finding.code} {finding.category}"
    text = "\n".join([item.message, *(item.side(p, base) for p in finding.counterparts), help_url(finding.code)])
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(text)}"


def _more(rest: Sequence[_Item]) -> Iterator[str]:
    """Say what has no annotation: a notice with the number, and every line of it in the log."""
    listed = [failure(i) if isinstance(i, DocumentReport) else line(i) for i in rest]
    # No text may be taken for a command; the word that ends this is one that no text can hold.
    word = sha256("\n".join(listed).encode("utf-8", "surrogatepass")).hexdigest()
    yield f"::notice title=transcheck::+{len(rest)} more in the log of this step"
    yield f"::group::{plural(len(rest), 'finding')} without an annotation"
    yield f"::stop-commands::{word}"
    yield from listed
    yield f"::{word}::"
    yield "::endgroup::"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
