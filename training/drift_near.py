"""Drifts that nobody made: texts that differ in a word or two, each beside the translation of the other.

*Tom bought Mary a camera* and *Tom bought Mary a necklace* both stand in the training data, with translations; beside
the translation of the other, either drifts in a word that is at home in its place. Where both translate one text, they
say the same, and the pairs are clean. Rules exchange words that never meet, and people write some thousand sentences.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.calibrate import human, reserved
from training.corpus import Pair, key, source_weights
from training.drift_data import LIMITS, read_texts, save
from training.drift_written import TRUE, Case, example, key_of, plain, read_edits
from transcheck.encode.contextual import ContextualEncoder
from transcheck.encode.words import word_spans
from transcheck.text import translations
from transcheck.text.words import is_function_word
from transcheck.types import LANGS, Lang

SHORTEST, LONGEST = 3, 30
"""Words of a text."""
CHARACTERS = 300
"""Longer texts are not looked at, nor those that have one beside them."""
EXCHANGED = 2
"""Words at most in which two texts differ, on either side."""
REST = 0.6
"""Share of the words of a text that the other has too."""
GROUP = 12
"""Texts at most that are compared of those that are equal but for one place."""
USES = 12
"""How often one exchange of words is taken, and a text thrice: templates repeat themselves."""
TEXT_USES = 3
PROSE = 20_000
OTHERS = 1_000
"""Drifts of each source of :data:`training.drift_data.LIMITS`, and of every other: interfaces and manuals."""
LEAST_WEIGHT = 0.5
"""Sources that count less in ``weights.toml`` are left out: machine translations and templates."""
CLEAN = 1_500
"""Clean pairs of a source."""
RENDERED = 0.02
"""How often the table of translations has a new word for one of the other text from which it may say the same."""
STEM = 4
"""Letters that two words begin with from which they may be forms of one."""
SHARE = 9_000
"""Found pairs of a file."""

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Graph:
    """Texts with their languages, and of each the texts beside it in a pair, with the pair's source."""

    texts: Sequence[tuple[Lang, str]]
    partners: Sequence[dict[int, str]]

    @classmethod
    def of(cls, pairs: Iterable[Pair]) -> Graph:
        """Join pairs by their texts."""
        places: dict[tuple[Lang, str], int] = {}
        partners: list[dict[int, str]] = []

        def at(item: tuple[Lang, str]) -> int:
            if item not in places:
                places[item] = len(partners)
                partners.append({})
            return places[item]

        for pair in pairs:
            a, b = at((pair.lang_a, plain(pair.text_a))), at((pair.lang_b, plain(pair.text_b)))
            partners[a][b] = partners[b][a] = pair.source
        return cls(list(places), partners)


@dataclass(frozen=True, slots=True)
class Near:
    """``text`` stands beside ``other``, as ``before`` does in the data, which it differs from in a word or two; all by
    index. ``same``: it is another translation of ``other``.
    """

    other: int
    before: int
    text: int
    same: bool


def words_of(text: str) -> Words:
    """Return the words in lower case."""
    return tuple(s.of(text).lower() for s in word_spans(text))


def alike(texts: Sequence[Words], rng: random.Random) -> Iterator[tuple[int, int]]:
    """Yield the pairs, by index, of texts of one language that are equal but for one place of one or two words."""
    known: dict[str, int] = {}
    numbered = [np.array([known.setdefault(w, len(known)) for w in words], np.int64) for words in texts]
    values = np.random.default_rng(1).integers(1, 2**63, size=len(known), dtype=np.uint64)
    powers = np.cumprod(np.full(LONGEST, 0x9E3779B97F4A7C15, np.uint64))
    places: list[NDArray[np.uint64]] = []
    owners: list[NDArray[np.int32]] = []
    nothing = np.zeros(1, np.uint64)
    for index, words in enumerate(numbered):
        n = len(words)
        drawn = values[words]
        before = np.concatenate([nothing, np.cumsum(drawn * powers[:n])])
        after = np.concatenate([np.cumsum(drawn[::-1] * powers[:n])[::-1], nothing])
        for hole in range(1, EXCHANGED + 1):
            if n - hole >= max(2, REST * n):
                places.append(before[: n - hole + 1] * np.uint64(31) ^ after[hole:] * np.uint64(0xFF51AFD7ED558CCD))
                owners.append(np.full(n - hole + 1, index, np.int32))
    if not places:
        return
    hashes, owner = np.concatenate(places), np.concatenate(owners)
    order = np.argsort(hashes, kind="stable")
    hashes, owner = hashes[order], owner[order]
    bounds = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1], [True]]))
    found: set[tuple[int, int]] = set()
    for at in np.flatnonzero(np.diff(bounds) > 1):
        group = sorted({int(i) for i in owner[bounds[at] : bounds[at + 1]]})
        for two in combinations(group if len(group) <= GROUP else sorted(rng.sample(group, GROUP)), 2):
            if two not in found:
                found.add(two)
                yield two


def exchanged(a: Words, b: Words) -> tuple[Words, Words]:
    """Return what stands in the one text between what both begin and end with, and what in the other."""
    least = min(len(a), len(b))
    start = next((i for i in range(least) if a[i] != b[i]), least)
    end = next((i for i in range(least - start) if a[-1 - i] != b[-1 - i]), least - start)
    return a[start : len(a) - end], b[start : len(b) - end]


def differ(old: Words, new: Words, lang: Lang) -> bool:
    """Whether words were exchanged for others that are no forms of them: words of content for such."""
    content = [[w for w in words if not is_function_word(w, lang)] for words in (old, new)]
    if not all(content) or not all(w.isalpha() for words in content for w in words):
        return False
    return all(a[:STEM] != b[:STEM] for a in content[0] for b in content[1])


def rendered(new: Words, other: Words, lang: Lang, facing: Lang) -> bool:
    """Whether the table of translations knows every new word of content for one of the other text."""
    content = [w for w in new if not is_function_word(w, lang)]
    there, back = translations.rates(
        translations.keys(content, lang), translations.keys(list(other), facing), lang, facing
    )
    return bool((np.maximum(there, back).max(axis=1, initial=0) >= RENDERED).all())


def stems(words: Words, lang: Lang) -> frozenset[str]:
    """Return the beginnings of the words of content."""
    return frozenset(w[: STEM + 1] for w in words if not is_function_word(w, lang))


def near(graph: Graph, rng: random.Random) -> list[Near]:
    """Return the drifting and the clean pairs that texts which are nearly the same give."""
    words: list[Words] = [words_of(text) if len(text) <= CHARACTERS else () for _, text in graph.texts]
    folded = [key(text) if own else "" for own, (_, text) in zip(words, graph.texts, strict=True)]
    found = []
    used: Counter[object] = Counter()
    for lang in LANGS:
        mine = [i for i, (x, _) in enumerate(graph.texts) if x == lang and SHORTEST <= len(words[i]) <= LONGEST]
        two = [(mine[a], mine[b]) for a, b in alike([words[i] for i in mine], rng)]
        turned = two + [(b, a) for a, b in two]
        rng.shuffle(turned)
        for before, text in turned:
            if (item := _beside(graph, words, folded, before, text, rng)) is None:
                continue
            source = graph.partners[before][item.other]
            exchange = (lang, *exchanged(words[before], words[text]))
            limit = CLEAN if item.same else PROSE if source in LIMITS else OTHERS
            if used[source, item.same] < limit and used[exchange] < USES and max(used[before], used[text]) < TEXT_USES:
                used.update([(source, item.same), exchange, before, text])
                found.append(item)
    return found


def _beside(
    graph: Graph, words: Sequence[Words], folded: Sequence[str], before: int, text: int, rng: random.Random
) -> Near | None:
    """Put ``text`` beside a translation of ``before``; None where it is not known what that makes."""
    other = rng.choice(sorted(graph.partners[before]))
    lang, facing = graph.texts[text][0], graph.texts[other][0]
    keys = [{folded[i] for i in graph.partners[side]} for side in (before, text)]
    if "" in keys[0] | keys[1]:
        return None
    if keys[0] & keys[1]:
        return Near(other, before, text, True) if folded[other] in keys[1] else None
    theirs = [i for i in graph.partners[text] if graph.texts[i][0] == facing]
    old, new = exchanged(words[before], words[text])
    if not theirs or not differ(old, new, lang) or rendered(new, words[other], lang, facing):
        return None
    apart = all(stems(words[i], facing) != stems(words[other], facing) for i in theirs)
    kept = any(len(set(words[i]) ^ set(words[other])) <= max(6, 0.9 * len(words[other])) for i in theirs)
    return Near(other, before, text, False) if apart and kept else None


def prepare(pairs: Sequence[Pair], encoder: ContextualEncoder, table: NDArray[np.float32], work: Path) -> list[Path]:
    """Write the examples in files of ``SHARE`` found pairs and return them; where files are there, they are kept. Texts
    that are left out of written edits are left out here too.
    """
    files = sorted(work.glob("near[0-9][0-9].npz"))
    if files:
        return files
    kept_away = reserved([p for p in pairs if p.source == "wmt"])
    held_out, weights = {e.key for e in read_edits(held_out=True)}, source_weights()
    graph = Graph.of(
        p
        for p in pairs
        if human(p)
        and not p.source.startswith("dict_")
        and weights.get(p.source, 1.0) >= LEAST_WEIGHT
        and not {p.text_a, p.text_b} & kept_away
        and not {key_of(p.text_a), key_of(p.text_b)} & held_out
    )
    rng = random.Random(11)
    found = near(graph, rng)
    rng.shuffle(found)
    for number, start in enumerate(range(0, len(found), SHARE)):
        texts, cases = _cases(graph, found[start : start + SHARE])
        read = read_texts(texts, encoder)
        files.append(work / f"near{number:02d}.npz")
        save(read, [e for case in cases if (e := example(case, texts, read, table))], files[-1].with_suffix(".new.npz"))
    for path in files:
        path.with_suffix(".new.npz").rename(path)
    return files


def _cases(graph: Graph, found: Iterable[Near]) -> tuple[list[tuple[Lang, str]], list[Case]]:
    """Return the texts to be read and what stands side by side: each pair, and the one of the data that it is like."""
    places: dict[int, int] = defaultdict(lambda: len(places))
    cases: dict[Case, None] = {}
    for item in found:
        other, before, text = (places[i] for i in (item.other, item.before, item.text))
        cases[Case(other, before, TRUE)] = None
        cases[Case(other, text, TRUE) if item.same else Case(other, text, "word", 1, before)] = None
    return [graph.texts[i] for i in places], list(cases)
