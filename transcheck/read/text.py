"""Plain text and Markdown: reading a file, and the blocks of prose in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from transcheck.read.decode import MAX_BYTES, decode, too_large
from transcheck.text.sentences import blank_parted
from transcheck.types import Block, InputError, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

MARKDOWN = frozenset({".md", ".markdown", ".mdown"})
"""Suffixes read as Markdown."""

PLAIN = frozenset({".txt", ".text"})
"""Suffixes read as plain text; so is any other suffix, where a file is named outright."""


def read_bytes(path: Path) -> bytes:
    """Return the content of a file.

    Raises:
        InputError: for a file that is missing, no file, unreadable or over the size limit.
    """
    try:
        if path.is_dir():
            raise InputError(f"{path}: this is a folder; name a file, or use 'transcheck check' for folders")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(too_large(str(path), size))
        return path.read_bytes()
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the name and the folder") from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path}: cannot be read ({reason}); check the permissions of the file") from error


def read_file(path: Path) -> str:
    """Return the text of a file, byte order mark removed, line ends kept.

    Raises:
        InputError: see :func:`read_bytes` and :func:`transcheck.read.decode.decode`.
    """
    return decode(read_bytes(path), str(path))


def is_markdown(path: Path) -> bool:
    """Tell whether a file is read as Markdown, by its suffix."""
    return path.suffix.lower() in MARKDOWN


def blocks(text: str, *, markdown: bool = False) -> tuple[Block, ...]:
    """Return the blocks of prose of ``text``, in order, without overlap, none of them blank.

    Plain text: paragraphs, parted by blank lines. Markdown: headings, paragraphs, list items, table cells and the
    paragraphs of block quotes, without their leading marks; front matter, code, comments and link definitions are left
    out. Marks and link targets inside a block stay in its span: :func:`masked` blanks them.
    """
    if markdown:
        return tuple(_markdown_blocks(text))
    return tuple(map(Block, blank_parted(text)))


def masked(text: str, *, markdown: bool = False) -> str:
    """Return ``text`` with everything that is no prose replaced by blanks, the same length, line ends kept.

    Every offset into the result is an offset into ``text``. Blanked are addresses, HTML tags and comments and, in
    Markdown, all that lies outside the blocks, link targets, emphasis marks and the marks of quoted lines.
    """
    if not markdown:
        return _blank(text, _address_pattern())
    kept = ["\n" if c == "\n" else "\r" if c == "\r" else " " for c in text]
    for block in blocks(text, markdown=True):
        kept[block.span.start : block.span.end] = _inline(block.span.of(text))
    return "".join(kept)


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """Replace what the pattern matches (its group ``x`` where it has one) by blanks, line ends kept."""
    group = "x" if "x" in pattern.groupindex else 0

    def blank(match: re.Match[str]) -> str:
        start, end = match.span(group)
        whole, at = match.group(), match.start()
        return whole[: start - at] + re.sub(r"[^\r\n]", " ", whole[start - at : end - at]) + whole[end - at :]

    return pattern.sub(blank, text)


def _address_pattern() -> re.Pattern[str]:
    return re.compile(r"(?:https?://|www\.)[^\s<>«»\"()\[\]]*[^\s<>«»\"()\[\].,;:!?…'’]")


_INLINE = (
    r"<!--.*?-->",
    r"</?[A-Za-z][^<>]*>",
    r"<(?:https?|mailto):[^<>\s]*>",
    r"!(?=\[[^\[\]\n]*\]\()",
    r"\[[^\[\]]*\](?P<x>\((?:[^()\s]|\([^()\s]*\))*(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\))",
    r"\[[^\[\]]+\](?P<x>\[[^\[\]]*\])",
    r"\[\^[^\]\s]+\]",
    r"`+",
    r"\\(?=[!-/:-@\[-`{-~])",
    r"~~",
    r"\*+",
    r"(?<!\w)_+(?=\S)|(?<=\S)_+(?!\w)",
    r"(?m)(?<=\n)[ \t]*(?:>[ \t]?)+",
)
"""What is blanked inside a block, in this order."""


def _inline(text: str) -> str:
    """Blank the marks inside one block; a bracket of a link goes with its target, an editorial [bracket] stays."""
    link = re.compile(r"(?P<x>\[)(?=[^\[\]]*\](?:\(|\[))|(?P<y>\])(?=\(|\[)", re.UNICODE)
    brackets = [m.start() for m in link.finditer(text)] if "](" in text or "][" in text else []
    for source in _INLINE:
        text = _blank(text, re.compile(source, re.UNICODE | re.DOTALL))
    text = _blank(text, _address_pattern())
    if brackets:
        chars = list(text)
        for at in brackets:
            chars[at] = " "
        text = "".join(chars)
    return text


def _markdown_blocks(text: str) -> Iterator[Block]:
    """Yield the blocks that markdown-it finds, its line maps turned into offsets."""
    starts, lines, tokens = markdown_tokens(text)
    cells: list[Span] = []
    quoted, kind = 0, ""
    for token in tokens:
        quoted += {"blockquote_open": 1, "blockquote_close": -1}.get(token.type, 0)
        if token.type.endswith("_open"):
            kind = token.type
        if token.map is None or token.type not in ("inline", "html_block"):
            if token.type == "tr_open" and token.map:
                cells = list(_cells(lines[token.map[0]], starts[token.map[0]]))
            elif token.type == "tr_close":
                cells = []
            continue
        if cells and token.type == "inline":
            span: Span | None = cells.pop(0)
        else:
            span = _span(token, lines, starts)
        if span and _has_prose(span.of(text)):
            yield Block(span, "quote" if quoted else "heading" if kind == "heading_open" else "paragraph")


def markdown_tokens(text: str) -> tuple[list[int], list[str], list[Token]]:
    """Return the starts of the lines of a Markdown file, the lines, and its blocks as markdown-it sees them."""
    from markdown_it import MarkdownIt

    starts, lines = _lines(text)
    source = "\n".join(_without_front_matter(lines))
    return starts, lines, MarkdownIt("commonmark").enable("table").disable("inline").parse(source)


def _lines(text: str) -> tuple[list[int], list[str]]:
    """Return the start of every line and its text, lines parted as markdown-it parts them."""
    starts, lines, at = [], [], 0
    for match in re.finditer(r"\r\n|\r|\n", text):
        starts.append(at)
        lines.append(text[at : match.start()])
        at = match.end()
    return [*starts, at], [*lines, text[at:]]


def _without_front_matter(lines: list[str]) -> list[str]:
    """Return the lines with a leading YAML or TOML block blanked, so that line numbers stay."""
    fence = lines[0].rstrip()
    if fence not in ("---", "+++"):
        return lines
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == fence or (fence == "---" and line.rstrip() == "..."):
            return [""] * (number + 1) + lines[number + 1 :]
    return lines


def _span(token: Token, lines: list[str], starts: list[int]) -> Span | None:
    """Return the place of an inline token or HTML block: its lines without the marks before and after the content."""
    assert token.map is not None
    content = token.content.rstrip("\n").split("\n")
    first = token.map[0]
    last = min(first + len(content), len(lines)) - 1
    start = starts[first] + _offset(lines[first], content[0])
    tail = content[last - first].rstrip()
    end = starts[last] + _offset(lines[last], content[last - first]) + len(tail)
    return Span(start, end) if end > start else None


def _offset(line: str, content: str) -> int:
    """Return where the content of a line begins: it ends the line, but for the closing marks of a heading."""
    body = re.sub(r"(?:(?<=[ \t])#+)?[ \t]*\Z", "", line) if not line.rstrip().endswith(content.rstrip()) else line
    return max(0, len(body.rstrip()) - len(content.rstrip()))


def _cells(line: str, start: int) -> Iterator[Span]:
    """Yield the places of the cells of a table row, their outer blanks left out."""
    body = line.strip()
    at = start + line.index(body) if body else start
    if body.startswith("|"):
        body, at = body[1:], at + 1
    if body.endswith("|") and not body.endswith("\\|"):
        body = body[:-1]
    for match in re.finditer(r"(?:\\.|[^|\\])*(?:\||\Z)", body):
        cell = match.group().removesuffix("|")
        if match.start() == len(body) and match.start() and not body.endswith("|"):
            return
        left = len(cell) - len(cell.lstrip())
        yield Span(at + match.start() + left, at + match.start() + max(left, len(cell.rstrip())))


_HEAD = 2000


def _has_prose(text: str) -> bool:
    """Tell whether a block holds a letter or digit that is no mark, comment or address."""
    head = text[:_HEAD]
    return any(c.isalnum() for c in _inline(head)) or (len(text) > _HEAD and any(c.isalnum() for c in _inline(text)))
