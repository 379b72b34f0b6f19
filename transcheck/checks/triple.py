"""What two versions share and the third lacks, or one has alone, word by word.

A phrase of two or three words that is gone moves what the networks say of a pair of versions but little: its words are
only somewhat less likely to be there than the rest. Two other versions that have these words for one another, and both
have none for them in the third, say more than either pair alone (triangulation); and so do two that both lack what
the third has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from transcheck.checks import critic
from transcheck.checks.coverage import Words, best_run, judgement, typical_ratio
from transcheck.types import Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

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
    "drift least", "drift most", "drift between", "instead",
)  # fmt: skip
"""Of the two stretches the smaller and the larger sum and mean of log-odds above ``_DOUBT``; how surely the rest of
their cells is there; how surely the two have the words for one another; which share of the one are counterparts of the
other; how many content words the shorter has (logarithm); how much longer the two are than the third and how much
without the stretches; log-odds of drift of either from the third and of the two from one another; how surely both lack
a word of the third, which may be what it has for the stretch: *toll* for «плата за проезд».
"""


ALONE_FEATURES: Final = (
    "gain least", "gain most", "mean least", "mean most", "rest", "content", "length", "left", "drift least",
    "drift most", "drift between", "share", "back most", "back least",
)  # fmt: skip
"""Of a stretch that one version has alone the same, towards either of the two others; its share of the version; how
surely these have two words that the version lacks, which then says something else instead of something more.
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


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """A stretch that one version has alone, word indices ``first:last``, and its features."""

    first: int
    last: int
    features: tuple[float, ...]


def alone(words: Mapping[Lang, Words], own: Lang) -> Alone | None:
    """Return what both other versions are likeliest to lack of ``own``; None where nothing is in doubt."""
    import numpy as np

    mine = words[own]
    x, y = (lang for lang in words if lang != own)
    first_odds = {other: _odds(mine, words[other]) for other in (x, y)}
    if not all(_in_doubt(mine, odds) for odds in first_odds.values()) or any(w.deep is None for w in words.values()):
        return None
    lacking = [_lacking(mine, words[other], odds) for other, odds in first_odds.items()]
    counts = np.where(mine.passed_over | mine.settled, 0.0, np.where(mine.content, 1.0, _FUNCTION))
    first, last, gain = best_run(((np.mean(lacking, axis=0) - _DOUBT) * counts).tolist())
    run = slice(first, last)
    inside, rest = _parted(mine, run)
    if gain <= 0 or not inside.any():
        return None
    gains = [float(((odds - _DOUBT) * counts)[run].sum()) for odds in lacking]
    means = [float(odds[inside].mean()) for odds in lacking]
    left = [float(odds[rest].mean()) if rest.any() else _BOUNDS[0] for odds in lacking]
    longer = [[_longer(mine, words[other], own, other, cut) for other in (x, y)] for cut in (None, run)]
    drifts = [_drift(mine, words[other]) for other in (x, y)]
    back = [_most(words[other], mine) for other in (x, y)]
    features = (
        min(gains), max(gains), min(means), max(means), max(left), float(np.log(inside.sum())),
        min(longer[0]), max(abs(v) for v in longer[1]), min(drifts), max(drifts), _drift(words[x], words[y]),
        _length(mine, run) / max(_length(mine), 1e-6), max(back), min(back),
    )  # fmt: skip
    return Alone(first, last, features)


def shared(words: Mapping[Lang, Words], fault: Lang) -> Shared | None:
    """Return what both other versions have and ``fault`` is likeliest to lack; None where nothing is in doubt."""
    import numpy as np

    x, y = (lang for lang in words if lang != fault)
    odds = {own: _odds(words[own], words[fault]) for own in (x, y)}
    if not all(_in_doubt(words[own], o) for own, o in odds.items()):
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
    cuts = {own: slice(run.first, run.last) for own, run in runs.items()}
    lengths = [[_longer(words[own], words[fault], own, fault, c.get(own)) for own in (x, y)] for c in ({}, cuts)]
    drifts = [_drift(words[own], words[fault]) for own in (x, y)]
    a, b = runs[x], runs[y]
    features = (
        min(a.gain, b.gain), max(a.gain, b.gain), min(a.mean, b.mean), max(a.mean, b.mean), max(a.rest, b.rest),
        max(a.shared, b.shared), agreement, float(np.log(min(a.content, b.content))), min(lengths[0]),
        max(abs(v) for v in lengths[1]), min(drifts), max(drifts), _drift(words[x], words[y]),
        _instead(words[fault], (words[x], words[y])),
    )  # fmt: skip
    return Shared(runs, features)


def _instead(own: Words, others: Sequence[Words]) -> float:
    """Return how surely all ``others`` lack the content word of ``own`` that they are likeliest to lack."""
    import numpy as np

    lacking = np.min([_lacking(own, other, _odds(own, other)) for other in others], axis=0)
    return float(np.where(own.content & ~own.passed_over & ~own.settled, lacking, _BOUNDS[0]).max())


def _odds(own: Words, fault: Words) -> Floats:
    """Return what the network of omissions says of every word, float32 [n]; the least of those that are passed over."""
    import numpy as np

    if own.reading is None or fault.reading is None:
        return np.zeros(0, np.float32)
    odds: Floats = np.where(own.passed_over, _BOUNDS[0], critic.missing(own.reading, fault.reading)[0]).astype(
        np.float32
    )
    return odds


def _in_doubt(own: Words, odds: Floats) -> bool:
    """Tell whether any content word is likely enough to be missing for the network of drift to be asked."""
    import numpy as np

    return bool(len(odds)) and float(np.where(own.content, odds, _BOUNDS[0]).max()) > _WORTH


def _lacking(own: Words, other: Words, odds: Floats) -> Floats:
    """Return the log-odds by both networks that each word of ``own`` is missing in ``other``, float32 [n]."""
    import numpy as np

    assert own.deep is not None
    assert other.deep is not None
    lacking: Floats = np.clip((odds + judgement(own.deep, other.deep).missing_a) / 2, *_BOUNDS)
    return lacking


def _parted(own: Words, run: slice) -> tuple[Flags, Flags]:
    """Return which content words stand in a run and which do not, but for those that other checks compare."""
    import numpy as np

    inside = np.zeros(len(own.spans), np.bool_)
    inside[run] = True
    counted = own.content & ~own.passed_over & ~own.settled
    return inside & counted, ~inside & counted


def _most(own: Words, other: Words) -> float:
    """Return how surely ``other`` lacks two content words of ``own``, the mean of the two largest log-odds."""
    import numpy as np

    lacking = _lacking(own, other, _odds(own, other))[own.content & ~own.passed_over & ~own.settled]
    return float(np.sort(lacking)[-2:].mean()) if len(lacking) else _BOUNDS[0]


def _run(own: Words, fault: Words, other: Words, odds: Floats) -> Run | None:
    """Return the stretch of ``own`` that ``fault`` is likeliest to lack of what ``other`` has."""
    import numpy as np

    if own.deep is None or fault.deep is None or other.deep is None:
        return None
    lacking = _lacking(own, fault, odds)
    kept = judgement(own.deep, other.deep).missing_a
    counts = np.where(own.passed_over | own.settled, 0.0, np.where(own.content, 1.0, _FUNCTION))
    scores = np.where(kept < _SHARED, lacking - _DOUBT, np.minimum(lacking - _DOUBT, -1.0)) * counts
    first, last, gain = best_run(scores.tolist())
    mine, rest = _parted(own, slice(first, last))
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


def _longer(a: Words, b: Words, own: Lang, other: Lang, cut: slice | None) -> float:
    """Return how much longer than usual a version is than another, as a logarithm; without the words of ``cut``."""
    length = _length(a) - (_length(a, cut) if cut is not None else 0.0)
    return _log(length) - _log(_length(b)) - typical_ratio(own, other)


def _length(words: Words, run: slice = slice(None)) -> float:
    """Return the salience of the words, or of those of a run."""
    return float((words.salience * ~words.passed_over)[run].sum())


def _log(value: float) -> float:
    import numpy as np

    return float(np.log(max(value, 1e-6)))


def _drift(a: Words, b: Words) -> float:
    assert a.deep is not None
    assert b.deep is not None
    return judgement(a.deep, b.deep).drift
