"""Concepts of one field put for one another: two versions share one, and the third has another in its place.

Where a check of opposed words (:mod:`transcheck.checks.contrast`) needs each pair of opposites listed, a field of ``n``
concepts holds them all: prisoners, hostages, volunteers. Of two versions, which may choose freely, and of three that do
not say it so clearly, a swap is only proposed (see :mod:`transcheck.checks.confidence`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, product
from typing import Final

from transcheck.checks.base import Context, fault_of_two
from transcheck.checks.facing import facing, rendering, translated
from transcheck.text.lexicon import Hit, Matcher, candidates
from transcheck.text.number_freedom import idioms
from transcheck.text.tables import read_table
from transcheck.types import LANGS, Cell, Lang, Place, Row, Span

FACING: Final = 0.5
"""Share of the words around that must place the two words opposite each other."""
RENDERED: Final = 0.45
"""From this cosine a word of either side has its translation elsewhere, and was not put for the other …"""
ALIKE: Final = 0.6
"""… and from this one the two words are themselves translations of each other."""

Found = Mapping[str, Sequence[Hit]]
"""The places of each concept in one cell."""


@dataclass(frozen=True, slots=True)
class Swap:
    """A concept in version ``lang`` where the others have another: the names of both, their place and theirs.

    ``lang`` is None where nothing tells which of two versions is at fault.
    """

    lang: Lang | None
    has: str
    wants: str
    place: Place
    others: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """What a concept is called, and its forms in each language: as one text, which takes less memory than many."""

    name: str
    lines: Mapping[Lang, str]

    def forms(self, lang: Lang) -> list[str]:
        """Return the forms in a language, as they stand in the table."""
        return self.lines[lang].split("\n")


@cache
def named(name: str) -> dict[str, dict[str, Concept]]:
    """Return the fields of the table ``name``, each with its concepts by their keys."""
    return {
        field: {key: Concept(e["name"], {lang: "\n".join(e[lang]) for lang in LANGS}) for key, e in concepts.items()}
        for field, concepts in read_table(name).items()
    }


@cache
def entries() -> dict[str, dict[str, Concept]]:
    """Return the concepts of every field: of loaded terms, times and quantities (``fields.toml``) and of all other
    words (``concepts.toml``).
    """
    return named("fields") | named("concepts")


@cache
def _matcher(field: str, lang: Lang) -> Matcher:
    """Return the matcher of a field; in one of several fields a long form of the one would hide a word of another."""
    return Matcher(((key, form) for key, e in entries()[field].items() for form in e.forms(lang)), lang)


@cache
def _by_matcher(lang: Lang) -> dict[Matcher, str]:
    return {_matcher(field, lang): field for field in entries()}


@lru_cache(maxsize=1024)
def _fields_in(text: str, lang: Lang) -> frozenset[str]:
    """Return the fields of which a text may hold a word."""
    known = _by_matcher(lang)
    return frozenset(known[m] for m in candidates(text, lang) if m in known)


@lru_cache(maxsize=4096)
def concepts(field: str, text: str, lang: Lang) -> Found:
    """Return the places of each concept of a field in a text."""
    found: dict[str, list[Hit]] = {}
    for hit in _matcher(field, lang).find(text):
        if field == "ordinal" and any(hit.span.overlaps(s) for s in idioms(text, lang)):
            continue
        found.setdefault(hit.key, []).append(hit)
    return found


def swaps(row: Row, context: Context, fields: Sequence[str]) -> Iterator[Swap]:
    """Yield at most one swapped concept of each field and version of a row that three versions fill."""
    cells = row.filled
    if len(cells) < 3:
        return
    everywhere = frozenset.intersection(*(_fields_in(c.text, c.lang) for c in cells))
    for field in (f for f in fields if f in everywhere):
        found = {c.lang: concepts(field, c.text, c.lang) for c in cells}
        for cell in cells:
            swap = _swap(field, context, cell, [c for c in cells if c is not cell], found)
            if swap is not None:
                yield swap


def proposals(row: Row, context: Context, fields: Sequence[str]) -> Iterator[Swap]:
    """Yield for each field the two concepts of two versions, neither of which the other has, that face each other best.

    The version at fault is the one that a third, or the declared source, speaks against.
    """
    held = [_fields_in(c.text, c.lang) for c in row.filled]
    for field in (f for f in fields if sum(f in there for there in held) > 1):
        found = {c.lang: concepts(field, c.text, c.lang) for c in row.filled}
        best: tuple[float, Swap] | None = None
        for a, b in combinations(row.filled, 2):
            for has, wants in product(found[a.lang], found[b.lang]):
                if has in found[b.lang] or wants in found[a.lang]:
                    continue
                places = [
                    (facing(context, a, x.span, b, y.span), x.span, y.span)
                    for x, y in product(found[a.lang][has], found[b.lang][wants])
                    if not _common(found[a.lang], x, found[b.lang], y)
                ]
                near, here, there = max(places, key=lambda p: p[0], default=(0.0, Span(0, 0), Span(0, 0)))
                if near >= FACING and (best is None or near > best[0]):
                    one, two = (a, has, _place(context, a, here)), (b, wants, _place(context, b, there))
                    best = near, _of_two(field, one, two, row, found, context)
        if best is not None:
            yield best[1]


def _common(mine: Found, x: Hit, theirs: Found, y: Hit) -> bool:
    """Tell whether two words also stand under one concept."""
    return any(
        any(h.start == x.start for h in hits) and any(h.start == y.start for h in theirs.get(key, ()))
        for key, hits in mine.items()
    )


_Named = tuple[Cell, str, Place]
"""A version, its concept and where it stands."""


def _of_two(field: str, one: _Named, two: _Named, row: Row, found: Mapping[Lang, Found], context: Context) -> Swap:
    """Put a swap on the version that a third, or the declared source, speaks against."""
    names = entries()[field]
    keys = {cell.lang: key for cell, key, _ in (one, two)}
    lang = fault_of_two(context, row, (one[0].lang, two[0].lang), lambda x, third: keys[x] in found[third.lang])
    (_, has, here), (_, wants, there) = (two, one) if lang == two[0].lang else (one, two)
    return Swap(lang, names[has].name, names[wants].name, here, (there,))


def _swap(field: str, context: Context, cell: Cell, others: Sequence[Cell], found: Mapping[Lang, Found]) -> Swap | None:
    mine = found[cell.lang]
    first, second = (found[o.lang] for o in others)
    lost = [key for key in first if key in second and key not in mine]
    put = [key for key in mine if key not in first and key not in second]
    for wants in lost:
        for has in put:
            theirs = [found[o.lang][wants] for o in others]
            hits = [
                h
                for h in mine[has]
                if not any(_common(mine, h, found[o.lang], t) for o, ts in zip(others, theirs, strict=True) for t in ts)
            ]
            swap = _borne_out(context, cell, hits, others, theirs)
            if swap is not None:
                names = entries()[field]
                at, places = swap
                return Swap(cell.lang, names[has].name, names[wants].name, at, places)
    return None


def _borne_out(
    context: Context, cell: Cell, mine: Sequence[Hit], others: Sequence[Cell], theirs: Sequence[Sequence[Hit]]
) -> tuple[Place, tuple[Place, ...]] | None:
    """Return the places where one word faces those of both others and neither is translated elsewhere."""
    if not translated(context, cell, others):
        return None
    for hit in mine:
        span = hit.span
        facings = [
            max(((facing(context, cell, span, o, h.span), -h.start, h) for h in hits), key=lambda x: x[:2])
            for o, hits in zip(others, theirs, strict=True)
        ]
        if min(f for f, _, _ in facings) < FACING:
            continue
        spans = [h.span for _, _, h in facings]
        pairs = list(zip(others, spans, strict=True))
        if any(_alike(context, cell, span, o, s) for o, s in pairs):
            continue
        if max(rendering(context, cell, span, o, s) for o, s in pairs) >= RENDERED:
            continue
        if max(rendering(context, o, s, cell, span) for o, s in pairs) >= RENDERED:
            continue
        return _place(context, cell, span), tuple(_place(context, o, s) for o, s in pairs)
    return None


def _alike(context: Context, a: Cell, span_a: Span, b: Cell, span_b: Span) -> bool:
    one, other = context.encoder.encode([span_a.of(a.text), span_b.of(b.text)])
    return float(one @ other) >= ALIKE


def _place(context: Context, cell: Cell, span: Span) -> Place:
    return context.place(cell.lang, cell.place.start + span.start, cell.place.start + span.end)
