"""Quotations inside a version that keep the very words of another version: nobody translated them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from transcheck.checks.base import Context
from transcheck.text.detect import cyrillic_words, russian_odds, telling
from transcheck.types import Cell, Lang, Place, Row, Span

LEAST_WORDS: Final = 2
"""Words from which a quotation is more than a name or a term that is quoted as such …"""
LEAST_WORDS_ALONE: Final = 3
"""… and where only one other version tells, or where Latin words stand in Cyrillic text."""
SURE: Final = 3.0
"""Evidence for a language, in nats, that a quotation without telling letters must have."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A quotation of version ``place.lang`` that repeats ``source``, in the language of that version."""

    row: Row
    place: Place
    source: Place


@lru_cache(maxsize=1)
def _marks() -> tuple[re.Pattern[str], ...]:
    """Each pair of marks on its own, so that a quotation inside another is found too."""
    pairs = (r"«([^«»]+)»", r"“([^“”]+)”", r"„([^„“”]+)[“”]", r"\"([^\"]+)\"", r"‘([^‘’]+)’")
    return tuple(re.compile(p) for p in pairs)


def kept_quotations(context: Context) -> Iterator[Kept]:
    """Yield the quotations of two words or more that a version left as they are in another, in that one's language."""
    for row in context.rows:
        for cell in row.filled:
            for span in _quotations(cell.text):
                source = _source(context, row, cell, span)
                if source is not None:
                    start = cell.place.start
                    yield Kept(row, context.place(cell.lang, start + span.start, start + span.end), source)


@lru_cache(maxsize=256)
def _quotations(text: str) -> tuple[Span, ...]:
    """Return the quotations of a text that hold several words, the inner ones too."""
    if not any(mark in text for mark in '«“„"‘'):
        return ()
    spans = {match.span(1) for pattern in _marks() for match in pattern.finditer(text)}
    return tuple(Span(*s) for s in sorted(spans))


def _source(context: Context, row: Row, cell: Cell, span: Span) -> Place | None:
    """Return the cell whose words the quotation repeats when they are of that cell's language and of no other."""
    text = span.of(cell.text)
    words = [w for w in text.split() if w[0].isalpha()]
    known = len(row.filled) > 2 and not (cell.lang != "en" and text.isascii())
    least = LEAST_WORDS if known else LEAST_WORDS_ALONE
    if len(words) < least or not any(w[0].islower() and len(w) > 1 for w in words):
        return None
    letters = "".join(c for c in text.casefold() if c.isalnum())
    holders = [c for c in row.filled if c is not cell and letters in _letters(c.text)]
    if len(holders) != 1 or not _speaks(text, holders[0].lang, cell.lang):
        return None
    return holders[0].place


@lru_cache(maxsize=256)
def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _speaks(text: str, lang: Lang, own: Lang) -> bool:
    """Tell whether a text is in ``lang`` rather than in ``own``: by its script, else by its telling letters."""
    cyrillic = cyrillic_words(text)
    latin = len(re.findall(r"[A-Za-z]+", text))
    if own == "en" or lang == "en":
        return (len(cyrillic) > 2 * latin) == (own == "en") and len(cyrillic) != latin
    told = [telling(word) for word in cyrillic]
    odds = russian_odds(cyrillic)
    return own not in told and (lang in told or (odds if lang == "ru" else -odds) >= SURE)
