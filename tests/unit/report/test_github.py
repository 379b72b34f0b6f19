from __future__ import annotations

from dataclasses import replace

from tests.reports import checked_document
from transcheck.report import github
from transcheck.types import Document, DocumentReport, Finding, Place, Report, Version


def _one(origin: str, text: str, message: str, start: int, end: int) -> str:
    document = Document("d", (Version("ru", text, origin), Version("en", "x", "x")))
    finding = Finding("TC301", "number", "note", "ru", 0.5, message, Place("ru", start, end, text[start:end]))
    return github.render(Report((DocumentReport("d", document, (), (finding,)),), "m"))


def test_a_note_is_a_notice_with_its_range() -> None:
    assert _one("a.md", "раз два", "число", 4, 7) == (
        "::notice file=a.md,line=1,endLine=1,title=TC301 number,col=5,endColumn=8::число\n"
    )


def test_what_has_a_meaning_in_commands_is_escaped() -> None:
    made = _one("a,b:c%.md", "раз", "100%\r\nтак: ні, два\n::error::x", 0, 3)
    assert "file=a%2Cb%3Ac%25.md," in made
    assert made.endswith("::100%25%0D%0Aтак: ні, два%0A::error::x\n")
    assert made.count("\n") == 1


def test_a_range_of_several_lines_has_no_columns() -> None:
    made = _one("a.md", "раз\nдва", "m", 1, 6)
    assert "line=1,endLine=2" in made
    assert "col=" not in made
    assert "endColumn=" not in made


def test_an_error_of_a_document_is_an_annotation_too() -> None:
    report = Report((replace(checked_document(), findings=(), rows=(), error="two\nlines"),), "m")
    assert github.render(report) == "::error title=not checked::river: two lines\n"
