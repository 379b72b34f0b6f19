"""What the dynamic programming works on: a sequence of units with vectors that add up.

A unit is a segment, or a row of an earlier alignment. The vector of several units in a row is the normalised sum of
theirs, weighted by length. Anchors (numbers and names, which survive translation letter for letter or sound for sound)
are hashed to random directions in extra dimensions, so that one cosine speaks for meaning and anchors together.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from transcheck.align.kinds import Kinds, together

ANCHOR_DIMENSIONS = 48
ANCHOR_WEIGHT = 0.35
"""Length of the anchor part beside a semantic part of length 1."""

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Units:
    """``vectors`` float32 [n, d], each scaled by the unit's weight; ``lengths`` float32 [n] in characters; ``kinds``
    int8 [n] (see :mod:`transcheck.align.kinds`), None where all are alike.
    """

    vectors: Floats
    lengths: Floats
    kinds: Kinds | None = None

    def __len__(self) -> int:
        return len(self.lengths)

    def merged(self, size: int, start: int, end: int) -> tuple[Floats, Floats]:
        """Return unit vectors and lengths of ``size`` consecutive units beginning at ``start … end - size``."""
        count = max(0, end - start - size + 1)
        if count == 0:
            return np.zeros((0, self.vectors.shape[1]), np.float32), np.zeros(0, np.float32)
        vectors = self.vectors[start : start + count].copy()
        lengths = self.lengths[start : start + count].copy()
        for k in range(1, size):
            vectors += self.vectors[start + k : start + k + count]
            lengths += self.lengths[start + k : start + k + count]
        return unit_rows(vectors), lengths

    def merged_kinds(self, size: int, start: int, end: int) -> Kinds | None:
        """Return the kinds of the units that :meth:`merged` returns."""
        if self.kinds is None:
            return None
        count = max(0, end - start - size + 1)
        kinds = self.kinds[start : start + count]
        for k in range(1, size):
            kinds = together(kinds, self.kinds[start + k : start + k + count])
        return kinds

    def halved(self) -> Units:
        """Return the sequence with neighbours added in twos, the coarser level of coarse-to-fine alignment."""
        pairs = (len(self) + 1) // 2
        vectors = np.zeros((pairs, self.vectors.shape[1]), np.float32)
        lengths = np.zeros(pairs, np.float32)
        vectors += self.vectors[0::2]
        lengths += self.lengths[0::2]
        vectors[: len(self) // 2] += self.vectors[1::2]
        lengths[: len(self) // 2] += self.lengths[1::2]
        return Units(vectors, lengths)


def unit_rows(rows: Floats) -> Floats:
    """Scale rows to length 1; zero rows stay zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    divisor: Floats = np.where(norms > 0, norms, 1.0).astype(np.float32)
    scaled: Floats = rows / divisor
    return scaled


def make_units(
    vectors: Floats, texts: Sequence[str], anchors: Sequence[frozenset[str]], kinds: Kinds | None = None
) -> Units:
    """Join semantic unit vectors [n, d] with hashed anchors; a unit weighs the square root of its length.

    Subwords of a longer text partly cancel, so the length of their sum grows about as the square root of their number;
    that weight makes the sum of two segments' vectors close to the vector of the two read together.
    """
    lengths = np.array([max(1, sum(c.isalnum() for c in t)) for t in texts], np.float32)
    extra = np.zeros((len(texts), ANCHOR_DIMENSIONS), np.float32)
    for index, keys in enumerate(anchors):
        for key in keys:
            extra[index] += _direction(key)
    joined = unit_rows(np.concatenate([vectors, ANCHOR_WEIGHT * unit_rows(extra)], axis=1))
    return Units(joined * np.sqrt(lengths)[:, None], lengths, kinds)


def _direction(key: str) -> Floats:
    """Return the random direction of an anchor, the same in every run."""
    digest = hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=ANCHOR_DIMENSIONS).digest()
    return np.frombuffer(digest, np.uint8).astype(np.float32) - 127.5
