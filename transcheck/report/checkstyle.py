"""Checkstyle XML: what Jenkins, SonarQube and many review tools read of any linter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from transcheck.report.entries import Entry, entries, failures, file_of
from transcheck.report.paths import Base
from transcheck.report.words import at_fault, failure, one_line
from transcheck.report.xml import document as whole
from transcheck.report.xml import element
from transcheck.types import Report, Severity, help_url

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_SEVERITIES: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "info"}


def render(report: Report, base: Base | None = None) -> str:
    """Return a file element for every file with findings, and one for every document that was not checked."""
    base = base or Base()
    root = element("checkstyle", {"version": "4.3"})
    files: dict[str, Element] = {}
    for document in failures(report):
        about = {"line": 1, "severity": "error", "message": failure(document), "source": "transcheck.not-checked"}
        element("error", about, _file(base.path(file_of(document)), files, root))
    by_file: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries(report):
        by_file[base.path(entry.path)].append(entry)
    for name, found in by_file.items():
        for entry in sorted(found, key=_place):
            element("error", _error(entry, base), _file(name, files, root))
    return whole(root)


def _file(name: str, files: dict[str, Element], root: Element) -> Element:
    if name not in files:
        files[name] = element("file", {"name": name}, root)
    return files[name]


def _place(entry: Entry) -> tuple[int, int]:
    at = entry.locator.start(entry.finding.span)
    return at.line, at.column


def _error(entry: Entry, base: Base) -> dict[str, object]:
    finding, locator = entry.finding, entry.locator
    at = locator.start(finding.span)
    sides = "; ".join(entry.side(p, base) for p in finding.counterparts)
    place: dict[str, object] = (
        {"line": at.line, "column": at.column} if locator.lined(finding.span.lang) else {"line": 1}
    )
    said = f"{one_line(entry.message)} [{at_fault(finding)}]" + (f" ({sides})" if sides else "")
    return {
        **place,
        "severity": _SEVERITIES[finding.severity],
        "message": f"{said} {help_url(finding.code)}",
        "source": f"transcheck.{finding.category}.{finding.code}",
    }
