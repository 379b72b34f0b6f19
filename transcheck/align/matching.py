"""Which quotations of articles in several languages are one statement.

Two quotations are as like as their sentences: each sentence of the shorter one is held against the nearest of the
other, and less so the reverse, so that a fragment finds the whole. Numbers and names in common, the speaker and the
place in the article count too. Quotations are assigned one to one (Kuhn 1955, by shortest augmenting paths); what is
left over may join the counterpart of another where the two say different sentences of it. Links of three languages are
joined into groups, the surest first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcheck.types import LANGS, Lang

_RENDERED = 0.4
"""Mean likeness of the sentences of a second quotation to those of the whole that it joins."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A quotation, or a stretch of the author's, to be matched.

    ``vectors`` float32 [n, d] are those of its sentences, unit rows, ``weights`` [n] their lengths; ``pieces`` [m, d]
    are those of its sentences and clauses, which a fragment may stand for; ``keys`` the numbers and names in it;
    ``place`` where it stands in its article, 0 to 1.
    """

    vectors: Floats
    weights: Floats
    pieces: Floats
    keys: frozenset[str]
    place: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Parameters of the likeness; fitted on ``seeds/articles/tuning``.

    ``least``: likeness from which two quotations may be one; ``joined``: the same for a second quotation that joins the
    counterpart of a first; ``told``: the same for sentences that are no quotation; ``whole``: the share of the longer
    one's coverage; ``keys``, ``speaker``, ``place``: weights of what else tells.
    """

    least: float = 0.42
    joined: float = 0.5
    told: float = 0.6
    whole: float = 0.25
    keys: float = 0.1
    speaker: float = 0.06
    place: float = 0.12


@dataclass(frozen=True, slots=True)
class Link:
    """Passage ``a`` of one language and ``b`` of another are one statement; ``joined`` marks a second one of ``b``."""

    a: int
    b: int
    score: float
    joined: bool = False


def likeness(a: Passage, b: Passage, limits: Limits) -> float:
    """Return how surely two passages say the same, about 0 to 1, speakers left out."""
    if not len(a.vectors) or not len(b.vectors):
        return 0.0
    ways = sorted((float(p.weights.sum()), _covered(p, q)) for p, q in ((a, b), (b, a)))
    score = (1 - limits.whole) * ways[0][1] + limits.whole * ways[1][1]
    if a.keys and b.keys:
        shared = len(a.keys & b.keys) / min(len(a.keys), len(b.keys))
        score += limits.keys * (2 * shared - 1)
    return score - limits.place * abs(a.place - b.place)


def _covered(a: Passage, b: Passage) -> float:
    """Return how far the sentences of ``a`` are found in ``b``, the mean by length of the likeness to the nearest."""
    return float((a.vectors @ b.pieces.T).max(axis=1) @ a.weights / a.weights.sum())


def link(
    a: Sequence[Passage], b: Sequence[Passage], speakers: Floats, limits: Limits | None = None
) -> tuple[Link, ...]:
    """Return which passages of two articles are one statement; ``speakers`` float32 [len(a), len(b)]: 1 the same
    speaker, -1 another, 0 unknown.
    """
    limits = limits or Limits()
    if not a or not b:
        return ()
    scores = np.array([[likeness(x, y, limits) for y in b] for x in a], np.float32) + limits.speaker * speakers
    links = _assigned(scores, limits.least)
    return (*links, *_joined(a, b, scores, links, limits))


def trace(passage: Passage, sentences: Floats, limits: Limits | None = None) -> tuple[tuple[int, int], ...]:
    """Return where a running text says what a passage says: ranges of its sentences [n, d], half-open, in the order of
    the passage; empty where it does not.
    """
    limits = limits or Limits()
    if not len(passage.vectors) or not len(sentences):
        return ()
    similar = passage.vectors @ sentences.T
    if float(similar.max(axis=1) @ passage.weights / passage.weights.sum()) < limits.told:
        return ()
    ranges: list[tuple[int, int]] = []
    for row in similar:
        at = int(row.argmax())
        if row[at] < limits.least and ranges and ranges[-1][1] < len(sentences):
            at = ranges[-1][1]  # said in other words: what follows stands in its place
        if ranges and ranges[-1][0] <= at <= ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], max(ranges[-1][1], at + 1))
        elif row[at] >= limits.least:
            ranges.append((at, at + 1))
    return tuple(dict.fromkeys(ranges))


def _assigned(scores: Floats, least: float) -> list[Link]:
    """Return the best one-to-one assignment whose scores reach ``least``."""
    gains = np.maximum(scores - least, 0.0)
    return [Link(i, j, float(scores[i, j])) for i, j in assign(gains) if gains[i, j] > 0]


def _joined(
    a: Sequence[Passage], b: Sequence[Passage], scores: Floats, links: Sequence[Link], limits: Limits
) -> list[Link]:
    """Return links of quotations left over to counterparts of others, of which they say other sentences."""
    out: list[Link] = []
    for side, other, taken, partner in (
        (a, b, {k.a for k in links}, {k.b: k.a for k in links}),
        (b, a, {k.b for k in links}, {k.a: k.b for k in links}),
    ):
        table = scores if side is a else scores.T
        for i, passage in enumerate(side):
            if i in taken:
                continue
            for j in np.argsort(-table[i]):
                if table[i, j] < limits.joined:
                    break
                if int(j) in partner and _differs(passage, side[partner[int(j)]], other[int(j)]):
                    pair = (i, int(j)) if side is a else (int(j), i)
                    out.append(Link(*pair, float(table[i, j]), joined=True))
                    break
    return out


def _differs(passage: Passage, first: Passage, whole: Passage) -> bool:
    """Tell whether two passages say different sentences of ``whole``, most of which neither says alone."""
    mine = (passage.vectors @ whole.vectors.T).max(axis=0)
    theirs = (first.vectors @ whole.vectors.T).max(axis=0)
    best = passage.vectors @ whole.vectors.T
    return bool((mine > theirs).any() and (theirs > mine).any() and best.max(axis=1).mean() > _RENDERED)


def assign(gains: Floats) -> list[tuple[int, int]]:
    """Return the pairs (row, column) of greatest total gain, each row and column at most once; gains >= 0, [n, m].

    Shortest augmenting paths with potentials (Jonker and Volgenant 1987), O(n² m).
    """
    if not gains.size:
        return []
    if gains.shape[0] > gains.shape[1]:
        return [(i, j) for j, i in assign(np.ascontiguousarray(gains.T))]
    cost = float(gains.max()) - gains.astype(np.float64)
    n, m = cost.shape
    row_of = np.full(m + 1, -1)
    u, v = np.zeros(n), np.zeros(m + 1)
    for row in range(n):
        row_of[m] = row
        column = m
        least, came, done = np.full(m, np.inf), np.full(m, m), np.zeros(m + 1, dtype=bool)
        while row_of[column] >= 0:
            done[column] = True
            i = row_of[column]
            free = ~done[:m]
            reduced = cost[i] - u[i] - v[:m]
            better = free & (reduced < least)
            least[better], came[better] = reduced[better], column
            column_next = int(np.where(free, least, np.inf).argmin())
            delta = least[column_next]
            visited = np.flatnonzero(done)
            u[row_of[visited]] += delta
            v[visited] -= delta
            least[free] -= delta
            column = column_next
        while column != m:
            before = int(came[column])
            row_of[column] = row_of[before]
            column = before
    return sorted((int(row_of[j]), j) for j in range(m) if row_of[j] >= 0)


def groups(
    counts: Mapping[Lang, int], links: Mapping[tuple[Lang, Lang], Sequence[Link]]
) -> tuple[Mapping[Lang, tuple[int, ...]], ...]:
    """Join the links of two or three languages into groups of passages, the surest first; a passage without a link is
    a group of its own. A group has several passages of one language only by a joined link. In order of the first
    language's passages.
    """
    langs = [lang for lang in LANGS if lang in counts]
    of = {(lang, i): {(lang, i)} for lang in langs for i in range(counts[lang])}
    edges = sorted(
        ((k.joined, -k.score, (x, k.a), (y, k.b)) for (x, y), found in links.items() for k in found),
        key=lambda e: (e[0], e[1]),
    )
    for joined, _, one, other in edges:
        mine, theirs = of[one], of[other]
        if mine is theirs:
            continue
        repeated = {lang for lang, _ in mine} & {lang for lang, _ in theirs}
        if repeated and not (joined and len(theirs if len(theirs) <= len(mine) else mine) <= len(langs) - 1):
            continue
        mine |= theirs
        for member in theirs:
            of[member] = mine
    unique = {id(g): g for g in of.values()}.values()
    made = [
        {lang: tuple(sorted(i for x, i in g if x == lang)) for lang in langs if any(x == lang for x, _ in g)}
        for g in unique
    ]
    return tuple(
        sorted(
            made, key=lambda g: min((i / max(1, counts[lang]), langs.index(lang)) for lang, m in g.items() for i in m)
        )
    )
