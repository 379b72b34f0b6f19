"""Headings are aligned with headings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.unit.align.test_table import cells
from transcheck.align import anchors, build_table
from transcheck.align.kinds import ANY, HEADING, MIXED, TEXT, apart, kinds_of, together
from transcheck.encode import load_encoder
from transcheck.read.documents import document_from_files
from transcheck.read.text import blocks, masked
from transcheck.text.sentences import segment
from transcheck.types import Document, Lang, Row, Version

RU = "# Мост взорван\n\nМост взорван. Об этом сообщил мэр.\n\n## Что дальше\n\nПереправу обещают к маю.\n"
UK = "# Міст підірвано\n\nМіст підірвано. Про це повідомив мер.\n\n## Що далі\n\nПереправу обіцяють до травня.\n"
EN = "# Bridge blown up\n\nThe bridge was blown up, the mayor said.\n\n## What next\n\nA ferry is promised by May.\n"


def _version(lang: Lang, text: str) -> Version:
    return Version(lang, text, "", blocks(text, markdown=True), masked(text, markdown=True))


def _table(**texts: str) -> tuple[Row, ...]:
    versions = tuple(_version(lang, text) for lang, text in texts.items())  # type: ignore[arg-type]
    spans = {v.lang: [b.span for b in v.blocks or ()] for v in versions}
    segments = {v.lang: segment(v.prose or "", v.lang, spans[v.lang]) for v in versions}
    keys = {lang: anchors(found, lang) for lang, found in segments.items()}
    return build_table(Document("t", versions), segments, load_encoder("fast"), keys)


def _shown(rows: tuple[Row, ...]) -> list[tuple[str, ...]]:
    return [tuple(c.text for c in row.cells) for row in rows]


def test_a_heading_that_one_version_lacks_takes_no_sentence() -> None:
    rows = _table(ru=RU, uk=UK, en=EN.replace("# Bridge blown up\n\n", ""))
    assert _shown(rows)[0] == ("Мост взорван", "Міст підірвано", "")
    assert cells(rows, "en")[1] == "The bridge was blown up, the mayor said."


def test_headings_stand_together_in_three_versions() -> None:
    assert [row[0] for row in _shown(_table(ru=RU, uk=UK, en=EN)) if row[2].startswith(("Bridge", "What"))] == [
        "Мост взорван", "Что дальше",
    ]  # fmt: skip


def test_no_row_mixes_headings_and_text() -> None:
    shuffled = UK.replace("# Міст підірвано\n\n", "").replace("## Що далі\n\n", "") + "\n## Міст підірвано\n"
    for row in _table(ru=RU, uk=shuffled, en=EN):
        marks = set()
        for cell, text in zip(row.cells, (RU, shuffled, EN), strict=True):
            if not cell.empty:
                marks.add(text[: cell.place.start].rsplit("\n", 1)[-1].startswith("#"))
        assert len(marks) == 1, _shown((row,))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# Мост", HEADING),
        ("Мост взорван, сообщил мэр.", TEXT),
        ("Мост взорван, сообщил мэр «Днепра».**", TEXT),
        ("**Что дальше**", ANY),
        ("Об этом сообщил мэр города на утреннем заседании совета по восстановлению и переправам", TEXT),
    ],
)
def test_the_kind_of_a_block(text: str, kind: np.int8) -> None:
    version = _version("ru", text + "\n\n# Заголовок\n")
    segments = segment(version.prose or "", "ru", [b.span for b in version.blocks or ()])
    found = kinds_of(Document("t", (version,)), {"ru": segments})
    assert found["ru"][0] == kind


def test_without_a_marked_heading_there_are_no_kinds(tmp_path: Path) -> None:
    for lang, text in (("ru", "Мы дома."), ("uk", "Ми вдома.")):
        (tmp_path / f"a.{lang}.md").write_text(text, encoding="utf-8")
    document = document_from_files(sorted(tmp_path.glob("*.md")))
    segments = {v.lang: segment(v.text, v.lang) for v in document.versions}
    assert kinds_of(document, segments) == {}


def test_kinds_are_joined_and_compared() -> None:
    every = np.array([MIXED, ANY, HEADING, TEXT], np.int8)
    assert together(every, np.full(4, HEADING, np.int8)).tolist() == [MIXED, HEADING, HEADING, MIXED]
    assert apart(every, every).tolist() == [
        [True, True, True, True],
        [True, False, False, False],
        [True, False, False, True],
        [True, False, True, False],
    ]
