"""Stems: what the forms of a word have in common, as keys of the table of translations.

A light stemmer in the manner of Porter's: the longest ending of a table (``data/stems.toml``) goes that leaves three
letters, four before one that begins with a consonant. English forms lose plural, past and present participle.
"""

from __future__ import annotations

from functools import lru_cache

from transcheck.text.tables import read_table
from transcheck.types import Lang

_VOWELS = frozenset("аеиоуыэюяіїєaeiouy")
_FOLD = str.maketrans({"ё": "е", "-": None, "'": None, "’": None, "ʼ": None, "`": None, "‘": None, "\u0301": None})
_SIBILANT = ("sses", "shes", "ches", "xes", "zes")


@lru_cache(maxsize=65536)
def stem(word: str, lang: Lang) -> str:
    """Return the stem of a word as it stands in a text; empty for what is no word of letters alone."""
    folded = word.lower()
    if lang == "en":
        folded = folded.replace("’s", "").replace("'s", "").replace("ʼs", "")
    folded = folded.translate(_FOLD)
    if not folded.isalpha():
        return ""
    return _english(folded) if lang == "en" else _cyrillic(folded, lang)


def _english(word: str) -> str:
    if len(word) <= 4:
        return word
    if word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    elif word.endswith(_SIBILANT):
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word[: -len(ending)]
        if word.endswith(ending) and len(rest) >= 3 and not _VOWELS.isdisjoint(rest):
            doubled = len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "lsz"
            word = rest[:-1] if doubled else rest
            break
    if word.endswith("e") and len(word) > 3:
        word = word[:-1]
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word


def _cyrillic(word: str, lang: Lang) -> str:
    if not ("а" <= word[0] <= "я" or word[0] in "іїєґ"):
        return word
    if len(word) > 5 and word[-2:] in _reflexive():
        word = word[:-2]
    sizes, endings = _endings(lang)
    for size in sizes:
        rest = word[:-size]
        least = 3 if word[-size:][:1] in _VOWELS else 4
        if len(rest) >= least and word[-size:] in endings and not _VOWELS.isdisjoint(rest):
            word = rest
            break
    if len(word) > 3 and word[-1] == "ь":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


@lru_cache(maxsize=2)
def _endings(lang: Lang) -> tuple[tuple[int, ...], frozenset[str]]:
    """Return the endings of a language and their lengths, longest first."""
    found = frozenset(read_table("stems")[lang])
    return tuple(sorted({len(e) for e in found}, reverse=True)), found


@lru_cache(maxsize=1)
def _reflexive() -> frozenset[str]:
    return frozenset(read_table("stems")["reflexive"])
