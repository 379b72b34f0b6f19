"""The versions of a row as the search for negations sees them: words, vectors, negations, and which render which."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transcheck.checks.base import Context
from transcheck.text.negation import Negation, implied, negations
from transcheck.types import Cell, Lang, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SAME_BONUS = 0.3
"""What two strong negations are more alike than a strong and a weak one."""
_CONCEDES = re.compile(r"\b(?:бы(?: то)? ни|хоч би)\b", re.IGNORECASE)
"""What a clause of concession begins with: whatever they wrote. It renders no negation of another clause."""
_FAR = 0.5
"""How much less alike two negations at opposite ends of their cells are."""


@dataclass(frozen=True, slots=True)
class Side:
    """A cell with its negations and word vectors; spans count from the start of the cell.

    ``implied`` are words that deny what they govern without being a negation (*failed to arrive*, *unknown*).
    """

    lang: Lang
    text: str
    start: int
    negations: tuple[Negation, ...]
    implied: tuple[Negation, ...]
    words: tuple[Span, ...]
    vectors: NDArray[np.float32]

    def index(self, span: Span) -> int | None:
        """Return the index of the word that overlaps ``span``."""
        return next((i for i, w in enumerate(self.words) if w.overlaps(span)), None)

    def indices(self, spans: Sequence[Span]) -> list[int]:
        """Return the indices of the words that overlap any of ``spans``, in the order of the spans."""
        found = [self.index(s) for s in spans]
        return [i for i in found if i is not None]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two sides with the cosines of their words and the negations that render one another."""

    a: Side
    b: Side
    cosine: NDArray[np.float32]
    pairs: tuple[tuple[Negation, Negation], ...]


def side(cell: Cell, context: Context) -> Side:
    """Prepare a cell: its negations, words and vectors."""
    words, vectors = context.encoder.words(cell.text)
    found = tuple(n for n in negations(cell.text, cell.lang) if not _CONCEDES.search(n.span.of(cell.text)))
    formal = [n.span for n in found if n.formal]
    more = [n for n in implied(cell.text, cell.lang) if not any(n.span.overlaps(s) for s in formal)]
    prefixed = [n for n in found if n.kind in ("prefix", "unable")]
    return Side(cell.lang, cell.text, cell.place.start, found, (*more, *prefixed), words, vectors)


def pairing(a: Side, b: Side) -> Pairing:
    """Match the negations of two sides one to one, most alike first."""
    cosine = a.vectors @ b.vectors.T
    mine = [n for n in a.negations if n.formal]
    others = [n for n in b.negations if n.formal]
    likely = sorted(
        (
            (_likeness(n, m, a, b, cosine) + _SAME_BONUS * (n.strong == m.strong), i, j)
            for i, n in enumerate(mine)
            for j, m in enumerate(others)
        ),
        reverse=True,
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    pairs = []
    for _, i, j in likely:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
            pairs.append((mine[i], others[j]))
    return Pairing(a, b, cosine, tuple(pairs))


def _likeness(n: Negation, m: Negation, a: Side, b: Side, cosine: NDArray[np.float32]) -> float:
    rows, columns = a.indices(n.denied), b.indices(m.denied)
    alike = max((float(cosine[i, j]) for i in rows for j in columns), default=0.0)
    distance = abs(n.start / max(1, len(a.text)) - m.start / max(1, len(b.text)))
    return alike - _FAR * distance


def best(rows: Sequence[int], cosine: NDArray[np.float32]) -> tuple[int | None, float]:
    """Return the column most like any of ``rows`` and its cosine."""
    if not rows:
        return None, 0.0
    block = cosine[list(rows)]
    column = int(block.max(axis=0).argmax())
    return column, float(block[:, column].max())
