"""What an editor has open, at one moment: names, texts and versions of documents, and positions as an editor counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lsprotocol.types import Position, Range
from pygls.uris import from_fs_path

from transcheck.read.decode import decode
from transcheck.report.positions import Position as Place
from transcheck.types import InputError

_NEWLINE = re.compile(r"\r\n|\r|\n")
_WIDTH = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""Encoding and bytes of a unit of what clients may count characters in."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document that is open: its name as the client writes it, its file, its text and the number of its version."""

    uri: str
    path: Path
    text: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """The open documents, none of which changes any more; ``encoding`` is what the client counts characters in."""

    opened: Mapping[Path, Opened] = field(default_factory=dict)
    encoding: str = "utf-16"

    @staticmethod
    def of(documents: Iterable[Opened], encoding: str = "utf-16") -> Desk:
        """Return a desk with these documents on it."""
        return Desk({real(d.path): d for d in documents}, encoding)

    def document(self, path: str | Path) -> Opened | None:
        """Return the open document of a file, by whichever name it is known."""
        return self.opened.get(real(Path(path)))

    def uri(self, path: str | Path) -> str:
        """Return the name of a file, as the client writes it where it has the file open."""
        known = self.document(path)
        return known.uri if known else str(from_fs_path(str(real(Path(path)))))

    def text(self, path: str | Path) -> str:
        """Return what a file holds for the client: the open text, else that of the disk, "" where it has none."""
        known = self.document(path)
        if known is not None:
            return known.text
        try:
            return decode(real(Path(path)).read_bytes(), str(path))
        except (OSError, InputError):  # whoever checks the file says what is wrong with it
            return ""

    def range(self, path: str | Path, start: Place, end: Place) -> Range:
        """Return a range of a file; see :class:`Ruler`."""
        ruler = Ruler(self.text(path), self.encoding)
        return Range(ruler.position(start), ruler.position(end))


class Ruler:
    """Positions in a text, counted from 0, in lines and in units of ``encoding``, as the protocol has them."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.lines: Sequence[str] = _NEWLINE.split(text)
        self._codec, self._width = _WIDTH[encoding]

    def position(self, place: Place) -> Position:
        """Return where a line and column, both from 1, the column in code points, stand; the end of what is short."""
        line = min(place.line, len(self.lines)) - 1
        return Position(line, self.units(self.lines[line][: place.column - 1]))

    def place(self, position: Position) -> Place:
        """Return the line and column, both from 1, at a position."""
        line = min(position.line, len(self.lines) - 1)
        units = self.lines[line].encode(self._codec, "surrogatepass")[: position.character * self._width]
        return Place(line + 1, len(units.decode(self._codec, "ignore")) + 1)

    def units(self, text: str) -> int:
        """Return the length of a text in units."""
        return len(text.encode(self._codec, "surrogatepass")) // self._width


@lru_cache(maxsize=4096)
def _folder(path: Path) -> Path:
    return path.resolve()


def real(path: Path) -> Path:
    """Return the one name of a file: its folder without links, the file itself as it is called."""
    return _folder(Path.cwd() / path.parent) / path.name
