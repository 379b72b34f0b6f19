"""The quantities and dates of a cell, and how much the lack of each of them says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from transcheck.text.dates import Date
from transcheck.text.facts import Item
from transcheck.text.number_parts import HALF
from transcheck.text.numbers import scan
from transcheck.text.quantity import Quantity
from transcheck.types import Cell, Lang, Place

SMALL = 10
"""Numbers up to this one, written in words, come and go freely in translation."""

_ROUND = frozenset({12, 100, 1000, 1_000_000, 1_000_000_000})
"""Numbers that are also figures of speech: a thousand thanks."""

LOOSE, WEAK, SMALL_WORD, FIRM = range(4)
"""How much the lack of an item says: nothing, little, something, everything."""

ELLIPSIS = 2
"""Rows after a large number in which a small one may leave its thousands unsaid."""
THOUSAND = 1000

_BRACKETS = re.compile(r"\[[^\]]*\]|\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Fact:
    """A quantity or a date with its place in the version; ``aside`` tells that it stands in brackets."""

    place: Place
    item: Item
    strength: int
    aside: bool


def facts_of(cell: Cell) -> tuple[Fact, ...]:
    """Return the facts of a cell in order, ranges as their two ends."""
    quantities, dates = scan(cell.text, cell.lang)
    asides = [m.span() for m in _BRACKETS.finditer(cell.text)]
    found: list[Fact] = []
    items: tuple[Item, ...] = (*quantities, *dates)
    for item in items:
        start, end = item.start, item.end
        place = Place(cell.lang, cell.place.start + start, cell.place.start + end, cell.text[start:end])
        aside = any(s < start and end < e for s, e in asides)
        ends = _ends(item)
        found.extend(Fact(place, one, _strength(one), aside) for one in ends)
    found.sort(key=lambda f: f.place.start)
    return tuple(found)


def _ends(item: Item) -> tuple[Item, ...]:
    if isinstance(item, Date) or item.low == item.high:
        return (item,)
    return replace(item, high=item.low), replace(item, low=item.high, other=None)


def _strength(item: Item) -> int:
    if isinstance(item, Date):
        return WEAK if item.weak else FIRM if item.day or item.year else SMALL_WORD
    if item.kind == "money" and item.low == HALF:
        return SMALL_WORD  # half a dollar, however it is written
    if item.form == "loose" or (item.low in (0, 1) and item.form == "words"):
        return LOOSE
    if item.kind == "vague" or item.low in (0, 1):
        return WEAK
    if item.low < 1:
        return FIRM
    if (
        item.kind == "code"
        or item.unit == "times"
        or (item.low <= SMALL and (item.form == "words" or item.kind == "ordinal"))
    ):
        return SMALL_WORD
    if (item.low in _ROUND and item.form == "words") or (item.low == 100 and item.kind == "percent"):
        return SMALL_WORD
    if item.kind == "time-of-day" and item.low % 720 in (0, 60):
        return LOOSE
    return SMALL_WORD if item.low <= 2 else FIRM


def scaled(facts: Sequence[dict[Lang, tuple[Fact, ...]]]) -> list[dict[Lang, tuple[Fact, ...]]]:
    """Give small numbers after a large one the second reading of as many thousands: 200 000, of which came 38."""
    last: dict[Lang, tuple[int, int]] = {}
    out: list[dict[Lang, tuple[Fact, ...]]] = []
    for position, row in enumerate(facts):
        scaled: dict[Lang, tuple[Fact, ...]] = {}
        for lang, found in row.items():
            kept: list[Fact] = []
            for fact in found:
                scale = next((s for s in (10**6, 1000) if _amount(fact.item) >= s), 0)
                before, said = last.get(lang, (0, -9))
                if scale:
                    last[lang] = scale, position
                elif before and position - said <= ELLIPSIS:
                    fact = _in_thousands(fact, before)
                kept.append(fact)
            scaled[lang] = tuple(kept)
        out.append(scaled)
    return out


def _amount(item: Item) -> Fraction:
    counts = isinstance(item, Quantity) and item.kind in ("number", "money", "measure", "year")
    return item.low if isinstance(item, Quantity) and counts else Fraction(0)


def _in_thousands(fact: Fact, scale: int) -> Fact:
    item = fact.item
    if not isinstance(item, Quantity) or item.kind not in ("number", "money") or item.other is not None:
        return fact
    return replace(fact, item=replace(item, other=item.low * scale)) if 1 < item.low < THOUSAND else fact


def is_share(item: Item) -> bool:
    """Tell whether an item is a part of a whole: a third, every fifth, 30 percent of them."""
    if isinstance(item, Date):
        return False
    return 0 < item.low < 1 or (item.kind == "ordinal" and item.other is not None and item.other < 1)
