"""How well the words of one cell are covered by another, and the stretch that is covered least.

A word is covered by its most similar word of the other cell (the greedy matching of SimAlign, Jalili Sabet et al. 2020,
one way). The stretch that gains most when every word counts its salience times (expected minus found coverage) is the
candidate for a silent omission (maximum subarray, Kadane); whether it is one is judged by a logistic model over a few
features of the stretch, fitted on held-out pairs with and without a removed clause (``training/calibrate.py``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from transcheck.types import Cell, Encoder, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

EXPECTED = 0.52
"""Coverage at which a word speaks neither for nor against an omission."""

FEATURES = (
    "gain",
    "uncovered",
    "coverage",
    "removal",
    "likeness",
    "length",
    "length_after",
    "share",
    "words",
)
"""Names of the features of a stretch, in the order of the fitted weights."""

_BRACKETED = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")


@lru_cache(maxsize=1)
def calibration() -> dict[str, Any]:
    """Return the fitted numbers (``checks/data/calibration.json``), each with what it was fitted on."""
    text = (resources.files("transcheck.checks") / "data" / "calibration.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def logistic(model: dict[str, Any], features: Sequence[float]) -> float:
    """Return the log-odds that a fitted model (``weights``, ``bias``) gives."""
    return float(model["bias"]) + sum(w * x for w, x in zip(model["weights"], features, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a cell: spans in the version, unit vectors [n, d], salience [n], and which stand in brackets [n]."""

    spans: tuple[Span, ...]
    vectors: Floats
    salience: Floats
    bracketed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Stretch:
    """The least covered stretch of a cell: word indices ``first:last``, its span in the version, and its features."""

    first: int
    last: int
    span: Span
    features: tuple[float, ...]


def words_of(cell: Cell, encoder: Encoder) -> Words:
    """Return the words of a cell with absolute spans."""
    import numpy as np

    offset = cell.place.start
    spans, vectors = encoder.words(cell.text)
    salience = encoder.salience(cell.text)
    inside = np.zeros(len(spans), np.bool_)
    for match in _BRACKETED.finditer(cell.text):
        inside |= np.array([match.start() <= s.start and s.end <= match.end() for s in spans], np.bool_)
    moved = tuple(Span(s.start + offset, s.end + offset) for s in spans)
    return Words(moved, vectors, salience, inside)


def covered(a: Words, b: Words) -> Floats:
    """Return for each word of ``a`` the cosine of its nearest word of ``b``, float32 [len(a)]; 0 where ``b`` is empty."""
    import numpy as np

    if not len(a.spans) or not len(b.spans):
        return np.zeros(len(a.spans), np.float32)
    best: Floats = np.maximum((a.vectors @ b.vectors.T).max(axis=1), 0.0)
    return best


def least_covered(a: Words, b: Words, coverage: Floats) -> Stretch | None:
    """Return the stretch of ``a`` that ``b`` covers least, or None where every word is covered as expected."""
    import numpy as np

    weights = np.where(a.bracketed, 0.0, a.salience)
    total = float(weights.sum())
    if total <= 0 or not len(b.spans):
        return None
    scores = weights * (EXPECTED - coverage)
    first, last, gain = _best_run(scores.tolist())
    if gain <= 0:
        return None
    run = slice(first, last)
    inside = float(weights[run].sum())
    sums = a.vectors * a.salience[:, None]
    whole, part = sums.sum(axis=0), sums[run].sum(axis=0)
    other = (b.vectors * b.salience[:, None]).sum(axis=0)
    length_a, length_b = float(a.salience.sum()), float(b.salience.sum())
    features = (
        gain / _mean_salience(a, b),
        float((weights[run] * (coverage[run] < 0.4)).sum()) / max(inside, 1e-6),
        float((weights[run] * coverage[run]).sum()) / max(inside, 1e-6),
        _cosine(whole - part, other) - _cosine(whole, other),
        _cosine(part, other),
        float(np.log(length_a / max(length_b, 1e-6))),
        abs(float(np.log(max(length_a - inside, 1e-6) / max(length_b, 1e-6)))),
        inside / total,
        float(np.log(last - first)),
    )
    return Stretch(first, last, Span(a.spans[first].start, a.spans[last - 1].end), features)


def _mean_salience(a: Words, b: Words) -> float:
    """Mean salience of a word of the two cells."""
    return max(1e-6, float(a.salience.sum() + b.salience.sum()) / max(1, len(a.spans) + len(b.spans)))


def _best_run(scores: Sequence[float]) -> tuple[int, int, float]:
    """Return start, end and sum of the run with the largest sum (0, 0, 0 where none is positive)."""
    best = (0, 0, 0.0)
    start, total = 0, 0.0
    for index, score in enumerate(scores):
        if total <= 0:
            start, total = index, 0.0
        total += score
        if total > best[2]:
            best = (start, index + 1, total)
    return best


def _cosine(a: Floats, b: Floats) -> float:
    """Cosine of two vectors, 0 where one is empty."""
    import numpy as np

    norm = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / norm if norm > 0 else 0.0
