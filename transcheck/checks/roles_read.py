"""Exchanged roles as the network of drift reads them: what TC207 proposes where no rule tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from transcheck.checks import drift
from transcheck.checks.base import Context
from transcheck.checks.coverage import judgement, words_of
from transcheck.types import Cell, Lang, Place

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DOUBT: Final = -3.5
"""Logarithm of the share of exchanged roles, by static vectors alone, from which the contextual ones are asked. On
held-out pairs -4 keeps 96 % of what is proposed in the end and asks for 18 % of the clean ones, -3 91 and 11 %.
"""
_LEAST: Final = -0.5
"""The same by all vectors, from which they are proposed."""


def read_as_exchanged(a: Cell, b: Cell, context: Context) -> dict[Lang, Place] | None:
    """Return the words that changed most in either version where the network takes them for exchanged roles."""
    one, two = words_of(a, context.encoder), words_of(b, context.encoder)
    if one.shallow is None or two.shallow is None or _log_share(judgement(one.shallow, two.shallow)) < _DOUBT:
        return None
    if one.deep is None or two.deep is None:
        return None
    judged = judgement(one.deep, two.deep)
    if _log_share(judged) < _LEAST:
        return None
    return {a.lang: _most_changed(a, judged.changed_a, context), b.lang: _most_changed(b, judged.changed_b, context)}


def _log_share(judged: drift.Judgement) -> float:
    """Return the logarithm of how likely, of all kinds of drift and none, exchanged roles are."""
    import numpy as np

    kinds = judged.kinds - judged.kinds.max()
    return float(kinds[drift.ROLES] - np.log(np.exp(kinds).sum()))


def _most_changed(cell: Cell, odds: NDArray[np.float32], context: Context) -> Place:
    """Return the stretch from one to the other of the two words that are likeliest to be changed."""
    import numpy as np

    spans = words_of(cell, context.encoder).spans
    chosen = sorted(np.argsort(-odds)[:2].tolist())
    return context.place(cell.lang, spans[chosen[0]].start, spans[chosen[-1]].end)
