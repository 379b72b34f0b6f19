"""The report as JSON: a versioned contract, described in docs/json.md and by ``schema/report-1.json``."""

from __future__ import annotations

import json
from collections import Counter
from importlib.resources import files
from typing import Any

from transcheck.report.indented import dumps
from transcheck.report.positions import Locator
from transcheck.report.verdicts import counts, summary_lines
from transcheck.report.words import SUPPRESSION_WORDS
from transcheck.types import DocumentReport, Finding, Place, Quote, Report, Row, Suppression, help_url
from transcheck.version import VERSION

SCHEMA_VERSION = 1


def render(report: Report) -> str:
    """Return the report as indented JSON, Cyrillic unescaped, ending in a line break."""
    return dumps(to_dict(report)) + "\n"


def to_dict(report: Report) -> dict[str, Any]:
    """Return the report as plain dicts and lists that fit the schema of version ``SCHEMA_VERSION``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "transcheck", "version": VERSION},
        "model": report.model,
        "documents": [_document(d) for d in report.documents],
        "summary": summary_dict(report),
    }


def summary_dict(report: Report) -> dict[str, Any]:
    """Return the counts of a report, its fail level and its exit code."""
    out: dict[str, Any] = {
        "documents": len(report.documents),
        "checked": sum(d.status == "ok" for d in report.documents),
        "failed": sum(d.status == "error" for d in report.documents),
        "rows": sum(len(d.rows) for d in report.documents),
        "findings": dict(report.counts()),
        "suppressed": suppressed_counts(report),
        "stale": list(report.stale),
        "verdicts": dict(counts(report)),
        "by": list(summary_lines(report)),
        "fail_on": report.fail_on,
        "exit_code": report.exit_code,
    }
    return out | {"since": report.since} if report.since else out


def suppressed_counts(report: Report) -> dict[str, int]:
    """Return the number of suppressed findings by what suppressed them, zeros included."""
    found: Counter[str] = Counter(s.by.kind for d in report.documents for s in d.suppressed)
    return {kind: found[kind] for kind in SUPPRESSION_WORDS}


def schema() -> dict[str, Any]:
    """Return the JSON Schema that every report fits."""
    text = files("transcheck.report").joinpath("schema", f"report-{SCHEMA_VERSION}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _document(report: DocumentReport) -> dict[str, Any]:
    out: dict[str, Any] = {"id": report.id, "status": report.status}
    if report.error is not None:
        out["error"] = report.error
    if report.document is not None:
        if report.document.meta:
            out["meta"] = dict(report.document.meta)
        out["versions"] = [{"lang": v.lang, "origin": v.origin} for v in report.document.versions]
    if report.verdict is not None:
        out["verdict"] = report.verdict
    if report.speaker:
        out["speaker"] = report.speaker
    if report.quotes:
        out["quotes"] = [quote_dict(q, Locator(report)) for q in report.quotes]
    out["rows"] = [_row(r) for r in report.rows]
    locator = Locator(report)
    out["findings"] = [finding_dict(f, locator) for f in report.findings]
    if report.suppressed:
        out["suppressed"] = [finding_dict(s.finding, locator, s.by) for s in report.suppressed]
    return out


def quote_dict(quote: Quote, locator: Locator) -> dict[str, Any]:
    """Return a quotation with its places: offsets into the text as read, and the line and column in its file."""
    version = locator.version(quote.lang)
    span = version.place(quote.span.start, quote.span.end)
    at = locator.start(span)
    return {
        "text": quote.text,
        "speaker": quote.speaker or None,
        "lang": quote.lang,
        "start": quote.span.start,
        "end": quote.span.end,
        "kind": quote.kind,
        "elisions": [_place(version.place(s.start, s.end)) for s in quote.elisions],
        "insertions": [_place(version.place(s.start, s.end)) for s in quote.insertions],
        "parts": [_place(version.place(s.start, s.end)) for s in quote.parts],
        "origin": version.origin,
        "line": at.line,
        "column": at.column,
        "unit": locator.unit(quote.lang),
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "index": row.index,
        "cells": [_place(c.place) for c in row.cells],
        "similarities": {f"{a}-{b}": round(value, 4) for (a, b), value in row.similarities},
        "moved": list(row.moved),
    }


def finding_dict(finding: Finding, locator: Locator, by: Suppression | None = None) -> dict[str, Any]:
    """Return a finding with its places in the files and, where it is suppressed, by what."""
    out: dict[str, Any] = {
        "code": finding.code,
        "category": finding.category,
        "severity": finding.severity,
        "lang": finding.lang,
        "score": round(finding.score, 4),
        "message": finding.message,
        "row": finding.row,
        "span": _located(finding.span, locator),
        "counterparts": [_located(p, locator) for p in finding.counterparts],
        "fingerprint": finding.fingerprint,
        "url": help_url(finding.code),
    }
    if by is not None:
        out["suppressed"] = {"kind": by.kind, "reason": by.reason, "origin": by.origin}
    return out


def _located(place: Place, locator: Locator) -> dict[str, Any]:
    """Return a place with its file, and the line and column of both ends."""
    start, end = locator.start(place), locator.end(place)
    return {
        **_place(place),
        "path": locator.path(place.lang),
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "unit": locator.unit(place.lang),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"lang": place.lang, "start": place.start, "end": place.end, "text": place.text}
