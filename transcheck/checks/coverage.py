"""The words of a cell as the networks read them (:mod:`transcheck.checks.critic`, :mod:`transcheck.checks.drift`), and
how surely another cell lacks them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from transcheck.checks import critic, drift
from transcheck.checks.critic import Reading
from transcheck.text import translations
from transcheck.text.names import names
from transcheck.text.numbers import scan
from transcheck.text.reporting import reporting_clauses
from transcheck.text.words import is_function_word
from transcheck.types import LANGS, Cell, Encoder, Lang, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_FUNCTION = 0.2
"""What a function word's log-odds count beside those of a content word, as in training."""
_FUNCTION_SALIENCE = 0.25
"""What is kept of a function word's salience."""
BOUND = 6.0
"""Bound of the log-odds of one word."""

BRACKETED = re.compile(r"\[[^\[\]]*\]|\([^()]*\)")


@lru_cache(maxsize=1)
def calibration() -> dict[str, Any]:
    """Return the fitted numbers (``checks/data/calibration.json``), each with what it was fitted on."""
    text = (resources.files("transcheck.checks") / "data" / "calibration.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of a cell: spans in the version, unit vectors [n, d], salience [n], which of them are content words [n]
    and which are passed over [n], in brackets or in a reporting clause. Function words keep a quarter of their
    salience. ``settled`` are words of numbers, dates and names [n]: other checks compare them; ``keys`` are those of
    the table of translations [n]. ``reading`` is what the network of omissions makes of the words, None where there is
    none, and ``later`` makes what the network of drift does when that is asked for.
    """

    spans: tuple[Span, ...]
    vectors: Floats
    salience: Floats
    content: NDArray[np.bool_]
    passed_over: NDArray[np.bool_]
    settled: NDArray[np.bool_]
    keys: NDArray[np.uint64]
    reading: Reading | None
    later: Later | None = None

    @property
    def deep(self) -> drift.Reading | None:
        """What the network of drift makes of the words; None where there are none, or not those of one cell."""
        return self.later.reading if self.later is not None else None

    @property
    def shallow(self) -> drift.Reading | None:
        """The same without contextual vectors, which cost most of it."""
        return self.later.blind if self.later is not None else None


class Later:
    """The words of a cell, read by the contextual model and for the network of drift when first needed."""

    def __init__(
        self,
        cell: Cell,
        encoder: Encoder,
        vectors: Floats,
        weight: Floats,
        content: NDArray[np.bool_],
        keys: NDArray[np.uint64],
    ) -> None:
        self._cell, self._encoder = cell, encoder
        self._given = vectors, weight, content, keys

    @cached_property
    def reading(self) -> drift.Reading:
        """What the network of drift makes of the words."""
        return self._read(self._encoder.context(self._cell.text))

    @cached_property
    def blind(self) -> drift.Reading:
        """What it makes of them without contextual vectors."""
        return self._read(None)

    @cached_property
    def _near(self) -> Floats:
        return drift.neighbourhoods(self._given[0], self._cell.lang)

    def _read(self, context: Floats | None) -> drift.Reading:
        import numpy as np

        vectors, weight, content, keys = self._given
        text, lang = self._cell.text, self._cell.lang
        capital = np.array([s.of(text)[:1].isupper() for s in self._encoder.words(text)[0]], np.bool_)
        return drift.read(vectors, context, weight, content, capital, keys, lang, self._near)


def words_of(cell: Cell, encoder: Encoder) -> Words:
    """Return the words of a cell with absolute spans; several checks ask for the same cells."""
    return _reader(cast("Hashable", encoder))(cell)


@lru_cache(maxsize=1)
def _reader(encoder: Hashable) -> Callable[[Cell], Words]:
    """Return what reads cells with an encoder and keeps the last ones; one encoder alone is kept alive by it."""
    return lru_cache(maxsize=144)(partial(_read, cast("Encoder", encoder)))  # two documents of 1,200 words


def _read(encoder: Encoder, cell: Cell) -> Words:
    """Read a cell."""
    import numpy as np

    offset = cell.place.start
    spans, vectors = encoder.words(cell.text)
    content = np.array([not is_function_word(s.of(cell.text), cell.lang) for s in spans], np.bool_)
    weight = encoder.salience(cell.text)
    salience = weight * np.where(content, 1.0, _FUNCTION_SALIENCE).astype(np.float32)
    moved = tuple(Span(s.start + offset, s.end + offset) for s in spans)
    passed_over, settled = _within(spans, _passed_over(cell)), _within(spans, _settled(cell))
    keys = translations.keys([s.of(cell.text) for s in spans], cell.lang)
    reading = critic.read(vectors, weight, content, cell.lang) if spans else None
    later = Later(cell, encoder, vectors, weight, content, keys) if spans else None
    return Words(moved, vectors, salience, content, passed_over, settled, keys, reading, later)


def joined(parts: Sequence[Words], lang: Lang) -> Words:
    """Return the words of cells that follow one another as those of one text."""
    import numpy as np

    spans = tuple(s for part in parts for s in part.spans)
    vectors, salience, content, passed_over, settled, keys = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("vectors", "salience", "content", "passed_over", "settled", "keys")
    )
    weight = (salience / np.where(content, 1.0, _FUNCTION_SALIENCE)).astype(np.float32)
    reading = critic.read(vectors, weight, content, lang) if spans else None
    return Words(spans, vectors, salience, content, passed_over, settled, keys, reading)


def _within(spans: Sequence[Span], ranges: Iterable[tuple[int, int]]) -> NDArray[np.bool_]:
    """Return which spans lie inside one of the ranges."""
    import numpy as np

    inside = np.zeros(len(spans), np.bool_)
    for start, end in ranges:
        inside |= np.array([start <= s.start and s.end <= end for s in spans], np.bool_)
    return inside


def _settled(cell: Cell) -> Iterator[tuple[int, int]]:
    """Yield the numbers, dates and names of a cell."""
    quantities, dates = scan(cell.text, cell.lang)
    yield from ((q.start, q.end) for q in quantities)
    yield from ((d.start, d.end) for d in dates)
    for name in names(cell.text, cell.lang):
        if name.firm:
            yield name.start, name.end


def _passed_over(cell: Cell) -> Iterator[tuple[int, int]]:
    """Yield what may stand in one version only: bracketed insertions and reporting clauses."""
    for match in BRACKETED.finditer(cell.text):
        yield match.span()
    for span in reporting_clauses(cell.text, cell.lang):
        yield span.start, span.end


def covered(a: Words, b: Words) -> Floats:
    """Return for each word of ``a`` the cosine of its nearest word of ``b``, float32 [len(a)]; 0 if ``b`` is empty."""
    import numpy as np

    near: Floats = np.maximum((a.vectors @ b.vectors.T).max(axis=1, initial=0.0), 0.0).astype(np.float32)
    return near


def judgement(a: drift.Reading, b: drift.Reading) -> drift.Judgement:
    """Return what the network of drift says of two texts; it reads them in one order, whichever way they are given."""
    if LANGS.index(a.lang) <= LANGS.index(b.lang):
        return _judged(a, b)
    return _judged(b, a).turned()


@lru_cache(maxsize=512)
def _judged(a: drift.Reading, b: drift.Reading) -> drift.Judgement:
    """Judge two texts once: several checks ask in both directions."""
    return drift.compare(a, b)


def absent(part: Words, whole: Words, other: Words) -> float:
    """Return the mean log-odds that ``other`` lacks the words of ``part``, which are words of ``whole``.

    ``whole`` holds more of the text than ``part``: the network then sees which words of ``other`` the rest accounts
    for. Numbers and names count for nothing, other checks compare them.
    """
    import numpy as np

    if whole.reading is None or other.reading is None or not part.spans:
        return BOUND
    odds, _ = critic.missing(whole.reading, other.reading)
    first = whole.spans.index(part.spans[0])
    mine = np.clip(odds[first : first + len(part.spans)], -BOUND, BOUND)
    counts = np.where(part.passed_over | part.settled, 0.0, np.where(part.content, 1.0, _FUNCTION))
    return float((mine * counts).sum() / counts.sum()) if counts.sum() > 0 else float(mine.mean())


def part_of(words: Words, first: int, last: int) -> Words:
    """Return the words ``first:last`` without a reading of their own."""
    run = slice(first, last)
    return Words(
        words.spans[run],
        words.vectors[run],
        words.salience[run],
        words.content[run],
        words.passed_over[run],
        words.settled[run],
        words.keys[run],
        None,
    )


def best_run(scores: Sequence[float]) -> tuple[int, int, float]:
    """Return start, end and sum of the run with the largest sum (0, 0, 0 where none is positive)."""
    best = (0, 0, 0.0)
    start, total = 0, 0.0
    for index, score in enumerate(scores):
        if total <= 0:
            start, total = index, 0.0
        total += score
        if total > best[2]:
            best = (start, index + 1, total)
    return best
