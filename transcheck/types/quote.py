"""A quotation in an article: its words, its kind, and who is said to speak them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transcheck.types.span import Lang, Span

QuoteKind = Literal["direct", "partial", "dialogue", "block", "indirect"]
"""``direct``: whole sentences in quotation marks; ``partial``: words within a sentence of the author's; ``dialogue``:
a line behind a dash; ``block``: set apart as a quotation by the format; ``indirect``: told in the author's words."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One statement of one speaker; an interrupted one, or one of several paragraphs, has a part for each stretch.

    ``parts`` are code points of the article, without the quotation marks around them; ``text`` is their text, put
    together. ``speaker`` is the fullest name (or office) that the article gives the speaker, "" where it names none,
    and ``named_at`` the place that attributes the quote, if there is one. ``elisions`` and ``insertions`` are the
    places in the article of cuts marked with … and of an editor's [words].
    """

    lang: Lang
    kind: QuoteKind
    text: str
    parts: tuple[Span, ...]
    speaker: str = ""
    named_at: Span | None = None
    elisions: tuple[Span, ...] = ()
    insertions: tuple[Span, ...] = ()

    @property
    def span(self) -> Span:
        """The place from the first code point of the first part to the last of the last one."""
        return Span(self.parts[0].start, self.parts[-1].end)
