"""What two versions share and the third lacks, word by word.

A phrase of two or three words that is gone moves what the networks say of a pair of versions but little: its words are
only somewhat less likely to be there than the rest. Two other versions that have these words for one another, and both
have none for them in the third, say more than either pair alone (triangulation).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from transcheck.checks import critic
from transcheck.checks.coverage import Words, best_run, judgement, typical_ratio
from transcheck.types import Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_BOUNDS: Final = (-6.0, 4.0)
"""Log-odds that a word is missing are kept within these."""
_DOUBT: Final = -2.2
"""Log-odds from which a word may belong to what is missing."""
_WORTH: Final = -2.5
"""Log-odds by the network of omissions alone that a word of either version must reach for the other network to be
asked: three of four versions of clean rows need not be, nor 5 % of those that lack a phrase."""
_SHARED: Final = -2.0
"""Log-odds that the second version lacks a word, above which the two do not share it."""
_FUNCTION: Final = 0.25
"""Weight of a function word."""

FEATURES: Final = (
    "gain least", "gain most", "mean least", "mean most", "rest", "shared", "agreement", "content", "length", "left",
    "drift least", "drift most", "drift between",
)  # fmt: skip
"""Of the two stretches the smaller and the larger sum and mean of log-odds above ``_DOUBT``; how surely the rest of
their cells is there; how surely the two have the words for one another; which share of the one are counterparts of the
other; how many content words the shorter has (logarithm); how much longer the two are than the third and how much
without the stretches; log-odds of drift of either from the third and of the two from one another.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """A stretch of one version: word indices ``first:last`` and what speaks for it."""

    first: int
    last: int
    gain: float
    mean: float
    rest: float
    shared: float
    content: int


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A stretch of each of two versions that the third lacks: runs by version, and their features."""

    runs: dict[Lang, Run]
    features: tuple[float, ...]


def shared(words: Mapping[Lang, Words], fault: Lang) -> Shared | None:
    """Return what both other versions have and ``fault`` is likeliest to lack; None where nothing is in doubt."""
    import numpy as np

    x, y = (lang for lang in words if lang != fault)
    odds = {own: _odds(words[own], words[fault]) for own in (x, y)}
    if any(not len(o) or float(np.where(words[own].content, o, _BOUNDS[0]).max()) <= _WORTH for own, o in odds.items()):
        return None
    runs: dict[Lang, Run] = {}
    for own, other in ((x, y), (y, x)):
        run = _run(words[own], words[fault], words[other], odds[own])
        if run is None:
            return None
        runs[own] = run
    agreement = min(
        _counterparts(words[x], runs[x], words[y], runs[y]), _counterparts(words[y], runs[y], words[x], runs[x])
    )
    lengths = [[_longer(words[own], words[fault], own, fault, run) for own in (x, y)] for run in (None, runs)]
    drifts = [_drift(words[own], words[fault]) for own in (x, y)]
    a, b = runs[x], runs[y]
    features = (
        min(a.gain, b.gain), max(a.gain, b.gain), min(a.mean, b.mean), max(a.mean, b.mean), max(a.rest, b.rest),
        max(a.shared, b.shared), agreement, float(np.log(min(a.content, b.content))), min(lengths[0]),
        max(abs(v) for v in lengths[1]), min(drifts), max(drifts), _drift(words[x], words[y]),
    )  # fmt: skip
    return Shared(runs, features)


def _odds(own: Words, fault: Words) -> Floats:
    """Return what the network of omissions says of every word, float32 [n]; the least of those that are passed over."""
    import numpy as np

    if own.reading is None or fault.reading is None:
        return np.zeros(0, np.float32)
    odds: Floats = np.where(own.passed_over, _BOUNDS[0], critic.missing(own.reading, fault.reading)[0]).astype(
        np.float32
    )
    return odds


def _run(own: Words, fault: Words, other: Words, odds: Floats) -> Run | None:
    """Return the stretch of ``own`` that ``fault`` is likeliest to lack of what ``other`` has."""
    import numpy as np

    if None in (own.reading, fault.reading, own.deep, fault.deep, other.deep):
        return None
    assert own.reading is not None
    assert fault.reading is not None
    assert own.deep is not None
    assert fault.deep is not None
    assert other.deep is not None
    lacking = np.clip((odds + judgement(own.deep, fault.deep).missing_a) / 2, *_BOUNDS)
    kept = judgement(own.deep, other.deep).missing_a
    counts = np.where(own.passed_over | own.settled, 0.0, np.where(own.content, 1.0, _FUNCTION))
    scores = np.where(kept < _SHARED, lacking - _DOUBT, np.minimum(lacking - _DOUBT, -1.0)) * counts
    first, last, gain = best_run(scores.tolist())
    inside = np.zeros(len(counts), np.bool_)
    inside[first:last] = True
    counted = own.content & ~own.passed_over & ~own.settled
    mine, rest = inside & counted, ~inside & counted
    if gain <= 0 or not mine.any():
        return None
    return Run(
        first, last, float(gain), float(lacking[mine].mean()),
        float(lacking[rest].mean()) if rest.any() else _BOUNDS[0], float(kept[mine].mean()), int(mine.sum()),
    )  # fmt: skip


def _counterparts(a: Words, mine: Run, b: Words, theirs: Run) -> float:
    """Return the share of the content words of a run of ``a`` whose nearest word of ``b`` is in the run of ``b``."""
    chosen = [i for i in range(mine.first, mine.last) if a.content[i] and not a.passed_over[i]]
    nearest = (a.vectors[chosen] @ b.vectors.T).argmax(axis=1)
    return float(((nearest >= theirs.first) & (nearest < theirs.last)).mean())


def _longer(a: Words, b: Words, own: Lang, other: Lang, cut: Mapping[Lang, Run] | None) -> float:
    """Return how much longer than usual a version is than another, as a logarithm; without its run of ``cut``."""
    length = _length(a) - (_length(a, cut[own]) if cut is not None else 0.0)
    return _log(length) - _log(_length(b)) - typical_ratio(own, other)


def _length(words: Words, run: Run | None = None) -> float:
    """Return the salience of the words, or of those of a run."""
    part = slice(run.first, run.last) if run is not None else slice(None)
    return float((words.salience * ~words.passed_over)[part].sum())


def _log(value: float) -> float:
    import numpy as np

    return float(np.log(max(value, 1e-6)))


def _drift(a: Words, b: Words) -> float:
    assert a.deep is not None
    assert b.deep is not None
    return judgement(a.deep, b.deep).drift
