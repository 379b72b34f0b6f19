"""Where the terms of a termbase stand in a text, in whatever form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from transcheck.text.inflect import is_abbreviation, parts, phrase, unmarked
from transcheck.text.lexicon import Matcher, fold
from transcheck.types import LANGS, Lang, Term, Termbase

_SIGNS = {"е": "[её]", "ё": "[её]", "'": "['’ʼ`‘]", "-": r"[-\u2010\u2011\u2013]", " ": r"[\s«»“”„\"'‘’]+"}
"""What stands for a sign of a term that is looked for as it is."""

_LATIN = re.compile(r"[A-Za-z0-9]$")


class Use(NamedTuple):
    """A term of concept ``concept`` (its number) that stands at ``start:end`` of a text."""

    concept: int
    term: Term
    start: int
    end: int
    text: str


class Glossary:
    """The terms of a termbase, ready to be looked for."""

    def __init__(self, termbase: Termbase) -> None:
        self._termbase = termbase
        self._terms: dict[Lang, list[tuple[int, Term]]] = {lang: [] for lang in LANGS}
        self._matchers: dict[Lang, Matcher] = {}
        self._literal: dict[Lang, list[tuple[int, re.Pattern[str]]]] = {lang: [] for lang in LANGS}
        for lang in LANGS:
            self._matchers[lang] = Matcher(self._take(lang), lang, apart=True, marks=True)

    def _take(self, lang: Lang) -> Iterator[tuple[str, str]]:
        """Yield the terms of a language that are phrases of words, by their numbers; keep the others as patterns."""
        for number, concept in enumerate(self._termbase.concepts):
            for term in concept.terms:
                kept = concept.kept and not term.forbidden
                if term.lang != lang and not kept:
                    continue
                self._terms[lang].append((number, term))
                key = len(self._terms[lang]) - 1
                form = None if kept else phrase(term.text, lang, exact=concept.exact)
                if form is not None:
                    yield str(key), form
                else:
                    self._literal[lang].append((key, _pattern(term.text, lang, cased=concept.cased or kept)))

    def uses(self, text: str, lang: Lang) -> tuple[Use, ...]:
        """Return the terms in a text, ordered; of two that overlap the longer one, of the same words all."""
        found = [*self._of_words(text, lang), *self._as_written(text, lang)]
        found.sort(key=lambda u: (u.start - u.end, u.start))
        kept: list[Use] = []
        for use in found:
            if all(k.end <= use.start or use.end <= k.start or _same(k, use) for k in kept):
                kept.append(use)
        return tuple(sorted(dict.fromkeys(kept), key=lambda u: (u.start, u.concept)))

    def _of_words(self, text: str, lang: Lang) -> Iterator[Use]:
        for hit in self._matchers[lang].find(text):
            number, term = self._terms[lang][int(hit.key)]
            if _capitals(term.text, hit.text, cased=self._termbase.concepts[number].cased):
                yield Use(number, term, hit.start, hit.end, hit.text)

    def _as_written(self, text: str, lang: Lang) -> Iterator[Use]:
        for key, pattern in self._literal[lang]:
            number, term = self._terms[lang][key]
            for match in pattern.finditer(text):
                yield Use(number, term, match.start(), match.end(), match.group())


@lru_cache(maxsize=4)
def glossary(termbase: Termbase) -> Glossary:
    """Return the terms of a termbase; those of the last few are at hand."""
    return Glossary(termbase)


def covering(uses: Iterable[Use], use: Use) -> bool:
    """Tell whether the words of a use are an allowed term of another concept as well."""
    return any(_same(u, use) and u.concept != use.concept and not u.term.forbidden for u in uses)


def _same(a: Use, b: Use) -> bool:
    return (a.start, a.end) == (b.start, b.end)


def _pattern(term: str, lang: Lang, *, cased: bool) -> re.Pattern[str]:
    """Return what finds a term as it is written: F-16, Starlink, №1.

    Letters of the other script may follow, since a Latin word is declined with a Cyrillic ending; in English an s.
    """
    term = unmarked(term)
    written = "".join(_SIGNS.get(c, re.escape(c)) for c in fold(term)) if not cased else _exactly(term)
    after = "(?![A-Za-z0-9_])" if _LATIN.search(term) else r"(?!\w)"
    plural = "(?:s|['’]s)?" if lang == "en" else ""
    return re.compile(rf"(?<!\w){written}{plural}{after}", 0 if cased else re.IGNORECASE)


def _exactly(term: str) -> str:
    return "".join(_SIGNS[c] if c in "'- " else re.escape(c) for c in term)


def _capitals(term: str, found: str, *, cased: bool) -> bool:
    """Tell whether words have the capitals that their term asks for: all of an abbreviation, else where ``cased``."""
    for wanted, word in zip(parts(term), parts(found), strict=False):
        if is_abbreviation(wanted) and not word[: len(wanted)].isupper():
            return False
        if cased and wanted[:1].isupper() and not word[:1].isupper():
            return False
    return True
