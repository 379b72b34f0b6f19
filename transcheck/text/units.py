"""Units of measure and money: which words name them, and how the units of one dimension convert into each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from transcheck.text.number_tokens import SIGN, WORD, Token, fold, tokenize
from transcheck.text.tables import read_table
from transcheck.types import Lang

LONGEST_ENDING = 4
"""Letters that a starred form may have after its star."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``(value - offset) * factor`` is the value in the base unit of its dimension.

    ``wholes`` are the currencies of which a coin is a hundredth.
    """

    code: str
    dimension: str
    factor: Fraction
    offset: Fraction
    imperial: bool
    wholes: frozenset[str] = frozenset()


Part = tuple[str, bool]
"""A folded word and whether any ending may follow it."""


@dataclass(frozen=True, slots=True)
class _Forms:
    exact: dict[str, list[tuple[tuple[Part, ...], str]]]
    starred: dict[str, list[tuple[tuple[Part, ...], str]]]
    skip: dict[str, bool]
    adjectives: dict[str, str]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return read_table("units")


@lru_cache(maxsize=1)
def units() -> dict[str, Unit]:
    """Return every unit by its code."""
    return {
        code: Unit(
            code,
            row["dimension"],
            Fraction(row["factor"]),
            Fraction(row.get("offset", "0")),
            bool(row.get("imperial", False)),
            frozenset(row.get("of", "").split()),
        )
        for code, row in _table()["unit"].items()
    }


def _parts(form: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for piece in form.split("_"):
        if piece.endswith("*"):
            parts.append((fold(piece[:-1]), True))
        else:
            parts.extend((t.text, False) for t in tokenize(piece))
    return tuple(parts)


@lru_cache(maxsize=3)
def _forms(lang: Lang) -> _Forms:
    exact: dict[str, list[tuple[tuple[Part, ...], str]]] = {}
    starred: dict[str, list[tuple[tuple[Part, ...], str]]] = {}
    adjectives: dict[str, str] = {}
    for code, row in _table()["unit"].items():
        for form in row[lang].split():
            parts = _parts(form)
            word, star = parts[0]
            (starred if star else exact).setdefault(word, []).append((parts, code))
            if star and len(parts) == 1:
                adjectives[word] = code
    for forms in (exact, starred):
        for options in forms.values():
            options.sort(key=lambda o: -len(o[0]))
    skip = {w.rstrip("*"): w.endswith("*") for w in _table()["skip"][lang].split()}
    return _Forms(exact, starred, skip, adjectives)


def _same_word(word: str, part: Part) -> bool:
    text, star = part
    return word == text or (star and word.startswith(text) and len(word) - len(text) <= LONGEST_ENDING)


def _options(word: str, forms: _Forms) -> list[tuple[tuple[Part, ...], str]]:
    """Return the units whose first word fits ``word``, the longest phrases first."""
    found = list(forms.exact.get(word, ()))
    if len(word) > 2:
        for cut in range(len(word), max(2, len(word) - LONGEST_ENDING) - 1, -1):
            found.extend(forms.starred.get(word[:cut], ()))
        if len(found) > 1:
            found.sort(key=lambda o: -len(o[0]))
    return found


def unit_at(tokens: list[Token], i: int, lang: Lang) -> tuple[str, int] | None:
    """Return the unit named from token ``i`` on and the index after it, else None."""
    if i >= len(tokens) or tokens[i].kind not in (WORD, SIGN):
        return None
    for parts, code in _options(tokens[i].text, _forms(lang)):
        end = i + len(parts)
        if end <= len(tokens) and all(_same_word(t.text, p) for t, p in zip(tokens[i:end], parts, strict=True)):
            return code, end
    return None


def may_stand_between(word: str, lang: Lang) -> bool:
    """Tell whether ``word`` may stand between a numeral and its unit: two *full* days, 2,3 *лётных* часа."""
    adjective = (
        lang != "en" and len(word) > 4 and word.endswith(("ых", "их")) and not word.startswith(("светов", "світлов"))
    )
    return adjective or any(_same_word(word, part) for part in _forms(lang).skip.items())


@lru_cache(maxsize=3)
def _turned(lang: Lang) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    table = _table()["turned"]
    few = table["few"].split()
    return frozenset(table[lang].split()), tuple(table["endings"].split()), frozenset(few)


def stands_before(word: str, lang: Lang, number: Fraction) -> bool:
    """Tell whether ``word`` has the form of a unit that stands before an approximate number: *метров* сто."""
    words, endings, few = _turned(lang)
    return (
        word in words or (word in few and 1 < number < 5) or (lang != "en" and len(word) > 3 and word.endswith(endings))
    )


def unit_of_adjective(rest: str, lang: Lang) -> str | None:
    """Return the unit in the second part of a compound such as пятнадцати|летний, else None."""
    for cut in range(len(rest), max(3, len(rest) - LONGEST_ENDING) - 1, -1):
        code = _forms(lang).adjectives.get(rest[:cut])
        if code is not None:
            return code
    return None


@lru_cache(maxsize=3)
def _implied(lang: Lang) -> dict[str, tuple[Fraction, str]]:
    found: dict[str, tuple[Fraction, str]] = {}
    for amount, words in _table()["implied"][lang].items():
        count, _, code = amount.rpartition(" ")
        found.update((fold(word), (Fraction(count or 1), code)) for word in words.split())
    return found


def implied(tokens: list[Token], lang: Lang) -> Iterator[tuple[Fraction, str]]:
    """Yield the stretches of time that are named without a number, as a count and its unit: за сутки, a fortnight."""
    named = _implied(lang)
    return (named[t.text] for t in tokens if t.kind == WORD and t.text in named)


def currency_before(sign: str) -> str | None:
    """Return the currency whose sign stands before numbers."""
    code: str | None = _table()["before"].get(sign)
    return code


def in_base(value: Fraction, code: str) -> Fraction:
    """Return ``value`` of a unit in the base unit of its dimension."""
    unit = units()[code]
    return (value - unit.offset) * unit.factor


def dimension(code: str) -> str:
    """Return the dimension of a unit: length, mass, money, percent …"""
    return units()[code].dimension
