from __future__ import annotations

from pathlib import Path

import pytest

from training.renderings import Entry, Stems, hashed, read
from transcheck.text import translations
from transcheck.text.stem import stem

VOCABULARY = {"en": {"decid", "decision"}, "ru": {"реш", "решен", "друг", "друз"}, "uk": {"виріш"}}


def test_a_line_is_a_headword_with_its_renderings(tmp_path: Path) -> None:
    (tmp_path / "some.tsv").write_text("ru\tрешить решил\tвирішити\tdecide decision\n", encoding="utf-8")
    assert list(read(tmp_path / "some.tsv")) == [
        Entry("ru", ("решить", "решил"), {"en": ("decide", "decision"), "uk": ("вирішити",)})
    ]


@pytest.mark.parametrize("line", ["ru\tрешить\tвирішити", "de\tentscheiden\tdecide\tрешить"])
def test_a_line_of_another_kind_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "some.tsv").write_text(f"ru\tдом\tдім\thouse\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"some\.tsv:2: a language and 3 columns"):
        list(read(tmp_path / "some.tsv"))


def test_stems_are_those_of_all_forms_that_texts_hold() -> None:
    stems = Stems([Entry("ru", ("решить", "решение"), {"en": ("decide",), "uk": ()})], VOCABULARY)
    assert stems("друг", "ru") == {"друг", "друз"}
    assert stems("решить", "ru") >= {stem("решить", "ru"), stem("решение", "ru")}
    assert stems("make_decision", "en") >= {"decision"}
    assert stem("have", "en") not in stems("have_decision", "en")


def test_hashes_are_those_that_words_are_looked_up_by() -> None:
    entries = [Entry("ru", ("решить", "решил"), {"en": ("decide",), "uk": ("вирішити",)})]
    written = hashed(entries, VOCABULARY)
    ru, en, uk = (translations.keys([w], lang) for w, lang in (("решил", "ru"), ("decided", "en"), ("вирішила", "uk")))
    assert translations.pair_hashes(en, ru)[0] in written.pairs
    assert translations.pair_hashes(ru, uk)[0] in written.pairs
    assert translations.pair_hashes(en, uk)[0] not in written.pairs, "nobody wrote that they render each other"
    assert translations.stem_hashes(ru, "en")[0] in written.listed
    assert translations.stem_hashes(en, "ru")[0] not in written.listed


def test_every_line_of_the_dictionary_is_read() -> None:
    entries = list(read())
    assert len(entries) > 2000
    assert {e.lang for e in entries} <= {"ru", "uk", "en"}
    assert all(e.forms and any(e.renderings.values()) for e in entries)
