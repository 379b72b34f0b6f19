"""The table of names and the words that bear a capital without being names: what ``names`` reads.

``names.tsv`` has a row for every known person, place and organisation; ``names.toml`` the common capitalised words, the
endings and the suffixes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib import resources
from typing import Literal, NamedTuple

from transcheck.text.tables import read_table
from transcheck.text.translit import fold, is_cyrillic
from transcheck.text.words import function_words
from transcheck.types import Lang

Kind = Literal["place", "org", "person", "first", "other", "unknown"]

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
"""A word, or initials such as U.S."""
POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
"""The English possessive ending of a folded word."""
_START = 2
"""Letters that stay of a word whatever ending is taken off."""


class Entity(NamedTuple):
    """A row of the table; ``witnesses`` are beginnings of words in any language that may stand for it."""

    id: int
    kind: Kind
    witnesses: tuple[str, ...]


class Form(NamedTuple):
    """One way of writing an entity: word keys, exact or stems; ``homonym`` when it is an ordinary word as well."""

    words: tuple[str, ...]
    entity: int
    exact: bool
    upper: bool
    homonym: bool


class Lexicon:
    """The table of names; a form or an entity is worked out when it is asked for, as most texts need few of them.

    ``rows`` are lines of ``names.tsv``: kind, the forms in the three languages, further witnesses.
    """

    def __init__(self, rows: Iterable[Sequence[str]]) -> None:
        self._rows = [(kind, f"{ru}|{uk}|{en}".split("|"), also) for kind, ru, uk, en, also in rows]
        self._raw: dict[str, list[tuple[str, int]]] = {}
        for number, (_, forms, _) in enumerate(self._rows):
            for raw in forms:
                self._raw.setdefault(_beginning(raw), []).append((raw, number))
        self._forms: dict[str, dict[str, tuple[Form, ...]]] = {}
        self._entities: dict[int, Entity] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def spelling(self, number: int) -> str:
        """Return how entity ``number`` is first written, in Russian and in the nominative."""
        return self._rows[number][1][0].lstrip("=?")

    def kind(self, number: int) -> Kind:
        """Return what entity ``number`` is."""
        return self._rows[number][0]  # type: ignore[return-value]

    def forms(self, word: str) -> tuple[Form, ...]:
        """Return the forms whose first key is ``word``, those of most words first."""
        start = word[:_START]
        found = self._forms.get(start)
        if found is None:
            found = self._forms[start] = self._read(start)
        return found.get(word, ())

    def _read(self, start: str) -> dict[str, tuple[Form, ...]]:
        by_word: dict[str, list[Form]] = {}
        for raw, number in self._raw.get(start, ()):
            form = _form(raw, number)
            if form is not None:
                by_word.setdefault(form.words[0], []).append(form)
        return {word: tuple(sorted(forms, key=lambda f: -len(f.words))) for word, forms in by_word.items()}

    def entity(self, number: int) -> Entity:
        """Return a row by its place in the table."""
        found = self._entities.get(number)
        if found is None:
            kind, forms, also = self._rows[number]
            witnesses = set() if also == "-" else set(also.split("|"))
            keys = (form.words for raw in forms if (form := _form(raw, number)) is not None)
            witnesses.update(words[0] for words in keys if len(words) == 1 and len(words[0]) >= 5)
            found = self._entities[number] = Entity(number, kind, tuple(sorted(witnesses)))  # type: ignore[arg-type]
        return found


@lru_cache(maxsize=1)
def settings() -> dict[str, dict[str, object]]:
    """Return ``names.toml``: common capitalised words, suffixes and endings."""
    return read_table("names")


@lru_cache(maxsize=3)
def common(lang: Lang) -> frozenset[str]:
    """Return the stems of words that bear a capital without being a name."""
    words = settings()[lang]["common"]
    assert isinstance(words, str)
    return frozenset(_base(word) for word in words.split())


@lru_cache(maxsize=3)
def never(lang: Lang) -> frozenset[str]:
    """Return the common words whose very form is no name, whatever stem it shares with one (Вас and Вася, Коли)."""
    words = settings()[lang]["common"]
    assert isinstance(words, str)
    return frozenset(w for w in (*words.split(), *function_words(lang)) if is_cyrillic(w))


@lru_cache(maxsize=3)
def suffixes(lang: Lang) -> tuple[str, ...]:
    """Return the endings that mark an inhabitant or an adjective in English."""
    found = settings()[lang]["suffixes"]
    assert isinstance(found, list)
    return tuple(found)


@lru_cache(maxsize=3)
def compounds(which: str) -> tuple[str, ...]:
    """Return the beginnings of clipped names of offices, which translators translate."""
    found = settings()["compounds"][which]
    assert isinstance(found, list)
    return tuple(found)


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Return the abbreviations after which a full stop ends no sentence."""
    words = settings()["abbreviations"]["words"]
    assert isinstance(words, str)
    return frozenset(words.split())


@lru_cache(maxsize=1)
def adjectives() -> tuple[str, ...]:
    """Return the adjectival endings that make a capitalised word part of an office or event."""
    endings = settings()["adjectives"]["endings"]
    assert isinstance(endings, list)
    return tuple(endings)


@lru_cache(maxsize=1)
def patronymics() -> tuple[str, ...]:
    """Return the ends of the stems of patronymics."""
    found = settings()["patronymics"]["suffixes"]
    assert isinstance(found, list)
    return tuple(found)


@lru_cache(maxsize=2)
def _endings(*which: str) -> tuple[tuple[int, ...], frozenset[str]]:
    """Return the endings of some rows, and their lengths, longest first: a slice looked up is faster than a search."""
    rows = [settings()["endings"][name] for name in which]
    endings = frozenset(str(ending) for row in rows if isinstance(row, list) for ending in row)
    return tuple(sorted({len(e) for e in endings}, reverse=True)), endings


def _base(word: str) -> str:
    """Return the stem of a table form."""
    if is_cyrillic(word):
        sizes, endings = _endings("base")
        for size in sizes:
            if word[-size:] in endings and len(word) - size >= _START:
                return word[:-size]
    return word


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems that a folded word may have, longest first: itself, then without each fitting ending."""
    if not is_cyrillic(word):
        return (word,)
    sizes, endings = _endings("ru", "uk")
    shorter = (word[:-size] for size in reversed(sizes) if len(word) - size >= _START and word[-size:] in endings)
    return (word, *shorter)


def _words(form: str) -> list[str]:
    if form.isalpha() and (low := fold(form)).isalpha():  # the slower way gives the same, and most forms are one word
        return [low]
    return [POSSESSIVE.sub("", fold(m[0])).replace(".", "") for m in WORD.finditer(form)]


def _form(raw: str, entity: int) -> Form | None:
    exact, homonym = "=" in raw[:2], "?" in raw[:2]
    bare = raw.lstrip("=?")
    words = _words(bare)
    if not words:
        return None
    keys = tuple(words) if exact else tuple(_base(w) for w in words)
    return Form(
        keys, entity, exact or not is_cyrillic(bare), bare.replace(".", "").isupper() and len(words) == 1, homonym
    )


def _beginning(raw: str) -> str:
    """Return the first letters of the first key of a form, which no ending is taken from."""
    letters = raw.lstrip("=?")[:_START]
    if letters.isalpha() and len(letters) == _START:
        return fold(letters)[:_START]
    words = _words(raw.lstrip("=?"))
    return words[0][:_START] if words else ""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the table ``names.tsv``; its columns are explained in its head."""
    text = resources.files("transcheck.text").joinpath("data/names.tsv").read_text("utf-8")
    return Lexicon(line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
