"""The forms of a word or phrase that is given as its dictionary has it, by endings alone: no dictionary is needed.

The rules (``data/inflection.toml``) give too many forms rather than too few, of which most are no words and are never
met: a word is not parsed, but generated from what an editor wrote, whose part of speech and gender nobody told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from transcheck.text.lexicon import fold, table
from transcheck.text.words import is_function_word
from transcheck.types import Lang

_NONE, _AGAIN = "-", ">"
_SHORT = 2
"""Letters up to which a word is a particle or an initial, and is not inflected."""

_WILD = ("*", "~")
_MARKS = re.compile(r"[«»“”„\"]|(?<!\w)['’‘]|(?<=\w)['’‘](?!\w)")
"""Quotation marks; the same signs within a word are apostrophes."""
_WORDS = re.compile(r"[^\s\-\u2010\u2011]+")
_PLAIN = re.compile(r"(?:[^\W\d_]|[\s\-\u2010\u2011*~'’ʼ`‘\u0301])+")


@lru_cache(maxsize=8192)
def inflected(word: str, lang: Lang) -> frozenset[str]:
    """Return the forms of a word, folded as :func:`transcheck.text.lexicon.fold` does, its own among them."""
    rules, folded = table("inflection")[lang], fold(word)
    named = _surname(folded, rules) if word[:1].isupper() else ()
    return frozenset({folded, *_forms(folded, rules), *named})


def phrase(term: str, lang: Lang, *, exact: bool = False) -> str | None:
    """Return a phrase as a form of :class:`transcheck.text.lexicon.Matcher`, every word of it in all its forms.

    Words with ``*`` or ``~`` stay what they are, and so do function words, and all words of an ``exact`` phrase. None
    for what has other signs than letters, hyphens and apostrophes, such as digits: it is no phrase of words. Quotation
    marks play no part.
    """
    term = unmarked(term)
    if not _PLAIN.fullmatch(term) or not any(c.isalpha() for c in term):
        return None
    words = parts(term)
    alone = len(words) == 1
    return " ".join(fold(w) if exact or _stays(w, lang, alone) else "/".join(sorted(_all(w, lang))) for w in words)


def parts(term: str) -> list[str]:
    """Return the words of a phrase as :func:`transcheck.text.lexicon.tokens` parts them: at blanks and hyphens."""
    return _WORDS.findall(unmarked(term))


def unmarked(term: str) -> str:
    """Return a term without its quotation marks: батальон «Азов» is found whatever marks a text has."""
    return " ".join(_MARKS.sub("", term).split())


def is_abbreviation(word: str) -> bool:
    """Tell whether a word is written in capitals: SMO, МИД."""
    return len(word) > 1 and word.isupper()


def _stays(word: str, lang: Lang, alone: bool) -> bool:
    if any(c in word for c in _WILD):
        return True
    return not is_abbreviation(word) and (len(word) <= _SHORT or (not alone and is_function_word(word, lang)))


def _all(word: str, lang: Lang) -> frozenset[str]:
    """Return all forms of a word; those of one in capitals have an ending behind it, and its letters never change."""
    if not is_abbreviation(word):
        return inflected(word, lang)
    rules, folded = table("inflection")[lang], fold(word)
    endings = rules["abbreviation"].split() if folded[-1] in rules["consonants"] else ()
    return frozenset({folded, *(folded + ending for ending in endings)})


def _forms(word: str, rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms of a folded word."""
    for form in rules["irregular"].get(word, "").split():
        yield from _onward(form, rules)
    for particle in rules["reflexive"]:
        verb = word.removesuffix(particle)
        if verb != word and len(verb) > rules["verb_stem"]:
            yield from (form + p for form in (verb, *_verbal(verb, rules)) for p in rules["reflexive"])
    yield from _verbal(word, rules)
    yield from _nominal(word, rules)
    for old, new in rules["changes"]:
        if word.endswith(old) and len(word) > len(old):
            yield from _nominal(word.removesuffix(old) + new, rules)
        elif word == old:
            yield from _nominal(new, rules)


def _nominal(word: str, rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms of a noun or an adjective, or of an English word of any kind."""
    if word[-1:] in rules["consonants"]:
        yield from (word + ending for ending in rules["bare"].split())
    for old, endings in rules["endings"].items():
        if not word.endswith(old) or len(word) <= len(old):
            continue
        stem = word.removesuffix(old)
        for ending in endings.split():
            if ending == _NONE:
                yield stem
                yield from _without_ending(stem, rules["bare_changes"])
            else:
                yield stem + ending


def _without_ending(stem: str, changes: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield how a stem looks where it has lost its ending: окн, окон; школ, шкіл."""
    for pattern, new in changes:
        changed = re.sub(pattern, new, stem)
        if changed != stem:
            yield changed


def _verbal(word: str, rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms of an infinitive, those of its participles too."""
    if word in rules["no_verbs"]:
        return
    for old, endings in rules["verbs"].items():
        stem = word.removesuffix(old)
        if stem == word or len(stem) < rules["verb_stem"]:
            continue
        for ending in endings.split():
            yield from _onward(stem + ending, rules)
    if word.endswith(tuple(rules["losing"])):
        stem = word.removesuffix(rules["lost"])
        yield stem
        for ending in rules["left"].split():
            yield from _onward(stem + ending, rules)


def _onward(form: str, rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield a form of the table, and where it is inflected in its turn, its own forms."""
    yield form.removesuffix(_AGAIN)
    if form.endswith(_AGAIN):
        yield from _nominal(form.removesuffix(_AGAIN), rules)


def _surname(word: str, rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms of a surname that are those of an adjective: Путиным, Лавровых."""
    if word.endswith(tuple(rules["surnames"])):
        yield from (word + ending for ending in rules["surname"].split())
