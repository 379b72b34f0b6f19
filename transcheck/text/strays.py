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
from transcheck.text.stem import stem
from transcheck.text.translit import alike, fold, skeleton
from transcheck.text.words import is_function_word
from transcheck.types import Lang, Span

COPIED = 4.3
"""Evidence of a stretch that stands literally in another version."""
SINGLE = 3.5
"""Evidence of a single word that stands literally in another version and is not known in its own language.

Of 12,000 ru-uk training pairs one draws a stretch by these two limits, two with 3.0 here, four with 3.8 above.
"""
LONE, BENT = 3.0, 3.5
"""Evidence of a single word that its own language does not know and the other does, which stands in the other version
as it is, or in another form, and which nothing in English sounds like. The table does not know all rare words: with 1.7
six of 50 planted passages more were found, and Ukrainian «проводка» and «декан» told as Russian.
"""
KNOWN = 0.19
"""How well the other language must know such a word."""
COGNATE = 0.6
"""Likeness to an English word from which a word is one that languages borrow from one another."""
COPIED_SURE = 6.0
"""Evidence of words that stand literally in another version, from which they are beyond doubt."""
ALONE = 9.0
"""Evidence of several words that no other version bears out, from which they are beyond doubt."""
_LONG, _COMMON = 5, 0.3
"""Letters of a single English word in a Cyrillic text, and how well it must be known."""
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
        if not meant(text, span, found, a, b, own):
            sure = total >= COPIED_SURE if copied else total >= ALONE and len(here) > 1
            yield Stretch(span, other, total, sure, copied, tuple(_raw(text, found[i]) for i in here or told))
            taken.update(range(a, b))


def cyrillic_words(text: str, own: Lang, source: str, english: str) -> Iterator[Stretch]:
    """Yield single words of a Russian or Ukrainian text that its language does not know, which ``source`` in the other
    has and does know, and which no word of the English version sounds like.
    """
    other: Lang = "uk" if own == "ru" else "ru"
    found = tokens(text)
    beside = {t.folded: t for t in reversed(tokens(source))}
    stems = {stem(word, other): t for word, t in beside.items()}
    sounds = [skeleton(t.folded) for t in tokens(english) if len(t.folded) > LEAST_LETTERS]
    for index, token in enumerate(found):
        word = token.folded
        if len(word) <= LEAST_LETTERS or not text[token.start].islower():
            continue
        if familiarity(word, own) > 0 or familiarity(word, other) < KNOWN:
            continue
        nats = _nats(text, token, own)
        there = beside.get(word) if nats >= LONE else None
        there = there or (stems.get(stem(word, other)) if nats >= BENT else None)
        span = Span(token.start, token.end)
        if there is None or meant(text, span, found, index, index + 1, own):
            continue
        if all(alike(skeleton(word), sound) < COGNATE for sound in sounds):
            yield Stretch(span, other, nats, False, Span(there.start, there.end), (_raw(text, token),))


def cyrillic_in_english(text: str, sources: Sequence[tuple[Lang, str]]) -> Iterator[Stretch]:
    """Yield the Cyrillic small-letter words of an English text, joined where they are neighbours."""
    if not re.search("[\u0400-\u04ff]{3}", text):
        return
    found = tokens(text)
    for first, last in _joined(text, [(i, _is_cyrillic(text, t)) for i, t in enumerate(found)], found):
        span = Span(found[first].start, found[last - 1].end)
        if meant(text, span, found, first, last, "en"):
            continue
        words = tuple(_raw(text, t) for t in found[first:last])
        copies = [(lang, _literal(span.of(text), source)) for lang, source in sources]
        language, copied = next(((lang, place) for lang, place in copies if place), (None, None))
        if language is None:
            language = "uk" if sum(foreignness(w, "ru") for w in words) > 0 else "ru"
        yield Stretch(span, language, 4.0 * len(words), copied is not None, copied, words)


def english_stretches(text: str, own: Lang, source: str) -> Iterator[Stretch]:
    """Yield the English small-letter words of a Russian or Ukrainian text that ``source`` has: two, or a common one."""
    if not re.search("[a-z]{2,}[ ,]+[a-z]{2,}|[a-z]{5}", text):
        return
    found = tokens(text)
    latin = [(i, text[t.start].islower() and _raw(text, t).isascii()) for i, t in enumerate(found)]
    for first, last in _joined(text, latin, found):
        around = [found[i] for i in (first - 1, last) if 0 <= i < len(found)]
        words = tuple(t.folded for t in found[first:last])
        span = Span(found[first].start, found[last - 1].end)
        copied = _literal(span.of(text), source)
        if (
            (last - first < 2 and (len(words[0]) < _LONG or familiarity(words[0], "en") < _COMMON))
            or copied is None
            or any(_raw(text, t).isascii() for t in around)
            or not all(familiarity(w, "en") > 0 or is_function_word(w, "en") for w in words)
            or meant(text, span, found, first, last, own)
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


def meant(text: str, span: Span, found: Sequence[Token], first: int, last: int, lang: Lang) -> bool:
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


@lru_cache(maxsize=8)
def listed(kind: str, key: str) -> frozenset[str]:
    """Return words of ``strays.toml``."""
    return frozenset(fold(w) for w in table("strays")[kind][key].split())


def _shared(word: str, lang: Lang) -> bool:
    """Tell whether the languages share a word, as it is or by its beginning."""
    known = listed("shared", lang)
    return word in known or any(f"{word[:size]}*" in known for size in range(3, len(word) + 1))


@lru_cache(maxsize=3)
def _announced(lang: Lang) -> Matcher:
    return Matcher([("announced", form.replace("-", " ")) for form in table("strays")["announced"][lang]], lang)
