"""Findings that an editor has answered: comments in the files, and lists beside files that have no comments.

A suppression needs a reason and names what it suppresses; one that suppresses nothing is reported itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from transcheck.checks.base import Check
from transcheck.checks.suppression import BROKEN, UNUSED
from transcheck.run.directives import Order, orders
from transcheck.run.fingerprint import is_whole, plain, stamp_all
from transcheck.run.sidecar import SUFFIX, Entry, ReadText, read_sidecar, read_text
from transcheck.types import (
    Comment,
    ConfigError,
    DocumentReport,
    Finding,
    Place,
    Span,
    Suppressed,
    Suppression,
    Version,
)

_Key = tuple[str, int, str]
"""What tells one suppression from another: file, line (or 0), and the text of the comment or number of the entry."""


@dataclass(slots=True)
class _Book:
    """What is known of the suppressions of a run: which codes of each were needed, and where each is reported."""

    today: date
    read: ReadText
    used: dict[_Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    told: set[_Key] = field(default_factory=set)
    lists: dict[str, tuple[Entry, ...] | ConfigError] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)

    def entries(self, file: str) -> tuple[Entry, ...]:
        """Return the entries of the list beside a file; ConfigError where it is broken."""
        if file not in self.lists:
            try:
                self.lists[file] = read_sidecar(file, self.read, self.today)
            except ConfigError as error:
                self.lists[file] = error
        found = self.lists[file]
        if isinstance(found, ConfigError):
            raise found
        return found

    def sure(self, origin: str) -> bool:
        """Tell whether all of a file was checked, so that what was not needed is unused; ``origin`` begins with it."""
        file = origin.split(f"{SUFFIX}, ")[0]
        return not any(file in error for error in self.errors)

    def first(self, key: _Key) -> bool:
        """Tell whether a suppression has not been reported yet, and note that it is now."""
        if key in self.told:
            return False
        self.told.add(key)
        return True


def suppress(report: DocumentReport, *, today: date | None = None, read: ReadText = read_text) -> DocumentReport:
    """Return the report on one document with its answered findings put apart; see :func:`suppress_all`."""
    return suppress_all([report], today=today, read=read)[0]


def suppress_all(
    reports: Sequence[DocumentReport], *, today: date | None = None, read: ReadText = read_text
) -> list[DocumentReport]:
    """Return the reports of a run with the findings that an editor has answered moved to ``suppressed``.

    A comment or entry in any version suppresses what has a place (of whichever side) where it applies; it is one
    finding TC901 where it suppresses nothing in the whole run, and one TC902 where it is flawed. Findings need to be
    all that there are, with fingerprints, before any selection: what is not looked for cannot be called unused.
    A document whose list is broken becomes one that was not checked. ``today`` decides what is out of date; ``read``
    gives the content of the lists.
    """
    book = _Book(today or date.today(), read)
    parted = [_part(report, book) for report in reports]
    book.errors += [report.error for report in parted if report.error is not None]
    return [_told(report, book) for report in parted]


def _part(report: DocumentReport, book: _Book) -> DocumentReport:
    """Move the answered findings of a report, and note what answered them."""
    if report.document is None or report.error is not None:
        return report
    try:
        answers = [*_comments(report), *_entries(report, book)]
    except ConfigError as error:
        return DocumentReport(report.id, report.document, error=str(error))
    if not answers:
        return report
    kept: list[Finding] = []
    suppressed = list(report.suppressed)
    for finding in report.findings:
        by = [a for a in answers if a.holds(report, finding)]
        for answer in by:
            book.used[answer.key].update(c for c in answer.codes if finding.code.startswith(c))
        if by:
            suppressed.append(Suppressed(finding, Suppression("inline", by[0].reason, by[0].origin)))
        else:
            kept.append(finding)
    return replace(report, findings=tuple(kept), suppressed=tuple(suppressed))


@dataclass(frozen=True, slots=True)
class _Answer:
    """A suppression as it holds for one document."""

    key: _Key
    codes: tuple[str, ...]
    reason: str
    origin: str
    version: Version
    order: Order | None = None
    entry: Entry | None = None

    def holds(self, report: DocumentReport, finding: Finding) -> bool:
        """Tell whether it suppresses a finding of the report."""
        if not finding.code.startswith(self.codes):
            return False
        if self.entry is not None:
            return _named(self.entry, report, finding)
        assert self.order is not None
        places = [p for p in (finding.span, *finding.counterparts) if p.lang == self.version.lang]
        if self.order.scope is None:
            return bool(places)
        return not is_whole(finding) and any(_meets(p, self.order.scope) for p in places)


def _meets(place: Place, scope: Span) -> bool:
    """Tell whether a place has something in a scope; one without text may stand at its edge."""
    if place.start == place.end:
        return scope.start <= place.start <= scope.end
    return place.start < scope.end and scope.start < place.end


def _named(entry: Entry, report: DocumentReport, finding: Finding) -> bool:
    """Tell whether an entry is about a finding: by its fingerprint, or by words of its places or their row."""
    if entry.id and report.document is not None and f"#{entry.id}" != f"#{report.document.id}"[-len(entry.id) - 1 :]:
        return False
    if entry.fingerprint:
        return entry.fingerprint == finding.fingerprint
    texts = [p.text for p in (finding.span, *finding.counterparts)]
    texts += [c.text for r in report.rows if r.index == finding.row for c in r.cells]
    return any(entry.text in plain(t) for t in texts)


def _comments(report: DocumentReport) -> Iterator[_Answer]:
    for version in _versions(report):
        for order in orders(version)[0]:
            origin = f"{version.origin}:{order.comment.line}"
            yield _Answer(_key(version, order.comment), order.codes, order.reason, origin, version, order)


def _entries(report: DocumentReport, book: _Book) -> Iterator[_Answer]:
    for version, entry in _listed(report, book):
        if not entry.flaw:
            key = (entry.origin, 0, "")
            yield _Answer(key, (entry.code,), entry.reason, entry.origin, version, entry=entry)


def _listed(report: DocumentReport, book: _Book) -> Iterator[tuple[Version, Entry]]:
    """Yield the entries for the files of a document, each with a version of it."""
    files: dict[str, Version] = {}
    for version in _versions(report):
        files.setdefault((report.document.file if report.document else "") or version.origin, version)
    for file, version in files.items():
        for entry in book.entries(file) if file else ():
            yield version, entry


def _versions(report: DocumentReport) -> tuple[Version, ...]:
    return report.document.versions if report.document else ()


def _key(version: Version, comment: Comment) -> _Key:
    return version.origin, comment.line, comment.text


def _told(report: DocumentReport, book: _Book) -> DocumentReport:
    """Add findings on the suppressions of a report that are flawed or were not needed, each once in a run."""
    if report.document is None or report.error is not None:
        return report
    new = [*_on_comments(report, book), *_on_entries(report, book)]
    if not new:
        return report
    (stamped,) = stamp_all([DocumentReport(report.id, report.document, findings=tuple(new))])
    return replace(report, findings=(*report.findings, *stamped.findings))


def _on_comments(report: DocumentReport, book: _Book) -> Iterator[Finding]:
    for version in _versions(report):
        found, flaws = orders(version)
        for flaw in flaws:
            if book.first((*_key(version, flaw.comment)[:2], flaw.message)):
                yield _finding(BROKEN, version, flaw.comment, f"broken suppression: {flaw.message}")
        for order in found:
            key = _key(version, order.comment)
            idle = [c for c in order.codes if c not in book.used[key]]
            if idle and book.sure(version.origin) and book.first(key):
                message = f"unused suppression: nothing here to ignore for {', '.join(idle)} ({order.reason})"
                yield _finding(UNUSED, version, order.comment, message)


def _on_entries(report: DocumentReport, book: _Book) -> Iterator[Finding]:
    for version, entry in _listed(report, book):
        key = (entry.origin, 0, "")
        if entry.flaw and book.first(key):
            yield _finding(BROKEN, version, None, f"broken suppression: {entry.origin}: {entry.flaw}")
        elif not entry.flaw and not book.used[key] and book.sure(entry.origin) and book.first(key):
            message = f"unused suppression: {entry.origin}: nothing to ignore for {entry.code} ({entry.reason})"
            yield _finding(UNUSED, version, None, message)


def _finding(check: Check, version: Version, comment: Comment | None, message: str) -> Finding:
    span = comment.span if comment else Span(0, 0)
    place = version.place(span.start, span.end)
    return Finding(check.code, check.category, check.severity, version.lang, 1.0, message, place)
