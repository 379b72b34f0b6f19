"""JUnit XML, which every CI shows as tests: a document is a case, and it fails as the exit code does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from transcheck.report.entries import Entry, entries, file_of, worst_first
from transcheck.report.paths import Base
from transcheck.report.words import failure, headline, suppressed, tally
from transcheck.report.xml import document as whole
from transcheck.report.xml import element
from transcheck.types import SEVERITIES, DocumentReport, Report, help_url
from transcheck.version import VERSION

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def render(report: Report, base: Base | None = None) -> str:
    """Return one suite with a case a document.

    A case fails where a finding is at or above the fail level; what is below stands in its output. A document that was
    not checked is an error, one in which everything is suppressed is skipped.
    """
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries(report):
        found[id(entry.document)].append(entry)
    root = element("testsuites", {"name": "transcheck"})
    suite = element("testsuite", {"name": "transcheck"}, root)
    properties = element("properties", {}, suite)
    for name, value in (("version", VERSION), ("model", report.model), ("fail-on", report.fail_on)):
        element("property", {"name": name, "value": value}, properties)
    for document in report.documents:
        _case(document, found[id(document)], report, suite, base or Base())
    counts = {
        "tests": len(report.documents),
        "failures": len(suite.findall("testcase/failure")),
        "errors": len(suite.findall("testcase/error")),
    }
    for made in (root, suite):
        for name, number in counts.items():
            made.set(name, str(number))
        made.set("time", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))
    return whole(root)


def _case(document: DocumentReport, found: Sequence[Entry], report: Report, suite: Element, base: Base) -> None:
    folder = document.id.rpartition("/")[0].strip("./").replace("/", ".")
    about = {
        "classname": f"transcheck.{folder}" if folder else "transcheck",
        "name": document.id,
        "file": base.path(file_of(document)),
        "time": "0",
    }
    case = element("testcase", about, suite)
    if document.error is not None:
        element("error", {"message": failure(document), "type": "not-checked"}, case, failure(document))
        return
    failing = () if report.fail_on == "never" else SEVERITIES[: SEVERITIES.index(report.fail_on) + 1]
    bad = worst_first(e for e in found if e.finding.severity in failing)
    silent = suppressed(Report((document,), report.model))
    if bad:
        counts = {s: sum(e.finding.severity == s for e in bad) for s in SEVERITIES}
        element("failure", {"message": tally(counts), "type": bad[0].finding.code}, case, _listed(bad, base))
    elif silent and not found:
        element("skipped", {"message": silent}, case)
        return
    other = worst_first(e for e in found if e.finding.severity not in failing)
    output = "\n".join(filter(None, (_listed(other, base), silent)))
    if output:
        element("system-out", {}, case, output)


def _listed(found: Sequence[Entry], base: Base) -> str:
    """Return each finding with what every version has."""
    lines = []
    for entry in found:
        lines.append(f"{headline(entry.finding)}: {entry.message}")
        lines += [f"  {entry.side(place, base)}" for place in entry.places]
        lines.append(f"  {help_url(entry.finding.code)}")
    return "\n".join(lines)
