"""Proper names in Russian, Ukrainian and English text, and whether two of them are one name.

A name is a capitalised word that is not merely the first of its sentence, or one that the table knows. Names of several
words are split, unless the table knows them as a whole. A name is *firm* when a version that lacks it really lacks
something; words that bear a capital for another reason (titles, nationalities, days, headings) are kept as soft names,
which may answer a name of another version but prove nothing by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from transcheck.text.name_table import (
    POSSESSIVE,
    WORD,
    Form,
    Kind,
    abbreviations,
    adjectives,
    common,
    compounds,
    lexicon,
    never,
    patronymics,
    stems,
    suffixes,
)
from transcheck.text.translit import alike, fold, is_cyrillic, polish, skeleton, surname_kind
from transcheck.types import Lang, Span

SAME = 0.66
"""From this likeness two names of which the table does not know both are taken for one."""
SAME_KNOWN = 0.86
"""From this likeness two names are taken for one although the table knows them as different."""

SAME_SLAVIC = 0.82
"""The same for Slavic surnames, which are written by rule, unlike Licht and Young."""

_CLOSED = re.compile(r"[.!?…:;\n|•*#>]")
_OPENING = frozenset("«„“\"‘'")
_CLOSING = frozenset("»“”\"’'")


class Name(NamedTuple):
    """A proper name or a part of one.

    ``start`` and ``end`` are code points of the text; ``keys`` are its skeletons, whole and without an ending;
    ``entities`` are the table rows that it may belong to (empty: unknown to the table); ``firm`` as the module says.
    """

    start: int
    end: int
    text: str
    keys: tuple[str, ...]
    entities: frozenset[int] = frozenset()
    kind: Kind = "unknown"
    firm: bool = True


class _Token(NamedTuple):
    start: int
    end: int
    text: str
    low: str
    initial: bool
    sentence: int


@lru_cache(maxsize=512)
def _tokens(text: str) -> list[_Token]:
    """Split into words; a hyphen divides. ``initial`` marks the first word of a sentence or of a quotation."""
    out: list[_Token] = []
    sentence = 0
    last = 0
    for match in WORD.finditer(text):
        gap = text[last : match.start()]
        word = match[0]
        if not out:
            initial = True
        else:
            before = out[-1]
            abbreviation = gap.startswith(".") and (len(before.text) == 1 or before.low in abbreviations())
            ended = _CLOSED.search(gap) is not None and not abbreviation
            sentence += ended
            # a lone word in marks bears its capital as a name, not as the first word of what is quoted
            quoted = gap[-1:] in _OPENING and (ended or text[match.end() : match.end() + 1] not in _CLOSING)
            initial = ended or quoted
        low = POSSESSIVE.sub("", fold(word)).replace(".", "")
        out.append(_Token(match.start(), match.end(), word, low, initial, sentence))
        last = match.end()
    return out


def _headings(tokens: list[_Token]) -> frozenset[int]:
    """Return the sentences whose capitals say nothing: title case or capitals throughout."""
    long: dict[int, list[bool]] = {}
    upper: dict[int, list[bool]] = {}
    for t in tokens:
        upper.setdefault(t.sentence, []).append(t.text.isupper())
        if len(t.text) >= 4:
            long.setdefault(t.sentence, []).append(t.text[0].isupper())
    title = {s for s, flags in long.items() if len(flags) >= 4 and sum(flags) >= 0.8 * len(flags)}
    shouted = {s for s, flags in upper.items() if len(flags) >= 3 and sum(flags) >= 0.6 * len(flags)}
    return frozenset(title | shouted)


def _fits(form: Form, tokens: list[_Token], at: int) -> bool:
    if at + len(form.words) > len(tokens):
        return False
    for offset, key in enumerate(form.words):
        token = tokens[at + offset]
        if token.low != key and (form.exact or key not in stems(token.low)):
            return False
        if offset and token.initial:
            return False
    return True


def _known(tokens: list[_Token], at: int) -> tuple[list[Form], int]:
    """Return the forms that begin at token ``at``, all of the greatest length found, and that length."""
    token = tokens[at]
    table = lexicon()
    found: list[Form] = []
    length = 0
    for stem in stems(token.low):
        for form in table.forms(stem):
            if len(form.words) < length or (form.exact and stem != token.low):
                continue
            if form.upper and not token.text.replace(".", "").rstrip("'s").isupper():
                continue
            if _fits(form, tokens, at):
                if len(form.words) > length:
                    found, length = [], len(form.words)
                found.append(form)
        if found and len(stem) <= len(token.low) - 4:
            break
    return found, length


@lru_cache(maxsize=65536)
def keys(word: str) -> tuple[str, ...]:
    """Return the skeletons of a folded word: whole, and read as Polish, or without its longest ending when three
    letters remain.
    """
    whole = skeleton(word)
    if not is_cyrillic(word):
        return (whole, other) if (other := polish(word)) else (whole,)
    cut = [s for s in stems(word) if 3 <= len(s) < len(word)]
    return tuple(dict.fromkeys((whole, *(skeleton(s) for s in cut[:1]), *(skeleton(s) for s in cut[-1:]))))


def is_common(word: str, lang: Lang) -> bool:
    """Tell whether ``word`` is listed as one that bears a capital without being a name."""
    return not common(lang).isdisjoint(stems(fold(word)))


def _soft(token: _Token, lang: Lang, headings: frozenset[int]) -> bool:
    low = token.low
    if token.initial and surname_kind(low) in _TELLING and len(low) > 5:
        return False
    if token.initial or token.sentence in headings or is_common(low, lang):
        return True
    if len(low) < 3 or token.text.replace(".", "").isupper():
        return True
    if is_cyrillic(low):
        return low.startswith((*compounds("ru"), *compounds("uk")))
    return low.endswith(suffixes(lang)) or ("'" in low and not low.startswith(("o'", "d'", "l'", "m'")))


@lru_cache(maxsize=1024)
def names(text: str, lang: Lang) -> tuple[Name, ...]:
    """Return the names of ``text`` in order, soft ones included; spans are code points, possessive endings inside."""
    tokens = _tokens(text)
    headings = _headings(tokens)
    out: list[Name] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if not token.text[0].isupper():
            at += 1
            continue
        forms, length = _known(tokens, at)
        if forms and (length > 1 or token.low not in never(lang)):
            last = tokens[at + length - 1]
            entities = frozenset(f.entity for f in forms)
            kind = lexicon().entity(min(entities)).kind
            homonym = all(f.homonym for f in forms) and (token.initial or token.sentence in headings)
            shouted = token.sentence in headings and token.text.isupper() and len(token.text) > 1
            low = " ".join(t.low for t in tokens[at : at + length])
            skeletons = keys(low) if length == 1 else (skeleton(low),)
            out.append(
                Name(
                    token.start,
                    last.end,
                    text[token.start : last.end],
                    skeletons,
                    entities,
                    kind,
                    not (homonym or shouted),
                )
            )
            at += length
            continue
        follows = at > 0 and tokens[at - 1].text[0].isupper() and tokens[at - 1].sentence == token.sentence
        patronymic = follows and any(s.endswith(patronymics()) for s in stems(token.low))
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        joined = after is not None and after.text.islower() and text[token.end : after.start] == " "
        modifier = joined and token.low.endswith(adjectives())
        firm = not patronymic and not modifier and not _soft(token, lang, headings)
        out.append(Name(token.start, token.end, token.text, keys(token.low), firm=firm))
        at += 1
    return tuple(out)


@lru_cache(maxsize=1024)
def with_patronymics(text: str, lang: Lang) -> tuple[Name, ...]:
    """Return the patronymics that stand behind a capitalised word, in order."""
    out: list[Name] = []
    tokens = _tokens(text)
    for at, (before, token) in enumerate(pairwise(tokens), 1):
        joined = text[before.end : token.start] == " " and before.text[0].isupper() and token.text[0].isupper()
        if joined and any(s.endswith(patronymics()) for s in stems(token.low)):
            entities = frozenset(f.entity for f in _known(tokens, at)[0] if len(f.words) == 1)
            out.append(Name(token.start, token.end, token.text, keys(token.low), entities))
    return tuple(out)


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """Return the folded words of ``text`` in order, possessive endings taken off."""
    return tuple(dict.fromkeys(t.low for t in _tokens(text)))


def spelled(text: str) -> list[tuple[Span, str]]:
    """Return the words of ``text`` with their places, folded and without possessive endings."""
    return [(Span(t.start, t.end), t.low) for t in _tokens(text)]


def slavic(a: Name, b: Name) -> bool:
    """Tell whether both names end as Slavic and Georgian surnames do."""
    return bool(surname_kind(fold(a.text)) and surname_kind(fold(b.text)))


def likeness(a: Name, b: Name) -> float:
    """Return how alike two names sound, 0 to 1, over all their keys."""
    return max(alike(x, y) for x in a.keys for y in b.keys)


def same_frame(a: Name, b: Name) -> bool:
    """Tell whether two names have the same two or more consonants: Gates and Гейтс, Loire and Луара."""
    frames = [{_VOWELS.sub("", key.replace("c", "ts")) for key in name.keys} for name in (a, b)]
    return any(len(f) > 1 for f in frames[0] & frames[1])


def other_surname(a: Name, b: Name) -> bool:
    """Tell whether two surnames differ by their very ending, however alike they sound: Кравец and Kravchuk."""
    one, other = surname_kind(fold(a.text)), surname_kind(fold(b.text))
    return _clash(one, other) or (_lacks_ending(one, other) and likeness(a, b) < SAME_KNOWN)


_VOWELS = re.compile("[aeiouyv]")
"""Vowels of a skeleton, and v, which stands for one in places: Loire, Луара."""

_OV = "ov"
_TELLING = frozenset({"enko", "chuk", "dze", "shvili"})
"""Endings that nothing but a surname has, and that no other form of it lacks."""


def _lacks_ending(a: str, b: str) -> bool:
    """Tell whether one of two kinds of surname has an ending that the other lacks: Koval, Kovalenko."""
    return a != b and (a in _TELLING or b in _TELLING)


def _clash(a: str, b: str) -> bool:
    """Tell whether two kinds of surname exclude each other; Ростов is also what ростовский comes from."""
    if not (a and b) or a == b:
        return False
    return (a != _OV or b in _TELLING) and (b != _OV or a in _TELLING)


def same(a: Name, b: Name) -> bool:
    """Tell whether two names may be one: a common table row, or skeletons alike enough for what the table knows."""
    if a.entities & b.entities:
        return True
    if other_surname(a, b):
        return False
    if a.entities and b.entities:
        return likeness(a, b) >= SAME_KNOWN
    return likeness(a, b) >= (SAME_SLAVIC if slavic(a, b) else SAME)


def kinds(name: Name) -> frozenset[Kind]:
    """Return what the table says that the name may be; ``unknown`` alone when it says nothing."""
    found: frozenset[Kind] = frozenset(lexicon().entity(number).kind for number in name.entities)
    return found or frozenset({"unknown"})


def mentions(name: Name, text: str, lang: Lang) -> int:
    """Return how often ``text`` speaks of the table rows of ``name``: by a name or by a word that may stand for it."""
    spans = [n for n in names(text, lang) if n.entities & name.entities]
    beginnings = tuple(_witnesses(name))
    others = (t for t in _tokens(text) if beginnings and t.low.startswith(beginnings))
    return len(spans) + sum(not any(n.start <= t.start < n.end for n in spans) for t in others)


def _witnesses(name: Name) -> Iterator[str]:
    for number in name.entities:
        yield from lexicon().entity(number).witnesses


def witnessed(name: Name, text: str) -> bool:
    """Tell whether some word of ``text`` may stand for ``name``: its own form, an adjective, a capital."""
    beginnings = tuple(_witnesses(name))
    kind, people = surname_kind(fold(name.text)), not kinds(name).isdisjoint({"person", "unknown"})
    for word in words(text):
        other = surname_kind(word)
        if (kind and _clash(kind, other)) or (people and kind != other and other in _TELLING):
            continue
        if beginnings and word.startswith(beginnings):
            return True
        telling = len(word) >= (5 if beginnings else 3)
        if telling and any(alike(x, y) >= 0.8 for x in name.keys for y in keys(word)):
            return True
    found = words(text)
    whole = name.keys[0]
    return any(alike(whole, skeleton(a + b)) >= 0.8 for a, b in pairwise(found) if len(a) + len(b) >= len(whole) - 2)
