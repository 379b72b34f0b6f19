"""What a reader takes out of a file that holds more than text: the running text, its blocks, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transcheck.types import Block, BlockKind, Comment, Source, Span

SEPARATOR = "\n\n"
"""What stands between two blocks of an extracted text."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """The running text of a file, blocks joined by empty lines; ``lang`` is the language that the file declares.

    ``comments`` are those of the file that speak to this program.
    """

    text: str
    blocks: tuple[Block, ...]
    source: Source
    lang: str | None = None
    comments: tuple[Comment, ...] = ()


class Builder:
    """Puts an :class:`Extracted` together from pieces of text, each with its place in the file.

    >>> builder = Builder()
    >>> builder.add(" Перший ", 1, 1)
    >>> builder.end_block("heading")
    >>> builder.add("Другий", 3, 5)
    >>> found = builder.extracted("line")
    >>> found.text, found.source.anchors
    ('Перший\\n\\nДругий', ((0, 1, 2), (8, 3, 5)))
    """

    def __init__(self) -> None:
        self._pieces: list[tuple[str, int, int]] = []
        self._texts: list[str] = []
        self._blocks: list[Block] = []
        self._anchors: list[tuple[int, int, int]] = []
        self._length = self._number = self._column = 0

    def add(self, text: str, number: int, column: int) -> None:
        """Append ``text`` to the current block; it stands in line, paragraph or page ``number``, from ``column`` on.

        Code points of ``text`` stand one after the other in the file: whatever is left out, replaced or on another
        line begins a new call.
        """
        if text:
            self._pieces.append((text, number, column))

    def end_block(self, kind: BlockKind = "paragraph", speaker: str = "") -> None:
        """Close the current block, white space at its ends left out; a blank one leaves no trace."""
        pieces, self._pieces = _trimmed(self._pieces), []
        if not pieces:
            return
        if self._texts:
            self._texts.append(SEPARATOR)
            self._length += len(SEPARATOR)
            self._column += len(SEPARATOR)
        start = self._length
        for text, number, column in pieces:
            if number != self._number or column != self._column:  # it does not follow the one before it in the file
                self._anchors.append((self._length, number, column))
            self._texts.append(text)
            self._length += len(text)
            self._number, self._column = number, column + len(text)
        self._blocks.append(Block(Span(start, self._length), kind, speaker))

    def extracted(self, unit: Literal["line", "paragraph", "page"], lang: str | None = None) -> Extracted:
        """Return all blocks so far, the current one closed as a paragraph."""
        self.end_block()
        return Extracted("".join(self._texts), tuple(self._blocks), Source(unit, tuple(self._anchors)), lang)


def _trimmed(pieces: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Return the pieces without the white space at the beginning of the first and at the end of the last."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first][0].strip():
        first += 1
    while last > first and not pieces[last - 1][0].strip():
        last -= 1
    kept = pieces[first:last]
    if kept:
        text, number, column = kept[0]
        left = text.lstrip()
        kept[0] = (left, number, column + len(text) - len(left))
        text, number, column = kept[-1]
        kept[-1] = (text.rstrip(), number, column)
    return kept
