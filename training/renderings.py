"""Renderings written by people: which words translators may put for which, for the table of translations.

``renderings.tsv`` is a dictionary of the frequent words of the training texts in three languages. Each line holds the
language of a headword, its forms, and its renderings in the other two (in the order ru, uk, en), single words in
dictionary form; a phrase is written with underscores. Learnt counts know what is often put for a word; the dictionary
also knows what may be, so that a listed word none of whose renderings stands in another version is worth a doubt.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from transcheck.text import translations
from transcheck.text.inflect import inflected
from transcheck.text.stem import stem
from transcheck.text.words import is_function_word
from transcheck.types import LANGS, Lang

PATH = Path(__file__).parent / "renderings.tsv"
LEVEL = 10
"""Level of the table, of 15, that a written rendering has at least, in both directions: a seventh of the cases."""
SHORTEST = 3
"""Letters of the stems that a word's forms are known by beside its own."""

Vocabulary = Mapping[Lang, Set[str]]
"""Stems that the training texts hold."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A headword with its forms in ``lang``, and its renderings by language."""

    lang: Lang
    forms: tuple[str, ...]
    renderings: Mapping[Lang, tuple[str, ...]]


def read(path: Path = PATH) -> Iterator[Entry]:
    """Yield the entries of a file.

    Raises:
        ValueError: for a line that does not have its four columns; it names file and line.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        lang, *columns = line.split("\t")
        if lang not in LANGS or len(columns) != len(LANGS):
            raise ValueError(f"{path}:{number}: a language and {len(LANGS)} columns divided by tabs are expected")
        others = (x for x in LANGS if x != lang)
        forms, *rest = (tuple(c.split()) for c in columns)
        yield Entry(lang, forms, dict(zip(others, rest, strict=True)))


class Stems:
    """The stems of all forms of words, by the rules of :mod:`transcheck.text.inflect` and the forms of headwords."""

    def __init__(self, entries: Iterable[Entry], vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._known: dict[tuple[str, Lang], frozenset[str]] = {}
        self._forms: dict[tuple[str, Lang], set[str]] = {}
        for entry in entries:
            mine = {w for w in entry.forms if "_" not in w}
            for word in mine:
                self._forms.setdefault((word, entry.lang), set()).update(mine)

    def __call__(self, word: str, lang: Lang) -> frozenset[str]:
        """Return the stems of a word, or of the words of a phrase that carry content."""
        if (word, lang) not in self._known:
            parts = [w for w in word.split("_") if "_" not in word or not is_function_word(w, lang)]
            self._known[word, lang] = frozenset(itertools.chain.from_iterable(self._of(w, lang) for w in parts))
        return self._known[word, lang]

    def _of(self, word: str, lang: Lang) -> Iterator[str]:
        own = stem(word, lang)
        yield own
        forms = self._forms.get((word, lang), {word})
        for form in {f for w in forms for f in (w, *inflected(w, lang))}:
            found = stem(form, lang)
            known = found in self._vocabulary[lang] and len(found) >= SHORTEST
            if known and not is_function_word(form, lang):
                yield found


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """Hashes of pairs that render each other, and of stems that are listed beside a language, as the table has them."""

    pairs: NDArray[np.uint32]
    listed: NDArray[np.uint32]


def hashed(entries: Sequence[Entry], vocabulary: Vocabulary) -> Written:
    """Return what the table takes from a dictionary."""
    stems = Stems(entries, vocabulary)
    pairs: dict[tuple[Lang, Lang], set[tuple[str, str]]] = {}
    listed: dict[tuple[Lang, Lang], set[str]] = {}
    for entry in entries:
        heads = frozenset(itertools.chain.from_iterable(stems(w, entry.lang) for w in entry.forms)) - {""}
        for other, words in entry.renderings.items():
            theirs = frozenset(itertools.chain.from_iterable(stems(w, other) for w in words)) - {""}
            if theirs:
                listed.setdefault((entry.lang, other), set()).update(heads)
            first, second = sorted((entry.lang, other))
            both = itertools.product(heads, theirs) if first == entry.lang else itertools.product(theirs, heads)
            pairs.setdefault((first, second), set()).update(both)
    found = [
        translations.pair_hashes(
            translations.stem_keys([a for a, _ in both], first), translations.stem_keys([b for _, b in both], second)
        )
        for (first, second), both in ((k, sorted(v)) for k, v in sorted(pairs.items()))
    ]
    heads_found = [
        translations.stem_hashes(translations.stem_keys(sorted(v), lang), other)
        for (lang, other), v in sorted(listed.items())
    ]
    none = np.zeros(0, np.uint32)
    return Written(np.unique(np.concatenate([none, *found])), np.unique(np.concatenate([none, *heads_found])))
