"""What stands around the place of a negation in a version that seems to lack it, as numbers."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from transcheck.checks.negation_sides import Pairing, Side, best
from transcheck.text.lexicon import fold
from transcheck.text.negation import Negation, is_form_word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NEAR = 3
_AROUND = 4
_SLOT = 2
_LOW = 0.3
"""Cosine below which a word of content has no rendering."""
_ADVERBS = ("limit", "time", "instead")
_HARD = ("refuse", "fail", "unable", "prefix", "keep", "instead")
_PAIRED = 0.5
"""Weight of a weak negation where the other version holds one of its class elsewhere."""
_CLAIMED = 1.4
"""Slope at which a counterpart of its own makes a weak negation weigh less."""

# fmt: off
NAMES: Final = (
    "first", "rest", "hard", "soft", "far", "denied_there", "mutual", "shift", "length", "ratio", "count", "strong",
    "question", "literal", "literal_back", "bare", "slot", "adjacent", "rendered", "beside", "worst", "like",
    "like_anywhere", "double", "cover", "surplus", "surplus_strong", "shared", "unexplained", "unexplained_count",
    "from_english", "to_english", "without", "pronoun", "clausal", "implied", "asked", "neutral", "stated",
)
# fmt: on
"""Names of the features of a gap; ``first`` and ``rest`` are the cosines of the first denied word and of the others."""


def describe(n: Negation, at: int | None, found: Pairing, count: int) -> tuple[float, ...]:
    """Return the features of ``n``, whose place in ``b`` is ``at``: ``NAMES`` but the first two and the last."""
    a, b, cosine = found.a, found.b, found.cosine
    rows = a.indices(n.denied)
    row = rows[0] if rows and best(rows[:1], cosine)[0] == at else None
    hard, soft, far = _weak(a, b, cosine, at, n)
    strong = [m for m in b.negations if m.strong]
    return (
        min(hard, 2.0),
        min(soft, 2.0),
        min(far, 3.0),
        float(at is not None and any(at in b.indices(m.denied)[:1] for m in strong)),
        float(row is not None and at is not None and int(cosine[:, at].argmax()) == row),
        _shift(n, a, b, at),
        math.log(len(b.words)),
        abs(math.log(len(b.words) / max(1, len(a.words)))),
        float(count - 1),
        min(float(len(strong)), 3.0),
        float(any(m.kind == "question" for m in (*a.negations, *b.negations))),
        float(cosine.max(axis=1).mean()),
        float(cosine.max(axis=0).mean()),
        float(len(n.denied)),
        _slot(n, a, cosine),
        float(bool(n.denied) and 0 <= n.denied[0].start - n.end <= 1),
        *_surroundings(n, at, found),
        *_traces(n, at, found),
        float(any(m.kind in _HARD and m.span.overlaps(d) for m in a.negations for d in n.denied[:1])),
        float(cosine[rows].max(axis=1).mean()) if rows else 0.0,
        _difference(sum(m.formal for m in a.negations), sum(m.formal for m in b.negations)),
        _difference(sum(m.strong for m in a.negations), len(strong)),
        _shared(at, b),
        *_unexplained(at, found),
        float(a.lang == "en"),
        float(b.lang == "en"),
        float(n.kind == "without"),
        float(n.kind == "pronoun"),
        float(n.kind == "clausal"),
        float(not n.strong),
        float(sum("?" in x.text for x in (a, b))),
        float(sum(m.formal and not m.strong for m in b.negations)),
    )


def _difference(mine: int, others: int) -> float:
    return float(max(-3, min(3, mine - others)))


def _shift(n: Negation, a: Side, b: Side, at: int | None) -> float:
    if at is None:
        return 1.0
    return abs(n.start / max(1, len(a.text)) - b.words[at].start / max(1, len(b.text)))


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


def _surroundings(n: Negation, at: int | None, found: Pairing) -> tuple[float, float, float]:
    """Return how well the words around a negation are rendered, and how well those around its place in ``b`` are.

    The last two are the mean and the lowest of the best cosines: a low one is a word that may stand for the negation.
    """
    a, cosine = found.a, found.cosine
    mine = set(a.indices((n.span,)))
    centre = a.index(n.span)
    if centre is None or at is None:
        return 0.0, 0.0, 0.0
    near = [i for i in range(max(0, centre - _AROUND), min(len(a.words), centre + _AROUND + 1)) if i not in mine]
    local = float(cosine[near].max(axis=1).mean()) if near else 0.0
    beside = cosine[:, max(0, at - _NEAR) : at + _NEAR + 1].max(axis=0)
    return local, float(beside.mean()), float(beside.min())


def _traces(n: Negation, at: int | None, found: Pairing) -> tuple[float, float]:
    """Return how like the negative word itself a word near the place, and any word of ``b``, is."""
    a, b, cosine = found.a, found.b, found.cosine
    own = a.indices((n.span,))
    taken = {j for m in b.negations if m.formal for j in b.indices((m.span,))}
    free = [j for j in range(len(b.words)) if j not in taken]
    if not own or not free:
        return 0.0, 0.0
    alike = cosine[own].max(axis=0)
    near = [j for j in free if at is not None and abs(j - at) <= _AROUND]
    return (float(alike[near].max()) if near else 0.0), float(alike[free].max())


def _unexplained(at: int | None, found: Pairing) -> tuple[float, float]:
    """Return how unlike all of ``a`` the strangest word of content near the place is, and how many such there are."""
    b = found.b
    if at is None:
        return 0.0, 0.0
    taken = {j for m in b.negations if m.formal for j in b.indices((m.span,))} | {at}
    likeness = found.cosine.max(axis=0)
    near = [j for j in range(max(0, at - _AROUND), min(len(b.words), at + _AROUND + 1)) if j not in taken]
    words = {j: fold(b.words[j].of(b.text)) for j in near}
    values = [float(likeness[j]) for j, word in words.items() if len(word) > 2 and not is_form_word(word, b.lang)]
    return (1.0 - min(values) if values else 0.0), min(4.0, float(sum(v < _LOW for v in values)))


def _shared(at: int | None, b: Side) -> float:
    """Tell whether a negation of ``b`` earlier in the sentence may reach as far as the place."""
    if at is None:
        return 0.0
    place = b.words[at].start
    reach = [b.text[m.end : place] for m in b.negations if m.strong and m.end <= place < m.end + 90]
    return float(any("," in s or len(s.split()) > 2 for s in reach if not any(mark in s for mark in ".;!?")))


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
        places = b.indices((m.span, *m.denied)) if not m.strong and m.kind != "double" else []
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
