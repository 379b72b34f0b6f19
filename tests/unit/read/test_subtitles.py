"""Subtitles: cues joined to sentences, speakers, and exact places."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcheck.read.subtitles import blocks_of, masked_subtitles

SRT = """\ufeff1
00:00:01,000 --> 00:00:03,500 X1:10 X2:20
{\\an8}<i>Ми прийшли додому,</i>
<font color="#fff">коли вже</font>

2
00:00:03,600 --> 00:00:05,000
стемніло.

3
00:00:05,100 --> 00:00:07,000
- Хто там?
- Це я.

4
00:00:08,000 --> 00:00:09,000
♪ ♪

5
00:00:09,000 --> 00:00:10,000
ІВАН: Де ти був,

6
00:00:10,100 --> 00:00:11,000
ІВАН: сину?

7
00:00:11,100 --> 00:00:12,000
МАТИ: Не питай
"""

VTT = """WEBVTT - Промова
Kind: captions

STYLE
::cue { color: red }

NOTE
Не для показу
зовсім

intro
00:01.000 --> 00:03.000 position:10% align:start
<v.loud Олена Пчілка>Це <c.yellow>було</c> <00:02.000>давно,&nbsp;<b>дуже</b>

NOTE ще

00:03.000 --> 00:04.000
<v Олена Пчілка>давно. <v Лесь>Так. Я
також

NOTE
00:04.500 --> 00:05.000
пам’ятаю</v>
"""


def spoken(text: str) -> list[tuple[str, str]]:
    """Return the speaker and the speech of every block, white space made one blank."""
    shown = masked_subtitles(text)
    assert len(shown) == len(text)
    assert all(a == b or (a == " " and b not in "\r\n") for a, b in zip(shown, text, strict=True))
    blocks = blocks_of(text)
    assert all(block.kind == "cue" for block in blocks)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
    assert all(block.span.of(shown) == block.span.of(shown).strip() != "" for block in blocks)
    covered = "".join("".join(block.span.of(shown).split()) for block in blocks)
    assert covered == "".join(shown.split())
    return [(block.speaker, " ".join(block.span.of(shown).split())) for block in blocks]


def cues(*parts: str, head: str = "") -> str:
    """Return a file of cues of one second, one after the other."""
    lines = [f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n{part}\n\n" for n, part in enumerate(parts, 1)]
    return head + "".join(lines)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_srt(newline: str) -> None:
    assert spoken(SRT.replace("\n", newline)) == [
        ("", "Ми прийшли додому, коли вже стемніло."),
        ("", "Хто там?"),
        ("", "Це я."),
        ("ІВАН", "Де ти був, сину?"),
        ("МАТИ", "Не питай"),
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_webvtt(newline: str) -> None:
    assert spoken(VTT.replace("\n", newline)) == [
        ("Олена Пчілка", "Це було давно, дуже давно."),
        ("Лесь", "Так. Я також пам’ятаю"),
    ]


def test_places_are_those_of_the_file() -> None:
    first = blocks_of(SRT)[0]
    start = SRT.index("Ми прийшли")
    assert (first.span.start, first.span.end) == (start, SRT.index("стемніло.") + 9)
    shown = masked_subtitles(SRT)
    assert shown[start : start + 18] == "Ми прийшли додому,"
    assert [i for i, c in enumerate(shown) if c == "\n"] == [i for i, c in enumerate(SRT) if c == "\n"]
    for gone in ("-->", "00", "<", "{", "an8", "color", "ІВАН", "♪", "- ", "\ufeff", "X1"):
        assert gone not in shown, gone


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("Він сказав", "і пішов.", "Все."), [("", "Він сказав і пішов."), ("", "Все.")]),
        (("«Так»", "він"), [("", "«Так»"), ("", "він")]),
        (("Я думав…", "що ні"), [("", "Я думав…"), ("", "що ні")]),
        (("(Це все.)", "так"), [("", "(Це все.)"), ("", "так")]),
        (("<i>Це все.</i>", "так"), [("", "Це все."), ("", "так")]),
        (("He said \"no\"", "twice"), [("", 'He said "no"'), ("", "twice")]),
        (("Київ", "— столиця."), [("", "Київ — столиця.")]),
        (("Київ\n— столиця.",), [("", "Київ — столиця.")]),
        (("Київ", "— Що?"), [("", "Київ"), ("", "Що?")]),
        (("Де він?\n— не знаю.",), [("", "Де він?"), ("", "не знаю.")]),
        (("-Привіт\n-Бувай",), [("", "Привіт"), ("", "Бувай")]),
        (("–\u00a0Привіт",), [("", "Привіт")]),
        (("Було\n-5 градусів.",), [("", "Було -5 градусів.")]),
        (("<i>- Привіт</i>\n<i>- Бувай</i>",), [("", "Привіт"), ("", "Бувай")]),
        (("JOHN: I was", "there.\nMARY SUE: No."), [("JOHN", "I was there."), ("MARY SUE", "No.")]),
        (("- ІВАН: Так.\n- О'НІЛ-2: Ні",), [("ІВАН", "Так."), ("О'НІЛ-2", "Ні")]),
        ((">> REPORTER: Why\n>>> Because",), [("REPORTER", "Why"), ("", "Because")]),
        (("Час 12:30 НАТО: так", "ЧАС:12"), [("", "Час 12:30 НАТО: так ЧАС:12")]),
        (("Іван: так",), [("", "Іван: так")]),
        (("a < b, <3 {ні}\\Nтак",), [("", "a < b, <3 {ні} так")]),
        (("<v Аня>Так", "і ні"), [("Аня", "Так і ні")]),
        (("Див. https://example.org/x тут",), [("", "Див. тут")]),
        (("...", "♪♪", "-"), []),
    ],
)  # fmt: skip
def test_what_one_block_is(parts: tuple[str, ...], expected: list[tuple[str, str]]) -> None:
    assert spoken(cues(*parts)) == expected


@pytest.mark.parametrize(
    ("times", "blocks"),
    [
        (("00:00:01,000 --> 00:00:02,000", "00:00:05,000 --> 00:00:06,000"), 1),
        (("00:00:01,000 --> 00:00:02,000", "00:00:05,001 --> 00:00:06,000"), 2),
        (("00:01.5-->00:02.5", "00:05.4 --> 00:06.5"), 1),
        (("1:00:01 --> 1:00:02", "01:00:06 --> 01:00:07"), 2),
        (("00:59:59,900 -> 00:59:59,999", "01:00:02,0 -> 01:00:03,0"), 1),
        (("100:00:00.000 --> 100:00:01.000 line:0", "100:00:09.000 --> 100:00:10.000"), 2),
        (("00:00:01,000 --> 00:00:02,000", "00:00:1O,O00 --> xx"), 1),
    ],
)
def test_times_are_read_leniently_and_a_pause_parts(times: tuple[str, str], blocks: int) -> None:
    assert len(spoken(f"1\n{times[0]}\nодин\n\n2\n{times[1]}\nдва\n")) == blocks


@pytest.mark.parametrize(
    "text",
    [
        "00:01 --> 00:02\nодин\n00:02 --> 00:03\nдва",
        "1\n00:01 --> 00:02\nодин\n2\n00:02 --> 00:03\nдва",
        "1\n00:01 --> 00:02\nодин\n\n\n\n2\n\n00:02 --> 00:03\n\nдва\n",
        "WEBVTT\n\na\n00:01 --> 00:02\nодин\n\nb c\n00:02 --> 00:03\nдва",
        "00:01 --> 00:02\n\n00:02 --> 00:03\nодин\n \nдва",
    ],
)
def test_missing_numbers_and_blank_lines(text: str) -> None:
    found = [word for _, said in spoken(text) for word in said.split()]
    assert [w for w in found if w != "2"] == ["один", "два"]


@pytest.mark.parametrize("text", ["", "Просто текст.\n\nЩе.", "WEBVTT\n\nNOTE так", "1\n00:01 --> 00:02\n\n"])
def test_a_file_without_cues_has_no_block(text: str) -> None:
    assert blocks_of(text) == ()
    assert masked_subtitles(text).split() == []


def test_notes_are_speech_in_srt() -> None:
    assert spoken(cues("NOTE\nтак")) == [("", "NOTE так")]


PARTS = [
    *("1\n", "00:01 --> 00:02\n", "00:09,5 --> 00:10\n", "- ", "ІВАН: ", "<v Я>", "</v>", "Так", "ні. ", "\n", "\r\n"),
    *("NOTE ", "WEBVTT\n", "<i>", "…", ">> ", "-->", " ", "♪", "7"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_any_file_keeps_its_places(parts: list[str]) -> None:
    spoken("".join(parts))


def test_a_long_film_takes_little_time() -> None:
    text = "".join(f"{n}\n{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02},0 --> 99:00:00,0\nі ще\n\n" for n in range(5000))
    assert len(blocks_of(text)) == 1
