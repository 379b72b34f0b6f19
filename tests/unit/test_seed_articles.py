"""The seed articles hold what their README says, and the tuning part is read as well as when it was last measured."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.articles import FAULTS, Scores, _f1, _score_quotes, events
from transcheck.checks.registry import CHECKS
from transcheck.quotes.extract import quotes
from transcheck.types import LANGS

ROOT = Path(__file__).parents[2] / "seeds" / "articles"
EVENTS: list[tuple[Path, dict[str, Any]]] = [
    (path.parent, json.loads(path.read_text("utf-8"))) for path in sorted(ROOT.glob("*/*.gold.json"))
]
KINDS = {"direct", "partial", "dialogue", "block", "indirect"}


@pytest.mark.parametrize(("folder", "gold"), EVENTS, ids=[g["id"] for _, g in EVENTS])
def test_event(folder: Path, gold: dict[str, Any]) -> None:
    assert set(gold["articles"]) == set(LANGS)
    for lang, article in gold["articles"].items():
        text = (folder / article["file"]).read_text("utf-8")
        for quote in article["quotes"]:
            assert quote["kind"] in KINDS
            assert quote["speaker"] is None or gold["speakers"][quote["speaker"]][lang]
            assert all(text[p["start"] : p["end"]] == p["text"] != "" for p in quote["parts"])
    codes = {c.code for c in CHECKS}
    for edit in gold["edits"]:
        assert any(edit["quote"] == q["id"] for q in gold["articles"][edit["lang"]]["quotes"])
        assert (edit["code"] in codes) if edit["status"] == "fault" else edit["code"] is None
        assert edit["type"] in FAULTS


def test_there_are_enough_of_them() -> None:
    parts = Counter(folder.name for folder, _ in EVENTS)
    assert parts["tuning"] >= 12
    assert parts["heldout"] >= 6
    faults = Counter(e["type"] for _, g in EVENTS for e in g["edits"] if e["status"] == "fault")
    assert set(faults) == set(FAULTS)


@pytest.mark.slow
def test_the_tuning_part_is_read_as_well_as_ever() -> None:
    scores = Scores()
    for event in events("tuning"):
        for lang, version in event.versions.items():
            _score_quotes(scores, event, lang, quotes(version))
    assert min(_f1(scores.spans[lang]) for lang in LANGS) >= 0.965, scores.notes
    assert scores.speakers["right"] >= 0.93 * scores.speakers["gold"], scores.notes
