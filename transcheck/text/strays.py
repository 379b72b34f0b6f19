"""Stretches of a few words inside a text that are in another language, found word by word.

Whole passages are told by their profile (``foreign.py``); two words are not. Here a stretch must stand literally in the
version in that language, or speak for it by several words. What is put between quotation marks or in brackets, or is
announced ("as they say"), is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcheck.text.detect import address_pattern, telling
from transcheck.text.foreign import QUOTED_WORDS
from transcheck.text.forms import FOREIGN, familiarity, foreignness
from transcheck.text.lexicon import Matcher, Token, table, tokens
from transcheck.text.translit import fold, romanise, skeleton
from transcheck.text.words import is_function_word
from transcheck.types import Lang, Span

COPIED = 4.3
"""Evidence of a stretch that stands literally in another version."""
SINGLE = 3.5
"""Evidence of a single word that stands literally in another version and is not known in its own language.

Of 12,000 ru-uk training pairs one draws a stretch by these two limits, two with 3.0 here, four with 3.8 above.
"""
COPIED_SURE = 6.0
"""Evidence of words that stand literally in another version, from which they are beyond doubt."""
ALONE = 9.0
"""Evidence of several words that no other version bears out, from which they are beyond doubt."""
RARE = 0.2
"""How well a word may be known in English and still be a romanised one: loans that few texts have."""
LEAST_LETTERS = 3
"""Letters of a word that counts; shorter ones may stand inside a stretch."""
_SHORT, _CAPITAL = 1.0, -1.0
"""Most evidence of a short word and of one that the languages share, and that of a name."""
_BEFORE, _AFTER = 5, 4
"""Words before and after a stretch in which it may be announced."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words in ``language``; ``copied`` is their place in the source, if they stand there."""

    span: Span
    language: Lang
    nats: float
    sure: bool
    copied: Span | None
    words: tuple[str, ...]


def cyrillic_stretches(text: str, own: Lang, source: str | None) -> Iterator[Stretch]:
    """Yield the stretches of a Russian or Ukrainian text in the other language, whose version is ``source``."""
    other: Lang = "uk" if own == "ru" else "ru"
    found = tokens(text)
    nats = [_nats(text, token, own) for token in found]
    if not any(n >= FOREIGN for n in nats):
        return
    taken: set[int] = set()
    for first, last, place in _runs(text, found, source):
        a, b = _best(nats, first, last)
        here = [i for i in range(a, b) if _counts(found[i], nats[i])]
        told = [i for i in range(a, b) if nats[i] >= FOREIGN and telling(_raw(text, found[i])) == other]
        total = sum(nats[a:b])
        if place is None:
            good = any(found[i].end - found[i].start > LEAST_LETTERS for i in told)
        else:
            good = any(found[i].end - found[i].start > 1 for i in told) or (len(here) > 1 and total >= COPIED)
            good = good or any(_unknown(found[i], nats[i], own) for i in here)
        if not good or not taken.isdisjoint(range(a, b)):
            continue
        copied = None
        if place is not None and source is not None:
            beside = tokens(source)
            copied = Span(beside[place + a - first].start, beside[place + b - 1 - first].end)
        span = Span(found[a].start, found[b - 1].end)
        if not _meant(text, span, found, a, b, own):
            sure = total >= COPIED_SURE if copied else total >= ALONE and len(here) > 1
            yield Stretch(span, other, total, sure, copied, tuple(_raw(text, found[i]) for i in here or told))
            taken.update(range(a, b))


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
            if not _meant(text, span, found, index, last, "en"):
                yield Stretch(span, language, 3.0 * (last - index), True, copied, words)
        index = max(last, index + 1)


def cyrillic_in_english(text: str, sources: Sequence[tuple[Lang, str]]) -> Iterator[Stretch]:
    """Yield the Cyrillic small-letter words of an English text, joined where they are neighbours."""
    if not re.search("[\u0400-\u04ff]{3}", text):
        return
    found = tokens(text)
    for first, last in _joined(text, [(i, _is_cyrillic(text, t)) for i, t in enumerate(found)], found):
        span = Span(found[first].start, found[last - 1].end)
        if _meant(text, span, found, first, last, "en"):
            continue
        words = tuple(_raw(text, t) for t in found[first:last])
        copies = [(lang, _literal(span.of(text), source)) for lang, source in sources]
        language, copied = next(((lang, place) for lang, place in copies if place), (None, None))
        if language is None:
            language = "uk" if sum(foreignness(w, "ru") for w in words) > 0 else "ru"
        yield Stretch(span, language, 4.0 * len(words), copied is not None, copied, words)


def english_stretches(text: str, own: Lang, source: str) -> Iterator[Stretch]:
    """Yield the English small-letter words, two or more, of a Russian or Ukrainian text that ``source`` has."""
    if not re.search("[a-z]{2,}[ ,]+[a-z]{2,}", text):
        return
    found = tokens(text)
    latin = [(i, text[t.start].islower() and _raw(text, t).isascii()) for i, t in enumerate(found)]
    for first, last in _joined(text, latin, found):
        around = [found[i] for i in (first - 1, last) if 0 <= i < len(found)]
        words = tuple(t.folded for t in found[first:last])
        span = Span(found[first].start, found[last - 1].end)
        copied = _literal(span.of(text), source)
        if (
            last - first < 2
            or copied is None
            or any(_raw(text, t).isascii() for t in around)
            or not all(familiarity(w, "en") > 0 or is_function_word(w, "en") for w in words)
            or _meant(text, span, found, first, last, own)
        ):
            continue
        sure = len(words) > 2 or any(is_function_word(w, "en") for w in words)
        yield Stretch(span, "en", 3.0 * len(words), sure, copied, words)


def kept(words: Sequence[str], text: str) -> bool:
    """Tell whether an English text has all these words of another language too, in its letters or in Cyrillic."""
    here = tokens(text)
    own = {t.folded for t in here}
    sounds = {skeleton(t.folded) for t in here if text[t.start].isupper() or familiarity(t.folded, "en") == 0}
    return all(w.replace("ё", "е") in own or skeleton(w) in sounds for w in words)


def _nats(text: str, token: Token, own: Lang) -> float:
    """Return how much a word speaks for the other Cyrillic language; below 0 for names and words in Latin letters."""
    word = _raw(text, token)
    if not re.fullmatch("[а-яёіїєґ'-]+", word):
        return _CAPITAL
    capital = text[token.start].isupper()
    if capital and not _begins(text, token.start):
        return _CAPITAL
    value = foreignness(word, own)
    if capital and telling(word) is None and (value < SINGLE or familiarity(word, own) > 0):
        return min(value, FOREIGN / 2)
    if "'" in word and value > 0 and not re.search("[ыэъё]" if own == "uk" else "[іїєґ]", word):
        value = min(value, _SHORT)
    if len(word) < LEAST_LETTERS or _shared(token.folded, own):
        return min(value, _SHORT)
    return value


def _counts(token: Token, nats: float) -> bool:
    return nats >= FOREIGN and token.end - token.start >= LEAST_LETTERS


def _unknown(token: Token, nats: float, own: Lang) -> bool:
    """Tell whether a word is one that its language does not have at all, which one copy of it is enough to report."""
    return token.end - token.start > LEAST_LETTERS and nats >= SINGLE and familiarity(token.folded, own) == 0


def _runs(text: str, found: Sequence[Token], source: str | None) -> Iterator[tuple[int, int, int | None]]:
    """Yield runs of words without a full stop between: first those that the source has, with their place in it."""
    starts: dict[str, list[int]] = {}
    beside = tokens(source) if source else ()
    for place, token in enumerate(beside):
        starts.setdefault(token.folded, []).append(place)
    index = 0
    while index < len(found):
        size, at = 0, 0
        for place in starts.get(found[index].folded, ()):
            length = 1
            while (
                index + length < len(found)
                and place + length < len(beside)
                and found[index + length].folded == beside[place + length].folded
                and _near(text, found[index + length - 1], found[index + length])
            ):
                length += 1
            if length > size:
                size, at = length, place
        if size:
            yield index, index + size, at
        index += max(size, 1)
    index = 0
    while index < len(found):
        last = index + 1
        while last < len(found) and _near(text, found[last - 1], found[last]):
            last += 1
        yield index, last, None
        index = last


def _best(nats: Sequence[float], first: int, last: int) -> tuple[int, int]:
    """Return the part of a run for which most speaks, from its first foreign word to its last."""
    best, total, start = (0.0, first, first), 0.0, first
    for index in range(first, last):
        if total <= 0:
            total, start = 0.0, index
        total += nats[index]
        if total > best[0]:
            best = (total, start, index + 1)
    strong = [i for i in range(best[1], best[2]) if nats[i] >= FOREIGN]
    return (strong[0], strong[-1] + 1) if strong else (first, first)


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
    return token.end - token.start > LEAST_LETTERS and token.folded not in _words("romanised", "short")


def _strange(text: str, token: Token) -> bool:
    """Tell whether a word may be romanised: in small letters, no English word, and not spelt like one."""
    word = token.folded
    if not text[token.start].islower() or not word.isascii() or word in _words("romanised", "words"):
        return False
    if _is_short(word):
        return (len(word) == 1 and word not in "aio") or not is_function_word(word, "en")
    return familiarity(word, "en") < RARE and not _english_spelling().search(word)


def _is_short(word: str) -> bool:
    return word in _words("romanised", "short")


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


def _joined(text: str, marked: Sequence[tuple[int, bool]], found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Yield the runs of marked neighbours."""
    first = None
    for index, mark in [*marked, (len(marked), False)]:
        near = mark and (first is None or _near(text, found[index - 1], found[index]))
        if first is not None and not near:
            yield first, index
            first = None
        if mark and first is None:
            first = index


def _is_cyrillic(text: str, token: Token) -> bool:
    return re.fullmatch("[\u0430-\u045f\u0491][\u0400-\u04ff'’-]{2,}", text[token.start : token.end]) is not None


def _literal(words: str, source: str) -> Span | None:
    """Return where a text has these words, as whole words."""
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", source, re.IGNORECASE)
    return Span(*match.span()) if match else None


def _near(text: str, a: Token, b: Token) -> bool:
    return re.fullmatch(r"[\s,\-\u2010-\u2015\u00ad]*", text[a.end : b.start]) is not None


def _begins(text: str, start: int) -> bool:
    """Tell whether a sentence begins there."""
    return re.search(r"(?:^|[.!?…:\n])[\s«»“”„\"'‘’(\[–—-]*$", text[:start]) is not None


def _raw(text: str, token: Token) -> str:
    """Return a word in lower case, with ё and without stress marks."""
    return re.sub("[’ʼ`‘]", "'", text[token.start : token.end].lower()).replace("\u0301", "")


def _meant(text: str, span: Span, found: Sequence[Token], first: int, last: int, lang: Lang) -> bool:
    """Tell whether words are quoted, bracketed, an address, or announced as foreign."""
    if any(span.overlaps(s) for s in _guarded(text)):
        return True
    start = found[max(0, first - _BEFORE)].start
    end = found[min(len(found), last + _AFTER) - 1].end
    return bool(_announced(lang).find(text[start : span.start]) or _announced(lang).find(text[span.end : end]))


@lru_cache(maxsize=256)
def _guarded(text: str) -> tuple[Span, ...]:
    """Return the short quotations, bracketed and marked words, and the addresses of a text."""
    found = [m for m in _guard_pattern().finditer(text) if len(m.group().split()) <= QUOTED_WORDS]
    return tuple(Span(*m.span()) for m in [*found, *address_pattern().finditer(text)])


@lru_cache(maxsize=1)
def _guard_pattern() -> re.Pattern[str]:
    pairs = ("«[^«»]*»", "“[^“”]*”", "„[^„“”]*[“”]", '"[^"]*"', r"\([^()]*\)", r"\[[^\[\]]*\]", r"\*[^*]+\*", "_[^_]+_")
    single = r"(?<!\w)‘[^‘’]*’(?!\w)|(?<!\w)'[^']*'(?!\w)"
    return re.compile("|".join((*pairs, single)))


@lru_cache(maxsize=1)
def _english_spelling() -> re.Pattern[str]:
    return re.compile(table("strays")["romanised"]["english"])


@lru_cache(maxsize=8)
def _words(kind: str, key: str) -> frozenset[str]:
    return frozenset(fold(w) for w in table("strays")[kind][key].split())


def _shared(word: str, lang: Lang) -> bool:
    """Tell whether the languages share a word, as it is or by its beginning."""
    listed = _words("shared", lang)
    return word in listed or any(f"{word[:size]}*" in listed for size in range(3, len(word) + 1))


@lru_cache(maxsize=3)
def _announced(lang: Lang) -> Matcher:
    return Matcher([("announced", form.replace("-", " ")) for form in table("strays")["announced"][lang]], lang)
