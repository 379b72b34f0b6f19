"""One document through the pipe: segments, rows, checks, and what remains after findings of one cause are merged."""

from __future__ import annotations

from transcheck.align import anchors, build_table
from transcheck.checks.base import Context
from transcheck.checks.registry import FUNCTIONS
from transcheck.run.resolve import resolve
from transcheck.text.sentences import segment
from transcheck.types import Document, DocumentReport, Encoder, InputError, Lang, Segment


def compare_document(document: Document, encoder: Encoder) -> DocumentReport:
    """Align the versions of ``document`` and check every row.

    Raises:
        InputError: when a version holds no text to compare.
    """
    segments = {v.lang: segment(v.text, v.lang, v.blocks) for v in document.versions}
    _require_text(document, segments)
    keys = {lang: anchors(found, lang) for lang, found in segments.items()}
    rows = build_table(document, segments, encoder, keys)
    context = Context(document, rows, segments, encoder)
    findings = [finding for function in FUNCTIONS for finding in function(context)]
    return DocumentReport(document.id, document, rows, resolve(findings, rows))


def _require_text(document: Document, segments: dict[Lang, tuple[Segment, ...]]) -> None:
    """Refuse a version without a segment: nothing can be said of it."""
    for version in document.versions:
        if not segments[version.lang]:
            where = f"{document.id}: the {version.lang} version" + (f" ({version.origin})" if version.origin else "")
            raise InputError(f"{where} holds no text to compare; give a text or leave the version out")
