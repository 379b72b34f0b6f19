"""Lines to running text: paragraphs, hyphenation, running heads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcheck.read.extract import SEPARATOR, Extracted
from transcheck.read.pages import Line, running_text

Row = str | tuple[str, float, float]
"""A line; or a line, how far it is indented, and the size of its letters."""


def page(number: int, *rows: Row, placed: bool = True) -> list[Line]:
    """Set lines one under the other; an empty one leaves a gap."""
    lines: list[Line] = []
    column, y, gap = 1, 700.0, False
    for row in rows:
        text, indent, size = row if isinstance(row, tuple) else (row, 0.0, 10.0)
        if text and placed:
            lines.append(Line(number, column, text, False, 50.0 + indent, y, size))
        elif text:
            lines.append(Line(number, column, text, gap, indent / 5))
        gap = not text
        column += len(text) + 1
        y -= 12.0
    return lines


def texts(found: Extracted) -> list[str]:
    return [block.span.of(found.text) for block in found.blocks]


FULL = "Це довгий рядок тексту, який сягає краю"
CASES: list[tuple[list[Row], list[str]]] = [
    ([FULL, "і кінчається тут."], [f"{FULL} і кінчається тут."]),
    ([FULL, "тут.", FULL, "там."], [f"{FULL} тут.", f"{FULL} там."]),
    ([FULL, "тут", FULL, "там."], [f"{FULL} тут {FULL} там."]),
    ([FULL, "2022 р.", "він пішов."], [f"{FULL} 2022 р. він пішов."]),
    ([FULL, FULL, "", FULL], [f"{FULL} {FULL}", FULL]),
    ([(FULL, 15, 10), FULL, (FULL, 15, 10), FULL], [f"{FULL} {FULL}", f"{FULL} {FULL}"]),
    ([FULL, (FULL, 30, 10), (FULL, 30, 10), FULL], [FULL, f"{FULL} {FULL}", FULL]),
    ([FULL, "каже:", "— Так, каже.", "— Ні."], [f"{FULL} каже:", "— Так, каже.", "— Ні."]),
    ([FULL, "— столиця."], [f"{FULL} — столиця."]),
    ([FULL, "• один", "• два", ("та ще", 10, 10)], [FULL, "• один", "• два та ще"]),
    ([f"{FULL}:", "1) один;", "2) два."], [f"{FULL}:", "1) один;", "2) два."]),
    ([FULL, "мали інфор-", "мацію."], [f"{FULL} мали інформацію."]),
    ([FULL, "мали інфор\u00ad", "мацію."], [f"{FULL} мали інформацію."]),
    ([FULL, "бачили кое-", "кого і кто-", "то хто-", "небудь."], [f"{FULL} бачили кое-кого і кто-то хто-небудь."]),
    (
        ["Жовто-блакитний прапор, і ще один жовто-", "блакитний."],
        ["Жовто-блакитний прапор, і ще один жовто-блакитний."],
    ),
    ([FULL, "місто Івано-", "Франківськ."], [f"{FULL} місто Івано-Франківськ."]),
    ([FULL, "ПРО ІНФОР-", "МАЦІЮ."], [f"{FULL} ПРО ІНФОРМАЦІЮ."]),
    ([FULL, "мав 5-", "го числа."], [f"{FULL} мав 5-го числа."]),
    ([FULL, "the well-", "known dif-", "ference."], [f"{FULL} the well-known difference."]),
    ([FULL, "було -", "так."], [f"{FULL} було - так."]),
    (["The ﬁrst oﬃcer so\u00adlved it."], ["The first officer solved it."]),
]


@pytest.mark.parametrize(("rows", "expected"), CASES)
def test_paragraphs(rows: list[Row], expected: list[str]) -> None:
    assert texts(running_text([page(1, *rows)])) == expected
    assert texts(running_text([page(1, *rows, placed=False)])) == expected


def test_letter_size_parts_headings() -> None:
    found = running_text([page(1, ("Про мову", 0, 14), (FULL, 0, 10), ("і кінець", 0, 10), ("Примітка", 0, 8))])
    assert [(b.kind, t) for b, t in zip(found.blocks, texts(found), strict=True)] == [
        ("heading", "Про мову"),
        ("paragraph", f"{FULL} і кінець"),
        ("paragraph", "Примітка"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([FULL], ["і далі."], [f"{FULL} і далі."]),
        ([FULL], ["Києва."], [f"{FULL} Києва."]),
        ([f"{FULL}."], ["Києва."], [f"{FULL}.", "Києва."]),
        ([FULL, "«Таймс»"], ["написала."], [f"{FULL} «Таймс» написала."]),
        ([FULL, "Підпис"], ["Новий."], [f"{FULL} Підпис", "Новий."]),
        ([FULL], [("Новий", 15, 10), FULL, FULL], [FULL, f"Новий {FULL} {FULL}"]),
        ([FULL, "інфор-"], ["мація."], [f"{FULL} інформація."]),
        ([FULL], ["— Так."], [FULL, "— Так."]),
        ([FULL], [("Розділ", 0, 14), FULL], [FULL, "Розділ", FULL]),
        ([FULL, ("1 Примітка внизу.", 0, 8)], ["і далі."], ["1 Примітка внизу.", f"{FULL} і далі."]),
    ],
)
def test_a_paragraph_goes_on_over_a_page(first: list[Row], second: list[Row], expected: list[str]) -> None:
    assert texts(running_text([page(1, *first), page(2, *second)])) == expected


def test_columns_are_joined_like_pages() -> None:
    left = [Line(1, 1, FULL, False, 50, 700, 10), Line(1, 50, FULL, False, 50, 688, 10)]
    right = [Line(1, 100, "далі стоїть ще", False, 300, 700, 10), Line(1, 120, "рядок.", False, 300, 688, 10)]
    assert texts(running_text([left + right])) == [f"{FULL} {FULL} далі стоїть ще рядок."]


@pytest.mark.parametrize(
    ("heads", "kept"),
    [
        (("Промова", "Промова", "Промова"), ()),
        (("Промова 7", "Промова 8", "Промова 9"), ()),
        (("7", "8", "9"), ()),
        (("– 1 –", "– 2 –", "– 3 –"), ()),
        (("Сторінка 1 з 3", "Сторінка 2 з 3", "Сторінка 3 з 3"), ()),
        (("12 ПРОМОВА", "Мова 13", "14 ПРОМОВА"), ("Мова 13",)),
        (("ПРОМОВА  1", "Промова 2", "Інше"), ("Інше",)),
        (("Розділ 1", "Розділ 2", "Розділ 3"), ("Розділ 1", "Розділ 2", "Розділ 3")),
        (("Розділ 1. Так 1", "Розділ 1. Так 2", "Розділ 2. Ні 3"), ()),
        (("1941", "1943", "1945"), ("1941", "1943", "1945")),
        (("— Так", "— Так", "— Так"), ("— Так", "— Так", "— Так")),
        (("Перша", "Друга", "Третя"), ("Перша", "Друга", "Третя")),
    ],
)
@pytest.mark.parametrize("at_foot", [False, True])
def test_running_heads(heads: tuple[str, ...], kept: tuple[str, ...], at_foot: bool) -> None:
    firsts = [f"Рядок про {city}, який сягає самого краю" for city in ("Харків", "Полтаву", "Одесу")]
    bodies = [f"{first} і має кінець." for first in firsts]
    pages = []
    for n, (head, first) in enumerate(zip(heads, firsts, strict=True), 1):
        rows = (first, "і має кінець.") if n < 3 else (first, "і має", "кінець.")
        pages.append(page(n, *((*rows, "", head) if at_foot else (head, "", *rows))))
    found = texts(running_text(pages))
    assert sorted(found) == sorted([*bodies, *kept])


def test_a_lone_page_keeps_all_its_lines() -> None:
    assert texts(running_text([page(1, "1", "", FULL, "тут.", "", "1")])) == ["1", f"{FULL} тут.", "1"]
    assert running_text([]).text == ""
    assert running_text([[], []]).blocks == ()


WORDS = st.sampled_from(
    ["так", "Ні.", "інфор-", "мація", "ﬁ", "а\u00adб", "— Що?", "кто-", "то", "1", "• x", "Це «він»"]
)
ROWS = st.tuples(WORDS, st.sampled_from([0.0, 15.0]), st.sampled_from([8.0, 10.0, 14.0]))
PAGES = st.lists(st.lists(ROWS, max_size=6), max_size=5)


@settings(max_examples=100, deadline=None)
@given(PAGES, st.booleans())
def test_every_letter_stands_where_it_is_said_to_stand(
    rows: list[list[tuple[str, float, float]]], placed: bool
) -> None:
    pages = [page(n, *found, placed=placed) for n, found in enumerate(rows, 1)]
    at = {(n, line.column + i): c for n, p in enumerate(pages, 1) for line in p for i, c in enumerate(line.text)}
    found = running_text(pages)
    anchors = found.source.anchors
    ends = [a[0] for a in anchors[1:]] + [len(found.text)]
    for (start, number, column), end in zip(anchors, ends[: len(anchors)], strict=True):
        for i, c in enumerate(found.text[start:end]):
            there = at.get((number, column + i), "\n")
            between = found.text[start + i :].startswith(SEPARATOR) or found.text[start + i - 1 :].startswith(SEPARATOR)
            assert c == there or (c == " " and there == "\n") or there == "ﬁ" or (c == "i" and i) or between, (c, there)
