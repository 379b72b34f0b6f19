"""One document through the pipe: segments, rows, checks, and what remains after findings of one cause are merged."""

from __future__ import annotations

from dataclasses import replace

from transcheck.align import anchors, build_table
from transcheck.checks.base import Context, touching
from transcheck.checks.confidence import EXPLAINING, WEAK, weigh
from transcheck.checks.operators import OPERATOR
from transcheck.checks.registry import FUNCTIONS
from transcheck.run.fingerprint import stamp
from transcheck.run.resolve import resolve
from transcheck.text.sentences import segment
from transcheck.types import (
    NO_TERMS,
    Document,
    DocumentReport,
    Encoder,
    Finding,
    InputError,
    Lang,
    Place,
    Row,
    Segment,
    Termbase,
)


def compare_document(document: Document, encoder: Encoder, termbase: Termbase = NO_TERMS) -> DocumentReport:
    """Align the versions of ``document`` and check every row, by the editor's terms too.

    Raises:
        InputError: when a version holds no text to compare.
    """
    context = context_of(document, encoder, termbase)
    findings = resolve(weigh(gathered(context), context), context.rows)
    return stamp(
        DocumentReport(
            document.id,
            document,
            tuple(_original_row(document, r) for r in context.rows),
            tuple(_original_finding(document, f) for f in findings),
        )
    )


def gathered(context: Context) -> list[Finding]:
    """Return what the checks find, before it is weighed.

    What is only proposed counts where nothing sure is said of the meaning of the row, which would explain it, nor of
    the same words; one small word more or less explains little.
    """
    found = [finding for function in FUNCTIONS for finding in function(context)]
    sure = [f for f in found if f.score > WEAK and f.severity != "note"]
    explained = {f.row for f in sure if f.category in EXPLAINING and f.code != OPERATOR.code}
    return [
        f
        for f in found
        if f.score > WEAK or (f.row not in explained and not any(s.row == f.row and touching(s, f) for s in sure))
    ]


def context_of(document: Document, encoder: Encoder, termbase: Termbase = NO_TERMS) -> Context:
    """Segment and align a document: what its checks look at.

    Raises:
        InputError: when a version holds no text to compare.
    """
    prose = replace(document, versions=tuple(replace(v, text=v.prose or v.text) for v in document.versions))
    segments = {
        v.lang: segment(v.text, v.lang, None if v.blocks is None else [b.span for b in v.blocks])
        for v in prose.versions
    }
    _require_text(document, segments)
    keys = {lang: anchors(found, lang) for lang, found in segments.items()}
    return Context(prose, build_table(prose, segments, encoder, keys), segments, encoder, termbase=termbase)


def _original(document: Document, place: Place) -> Place:
    """Return a place with the text of the input instead of the prose in it."""
    version = document.version(place.lang)
    return place if version is None or version.prose is None else version.place(place.start, place.end)


def _original_row(document: Document, row: Row) -> Row:
    """Return a row with the text of the input."""
    return replace(row, cells=tuple(replace(c, place=_original(document, c.place)) for c in row.cells))


def _original_finding(document: Document, finding: Finding) -> Finding:
    """Return a finding with the text of the input."""
    counterparts = tuple(_original(document, p) for p in finding.counterparts)
    return replace(finding, span=_original(document, finding.span), counterparts=counterparts)


def _require_text(document: Document, segments: dict[Lang, tuple[Segment, ...]]) -> None:
    """Refuse a version without a segment: nothing can be said of it."""
    for version in document.versions:
        if not segments[version.lang]:
            where = f"{document.id}: the {version.lang} version" + (f" ({version.origin})" if version.origin else "")
            raise InputError(f"{where} holds no text to compare; give a text or leave the version out")
