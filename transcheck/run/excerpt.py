"""A quotation as a text of its own, with the way back to its places in the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transcheck.text.speech import joined
from transcheck.types import Place, Span, Version


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Stretches of ``version`` put together: ``text`` has ``runs`` (offset in the text, offset in the article, length),
    between which stand blanks and marks that the article does not have.
    """

    version: Version
    text: str
    runs: tuple[tuple[int, int, int], ...]

    def place(self, start: int, end: int) -> Place:
        """Return the place in the article of ``start:end`` of the text."""
        first = self._offset(start)
        return self.version.place(first, max(first, self._offset(end, closing=True)) if end > start else first)

    def _offset(self, at: int, *, closing: bool = False) -> int:
        for offset, origin, length in reversed(self.runs):
            if at > offset or (at == offset and not closing) or offset == 0:
                return origin + min(at - offset, length)
        return self.runs[0][1]


def excerpt(version: Version, parts: Sequence[Span]) -> Excerpt:
    """Put the parts of a quotation together; marks of markup are left blank."""
    text, runs = joined(version.prose or version.text, parts)
    return Excerpt(version, text, runs)
