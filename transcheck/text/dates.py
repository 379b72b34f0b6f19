"""Dates in running text: days, months, years, weekdays, decades and centuries, each as far as it is written.

Nothing is filled in from elsewhere: "24 February" has no year. A weekday beside a date is a date of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from transcheck.text.number_grammar import Numeral, numerals
from transcheck.text.number_tokens import DASHES, DATE, WORD, Token, expand, glued, hyphen_at, tokenize
from transcheck.text.tables import read_table
from transcheck.types import Lang

FIRST_YEAR, LAST_YEAR = 1000, 2100


@dataclass(frozen=True, slots=True)
class Date:
    """The parts of a date that are written at ``start:end``, the others None.

    ``weekday`` is 1 (Monday) to 7; ``decade`` is its first year, or that year modulo 100 where the century is not said;
    ``swappable`` marks a written date whose day and month cannot be told apart (03/04/2022 in English). ``night`` marks
    the night before the day (в ночь на субботу), which may be named by either day. ``weak`` marks a word that may be a
    date or something else (May, среда), or an adjective (декабрьский): it confirms a date, its lack says nothing.
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    decade: int | None = None
    century: int | None = None
    swappable: bool = False
    night: bool = False
    weak: bool = False


class _Words(NamedTuple):
    months: dict[str, int]
    weekdays: dict[str, int]
    month_adjectives: dict[str, int]
    weekday_adjectives: dict[str, int]
    decades: dict[str, int]
    year: frozenset[str]
    before_year: frozenset[str]
    before_month: frozenset[str]
    before_weekday: frozenset[str]
    weak_month: frozenset[str]
    weak_weekday: frozenset[str]
    century: frozenset[str]
    decade_after: frozenset[str]
    of: frozenset[str]
    joint: frozenset[str]
    article: frozenset[str]
    night: frozenset[str]
    night_to: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return read_table("dates")


@lru_cache(maxsize=3)
def _words(lang: Lang) -> _Words:
    table = _table()[lang]

    def numbered(key: str) -> dict[str, int]:
        return {form: int(n) for n, forms in table[key].items() for form in expand(forms)}

    def adjectives(key: str) -> dict[str, int]:
        endings = table["adjective"]["endings"].split()
        return {stem + e: int(n) for n, stems in table[key].items() for stem in expand(stems) for e in endings}

    sets = {key: frozenset(expand(value)) for key, value in table["words"].items()}
    return _Words(
        months=numbered("month"),
        weekdays=numbered("weekday"),
        month_adjectives=adjectives("month_adjective"),
        weekday_adjectives=adjectives("weekday_adjective"),
        decades=numbered("decade"),
        **sets,
    )


def _is_year(n: Numeral) -> bool:
    return FIRST_YEAR <= n.value < LAST_YEAR and n.value.denominator == 1 and (n.plain or n.form == "words")


def _is_day(n: Numeral) -> bool:
    return 1 <= n.value <= 31 and n.value.denominator == 1 and not (n.code or n.vague or n.decade or n.scaled)


@dataclass(slots=True)
class _Scan:
    """One text under the date rules; the rules move from left to right and never look twice at a token."""

    tokens: list[Token]
    lang: Lang
    words: _Words
    at: dict[int, Numeral]
    ending: dict[int, Numeral]

    def text(self, i: int) -> str:
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def make(self, first: int, last: int, **parts: Any) -> Date:
        return Date(self.tokens[first].start, self.tokens[last - 1].end, **parts)

    def run(self) -> Iterator[tuple[Date, int]]:
        """Yield the dates with the index after each."""
        i = 0
        while i < len(self.tokens):
            after = i + 1
            for found, last in self.rules(i):
                yield found, last
                after = max(after, last)
            i = after

    def nights(self) -> Iterator[Date]:
        """Yield the dates, two that name one night made one: ``в ночь с 9 на 10 октября``, ``night of Oct. 9–10``."""
        index = {token.start: i for i, token in enumerate(self.tokens)}
        held: tuple[Date, int] | None = None
        for date, last in self.run():
            first = index[date.start]
            joint = self.text(first - 1) in self.words.night_to
            if held is not None and first - held[1] <= 1 and self.is_night(index[held[0].start], first):
                held = replace(date, start=held[0].start, night=True), last
                continue
            if held is not None:
                yield held[0]
            start = date.start
            numeral = self.ending.get(first - 1) if joint and date.day else None
            if numeral is not None and _is_day(numeral) and self.is_night(numeral.first, first):
                start = self.tokens[numeral.first].start
                held = replace(date, start=start, night=True), last
            else:
                night = joint and self.is_night(first - 1, first) and bool(date.day or date.weekday)
                held = replace(date, night=night), last
        if held is not None:
            yield held[0]

    def is_night(self, first: int, last: int) -> bool:
        """Whether the word night stands up to two words before token ``first``, or between it and ``last``."""
        return any(self.text(k) in self.words.night for k in range(max(0, first - 3), last))

    def rules(self, i: int) -> list[tuple[Date, int]]:
        token = self.tokens[i]
        if token.kind == DATE:
            return self.written(i)
        if token.kind == WORD:
            if token.text in self.words.months:
                return self.month(i)
            if token.text in self.words.weekdays:
                return self.weekday(i)
            if token.text in self.words.month_adjectives:
                return [(self.make(i, i + 1, month=self.words.month_adjectives[token.text], weak=True), i + 1)]
            if token.text in self.words.weekday_adjectives:
                return [(self.make(i, i + 1, weekday=self.words.weekday_adjectives[token.text], weak=True), i + 1)]
            if token.text in self.words.decades and not self.at.get(i - 1):
                return [(self.make(i, i + 1, decade=self.words.decades[token.text]), i + 1)]
            roman = roman_numeral(token.raw)
            if roman and self.text(i + 1) in self.words.century:
                return [(self.make(i, i + 2, century=roman), i + 2)]
        numeral = self.at.get(i)
        return self.number(numeral) if numeral is not None else []

    def written(self, i: int) -> list[tuple[Date, int]]:
        raw = self.tokens[i].text
        parts = [int(p) for p in raw.replace("/", "-").replace(".", "-").split("-")]
        iso = len(raw.split("-")[0]) == 4
        year, second, first = parts if iso else parts[::-1]
        day, month = (first, second) if iso or second <= 12 else (second, first)
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return []
        swappable = "/" in raw and day <= 12
        return [(self.make(i, i + 1, day=day, month=month, year=year, swappable=swappable), i + 1)]

    def number(self, n: Numeral) -> list[tuple[Date, int]]:
        """Rules that begin with a numeral: day and month, year, decade, century."""
        found = self.day_first(n)
        if found:
            return found
        follows = self.text(n.last)
        if hyphen_at(self.tokens, n.last):
            follows, after = self.text(n.last + 1), n.last + 2
        else:
            after = n.last + 1
        if follows in self.words.century and 1 <= n.value <= 30 and (n.ordinal or (self.lang != "en" and n.plain)):
            return [(self.make(n.first, after, century=int(n.value)), after)]
        if n.decade and (n.form == "digits" or follows in self.words.decade_after):
            last = n.last + (follows in self.words.decade_after)
            return [(self.make(n.first, last, decade=int(n.value)), last)]
        return self.year_alone(n)

    def day_first(self, n: Numeral) -> list[tuple[Date, int]]:
        """``24 февраля 2022 года``, ``24th of February``, ``12–15 марта``."""
        if not _is_day(n):
            return []
        j = n.last
        while self.text(j) in self.words.of:
            j += 1
        if j < len(self.tokens) and self.text(j) in self.words.months:
            if j > n.last and self.lang != "en":
                return []
            month = self.words.months[self.text(j)]
            if self.lang == "en" and not self.tokens[j].raw[0].isupper():
                return []
            year, last = self.year_after(j + 1)
            return [(self.make(n.first, last, day=int(n.value), month=month, year=year), last)]
        second = self.at.get(n.last + 1)
        if second is not None and self.text(n.last) in (*DASHES, *self.words.joint):
            rest = self.day_first(second)
            if rest and rest[0][0].month:
                head = self.make(n.first, n.last, day=int(n.value), month=rest[0][0].month, year=rest[0][0].year)
                return [(head, n.last), *rest]
        return []

    def year_after(self, j: int) -> tuple[int | None, int]:
        """Return the year that stands at ``j``, perhaps after a comma, and the index after it and its year word."""
        k = j
        if self.text(k) == ".":
            k += 1
        if self.text(k) == "," or self.text(k) in self.words.of:
            k += 1
        n = self.at.get(k)
        if n is None or not _is_year(n):
            return None, j
        if k > j and self.text(k - 1) == "." and self.tokens[k - 1].start > self.tokens[j - 1].end:
            return None, j
        last = n.last
        if self.text(last) in self.words.year and self.lang != "en":
            last += 1
        return int(n.value), last

    def month(self, i: int) -> list[tuple[Date, int]]:
        """Rules that begin with a month: month and day (English), month and year, month alone."""
        month = self.words.months[self.text(i)]
        raw = self.tokens[i].raw
        if self.lang == "en" and not raw[0].isupper():
            return []
        if self.lang == "en":
            found = self.month_first(i, month)
            if found:
                return found
        year, last = self.year_after(i + 1)
        if year is not None:
            return [(self.make(i, last, month=month, year=year), last)]
        strange = raw[0].isupper() and self.lang != "en"
        weak = self.text(i) in self.words.weak_month and (strange or self.text(i - 1) not in self.words.before_month)
        return [(self.make(i, i + 1, month=month, weak=weak), i + 1)]

    def month_first(self, i: int, month: int) -> list[tuple[Date, int]]:
        j = i + 1 + (self.text(i + 1) == ".") + (self.text(i + 1) in self.words.article)
        n = self.at.get(j)
        if n is None or not _is_day(n) or (n.form != "digits" and not n.ordinal):
            return []
        year, last = self.year_after(n.last)
        dates = [(self.make(i, last, day=int(n.value), month=month, year=year), last)]
        second = self.at.get(n.last + 1)
        joined = self.text(n.last) in (*DASHES, *self.words.joint)
        if year is None and joined and second is not None and _is_day(second) and second.value > n.value:
            if self.text(second.last) in self.words.months:
                return dates
            year, last = self.year_after(second.last)
            dates.append((self.make(second.first, last, day=int(second.value), month=month, year=year), last))
        return dates

    def weekday(self, i: int) -> list[tuple[Date, int]]:
        word, raw = self.text(i), self.tokens[i].raw
        if self.lang == "en" and not raw[0].isupper():
            return []
        weak = False
        if word in self.words.weak_weekday:
            before = self.text(i - 1) in self.words.before_weekday
            j = i + 1
            while self.text(j) in (",", "."):
                j += 1
            dated = j > i + 1 and (j in self.at or self.text(j) in self.words.months)
            weak = not (dated or (before and self.lang != "en"))
        return [(self.make(i, i + 1, weekday=self.words.weekdays[word], weak=weak), i + 1)]

    def year_alone(self, n: Numeral) -> list[tuple[Date, int]]:
        """A year by its word (``2022 года``, ``the year 2022``) or its preposition (``in 2022``)."""
        follows, before = self.text(n.last), self.text(n.first - 1)
        plain = _is_year(n) and not n.code
        if self.lang != "en":
            if plain and follows in self.words.year and (n.form == "digits" or n.ordinal):
                return [(self.make(n.first, n.last + 1, year=int(n.value)), n.last + 1)]
            second = self.at.get(n.last + 1)
            if plain and second is not None and _is_year(second) and (follows in DASHES):
                rest = self.year_alone(second)
                if rest:
                    return [(self.make(n.first, n.last, year=int(n.value)), n.last), *rest]
            return []
        if plain and n.form == "digits" and before in self.words.before_year and not self.counts(n.last):
            return [(self.make(n.first, n.last, year=int(n.value)), n.last)]
        return []

    def counts(self, j: int) -> bool:
        """Whether a plain English number before token ``j`` counts what follows: "of 1500 men" is no year."""
        if j >= len(self.tokens) or self.tokens[j].kind != WORD:
            return self.text(j) == "%" or (hyphen_at(self.tokens, j) and not glued(self.tokens, j + 2))
        return self.tokens[j].text.endswith("s") and len(self.tokens[j].text) > 3


def roman_numeral(raw: str) -> int | None:
    """Return the value of a Roman numeral, with Latin letters or their Cyrillic likes; None for other words."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "І": 1, "Х": 10}
    if not raw or any(c not in values for c in raw):
        return None
    digits = [values[c] for c in raw]
    return sum(-d if any(e > d for e in digits[i + 1 :]) else d for i, d in enumerate(digits))


def find(tokens: list[Token], found: list[Numeral], lang: Lang) -> tuple[Date, ...]:
    """Return the dates among ``tokens``, whose numerals are ``found``."""
    scan = _Scan(tokens, lang, _words(lang), {n.first: n for n in found}, {n.last: n for n in found})
    return tuple(scan.nights())


def dates(text: str, lang: Lang) -> tuple[Date, ...]:
    """Return the dates written in ``text``, in order; offsets are code points of ``text``."""
    tokens = tokenize(text)
    return find(tokens, numerals(tokens, lang), lang)
