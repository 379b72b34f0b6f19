from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from transcheck.encode import load_encoder
from transcheck.read.documents import document_from_files, document_from_texts
from transcheck.run.batch import run_documents
from transcheck.run.pipeline import compare_document
from transcheck.types import Document, InputError, Lang, Version

PAGES: dict[Lang, str] = {
    "ru": "---\ntitle: Ночь в городе\n---\n\n# Ночь\n\n> В больницу привезли **пятерых** раненых.\n\n"
    "Об этом [сообщил](https://example.org/ru) врач.\n",
    "uk": "---\ntitle: Ніч у місті\n---\n\n# Ніч\n\n> До лікарні привезли **семеро** поранених.\n\n"
    "Про це [повідомив](https://example.org/uk) лікар.\n",
    "en": "---\ntitle: A night in the city\n---\n\n# The night\n\n> Five *wounded* were brought to the hospital.\n\n"
    "This was [reported](https://example.org/en) by a doctor.\n",
}


@dataclass(frozen=True)
class Broken:
    id: str
    message: str


def test_findings_on_markdown_slice_the_file_as_it_was_read(tmp_path: Path) -> None:
    for lang, text in PAGES.items():
        (tmp_path / f"page.{lang}.md").write_text(text, encoding="utf-8")
    document = document_from_files(sorted(tmp_path.glob("*.md")))
    report = compare_document(document, load_encoder())
    number = next(f for f in report.findings if f.category == "number")
    assert number.lang == "uk"
    assert number.span.text.strip("*") == "семеро"
    for finding in report.findings:
        for place in (finding.span, *finding.counterparts):
            assert PAGES[place.lang][place.start : place.end] == place.text
    for row in report.rows:
        for cell in row.cells:
            assert PAGES[cell.lang][cell.place.start : cell.place.end] == cell.text
    assert report.document is document


@pytest.mark.parametrize("empty", ["", " \n\n", "\u00a0"])
def test_a_version_without_text_is_an_input_error(empty: str) -> None:
    document = Document("x-1", (Version("ru", "Мы дома."), Version("en", empty, "x.en.txt")))
    with pytest.raises(InputError, match=r"x-1: the en version \(x\.en\.txt\) holds no text"):
        compare_document(document, load_encoder())


def test_one_bad_record_does_not_stop_the_others() -> None:
    good = document_from_texts({"ru": "Мы вернулись домой.", "en": "We came back home."}, "good")
    empty = Document("empty", (Version("ru", "Мы дома."), Version("en", "")))
    seen: list[int] = []
    report = run_documents(
        [good, Broken("bad", "line 3: no id"), empty, good], load_encoder(), on_progress=lambda: seen.append(1)
    )
    assert [(d.id, d.status) for d in report.documents] == [
        ("good", "ok"), ("bad", "error"), ("empty", "error"), ("good", "ok"),
    ]  # fmt: skip
    assert report.documents[1].error == "line 3: no id"
    assert "holds no text" in (report.documents[2].error or "")
    assert report.exit_code == 2
    assert len(seen) == 4
