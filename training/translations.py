"""Learn which stems translate which: the table that ``transcheck/text/translations.py`` looks words up in.

IBM model 1 (Brown et al. 1993) in both directions over the sets of stems of aligned pairs, with a null word; in the
later rounds the two directions count only what both hold likely (alignment by agreement, Liang, Taskar & Klein 2006).
What is kept of a pair of stems is its expected number of links as a share of the occurrences of either. The renderings
that people wrote (``training/renderings.py``) are added.
"""

from __future__ import annotations

import itertools
import logging
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training import renderings
from training.calibrate import reserved
from training.corpus import Pair
from training.renderings import Vocabulary, Written
from transcheck.encode.words import word_spans
from transcheck.text import translations
from transcheck.text.stem import stem
from transcheck.types import Lang

log = logging.getLogger("training.translations")

LEAST_SEEN = 3
"""Texts in which a stem must stand."""
LONGEST = 60
"""Stems of a text."""
ROUNDS, ALONE = 5, 2
"""Rounds of expectation and maximisation, and how many of them each direction goes alone."""
NULL = 0.5
"""Mass of the null word beside that of one stem, after the first round."""
LEAST_SHARE, LEAST_LINKS = 0.005, 1.5
"""Share of the occurrences, and expected links, from which a pair of stems is kept."""
DECADES = 2.5
"""Powers of ten that the levels span."""
CHUNK = 20_000_000
"""Cells of sentence pairs that are worked on at a time: half a gigabyte."""

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The texts of one language: stems by number, the numbers of the stems of all texts one after the other [n], to
    which text each belongs [n], and in how many texts each stem stands.
    """

    stems: tuple[str, ...]
    numbers: Ints
    texts: Ints
    seen: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Pairs of stems by number [p] and how often they translated one another [p]."""

    a: Ints
    b: Ints
    expected: NDArray[np.float64]


def drawn(pairs: Iterable[Pair], weights: Mapping[str, float], rng: random.Random) -> list[Pair]:
    """Draw pairs; one of a source with a weight below 1 with that chance.

    Texts that limits are fitted on are left out.
    """
    found = [p for p in pairs if rng.random() < weights.get(p.source, 1.0)]
    kept_away = reserved(found)
    return [p for p in found if p.text_a not in kept_away and p.text_b not in kept_away]


def sides(pairs: Sequence[Pair], a: Lang, b: Lang) -> tuple[Side, Side]:
    """Return the two sides of the pairs of languages ``a`` and ``b``."""
    texts: dict[Lang, list[set[str]]] = {a: [], b: []}
    for pair in pairs:
        if {pair.lang_a, pair.lang_b} != {a, b}:
            continue
        both = {pair.lang_a: _stems(pair.text_a, pair.lang_a), pair.lang_b: _stems(pair.text_b, pair.lang_b)}
        if all(0 < len(found) <= LONGEST for found in both.values()):
            for lang, found in both.items():
                texts[lang].append(found)
    return _side(texts[a]), _side(texts[b])


def linked(a: Side, b: Side) -> Links:
    """Return the pairs of stems that translate one another."""
    cells = _Cells(a, b)
    known = len(cells.pair_a)
    to, back = np.full(known, 1e-3, np.float32), np.full(known, 1e-3, np.float32)
    null_a, null_b = (s.seen / s.seen.sum() for s in (a, b))
    expected = np.zeros(known)
    for number in range(ROUNDS):
        sum_b, sum_a = cells.sums(to, back)
        sum_b += null_b[b.numbers]
        sum_a += null_a[a.numbers]
        count_to, count_back = cells.counts(to, back, sum_b, sum_a, number >= ALONE)
        expected = count_to
        null_b, null_a = _null(b, null_b, sum_b), _null(a, null_a, sum_a)
        to, back = _shares(count_to, cells.pair_a), _shares(count_back, cells.pair_b)
        log.info("round %d of %d cells", number + 1, len(cells.pairs))
    return Links(cells.pair_a, cells.pair_b, expected)


class _Cells:
    """Every stem of a text beside every stem of its translation, where the two stand together more than once."""

    def __init__(self, a: Side, b: Side) -> None:
        texts = max(int(s.texts.max()) for s in (a, b)) + 1
        width = np.bincount(b.texts, minlength=texts)
        start = np.concatenate([[0], np.cumsum(width)])[:-1]
        repeats = width[a.texts]
        self.at_a = np.repeat(np.arange(len(a.numbers), dtype=np.int32), repeats)
        first = np.concatenate([[0], np.cumsum(repeats)])[:-1]
        inside = np.arange(len(self.at_a)) - np.repeat(first, repeats)
        self.at_b = (np.repeat(start[a.texts], repeats) + inside).astype(np.int32)
        del inside
        key = a.numbers[self.at_a].astype(np.int64) * len(b.stems) + b.numbers[self.at_b]
        found, number, count = np.unique(key, return_inverse=True, return_counts=True)
        del key
        often = count > 1
        renumbered = np.where(often, np.cumsum(often) - 1, -1).astype(np.int32)
        self.pairs: Ints = renumbered[number]
        kept = self.pairs >= 0
        self.pairs, self.at_a, self.at_b = self.pairs[kept], self.at_a[kept], self.at_b[kept]
        self.pair_a: Ints = (found[often] // len(b.stems)).astype(np.int32)
        self.pair_b: Ints = (found[often] % len(b.stems)).astype(np.int32)
        self.size_a, self.size_b = len(a.numbers), len(b.numbers)

    def sums(self, to: Floats, back: Floats) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return what the stems of the other side add up to, for each stem of b and of a."""
        sum_b, sum_a = np.zeros(self.size_b), np.zeros(self.size_a)
        for part in self._parts():
            sum_b += np.bincount(self.at_b[part], to[self.pairs[part]], self.size_b)
            sum_a += np.bincount(self.at_a[part], back[self.pairs[part]], self.size_a)
        return sum_b, sum_a

    def counts(
        self, to: Floats, back: Floats, sum_b: NDArray[np.float64], sum_a: NDArray[np.float64], agreed: bool
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the expected links of each pair, by either direction; the same where they have ``agreed``."""
        known = len(self.pair_a)
        count_to, count_back = np.zeros(known), np.zeros(known)
        for part in self._parts():
            pairs = self.pairs[part]
            there = to[pairs] / sum_b[self.at_b[part]]
            here = back[pairs] / sum_a[self.at_a[part]]
            if agreed:
                there = here = np.sqrt(there * here)
            count_to += np.bincount(pairs, there, known)
            count_back += np.bincount(pairs, here, known)
        return count_to, count_back

    def _parts(self) -> Iterable[slice]:
        return (slice(at, at + CHUNK) for at in range(0, len(self.pairs), CHUNK))


def levels(share: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return shares between 0 and 1 as levels, 0 for those below the scale."""
    scale = 1 + np.log10(np.maximum(share, 1e-9)) / DECADES
    return np.where(scale > 0, np.clip(np.round(translations.LEVELS * scale), 1, translations.LEVELS), 0).astype(
        np.uint8
    )


def largest(hashes: NDArray[np.uint32], values: NDArray[np.uint8]) -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """Sort hashes [n], which may repeat, and return each once with the largest of its values [n, …]."""
    places, where = np.unique(hashes, return_inverse=True)
    found = np.zeros((len(places), *values.shape[1:]), np.uint8)
    np.maximum.at(found, where, values)
    return places, found


def gaps(places: NDArray[np.uint32], values: NDArray[Any]) -> tuple[NDArray[np.uint16], NDArray[Any]]:
    """Return the steps between sorted places [n] with their values [n, …].

    Where a step is too long for 16 bits, places without a value stand between.
    """
    most = np.iinfo(np.uint16).max
    found = places.astype(np.int64)
    steps = np.diff(found, prepend=0)
    between = [np.arange(found[i] - steps[i] + most, found[i], most) for i in np.flatnonzero(steps > most)]
    extra = np.concatenate([np.zeros(0, np.int64), *between])
    found = np.concatenate([found, extra])
    values = np.concatenate([values, np.zeros((len(extra), *values.shape[1:]), values.dtype)])
    order = np.argsort(found, kind="stable")
    return np.diff(found[order], prepend=0).astype(np.uint16), values[order]


def learnt(pairs: Sequence[Pair]) -> tuple[translations.Table, Vocabulary]:
    """Learn a table from ``pairs``, in which nothing is listed, and return it with the stems of the texts."""
    found: dict[str, list[NDArray[np.uint32]]] = {"pairs": [], "stems": []}
    values: dict[str, list[NDArray[np.uint8]]] = {"pairs": [], "stems": []}
    languages: tuple[Lang, ...] = ("en", "ru", "uk")
    vocabulary: dict[Lang, set[str]] = {lang: set() for lang in languages}
    for a, b in itertools.combinations(languages, 2):
        left, right = sides(pairs, a, b)
        vocabulary[a].update(left.stems)
        vocabulary[b].update(right.stems)
        links = linked(left, right)
        there, back = links.expected / left.seen[links.a], links.expected / right.seen[links.b]
        kept = (np.maximum(there, back) >= LEAST_SHARE) & (links.expected >= LEAST_LINKS)
        key_a, key_b = (translations.stem_keys(s.stems, lang) for s, lang in ((left, a), (right, b)))
        found["pairs"].append(translations.pair_hashes(key_a[links.a[kept]], key_b[links.b[kept]]))
        values["pairs"].append(np.stack([levels(there[kept]), levels(back[kept])], axis=1))
        for side, keys, other in ((left, key_a, b), (right, key_b, a)):
            found["stems"].append(translations.stem_hashes(keys, other))
            values["stems"].append(np.clip(np.round(16 * np.log2(side.seen)), 1, 255).astype(np.uint8))
        log.info("%s-%s: %d stems, %d stems, %d pairs", a, b, len(left.stems), len(right.stems), kept.sum())
    (hashes, both), (stems, seen) = (largest(np.concatenate(found[k]), np.concatenate(values[k])) for k in found)
    return translations.Table(hashes, packed(both), stems, seen, np.zeros(len(stems), bool)), vocabulary


def with_written(table: translations.Table, written: Written) -> translations.Table:
    """Add what people wrote to a learnt table."""
    known = np.stack([table.levels >> 4, table.levels & 15], axis=1)
    more = np.full((len(written.pairs), 2), renderings.LEVEL, np.uint8)
    pairs, both = largest(np.concatenate([table.pairs, written.pairs]), np.concatenate([known, more]))
    stems, seen = largest(
        np.concatenate([table.stems, written.listed]),
        np.concatenate([table.seen, np.ones(len(written.listed), np.uint8)]),
    )
    return translations.Table(pairs, packed(both), stems, seen, np.isin(stems, written.listed))


def packed(both: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return levels in both directions [n, 2] as the halves of bytes [n]."""
    return (both[:, 0] << 4 | both[:, 1]).astype(np.uint8)


def save(table: translations.Table, out: Path) -> None:
    """Write a table as :func:`transcheck.text.translations.table` reads it."""
    steps, levels = gaps(table.pairs, table.levels)
    stems, values = gaps(table.stems, np.stack([table.seen, table.listed], axis=1))
    np.savez_compressed(out, pairs=steps, levels=levels, stems=stems, seen=values[:, 0], listed=values[:, 1] > 0)


def make(pairs: Sequence[Pair], weights: Mapping[str, float], out: Path) -> None:
    """Learn the table from ``pairs`` and write it: seven minutes on one core for 1.2 million pairs."""
    table, vocabulary = learnt(drawn(pairs, weights, random.Random(1)))
    save(with_written(table, renderings.hashed(list(renderings.read()), vocabulary)), out)


def _stems(text: str, lang: Lang) -> set[str]:
    return {s for span in word_spans(text) if (s := stem(span.of(text), lang))}


def _side(texts: Sequence[set[str]]) -> Side:
    """Number the stems that stand in enough texts."""
    count: dict[str, int] = {}
    for text in texts:
        for found in text:
            count[found] = count.get(found, 0) + 1
    stems = tuple(s for s, n in count.items() if n >= LEAST_SEEN)
    number = {s: i for i, s in enumerate(stems)}
    numbers = [sorted(number[s] for s in text if s in number) for text in texts]
    flat = np.fromiter(itertools.chain.from_iterable(numbers), np.int32)
    owner = np.repeat(np.arange(len(texts), dtype=np.int32), [len(n) for n in numbers])
    return Side(stems, flat, owner, np.array([count[s] for s in stems], np.float64))


def _shares(count: NDArray[np.float64], owner: Ints) -> Floats:
    """Return counts as shares of what their owners have in all."""
    return (count / np.maximum(np.bincount(owner, count), 1e-9)[owner]).astype(np.float32)


def _null(side: Side, null: NDArray[np.float64], total: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how often the null word stands for each stem, given what all that may stand for a word adds up to."""
    count = np.bincount(side.numbers, null[side.numbers] / total, len(side.stems)).astype(np.float64)
    shares: NDArray[np.float64] = count / count.sum() * NULL
    return shares
