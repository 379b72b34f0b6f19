"""Reviewdog Diagnostic Format, by which reviewdog comments on the lines of a change.

Its columns are bytes of UTF-8; a file whose lines are not known, such as HTML, has lines alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from transcheck.report.entries import Entry, entries, failures, file_of
from transcheck.report.indented import dumps
from transcheck.report.lines import line
from transcheck.report.paths import Base
from transcheck.report.words import at_fault, failure
from transcheck.types import HELP_URL, DocumentReport, Place, Report, Severity, help_url

_SEVERITIES: Mapping[Severity, str] = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(report: Report, base: Base | None = None) -> str:
    """Return one diagnostic result; documents that were not checked are diagnostics too."""
    base = base or Base()
    worst = next((s for s, n in report.counts().items() if n), None)
    failed = failures(report)
    out: dict[str, Any] = {"source": {"name": "transcheck", "url": HELP_URL}}
    if failed or worst:
        out["severity"] = "ERROR" if failed or worst is None else _SEVERITIES[worst]
    out["diagnostics"] = [_not_checked(d, base) for d in failed] + [_diagnostic(e, base) for e in entries(report)]
    return dumps(out) + "\n"


def _diagnostic(entry: Entry, base: Base) -> dict[str, Any]:
    finding = entry.finding
    out: dict[str, Any] = {
        "message": f"{entry.message} [{at_fault(finding)}]",
        "location": _location(finding.span, entry, base),
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.code, "url": help_url(finding.code)},
        "original_output": line(entry),
    }
    if finding.counterparts:
        out["related_locations"] = [
            {"message": entry.side(p, base), "location": _location(p, entry, base)} for p in finding.counterparts
        ]
    return out


def _location(place: Place, entry: Entry, base: Base) -> dict[str, Any]:
    """Return the file and range of a place, without columns where they cannot be known, the file alone of a page."""
    locator = entry.locator
    path = base.path(locator.path(place.lang))
    if not locator.lined(place.lang):
        return {"path": path}
    start, end, columns = locator.start(place), locator.end(place), locator.columns(place, "utf-8")
    if columns is None:
        return {"path": path, "range": {"start": {"line": start.line}, "end": {"line": end.line}}}
    return {
        "path": path,
        "range": {
            "start": {"line": start.line, "column": columns[0]},
            "end": {"line": end.line, "column": columns[1]},
        },
    }


def _not_checked(document: DocumentReport, base: Base) -> dict[str, Any]:
    return {
        "message": failure(document),
        "location": {"path": base.path(file_of(document))},
        "severity": "ERROR",
        "code": {"value": "not-checked"},
        "original_output": failure(document),
    }
