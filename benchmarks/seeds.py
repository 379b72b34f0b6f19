"""Defects of seeds/ found with the right category and version, and false alarms on the clean quotes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcheck.run.pipeline import compare_document
from transcheck.types import LANGS, Document, DocumentReport, Encoder, Finding, Version

ROOT = Path(__file__).parent.parent / "seeds"


@dataclass(frozen=True, slots=True)
class Seed:
    """A gold quote: its versions and labelled defects."""

    document: Document
    defects: tuple[dict[str, Any], ...]


def read_seeds(part: str) -> Iterator[Seed]:
    """Yield the quotes of ``seeds/<part>``."""
    for path in sorted((ROOT / part).glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            versions = tuple(Version(lang, record[lang], lang) for lang in LANGS)
            yield Seed(Document(record["id"], versions), tuple(record["defects"]))


def is_found(defect: dict[str, Any], findings: Sequence[Finding]) -> bool:
    """Whether an error or warning has the defect's category and version."""
    return any(f.category == defect["category"] and f.lang == defect["lang"] and f.severity != "note" for f in findings)


@dataclass(frozen=True, slots=True)
class Result:
    """Counts of one run over a part of the seeds."""

    defects: int
    found: int
    flagged: int
    clean: int
    alarms: int
    by_category: dict[str, tuple[int, int]]
    reports: tuple[tuple[Seed, DocumentReport], ...]


def run(encoder: Encoder, part: str) -> Result:
    """Check every quote of a part; ``flagged`` counts defective quotes with any error or warning."""
    defects = found = flagged = clean = alarms = 0
    hits: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    reports: list[tuple[Seed, DocumentReport]] = []
    for seed in read_seeds(part):
        report = compare_document(seed.document, encoder)
        reports.append((seed, report))
        loud = any(f.severity != "note" for f in report.findings)
        if not seed.defects:
            clean += 1
            alarms += loud
            continue
        for defect in seed.defects:
            hit = is_found(defect, report.findings)
            defects += 1
            found += hit
            flagged += loud
            totals[defect["category"]] += 1
            hits[defect["category"]] += hit
    table = {category: (hits[category], totals[category]) for category in sorted(totals)}
    return Result(defects, found, flagged, clean, alarms, table, tuple(reports))


def table(encoder: Encoder) -> list[dict[str, object]]:
    """Figures of both parts; the held-out part is never looked at when a check is changed."""
    rows: list[dict[str, object]] = []
    for part in ("tuning", "heldout"):
        result = run(encoder, part)
        rows.append(
            {
                "seeds": part,
                "defects": result.defects,
                "found": result.found / max(1, result.defects),
                "clean quotes": result.clean,
                "with an error or warning": result.alarms / max(1, result.clean),
                "missed by category": ", ".join(
                    f"{c} {n - k}/{n}" for c, (k, n) in result.by_category.items() if k < n
                ),
            }
        )
    return rows
