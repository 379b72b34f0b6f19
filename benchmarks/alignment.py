"""Alignment of documents whose gold beads are known: true translations, damaged by dropping, merging and inserting.

On one side 8 % of the segments are dropped, 4 % are inserted from elsewhere and 16 % are merged into their predecessor.
Strict F1 counts beads that are exactly right, gaps among them; F1 of dropped segments counts segments of the whole side
that are left without a counterpart.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from transcheck.align import Costs, align_units, anchors
from transcheck.align.units import make_units
from transcheck.types import Encoder, Lang, Segment, Span

DROP, MERGE, INSERT = 0.08, 0.16, 0.04

Gold = frozenset[tuple[tuple[int, ...], tuple[int, ...]]]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A document pair: segments of both sides and the gold beads as index tuples."""

    lang_a: Lang
    lang_b: Lang
    a: tuple[str, ...]
    b: tuple[str, ...]
    gold: Gold


@dataclass(frozen=True, slots=True)
class Score:
    """Strict bead F1, F1 of dropped segments, and the number of gold beads."""

    strict: float
    dropped: float
    beads: int


def damage(
    pairs: Sequence[tuple[str, str]], langs: tuple[Lang, Lang], strangers: Sequence[str], rng: random.Random
) -> Damaged:
    """Make a damaged document of aligned texts; ``strangers`` are texts of the second language to insert."""
    a = [x for x, _ in pairs]
    b: list[str] = []
    groups: list[list[int]] = []
    inserted: list[int] = []
    gold: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    for index, (_, text) in enumerate(pairs):
        draw = rng.random()
        if draw < DROP:
            gold.add(((index,), ()))
        elif draw < DROP + MERGE and groups and groups[-1][-1] == index - 1 and b and len(b) - 1 not in inserted:
            b[-1] = f"{b[-1]} {text}"
            groups[-1].append(index)
        else:
            b.append(text)
            groups.append([index])
        if rng.random() < INSERT:
            inserted.append(len(b))
            b.append(rng.choice(strangers))
            gold.add(((), (len(b) - 1,)))
            groups.append([-1])
    for position, group in enumerate(groups):
        if group != [-1]:
            gold.add((tuple(group), (position,)))
    return Damaged(*langs, tuple(a), tuple(b), frozenset(gold))


def _segments(texts: Sequence[str], lang: Lang) -> list[Segment]:
    """Texts as segments, each of its own document place."""
    return [Segment(lang, i, Span(0, len(t)), t) for i, t in enumerate(texts)]


def prepare(document: Damaged, encoder: Encoder) -> tuple[object, object]:
    """Return the units of both sides; encoding is most of the work and does not depend on the costs."""
    sides = []
    for texts, lang in ((document.a, document.lang_a), (document.b, document.lang_b)):
        sides.append(make_units(encoder.encode(texts), texts, anchors(_segments(texts, lang), lang)))
    return sides[0], sides[1]


def score(documents: Sequence[Damaged], units: Sequence[tuple[object, object]], costs: Costs) -> Score:
    """Align every document and count."""
    right = found = gold = 0
    drop_right = drop_found = drop_gold = 0
    for document, (a, b) in zip(documents, units, strict=True):
        beads = align_units(a, b, costs)  # type: ignore[arg-type]
        got = {(tuple(range(x.a.start, x.a.end)), tuple(range(x.b.start, x.b.end))) for x in beads}
        right += len(got & document.gold)
        found += len(got)
        gold += len(document.gold)
        mine = {x for x in got if not x[1]}
        true = {x for x in document.gold if not x[1]}
        drop_right += len(mine & true)
        drop_found += len(mine)
        drop_gold += len(true)
    return Score(_f1(right, found, gold), _f1(drop_right, drop_found, drop_gold), gold)


def _f1(right: int, found: int, gold: int) -> float:
    """Harmonic mean of precision and recall."""
    return 2 * right / max(1, found + gold)


def documents(
    rows: Sequence[tuple[str, str]], langs: tuple[Lang, Lang], size: int = 80, seed: int = 7
) -> list[Damaged]:
    """Cut aligned rows into documents of ``size`` segments and damage each."""
    rng = random.Random(seed)
    strangers = [b for _, b in rows]
    return [damage(rows[i : i + size], langs, strangers, rng) for i in range(0, len(rows), size)]
