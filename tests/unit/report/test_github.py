from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tests.reports import checked_document, quoted_documents, suppressed_document, whole_report
from transcheck.report import github
from transcheck.report.paths import Base
from transcheck.types import Document, DocumentReport, Finding, Place, Report, Severity, Version


def _one(origin: str, text: str, message: str, start: int, end: int) -> str:
    document = Document("d", (Version("ru", text, origin), Version("en", "x", "x")))
    finding = Finding("TC301", "number", "note", "ru", 0.5, message, Place("ru", start, end, text[start:end]))
    return github.render(Report((DocumentReport("d", document, (), (finding,)),), "m")).split("\n")[0]


def _many(**numbers: int) -> DocumentReport:
    text = "раз два"
    document = Document("d", (Version("ru", text, "a.md"), Version("en", "one two", "b.md")))
    levels: list[Severity] = [s for s in ("note", "warning", "error") for _ in range(numbers.get(s, 0))]
    place = Place("ru", 0, 3, "раз")
    findings = tuple(Finding("TC301", "number", s, "ru", 0.5, f"m{n} ##[error]x", place) for n, s in enumerate(levels))
    return DocumentReport("d", document, (), findings)


def test_a_note_is_a_notice_with_its_range() -> None:
    assert _one("a.md", "раз два", "число", 4, 7) == (
        "::notice file=a.md,line=1,endLine=1,col=5,endColumn=8,title=TC301 number::"
        "число%0Ahttps://transcheck.readthedocs.io/findings/#tc301"
    )


def test_what_has_a_meaning_in_commands_is_escaped() -> None:
    made = _one("a,b:c%.md", "раз", "100%\r\nтак: ні, два\n::error::x", 0, 3)
    assert "file=a%2Cb%3Ac%25.md," in made
    assert "::100%25%0D%0Aтак: ні, два%0A::error::x%0A" in made


def test_a_range_of_several_lines_has_no_columns() -> None:
    made = _one("a.md", "раз\nдва", "m", 1, 6)
    assert "line=1,endLine=2" in made
    assert "col=" not in made
    assert "endColumn=" not in made


def test_both_sides_are_named_from_the_root() -> None:
    made = github.render(Report((checked_document(),), "m"), Base("/repo", "/repo/texts"))
    assert made.startswith("::error file=texts/river.en.txt,line=2,")
    assert "%0Aru texts/river.ru.txt:2:10: четырнадцать%0Auk texts/river.uk.txt:2:10: чотирнадцятеро%0A" in made


def test_a_page_has_no_line() -> None:
    first = github.render(Report(quoted_documents(), "m")).split("\n")[0]
    assert first.startswith("::warning file=bridge.ru.pdf,title=TC302 date::page 2, character 32: ru has")


def test_an_error_of_a_document_is_an_annotation_too() -> None:
    report = Report((replace(checked_document(), findings=(), rows=(), error="two\nlines"),), "m")
    assert github.render(report).split("\n")[0] == "::error title=not checked::river: two lines"


def test_the_most_severe_come_first() -> None:
    made = github.render(whole_report())
    levels = re.findall(r"^::(error|warning|notice) ", made, flags=re.MULTILINE)
    assert levels == ["error"] * 4 + ["warning"] * 3 + ["notice"] * 2
    assert made.splitlines()[0].startswith("::error title=not checked::broken")


def test_the_last_line_counts_everything() -> None:
    last = github.render(Report((suppressed_document(),), "m")).splitlines()
    assert last == [
        "1 document, 4 rows: no findings; 3 suppressed (1 by comments, 1 in the baseline, 1 older than the change)"
    ]
    assert github.render(Report((suppressed_document(),), "m"), quiet=True) == ""


@pytest.mark.parametrize(
    ("found", "shown", "more"),
    [
        ({"error": 10, "warning": 10, "note": 10}, (10, 10, 10), 0),
        ({"error": 11}, (10, 0, 1), 1),
        ({"error": 12, "warning": 13, "note": 14}, (10, 10, 10), 10),
        ({"note": 11}, (0, 0, 10), 2),
    ],
)
def test_a_step_makes_no_more_annotations_than_are_shown(
    found: dict[str, int], shown: tuple[int, int, int], more: int
) -> None:
    made = github.render(Report((_many(**found),), "m"))
    levels = re.findall(r"^::(error|warning|notice) ", made, flags=re.MULTILINE)
    assert tuple(levels.count(x) for x in ("error", "warning", "notice")) == shown
    assert (f"::notice title=transcheck::+{more} more" in made) is bool(more)
    assert len(re.findall(r"^a\.md:1:1: ", made, flags=re.MULTILINE)) == more


def test_the_rest_in_the_log_cannot_be_taken_for_commands() -> None:
    lines = github.render(Report((_many(error=12),), "m")).splitlines()
    stop = next(i for i, line in enumerate(lines) if line.startswith("::stop-commands::"))
    word = lines[stop].removeprefix("::stop-commands::")
    end = lines.index(f"::{word}::")
    assert lines[stop - 1] == "::group::2 findings without an annotation"
    assert lines[end + 1] == "::endgroup::"
    assert all("##[error]" in line for line in lines[stop + 1 : end])
    assert word not in "".join(lines[stop + 1 : end])
    assert all("##[" not in line for line in lines[end:])
