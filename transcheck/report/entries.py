"""The findings of a report one by one, each with its document, its places in the files and a name of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from transcheck.report.marks import MISSING
from transcheck.report.paths import Base
from transcheck.report.positions import Locator
from transcheck.report.words import one_line
from transcheck.types import SEVERITIES, DocumentReport, Finding, Place, Report, Suppression


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding of a document; ``identity`` differs from that of every other finding of the report.

    It is the fingerprint that the run gave the finding, or one made of the same things where it gave none. ``by`` says
    what suppressed the finding, if anything did.
    """

    document: DocumentReport
    finding: Finding
    locator: Locator
    identity: str
    by: Suppression | None = None

    @property
    def path(self) -> str:
        """The file of the version at fault, as it was given."""
        return self.locator.path(self.finding.span.lang)

    def where(self, place: Place, base: Base) -> str:
        """Return where a place stands: ``file:line:column``, or the file and the page, paragraph or record."""
        path = base.path(self.locator.path(place.lang))
        if not self.locator.lined(place.lang):
            return f"{path}, {self.locator.within(place)}"
        at = self.locator.start(place)
        return f"{path}:{at.line}:{at.column}"

    def side(self, place: Place, base: Base) -> str:
        """Return on one line which version a place is of, where it stands and what it says."""
        return one_line(f"{place.lang} {self.where(place, base)}: {place.text or MISSING}")

    @property
    def message(self) -> str:
        """The message; of what has no lines with the page, paragraph or record before it."""
        lang = self.finding.span.lang
        within = "" if self.locator.lined(lang) else f"{self.locator.within(self.finding.span)}: "
        return f"{within}{self.finding.message}"

    @property
    def places(self) -> tuple[Place, ...]:
        """The place at fault and its counterparts."""
        return (self.finding.span, *self.finding.counterparts)


def entries(report: Report, *, suppressed: bool = False) -> Iterator[Entry]:
    """Yield the findings document by document, with ``suppressed`` those too that do not count."""
    seen: Counter[str] = Counter()
    for document in report.documents:
        locator = Locator(document)
        found: list[tuple[Finding, Suppression | None]] = [(f, None) for f in document.findings]
        found += [(s.finding, s.by) for s in document.suppressed]
        for finding, by in found:
            name = finding.fingerprint or _fingerprint(document, finding)
            seen[name] += 1
            if by is None or suppressed:
                identity = name if seen[name] == 1 else f"{name}-{seen[name]}"
                yield Entry(document, finding, locator, identity, by)


def worst_first(found: Iterable[Entry]) -> list[Entry]:
    """Return the entries most severe and most certain first, else in their order."""
    return sorted(found, key=lambda e: (SEVERITIES.index(e.finding.severity), -e.finding.score))


def failures(report: Report) -> Sequence[DocumentReport]:
    """Return the documents that were not checked."""
    return [d for d in report.documents if d.error is not None]


def file_of(document: DocumentReport) -> str:
    """Return the file that a document is in or begins with, or its id where it came from none."""
    found = document.document
    if found is None:
        return document.id
    return found.file or next((v.origin for v in found.versions if v.origin), document.id)


def _fingerprint(document: DocumentReport, finding: Finding) -> str:
    places = (f"{p.lang}:{' '.join(p.text.split())}" for p in (finding.span, *finding.counterparts))
    parts = (finding.code, finding.lang or "", document.id, *places)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
