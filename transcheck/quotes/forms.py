"""Forms of the words that name people: nominatives, genders, nouns of people in any case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from transcheck.text.lexicon import table
from transcheck.text.name_table import lexicon, stems
from transcheck.text.names import kinds, names
from transcheck.text.speakers import ROLES, role_of
from transcheck.text.speech import WORD
from transcheck.text.translit import fold, is_cyrillic
from transcheck.types import Lang

_MASCULINE: Final = re.compile(r"(?:[оеєії]в|[иі]н|[иы]й|ич|ук|юк|чак|як|ець|ец)$")
"""How the surname of a man may end and that of a woman does not, or seldom."""
_PERSONS, _BODIES = ("quotes", "persons"), ("quotes", "bodies")


@lru_cache(maxsize=8)
def _listed(kind: str) -> frozenset[str]:
    return frozenset(fold(n) for n in table("quotes")["names"][kind])


def better(name: str, other: str) -> str:
    """Return a name with every word in the form nearest to the nominative that either has."""
    words = WORD.findall(other)

    def best(match: re.Match[str]) -> str:
        forms: list[str] = [match[0], *(w for w in words if same_word(fold(w), fold(match[0])))]
        return min(forms, key=oblique)

    found = WORD.sub(best, name)
    if re.search(r"[ая]\b", found) and is_cyrillic(found[0].lower()):
        return re.sub(r"у\b", "а", found) if len(WORD.findall(found)) > 1 else found
    return found


def oblique(name: str) -> tuple[int, int]:
    """Rank the forms of a name, the nominative first: Данило Верес, Данила Вереса; Лейла, Лейлу."""
    return (
        sum(re.search(r"(?:[уюыиіеє]|ой|ою|ей|ею|ої|ого|ому|ом|ем|им|ым)$", w) is not None for w in name.split()),
        len(name),
    )


def person_nouns(word: str, lang: Lang, nominative: bool) -> frozenset[str]:
    """Return the identifiers of a noun of people, in any form or in the nominative."""
    return role_of(word, lang, nominative=nominative, source=ROLES) | role_of(
        word, lang, nominative=nominative, source=_PERSONS
    )


@lru_cache(maxsize=16384)
def noun_of(word: str, lang: Lang, *, nominative: bool = False) -> frozenset[str]:
    """Return the identifiers of a noun of people or bodies that speak, in any form or in the nominative."""
    return person_nouns(word, lang, nominative) | role_of(word, lang, nominative=nominative, source=_BODIES)


def gender_of_name(words: Sequence[str], lang: Lang) -> str:
    """Return the gender that a name tells by its first word, "" where it does not.

    A first name of the table tells by its nominative, whatever its case here; another one where it stands before a
    surname, by its ending and that of the surname.
    """
    listed = [n for n in names(words[0].title(), lang) if "first" in kinds(n)]
    if listed:
        told = {_by_ending(fold(lexicon().spelling(number))) for number in listed[0].entities}
        return told.pop() if len(told) == 1 else ""
    if len(words) < 2:
        return ""
    found = _by_ending(words[0])
    if found == "m" and not any(_MASCULINE.search(w) for w in words[1:]):
        return ""
    return found if found == "f" or is_cyrillic(words[0]) else ""


def _by_ending(first: str) -> str:
    if first in _listed("masculine"):
        return "m"
    if first.endswith(("а", "я", "a")) or first in _listed("feminine"):
        return "f"
    return "" if first.endswith(("ь", "и", "і", "е", "э", "у", "ю")) else "m"


@lru_cache(maxsize=16384)
def same_word(a: str, b: str) -> bool:
    """Tell whether two folded words of one language are forms of one name."""
    if a == b:
        return True
    if not (is_cyrillic(a) and is_cyrillic(b)) or a[:2] != b[:2]:
        return False
    least = max(3, min(len(a), len(b)) - 2)
    return any(len(s) >= least and s in stems(b) for s in stems(a))


def genitive(word: str, lang: Lang) -> bool:
    """Tell whether a word may say whose an office is."""
    if word[0].isupper() or word.isupper():
        return True
    if lang == "ru":
        return re.search(r"(?:[аяыи]|[оеё]в|ей|[ое]го|ой|ых|их)$", word) is not None and not word.endswith(("ла", "ли"))
    return re.search(r"(?:[аяиії]|[ії]в|[аяую]|ей|ього|ого|ої|их|іх)$", word) is not None and not word.endswith(
        ("ла", "ли")
    )


def dictionary_form(word: str, lang: Lang) -> str:
    """Return the nominative of a noun of the tables, the word itself where none of them has it."""
    low = fold(word)
    for source, section in (ROLES, _PERSONS):
        for by_lang in table(source)[section].values():
            for form in by_lang[lang]:
                if same_word(low, fold(form)) and abs(len(form) - len(low)) <= 3:
                    return str(form)
    return word
