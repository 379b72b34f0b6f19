"""Code-point offsets to lines and columns; the only place where they are converted."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

from transcheck.types import DocumentReport, Lang, Place, Source, Version

Encoding = Literal["utf-8", "utf-16"]
"""In what columns may be counted besides code points: bytes of UTF-8, or units of UTF-16."""

_NEWLINE = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Position:
    """A line and a column, both from 1, the column in code points; see :class:`Source` for what has no lines."""

    line: int
    column: int


class Lines:
    """The line starts of one text."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(m.end() for m in _NEWLINE.finditer(text))]
        self._length = len(text)
        self._text = text

    def position(self, offset: int) -> Position:
        """Return the line and column of a code-point offset, 0 to the length of the text; ValueError outside of it."""
        if not 0 <= offset <= self._length:
            raise ValueError(f"offset {offset} is outside of a text of {self._length} code points")
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def end(self, offset: int) -> Position:
        """Return where something ends that ends before ``offset``."""
        return self.position(offset)

    def column(self, offset: int, encoding: Encoding) -> int | None:
        """Return the column of an offset, from 1, counted in bytes of UTF-8 or units of UTF-16."""
        before = self._text[offset - self.position(offset).column + 1 : offset]
        if encoding == "utf-8":
            return len(before.encode("utf-8", "surrogatepass")) + 1
        return len(before.encode("utf-16-le", "surrogatepass")) // 2 + 1


class _Anchored:
    """The positions of a text that was extracted from a file."""

    def __init__(self, source: Source) -> None:
        self._anchors = source.anchors
        self._offsets = [offset for offset, _, _ in source.anchors]

    def position(self, offset: int) -> Position:
        """Return the line (or paragraph, or page) and column of a code-point offset."""
        at, number, column = self._anchors[max(0, bisect_right(self._offsets, offset) - 1)]
        return Position(number, column + max(0, offset - at))

    def end(self, offset: int) -> Position:
        """Return where something ends that ends before ``offset``: behind its last code point, wherever the next is."""
        last = self.position(max(0, offset - 1))
        return Position(last.line, last.column + 1)

    def column(self, offset: int, encoding: Encoding) -> int | None:
        """Return None: what stands before it in the line of the file is not known."""
        return None


class Locator:
    """Finds the file, line and column of the places of one document; each text is split into lines at most once."""

    def __init__(self, document: DocumentReport) -> None:
        found = document.document
        self._versions: dict[Lang, Version] = {v.lang: v for v in found.versions} if found else {}
        self._lines: dict[Lang, Lines | _Anchored] = {}
        self._id = document.id
        self._file = found.file if found else ""

    def version(self, lang: Lang) -> Version:
        """Return the version in ``lang``; KeyError when there is none."""
        return self._versions[lang]

    def unit(self, lang: Lang) -> str:
        """Return what the numbers of :class:`Position` count: a line, paragraph or page of :meth:`path`, or ``record``.

        Of a record of a table, the lines are those of its text.
        """
        source = self._versions[lang].source
        if source is None:
            return "line" if self.path(lang) == self.origin(lang) else "record"
        return source.unit

    def origin(self, lang: Lang) -> str:
        """Return the file or stream that a version came from, or the id of the document with the language."""
        version = self._versions.get(lang)
        return version.origin if version and version.origin else f"{self._id}[{lang}]"

    def path(self, lang: Lang) -> str:
        """Return the file or stream alone, without the record in it that :meth:`origin` names too."""
        return self._file or self.origin(lang)

    def lined(self, lang: Lang) -> bool:
        """Tell whether a line is a line of :meth:`path`; not so of pages and paragraphs, nor of a record of a table."""
        return self.unit(lang) == "line"

    def start(self, place: Place) -> Position:
        """Return where a place begins."""
        return self._of(place.lang).position(place.start)

    def end(self, place: Place) -> Position:
        """Return where a place ends: the position after its last code point."""
        found = self._of(place.lang)
        return found.end(place.end) if place.end > place.start else found.position(place.end)

    def columns(self, place: Place, encoding: Encoding) -> tuple[int, int] | None:
        """Return the columns of both ends in another unit, None where the lines of the file are not known."""
        found = self._of(place.lang)
        start, end = found.column(place.start, encoding), found.column(place.end, encoding)
        return None if start is None or end is None else (start, end)

    def text(self, place: Place) -> str:
        """Return ``file:line:column`` of where a place begins."""
        at = self.start(place)
        return f"{self.origin(place.lang)}:{at.line}:{at.column}"

    def within(self, place: Place) -> str:
        """Return where in its file a place begins, in words: ``line 3, column 5``, ``page 2, character 40``."""
        origin, unit = self.origin(place.lang), self.unit(place.lang)
        if unit == "record":  # the origin goes on where the name of the file ends
            return f"{origin.removeprefix(self._file).lstrip(', ')}, character {place.start + 1}"
        at = self.start(place)
        return f"{unit} {at.line}, {'column' if unit == 'line' else 'character'} {at.column}"

    def _of(self, lang: Lang) -> Lines | _Anchored:
        if lang not in self._lines:
            version = self._versions[lang]
            self._lines[lang] = Lines(version.text) if version.source is None else _Anchored(version.source)
        return self._lines[lang]
