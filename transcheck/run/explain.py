"""Findings of a report explained: the model that made it is loaded and reads their rows again."""

from __future__ import annotations

from collections.abc import Sequence

from transcheck.checks.base import Context
from transcheck.checks.explain import explain
from transcheck.encode import load_encoder
from transcheck.encode.revision import PACKAGED
from transcheck.read.kept import Kept
from transcheck.types import Document, Explanation


def explain_kept(chosen: Sequence[Kept]) -> list[Explanation]:
    """Return the explanations of findings of one report, in order.

    Raises:
        ModelError: when the model that the report names cannot be had.
    """
    names = {name: model for model, (name, *_) in PACKAGED.items()}
    model = chosen[0].model
    encoder = load_encoder(names.get(model, model))
    found = []
    for kept in chosen:
        if kept.row is None:
            found.append(Explanation(kept.finding, (), ()))
            continue
        context = Context(Document(kept.document, ()), (kept.row,), {}, encoder)
        found.append(explain(kept.finding, kept.row, context))
    return found
