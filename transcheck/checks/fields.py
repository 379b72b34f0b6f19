"""Concepts of one field put for one another: two versions share one, and the third has another in its place.

Where a check of opposed words (:mod:`transcheck.checks.contrast`) needs each pair of opposites listed, a field of ``n``
concepts holds them all: prisoners, hostages, volunteers. It says nothing of two versions, which may choose freely.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from transcheck.checks.base import Context
from transcheck.checks.facing import facing, rendering
from transcheck.text.lexicon import Hit, Matcher, table
from transcheck.types import Cell, Lang, Place, Row, Span

FACING: Final = 0.5
"""Share of the words around that must place the two words opposite each other."""
RENDERED: Final = 0.45
"""From this cosine a word of either side has its translation elsewhere, and was not put for the other …"""
ALIKE: Final = 0.6
"""… and from this one the two words are themselves translations of each other."""
TRANSLATED: Final = 0.4
"""Cosine of a cell to the others from which the rest of it is their translation."""

Found = Mapping[str, Sequence[Hit]]
"""The places of each concept in one cell."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A concept in version ``lang`` where the others have another: the names of both, their place and theirs."""

    lang: Lang
    has: str
    wants: str
    place: Place
    others: tuple[Place, ...]


@cache
def _matcher(field: str, lang: Lang) -> Matcher:
    concepts = table("fields")[field]
    return Matcher(((key, form) for key, entry in concepts.items() for form in entry[lang]), lang)


@lru_cache(maxsize=2048)
def _found(field: str, text: str, lang: Lang) -> dict[str, tuple[Hit, ...]]:
    found: dict[str, list[Hit]] = {}
    for hit in _matcher(field, lang).find(text):
        found.setdefault(hit.key, []).append(hit)
    return {key: tuple(hits) for key, hits in found.items()}


def swaps(row: Row, context: Context, fields: Sequence[str]) -> Iterator[Swap]:
    """Yield at most one swapped concept of each field and version of a row that three versions fill."""
    cells = row.filled
    if len(cells) < 3:
        return
    for field in fields:
        found = {c.lang: _found(field, c.text, c.lang) for c in cells}
        for cell in cells:
            swap = _swap(field, context, cell, [c for c in cells if c is not cell], found)
            if swap is not None:
                yield swap


def _swap(field: str, context: Context, cell: Cell, others: Sequence[Cell], found: Mapping[Lang, Found]) -> Swap | None:
    mine = found[cell.lang]
    first, second = (found[o.lang] for o in others)
    lost = [key for key in first if key in second and key not in mine]
    put = [key for key in mine if key not in first and key not in second]
    for wants in lost:
        for has in put:
            swap = _borne_out(context, cell, mine[has], others, [found[o.lang][wants] for o in others])
            if swap is not None:
                names = table("fields")[field]
                at, places = swap
                return Swap(cell.lang, names[has]["name"], names[wants]["name"], at, places)
    return None


def _borne_out(
    context: Context, cell: Cell, mine: Sequence[Hit], others: Sequence[Cell], theirs: Sequence[Sequence[Hit]]
) -> tuple[Place, tuple[Place, ...]] | None:
    """Return the places where one word faces those of both others and neither is translated elsewhere."""
    if not _translated(context, cell, others):
        return None
    for hit in mine:
        span = Span(hit.start, hit.end)
        facings = [
            max(
                ((facing(context, cell, span, o, Span(h.start, h.end)), -h.start, h) for h in hits), key=lambda x: x[:2]
            )
            for o, hits in zip(others, theirs, strict=True)
        ]
        if min(f for f, _, _ in facings) < FACING:
            continue
        spans = [Span(h.start, h.end) for _, _, h in facings]
        pairs = list(zip(others, spans, strict=True))
        if any(_alike(context, cell, span, o, s) for o, s in pairs):
            continue
        if max(rendering(context, cell, span, o, s) for o, s in pairs) >= RENDERED:
            continue
        if max(rendering(context, o, s, cell, span) for o, s in pairs) >= RENDERED:
            continue
        return _place(context, cell, span), tuple(_place(context, o, s) for o, s in pairs)
    return None


def _translated(context: Context, cell: Cell, others: Sequence[Cell]) -> bool:
    """Tell whether a cell says on the whole what the others say: else another finding reports all of it."""
    vectors = context.encoder.encode([cell.text, *(o.text for o in others)])
    return float((vectors[1:] @ vectors[0]).min()) >= TRANSLATED


def _alike(context: Context, a: Cell, span_a: Span, b: Cell, span_b: Span) -> bool:
    one, other = context.encoder.encode([span_a.of(a.text), span_b.of(b.text)])
    return float(one @ other) >= ALIKE


def _place(context: Context, cell: Cell, span: Span) -> Place:
    return context.place(cell.lang, cell.place.start + span.start, cell.place.start + span.end)
