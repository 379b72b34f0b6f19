"""One defect, one finding: what is only the consequence of another finding of the same row is left out.

A passage in the wrong language has no negation to miss; a clause that was dropped takes its numbers and names along.
The rules are few and ordered; the finding that explains most stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from transcheck.types import SEVERITIES, Finding, Lang, Place, Report, Row

_WHOLE = {"untranslated", "language"}
_PASSAGE = {"omission", "addition"}
_VAGUE = {"meaning"}
_NAMING = {"terminology", "modality", "date", "number"}
_STRETCHES = {"TC101", "TC102"}
_LISTED, _LOADED = "TC208", "TC205"
"""A word that the editor's own list forbids, and one of the packaged table."""
_SMALL_WORD = "TC210"
_SMALL = 8
"""Words up to which a passage may merely be the neighbourhood of one changed word."""


def resolve(findings: Iterable[Finding], rows: Sequence[Row]) -> tuple[Finding, ...]:
    """Return the findings that stand for a cause of their own, ordered by row, severity and place."""
    kept = list(dict.fromkeys(findings))
    kept = [f for f in kept if not any(_explains_language(g, f) for g in kept if g is not f)]
    kept = [f for f in kept if not any(_explains_passage(g, f) for g in kept if g is not f)]
    kept = [f for f in kept if not any(_explains_meaning(g, f) for g in kept if g is not f)]
    kept = [f for f in kept if not any(_names_it(g, f) or _tells_more(g, f) for g in kept if g is not f)]
    order = {row.index: position for position, row in enumerate(rows)}
    return tuple(
        sorted(
            kept,
            key=lambda f: (
                -1 if f.row is None else order.get(f.row, f.row),
                SEVERITIES.index(f.severity),
                f.span.start,
                f.code,
            ),
        )
    )


def doubles(findings: Sequence[Finding]) -> frozenset[Finding]:
    """Return the findings that say of a word what another one says of it by another list of words.

    They are left out only when the checks have been chosen: one that nobody is shown explains nothing.
    """
    both = [f for f in findings if f.code in {_LISTED, _LOADED}]
    return frozenset(f for f in both if any(_listed(g, f) for g in both if g is not f))


def undoubled(report: Report) -> Report:
    """Return a report of which every finding is shown, without those that double another."""
    documents = []
    for document in report.documents:
        twice = doubles(document.findings)
        documents.append(replace(document, findings=tuple(f for f in document.findings if f not in twice)))
    return replace(report, documents=tuple(documents))


def _explains_language(cause: Finding, other: Finding) -> bool:
    """A version or passage in another language explains whatever else is said of it."""
    if cause.category not in _WHOLE or cause.code == "TC403" or other.category in _WHOLE:
        return False
    if cause.row is None:
        return other.lang == cause.lang or any(p.lang == cause.lang for p in (other.span, *other.counterparts))
    return other.row == cause.row or _touches(cause, other)


def _explains_passage(cause: Finding, other: Finding) -> bool:
    """A lost or added passage explains what is missing within it; a change within it explains the passage."""
    if cause.row != other.row or other.category in _WHOLE | {"reordered", "quotation", "attribution"}:
        return False
    if other.code == _LISTED and other.span.text:
        return False  # what is forbidden is so wherever it stands
    if cause.category in _PASSAGE and other.category not in _PASSAGE:
        return _one_sided(other) and _touches(cause, other)
    if other.code in _STRETCHES and cause.category not in _PASSAGE | _VAGUE | {"reordered", "quotation"}:
        small = len(_longest(other).text.split()) <= _SMALL or other.severity != "error"
        return not _one_sided(cause) and cause.severity != "note" and small and _touches(other, cause)
    return False


def _one_sided(finding: Finding) -> bool:
    """Whether a version has nothing where the finding points."""
    return any(not p.text for p in (finding.span, *finding.counterparts)) or not finding.counterparts


def _longest(finding: Finding) -> Place:
    """The place with the most text."""
    return max((finding.span, *finding.counterparts), key=lambda p: p.end - p.start)


def _explains_meaning(cause: Finding, other: Finding) -> bool:
    """Any exact finding explains that the row's similarity is low."""
    return (
        other.code == "TC201"
        and cause.code != "TC201"
        and cause.row == other.row
        and cause.severity != "note"
        and (cause.lang == other.lang or cause.lang is None or other.lang is None)
    )


def _names_it(cause: Finding, other: Finding) -> bool:
    """Two words that are opposites may also be terms, dates or modals: what says more of them stays."""
    return (
        other.code == "TC202"
        and cause.category in _NAMING
        and cause.row == other.row
        and cause.lang == other.lang
        and SEVERITIES.index(cause.severity) <= SEVERITIES.index(other.severity)
        and all(any(_within(p, q) or _within(q, p) for q in _places(cause)) for p in _places(other))
    )


def _tells_more(cause: Finding, other: Finding) -> bool:
    """Of a small word that was lost or added any other finding on it says more."""
    return (
        other.code == _SMALL_WORD != cause.code
        and cause.row == other.row
        and cause.severity != "note"
        and any(p.lang == q.lang and p.span.overlaps(q.span) for p in _places(cause) for q in _places(other))
    )


def _listed(cause: Finding, other: Finding) -> bool:
    """Of the editor's list and the packaged one the more severe finding on a word stays, of equals the editor's."""
    if {cause.code, other.code} != {_LISTED, _LOADED} or cause.row != other.row:
        return False
    own = cause if cause.code == _LISTED else other
    same = any(
        p.lang == own.span.lang and own.span.span.overlaps(p.span) for p in _places(other if own is cause else cause)
    )
    more = SEVERITIES.index(other.severity) - SEVERITIES.index(cause.severity)
    return same and (more > 0 or (more == 0 and own is cause))


def _touches(cause: Finding, other: Finding) -> bool:
    """Whether a place of the second finding lies within a place of the first."""
    return any(_within(inner, outer) for outer in _places(cause) for inner in _places(other))


def _places(finding: Finding) -> list[Place]:
    """The places of a finding that hold text."""
    return [p for p in (finding.span, *finding.counterparts) if p.end > p.start]


def _within(inner: Place, outer: Place) -> bool:
    """Whether one place lies inside the other."""
    lang: Lang = inner.lang
    return lang == outer.lang and outer.start <= inner.start and inner.end <= outer.end
