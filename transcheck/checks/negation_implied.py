"""Negations that stand in a verb or an adverb (*refused to give*, *вряд ли дойдёт*) and that one version lacks or adds.

Such words are rendered in too many ways for two versions to tell, so this speaks only where two agree against a third,
and only of words that the third renders while it has nothing of a negation itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from transcheck.checks.base import Check, Context
from transcheck.text.negation import Negation, implied, negations
from transcheck.types import Cell, Finding, Lang, Place, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

GOVERNED: Final = 0.4
"""Cosine from which a version renders a word that is governed."""
ITSELF: Final = 0.35
"""Cosine from which a version renders the denying word itself."""
_NEUTRAL: Final = ("limit", "time", "instead", "keep")
"""Kinds that deny nothing themselves."""
_VERBAL: Final = ("doubt", "refusal", "failure", "ban")
"""Kinds sure enough to speak against two versions that state."""
_TOO_FREE: Final = ("end",)
"""Kinds rendered in too many ways (*the knocking stopped*, *стук ущух*) to be missed anywhere."""
ALIKE: Final = 0.35
"""Cosine that governed words of the two versions that agree must reach."""


def implicit(kind: Check, row: Row, context: Context) -> Iterator[Finding]:
    """Yield a warning of ``kind`` for a version that lacks an implied negation of both others, or has one alone."""
    if len(row.filled) != 3:
        return
    found = {c.lang: tuple(n for n in implied(c.text, c.lang) if n.kind not in _TOO_FREE) for c in row.filled}
    having = [c for c in row.filled if found[c.lang]]
    weak = (*_NEUTRAL, "fail") if all(n.kind == "doubt" for ns in found.values() for n in ns) else _NEUTRAL
    silent = [c for c in row.filled if not any(n.kind not in weak for n in negations(c.text, c.lang))]
    lacking = [c for c in silent if not found[c.lang]]
    if len(having) == 2 and len(lacking) == 1:
        p, q = having
        pairs = [(n, m) for n in found[p.lang] for m in found[q.lang] if _agree(n, p, m, q, context)]
        hit = next(
            ((n, m) for n, m in pairs if _lost(n, p, lacking[0], context) and _lost(m, q, lacking[0], context)), None
        )
        if hit:
            n, m = hit
            yield _finding(kind, lacking[0].lang, {p.lang: n, q.lang: m}, row, context)
    elif len(having) == 1 and len(lacking) == 2:
        (p,) = having
        sure = [n for n in found[p.lang] if n.kind in _VERBAL]
        first = next((n for n in sure if all(_lost(n, p, c, context) for c in lacking)), None)
        if first is not None:
            yield _finding(kind, p.lang, {p.lang: first}, row, context)


def _rows(n: Negation, cell: Cell, context: Context) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the vectors of the denying words and those of the words they govern."""
    words, vectors = context.encoder.words(cell.text)
    own = [i for i, w in enumerate(words) if w.overlaps(n.span)]
    governed = [i for i, w in enumerate(words) if any(w.overlaps(d) for d in n.denied) and i not in own]
    return vectors[own], vectors[governed]


def _agree(n: Negation, p: Cell, m: Negation, q: Cell, context: Context) -> bool:
    product = _rows(n, p, context)[1] @ _rows(m, q, context)[1].T
    return bool(product.size) and float(product.max()) >= ALIKE


def _lost(n: Negation, cell: Cell, there: Cell, context: Context) -> bool:
    """Tell whether another version renders the words that are governed and has nothing of the denying word."""
    own, governed = _rows(n, cell, context)
    vectors = context.encoder.words(there.text)[1]
    if not own.size or not governed.size or not vectors.size:
        return False
    return float((own @ vectors.T).max()) < ITSELF and float((governed @ vectors.T).max()) >= GOVERNED


def _finding(kind: Check, lang: Lang, said: dict[Lang, Negation], row: Row, context: Context) -> Finding:
    places: dict[Lang, Place] = {}
    for cell in row.filled:
        n = said.get(cell.lang)
        start = cell.place.start
        places[cell.lang] = cell.place if n is None else context.place(cell.lang, start + n.start, start + n.end)
    denied = " and ".join(f"“{places[x].text}” ({x})" for x in said)
    message = f"{denied}: {lang} has nothing of the kind"
    if len(said) == 1:
        message = f"{denied}: the other versions have nothing of the kind"
    rest = tuple(p for x, p in places.items() if x != lang)
    return Finding(kind.code, kind.category, "warning", lang, 0.7, message, places[lang], rest, row.index)
