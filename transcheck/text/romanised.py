"""Words of a Russian or Ukrainian version that stand in an English text in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from transcheck.text.forms import familiarity
from transcheck.text.lexicon import Token, table, tokens
from transcheck.text.strays import LEAST_LETTERS, Stretch, listed, meant
from transcheck.text.translit import romanise, skeleton
from transcheck.text.words import is_function_word
from transcheck.types import Lang, Span

RARE = 0.2
"""How well a word may be known in English and still be a romanised one: loans that few texts have."""


def romanised_stretches(text: str, source: str, language: Lang) -> Iterator[Stretch]:
    """Yield the stretches of an English text that are words of ``source``, two or more, in Latin letters."""
    found, beside = tokens(text), tokens(source)
    strange = [_strange(text, token) for token in found]
    if not any(strange):
        return
    index = 0
    while index < len(found):
        last, place = _spelt(text, found, strange, index, beside, language)
        words = tuple(beside[place + i].folded for i in range(last - index))
        if len(set(words)) > 1 and any(familiarity(w, language) > 0 for w in words if len(w) > LEAST_LETTERS):
            span = Span(found[index].start, found[last - 1].end)
            copied = Span(beside[place].start, beside[place + last - index - 1].end)
            if not meant(text, span, found, index, last, "en"):
                yield Stretch(span, language, 3.0 * (last - index), True, copied, words)
        index = max(last, index + 1)


def _spelt(
    text: str, found: Sequence[Token], strange: Sequence[bool], first: int, beside: Sequence[Token], language: Lang
) -> tuple[int, int]:
    """Return the end of the romanised stretch that begins at a word, and its place in the source; no stretch: itself.

    It has two words that are not English, the one of them perhaps a short word of grammar.
    """
    best, at = first, 0
    for place in range(len(beside)):
        last = first
        while (
            last < len(found)
            and place + last - first < len(beside)
            and (last == first or text[found[last - 1].end : found[last].start].isspace())
            and _sounds(found[last].folded, beside[place + last - first].folded, language)
        ):
            last += 1
        while last > first and not strange[last - 1]:
            last -= 1
        long = sum(strange[i] and _long(found[i]) for i in range(first, last))
        short = sum(_is_short(found[i].folded) for i in range(first, last))
        if strange[first] and long and (long > 1 or short) and last > best:
            best, at = last, place
    return best, at


def _long(token: Token) -> bool:
    return token.end - token.start > LEAST_LETTERS and token.folded not in listed("romanised", "short")


def _strange(text: str, token: Token) -> bool:
    """Tell whether a word may be romanised: in small letters, no English word, and not spelt like one."""
    word = token.folded
    if not text[token.start].islower() or not word.isascii() or word in listed("romanised", "words"):
        return False
    if _is_short(word):
        return (len(word) == 1 and word not in "aio") or not is_function_word(word, "en")
    return familiarity(word, "en") < RARE and not _english_spelling().search(word)


def _is_short(word: str) -> bool:
    return word in listed("romanised", "short")


@lru_cache(maxsize=65536)
def _sounds(latin: str, cyrillic: str, lang: Lang) -> bool:
    """Tell whether a Latin word is a Cyrillic one as it is romanised."""
    if not latin.isascii() or cyrillic.isascii():
        return False
    schemes = (romanise(cyrillic, "kmu2010" if lang == "uk" else "bgn"), romanise(cyrillic, "bgn"))
    return latin.replace("'", "") in schemes or (len(latin) > 1 and _plain(latin) == _plain(cyrillic))


def _plain(word: str) -> str:
    """Return the skeleton of a word with what romanisations differ in made one: h and g, ia and a."""
    return re.sub("i(?=[aeou])", "", skeleton(word).replace("h", "g"))


@lru_cache(maxsize=1)
def _english_spelling() -> re.Pattern[str]:
    return re.compile(table("strays")["romanised"]["english"])
