"""Which pairs the contextual encoder is trained on, and which of them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from training import static
from training.corpus import Pair
from training.recipe import Recipe

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_TELLING = 5
"""Subwords from which an equal text tells that two pairs are versions of one: "Yes" stands in many."""

_LEAF = 3000
"""Pairs of a leaf of the tree in which neighbours are looked for."""

_GROUP = 8
"""Pairs of a group of neighbours in a batch."""


@dataclass(slots=True, eq=False)
class Corpus:
    """The pairs to draw from: texts, their subwords (ragged, as ``static.TokenisedPairs``), their weights.

    ``sources`` int64 [n] are equal for pairs that are versions of one text, which are no negatives of one another.
    """

    pairs: Sequence[Pair]
    tokens: static.TokenisedPairs
    weights: Floats
    sources: Ints

    def marks(self, indices: Ints) -> torch.Tensor:
        """Return what tells which of the pairs at ``indices`` [n] are related, int64 [n, 3]: keys of texts, source."""
        tokens = self.tokens
        return torch.from_numpy(
            np.stack([tokens.keys_a[indices], tokens.keys_b[indices], self.sources[indices]], axis=1)
        )


def same_sources(tokens: static.TokenisedPairs) -> Ints:
    """Return a number a pair, equal for pairs that longer texts connect: versions of one text in whatever language."""
    known, ids = np.unique(np.concatenate([tokens.keys_a, tokens.keys_b]), return_inverse=True)
    a, b = ids[: len(tokens)], ids[len(tokens) :]
    long = np.minimum(np.diff(tokens.offsets_a), np.diff(tokens.offsets_b)) >= _TELLING
    edges = coo_matrix((np.ones(int(long.sum()), dtype=bool), (a[long], b[long])), shape=(len(known), len(known)))
    _, labels = connected_components(edges, directed=False)
    return np.where(long, labels[a], -1 - np.arange(len(tokens))).astype(np.int64)


def drawing_weights(
    pairs: Sequence[Pair], tokens: static.TokenisedPairs, sources: dict[str, float], recipe: Recipe
) -> Floats:
    """Return how often each pair is drawn: by source, less where a text has many translations, 0 at odd lengths."""
    lengths = [np.diff(o) for o in (tokens.offsets_a, tokens.offsets_b)]
    times = []
    for keys in (tokens.keys_a, tokens.keys_b):
        _, where, counts = np.unique(keys, return_inverse=True, return_counts=True)
        times.append(counts[where])
    weights = np.array([sources[p.source] for p in pairs]) * (tokens.weights > 0)
    weights /= np.sqrt(np.maximum(*times))
    for length in lengths:
        weights *= (length >= recipe.min_tokens) & (length <= recipe.max_tokens - 2)
    return weights.astype(np.float32)


def batches(corpus: Corpus, rows: Floats, recipe: Recipe) -> Iterator[Ints]:
    """Yield indices of pairs for ever: chunks of drawn pairs, a share of them by likeness, the rest by length, cut."""
    lengths = np.maximum(np.diff(corpus.tokens.offsets_a), np.diff(corpus.tokens.offsets_b)) + 2
    chance = corpus.weights / corpus.weights.sum()
    for number in range(10**9):
        rng = np.random.default_rng([recipe.seed, number])
        drawn = np.unique(rng.choice(len(chance), recipe.chunk, p=chance))
        rng.shuffle(drawn)
        cut = int(len(drawn) * recipe.clustered)
        made = [*_cut(_alike(drawn[:cut], corpus, rows, lengths, rng), lengths, recipe)] if cut else []
        made += _cut(drawn[cut:][np.argsort(lengths[drawn[cut:]] // 2, kind="stable")], lengths, recipe)
        for i in rng.permutation(len(made)):
            yield made[i]


def _alike(drawn: Ints, corpus: Corpus, rows: Floats, lengths: Ints, rng: np.random.Generator) -> Ints:
    """Order pairs in groups of nearest neighbours by the static vectors of both texts, and the groups by length."""
    tokens = corpus.tokens
    vectors = np.zeros((len(drawn), rows.shape[1]), dtype=np.float32)
    for flat, offsets in ((tokens.flat_a, tokens.offsets_a), (tokens.flat_b, tokens.offsets_b)):
        sums = np.stack([rows[flat[offsets[i] : offsets[i + 1]]].sum(axis=0) for i in drawn])
        vectors += sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    groups = [g for leaf in _leaves(vectors, np.arange(len(drawn)), rng) for g in _groups(vectors, leaf)]
    longest = np.array([lengths[drawn[g]].max() for g in groups])
    order = np.lexsort((rng.random(len(groups)), longest // 2))
    return np.concatenate([drawn[groups[i]] for i in order])


def _leaves(vectors: Floats, members: Ints, rng: np.random.Generator) -> list[Ints]:
    """Halve ``members`` again and again between two random ones of them (as Annoy's trees do)."""
    if len(members) <= _LEAF:
        return [members]
    first, second = vectors[rng.choice(members, 2, replace=False)]
    side = vectors[members] @ (first - second)
    ordered, half = members[np.argsort(side, kind="stable")], len(members) // 2
    return _leaves(vectors, ordered[:half], rng) + _leaves(vectors, ordered[half:], rng)


def _groups(vectors: Floats, members: Ints) -> list[Ints]:
    """Part ``members`` into groups of ``_GROUP``: the first one left and those nearest to it."""
    likeness = vectors[members] @ vectors[members].T
    free = np.ones(len(members), dtype=bool)
    groups = []
    for i in range(len(members)):
        if free[i]:
            left = np.flatnonzero(free)
            near = left[np.argpartition(-likeness[i, left], min(_GROUP, len(left)) - 1)[:_GROUP]]
            free[near] = False
            free[i] = False
            groups.append(members[np.union1d(near, [i])])
    return groups


def _cut(ordered: Ints, lengths: Ints, recipe: Recipe) -> Iterator[Ints]:
    """Cut into batches of at most ``recipe.tokens`` padded subwords a side; a last one of few pairs is left out."""
    at = 0
    while at < len(ordered):
        longest, end = 0, at
        while end < len(ordered):
            longest = max(longest, int(lengths[ordered[end]]))
            if (end + 1 - at) * longest > recipe.tokens:
                break
            end += 1
        if end - at >= 16:
            yield ordered[at:end]
        at = max(end, at + 1)
