"""What the two formats of termbases have in common: a concept with its line, and flags that say how it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from transcheck.types import Concept, InputError, Lang, Term

REQUIRED, KEEP, EXACT, CASE = FLAGS = ("required", "keep", "exact", "case")
"""The words that say how a concept is meant."""

_MISNAMED: Mapping[Lang, str] = {
    "ru": "рус рос ру russian русский російська",
    "uk": "ua укр ук ukrainian українська украинский",
    "en": "англ анг english английский англійська",
}
"""What is written for a language, and is not its code."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A concept and the ``line`` that it begins in; ``named``: its name was given, not taken from a term."""

    concept: Concept
    line: int
    named: bool


def nearest(word: str, known: Sequence[str], otherwise: str) -> str:
    """Return the hint for an unknown word: the nearest known one, else all of them behind ``otherwise``."""
    import difflib

    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else f"; {otherwise} {', '.join(known)}"


def misnamed(word: str) -> Lang | None:
    """Return the language that a word names which is not its code: uk for ua; None for any other word."""
    word = word.strip().rstrip(".").lower()
    return next((lang for lang, words in _MISNAMED.items() if word in words.split()), None)


def flags_of(text: str, where: str) -> frozenset[str]:
    """Return the flags that a cell or a comment lists, with commas or blanks between them.

    Raises:
        InputError: a word that is none of them.
    """
    found = [word.lower() for word in re.split(r"[\s,;|]+", text) if word]
    for word in found:
        if word not in FLAGS:
            raise InputError(f"{where}: {word!r} is not a flag{nearest(word, FLAGS, 'the flags are')}")
    return frozenset(found)


def draft(name: str, terms: Iterable[Term], flags: frozenset[str], note: str, line: int) -> Draft:
    """Return a concept; one without a name is called by its first allowed term, English before the others."""
    every = tuple(dict.fromkeys(terms))
    order = sorted(every, key=lambda t: (t.forbidden, t.lang != "en"))
    called = name or next((t.text for t in order), "")
    marks = {"required": REQUIRED in flags, "kept": KEEP in flags, "exact": EXACT in flags, "cased": CASE in flags}
    return Draft(Concept(called, every, note, **marks), line, bool(name))
