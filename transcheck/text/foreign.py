"""For which language a passage speaks that ought to be in another, and how much."""

from __future__ import annotations

import re
from functools import lru_cache

from transcheck.text.detect import cyrillic_words, detect, english_words, russian_odds, telling
from transcheck.types import Lang

LEAST_WORDS = 3
"""Words from which a passage is looked at; shorter ones are names, titles or answers that languages share."""

QUOTED_WORDS = 6
"""A quotation of at most so many words inside a sentence may stay in its own language."""

SURE_WORDS = 6
"""Words from which the profiles alone are believed: fewer, without a telling letter, may be names or a set phrase."""

LATIN_NATS = 2.5
"""Evidence of one small-letter word in the other script, in nats; names and titles are capitalised."""


def evidence(text: str, lang: Lang) -> tuple[Lang, float]:
    """Return the language that ``text`` speaks for most beside ``lang``, and how much, in nats (0: not at all).

    Short quotations inside a sentence are passed over.
    """
    own = _without_quotes(text)
    cyrillic, english = cyrillic_words(own), english_words(own)
    if lang != "en" and len(cyrillic) >= LEAST_WORDS and sum(map(len, cyrillic)) >= sum(map(len, english)):
        nats = russian_odds(cyrillic)
        return ("uk", -nats) if lang == "ru" else ("ru", nats)
    if lang == "en":
        small = len(re.findall(r"(?<![^\W\d_])[а-яёіїєґ][^\W\d_]*", own))
        if small < LEAST_WORDS - 1 or sum(map(len, cyrillic)) < 3 * sum(map(len, re.findall("[A-Za-z]+", own))):
            return "ru", 0.0
        return ("ru" if russian_odds(cyrillic) > 0 else "uk"), LATIN_NATS * small
    small = sum(w.islower() for w in english)
    if small < LEAST_WORDS or detect(own).lang != "en" or sum(map(len, english)) < 4 * sum(map(len, cyrillic)):
        return "en", 0.0
    return "en", LATIN_NATS * small


def trust(text: str) -> float:
    """Return how far the evidence of ``text`` holds where nothing else bears it out: 1, less for few plain words."""
    cyrillic = cyrillic_words(text)
    plain = cyrillic and not any(telling(word) for word in cyrillic)
    return min(1.0, len(cyrillic) / SURE_WORDS) if plain else 1.0


@lru_cache(maxsize=1)
def _quote_pattern() -> re.Pattern[str]:
    return re.compile(r"«[^«»]*»|“[^“”]*”|„[^„“”]*[“”]|\"[^\"]*\"|‘[^‘’]*’")


def _without_quotes(text: str) -> str:
    """Return ``text`` with its short quotations blanked, unless hardly anything stands outside them."""
    short = re.sub(_quote_pattern(), lambda m: m.group() if len(m.group().split()) > QUOTED_WORDS else " ", text)
    return short if len(re.findall(r"[^\W\d_]{2,}", short)) >= LEAST_WORDS else text
