"""The report as lines of JSON: a header, a line a finding, a line a document that was not checked, and a summary.

Each line tells by ``type`` what it is, and a finding has its document and files with it, so that lines can be read,
filtered and joined one by one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from transcheck.report.entries import entries, failures
from transcheck.report.json import SCHEMA_VERSION, finding_dict, summary_dict
from transcheck.report.json import schema as whole_schema
from transcheck.types import Report
from transcheck.version import VERSION


def render(report: Report) -> str:
    """Return one JSON object a line, Cyrillic unescaped, suppressed findings included."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in _lines(report))


def schema() -> dict[str, Any]:
    """Return the JSON Schema that every line fits."""
    whole = whole_schema()
    finding = whole["$defs"]["finding"]
    of_line = {
        **finding,
        "required": ["type", "document", *finding["required"]],
        "properties": {"type": {"const": "finding"}, "document": {"type": "string"}, **finding["properties"]},
    }
    named = ("schema_version", "tool", "model")
    header = {"type": {"const": "header"}, **{name: whole["properties"][name] for name in named}}
    error = {"type": {"const": "error"}, "document": {"type": "string"}, "error": {"type": "string", "minLength": 1}}
    counted = whole["properties"]["summary"]
    summary = {
        **counted,
        "required": ["type", *counted["required"]],
        "properties": {"type": {"const": "summary"}, **counted["properties"]},
    }
    return {
        "$schema": whole["$schema"],
        "$id": f"urn:transcheck:lines:{SCHEMA_VERSION}",
        "title": f"a line of a transcheck report, version {SCHEMA_VERSION}",
        "oneOf": [_closed(header), of_line, _closed(error), summary],
        "$defs": whole["$defs"],
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(properties),
        "additionalProperties": False,
        "properties": properties,
    }


def _lines(report: Report) -> Iterator[dict[str, Any]]:
    tool = {"name": "transcheck", "version": VERSION}
    yield {"type": "header", "schema_version": SCHEMA_VERSION, "tool": tool, "model": report.model}
    for entry in entries(report, suppressed=True):
        yield {
            "type": "finding",
            "document": entry.document.id,
            **finding_dict(entry.finding, entry.locator, entry.by),
        }
    for document in failures(report):
        yield {"type": "error", "document": document.id, "error": document.error}
    yield {"type": "summary", **summary_dict(report)}
