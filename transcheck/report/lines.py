"""One line a finding, as compilers write them: ``path:line:column: severity code message [version]``."""

from __future__ import annotations

from collections.abc import Iterator

from transcheck.report.positions import Locator
from transcheck.report.words import at_fault, one_line, summary
from transcheck.types import Report


def render(report: Report, *, quiet: bool = False) -> str:
    """Return the findings, ordered as they stand in the report, and unless ``quiet`` a line with their number.

    Documents that were not checked have no position and are left to the caller, who names them on the error stream.
    """
    lines = list(_lines(report))
    if not quiet:
        lines.append(summary(report))
    return "".join(f"{line}\n" for line in lines)


def _lines(report: Report) -> Iterator[str]:
    for document in report.documents:
        locator = Locator(document)
        for finding in document.findings:
            at = locator.start(finding.span)
            path = one_line(locator.origin(finding.span.lang))
            what = f"{finding.severity} {finding.code} {one_line(finding.message)}"
            yield f"{path}:{at.line}:{at.column}: {what} [{at_fault(finding)}]"
