"""One line a finding, as compilers write them: ``path:line:column: severity code message [version]``."""

from __future__ import annotations

from transcheck.report.entries import Entry, entries
from transcheck.report.words import at_fault, one_line, summary
from transcheck.types import Report


def render(report: Report, *, quiet: bool = False) -> str:
    """Return the findings, ordered as they stand in the report, and unless ``quiet`` a line with their number.

    Documents that were not checked have no position and are left to the caller, who names them on the error stream.
    """
    lines = [line(e) for e in entries(report)]
    if not quiet:
        lines.append(summary(report))
    return "".join(f"{each}\n" for each in lines)


def line(entry: Entry) -> str:
    """Return the line of one finding."""
    finding = entry.finding
    at = entry.locator.start(finding.span)
    path = one_line(entry.locator.origin(finding.span.lang))
    what = f"{finding.severity} {finding.code} {one_line(finding.message)}"
    return f"{path}:{at.line}:{at.column}: {what} [{at_fault(finding)}]"
