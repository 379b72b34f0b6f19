"""Places that differ between the versions of a row by whatever word speaks of them: Odesa, одеський, Odesans.

Names are compared by :mod:`transcheck.checks.names`; an adjective or an inhabitant, which Russian and Ukrainian write
in small letters, is no name, but says which place is meant. Two versions speak of one place that the third does not,
and where they do so the third speaks of one that neither of them does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, product
from typing import Final, NamedTuple

from transcheck.checks.base import Context, fault_among
from transcheck.checks.facing import facing
from transcheck.text.name_table import lexicon
from transcheck.text.names import names, spelled
from transcheck.types import Cell, Lang, Row, Span

FACING: Final = 0.5
"""Share of the words around that must place what is said of two places opposite each other."""
_SHORTEST: Final = 4
"""Letters from which the beginning of a word tells of a place."""
_GENERIC: Final = ("республи", "штат", "королевств", "королівств", "kingdom", "states")
"""Beginnings of words for what many places are."""


class Spoken(NamedTuple):
    """A word or name that speaks of places, those of the table of names that it may mean."""

    span: Span
    places: frozenset[int]


class PlaceChange(NamedTuple):
    """A place that version ``lang`` speaks of at ``span`` of its cell where the others, at theirs, mean another.

    ``fault`` is the version at fault, None where nothing tells which of two it is.
    """

    fault: Lang | None
    lang: Lang
    span: Span
    others: tuple[tuple[Lang, Span], ...]


def changed_places(ctx: Context, row: Row) -> Iterator[PlaceChange]:
    """Yield at most one change of place for each version of a row that three versions fill, or for two versions."""
    cells = row.filled
    if len(cells) < 2:
        return
    found = {c.lang: spoken_of(c.text, c.lang) for c in cells}
    two = (cells[0].lang, cells[-1].lang)
    fault = fault_among(ctx, two) if len(cells) == 2 else None
    for cell in cells if len(cells) > 2 else [next((c for c in cells if c.lang == fault), cells[0])]:
        others = [c for c in cells if c is not cell]
        meant = [frozenset[int]().union(*(s.places for s in found[c.lang])) for c in others]
        lost = {place for place in frozenset.intersection(*meant) if not _answered({place}, ctx, row, cell.lang)}
        if not lost:
            continue
        put = [s for s in found[cell.lang] if not any(_answered(s.places, ctx, row, c.lang) for c in others)]
        spots = _spots(ctx, cell, put, others, lost, found)
        if spots is not None:
            yield PlaceChange(cell.lang if len(cells) > 2 else fault, cell.lang, *spots)


def _answered(places: Collection[int], ctx: Context, row: Row, lang: Lang) -> bool:
    """Tell whether a version speaks of any of some places in a row or one beside it, by its name or another word."""
    beginnings = tuple({b for number in places for b in lexicon().entity(number).witnesses})
    beside = (r for r in ctx.rows if abs(r.index - row.index) == 1)
    texts = (c.text for near in chain((row,), beside) for c in near.filled if c.lang == lang)
    return any(
        any(not s.places.isdisjoint(places) for s in spoken_of(text, lang))
        or any(word.startswith(beginnings) for _, word in spelled(text))
        or inside_a_word(places, text)
        for text in texts
    )


def _spots(
    ctx: Context,
    cell: Cell,
    put: Sequence[Spoken],
    others: Sequence[Cell],
    lost: Collection[int],
    found: Mapping[Lang, Sequence[Spoken]],
) -> tuple[Span, tuple[tuple[Lang, Span], ...]] | None:
    """Return where a version speaks of a place of its own, and where the others speak of one that it lacks."""
    for mine, place in product(put, sorted(lost)):
        spots = []
        for other in others:
            held = [s.span for s in found[other.lang] if place in s.places]
            near, _, at = max((facing(ctx, cell, mine.span, other, span), -span.start, span) for span in held)
            if near >= FACING:
                spots.append((other.lang, at))
        if len(spots) == len(others):
            return mine.span, tuple(spots)
    return None


def inside_a_word(named: Collection[int], text: str) -> bool:
    """Tell whether a word of a text speaks of any of some table rows by its second part: західнонімецький."""
    beginnings = {b for number in named for b in lexicon().entity(number).witnesses if len(b) > _SHORTEST}
    return any(beginning in word for _, word in spelled(text) for beginning in beginnings)


@lru_cache(maxsize=1024)
def spoken_of(text: str, lang: Lang) -> tuple[Spoken, ...]:
    """Return what speaks of places in a text: names, and words that begin as one of a place does."""
    out = [Spoken(Span(n.start, n.end), places) for n in names(text, lang) if (places := n.entities & _all_places())]
    beginnings = _beginnings()
    longest = max(map(len, beginnings))
    for span, word in spelled(text):
        if lang == "en" and not text[span.start].isupper():
            continue
        fitting = (word[:size] for size in range(_SHORTEST, min(longest, len(word)) + 1))
        places = frozenset[int]().union(*(beginnings.get(beginning, ()) for beginning in fitting))
        if places and not any(span.overlaps(s.span) for s in out):
            out.append(Spoken(span, places))
    return tuple(out)


@cache
def _all_places() -> frozenset[int]:
    table = lexicon()
    return frozenset(number for number in range(len(table)) if table.kind(number) == "place")


@cache
def _beginnings() -> dict[str, frozenset[int]]:
    """Return which places a beginning of a word may stand for."""
    found: dict[str, set[int]] = {}
    for number in _all_places():
        for beginning in lexicon().entity(number).witnesses:
            if len(beginning) >= _SHORTEST and not beginning.startswith(_GENERIC):
                found.setdefault(beginning, set()).add(number)
    return {beginning: frozenset(numbers) for beginning, numbers in found.items()}
