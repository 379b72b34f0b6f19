"""A report in JSON, read back as far as explaining a finding needs it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcheck.types import Cell, Finding, InputError, Place, Row


@dataclass(frozen=True, slots=True)
class Kept:
    """A finding of a report with its document and its row, None where it is on a whole version."""

    document: str
    model: str
    finding: Finding
    row: Row | None


def read_kept(path: Path) -> list[Kept]:
    """Return the findings of a JSON report, those suppressed too.

    Raises:
        InputError: when the file cannot be read or is no report of this version.
    """
    try:
        loaded = json.loads(path.read_text("utf-8"))
        return list(_findings(loaded))
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); write one with --output json=FILE") from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a report of transcheck ({error}); write one with --output json=FILE") from error


def _findings(report: dict[str, Any]) -> Iterator[Kept]:
    for document in report["documents"]:
        rows = {r["index"]: _row(r) for r in document.get("rows", ())}
        for found in (*document.get("findings", ()), *document.get("suppressed", ())):
            yield Kept(document["id"], report["model"], _finding(found), rows.get(found["row"]))


def _row(row: dict[str, Any]) -> Row:
    cells = []
    for cell in row["cells"]:
        place = _place(cell)
        cells.append(Cell(place.lang, (0,) if place.text else (), place))
    return Row(row["index"], tuple(cells))


def _finding(found: dict[str, Any]) -> Finding:
    return Finding(
        found["code"],
        found["category"],
        found["severity"],
        found["lang"],
        found["score"],
        found["message"],
        _place(found["span"]),
        tuple(_place(p) for p in found["counterparts"]),
        found["row"],
        found["fingerprint"],
    )


def _place(place: dict[str, Any]) -> Place:
    return Place(place["lang"], place["start"], place["end"], place["text"])
