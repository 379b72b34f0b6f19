"""The gold quotes hold what their README says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from transcheck.types import CATEGORIES, LANGS

SEEDS = Path(__file__).parents[2] / "seeds"
RECORDS: list[dict[str, Any]] = [
    json.loads(line)
    for path in sorted(SEEDS.glob("*/*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]
FOREIGN = {
    "ru": re.compile("[іїєґІЇЄҐ]"),
    "uk": re.compile("[ыэъёЫЭЪЁ]"),
    "en": re.compile("[а-яёіїєґ]", re.IGNORECASE),
}


@pytest.mark.parametrize("record", RECORDS, ids=[r["id"] for r in RECORDS])
def test_record(record: dict[str, Any]) -> None:
    assert record["source_lang"] in LANGS
    assert all(record[lang].strip() for lang in LANGS)
    for defect in record["defects"]:
        assert defect["category"] in CATEGORIES
        assert defect["lang"] in LANGS
        assert defect["note"]
        for place in (defect, *defect["counterparts"]):
            assert 0 <= place["start"] <= place["end"] <= len(record[place["lang"]])
            assert record[place["lang"]][place["start"] : place["end"]] == place["text"]
        assert all(p["lang"] != defect["lang"] for p in defect["counterparts"])
        if defect["category"] == "omission":
            assert defect["start"] == defect["end"]
        if defect["category"] == "addition":
            assert defect["text"]
            assert not any(p["text"] for p in defect["counterparts"])


@pytest.mark.parametrize("record", RECORDS, ids=[r["id"] for r in RECORDS])
def test_every_version_keeps_to_its_alphabet(record: dict[str, Any]) -> None:
    for lang in LANGS:
        wrong = [d for d in record["defects"] if d["lang"] == lang and d["category"] in {"untranslated", "language"}]
        if not wrong:
            found = FOREIGN[lang].findall(record[lang])
            assert not found, (lang, found)


def test_ids_are_unique() -> None:
    assert len({r["id"] for r in RECORDS}) == len(RECORDS)


@pytest.mark.parametrize("category", [c for c in CATEGORIES if c != "suppression"])
@pytest.mark.parametrize("lang", LANGS)
def test_every_category_occurs_in_every_version(category: str, lang: str) -> None:
    assert any(d["category"] == category and d["lang"] == lang for r in RECORDS for d in r["defects"])


def test_each_part_has_clean_quotes() -> None:
    assert sum(not r["defects"] for r in RECORDS) >= len(RECORDS) / 5
