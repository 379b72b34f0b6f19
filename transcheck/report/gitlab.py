"""The code quality report of GitLab, which a merge request shows beside the changed lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from transcheck.report.entries import Entry, entries, failures, file_of
from transcheck.report.indented import dumps
from transcheck.report.paths import Base
from transcheck.report.words import failure, one_line
from transcheck.types import DocumentReport, Place, Report, Severity, help_url

_SEVERITIES: Mapping[Severity, str] = {"error": "major", "warning": "minor", "note": "info"}
_CATEGORIES = ["Style"]
"""GitLab knows those of Code Climate alone, and none of them is about translations."""


def render(report: Report, base: Base | None = None) -> str:
    """Return a JSON array: an issue a finding, and a blocker a document that was not checked."""
    return dumps(list(_issues(report, base or Base()))) + "\n"


def _issues(report: Report, base: Base) -> Iterator[dict[str, Any]]:
    for document in failures(report):
        yield _not_checked(document, base)
    for entry in entries(report):
        yield _issue(entry, base)


def _issue(entry: Entry, base: Base) -> dict[str, Any]:
    finding = entry.finding
    body = [entry.message, *(entry.side(p, base) for p in entry.places), help_url(finding.code)]
    out: dict[str, Any] = {
        "type": "issue",
        "check_name": finding.code,
        "description": f"{finding.code} {one_line(entry.message)}",
        "content": {"body": "\n\n".join(body)},
        "categories": _CATEGORIES,
        "severity": _SEVERITIES[finding.severity],
        "fingerprint": sha256(entry.identity.encode()).hexdigest(),
        "location": _location(finding.span, entry, base),
    }
    if finding.counterparts:
        out["other_locations"] = [_location(p, entry, base) for p in finding.counterparts]
    return out


def _location(place: Place, entry: Entry, base: Base) -> dict[str, Any]:
    """Return the file and lines of a place; line 1 of what has no lines, since GitLab asks for one."""
    locator = entry.locator
    path = base.path(locator.path(place.lang))
    if not locator.lined(place.lang):
        return {"path": path, "lines": {"begin": 1, "end": 1}}
    return {"path": path, "lines": {"begin": locator.start(place).line, "end": locator.end(place).line}}


def _not_checked(document: DocumentReport, base: Base) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": "not-checked",
        "description": failure(document),
        "categories": _CATEGORIES,
        "severity": "blocker",
        "fingerprint": sha256(f"not-checked\0{document.id}".encode("utf-8", "surrogatepass")).hexdigest(),
        "location": {"path": base.path(file_of(document)), "lines": {"begin": 1, "end": 1}},
    }
