"""TC503 as marked cuts read: what the word lists do not know (:mod:`transcheck.checks.cuts_read`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from transcheck.checks.base import Check, Context, quote_finding
from transcheck.checks.cuts_read import cuts, log_odds
from transcheck.types import Cell, Finding, Lang, Place, Span

READ: Final = 2.3
"""Log-odds from which a cut that the word lists leave in peace takes along what turns the rest. With the
lists, while there were nineteen writers, 3.7 % of 1,338 honest ones by others than those it learnt from were found, and
51 % of 1,595 faulty ones, most of them worded so that no list finds them; by the lists alone 3.1 and 19 %.
"""
LISTED: Final = 0.0
"""Log-odds below which one that they take for faulty is left in peace."""


def whole(ctx: Context) -> tuple[Cell, ...]:
    """Return every version of the document as one cell."""
    return tuple(Cell(v.lang, (0,), ctx.place(v.lang, 0, len(v.text))) for v in ctx.document.versions)


def swallowing(of: Check, ctx: Context, cells: Sequence[Cell], listed: Collection[Lang]) -> Iterator[Finding]:
    """Yield a finding of ``of`` on the likeliest faulty cut of each version that no list finds one in.

    ``cells`` hold the same statement in two or three versions. A cut counts as it reads, in the mean, beside every
    version that has something in its place.
    """
    for cell in cells:
        if cell.lang in listed:
            continue
        best = max(_read(ctx, cell, cells, listed=False), default=None, key=lambda found: found[0])
        if best is None or best[0] < READ:
            continue
        _, mark, places = best
        left_out = ", ".join(f"{p.lang}: {p.text}" for p in places)
        message = f"the elision in {cell.lang} leaves out words that change the sense of the rest ({left_out})"
        start = cell.place.start
        at = ctx.place(cell.lang, start + mark.start, start + mark.end)
        row = next((r.index for r in ctx.rows if at.start < r.cell(cell.lang).place.end), None)
        yield quote_finding(of, cell.lang, len(places), message, at, places, row)


def innocent(ctx: Context, cell: Cell, cells: Sequence[Cell]) -> bool:
    """Tell whether what can be read of the cuts of a version reads as honest, although a list finds fault with one."""
    found = [odds for odds, *_ in _read(ctx, cell, cells, listed=True)]
    return bool(found) and max(found) < LISTED


def _read(
    ctx: Context, cell: Cell, cells: Sequence[Cell], *, listed: bool
) -> Iterator[tuple[float, Span, tuple[Place, ...]]]:
    """Yield for every mark of ``cell`` the mean log-odds, the mark, and what the others have in its place."""
    found: dict[Span, list[tuple[float, Place]]] = {}
    for other in cells:
        if other.lang == cell.lang:
            continue
        for cut in cuts(ctx.encoder, cell.text, cell.lang, other.text, other.lang):
            odds = log_odds(ctx.encoder, cell.text, cell.lang, other.text, other.lang, cut, listed)
            start = other.place.start
            place = ctx.place(other.lang, start + cut.swallowed.start, start + cut.swallowed.end)
            found.setdefault(cut.mark, []).append((odds, place))
    for mark, there in found.items():
        if len(there) == len(cells) - 1:
            yield sum(odds for odds, _ in there) / len(there), mark, tuple(p for _, p in there)
