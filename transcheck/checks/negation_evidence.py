"""Evidence that a negation of one version has no counterpart in another: its words, and what stands in their place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transcheck.checks.base import Context
from transcheck.text.lexicon import Hit, opposed, table
from transcheck.text.negation import Negation, negations, stated
from transcheck.types import Cell, Lang, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEAR = 3
_FIRST_BONUS = 0.25
_SAME_BONUS = 0.3
_ADVERBS = ("limit", "time", "instead")
_LIKE = 0.45
_WINDOW = 4
_SLOT = 2
_BEFORE = 3
"""Words before a place among which a word that states it outright stands."""
_PAIRED = 0.5
"""Weight of a weak negation where the other version holds one of its class elsewhere."""
_CLAIMED = 1.4
"""Slope at which a counterpart of its own makes a weak negation weigh less."""


@dataclass(frozen=True, slots=True)
class Side:
    """A cell with its negations and word vectors; spans count from the start of the cell."""

    lang: Lang
    text: str
    start: int
    negations: tuple[Negation, ...]
    words: tuple[Span, ...]
    vectors: NDArray[np.float32]

    def index(self, span: Span) -> int | None:
        """Return the index of the word that overlaps ``span``."""
        return next((i for i, w in enumerate(self.words) if w.overlaps(span)), None)

    def indices(self, spans: Sequence[Span]) -> list[int]:
        """Return the indices of the words that overlap any of ``spans``, in the order of the spans."""
        found = [self.index(s) for s in spans]
        return [i for i in found if i is not None]


@dataclass(frozen=True, slots=True)
class Gap:
    """A negation that another version does not render.

    ``word`` is the place there of the word that is denied here (None: no such word), ``similarity`` how sure that is;
    ``score`` is the log-odds that the other version says the opposite, ``stated`` what is added to them where it states
    outright what is denied here (*did reach*, *with a warrant*), less where it says so by an antonym.
    """

    negation: Negation
    word: Span | None
    similarity: float
    features: tuple[float, ...]
    score: float
    stated: float = 0.0


def side(cell: Cell, context: Context) -> Side:
    """Prepare a cell: its negations, words and vectors."""
    words, vectors = context.encoder.words(cell.text)
    return Side(cell.lang, cell.text, cell.place.start, negations(cell.text, cell.lang), words, vectors)


def gaps(a: Side, b: Side) -> list[Gap]:
    """Return the strong negations of ``a`` that no negation of ``b`` renders, each with the evidence in ``b``."""
    strong = [n for n in a.negations if n.strong]
    if not strong or not b.words:
        return []
    cosine = a.vectors @ b.vectors.T
    left = _unmatched(a, b, strong, cosine)
    return [_gap(n, a, b, cosine, len(left)) for n in left]


def _unmatched(a: Side, b: Side, strong: Sequence[Negation], cosine: NDArray[np.float32]) -> list[Negation]:
    """Match negations one to one, most alike first, and return the strong ones of ``a`` that are left."""
    mine = [n for n in a.negations if n.formal]
    others = [n for n in b.negations if n.formal]
    pairs = sorted(
        (
            (_likeness(n, m, a, b, cosine) + _SAME_BONUS * (n.strong == m.strong), i, j)
            for i, n in enumerate(mine)
            for j, m in enumerate(others)
        ),
        reverse=True,
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    for _, i, j in pairs:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
    left = {n for i, n in enumerate(mine) if i not in used_a}
    return [n for n in strong if n in left]


def _likeness(n: Negation, m: Negation, a: Side, b: Side, cosine: NDArray[np.float32]) -> float:
    rows, columns = a.indices(n.denied), b.indices(m.denied)
    alike = max((float(cosine[i, j]) for i in rows for j in columns), default=0.0)
    distance = abs(n.start / max(1, len(a.text)) - m.start / max(1, len(b.text)))
    return alike - 0.5 * distance


def _gap(n: Negation, a: Side, b: Side, cosine: NDArray[np.float32], count: int) -> Gap:
    """Look in ``b`` for the word that ``n`` denies and describe what stands around it."""
    rows = a.indices(n.denied)
    word, first = _best(rows[:1], cosine)
    other, rest = _best(rows[1:], cosine)
    at = word if first >= rest - _FIRST_BONUS else other
    row = rows[0] if at is word and rows else None
    hard, soft, far = _weak(a, b, cosine, at, n)
    strong = [m for m in b.negations if m.strong]
    local, worst = _surroundings(n, at, a, b, cosine)
    mutual = float(row is not None and at is not None and int(cosine[:, at].argmax()) == row)
    features: tuple[float, ...] = (
        1.0,
        first,
        rest,
        min(hard, 2.0),
        min(soft, 2.0),
        min(far, 3.0),
        float(at is not None and any(at in b.indices(m.denied)[:1] for m in strong)),
        mutual,
        _shift(n, a, b, at),
        math.log(len(b.words)),
        abs(math.log(len(b.words) / max(1, len(a.words)))),
        float(n.kind == "without"),
        float(n.kind == "pronoun"),
        float(count - 1),
        min(float(len(strong)), 3.0),
        float(any(m.kind == "question" for m in (*a.negations, *b.negations))),
        float(cosine.max(axis=1).mean()),
        float(len(n.denied) == 0),
    )
    features += (
        max(0.0, _LIKE - first),
        first * features[6],
        _slot(n, a, cosine),
        float(bool(n.denied) and 0 <= n.denied[0].start - n.end <= 1),
        first * mutual,
        local,
        *worst,
    )
    limits = table("negation")["score"]
    stated = limits["stated"] if at is not None and _outright(n, b, at) else 0.0
    stated -= limits["antonym"] if _antonym(n, a, b) else 0.0
    place = b.words[at] if at is not None else None
    return Gap(n, place, max(first, rest), features, weigh("pair", features) + stated, stated)


def _outright(n: Negation, b: Side, at: int) -> bool:
    """Tell whether ``b`` states outright what ``n`` denies: *with* for *without*, an emphatic *did* before the word."""
    near = Span(b.words[max(0, at - _BEFORE)].start, b.words[at].end)
    if n.kind == "without":
        return any(near.overlaps(s) for s in stated(b.text, b.lang, "with"))
    return any(near.overlaps(s) for s in stated(b.text, b.lang, "emphatic"))


def _antonym(n: Negation, a: Side, b: Side) -> bool:
    """Tell whether ``b`` says the opposite of the word that ``n`` denies: *tell the truth* for *not lie*."""
    denied = n.denied[:2]
    mine = {h.key for h in opposed("contrast", a.lang).find(a.text) if any(s.overlaps(_at(h)) for s in denied)}
    sought = {f"{key[:-1]}{'b' if key.endswith('a') else 'a'}" for key in mine if key.endswith((".a", ".b"))}
    return bool(sought) and any(h.key in sought for h in opposed("contrast", b.lang).find(b.text))


def _at(hit: Hit) -> Span:
    return Span(hit.start, hit.end)


def _surroundings(
    n: Negation, at: int | None, a: Side, b: Side, cosine: NDArray[np.float32]
) -> tuple[float, tuple[float, float]]:
    """Return how well the words around a negation are rendered, and how well those around its place in ``b`` are.

    The second is the mean and the lowest of the best cosines: a low one is a word that may stand for the negation.
    """
    mine = set(a.indices((n.span,)))
    centre = a.index(n.span)
    if centre is None or at is None:
        return 0.0, (0.0, 0.0)
    near = [i for i in range(max(0, centre - _WINDOW), min(len(a.words), centre + _WINDOW + 1)) if i not in mine]
    local = float(cosine[near].max(axis=1).mean()) if near else 0.0
    beside = cosine[:, max(0, at - _NEAR) : at + _NEAR + 1].max(axis=0)
    return local, (float(beside.mean()), float(beside.min()))


def _slot(n: Negation, a: Side, cosine: NDArray[np.float32]) -> float:
    """Return how surely the words before and after a denied phrase stand side by side, but for a word, in ``b``."""
    places = sorted(a.indices((n.span, *n.denied[:1])))
    if not places:
        return 0.0
    before, after = places[0] - 1, places[-1] + 1
    columns = cosine.shape[1]
    if before < 0 and after >= len(a.words):
        return 0.0
    left = int(cosine[before].argmax()) if before >= 0 else -1
    right = int(cosine[after].argmax()) if after < len(a.words) else columns
    if not 1 <= right - left - 1 <= _SLOT:
        return 0.0
    sure = [
        float(cosine[i, j]) for i, j in ((before, left), (after, right)) if 0 <= i < len(a.words) and 0 <= j < columns
    ]
    return min(sure)


def weigh(weights: str, features: Sequence[float]) -> float:
    """Return the log-odds of ``features`` under the weights of that name."""
    return math.fsum(w * f for w, f in zip(table("negation")["score"][weights], features, strict=True))


def _best(rows: Sequence[int], cosine: NDArray[np.float32]) -> tuple[int | None, float]:
    """Return the column most like any of ``rows`` and its cosine."""
    if not rows:
        return None, 0.0
    block = cosine[list(rows)]
    column = int(block.max(axis=0).argmax())
    return column, float(block[:, column].max())


def _shift(n: Negation, a: Side, b: Side, at: int | None) -> float:
    if at is None:
        return 1.0
    return abs(n.start / max(1, len(a.text)) - b.words[at].start / max(1, len(b.text)))


def _weak(a: Side, b: Side, cosine: NDArray[np.float32], at: int | None, n: Negation) -> tuple[float, float, float]:
    """Weigh the weak negations of ``b``: lexical ones near the denied word, adverbs near it, and any elsewhere.

    One that has a counterpart of its own in ``a`` weighs less, unless that counterpart is what ``n`` denies.
    """
    kinds = {m.kind for m in a.negations if not m.formal and not set(a.indices((m.span,))) & set(a.indices(n.denied))}
    negative = {i for m in a.negations if not m.formal for i in a.indices((m.span,))}
    mine = {*a.indices(n.denied), *a.indices((n.span,))} - negative
    rows = [i for i in range(len(a.words)) if i not in mine]
    centres = {int(cosine[i].argmax()) for i in a.indices(n.denied)[:2]} | ({at} if at is not None else set())
    hard = soft = far = 0.0
    for m in b.negations:
        places = b.indices((m.span, *m.denied)) if not m.strong else []
        if not places:
            continue
        claimed = float(cosine[rows][:, places].max()) if rows else 0.0
        weight = max(0.0, min(1.0, _CLAIMED * (1.0 - claimed)))
        if m.kind in kinds:
            weight *= _PAIRED
        if not any(abs(j - c) <= _NEAR for j in places for c in centres):
            far += weight
        elif m.kind in _ADVERBS:
            soft += weight
        else:
            hard += weight
    return hard, soft, far
