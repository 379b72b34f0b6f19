"""Findings as diagnostics: each at the version at fault, with the places of the others to go to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types as lsp

from transcheck.checks.suppression import UNUSED
from transcheck.lsp.desk import Desk, Ruler
from transcheck.report.entries import Entry, entries, failures
from transcheck.report.marks import MISSING
from transcheck.report.positions import Position
from transcheck.report.words import LANGUAGE_NAMES
from transcheck.types import Place, Report, Severity, help_url

SOURCE = "transcheck"
NOT_CHECKED = "not-checked"
"""The code of a diagnostic that says why something was not checked."""

_LEVELS: Mapping[Severity, lsp.DiagnosticSeverity] = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
}
_TOP = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
_WORD = re.compile(r"\S+\s*\Z")


@dataclass(frozen=True, slots=True)
class Mark:
    """A diagnostic at one place of a finding; ``path`` is the file, ``version`` its version that was looked at.

    ``entry`` is None where the diagnostic says that something was not checked.
    """

    path: str
    diagnostic: lsp.Diagnostic
    version: int | None = None
    entry: Entry | None = None
    place: Place | None = None


def marks(report: Report, desk: Desk, asked: Sequence[Path]) -> list[Mark]:
    """Return the marks of a report; what could not be checked is marked in the first of the files that were ``asked``
    about, and in those that the message names.
    """
    found = [mark for entry in entries(report) for mark in _of_entry(entry, desk)]
    for document in failures(report):
        message = document.error or ""
        named = [p for p in asked[1:] if str(p) in message]
        found += [not_checked(path, message, desk) for path in (*asked[:1], *named)]
    return found


def not_checked(path: Path, message: str, desk: Desk) -> Mark:
    """Return a mark at the top of a file that says why it was not checked."""
    known = desk.document(path)
    diagnostic = lsp.Diagnostic(_TOP, message, lsp.DiagnosticSeverity.Error, NOT_CHECKED, source=SOURCE)
    return Mark(str(path), diagnostic, known.version if known else None)


def by_file(found: Sequence[Mark], desk: Desk) -> dict[str, list[Mark]]:
    """Return the marks by the names of their files as the client writes them."""
    out: dict[str, list[Mark]] = defaultdict(list)
    for mark in found:
        out[desk.uri(mark.path)].append(mark)
    return dict(out)


def _of_entry(entry: Entry, desk: Desk) -> Iterator[Mark]:
    """Yield the mark of a finding; where two versions cannot tell which is at fault, one in each."""
    places = entry.places if entry.finding.lang is None else entry.places[:1]
    for place in places:
        others = [p for p in entry.places if p is not place]
        path = entry.locator.path(place.lang)
        known = desk.document(path)
        yield Mark(path, _diagnostic(entry, place, others, desk), known.version if known else None, entry, place)


def _diagnostic(entry: Entry, place: Place, others: Sequence[Place], desk: Desk) -> lsp.Diagnostic:
    code = entry.finding.code
    return lsp.Diagnostic(
        range=range_of(entry, place, desk),
        message=entry.message,
        severity=_LEVELS[entry.finding.severity],
        code=code,
        code_description=lsp.CodeDescription(help_url(code)),
        source=SOURCE,
        tags=[lsp.DiagnosticTag.Unnecessary] if code == UNUSED.code else None,
        related_information=[_related(entry, p, desk) for p in others] or None,
        data={"fingerprint": entry.identity},
    )


def _related(entry: Entry, place: Place, desk: Desk) -> lsp.DiagnosticRelatedInformation:
    within = "" if entry.locator.lined(place.lang) else f" ({entry.locator.within(place)})"
    text = " ".join(place.text.split()) or MISSING
    location = lsp.Location(desk.uri(entry.locator.path(place.lang)), range_of(entry, place, desk))
    return lsp.DiagnosticRelatedInformation(location, f"{LANGUAGE_NAMES[place.lang]}{within}: {text}")


def range_of(entry: Entry, place: Place, desk: Desk) -> lsp.Range:
    """Return where a place stands in its file, the top of what has no lines.

    Where something is missing, the word before it is shown: an empty range is invisible in most editors.
    """
    locator = entry.locator
    if not locator.lined(place.lang):
        return _TOP
    ruler = Ruler(desk.text(locator.path(place.lang)), desk.encoding)
    start, end = locator.start(place), locator.end(place)
    if start == end:
        start = _word_before(ruler, start)
    return lsp.Range(ruler.position(start), ruler.position(end))


def _word_before(ruler: Ruler, at: Position) -> Position:
    before = ruler.lines[at.line - 1][: at.column - 1] if at.line <= len(ruler.lines) else ""
    word = _WORD.search(before)
    return Position(at.line, word.start() + 1) if word else at
