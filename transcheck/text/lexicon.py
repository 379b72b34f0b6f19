"""Inflection-aware matching of words and phrases that stand in tables.

A table gives *forms*: words in lower case, separated by spaces. Inside a word ``*`` stands for any letters (also none),
``~`` for one of the inflectional endings of the language (``endings.toml``), and ``a/b`` for either of two words.
Russian ``ё`` equals ``е``, every apostrophe equals ``'``. Words of a phrase may be parted by spaces or hyphens alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise, product
from typing import Any, NamedTuple

from transcheck.text.tables import read_table
from transcheck.types import Lang, Span

_WORD = re.compile(r"[^\W\d_]+(?:[\u0301'’ʼ`‘]+[^\W\d_]+)*[\u0301]?")
_GAP = re.compile(r"[\s\-\u2010\u2011\u00ad]*\Z")
_FOLD = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "`": "'", "‘": "'", "\u0301": None, "\u00ad": None})
_WILD = ("*", "~")


class Token(NamedTuple):
    """A word with its place; ``folded`` is its lower-case form with apostrophes and ``ё`` made uniform."""

    start: int
    end: int
    folded: str

    @property
    def span(self) -> Span:
        """The place of the word."""
        return Span(self.start, self.end)


class Hit(NamedTuple):
    """A form of entry ``key`` found at ``start:end``; ``first:last`` are the token indices (half-open)."""

    key: str
    start: int
    end: int
    text: str
    first: int
    last: int


def fold(word: str) -> str:
    """Return a word in lower case with uniform apostrophes and without stress marks; ``ё`` becomes ``е``."""
    return word.lower().translate(_FOLD)


@lru_cache(maxsize=64)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` in order; digits and marks are no words, a hyphen parts two words."""
    return tuple(Token(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text))


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed table ``transcheck/text/data/<name>.toml``; FileNotFoundError when there is none."""
    return read_table(name)


class Matcher:
    """Finds the forms of many entries at once.

    ``entries`` are (key, form) pairs of one language. Where forms overlap the longest wins;
    a form that stands under several keys gives a hit for each.
    """

    def __init__(self, entries: Iterable[tuple[str, str]], lang: Lang) -> None:
        self._lang = lang
        self._exact: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        self._stems: dict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        self._free: list[tuple[str, tuple[str, ...]]] = []
        entries = list(entries)
        folded = fold("\n".join(form for _, form in entries)).split("\n")  # at once: one by one it takes much longer
        for (key, _), form in zip(entries, folded, strict=False):
            parts = form.split()
            if "/" in form:
                for words in product(*(w.split("/") for w in parts)):
                    self._add(key, words)
            else:
                self._add(key, tuple(parts))
        self._sizes = tuple(sorted({len(stem) for stem in self._stems}))

    def _add(self, key: str, words: tuple[str, ...]) -> None:
        head = words[0]
        if "*" not in head and "~" not in head:
            self._exact[head].append((key, words))
            return
        wild = min(head.find(w) for w in _WILD if w in head)
        if wild == 0:
            self._free.append((key, words))
        else:
            self._stems[head[:wild]].append((key, words))

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return the hits in ``text``, ordered; two overlap only where one form stands under several keys."""
        words = tokens(text)
        hits: list[Hit] = []
        index = 0
        while index < len(words):
            found = self._longest(text, words, index)
            hits += found
            index = found[0].last if found else index + 1
        return tuple(hits)

    def all_at(self, word: str) -> tuple[str, ...]:
        """Return the keys of the one-word forms that ``word`` is a form of."""
        token = Token(0, len(word), fold(word))
        return tuple(
            key for key, form in self._candidates(token) if len(form) == 1 and _fits(form[0], token.folded, self._lang)
        )

    def _candidates(self, token: Token) -> list[tuple[str, tuple[str, ...]]]:
        word = token.folded
        found = [*self._exact.get(word, ())]
        for size in self._sizes:
            if size <= len(word):
                found += self._stems.get(word[:size], ())
        return found + self._free

    def _longest(self, text: str, words: Sequence[Token], index: int) -> list[Hit]:
        """Return the longest hits that begin at word ``index``, one a key."""
        best: dict[str, Hit] = {}
        size = 0
        for key, form in self._candidates(words[index]):
            last = index + len(form)
            if len(form) < size or last > len(words) or (len(form) == size and key in best):
                continue
            if self._matches(text, words[index:last], form):
                if len(form) > size:
                    best, size = {}, len(form)
                start, end = words[index].start, words[last - 1].end
                best[key] = Hit(key, start, end, text[start:end], index, last)
        return list(best.values())

    def _matches(self, text: str, words: Sequence[Token], form: tuple[str, ...]) -> bool:
        if not all(_fits(f, w.folded, self._lang) for f, w in zip(form, words, strict=True)):
            return False
        return all(_GAP.match(text, a.end, b.start) for a, b in pairwise(words))


def _fits(form: str, word: str, lang: Lang) -> bool:
    """Tell whether a folded word is a form of one word of a table entry."""
    if "*" not in form and "~" not in form:
        return form == word
    return _regex(form, lang).fullmatch(word) is not None


@cache
def _regex(form: str, lang: Lang) -> re.Pattern[str]:
    endings = "(?:" + "|".join(re.escape(e) for e in table("endings")[lang]) + ")"
    parts = re.split(r"([*~])", form)
    return re.compile("".join({"*": r"[^\W\d_]*(?:'[^\W\d_]+)?", "~": endings}.get(p, re.escape(p)) for p in parts))


@cache
def matcher(name: str, section: str, lang: Lang) -> Matcher:
    """Return the matcher of ``[section]`` of a table of entries ``key = {ru = […], uk = […], en = […]}``."""
    entries = table(name)[section]
    return Matcher(((key, form) for key, forms in entries.items() for form in forms.get(lang, ())), lang)


@cache
def opposed(name: str, lang: Lang) -> Matcher:
    """Return the matcher of a table of opposed concepts, ``[id] a = {…} b = {…}``; keys are ``id.a`` and ``id.b``.

    Phrases of the optional ``skip = {…}`` have the key ``id.skip``: they hold a listed word and mean something else.
    """
    return Matcher(
        (
            (f"{key}.{part}", form)
            for key, entry in table(name).items()
            for part in ("a", "b", "skip")
            for form in entry.get(part, {}).get(lang, ())
        ),
        lang,
    )
