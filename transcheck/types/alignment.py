"""What the aligner returns: pairwise beads and the table of rows made of them."""

from __future__ import annotations

from dataclasses import dataclass

from transcheck.types.span import Lang, Place, Span


@dataclass(frozen=True, slots=True)
class Bead:
    """An m:n group of one language pair: segment ranges ``a`` and ``b`` (half-open), either of which may be empty.

    ``score`` is the similarity of the two sides, 0 for a gap; ``moved`` marks a pair found out of order.
    """

    a: Span
    b: Span
    score: float
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads of one language pair, covering every segment of both sides exactly once, ordered by side a then b."""

    lang_a: Lang
    lang_b: Lang
    beads: tuple[Bead, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What one version holds in a row: segment indices (ascending) and the place from the first to the last of them.

    An empty cell has no segments and a zero-width place at the point where the text is missing.
    """

    lang: Lang
    segments: tuple[int, ...]
    place: Place

    @property
    def empty(self) -> bool:
        """Whether the version has nothing here."""
        return not self.segments

    @property
    def text(self) -> str:
        """The text of the cell, from its first to its last segment."""
        return self.place.text


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: a cell for every version of the document, in the order of ``LANGS``.

    ``similarities`` holds the cosine of each pair of filled cells, keyed by the two languages in ``LANGS`` order;
    ``moved`` names the versions in which the passage stands at another place than in the others.
    """

    index: int
    cells: tuple[Cell, ...]
    similarities: tuple[tuple[tuple[Lang, Lang], float], ...] = ()
    moved: tuple[Lang, ...] = ()

    def cell(self, lang: Lang) -> Cell:
        """Return the cell of ``lang``; KeyError when the document has no such version."""
        for cell in self.cells:
            if cell.lang == lang:
                return cell
        raise KeyError(lang)

    def similarity(self, a: Lang, b: Lang) -> float | None:
        """Return the cosine of two cells, or None when one is empty or not compared."""
        for (x, y), value in self.similarities:
            if {x, y} == {a, b}:
                return value
        return None

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that hold text."""
        return tuple(c for c in self.cells if not c.empty)
