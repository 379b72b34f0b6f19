"""Workflow commands that GitHub shows as annotations on the changed lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transcheck.report.positions import Locator
from transcheck.report.words import failure
from transcheck.types import Finding, Report, Severity

_LEVELS: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report) -> str:
    """Return one workflow command a finding and one a document that was not checked."""
    return "".join(f"{line}\n" for line in _commands(report))


def _commands(report: Report) -> Iterator[str]:
    for document in report.documents:
        if document.error is not None:
            yield f"::error title=not checked::{_data(failure(document))}"
        locator = Locator(document)
        for finding in document.findings:
            yield _command(finding, locator)


def _command(finding: Finding, locator: Locator) -> str:
    start, end = locator.start(finding.span), locator.end(finding.span)
    fields: dict[str, str | int] = {
        "file": locator.origin(finding.span.lang),
        "line": start.line,
        "endLine": end.line,
        "title": f"{finding.code} {finding.category}",
    }
    if start.line == end.line:  # columns of a range of several lines are refused
        fields |= {"col": start.column, "endColumn": end.column}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in fields.items())
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(finding.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
