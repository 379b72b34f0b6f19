"""Whether two words of different versions stand in one place, and whether a word has its rendering elsewhere.

Checks that compare listed words ask this before they speak: *before* and *следуя* are opposites only where the words
around them are translations of each other and neither has a translation of its own in the other version.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from transcheck.checks.base import Context
from transcheck.text.words import is_function_word
from transcheck.types import Cell, Place, Span

WINDOW: Final = 4
"""Words on either side whose renderings tell where the word should stand."""
NEAR: Final = 6
"""Words that a rendering may be away from the place that faces it."""
SURE: Final = 0.4
"""From this cosine a mutual best match is taken for a rendering."""
SHORT: Final = 10
"""Cells of so few words are one place."""
MATCH: Final = 0.45
"""The same for words that are to bound a stretch of a quotation."""
TRANSLATED: Final = 0.4
"""Cosine of a cell to the others from which it is their translation on the whole."""
AT_EASE: Final = 0.25
"""Difference of the relative places that is usual where no word around has a rendering."""


def facing(ctx: Context, a: Cell, span_a: Span, b: Cell, span_b: Span) -> float:
    """Return how surely two spans (code points of their cells) stand in one place, 0 to 1.

    The share of the words around either span whose mutual best match in the other cell lies near the other span; by
    relative place, 1 or 0, where no word around has one.
    """
    spans_a, rows_a = ctx.encoder.words(a.text)
    spans_b, rows_b = ctx.encoder.words(b.text)
    at_a, at_b = _covered(spans_a, span_a), _covered(spans_b, span_b)
    if not at_a or not at_b:
        return 1.0
    similar = rows_a @ rows_b.T
    best_a, best_b = similar.argmax(axis=1), similar.argmax(axis=0)
    pairs = [
        (i, int(j))
        for i, j in enumerate(best_a)
        if best_b[j] == i and similar[i, j] >= SURE and i not in at_a and int(j) not in at_b
    ]
    votes = [min(abs(j - x) for x in at_b) <= NEAR for i, j in pairs if _close(i, at_a)]
    votes += [min(abs(i - x) for x in at_a) <= NEAR for i, j in pairs if _close(j, at_b)]
    if votes:
        return sum(votes) / len(votes)
    if min(len(spans_a), len(spans_b)) <= SHORT:
        return 1.0
    return float(abs(at_a[0] / len(spans_a) - at_b[0] / len(spans_b)) <= AT_EASE)


def rendering(ctx: Context, a: Cell, span: Span, b: Cell, besides: Span) -> float:
    """Return the cosine of the word at ``span`` of ``a`` to its nearest word of ``b`` outside ``besides``, 0 for none.

    Of several words the least counts, so that a phrase is rendered when all of it is.

    ``besides`` is the word that is held against it: a word whose translation stands elsewhere is no opposite of that.
    """
    spans_a, rows_a = ctx.encoder.words(a.text)
    spans_b, rows_b = ctx.encoder.words(b.text)
    mine, excluded = _covered(spans_a, span), set(_covered(spans_b, besides))
    rest = [j for j in range(len(spans_b)) if j not in excluded]
    if not mine or not rest:
        return 0.0
    return max(0.0, float((rows_a[mine] @ rows_b[rest].T).max(axis=1).min()))


def translated(ctx: Context, cell: Cell, others: Sequence[Cell]) -> bool:
    """Tell whether a cell says on the whole what the others say: else another finding reports all of it."""
    vectors = ctx.encoder.encode([cell.text, *(o.text for o in others)])
    return float((vectors[1:] @ vectors[0]).min()) >= TRANSLATED


def renderings(ctx: Context, cell: Cell, other: Cell) -> list[tuple[Span, Span]]:
    """Return the content words of ``other`` with the words of ``cell`` that render them, in the order of ``cell``."""
    spans_a, rows_a = ctx.encoder.words(cell.text)
    spans_b, rows_b = ctx.encoder.words(other.text)
    if not spans_a or not spans_b:
        return []
    similar = rows_a @ rows_b.T
    best = similar.argmax(axis=0)
    return [
        (spans_a[i], spans_b[j])
        for i, j in enumerate(similar.argmax(axis=1))
        if best[j] == i and similar[i, j] >= MATCH and not is_function_word(spans_b[j].of(other.text), other.lang)
    ]


def gap(ctx: Context, cell: Cell, at: int, other: Cell) -> Span:
    """Return the stretch of ``other`` that stands in place of an elision at ``at`` in ``cell`` (below 0: before it)."""
    hits = renderings(ctx, cell, other)
    before = [there for here, there in hits if here.end <= at]
    after = [there for here, there in hits if here.start >= at]
    start = before[-1].end if before else 0
    end = after[0].start if after else len(other.text)
    return Span(min(start, end), max(start, end))


def point(ctx: Context, cell: Cell, other: Cell, place: Place) -> Place:
    """Return the point of ``cell`` that lies as far in, at the beginning of a word, as a place does in ``other``."""
    share = (place.start - other.place.start) / max(1, other.place.end - other.place.start)
    at = round(share * len(cell.text))
    while 0 < at < len(cell.text) and not cell.text[at - 1].isspace():
        at -= 1
    return ctx.place(cell.lang, cell.place.start + at, cell.place.start + at)


def inside(cell: Cell, place: Place) -> Span:
    """Return a place of the version as a span of the cell."""
    return Span(place.start - cell.place.start, place.end - cell.place.start)


def _covered(spans: tuple[Span, ...], place: Span) -> list[int]:
    return [i for i, s in enumerate(spans) if s.overlaps(place)]


def _close(at: int, places: list[int]) -> bool:
    return min(abs(at - x) for x in places) <= WINDOW
