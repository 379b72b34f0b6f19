"""Runs of words that a version may lack, or have alone, and how likely it is that they were left out or put in.

A candidate is the stretch that gains most when the log-odds of its words are added up (maximum subarray, Kadane); with
three versions a stretch of each of the two that may share it. Boosted trees judge it by what stands in it, what is
left of the versions without it, whether the other version has room for another rendering where it should stand, and
whether the rows beside have it (``training/fit_lacking.py``).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from transcheck.checks import critic, trees
from transcheck.checks.base import Context
from transcheck.checks.confidence import RENDERED, rendered
from transcheck.checks.coverage import Words, absent, best_run, joined, judgement, part_of, words_of
from transcheck.checks.lacking import (
    ALONE,
    CHANGED,
    DEEP,
    GONE,
    LISTED,
    MATCH,
    MISSING,
    NEAR,
    PAIR,
    RATE,
    SHARED,
    odds,
    stored,
    towards,
)
from transcheck.types import LANGS, Lang, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

_WORTH: Final = -2.5
"""Log-odds by the network of omissions that a content word must reach for the others to be asked, which cost more."""
_DOUBT: Final = -1.0
"""Log-odds from which a word may belong to what is lacking."""
_BOUND: Final = 4.0
"""Bound of the log-odds of one word in a sum."""
_FUNCTION: Final = 0.25
"""Weight of a function word."""
_NEVER: Final = 0.05
"""Rate of the table of translations below which a word renders no other."""
_LINKED: Final = 0.3
"""Likeness from which two words that chose each other are counterparts."""
_FAR: Final = 6.0
"""Bound of what is said of the rows beside, and what stands for there being none."""

VIEW: Final = (
    "gain", "mean", "most", "least", "rest most", "rest mean", "missing", "gone", "changed", "rate", "never",
    "never listed", "rendered", "near", "nearest", "deep", "content", "settled", "share", "free", "words", "room",
    "between", "crossed", "inside", "first", "last", "longer", "longer after", "around", "beside", "opens", "closes",
    "slack", "drift",
)  # fmt: skip
"""Of a stretch from the version that may lack it: sum, mean, largest and least log-odds of its words, the largest and
the mean outside; the means of the columns of :mod:`transcheck.checks.lacking`, how many of its content words render
none of the other version, how many of those are listed and how many have a rendering; the nearest cosine; how many
content words it has and how many that other checks compare; its share of the version; how many content words outside
it have no rendering, of how many. In the other version: content words between the counterparts of the words before and
behind it that are nobody's, and all of them, whether these counterparts stand in the other order, how many words have
a counterpart in the stretch, whether there is none before or behind. How much longer its version is with it and
without it (logarithms of characters); the log-odds that the rows around lack it; the share that the rows beside render;
whether punctuation stands before and behind it; content words of the other version without a rendering; log-odds of
drift between the two.
"""
WHOLE: Final = {
    PAIR: ("rows", *(f"own {x}" for x in LANGS), *(f"other {x}" for x in LANGS)),
    SHARED: ("agreement", "rendering", "kept", "lone", "drift between", "rows", *(f"fault {x}" for x in LANGS)),
    ALONE: ("instead", "drift between", "rows", *(f"fault {x}" for x in LANGS)),
}
"""Of a candidate as a whole: how many rows stand around; the version that may lack it, or has it alone. Of what two
share, which part of the one stretch is counterpart to the other by vectors and by the table, how surely each has the
other's words, content words of the third that neither renders, drift between the two. Of what one has alone, words
that the two others share and it lacks, which may be what it stands for.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a version, word indices ``first:last``."""

    first: int
    last: int


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """What may be lacking: its ``kind``, the version ``at`` that lacks it or, with ALONE, has it, its stretch in each
    version that has it, and the features that the trees weigh.
    """

    kind: str
    at: Lang
    runs: Mapping[Lang, Run]
    features: tuple[float, ...]

    @property
    def log_odds(self) -> float:
        """Log-odds that it was left out or put in, where about as many are as are not."""
        return trees.log_odds(stored(), self.kind, self.features)


Cache = dict[tuple[int, Lang], Words]


def words_at(context: Context, row: Row, lang: Lang, cache: Cache) -> Words:
    """Return the words of a cell, read once."""
    key = (row.index, lang)
    if key not in cache:
        cache[key] = words_of(row.cell(lang), context.encoder)
    return cache[key]


def candidates(context: Context, row: Row, cache: Cache) -> Iterator[Candidate]:
    """Yield what a version of a row of two or three may lack or have alone."""
    words = {c.lang: words_at(context, row, c.lang, cache) for c in row.filled}
    if any(w.reading is None for w in words.values()):
        return
    doubted = {(a, b) for a in words for b in words if a != b and _in_doubt(words[a], words[b])}
    for own in words:
        others = [x for x in words if x != own]
        if len(others) == 1:
            hypotheses = [(PAIR, others[0], [(own, others[0])])]
        else:
            hypotheses = [(SHARED, own, [(x, own) for x in others]), (ALONE, own, [(own, x) for x in others])]
        for kind, at, views in hypotheses:
            if doubted.issuperset(views) and all(w.deep is not None for w in words.values()):
                found = _candidate(context, row, words, cache, kind, at, views)
                if found is not None:
                    yield found


def _in_doubt(own: Words, other: Words) -> bool:
    """Tell whether any content word is likely enough to be missing for the other networks to be asked."""
    import numpy as np

    assert own.reading is not None
    assert other.reading is not None
    missing = critic.missing(own.reading, other.reading)[0]
    return float(np.where(own.content & ~own.passed_over, missing, -_FAR).max()) > _WORTH


def _candidate(
    context: Context,
    row: Row,
    words: Mapping[Lang, Words],
    cache: Cache,
    kind: str,
    at: Lang,
    views: Sequence[tuple[Lang, Lang]],
) -> Candidate | None:
    """Return the likeliest stretch by the log-odds of its words; None where no word is in doubt."""
    import numpy as np

    likely = {own: odds(kind, words, own, other) for own, other in views}
    runs: dict[Lang, Run] = {}
    for own, found in likely.items():
        mine = words[own]
        counts = np.where(mine.passed_over, 0.0, np.where(mine.content, 1.0, _FUNCTION))
        first, last, gain = best_run(((np.clip(found, -_BOUND, _BOUND) - _DOUBT) * counts).tolist())
        if gain <= 0 or not (mine.content & ~mine.passed_over)[first:last].any():
            return None
        runs[own] = Run(first, last)
    seen = [_view(context, row, words, cache, own, runs[own], other, likely[own]) for own, other in views]
    by_feature = list(zip(*seen, strict=True))
    both = [f(values) for f in (min, max) for values in by_feature] if len(seen) > 1 else [v for (v,) in by_feature]
    near = float(sum(abs(r.index - row.index) <= 1 for r in context.rows))
    features = (*both, *_whole(words, kind, at, runs, near))
    return Candidate(kind, at, runs, tuple(float(v) for v in features))


def _view(
    context: Context,
    row: Row,
    words: Mapping[Lang, Words],
    cache: Cache,
    own: Lang,
    run: Run,
    other: Lang,
    likely: Floats,
) -> tuple[float, ...]:
    """Return the features of :data:`VIEW`."""
    import numpy as np

    mine, theirs = words[own], words[other]
    columns = towards(mine, theirs).columns
    counted = mine.content & ~mine.passed_over
    inside = np.zeros(len(mine.spans), np.bool_)
    inside[run.first : run.last] = True
    rest, inside = counted & ~inside, counted & inside
    bounded = np.clip(likely, -_BOUND, _BOUND)
    never, there = columns[:, RATE] < _NEVER, columns[:, RATE] >= RENDERED
    total = float((mine.salience * ~mine.passed_over).sum())
    cell, text = row.cell(own).place, row.cell(own).text
    start, end = mine.spans[run.first].start, mine.spans[run.last - 1].end
    before, behind = text[: start - cell.start].rstrip(), text[end - cell.start :].lstrip()
    size, target = max(1, len(text)), max(1, len(row.cell(other).text))
    part = part_of(mine, run.first, run.last)
    means = [float(columns[inside, c].mean()) for c in (MISSING, GONE, CHANGED, RATE)]
    assert mine.deep is not None
    assert theirs.deep is not None
    return (
        float((bounded[inside] - _DOUBT).sum()),
        *(float(f(bounded[inside])) for f in (np.mean, np.max, np.min)),
        *((float(bounded[rest].max()), float(bounded[rest].mean())) if rest.any() else (-_BOUND, -_BOUND)),
        *means,
        float((inside & never).sum()),
        float((inside & never & (columns[:, LISTED] > 0)).sum()),
        float((inside & there).sum()),
        float(columns[inside, NEAR].mean()),
        float(columns[inside, NEAR].max()),
        float(columns[inside, DEEP].mean()),
        float(inside.sum()),
        float((inside & mine.settled).sum()),
        float((mine.salience * ~mine.passed_over)[run.first : run.last].sum()) / max(total, 1e-6),
        float((rest & ~mine.settled & ~there).sum()),
        float(counted.sum()),
        *_gap(mine, theirs, run),
        math.log(size / target),
        math.log(max(1, size - (end - start)) / target),
        max(-_FAR, min(_FAR, around(context, row, part, own, other, cache))),
        _beside(context, row, part, own, other, cache),
        float(not before or before[-1] in ",;:—–-.!?("),
        float(not behind or behind[0] in ",;:—–-.!?)"),
        float(((towards(theirs, mine).columns[:, RATE] < RENDERED) & theirs.content).sum()),
        judgement(mine.deep, theirs.deep).drift,
    )


def _gap(mine: Words, theirs: Words, run: Run) -> tuple[float, ...]:
    """Return what the other version has between the counterparts of the words before and behind a stretch."""
    seen = towards(mine, theirs)
    linked = [(i, int(j)) for i, j in enumerate(seen.mates) if j >= 0 and seen.columns[i, MATCH] > _LINKED]
    outside = [(i, j) for i, j in linked if not run.first <= i < run.last]
    taken = {j for _, j in outside}
    before = next((j for i, j in reversed(outside) if i < run.first and mine.content[i]), None)
    behind = next((j for i, j in outside if i >= run.last and mine.content[i]), None)
    left, right = -1 if before is None else before, len(theirs.spans) if behind is None else behind
    between = range(min(left, right) + 1, max(left, right))
    there = [j for j in between if theirs.content[j] and not theirs.passed_over[j]]
    inside = sum(run.first <= i < run.last and bool(mine.content[i] and theirs.content[j]) for i, j in linked)
    return (
        float(sum(j not in taken for j in there)),
        float(len(there)),
        float(left >= right),
        float(inside),
        float(before is None),
        float(behind is None),
    )


def _whole(
    words: Mapping[Lang, Words], kind: str, at: Lang, runs: Mapping[Lang, Run], near: float
) -> tuple[float, ...]:
    """Return the features of :data:`WHOLE`."""
    import numpy as np

    flags = tuple(float(at == x) for x in LANGS)
    if kind == PAIR:
        (own,) = runs
        return (near, *(float(own == x) for x in LANGS), *flags)
    x, y = (lang for lang in words if lang != at)
    a, b = words[x], words[y]
    assert a.deep is not None
    assert b.deep is not None
    between = judgement(a.deep, b.deep).drift
    if kind == ALONE:
        lacked = [towards(w, words[at]).columns[:, RATE] < RENDERED for w in (a, b)]
        lacked = [flag & w.content & ~w.settled & ~w.passed_over for flag, w in zip(lacked, (a, b), strict=True)]
        instead = rendered(a, b, x, y) & lacked[0][:, None] & lacked[1][None, :]
        return (float(instead.any(axis=1).sum()), between, near, *flags)
    both = ((a, runs[x], b, runs[y]), (b, runs[y], a, runs[x]))
    same = rendered(a, b, x, y)[np.ix_(_content(a, runs[x]), range(runs[y].first, runs[y].last))].any(axis=1)
    back = rendered(b, a, y, x)[np.ix_(_content(b, runs[y]), range(runs[x].first, runs[x].last))].any(axis=1)
    third = words[at]
    lone = np.all([towards(third, w).columns[:, RATE] < RENDERED for w in (a, b)], axis=0) & third.content
    return (
        min(_counterparts(*side) for side in both),
        min(float(same.mean()), float(back.mean())),
        max(_kept(v, run, w) for v, run, w, _ in both),
        float((lone & ~third.settled).sum()),
        between,
        near,
        *flags,
    )


def _content(words: Words, run: Run) -> list[int]:
    return [i for i in range(run.first, run.last) if words.content[i] and not words.passed_over[i]]


def _counterparts(a: Words, mine: Run, b: Words, theirs: Run) -> float:
    """Return the share of the content words of a run of ``a`` whose nearest word of ``b`` is in the run of ``b``."""
    nearest = (a.vectors[_content(a, mine)] @ b.vectors.T).argmax(axis=1)
    return float(((nearest >= theirs.first) & (nearest < theirs.last)).mean())


def _kept(a: Words, run: Run, b: Words) -> float:
    """Return the mean log-odds that ``b`` lacks the content words of a run of ``a``."""
    return float(towards(a, b).columns[_content(a, run), GONE].mean())


def around(context: Context, row: Row, part: Words, lang: Lang, other: Lang, cache: Cache) -> float:
    """Return the mean log-odds that ``other`` lacks the words ``part`` of ``lang`` in the row and those beside it;
    infinite where none stands beside it.
    """
    near = [r for r in context.rows if abs(r.index - row.index) <= 1 and not r.cell(other).empty]
    if len(near) < 2:
        return math.inf
    # the words beside render those beside the stretch first of all
    whole = joined([words_at(context, r, lang, cache) for r in near], lang)
    return absent(part, whole, joined([words_at(context, r, other, cache) for r in near], other))


def _beside(context: Context, row: Row, part: Words, lang: Lang, other: Lang, cache: Cache) -> float:
    """Return the share of the content words of ``part`` that the rows beside render in ``other``."""
    import numpy as np

    counted = part.content & ~part.passed_over
    near = [r for r in context.rows if abs(r.index - row.index) == 1 and not r.cell(other).empty]
    found = np.zeros(len(part.spans), np.bool_)
    for beside in near:
        found |= rendered(part, words_at(context, beside, other, cache), lang, other).any(axis=1)
    return float(found[counted].mean())
