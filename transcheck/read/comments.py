"""Comments of Markdown and HTML that speak to this program: where they stand, and the block or line they are about."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from transcheck.read.text import markdown_tokens
from transcheck.types import Block, Comment, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

CALL = re.compile(r"\s*transcheck\s*:\s*(.*?)\s*", re.IGNORECASE | re.DOTALL)
"""The whole of a comment that speaks to this program; group 1 is what it says."""

_CALLED = re.compile(r"<!--\s*transcheck\s*:", re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_LEADING = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*")
"""Marks of quotations and lists before the content of a line."""

_NEWLINE = re.compile(r"\r\n|\r|\n")
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def said(comment: str) -> str | None:
    """Return what a comment says to this program, None where it says nothing; ``comment`` has no marks around it."""
    found = CALL.fullmatch(comment)
    return " ".join(found.group(1).split()) if found else None


def markdown_comments(text: str, blocks: Sequence[Block]) -> tuple[Comment, ...]:
    """Return the comments of a Markdown file, those that it shows as code left out; ``blocks`` are its blocks of prose.

    One that stands before all content of its line is about the next block, another about its line.
    """
    if not _CALLED.search(text):
        return ()
    starts, _, tokens = markdown_tokens(text)
    out = []
    for match in _COMMENT.finditer(text):
        says, span = said(match.group(1)), Span(*match.span())
        line = bisect_right(starts, span.start)
        if says is None or not any(_holds(t, line - 1, span, text, starts) for t in tokens):
            continue
        first = starts[line - 1]
        if _LEADING.fullmatch(text, first, span.start):
            covers = _next(text, span, blocks)
        else:
            ends = _NEWLINE.search(text, span.end)
            covers = Span(first, ends.start() if ends else len(text))
        out.append(Comment(says, span, covers, line))
    return tuple(out)


def _holds(token: Token, line: int, comment: Span, text: str, starts: Sequence[int]) -> bool:
    """Tell whether a comment, which begins in ``line`` (from 0), is one inside of a block and not shown as code."""
    if token.type not in ("html_block", "inline") or not token.map or not token.map[0] <= line < token.map[1]:
        return False
    if token.type == "html_block":
        return True
    begins, ends = (starts[i] if i < len(starts) else len(text) for i in token.map)
    return not any(m.start() < comment.start and comment.end < m.end() for m in _CODE.finditer(text, begins, ends))


def _next(text: str, comment: Span, blocks: Sequence[Block]) -> Span:
    """Return the first block behind a comment, with what else begins on its first line, such as cells of a table."""
    for block in blocks:
        rest = Span(max(block.span.start, comment.end), block.span.end)
        if rest.end > rest.start and any(map(str.isalnum, _COMMENT.sub("", rest.of(text)))):
            ends = _NEWLINE.search(text, rest.start + len(rest.of(text)) - len(rest.of(text).lstrip()))
            return Span(rest.start, max(rest.end, ends.start() if ends else len(text)))
    return Span(len(text), len(text))


def page_comments(
    text: str,
    comments: Sequence[tuple[int, int]],
    blocks: Sequence[Sequence[tuple[str, int]]],
    spans: Sequence[Span],
) -> tuple[Comment, ...]:
    """Return the comments of an HTML page that speak to this program.

    ``comments`` are their offsets in the page ``text``; ``blocks`` are the pieces of the extracted text, each with its
    offset in the page, and ``spans`` the places of the blocks in the extracted text. A comment behind text of its line
    is about what the last block before it has on that line, another about the next block.
    """
    out = []
    for start, end in comments:
        says = said(text[start + 4 : end].removesuffix(">").removesuffix("!").removesuffix("--"))
        if says is None:
            continue
        breaks = [m.end() for m in _NEWLINE.finditer(text, 0, start)]
        found = _on_line(breaks[-1] if breaks else 0, start, text, blocks, spans)
        behind = _behind(end, blocks, spans)
        covers, at = found or (behind, behind.start)
        out.append(Comment(says, Span(at, at), covers, len(breaks) + 1))
    return tuple(out)


def _on_line(
    first: int, comment: int, text: str, blocks: Sequence[Sequence[tuple[str, int]]], spans: Sequence[Span]
) -> tuple[Span, int] | None:
    """Return what the last block before a comment has on the line that begins at ``first``, and where the comment is.

    None where nothing of it stands before the comment on that line.
    """
    before = [i for i, pieces in enumerate(blocks) if pieces[0][1] < comment]
    if not before:
        return None
    last = max(before, key=lambda i: blocks[i][0][1])
    ends = _NEWLINE.search(text, comment)
    final = ends.start() if ends else len(text)
    at, found, behind = spans[last].start, [], 0
    for piece, offset in blocks[last]:
        if first <= offset < final and piece.strip():
            found.append((at, at + len(piece)))
            behind = at + len(piece) if offset < comment else behind
        at += len(piece)
    return (Span(found[0][0], found[-1][1]), behind) if behind else None


def _behind(end: int, blocks: Sequence[Sequence[tuple[str, int]]], spans: Sequence[Span]) -> Span:
    """Return the first block of the page that has text behind ``end``, from there on."""
    behind = [i for i, pieces in enumerate(blocks) if pieces[-1][1] >= end]
    if not behind:
        length = spans[-1].end if spans else 0
        return Span(length, length)
    first = min(behind, key=lambda i: next(offset for _, offset in blocks[i] if offset >= end))
    at = spans[first].start
    for piece, offset in blocks[first]:
        if offset >= end:
            break
        at += len(piece)
    return Span(at, spans[first].end)
