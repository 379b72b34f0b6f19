"""The written edits of honest quotes, that probabilities are fitted on."""

from __future__ import annotations

from benchmarks.seeds import read_seeds
from training.drift_written import SHOWN_AS
from training.fit_confidence import TRUE, edits
from transcheck.types import LANGS


def test_every_edit_changes_a_passage_of_an_honest_quote() -> None:
    quotes = {s.document.id: s for s in read_seeds("tuning") if not s.defects}
    written = edits()
    assert sum(map(len, written.values())) > 4000
    for quote, found in written.items():
        texts = {v.lang: v.text for v in quotes[quote].document.versions}
        for edit in found:
            assert edit.lang in LANGS
            assert edit.kind in {*SHOWN_AS, TRUE}
            assert 0 <= edit.start <= edit.end <= len(texts[edit.lang]), edit
            assert texts[edit.lang][edit.start : edit.end] != edit.new, edit
