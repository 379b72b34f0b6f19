"""Comments that speak to the program: which there are, and what each is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.read.articles import read_version
from transcheck.read.bilingual import read_units
from transcheck.read.text import masked
from transcheck.types import Document, Version

CALL = "<!-- transcheck: ignore[TC301] it is so -->"


def version(folder: Path, text: str, name: str = "a.en.md") -> Version:
    (folder / name).write_text(text, encoding="utf-8")
    return read_version(folder / name)


def covered(found: Version) -> list[tuple[int, str]]:
    return [(c.line, c.covers.of(found.text)) for c in found.comments]


MARKDOWN = [
    pytest.param(f"One.\n\n{CALL}\nTwo,\nthree.\n\nFour.\n", [(3, "Two,\nthree.")], id="above a paragraph"),
    pytest.param(f"One.\n\n{CALL}\n\n# Two\n\nThree.\n", [(3, "Two")], id="above a heading"),
    pytest.param(f"One.\n{CALL}\nTwo.\n", [(2, "Two.")], id="in a paragraph"),
    pytest.param(f"One.\nTwo. {CALL}\nThree.\n", [(2, f"Two. {CALL}")], id="at the end of a line"),
    pytest.param(f"One.\n\n{CALL} Two.\n\nThree.\n", [(3, " Two.")], id="before text of its line"),
    pytest.param(f"> One.\n>\n> {CALL}\n> Two.\n", [(3, "Two.")], id="in a quotation"),
    pytest.param(f"- One.\n- Two. {CALL}\n- Three.\n", [(2, f"- Two. {CALL}")], id="in a list"),
    pytest.param(f"| a | b |\n|---|---|\n| c | d {CALL} |\n", [(3, f"| c | d {CALL} |")], id="in a row of a table"),
    pytest.param(f"{CALL}\n\n| a | b |\n|---|---|\n| c | d |\n", [(1, "a | b |")], id="above a table"),
    pytest.param(f"One.\n\n{CALL}\n", [(3, "")], id="at the end"),
    pytest.param(f"{CALL}\r\nOne.\r\n\r\nTwo. {CALL}\r\n", [(1, "One."), (4, f"Two. {CALL}")], id="carriage returns"),
    pytest.param(f"---\ntitle: x\n---\n\n{CALL}\nOne.\n", [(5, "One.")], id="behind front matter"),
    pytest.param(f"---\nx: 1 # {CALL}\n---\n\nOne.\n", [], id="in front matter"),
    pytest.param(f"```\n{CALL}\n```\n\nOne.\n", [], id="in a fence"),
    pytest.param(f"One.\n\n    {CALL}\n\nTwo.\n", [], id="in indented code"),
    pytest.param(f"Write `{CALL}` above it.\n", [], id="in a code span"),
    pytest.param(f"`One` {CALL} `two`\n", [(1, f"`One` {CALL} `two`")], id="between code spans"),
    pytest.param("<!-- a transcheck: ignore[TC301] x -->\nOne.\n", [], id="another comment"),
    pytest.param("<!--\nTransCheck :\nignore[TC301]\nx -->\nOne.\n", [(1, "One.")], id="over several lines"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown(tmp_path: Path, text: str, expected: list[tuple[int, str]]) -> None:
    found = version(tmp_path, text)
    assert covered(found) == expected
    for comment in found.comments:
        assert comment.span.of(found.text).startswith("<!--")
        assert comment.text.startswith("ignore[TC301] ")
    assert "ignore" not in masked(text, markdown=True)


def test_what_a_comment_says_is_one_line(tmp_path: Path) -> None:
    (comment,) = version(tmp_path, "<!-- transcheck:ignore-file[TC301]\n  the  archive\n -->\nOne.\n").comments
    assert comment.text == "ignore-file[TC301] the archive"


def test_plain_text_has_no_comments(tmp_path: Path) -> None:
    assert version(tmp_path, f"One.\n{CALL}\n", "a.en.txt").comments == ()


PAGE = "<html><body><article>\n<h1>One word here</h1>\n{}\n</article></body></html>\n"
HTML = [
    pytest.param(f"{CALL}\n<p>Two of them.</p>\n<p>Three.</p>", [(3, "Two of them.")], id="above"),
    pytest.param(f"<p>Two.</p> {CALL}\n<p>Three.</p>", [(3, "Two.")], id="behind a paragraph"),
    pytest.param(f"<p>Two.\nThree, {CALL} four.\nFive.</p>", [(4, "Three, four.")], id="in a paragraph"),
    pytest.param(f"<p>Two.\n{CALL}\nThree.</p>", [(4, "Three.")], id="on a line of a paragraph"),
    pytest.param(f"<div>{CALL}<p>Two.</p></div><p>Three.</p>", [(3, "Two.")], id="in one line with its block"),
    pytest.param(f"<p>Two.</p><p>Three.</p>{CALL}<p>Four.</p>", [(3, "Three.")], id="only the block before it"),
    pytest.param(f"<p>Two.</p>\n{CALL}", [(4, "")], id="at the end"),
    pytest.param("<p>Two.</p>\n<!-- transcheck: ignore[TC301] x <p>Three.</p>", [], id="never closed"),
    pytest.param(f"<script>{CALL}</script><p>Two.</p>", [], id="in a script"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), HTML)
def test_html(tmp_path: Path, body: str, expected: list[tuple[int, str]]) -> None:
    found = version(tmp_path, PAGE.format(body), "a.en.html")
    assert covered(found) == expected
    assert "transcheck" not in found.text
    assert all(c.text == "ignore[TC301] it is so" for c in found.comments)


def test_a_range_of_html_begins_and_ends_where_its_comments_stand(tmp_path: Path) -> None:
    body = (
        "<p>Two.</p>\n<!-- transcheck: ignore-start[TC3] x -->\n<p>Three.</p>\n"
        "<p>Four.</p> <!-- transcheck: ignore-end[TC3] -->\n<p>Five.</p>"
    )
    found = version(tmp_path, PAGE.format(body), "a.en.html")
    start, end = found.comments
    assert found.text[start.span.end : end.span.start] == "Three.\n\nFour."


PO = """# transcheck: ignore-file[TC7] for all
msgid ""
msgstr "Language: uk\\nX-Source-Language: en\\n"

# A translator.
# transcheck: ignore[TC301] it is so
#: a.py:1
msgid "Forty."
msgstr "Сорок."

#. transcheck: ignore[TC302] and so
msgid "Two."
msgstr "Два."
"""


def _units(folder: Path, name: str, text: str) -> list[list[tuple[str, int]]]:
    (folder / name).write_text(text, encoding="utf-8")
    units = [u for u in read_units(folder / name) if isinstance(u, Document)]
    for unit in units:
        assert len({tuple((c.text, c.line) for c in v.comments) for v in unit.versions}) == 1
        assert all(c.covers.of(v.text) == v.text for v in unit.versions for c in v.comments)
    return [[(c.text, c.line) for c in u.versions[0].comments] for u in units]


def test_po(tmp_path: Path) -> None:
    whole = ("ignore-file[TC7] for all", 1)
    assert _units(tmp_path, "a.po", PO) == [
        [whole, ("ignore[TC301] it is so", 6)],
        [whole, ("ignore[TC302] and so", 11)],
    ]


def test_notes_of_xliff_and_tmx(tmp_path: Path) -> None:
    note = "<note>transcheck: ignore[TC301] it is so</note>"
    unit = "<source>Forty.</source><target>Сорок.</target>"
    one = (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="en" '
        f'target-language="uk"><body>\n<trans-unit id="1">{unit}{note}</trans-unit>\n'
        f'<trans-unit id="2">{unit}<note>Hello</note></trans-unit></body></file></xliff>'
    )
    two = (
        '<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" trgLang="uk"><file id="f">\n'
        f'<unit id="1"><notes>{note}</notes><segment>{unit}</segment><segment>{unit}</segment></unit></file></xliff>'
    )
    variants = '<tuv xml:lang="en"><seg>Forty.</seg></tuv><tuv xml:lang="uk"><seg>Сорок.</seg></tuv>'
    memory = (
        '<tmx version="1.4"><header srclang="en"/><body>\n'
        f'<tu tuid="1">{note}{variants}</tu>\n<tu tuid="2">{variants}</tu></body></tmx>'
    )
    said = [("ignore[TC301] it is so", 2)]
    assert _units(tmp_path, "a.xlf", one) == [said, []]
    assert _units(tmp_path, "b.xlf", two) == [said, said]
    assert _units(tmp_path, "a.tmx", memory) == [said, []]


def test_a_comment_for_the_whole_file_may_stand_at_any_entry(tmp_path: Path) -> None:
    text = PO.replace("ignore[TC302] and so", "ignore-file[TC302] and so")
    first, second = _units(tmp_path, "a.po", text)
    assert first[:2] == second == [("ignore-file[TC7] for all", 1), ("ignore-file[TC302] and so", 11)]
