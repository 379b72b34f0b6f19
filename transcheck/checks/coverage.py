"""How well the words of one cell are covered by another, and the stretch that is covered least.

A word is covered by its most similar word of the other cell (the greedy matching of SimAlign, Jalili Sabet et al. 2020,
one way). The stretch that gains most when every word counts its salience times (expected minus found coverage) is the
candidate for a silent omission (maximum subarray, Kadane); whether it is one is judged by a logistic model over a few
features of the stretch, fitted on held-out pairs with and without a removed clause (``training/calibrate.py``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from transcheck.text.reporting import reporting_clauses
from transcheck.text.words import is_function_word
from transcheck.types import Cell, Encoder, Lang, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

EXPECTED = 0.52
"""Coverage at which a word speaks neither for nor against an omission."""

UNCOVERED = 0.42
"""Coverage below which a word has no counterpart."""
_LEAST = 3
"""Words that a stretch must have; shorter differences are for the checks of single words."""
_SURPLUS = 0.4
"""Share of a stretch by which its cell must be longer than the other."""

_MOST = 8.0
"""Bound of log-odds, and what stands for a pair without a stretch."""

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


def typical_ratio(a: str, b: str) -> float:
    """Return the fitted log ratio of the salience of two languages' translations."""
    return float(calibration()["typical"][f"{a}-{b}"])


def logistic(model: dict[str, Any], features: Sequence[float]) -> float:
    """Return the log-odds that a fitted model (``weights``, ``bias``) gives."""
    return float(model["bias"] + sum(w * x for w, x in zip(model["weights"], features, strict=True)))


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a cell: spans in the version, unit vectors [n, d], salience [n], which of them are content words [n]
    and which are passed over [n], in brackets or in a reporting clause. Function words keep a quarter of their
    salience.
    """

    spans: tuple[Span, ...]
    vectors: Floats
    salience: Floats
    content: NDArray[np.bool_]
    passed_over: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """The least covered stretch of a cell: word indices ``first:last``, its span in the version, its features, and the
    salience-weighted sum of its word vectors [d].
    """

    first: int
    last: int
    span: Span
    features: tuple[float, ...]
    vector: Floats


@dataclass(frozen=True, slots=True)
class Lack:
    """What one cell has and another lacks, with the log-odds that the pair alone gives."""

    stretch: Stretch | None
    logit: float


def words_of(cell: Cell, encoder: Encoder) -> Words:
    """Return the words of a cell with absolute spans."""
    import numpy as np

    offset = cell.place.start
    spans, vectors = encoder.words(cell.text)
    content = np.array([not is_function_word(s.of(cell.text), cell.lang) for s in spans], np.bool_)
    salience = encoder.salience(cell.text) * np.where(content, 1.0, 0.25).astype(np.float32)
    inside = np.zeros(len(spans), np.bool_)
    for start, end in _passed_over(cell):
        inside |= np.array([start <= s.start and s.end <= end for s in spans], np.bool_)
    moved = tuple(Span(s.start + offset, s.end + offset) for s in spans)
    return Words(moved, vectors, salience, content, inside)


def _passed_over(cell: Cell) -> Iterator[tuple[int, int]]:
    """Yield what may stand in one version only: bracketed insertions and reporting clauses."""
    for match in _BRACKETED.finditer(cell.text):
        yield match.span()
    for span in reporting_clauses(cell.text, cell.lang):
        yield span.start, span.end


def covered(a: Words, b: Words) -> Floats:
    """Return for each word of ``a`` the cosine of its nearest word of ``b``, float32 [len(a)]; 0 if ``b`` is empty."""
    import numpy as np

    if not len(a.spans) or not len(b.spans):
        return np.zeros(len(a.spans), np.float32)
    best: Floats = np.maximum((a.vectors @ b.vectors.T).max(axis=1), 0.0)
    return best


def least_covered(a: Words, b: Words, coverage: Floats, typical: float = 0.0) -> Stretch | None:
    """Return the stretch of ``a`` that ``b`` covers least, or None where nothing can be missing.

    Nothing is missing where every word is covered as expected, where the stretch holds fewer than ``_LEAST`` words or
    two uncovered content words, or where ``a`` is not longer than ``b`` by a good part of the stretch: then ``b`` says
    the same in other words. ``typical`` is the usual log ratio of the two languages' total salience.
    """
    import numpy as np

    weights = np.where(a.passed_over, 0.0, a.salience)
    total = float(weights.sum())
    if total <= 0 or not len(b.spans):
        return None
    scores = weights * (EXPECTED - coverage)
    first, last, gain = _best_run(scores.tolist())
    if gain <= 0:
        return None
    run = slice(first, last)
    inside = float(weights[run].sum())
    lost = int(((coverage[run] < UNCOVERED) & a.content[run] & ~a.passed_over[run]).sum())
    length_a, length_b = total, float(np.where(b.passed_over, 0.0, b.salience).sum())
    surplus = length_a - length_b * float(np.exp(typical))
    if last - first < _LEAST or lost < 2 or surplus < _SURPLUS * inside:
        return None
    sums = a.vectors * a.salience[:, None]
    whole, part = sums.sum(axis=0), sums[run].sum(axis=0)
    other = (b.vectors * b.salience[:, None]).sum(axis=0)
    features = (
        gain / _mean_salience(a, b),
        float((weights[run] * (coverage[run] < UNCOVERED)).sum()) / max(inside, 1e-6),
        float((weights[run] * coverage[run]).sum()) / max(inside, 1e-6),
        _cosine(whole - part, other) - _cosine(whole, other),
        _cosine(part, other),
        float(np.log(length_a / max(length_b, 1e-6))) - typical,
        abs(float(np.log(max(length_a - inside, 1e-6) / max(length_b, 1e-6))) - typical),
        inside / total,
        float(np.log(last - first)),
    )
    return Stretch(first, last, Span(a.spans[first].start, a.spans[last - 1].end), features, part)


def lack(a: Words, b: Words, model: dict[str, Any], typical: float) -> Lack:
    """Return what ``b`` lacks of ``a``; ``model`` is the fitted logistic model of a stretch."""
    stretch = least_covered(a, b, covered(a, b), typical)
    odds = logistic(model, stretch.features) if stretch else -_MOST
    return Lack(stretch, max(-_MOST, min(_MOST, odds)))


def triple_features(
    found: dict[tuple[Lang, Lang], Lack], fault: Lang, others: tuple[Lang, Lang], added: bool
) -> tuple[float, ...]:
    """Return what speaks for and against one hypothesis in a row of three.

    Omission in ``fault``: what it lacks of each other version, what these lack of one another, what they lack of it,
    and whether the two lost stretches are translations of one another. Addition by ``fault``: the directions turned
    round, and whether both others lack the same words.
    """
    x, y = others
    pairs = [found[fault, o] if added else found[o, fault] for o in others]
    toward = [p.logit for p in pairs]
    away = [(found[o, fault] if added else found[fault, o]).logit for o in others]
    agreement = _agreement(pairs[0].stretch, pairs[1].stretch, added)
    return (min(toward), max(toward), found[x, y].logit, found[y, x].logit, max(away), agreement)


def _agreement(a: Stretch | None, b: Stretch | None, same_text: bool) -> float:
    """Overlap of two stretches of one text (intersection over union), or cosine of two stretches of two texts."""
    if a is None or b is None:
        return 0.0
    if not same_text:
        return _cosine(a.vector, b.vector)
    common = min(a.last, b.last) - max(a.first, b.first)
    return max(0.0, common / (max(a.last, b.last) - min(a.first, b.first)))


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
