"""Examples for the critic: aligned pairs as word lists, and pairs damaged so that it is known which words are missing.

Everything is done on lists of words, so a text is split and cut into subwords once. Which words of one side a passage
removed from the other side stood for is read off the similarities of the undamaged pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training.corpus import Pair
from transcheck.checks.coverage import words_of
from transcheck.encode.words import owners
from transcheck.text.sentences import segment
from transcheck.types import LANGS, Cell, Encoder, Place, Span

LIMITS = {
    "wmt": 110_000,
    "sy_transcripts": 33_000,
    "zelensky_speeches_resistinua": 15_000,
    "tatoeba_opus": 41_000,
    "bilinguator_books": 12_000,
    "wesnoth2015": 30_000,
    "wesnoth18": 5_000,
    "gtnh_quests": 8_000,
    "mozilla_www": 6_000,
    "bible": 15_000,
    "shattered_pixel_dungeon": 6_000,
    "fheroes2": 6_000,
    "morevna_subtitles": 800,
    "opensource_guide": 5_000,
    "privacyguides": 5_000,
    "udhr": 300,
}
"""Pairs taken of each source: connected prose, the nearer to published quotes the more."""

WORDS = 60
"""Words of a side; longer texts are left out."""

SURE = 0.35
"""Similarity from which a word's counterpart is known."""

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One text: subword ids of all words and where each word's begin [n + 1], language, which words are content words
    and which are passed over [n], clause and sentence beginnings as word indices, and for each word the index of its
    most similar word on the other side and that similarity [n].
    """

    ids: Ints
    offsets: Ints
    lang: int
    content: Bools
    passed_over: Bools
    clauses: tuple[int, ...]
    sentences: tuple[int, ...]
    best: Ints
    likeness: NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """Two word lists, each a list of subword id arrays, and for the words of ``a`` whether ``b`` lacks them.

    ``weight`` is 0 where that is not known or does not matter.
    """

    a: list[Ints]
    b: list[Ints]
    langs: tuple[int, int]
    content: tuple[Bools, Bools]
    missing: NDArray[np.float32]
    weight: NDArray[np.float32]


def read_sides(pairs: Sequence[Pair], encoder: Encoder, vocabulary: Tokenizer) -> Iterator[tuple[str, Side, Side]]:
    """Yield source and both sides of the pairs that are long enough to lack something and short enough for a row."""
    for pair in pairs:
        cells = [
            Cell(lang, (0,), Place(lang, 0, len(text), text))
            for lang, text in ((pair.lang_a, pair.text_a), (pair.lang_b, pair.text_b))
        ]
        words = [words_of(cell, encoder) for cell in cells]
        if not all(3 <= len(w.spans) <= WORDS for w in words):
            continue
        cosine = words[0].vectors @ words[1].vectors.T
        places = [np.linspace(0, 1, len(w.spans)) for w in words]
        near = cosine - 0.15 * np.abs(places[0][:, None] - places[1][None, :])
        sides = []
        for index, (cell, word) in enumerate(zip(cells, words, strict=True)):
            ids, offsets = _subwords(cell.text, word.spans, vocabulary)
            table, values = (near, cosine) if index == 0 else (near.T, cosine.T)
            best = table.argmax(axis=1)
            starts = [s.start for s in word.spans]
            found = segment(cell.text, cell.lang)
            sides.append(
                Side(
                    ids,
                    offsets,
                    LANGS.index(cell.lang),
                    word.content,
                    word.passed_over,
                    _first_words([c.start for s in found for c in s.clauses], starts),
                    _first_words([s.span.start for s in found], starts),
                    best.astype(np.int32),
                    values[np.arange(len(best)), best].astype(np.float32),
                )
            )
        yield pair.source, sides[0], sides[1]


def _subwords(text: str, spans: Sequence[Span], vocabulary: Tokenizer) -> tuple[Ints, Ints]:
    """Return the subword ids of all words, and where each word's begin [len(spans) + 1]."""
    encoding = vocabulary.encode(text, add_special_tokens=False)
    owner, inside = owners(spans, encoding.offsets)
    counts = np.bincount(owner[inside], minlength=len(spans))
    return np.array(encoding.ids, np.int32)[inside], np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


def _first_words(positions: Sequence[int], starts: Sequence[int]) -> tuple[int, ...]:
    """Return the indices of the first words at or after the positions."""
    return tuple(sorted({int(i) for i in np.searchsorted(starts, positions) if i < len(starts)}))


def join(sides: Sequence[Side], others: Sequence[Side]) -> Side:
    """Join sides that follow one another; ``others`` are their counterparts."""
    words = np.cumsum([0, *(len(s.content) for s in sides)])
    subwords = np.cumsum([0, *(len(s.ids) for s in sides)])
    shift = np.cumsum([0, *(len(o.content) for o in others)])
    offsets = [s.offsets[:-1] + subwords[i] for i, s in enumerate(sides)]
    return Side(
        np.concatenate([s.ids for s in sides]),
        np.concatenate([*offsets, subwords[-1:]]).astype(np.int32),
        sides[0].lang,
        np.concatenate([s.content for s in sides]),
        np.concatenate([s.passed_over for s in sides]),
        tuple(int(c + words[i]) for i, s in enumerate(sides) for c in s.clauses),
        tuple(int(c + words[i]) for i, s in enumerate(sides) for c in s.sentences),
        np.concatenate([s.best + shift[i] for i, s in enumerate(sides)]).astype(np.int32),
        np.concatenate([s.likeness for s in sides]),
    )


KINDS = ("clean", "drop", "drop phrase", "insert here", "insert there", "replace")
SHARES = (0.36, 0.24, 0.12, 0.12, 0.06, 0.10)


def example(a: Side, b: Side, donor: tuple[Side, Side], rng: np.random.Generator, kind: str | None = None) -> Example:
    """Damage a pair; ``donor`` is another pair of the same languages whose clauses are inserted."""
    kind = kind or str(rng.choice(KINDS, p=SHARES))
    words_a, words_b = _words(a), _words(b)
    content_a, content_b = a.content, b.content
    missing = np.zeros(len(words_a), np.float32)
    weight = np.where(a.passed_over, 0.0, np.where(a.content, 1.0, 0.2)).astype(np.float32)
    if kind in ("drop", "drop phrase", "replace"):
        span = _passage(b, rng, phrase=kind == "drop phrase")
        if span is not None:
            missing, known = _stood_for(a, span)
            weight = weight * known
            put: list[Ints] = []
            flags = np.zeros(0, np.bool_)
            if kind == "replace":
                put, flags = _clause(donor[1], rng)
            words_b = words_b[: span[0]] + put + words_b[span[1] :]
            content_b = np.concatenate([content_b[: span[0]], flags, content_b[span[1] :]])
    elif kind == "insert here":
        put, flags = _clause(donor[0], rng)
        at = int(rng.choice([*a.clauses, len(words_a)]))
        words_a = words_a[:at] + put + words_a[at:]
        content_a = np.concatenate([content_a[:at], flags, content_a[at:]])
        missing = np.insert(missing, at, np.ones(len(put), np.float32)).astype(np.float32)
        weight = np.insert(weight, at, np.where(flags, 1.0, 0.2)).astype(np.float32)
    elif kind == "insert there":
        put, flags = _clause(donor[1], rng)
        at = int(rng.choice([*b.clauses, len(words_b)]))
        words_b = words_b[:at] + put + words_b[at:]
        content_b = np.concatenate([content_b[:at], flags, content_b[at:]])
    return Example(words_a, words_b, (a.lang, b.lang), (content_a, content_b), missing, weight)


def _words(side: Side) -> list[Ints]:
    """Return the subword ids of each word."""
    return [side.ids[side.offsets[i] : side.offsets[i + 1]] for i in range(len(side.content))]


def _passage(side: Side, rng: np.random.Generator, phrase: bool) -> tuple[int, int] | None:
    """Choose words to remove: a clause, a sentence or two clauses, or a phrase; at least three words stay."""
    count = len(side.content)
    bounds = [*sorted({0, *side.clauses}), count]
    if not phrase and len(bounds) > 2:
        first = int(rng.integers(len(bounds) - 1))
        last = min(len(bounds) - 1, first + 1 + int(rng.random() < 0.2))
        span = bounds[first], bounds[last]
        if span[1] - span[0] >= 2 and count - (span[1] - span[0]) >= 3:
            return span
    size = int(rng.integers(1 if phrase else 2, 8))
    if count < size + 4:
        return None
    at = int(rng.integers(count - size + 1))
    return (at, at + size) if side.content[at : at + size].any() else None


def _stood_for(side: Side, span: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return which words of ``side`` stood for the removed words of the other, and where that is known.

    A word with no clear counterpart goes with its neighbours where these agree.
    """
    sure = (side.likeness >= SURE) & side.content
    inside = (side.best >= span[0]) & (side.best < span[1])
    count = len(inside)
    missing = np.zeros(count, np.float32)
    known = np.ones(count, np.float32)
    at = np.flatnonzero(sure)
    for index in range(count):
        if sure[index]:
            missing[index] = inside[index]
            continue
        after = int(np.searchsorted(at, index))
        around = {bool(inside[at[k]]) for k in (after - 1, after) if 0 <= k < len(at)}
        if len(around) == 1:
            missing[index] = around.pop()
        else:
            known[index] = 0.0
    return missing, known


def _clause(side: Side, rng: np.random.Generator) -> tuple[list[Ints], Bools]:
    """Return a clause of up to a dozen words with its content flags."""
    bounds = [*sorted({0, *side.clauses}), len(side.content)]
    first = int(rng.integers(len(bounds) - 1))
    start, end = bounds[first], min(bounds[first + 1], bounds[first] + 12)
    return _words(side)[start:end], side.content[start:end]
