"""Numbers that follow from others: half of 86 million is 43, all but two of nineteen are seventeen.

A version may say the part, its share of the whole or what is left out of it; beside the whole these are all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import permutations

from transcheck.checks.quantity_facts import Fact
from transcheck.text.dates import Date
from transcheck.text.facts import METRIC_TOLERANCE, same_value, units_agree
from transcheck.text.number_tokens import tokenize
from transcheck.text.number_words import lexicon
from transcheck.text.quantity import Quantity
from transcheck.types import Cell, Lang, Row

_HALF = Fraction(1, 2)
_TEN, _HUNDRED = 10, 100
_NEAR = 2
"""Words that may stand between "except" and the number left out: all but the last two."""

Facts = Mapping[Lang, tuple[Fact, ...]]
Step = tuple[Fact, Fact]
"""A number of one version and the share, or the number left out, of another one from which it follows."""


def without_derived(row: Row, facts: Facts, evidence: Facts, near: Facts) -> dict[Lang, tuple[Fact, ...]]:
    """Return the evidence without the numbers that follow from what each version says that lacks them, and without the
    shares and exceptions from which they follow.
    """
    steps = {
        (one, two): tuple(_steps(facts[one], row.cell(two), facts[two], near[two]))
        for one, two in permutations(facts, 2)
    }

    def derived(lang: Lang, fact: Fact) -> bool:
        lacking = [o for o in facts if o != lang and not any(same_value(fact.item, f.item) for f in facts[o])]
        return bool(lacking) and all(
            any(fact is end for end, _ in steps[lang, other]) or any(fact is begin for _, begin in steps[other, lang])
            for other in lacking
        )

    return {lang: tuple(f for f in found if not derived(lang, f)) for lang, found in evidence.items()}


def _steps(ends: Sequence[Fact], cell: Cell, begins: Sequence[Fact], near: Sequence[Fact]) -> Iterator[Step]:
    """Yield the numbers of ``ends`` that ``cell`` lacks and that follow from its facts and those near."""
    for end in ends:
        value = _amount(end)
        if value is None or value.low <= 1 or any(same_value(value, f.item) for f in begins):
            continue
        wholes = [w for w in map(_amount, near) if w is not None and w.low > value.low and units_agree(w, value)]
        for begin in begins:
            if any(_is_part(value, share * w.low) for share in _shares(begin) for w in wholes) or (
                any(_rest(w, begin) == value.low for w in wholes) and _excepted(cell, begin)
            ):
                yield end, begin


def _amount(fact: Fact) -> Quantity | None:
    """Return what a fact counts or measures, None where it does neither or belongs to a share: nine out of ten."""
    item = fact.item
    counts = isinstance(item, Quantity) and item.kind in ("number", "money", "measure", "year") and not _shares(fact)
    return item if isinstance(item, Quantity) and counts else None


def _shares(fact: Fact) -> tuple[Fraction, ...]:
    """Return the share of a whole that a fact names: a half, two thirds, nine out of ten, 30 percent."""
    item = fact.item
    if isinstance(item, Date):
        return ()
    if item.unit == "percent":
        return (item.low / _HUNDRED,) if 0 < item.low < _HUNDRED else ()
    readings = (item.low,) if item.other is None else (item.low, item.other)
    return tuple(r for r in readings if 0 < r < 1) if item.unit is None else ()


def _is_part(value: Quantity, exact: Fraction) -> bool:
    """Tell whether a number is an exact part or its rounding: a third of a hundred is 33."""
    rounded = _HALF if value.low >= _TEN else 0
    return abs(value.low - exact) <= max(rounded, METRIC_TOLERANCE * value.low)


def _rest(whole: Quantity, fact: Fact) -> Fraction | None:
    part = _amount(fact)
    return None if part is None else whole.low - part.low


def _excepted(cell: Cell, fact: Fact) -> bool:
    """Tell whether a number says what is left out: *all but two*, *крім двох*."""
    before = [t.text for t in tokenize(cell.text[: fact.place.start - cell.place.start])]
    return any(
        tuple(before[len(before) - len(phrase) - gap : len(before) - gap]) == phrase
        for phrase in lexicon(cell.lang).connect["except"]
        for gap in range(_NEAR + 1)
    )
