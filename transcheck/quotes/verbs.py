"""Words by which an author gives the floor: verbs of saying and what may stand for one beside a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from transcheck.text.lexicon import table
from transcheck.text.speech import frame_at, is_reporting, words_of
from transcheck.text.translit import fold
from transcheck.types import Lang

_ENDING = 6
"""Letters that may follow the beginning of a verb in a table."""


@lru_cache(maxsize=3)
def _lines(lang: Lang) -> frozenset[str]:
    listed = [fold(v) for v in table("quotes")["lines"][lang]]
    if lang != "en":
        return frozenset(listed)
    return frozenset((*table("quotes")["irregular"]["en"], *(form for v in listed for form in _regular(v))))


def _regular(verb: str) -> Iterator[str]:
    """Yield the forms of a regular English verb but for the bare one, which may be a noun."""
    if verb.endswith("y") and verb[-2] not in "aeou":
        yield from (verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing")
        return
    yield verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "z")) else "s")
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    yield from (stem + "ed", stem + "ing")
    if verb[-1] in "bdgmnprt" and verb[-2] in "aeiou" and verb[-3:-2] not in "aeiou":
        yield from (verb + verb[-1] + "ed", verb + verb[-1] + "ing")


@lru_cache(maxsize=65536)
def gives_floor(low: str, lang: Lang) -> bool:
    """Tell whether the folded word reports, or may where it stands beside a quotation: he *shrugged*."""
    if is_reporting(low, lang):
        return True
    listed = _lines(lang)
    naming = tuple(table("reporting")["naming"][lang])
    if low.startswith(naming) and len(low) <= 14 and (lang != "en" or low.endswith(("ed", "es", "s", "ing"))):
        return True
    if lang == "en":
        return low in listed
    return any(low[:cut] in listed for cut in range(max(3, len(low) - _ENDING), len(low) + 1))


@lru_cache(maxsize=16)
def beginnings(kind: str, lang: Lang) -> tuple[str, ...]:
    """Return a list of ``quotes.toml``, folded."""
    return tuple(fold(v) for v in table("quotes")[kind][lang])


_VERBAL: Final = {
    "ru": re.compile(r"(?:[аяеёиу]ет|[аеёиоуыяш]л[аи]?|ит|ют|ят|[её]т|тся|л[аи]?с[ья]|лся)$"),
    "uk": re.compile(r"(?:[аяуюіє]є|[иї]ть|ють|ять|ться|[аяиіїеоу](?:в|л[аи])|(?:в|л[аи])с[яь]|нув|нула|ує|яє|ає|іє)$"),
    "en": re.compile(r"(?:[a-z]ed|[a-z]s)$"),
}
"""How a finite verb ends; told as one only by its place, right behind the dash of an author's clause."""


def verbal(low: str, lang: Lang) -> bool:
    """Tell whether a folded word has the shape of a finite verb."""
    return len(low) > 3 and _VERBAL[lang].search(low) is not None


def reports_here(clause: str, lang: Lang) -> bool:
    """Tell whether a clause beside a quotation gives somebody the floor."""
    words = words_of(clause)
    return any(gives_floor(w.low, lang) for w in words) or any(frame_at(words, i, lang) for i in range(len(words)))
