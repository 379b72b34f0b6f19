"""Gradient-boosted trees, run by numpy; trained by scikit-learn (``training/fit_lacking.py``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAF = -1
"""Feature of a leaf."""


def log_odds(stored: Mapping[str, NDArray[Any]], name: str, features: Sequence[float]) -> float:
    """Return the sum of what all trees of ``name`` say of features [k].

    ``stored`` holds, after ``name.``, of all nodes of all trees the ``feature`` [n] (:data:`LEAF`: none), the
    ``threshold`` up to which a value goes to the ``left`` node, else to the ``right`` one, counted from the root of the
    tree, and the ``value`` of a leaf [n]; the ``roots`` [t]; and the ``start`` [1].
    """
    import numpy as np

    feature, threshold, left, right = (stored[f"{name}.{x}"] for x in ("feature", "threshold", "left", "right"))
    values = np.asarray(features, np.float32)
    roots = node = stored[f"{name}.roots"].astype(np.int64)
    while (inner := feature[node] != LEAF).any():
        below = values[feature[node]] <= threshold[node]
        node = np.where(inner, roots + np.where(below, left[node], right[node]), node)
    return float(stored[f"{name}.start"][0] + stored[f"{name}.value"][node].sum(dtype=np.float32))
