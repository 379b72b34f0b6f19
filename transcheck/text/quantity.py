"""What a number in running text is: its value, unit and kind."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from transcheck.text.number_parts import Form
from transcheck.text.units import dimension

Kind = Literal["number", "percent", "money", "measure", "time-of-day", "ordinal", "year", "vague", "code"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text at ``start:end``; ``low`` and ``high`` differ for a range.

    ``unit`` is a code of ``units.toml`` or None; ``other`` the second reading of ambiguous digits; ``form`` tells how
    it is written: ``digits``, ``words``, or ``loose`` for words that languages use freely (one, both, first, half). A
    time of day is counted in minutes. A vague magnitude (сотни, thousands) has it as its value and the kind ``vague``.
    The ``other`` of a range is that of its lower end.
    """

    start: int
    end: int
    low: Fraction
    high: Fraction
    kind: Kind = "number"
    unit: str | None = None
    approximate: bool = False
    form: Form = "digits"
    other: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A numeral with its unit, before ranges are joined; the tokens ``first:last``."""

    first: int
    last: int
    quantity: Quantity
    scale: Fraction
    unit_open: bool


def kind_of(unit: str | None) -> Kind:
    """Return the kind of a quantity whose unit has code ``unit``."""
    if unit is None:
        return "number"
    dim = dimension(unit)
    if dim in ("percent", "points"):
        return "percent"
    return "money" if dim == "money" else "measure"
