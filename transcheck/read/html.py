"""HTML pages: the running text of the article, every character with its line and column in the page."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from html.entities import html5
from itertools import chain

from transcheck.read.comments import page_comments
from transcheck.read.extract import Builder, Extracted
from transcheck.read.html_main import LINKED, Content, content
from transcheck.read.html_tree import BLOCKS, BREAK, CLOSE, HEADINGS, LINK, OPEN, Page, parse
from transcheck.types import BlockKind

_NEWLINE = re.compile(r"\r\n|\r|\n")

_UNSEEN = "\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Characters that are left out: soft hyphens, joiners and other marks without width."""

_PIECE = re.compile(
    r"(\s++)|(&(?:#[xX][0-9a-fA-F]++|#[0-9]++|[A-Za-z][A-Za-z0-9]{0,31}+);?)"
    rf"|([{_UNSEEN}]++)|([^\s&{_UNSEEN}]++(?>(?: [^\s&{_UNSEEN}]++)*)|&)"
)
"""White space, a character reference, what is left out, or words with single spaces between them."""

_UNSEEN_ONLY = re.compile(rf"[{_UNSEEN}]*+")

_FEW = 200
"""A paragraph mostly of links is kept from this number of characters outside of the links on."""

_MARKS = (("“", "”"), ("‘", "’"))
"""The marks of a quotation in <q>, and of one inside of it."""

_QUOTES = frozenset("«»„“”‟‚‘’‹›\"'")

_Pieces = list[tuple[str, int]]
"""Stretches of text, each with its offset in the page."""

_Block = tuple[BlockKind, _Pieces]


def read_html(text: str) -> Extracted:
    """Return the text of the article on a page; empty where there is none.

    Lines and columns are those of ``text``. A character reference stands where its ``&`` is, a line break where its
    ``<br>`` is, and the marks around ``<q>`` where its tags are.
    """
    page = parse(text)
    chosen = content(page)
    blocks: list[_Block] = []
    for part in chosen.parts:
        blocks += _Reader(page, chosen.left_out).read(part)
    if not blocks and chosen.parts != (0,):
        blocks = _Reader(page, chosen.left_out).read(0)
    if chosen.title is not None:
        title = _Reader(page, chosen.left_out).read(chosen.title, "heading")
        if title and not any(_plain(title[0]) == _plain(b) for b in blocks[:_NEAR]):
            blocks = title + blocks
    starts = [0, *(m.end() for m in _NEWLINE.finditer(text))]
    builder = Builder()
    for kind, pieces in blocks:
        for piece, offset in pieces:
            line = bisect_right(starts, offset)
            builder.add(piece, line, offset - starts[line - 1] + 1)
        builder.end_block(kind)
    found = builder.extracted("line", _lang(page, chosen))
    if not page.comments:
        return found
    spans = [block.span for block in found.blocks]
    return replace(found, comments=page_comments(text, page.comments, [p for _, p in blocks], spans))


_NEAR = 5
"""Blocks at the beginning of the text in which its title is looked for."""


def _plain(block: _Block) -> str:
    return "".join("".join(piece for piece, _ in block[1]).casefold().split())


def _lang(page: Page, chosen: Content) -> str | None:
    """Return the language that the page declares for its text."""
    around = [chosen.parts[0]]
    while around[-1]:
        around.append(page.parents[around[-1]])
    whole = (i for i, tag in enumerate(page.tags) if tag == "html")
    for number in chain(around, whole):
        declared = page.attrs[number].get("lang") or page.attrs[number].get("xml:lang") or ""
        found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", declared)
        if found:
            return found[1].lower()
    return None


class _Reader:
    """Turns the events of one element into blocks."""

    def __init__(self, page: Page, left_out: tuple[bool, ...]) -> None:
        self._page = page
        self._left_out = left_out
        self._blocks: list[_Block] = []
        self._pieces: _Pieces = []
        self._shown = self._linked = 0
        self._space = self._break = -1
        self._kinds: list[BlockKind] = ["paragraph"]
        self._title = False
        self._pre = 0
        self._opening: list[int] = []
        self._closing: list[str] = []
        self._marked = 0

    def read(self, number: int, kind: BlockKind = "paragraph") -> list[_Block]:
        """Return the blocks of an element."""
        self._kinds = [kind]
        tags, events, ends = self._page.tags, self._page.events, self._page.ends
        at, end = self._page.begins[number], ends[number]
        while at <= end:
            what, a, b = events[at]
            if what == OPEN:
                if self._left_out[a] and a != number:
                    at = ends[a]
                    if tags[a] in BLOCKS:
                        self._end_block()
                else:
                    self._open(tags[a], b)
            elif what == CLOSE:
                self._close(tags[a], b)
            elif what == BREAK:
                self._line_break(a)
            else:
                self._text(a, b, what == LINK)
            at += 1
        self._end_block()
        return self._blocks

    def _open(self, tag: str, at: int) -> None:
        if tag in BLOCKS:
            self._end_block()
            if tag in _KINDS:
                inside = self._kinds[-1]
                self._kinds.append("quote" if inside == "quote" and tag in HEADINGS else _KINDS[tag])
            self._title |= tag == "h1"
            self._pre += tag in ("pre", "listing")
        elif tag == "q":
            self._opening.append(at)

    def _close(self, tag: str, at: int) -> None:
        if tag in BLOCKS:
            self._end_block()
            if tag in _KINDS:
                self._kinds.pop()
            self._title &= tag != "h1"
            self._pre -= tag in ("pre", "listing")
        elif tag == "q":
            if self._opening:
                self._opening.pop()
            else:
                mark = self._closing.pop()
                self._marked -= bool(mark)
                if mark and self._pieces:
                    self._pieces.append((mark, at))

    def _line_break(self, at: int) -> None:
        """Take a line break; two of them end a paragraph."""
        if self._break >= 0:
            self._end_block()
        elif self._pieces:
            self._break = at

    def _text(self, start: int, end: int, linked: bool) -> None:
        """Take a stretch of text: white space collapses, character references are replaced."""
        text = self._page.html
        while start < end:
            found = _PIECE.match(text, start, end)
            if not found:
                return
            what, start = found.lastindex, found.end()
            if what == 1:
                self._blank(found)
            elif what == 2:
                chars, length = _character(found[0])
                start = found.start() + length
                if chars.isspace():
                    self._space = found.start() if self._space < 0 else self._space
                elif not _UNSEEN_ONLY.fullmatch(chars):
                    for char in chars:
                        self._show(char, found.start(), linked)
            elif what == 4:
                self._show(found[0], found.start(), linked)

    def _blank(self, found: re.Match[str]) -> None:
        """Take white space."""
        if self._pre:
            for line in _NEWLINE.finditer(found.string, *found.span()):
                self._line_break(line.start())
        if self._space < 0:
            self._space = found.start()

    def _show(self, text: str, at: int, linked: bool) -> None:
        """Append visible text, and before it the blank or line break that was waiting."""
        if self._pieces and self._break >= 0:
            self._pieces.append(("\n", self._break))
        elif self._pieces and self._space >= 0:
            self._pieces.append((" ", self._space))
        self._break = self._space = -1
        if self._opening:
            self._open_quotes(text[0] in _QUOTES)
        self._pieces.append((text, at))
        self._shown += len(text)
        self._linked += len(text) if linked else 0

    def _open_quotes(self, marked: bool) -> None:
        """Put the marks of the quotations that begin here, unless the page has its own."""
        outer = bool(self._pieces) and self._pieces[-1][0][-1] in _QUOTES
        for number, offset in enumerate(self._opening, 1):
            opening, closing = _MARKS[self._marked % 2]
            if (outer and number == 1) or (marked and number == len(self._opening)):
                self._closing.append("")
            else:
                self._closing.append(closing)
                self._marked += 1
                self._pieces.append((opening, offset))
        self._opening.clear()

    def _end_block(self) -> None:
        """Keep the text so far as a block, unless it is empty or a list of links."""
        pieces, shown, linked = self._pieces, self._shown, self._linked
        self._pieces, self._shown, self._linked = [], 0, 0
        self._space = self._break = -1
        links = linked > LINKED * shown and shown - linked < _FEW and not self._title
        if pieces and not links and any(map(_has_prose, (piece for piece, _ in pieces))):
            self._blocks.append((self._kinds[-1], pieces))


_KINDS: dict[str, BlockKind] = {
    "blockquote": "quote",
    "figcaption": "caption",
    "caption": "caption",
    **dict.fromkeys(HEADINGS, "heading"),
}


def _has_prose(text: str) -> bool:
    """Tell whether there is a letter, a digit, or dots that stand for something left out."""
    return "…" in text or ".." in text or any(map(str.isalnum, text))


@lru_cache(maxsize=4096)
def _character(reference: str) -> tuple[str, int]:
    """Return what a character reference stands for, and how much of it does; a lone & stands for itself."""
    if reference[1] == "#":
        digits = reference[2:].rstrip(";").lstrip("xX0")
        base = "x" if reference[2] in "xX" else ""
        return (html.unescape(f"&#{base}{digits or 0};") if len(digits) < 9 else "\ufffd"), len(reference)
    name = reference[1:]
    for length in range(len(name), 1, -1):
        if name[:length] in html5:
            return html5[name[:length]], length + 1
    return "&", 1
