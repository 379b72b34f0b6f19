"""The written edits of honest quotes, that probabilities are fitted on, and what they bring about."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from benchmarks.seeds import read_seeds
from training import fit_confidence
from training.drift_written import TRUE, Edit
from training.fit_confidence import edits, of_edits
from transcheck.encode import load_encoder
from transcheck.types import Document, Version


def test_every_edit_changes_a_passage_of_an_honest_quote() -> None:
    quotes = {s.document.id: s for s in read_seeds("tuning") if not s.defects}
    written = edits()
    assert sum(map(len, written.values())) > 5000
    for quote, found in written.items():
        texts = {v.lang: v.text for v in quotes[quote].document.versions}
        for edit in found:
            assert edit.end <= len(texts[edit.lang]), edit
            assert texts[edit.lang][edit.start : edit.end] != edit.new, edit


QUOTE = {
    "ru": "Магазины открылись до войны, весной.",
    "uk": "Магазини відчинилися до війни, навесні.",
    "en": "The shops opened before the war, in spring.",
}


def test_what_a_drift_brings_about_in_its_version_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    document = Document("own-1r", tuple(Version(lang, text, lang) for lang, text in QUOTE.items()))
    monkeypatch.setattr(fit_confidence, "read_seeds", lambda _: [SimpleNamespace(document=document, defects=())])
    at = QUOTE["en"].index("opened")
    for kind, real in (("opposite", True), (TRUE, False)):
        edit = Edit("own-1r", "en", kind, at, at + len("opened"), "closed")
        monkeypatch.setattr(fit_confidence, "edits", lambda edit=edit: {"own-1r": [edit]})
        lines = [line for line in of_edits(load_encoder()) if line.code == "TC202"]
        assert [line.real for line in lines] == [real]
        assert lines[0].group == "own-1"
