"""Judging a passage by its likeness to known ones: a support vector machine with a Gaussian kernel, run by numpy.

A passage is described by facts and by the vectors of the words in it and around it; the known ones were written for the
purpose, honest and faulty in like places (``training/likeness.py``). Lists of words end where the next editor begins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from transcheck.types import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FACTS: Final = 2.0
"""What facts are multiplied by."""
GAMMA: Final = 0.03
"""Inverse of the squared distance over which the likeness of two passages falls to a third."""


@dataclass(frozen=True, slots=True, eq=False)
class Described:
    """A passage: facts [f], the static vectors of its places [s], and the contextual ones [c], None without a model."""

    facts: Floats
    static: Floats
    contextual: Floats | None


@lru_cache(maxsize=2)
def _weights(name: str) -> dict[str, Floats]:
    """Return ``checks/data/<name>.npz``, float32: the ``mean`` of the vectors [s + c] and the ``axes`` that they are
    turned to [s + c, a], the ``known`` passages [n, f + a], what each of them says, ``dual`` [n], the ``bias``, and
    ``slope`` and ``offset`` that make log-odds of their sum, ``slope_alone`` and ``offset_alone`` without contextual
    vectors. Axes and known passages, which are large, stay whole numbers, to be multiplied by their ``_step``."""
    import io

    import numpy as np

    data = (resources.files("transcheck.checks") / "data" / f"{name}.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        return {key: stored[key] for key in stored.files}


def log_odds(name: str, passage: Described) -> float:
    """Return the log-odds that a passage is faulty where half of all are, by the known ones of ``name``."""
    import numpy as np

    stored = _weights(name)
    static, contextual = passage.static, passage.contextual
    vectors = np.zeros_like(stored["mean"])
    vectors[: len(static)] = static - stored["mean"][: len(static)]
    if contextual is not None:
        vectors[len(static) :] = contextual - stored["mean"][len(static) :]
    turned = vectors @ stored["axes"].astype(np.float32) * stored["axes_step"]
    place = np.concatenate([FACTS * passage.facts, turned])
    known = stored["known"] * stored["known_step"]
    distances = ((known - place) ** 2).sum(axis=1)
    margin = float(np.exp(-GAMMA * distances) @ stored["dual"] + stored["bias"])
    alone = "_alone" if contextual is None else ""
    return float(stored[f"slope{alone}"] * margin + stored[f"offset{alone}"])


def around(spans: Sequence[Span], place: Span) -> tuple[list[int], list[int], list[int]]:
    """Return which words stand before a place, within it and behind it."""
    return (
        [i for i, s in enumerate(spans) if s.end <= place.start],
        [i for i, s in enumerate(spans) if s.overlaps(place)],
        [i for i, s in enumerate(spans) if s.start >= place.end],
    )


def directions(vectors: Floats, places: Mapping[str, Sequence[int]], factors: Mapping[str, float]) -> Floats:
    """Return side by side, multiplied by its factor, the direction of the mean of the rows of every place, zero for
    none: float32 [len(factors) d] of ``vectors`` [n, d]."""
    import numpy as np

    found = []
    for name, factor in factors.items():
        chosen = list(places[name])
        mean = vectors[chosen].mean(axis=0) if chosen else np.zeros(vectors.shape[1], np.float32)
        found.append(factor * mean / max(float(np.linalg.norm(mean)), 1e-6))
    joined: Floats = np.concatenate(found)
    return joined


def nearest(vectors: Floats, some: Sequence[int], others: Sequence[int]) -> float:
    """Return the largest cosine of any of the rows ``some`` to any of ``others``, 0 where there are none."""
    return float((vectors[list(some)] @ vectors[list(others)].T).max()) if some and others else 0.0
