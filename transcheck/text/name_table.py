"""The table of names and the words that bear a capital without being names: what ``names`` reads.

``names.tsv`` has a row for every known person, place and organisation; ``names.toml`` the common capitalised words, the
endings and the suffixes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Literal

from transcheck.text.tables import read_table
from transcheck.text.translit import fold, is_cyrillic
from transcheck.types import Lang

Kind = Literal["place", "org", "person", "first", "other", "unknown"]

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
"""A word, or initials such as U.S."""
POSSESSIVE = re.compile(r"(?:'s|(?<=s)')$")
"""The English possessive ending of a folded word."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A row of the table; ``witnesses`` are beginnings of words in any language that may stand for it."""

    id: int
    kind: Kind
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing an entity: word keys, exact or stems; ``homonym`` when it is an ordinary word as well."""

    words: tuple[str, ...]
    entity: int
    exact: bool
    upper: bool
    homonym: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table of names, indexed by the first word of each form."""

    entities: tuple[Entity, ...]
    forms: dict[str, tuple[Form, ...]]


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
    """Return the common words whose very form is no name, whatever stem it shares with one (Вас and Вася)."""
    words = settings()[lang]["common"]
    assert isinstance(words, str)
    return frozenset(w for w in words.split() if is_cyrillic(w))


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


@lru_cache(maxsize=3)
def _endings(which: str) -> tuple[str, ...]:
    endings = settings()["endings"][which]
    assert isinstance(endings, list)
    return tuple(endings)


def _base(word: str) -> str:
    """Return the stem of a table form."""
    if is_cyrillic(word):
        for ending in _endings("base"):
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                return word[: -len(ending)]
    return word


@lru_cache(maxsize=65536)
def stems(word: str) -> tuple[str, ...]:
    """Return the stems that a folded word may have, longest first: itself, then without each fitting ending."""
    if not is_cyrillic(word):
        return (word,)
    found = {word}
    for ending in (*_endings("ru"), *_endings("uk")):
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            found.add(word[: -len(ending)])
    return tuple(sorted(found, key=len, reverse=True))


def _words(form: str) -> list[str]:
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


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the table ``names.tsv``; its columns are explained in its head."""
    text = resources.files("transcheck.text").joinpath("data/names.tsv").read_text("utf-8")
    entities: list[Entity] = []
    forms: dict[str, list[Form]] = {}
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        kind, ru, uk, en, also = line.split("\t")
        number = len(entities)
        witnesses = set() if also == "-" else set(also.split("|"))
        for raw in (*ru.split("|"), *uk.split("|"), *en.split("|")):
            form = _form(raw, number)
            if form is not None:
                forms.setdefault(form.words[0], []).append(form)
                if len(form.words) == 1 and len(form.words[0]) >= 5:
                    witnesses.add(form.words[0])
        entities.append(Entity(number, kind, tuple(sorted(witnesses))))  # type: ignore[arg-type]
    return Lexicon(tuple(entities), {k: tuple(sorted(v, key=lambda f: -len(f.words))) for k, v in forms.items()})
