"""Positions: code points of the untouched input, half-open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["ru", "uk", "en"]
"""ISO 639-1 code of one of the three languages."""

LANGS: tuple[Lang, ...] = ("ru", "uk", "en")
"""The three languages in the order in which they are always shown."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``start:end`` of code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """Return the text that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two share a code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A span of one version with the text that stands there; empty text marks the point where something is missing."""

    lang: Lang
    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The place without its language and text."""
        return Span(self.start, self.end)
