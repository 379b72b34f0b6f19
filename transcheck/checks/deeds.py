"""Speakers that act in two versions and are acted upon in the third, by one and the same verb: I carried, carried me.

Each pronoun goes with the verb beside it: in English a subject with the word behind it and an object with the word
before it, in Russian and Ukrainian with finite verbs on either side, whose order is free. Verbs are one by the table of
translations. Passives, and Slavic constructions that have the English subject as an object (*мне нужно*, *мені
хочеться*), say nothing of who acts. Only *I* and *we* are read: *его* may be a ferry that he has raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

from transcheck.text import translations
from transcheck.text.lexicon import Token, tokens
from transcheck.text.persons import BESIDE, OBJECTS, PLEASES, SUBJECTS
from transcheck.text.voice import is_passive
from transcheck.text.words import is_function_word
from transcheck.types import Cell, Lang, Row, Span

TRANSLATED: Final = 0.3
"""Rate, in either direction, from which two verbs are translations of each other."""

SPEAKERS: Final = (0, 4)
"""The persons that are read, by number: I and we."""

_BREAK = re.compile(r"[.!?;:,()«»„“”\"—–]")
_FINITE: Final[dict[Lang, re.Pattern[str]]] = {
    "ru": re.compile(
        r"(?:[аеёиоуыэюя]л[аи]?(?:ся|сь)?|[бвгзкпрстх]л[аи]?|шл[аи]|[её][сзгкрб]|[оу]х|[еёиуюая]т|ю|[еёи]м|[еёи]шь|[еи]те)$"
    ),
    "uk": re.compile(
        r"(?:[аеєиіїоуюя]в(?:ся|сь)?|л[аи](?:ся|сь)?|[іе][сзгкрб]|[оу]х|є|[иуюая]ть|ю|[єие]мо|[єеи]ш|[еєи]те|[чжшщтдлн]е)$"
    ),
}
"""How verbs end that have a subject; infinitives and what is impersonal (-ло, -но) are not among them."""
_IMPERSONAL: Final = frozenset(
    [
        *("зовут", "звали", "звуть", "везет", "щастить", "хватает", "вистачає", "бракує", "осточертел"),
        *("надоел", "надоела", "надоели", "набридла", "набридли"),
    ]
)
"""Words that end so beside which the person acted upon is the subject of the English sentence."""
_LIGHT: Final = frozenset(
    [
        *("was", "were", "am", "is", "are", "be", "been", "being", "have", "has", "had", "do", "does", "did", "will"),
        *("would", "can", "could", "may", "might", "must", "should", "shall", "not", "never", "just", "also", "still"),
        *("already", "only", "then", "always", "often", "even", "ever", "really", "let", "to", "didn't", "don't"),
        *("couldn't", "wouldn't", "won't", "hadn't", "haven't", "can't", "doesn't", "shouldn't", "wasn't", "weren't"),
        *("потом", "сам", "сама", "сами", "все", "сразу", "просто", "даже", "никогда", "всегда", "часто", "тогда"),
        *("может", "могу", "мог", "могла", "могли", "будет", "буду", "был", "была", "были", "еще", "уже", "тоже"),
        *("потім", "самі", "відразу", "навіть", "ніколи", "завжди", "тоді", "може", "можу", "міг", "буде", "був"),
        *("була", "були", "хотел", "хотела", "хотели", "хотів", "хотіла", "хотіли", "хочет", "хочу", "хоче", "теж"),
    ]
)
"""Words that may stand between a person and the verb."""
_AFTER: Final = frozenset([*BESIDE, "to", "into", "upon", "and", "or", "but", "that"])
"""Words behind which an English pronoun is not the direct object of the verb before them."""


class Part(NamedTuple):
    """A speaker in a text, by number, whether it acts, and the verb it goes with; places are code points."""

    person: int
    acts: bool
    verb: str
    span: Span


class Turned(NamedTuple):
    """A speaker that acts in one version and is acted upon in both others, or the reverse, and where they say so."""

    lang: Lang
    span: Span
    others: tuple[tuple[Lang, Span], ...]


def turned(row: Row) -> Turned | None:
    """Return the first speaker that one version of a row, of three, turns round; None where there is none."""
    cells = row.filled
    if len(cells) < 3 or any(PLEASES.search(c.text) for c in cells):
        return None
    parts = {c.lang: parts_of(c.text, c.lang) for c in cells}
    for cell in cells:
        first, second = (c for c in cells if c is not cell)
        found = _turned(cell, parts[cell.lang], (first, parts[first.lang]), (second, parts[second.lang]))
        if found is not None:
            return found
    return None


_Told = tuple[Cell, Sequence[Part]]
"""A version and its parts."""


def _turned(cell: Cell, mine: Sequence[Part], first: _Told, second: _Told) -> Turned | None:
    for own, a, b in product(mine, first[1], second[1]):
        if not (own.person == a.person == b.person and a.acts is b.acts and own.acts is not a.acts):
            continue
        one, two = first[0].lang, second[0].lang
        if not (
            _same_verb(own, cell.lang, a, one) and _same_verb(own, cell.lang, b, two) and _same_verb(a, one, b, two)
        ):
            continue
        also = any(
            p.person == own.person and p.acts is a.acts and _same_verb(p, cell.lang, q, x)
            for p in mine
            for q, x in ((a, one), (b, two))
        )
        reverse = any(
            q.person == own.person and q.acts is own.acts and _same_verb(q, c.lang, own, cell.lang)
            for c, held in (first, second)
            for q in held
        )
        if not (also or reverse):
            return Turned(cell.lang, own.span, ((one, a.span), (two, b.span)))
    return None


def _same_verb(a: Part, lang_a: Lang, b: Part, lang_b: Lang) -> bool:
    there, back = translations.rates(
        translations.keys([a.verb], lang_a), translations.keys([b.verb], lang_b), lang_a, lang_b
    )
    return bool(max(there[0, 0], back[0, 0]) >= TRANSLATED)


@lru_cache(maxsize=1024)
def parts_of(text: str, lang: Lang) -> tuple[Part, ...]:
    """Return the speakers of a text beside each verb that they may go with."""
    words = tokens(text)
    found: list[Part] = []
    for at in range(len(words)):
        for person, acts in _persons(text, lang, words, at):
            for verb in _verbs(text, lang, words, at, acts):
                ends = words[min(at, verb)].start, words[max(at, verb)].end
                found.append(Part(person, acts, words[verb].folded, Span(*ends)))
    return tuple(found)


def _persons(text: str, lang: Lang, words: Sequence[Token], at: int) -> Iterator[tuple[int, bool]]:
    """Yield which speaker a word is, and whether it acts."""
    word = words[at].folded
    for person in SPEAKERS:
        if word == SUBJECTS[lang].split()[person] and not is_passive(text, words[at].end, lang):
            yield person, True
        beside = at and words[at - 1].folded in (_AFTER if lang == "en" else BESIDE)
        if word in OBJECTS[lang][person].split() and not beside:
            yield person, False


def _verbs(text: str, lang: Lang, words: Sequence[Token], at: int, acts: bool) -> Iterator[int]:
    """Yield the words, by number, that may be the verb of a speaker."""
    for step in (1, -1) if lang != "en" else (1,) if acts else (-1,):
        place = at
        while 0 <= place + step < len(words):
            near, far = sorted((place, place + step))
            if _BREAK.search(text, words[near].end, words[far].start):
                break
            place += step
            word = words[place].folded
            if word in _LIGHT or (lang != "en" and is_function_word(word, lang)):
                continue
            if _may_be_verb(word, lang):
                yield place
            break


def _may_be_verb(word: str, lang: Lang) -> bool:
    if lang == "en":
        return not is_function_word(word, lang)
    return len(word) > 3 and word not in _IMPERSONAL and _FINITE[lang].search(word) is not None
