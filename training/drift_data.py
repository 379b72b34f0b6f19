"""Examples for the critic: word vectors of aligned pairs, true and drifting, with what is known of every word.

A drifting variant is a text; which of its words are new, and which words of the other version have lost their
counterpart, is read off the words that the damage took out and put in, and off the similarities of the undamaged pair.
"""

from __future__ import annotations

import difflib
import logging
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.calibrate import human, reserved
from training.corpus import Pair
from training.drift_damage import KINDS, Drift
from transcheck.encode.contextual import ContextualEncoder
from transcheck.encode.embedded import encodable
from transcheck.encode.words import owners
from transcheck.text import translations
from transcheck.text.words import is_function_word
from transcheck.types import LANGS, Lang

log = logging.getLogger(__name__)

KEPT, MISSING, CHANGED, UNKNOWN = 0, 1, 2, 3
"""What is known of a word: the other version has it, lacks it, has something else for it; or nothing is known."""

LIMITS = {
    "wmt": 14_000,
    "wmt, by people": 24_000,
    "zelensky_speeches_resistinua": 9_000,
    "sy_transcripts": 3_000,
    "tatoeba_opus": 6_000,
    "bilinguator_books": 6_000,
    "wesnoth2015": 6_000,
    "wesnoth18": 1_500,
    "gtnh_quests": 1_000,
    "mozilla_www": 1_500,
    "bible": 2_000,
    "shattered_pixel_dungeon": 1_500,
    "opensource_guide": 1_500,
    "privacyguides": 1_500,
    "udhr": 300,
    "react_docs": 700,
    "nginx_docs": 700,
    "morevna_subtitles": 500,
}
"""Pairs taken of each source: connected prose, the nearer to published quotes the more; people translate freely."""

SHORTEST, LONGEST = 3, 55
"""Words of a side."""

VARIANTS = 2
"""Drifting variants of a pair, of either side by turns."""

SHARD = 3_000
"""Pairs of a file."""
WORDS_FROM = 60_000
"""Pairs that words, names and clauses to be put in are taken from."""

SURE, LEAST = 0.75, 0.25
"""Likeness from which a word's counterpart is known though that is liker to another word, and from which it may be one
at all.
"""

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """One text as the network reads it: where words begin and end [n, 2], static subword ids of all words and where
    each word's begin [n + 1], contextual word vectors as int8 [n, h] with the largest at 127, flags of content and of
    a capital letter [n].
    """

    lang: int
    spans: Ints
    ids: Ints
    offsets: Ints
    context: NDArray[np.int8]
    content: NDArray[np.bool_]
    capital: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """Two texts by index, what is known of the words of each, and the kind of drift: 0, or 1 + index of the kind."""

    a: int
    b: int
    labels_a: NDArray[np.int8]
    labels_b: NDArray[np.int8]
    kind: int


def read_texts(texts: Sequence[tuple[Lang, str]], encoder: ContextualEncoder, threads: int = 2) -> list[Text]:
    """Read texts with the packaged encoder, several at a time."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(lambda item: read_text(item[1], item[0], encoder), texts))


def read_text(text: str, lang: Lang, encoder: ContextualEncoder) -> Text:
    """Read one text."""
    spans, context = encoder.words_in_context(text)
    subwords, places = encoder.static.subwords.encode(encodable(text))
    if spans and subwords:
        owner, inside = owners(spans, places)
        counts = np.bincount(owner[inside], minlength=len(spans))
        ids = np.array(subwords, np.int32)[inside]
    else:
        counts, ids = np.zeros(len(spans), np.int64), np.zeros(0, np.int32)
    scale = 127 / np.maximum(np.abs(context).max(axis=1, keepdims=True), 1e-6)
    words = [s.of(text) for s in spans]
    return Text(
        LANGS.index(lang),
        np.array([(s.start, s.end) for s in spans], np.int32).reshape(-1, 2),
        ids,
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        np.round(context * scale).astype(np.int8),
        np.array([not is_function_word(w, lang) for w in words], np.bool_),
        np.array([w[:1].isupper() for w in words], np.bool_),
    )


def source_of(pair: Pair) -> str:
    """Return the key of :data:`LIMITS` that a pair counts under."""
    return "wmt, by people" if pair.source == "wmt" and human(pair) else pair.source


def chosen(pairs: Sequence[Pair], rng: random.Random) -> list[Pair]:
    """Choose pairs of each source, the three pairs of languages as evenly as the source allows."""
    found: list[Pair] = []
    for source, limit in LIMITS.items():
        by_langs: dict[frozenset[str], list[Pair]] = {}
        for pair in pairs:
            if source_of(pair) == source and SHORTEST <= len(pair.text_a.split()) <= LONGEST - 10:
                by_langs.setdefault(frozenset((pair.lang_a, pair.lang_b)), []).append(pair)
        for members in by_langs.values():
            found += rng.sample(members, min(len(members), -(-limit // len(by_langs))))
    rng.shuffle(found)
    return found


def words_of(text: str, spans: Ints) -> list[str]:
    """Return the words in lower case."""
    return [text[a:b].lower() for a, b in spans]


def labelled(
    old: Text, old_text: str, new: Text, new_text: str, other: Text, likeness: NDArray[np.float32]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """Return what is known of the words of ``new``, which was ``old`` before it was damaged, and of ``other``.

    ``likeness`` [words of other, words of old] is that of the undamaged pair.
    """
    fresh = np.full(len(new.spans), KEPT, np.int8)
    taken = np.full(len(old.spans), KEPT, np.int8)
    matcher = difflib.SequenceMatcher(
        None, words_of(old_text, old.spans), words_of(new_text, new.spans), autojunk=False
    )
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        short = max(b - a, d - c) <= 2
        taken[a:b] = CHANGED if what == "replace" and short else MISSING
        fresh[c:d] = CHANGED if what == "replace" and short else MISSING
    return fresh, stood_for(other, taken, likeness)


def stood_for(other: Text, taken: NDArray[np.int8], likeness: NDArray[np.float32]) -> NDArray[np.int8]:
    """Return what is known of the words of ``other`` when those of its counterpart are ``taken``.

    A word of content stands for the one that it is likest to, if that is so the other way too (mutual matches, as in
    SimAlign, Jalili Sabet et al. 2020): of pairs that the table of translations does not know, 93 % of these are right.
    Any other goes with its neighbours where these agree, unless it may be what a word that was taken had for its
    counterpart, or its second choice: then nothing is known.
    """
    count = len(other.spans)
    found = np.full(count, UNKNOWN, np.int8)
    places = np.linspace(0, 1, likeness.shape[1])[None, :] - np.linspace(0, 1, count)[:, None]
    near = likeness - 0.15 * np.abs(places)
    best = near.argmax(axis=1)
    mutual = near.argmax(axis=0)[best] == np.arange(count)
    alike = likeness[np.arange(count), best]
    sure = ((mutual & (alike >= LEAST)) | (alike >= SURE)) & other.content
    orphaned = bool(np.setdiff1d(np.flatnonzero(taken != KEPT), best[sure]).size)
    at = np.flatnonzero(sure)
    for index in range(count):
        if sure[index]:
            found[index] = taken[best[index]]
            continue
        after = int(np.searchsorted(at, index))
        around = {int(taken[best[at[k]]]) for k in (after - 1, after) if 0 <= k < len(at)}
        if len(around) == 1 and not (other.content[index] and orphaned):
            found[index] = around.pop()
    return found


def likeness(a: Text, text_a: str, b: Text, text_b: str, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how alike the words of two texts are [n, m]: the cosine of their static vectors, half of that of their
    contextual ones, and how often the one is translated by the other.
    """
    langs = LANGS[a.lang], LANGS[b.lang]
    keys_a, keys_b = (
        translations.keys(words_of(text, x.spans), LANGS[x.lang]) for x, text in ((a, text_a), (b, text_b))
    )
    rates = np.maximum(*translations.rates(keys_a, keys_b, *langs))
    static, deep = vectors(a, table) @ vectors(b, table).T, _unit(a.context) @ _unit(b.context).T
    found: NDArray[np.float32] = static + 0.5 * deep + rates
    return found


def vectors(text: Text, table: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return unit static word vectors [n, d]."""
    sums = np.zeros((len(text.spans), table.shape[1]), np.float32)
    owner = np.repeat(np.arange(len(text.spans)), np.diff(text.offsets))
    np.add.at(sums, owner, table[text.ids])
    return _unit(sums)


def _unit(rows: NDArray[Any]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows.astype(np.float32), axis=1, keepdims=True), 1e-6)
    return found


def examples(
    pairs: Sequence[Pair], drift: Drift, encoder: ContextualEncoder, table: NDArray[np.float32], rng: random.Random
) -> tuple[list[Text], list[Example]]:
    """Return the texts and examples made of ``pairs``: each as it is, and ``VARIANTS`` times with a drift."""
    wanted: list[tuple[Lang, str]] = []
    plan: list[tuple[int, int, list[tuple[int, int, str]]]] = []
    for number, pair in enumerate(pairs):
        base = len(wanted)
        wanted += [(pair.lang_a, pair.text_a), (pair.lang_b, pair.text_b)]
        variants = []
        for turn in range(VARIANTS):
            side = (number + turn) % 2
            lang, text = wanted[base + side]
            made = drift.variant(text, lang, rng)
            if made:
                variants.append((side, len(wanted), made[0]))
                wanted.append((lang, made[1]))
        plan.append((base, base + 1, variants))
    texts = read_texts(wanted, encoder)
    return texts, [e for item in plan for e in _of_pair(item, wanted, texts, table)]


def _of_pair(
    item: tuple[int, int, list[tuple[int, int, str]]],
    wanted: Sequence[tuple[Lang, str]],
    texts: Sequence[Text],
    table: NDArray[np.float32],
) -> Iterator[Example]:
    a, b, variants = item
    if not all(SHORTEST <= len(texts[i].spans) <= LONGEST for i in (a, b)):
        return
    yield Example(a, b, np.zeros(len(texts[a].spans), np.int8), np.zeros(len(texts[b].spans), np.int8), 0)
    alike = likeness(texts[a], wanted[a][1], texts[b], wanted[b][1], table)
    for side, new, kind in variants:
        old, other = (a, b) if side == 0 else (b, a)
        if not 2 <= len(texts[new].spans) <= LONGEST + 12:
            continue
        to_old = alike.T if side == 0 else alike
        fresh, rest = labelled(texts[old], wanted[old][1], texts[new], wanted[new][1], texts[other], to_old)
        number = 1 + KINDS.index(kind)
        yield Example(new, b, fresh, rest, number) if side == 0 else Example(a, new, rest, fresh, number)


def save(texts: Sequence[Text], found: Sequence[Example], path: Path) -> None:
    """Write texts and examples as flat arrays."""
    words = np.cumsum([0, *(len(t.spans) for t in texts)])
    np.savez(
        path,
        lang=np.array([t.lang for t in texts], np.int8),
        words=words,
        ids=np.concatenate([t.ids for t in texts]),
        subwords=np.concatenate([np.diff(t.offsets) for t in texts]).astype(np.int16),
        context=np.concatenate([t.context for t in texts]),
        flags=np.concatenate([t.content + 2 * t.capital for t in texts]).astype(np.int8),
        pairs=np.array([(e.a, e.b, e.kind) for e in found], np.int32),
        labels=np.concatenate([x for e in found for x in (e.labels_a, e.labels_b)]),
    )


def prepare(
    pairs: Sequence[Pair], encoder: ContextualEncoder, table: NDArray[np.float32], work: Path, most: int | None = None
) -> list[Path]:
    """Write examples in files of ``SHARD`` pairs and return them; files that are there are kept.

    ``most`` files are made (default: of all chosen pairs). Texts that people translated into both other languages are
    left out: limits and probabilities are fitted on them.
    """
    kept_away = reserved(pairs)
    prose = [p for p in pairs if source_of(p) in LIMITS and not {p.text_a, p.text_b} & kept_away]
    sample = random.Random(1).sample(prose, min(WORDS_FROM, len(prose)))
    found = chosen(prose, random.Random(5))
    files = [work / f"drift{at // SHARD:02d}.npz" for at in range(0, len(found), SHARD)][:most]
    drift = None
    for number, path in enumerate(files):
        if path.exists():
            continue
        if drift is None:
            texts = [(lang, t) for p in sample for lang, t in ((p.lang_a, p.text_a), (p.lang_b, p.text_b))]
            drift = Drift(texts, encoder)
        members = found[number * SHARD : (number + 1) * SHARD]
        new = path.with_suffix(".new.npz")
        save(*examples(members, drift, encoder, table, random.Random(number)), new)
        new.rename(path)
        log.info("%s: %d pairs", path.name, len(members))
    return files
