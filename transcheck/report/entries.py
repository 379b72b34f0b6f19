"""The findings of a report one by one, each with its document, its places in the files and a name of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from transcheck.report.positions import Locator
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


def _fingerprint(document: DocumentReport, finding: Finding) -> str:
    places = (f"{p.lang}:{' '.join(p.text.split())}" for p in (finding.span, *finding.counterparts))
    parts = (finding.code, finding.lang or "", document.id, *places)
    return sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
