"""The fitted model of lost and added negations: boosted trees over the evidence (see ``training/fit_negation.py``)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def model() -> dict[str, Any]:
    """Return ``checks/data/negation.json``: by kind of doubt the bias and the trees.

    A tree is a number (a leaf) or ``[feature, threshold, tree, tree]``: the first where the feature is not above the
    threshold.
    """
    path = resources.files("transcheck.checks") / "data" / "negation.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def log_odds(kind: str, features: Sequence[float]) -> float:
    """Return the log-odds that ``features`` are those of a lost (``kind`` lost), an added or an unpaired negation."""
    fitted = model().get(kind)
    if fitted is None:
        return 0.0
    total = float(fitted["bias"])
    for tree in fitted["trees"]:
        node = tree
        while isinstance(node, list):
            node = node[2] if features[node[0]] <= node[1] else node[3]
        total += node
    return total
