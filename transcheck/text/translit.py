"""Romanisation of Russian and Ukrainian, and skeletons in which one name looks alike in the three languages."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

from transcheck.text.tables import read_table

Scheme = Literal["kmu2010", "bgn"]

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_PLAIN = str.maketrans(
    {
        "ё": "е",
        "’": "'",
        "ʼ": "'",
        "`": "'",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "ß": "ss",
        "æ": "e",
        "œ": "e",
        "ð": "d",
        "þ": "th",
    }
)
_ODD = re.compile("[^a-zа-яєіїґ'. -]")
_POLISH = re.compile("[óąęśźżłńć]|rz|sz|cz|c(?!h|k)i?[aeou]|[sc]k[ia]\\Z|w\\Z|wicz")
"""What the letters of Polish names have and most other Latin names do not."""
_KEEP_BREVE = str.maketrans({"й": "\ue001", "ї": "\ue003"})
_GIVE_BREVE = str.maketrans({"\ue001": "й", "\ue003": "ї"})


class _Rewriting(NamedTuple):
    """Longest-first replacements compiled into one pattern."""

    pattern: re.Pattern[str]
    table: dict[str, str]

    def __call__(self, word: str) -> str:
        table = self.table
        return self.pattern.sub(lambda m: table[m[0]], word)


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, object]]:
    return read_table("translit")


def _rewriting(table: dict[str, str]) -> _Rewriting:
    alternatives = "|".join(re.escape(k) for k in sorted(table, key=len, reverse=True))
    return _Rewriting(re.compile(alternatives), table)


@lru_cache(maxsize=4)
def _skeleton_rewriting(script: str) -> _Rewriting:
    rows = _tables()["skeleton"]["latin" if script == "polish" else script]
    assert isinstance(rows, list)
    return _rewriting(dict(rows) | dict(_tables()["skeleton"]["polish"] if script == "polish" else ()))  # type: ignore[call-overload]


@lru_cache(maxsize=1)
def _coarse_table() -> dict[int, str | None]:
    classes = _tables()["skeleton"]["coarse"]
    assert isinstance(classes, dict)
    table: dict[int, str | None] = {ord(letter): None for letter in "aeiou"}
    table.update({ord(k): v for k, v in classes.items()})
    return table


def is_cyrillic(word: str) -> bool:
    """Tell whether ``word`` holds a Cyrillic letter."""
    return _CYRILLIC.search(word) is not None


@lru_cache(maxsize=4096)
def romanise(text: str, scheme: Scheme) -> str:
    """Write Cyrillic ``text`` in Latin letters.

    ``kmu2010`` is the Ukrainian national table (Cabinet resolution 55 of 2010), ``bgn`` is BGN/PCGN 1947 for Russian
    without apostrophes. Letters outside the table stay as they are.
    """
    table = _tables()[scheme]
    letters, start, pairs = table["letters"], table["start"], table["pairs"]
    assert isinstance(letters, dict)
    assert isinstance(start, dict)
    assert isinstance(pairs, dict)

    def one(match: re.Match[str]) -> str:
        word = match[0]
        out: list[str] = []
        at = 0
        while at < len(word):
            step = 2 if word[at : at + 2].lower() in pairs else 1
            piece = word[at : at + step]
            low = piece.lower()
            latin = pairs[low] if step == 2 else (start.get(low) if at == 0 else None)
            if latin is None:
                latin = letters.get(low, piece)
            upper = piece[0].isupper()
            out.append((latin.upper() if word.isupper() and len(word) > 1 else latin.capitalize()) if upper else latin)
            at += step
        return "".join(out)

    return re.sub(r"[\w'’ʼ]+", one, text)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return ``word`` in lower case without diacritics, with ё as е and one apostrophe; й and ї stay letters."""
    low = word.lower()
    if _ODD.search(low) is None:
        return low
    low = low.translate(_PLAIN)
    if low.isascii() or _ODD.search(low) is None:
        return low
    kept = low.translate(_KEEP_BREVE)
    bare = "".join(c for c in unicodedata.normalize("NFD", kept) if not unicodedata.combining(c))
    return bare.translate(_GIVE_BREVE)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return the sounds of ``word`` in one letter each: Зеленський, Zelenskyy -> ``zelenskii``, ``zelenski``."""
    return _sounds(fold(word), "cyrillic" if is_cyrillic(word) else "latin")


@lru_cache(maxsize=65536)
def polish(word: str) -> str:
    """Return the skeleton of a Latin ``word`` read as Poles do, empty where nothing in it calls for that:
    Wojciechowski, Rzeszów.
    """
    low = word.lower()
    return _sounds(fold(low), "polish") if _POLISH.search(low) else ""


def _sounds(word: str, script: str) -> str:
    sounds = _skeleton_rewriting(script)(word)
    return re.sub(r"([a-z])\1+", r"\1", "".join(c for c in sounds if "a" <= c <= "z"))


@lru_cache(maxsize=65536)
def coarse(sounds: str) -> str:
    """Return the consonant classes of a skeleton; a leading vowel is kept as ``a``."""
    body = re.sub(r"(.)\1+", r"\1", sounds.translate(_coarse_table()))
    return ("a" if sounds[:1] in set("aeiou") else "") + body


@lru_cache(maxsize=262144)
def alike(a: str, b: str) -> float:
    """Return how alike two skeletons sound, 0 to 1: the mean of the longest common subsequences, fine and coarse."""
    if not a or not b:
        return 0.0
    fine = LCSseq.normalized_similarity(a, b)
    x, y = coarse(a), coarse(b)
    rough = LCSseq.normalized_similarity(x, y) if x and y else fine
    return 0.45 * fine + 0.55 * rough


@lru_cache(maxsize=2)
def _surname_ends(script: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    ends = _tables()["surnames"]
    return tuple((kind, re.compile(f".{{2,}}(?:{row[script]})")) for kind, row in ends.items())  # type: ignore[index]


@lru_cache(maxsize=65536)
def surname_kind(word: str) -> str:
    """Return the kind of ending that marks a folded ``word`` as a surname (enko, chuk, ets …), empty for none."""
    script = "cyrillic" if is_cyrillic(word) else "latin"
    return next((kind for kind, pattern in _surname_ends(script) if pattern.fullmatch(word)), "")
