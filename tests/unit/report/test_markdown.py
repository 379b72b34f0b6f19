from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from tests.reports import (
    checked_document,
    clean_document,
    failed_document,
    nasty_document,
    suppressed_document,
    whole_report,
)
from transcheck.report import markdown
from transcheck.report.paths import Base
from transcheck.report.words import one_line
from transcheck.types import Report


def _html(*documents: object, **options: object) -> str:
    made = markdown.render(Report(documents, "m"), **options)  # type: ignore[arg-type]
    return MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(made)


@pytest.mark.parametrize(
    ("documents", "head"),
    [
        ((clean_document(),), "### 🟢 transcheck: no findings\n\n1 document checked."),
        ((checked_document(),), "### 🔴 transcheck: 1 error, 1 warning, 1 note\n\n1 document checked."),
        (
            (failed_document(),),
            "### ⚪ transcheck: no findings\n\n0 documents checked, **1 document not checked**.\n\n- ⚠️ broken: uk",
        ),
        (
            (suppressed_document(),),
            "### 🟢 transcheck: no findings\n\n1 document checked, 3 suppressed (1 by comments, 1 in the baseline, "
            "1 older than the change).",
        ),
        ((), "### 🟢 transcheck: no findings\n\n0 documents checked."),
    ],
    ids=["clean", "findings", "failed", "suppressed", "empty"],
)
def test_the_head_says_how_it_stands(documents: tuple[object, ...], head: str) -> None:
    made = markdown.render(Report(documents, "m"))  # type: ignore[arg-type]
    assert made.startswith(f"<!-- transcheck -->\n\n{head}")


def test_both_sides_are_shown_with_the_place_in_bold() -> None:
    made = _html(checked_document())
    assert "<td>There were <b>forty</b> of us, and nobody fired.</td>" in made
    assert "<td>Нас было <b>четырнадцать</b>, и никто не стрелял.</td>" in made
    assert "<code>river.uk.txt:2:10</code>" in made
    assert made.count("<details>") == made.count("</details>") == 1
    assert made.count('href="https://transcheck.readthedocs.io/findings/#tc301"') == 2


def test_files_are_named_from_the_root() -> None:
    assert "<code>texts/river.en.txt:2:12</code>" in _html(checked_document(), base=Base("/repo", "/repo/texts"))


def test_texts_are_inert() -> None:
    made = _html(nasty_document())
    assert "<script" not in made
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; *всё* | й\u0306 [раз](2) @\u200ball #\u200b1 100%: 7" in made
    assert set(re.findall(r'href="([^"]*)"', made)) == {
        f"https://transcheck.readthedocs.io/findings/#{code}" for code in ("tc301", "tc201")
    }
    assert "<em>" not in made
    assert not re.search(r"@\w", re.sub(r"<code>.*?</code>", "", made)), "nobody is called"


@pytest.mark.parametrize(
    "text", ["a|b", "`a`", "**a**", "[a](b)", "<b>a</b>", "a\n\n# b", "&lt;", "~~a~~", "\\*a", "$x$", "![a](b)", "_a_"]
)
def test_no_text_is_markup(text: str) -> None:
    made = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(f"x {markdown.plain(text)}")
    assert re.fullmatch(r"<p>x [^<]*</p>\n", made)
    shown = made[5:-5].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("\u200b", "")
    assert shown == one_line(text)


def test_the_table_lists_the_worst_first() -> None:
    table = markdown.render(whole_report()).split("|---|---|---|---|\n")[1].split("\n\n")[0]
    assert [line[2] for line in table.splitlines()] == list("🔴🔴🟠🟠🟠🔵🔵")


@pytest.mark.parametrize("limit", [900, 1_500, 2_500, 60_000])
def test_there_is_never_more_than_fits(limit: int) -> None:
    document = checked_document()
    many = tuple(replace(document, id=f"river {n}") for n in range(30))
    made = markdown.render(Report(many, "m"), limit=limit)
    assert len(made) <= limit
    assert made.count("<details>") == made.count("</details>")
    shown = len(re.findall(r"^(?:🔴|🟠|🔵) ", made, flags=re.MULTILINE))
    more = re.search(r"_(\d+) findings? more in the whole report", made)
    assert shown + (int(more[1]) if more else 0) == 90


def test_a_long_text_is_cut_in_the_middle() -> None:
    document = checked_document()
    assert document.document is not None
    row = document.rows[1]
    cells = tuple(
        replace(c, place=replace(c.place, text=f"{c.place.text}{' long' * 200}", end=c.place.end + 1000))
        for c in row.cells
    )
    long = replace(document, rows=(replace(row, cells=cells),), findings=document.findings[:1])
    made = markdown.render(Report((long,), "m"))
    assert "⋯" in made
    assert len(made) < 3_000
