"""The numerals of each language as one dictionary from folded word to meaning, read from ``data/numbers.toml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from transcheck.text.number_tokens import expand, fold
from transcheck.text.tables import read_table
from transcheck.types import Lang

Role = Literal["cardinal", "ordinal", "multiplier", "fixed", "loose", "fraction"]


class Entry(NamedTuple):
    """What a word means as a numeral.

    ``vague`` marks plurals such as сотни or thousands, which name no exact number when they stand alone; ``plural``
    marks plural ordinals, which may name a decade.
    """

    role: Role
    value: Fraction
    vague: bool = False
    plural: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All number words of one language; see the comments of ``numbers.toml`` for the fields."""

    words: dict[str, Entry]
    prefixes: tuple[tuple[str, Fraction], ...]
    prefix_start: re.Pattern[str] | None
    connect: dict[str, tuple[tuple[str, ...], ...]]
    ordinal_suffixes: frozenset[str]
    cardinal_suffixes: frozenset[str]
    decade_suffixes: frozenset[str]
    approximate: frozenset[str]
    few: frozenset[str]
    only_beside: frozenset[str]
    scaled_adjectives: dict[str, Fraction]
    glued_scale: dict[str, Fraction]
    spoken_time: frozenset[str]
    half_unit: dict[str, str]
    half_past: frozenset[str]
    quarter: dict[str, list[tuple[tuple[str, ...], int]]]
    inverted: frozenset[str]
    minutes: dict[str, int]
    lacking: frozenset[str]
    day_part: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return read_table("numbers")


def _ordinals(table: dict[str, Any]) -> dict[str, Entry]:
    plural = set(table["ordinal_endings"]["plural"].split())
    words: dict[str, Entry] = {}
    for value, stem in table["ordinal"].items():
        for ending in table["ordinal_endings"]["all"].split():
            words[fold(stem) + ending] = Entry("ordinal", Fraction(value), plural=ending in plural)
    for value, forms in table["ordinal_forms"].items():
        for form in expand(forms):
            words[form] = Entry("ordinal", Fraction(value))
    return words


def _words(table: dict[str, Any]) -> dict[str, Entry]:
    """Later entries win where a form has several meanings: cardinals over everything else."""
    words = _ordinals(table)
    vague = set(expand(table["vague"]["forms"]))
    roles: tuple[tuple[str, Role], ...] = (
        ("fraction", "fraction"),
        ("loose", "loose"),
        ("half", "fixed"),
        ("multiplier", "multiplier"),
        ("cardinal", "cardinal"),
    )
    for key, role in roles:
        for value, forms in table[key].items():
            for form in expand(forms):
                words[form] = Entry(role, Fraction(value), vague=role == "multiplier" and form in vague)
    return words


@lru_cache(maxsize=3)
def lexicon(lang: Lang) -> Lexicon:
    """Return the number words of ``lang``."""
    everything = _table()
    table = everything[lang]
    prefixes = [(form, Fraction(value)) for value, forms in table["prefix"].items() for form in expand(forms)]
    prefixes.sort(key=lambda p: -len(p[0]))
    start = re.compile("|".join(form for form, _ in prefixes)) if prefixes else None
    return Lexicon(
        words=_words(table),
        prefixes=tuple(prefixes),
        prefix_start=start,
        connect={k: tuple(tuple(p.split("_")) for p in v.split()) for k, v in table["connect"].items()},
        ordinal_suffixes=frozenset(table["digit_suffix"]["ordinal"].split()),
        cardinal_suffixes=frozenset(table["digit_suffix"]["cardinal"].split()),
        decade_suffixes=frozenset(table["digit_suffix"]["decade"].split()),
        approximate=frozenset(everything["approximate"][lang].split()),
        few=frozenset(everything["few"][lang].split()),
        only_beside=frozenset(everything["only_beside"][lang].split()),
        scaled_adjectives={k: Fraction(v) for k, v in everything["scaled_adjective"][lang].items()},
        glued_scale={k: Fraction(v) for k, v in everything["glued_scale"][lang].items()},
        spoken_time=frozenset(everything["spoken_time"][lang].split()),
        half_unit=dict(everything["half_unit"][lang]),
        inverted=frozenset(everything["inverted"][lang].split()),
        half_past=frozenset(everything["half_past"][lang].split()),
        quarter=_quarters(everything["quarter"][lang]),
        minutes=dict(everything["minutes"][lang]),
        lacking=frozenset(everything["lacking"][lang].split()),
        day_part=frozenset(everything["day_part"][lang].split()),
    )


def _quarters(forms: dict[str, int]) -> dict[str, list[tuple[tuple[str, ...], int]]]:
    """Return the phrases before an hour by their first word, with the minutes that they add to the hour."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for form, minutes in forms.items():
        phrase = tuple(form.split("_"))
        found.setdefault(phrase[0], []).append((phrase, minutes))
    return found
