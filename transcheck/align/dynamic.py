"""Monotone m:n alignment with gaps by banded dynamic programming, coarse to fine.

The idea of scoring groups of sentences by the cosine of their summed vectors, normalised by what is usual for each of
them (hubness), and of narrowing the search level by level is that of vecalign (Thompson and Koehn 2019). Here a bead
gains by how far its normalised similarity exceeds a threshold and a gap gains nothing, which lets a whole row of the
table be computed at once: gaps along a row are a running maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcheck.align.kinds import apart
from transcheck.align.units import Floats, Units
from transcheck.types import Bead, Span

SHAPES: tuple[tuple[int, int], ...] = (
    (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 4), (4, 1), (1, 5), (5, 1),
)  # fmt: skip
"""Numbers of units on the two sides of a bead. No 2:2: it would hide two sentences that changed places."""

_FULL = 220
"""Sequences up to this length are aligned without a band."""
_RADIUS = 24
"""Half-width of the band around the path found at the coarser level, in units."""
_BLOCK = 256
"""Rows whose similarities are computed in one matrix product."""
_SAMPLE = 256
"""Units of the other side that tell what similarity is usual."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Parameters of the gain of a bead; fitted by ``training/fit_alignment.py`` on held-out documents.

    ``threshold``: normalised similarity at which a bead gains nothing; ``merge``: loss for each unit beyond one a side;
    ``length``: loss for a length ratio of e; ``usual``: similarity expected of unrelated units before any is seen.
    """

    threshold: float = 0.0
    merge: float = 0.26
    length: float = 0.2
    usual: float = 0.05


def align_units(a: Units, b: Units, costs: Costs, shapes: tuple[tuple[int, int], ...] = SHAPES) -> tuple[Bead, ...]:
    """Return beads that cover every unit of both sides once, in order; scores are normalised similarities.

    Time and memory grow with ``len(a) + len(b)``: beyond ``_FULL`` units only a band around the path of the halved
    sequences is searched.
    """
    if not len(a) or not len(b):
        return _gaps(0, len(a), 0, len(b))
    low, high = _band(a, b, costs)
    return _search(a, b, low, high, costs, shapes)


def _gaps(a0: int, a1: int, b0: int, b1: int) -> tuple[Bead, ...]:
    """Return one gap bead for each unit of the two ranges, side a first."""
    left = tuple(Bead(Span(i, i + 1), Span(b0, b0), 0.0) for i in range(a0, a1))
    return left + tuple(Bead(Span(a1, a1), Span(j, j + 1), 0.0) for j in range(b0, b1))


def _band(a: Units, b: Units, costs: Costs) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return for every row 0 … len(a) the first and last column of the search, both ends of the table included."""
    rows, columns = len(a), len(b)
    if max(rows, columns) <= _FULL:
        return np.zeros(rows + 1, np.int64), np.full(rows + 1, columns, np.int64)
    half_a, half_b = a.halved(), b.halved()
    low, high = _band(half_a, half_b, costs)
    path = _search(half_a, half_b, low, high, costs, SHAPES[:1])
    first = np.full(rows + 1, columns, np.int64)
    last = np.zeros(rows + 1, np.int64)
    for bead in path:
        for i in range(2 * bead.a.start, min(2 * bead.a.end, rows) + 1):
            first[i] = min(first[i], 2 * bead.b.start)
            last[i] = max(last[i], min(2 * bead.b.end, columns))
    first[0], last[rows] = 0, columns
    # widen along both axes: a row inherits the limits of the rows within the radius
    first = _running(first, np.minimum, columns) - _RADIUS
    last = _running(last, np.maximum, 0) + _RADIUS
    return np.clip(first, 0, columns), np.clip(last, 0, columns)


def _running(values: NDArray[np.int64], pick: np.ufunc, neutral: int) -> NDArray[np.int64]:
    """Minimum or maximum over a window of ``_RADIUS`` rows to either side."""
    padded = np.concatenate([np.full(_RADIUS, neutral), values, np.full(_RADIUS, neutral)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _RADIUS + 1)
    result: NDArray[np.int64] = pick.reduce(windows, axis=1)
    return result


def usual_similarity(units: Units, others: Units, size: int, start: int, end: int, costs: Costs) -> Floats:
    """Return the mean similarity of each group of ``size`` units to a sample of the other side, shrunk to a prior.

    The best match in the sample is left out: it may be the translation itself. Float32 [groups].
    """
    vectors, _ = units.merged(size, start, end)
    step = max(1, len(others) // _SAMPLE)
    sample, _ = others.merged(1, 0, len(others))
    sims = vectors @ sample[::step].T
    count = sims.shape[1]
    if count < 2:
        return np.full(len(vectors), costs.usual, np.float32)
    total = sims.sum(axis=1) - sims.max(axis=1) if len(vectors) else sims.sum(axis=1)
    prior = 16.0
    mean: Floats = ((total + prior * costs.usual) / (count - 1 + prior)).astype(np.float32)
    return mean


def _search(
    a: Units,
    b: Units,
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    costs: Costs,
    shapes: tuple[tuple[int, int], ...],
) -> tuple[Bead, ...]:
    """Fill the band row by row and trace the best path back."""
    rows, columns = len(a), len(b)
    width = int((high - low).max()) + 1
    deepest = max(m for m, _ in shapes)
    best = np.full((deepest + 1, columns + 1), -np.inf, np.float32)
    choice = np.full((rows + 1, width), -1, np.int8)
    gained = np.zeros((rows + 1, width), np.float32)
    best[0, low[0] : high[0] + 1] = 0.0
    usual_b = {n: usual_similarity(b, a, n, 0, columns, costs) for n in {n for _, n in shapes}}
    for top in range(0, rows, _BLOCK):
        gains = _block_gains(a, b, top, min(rows, top + _BLOCK), low, high, costs, shapes, usual_b)
        for i in range(top + 1, min(rows, top + _BLOCK) + 1):
            _row(i, low, high, best, choice, gained, gains, shapes, deepest)
    return _trace(rows, columns, low, choice, gained, shapes)


def length_loss(a: Floats, b: Floats) -> Floats:
    """Return [len(a), len(b)]: how far the ratio of two lengths is from one, in units of e; small ratios are free."""
    ratio = np.abs(np.log(a)[:, None] - np.log(b)[None, :])
    loss: Floats = np.maximum(ratio - 0.2, 0.0)
    return loss


Gains = dict[tuple[int, int], tuple[int, int, Floats]]


def _block_gains(
    a: Units,
    b: Units,
    top: int,
    bottom: int,
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    costs: Costs,
    shapes: tuple[tuple[int, int], ...],
    usual_b: dict[int, Floats],
) -> Gains:
    """Gains of beads that end in rows ``top + 1 … bottom``: shape -> (first start row, first start column, matrix)."""
    found: Gains = {}
    reach = slice(max(0, top + 1 - max(m for m, _ in shapes)), bottom + 1)
    left, right = int(low[reach].min()), int(high[reach].max())
    sizes_b = {n: b.merged(n, left, right) for n in {n for _, n in shapes}}
    kinds_b = {n: b.merged_kinds(n, left, right) for n in sizes_b}
    for m in sorted({m for m, _ in shapes}):
        start = max(0, top + 1 - m)
        vectors, lengths = a.merged(m, start, bottom)
        usual_a = usual_similarity(a, b, m, start, bottom, costs)
        kinds = a.merged_kinds(m, start, bottom)
        for n in [n for x, n in shapes if x == m]:
            other, other_lengths = sizes_b[n]
            if not len(vectors) or not len(other):
                continue
            normal = vectors @ other.T
            normal -= 0.5 * usual_a[:, None] + 0.5 * usual_b[n][left : left + len(other)][None, :]
            normal -= costs.length * length_loss(lengths, other_lengths)
            gain = (m + n) / 2.0 * (normal - costs.threshold) - costs.merge * (m + n - 2)
            others = kinds_b[n]
            if kinds is not None and others is not None:
                gain[apart(kinds, others)] = -np.inf
            found[m, n] = (start, left, gain.astype(np.float32))
    return found


def _row(
    i: int,
    low: NDArray[np.int64],
    high: NDArray[np.int64],
    best: Floats,
    choice: NDArray[np.int8],
    gained: Floats,
    gains: Gains,
    shapes: tuple[tuple[int, int], ...],
    deepest: int,
) -> None:
    """Fill row ``i``: beads from earlier rows, a gap from the row above, then gaps along the row."""
    lo, hi = int(low[i]), int(high[i])
    ring = deepest + 1
    score = np.full(hi - lo + 1, -np.inf, np.float32)
    pick = np.full(hi - lo + 1, -1, np.int8)
    gain_row = np.zeros(hi - lo + 1, np.float32)
    for index, (m, n) in enumerate(shapes):
        if i < m or (m, n) not in gains:
            continue
        start, left, matrix = gains[m, n]
        row = i - m - start
        if not 0 <= row < len(matrix):
            continue
        first, last = max(lo, left + n, n), min(hi, left + matrix.shape[1] - 1 + n)
        if last < first:
            continue
        gain = matrix[row, first - n - left : last - n - left + 1]
        total = best[(i - m) % ring, first - n : last - n + 1] + gain
        target = slice(first - lo, last - lo + 1)
        better = total > score[target]
        score[target] = np.where(better, total, score[target])
        pick[target] = np.where(better, index, pick[target])
        gain_row[target] = np.where(better, gain, gain_row[target])
    above = best[(i - 1) % ring, lo : hi + 1]
    take = above >= score
    score, pick = np.where(take, above, score), np.where(take, np.int8(-2), pick)
    running = np.maximum.accumulate(score)
    pick = np.where(running > score, np.int8(-3), pick)
    line = best[i % ring]
    line[:] = -np.inf
    line[lo : hi + 1] = running
    choice[i, : hi - lo + 1] = pick
    gained[i, : hi - lo + 1] = gain_row


def _trace(
    rows: int,
    columns: int,
    low: NDArray[np.int64],
    choice: NDArray[np.int8],
    gained: Floats,
    shapes: tuple[tuple[int, int], ...],
) -> tuple[Bead, ...]:
    """Walk back from the far corner; return the beads in order."""
    beads: list[Bead] = []
    i, j = rows, columns
    while i > 0 or j > 0:
        pick = int(choice[i, j - low[i]]) if i > 0 else -3
        if pick >= 0:
            m, n = shapes[pick]
            beads.append(Bead(Span(i - m, i), Span(j - n, j), float(gained[i, j - low[i]])))
            i, j = i - m, j - n
        elif pick == -2:
            beads.append(Bead(Span(i - 1, i), Span(j, j), 0.0))
            i -= 1
        else:
            beads.append(Bead(Span(i, i), Span(j - 1, j), 0.0))
            j -= 1
    return tuple(reversed(beads))
