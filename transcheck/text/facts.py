"""When two quantities or dates of different versions say the same, however they are written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from transcheck.text.dates import Date
from transcheck.text.number_tokens import tokenize
from transcheck.text.quantity import Quantity
from transcheck.text.units import dimension, implied, in_base, units
from transcheck.types import Lang

Item = Quantity | Date

METRIC_TOLERANCE = Fraction(2, 100)
"""Relative difference allowed between two units of one system: 30 days and a month."""

SYSTEMS_TOLERANCE = Fraction(8, 100)
"""Relative difference allowed between a metric and an imperial value: writers round 5 miles to 8 km."""

SYSTEMS_APPROXIMATE = Fraction(12, 100)
"""The same where one of the two values is approximate: over six feet deep, two metres."""

APPROXIMATE_TOLERANCE = Fraction(25, 1000)
"""Relative difference allowed between an exact number and its rounding after about, nearly, more than."""

HUNDRED = 100

VAGUE_RATIO = 3
"""Vague magnitudes are the same within this ratio: десятки, dozens, scores."""

_POUNDS = frozenset({"lb", "GBP"})
"""Both are written фунт and pound."""

_MILES = frozenset({"mi", "nmi"})
"""At sea a mile is a nautical one, whether that is said or not."""

_DEGREES = frozenset({"degree", "temperature"})


def same(a: Item, b: Item) -> bool:
    """Tell whether two items of different versions say the same, units included."""
    if isinstance(a, Quantity) and isinstance(b, Quantity):
        return same_value(a, b) and (converts(a, b) or units_agree(a, b))
    return same_value(a, b)


def same_value(a: Item, b: Item) -> bool:
    """Tell whether two items have the same value, in equal or in convertible units or with the unit set aside."""
    if isinstance(a, Date):
        return same_date(a, b) if isinstance(b, Date) else _date_as_number(a, b)
    if isinstance(b, Date):
        return _date_as_number(b, a)
    if "vague" in (a.kind, b.kind):
        return _same_vague(a, b)
    if "time-of-day" in (a.kind, b.kind):
        return _same_time(a, b)
    if any(x == y for x in _readings(a) for y in _readings(b)) or converts(a, b):
        return True
    if units_agree(a, b) and (_rounds(a, b) or _rounds(b, a)):
        return True
    return any(rule(x, y) for rule in (_as_share, _short_year, _afternoon) for x, y in ((a, b), (b, a)))


def _readings(q: Quantity) -> tuple[Fraction, ...]:
    return (q.low,) if q.other is None else (q.low, q.other)


def _near(a: Fraction, b: Fraction, tolerance: Fraction) -> bool:
    return abs(a - b) <= tolerance * max(abs(a), abs(b))


def _rounds(rough: Quantity, exact: Quantity) -> bool:
    """Tell whether an approximate value is the rounding of an exact one: "about 14 thousand" for 14,300."""
    if not rough.approximate or exact.approximate or exact.low < 100:
        return False
    step = Fraction(1)
    while rough.low % (step * 10) == 0 and rough.low:
        step *= 10
    return step >= 100 and abs(rough.low - exact.low) < step and _near(rough.low, exact.low, APPROXIMATE_TOLERANCE)


def stretch(q: Quantity, text: str, lang: Lang) -> bool:
    """Tell whether ``text`` names the stretch of time ``q`` without a number: 24 hours is сутки, 12 o'clock noon."""
    named = implied(tokenize(text), lang)
    if q.unit is None:
        return q.kind == "number" and any(code == "h" and count == q.low > 1 for count, code in named)
    if dimension(q.unit) != "time":
        return False
    whole = in_base(q.low, q.unit)
    return any(_near(in_base(count, code), whole, METRIC_TOLERANCE) for count, code in named)


_METRIC = {"length": ("m", "km"), "mass": ("kg",), "temperature": ("C",), "speed": ("kmh",)}
"""Units that go without saying where they are the usual ones: минус двадцать, the speed and the weight of a man."""


def unsaid(bare: Quantity, other: Quantity, near: Iterable[Quantity]) -> bool:
    """Tell whether a number without a unit is the metric amount of ``other``, whose unit is imperial.

    Where ``other`` says no unit either, it has that of ``near``, the quantities beside it: 220 pounds, then 120.
    """
    if bare.unit not in (None, "deg") or bare.kind not in ("number", "measure"):
        return False
    named = (other.unit,) if other.unit is not None else tuple(q.unit for q in near)
    for code in named:
        if code is None or not units()[code].imperial:
            continue
        for metric in _METRIC.get(dimension(code), ()):
            signs = (1, -1) if metric == "C" else (1,)
            for sign in signs:
                said = replace(other, low=other.low * sign, unit=code)
                if any(converts(replace(bare, low=bare.low * s, unit=metric), said) for s in signs):
                    return True
    return False


def converts(a: Quantity, b: Quantity) -> bool:
    """Tell whether two values in different units of one dimension are the same amount: 10 feet and 3 m."""
    if a.unit is None or b.unit is None or a.unit == b.unit:
        return False
    if _in_coins(a, b) or _in_coins(b, a):
        return True
    first, second = units()[a.unit], units()[b.unit]
    if first.dimension != second.dimension or first.dimension == "money":
        return False
    x, y = in_base(a.low, a.unit), in_base(b.low, b.unit)
    if first.dimension == "temperature":
        return abs(x - y) <= 1
    mixed = first.imperial != second.imperial
    loose = SYSTEMS_APPROXIMATE if a.approximate or b.approximate else SYSTEMS_TOLERANCE
    return _near(x, y, loose if mixed else METRIC_TOLERANCE)


def _in_coins(coins: Quantity, money: Quantity) -> bool:
    """Tell whether an amount in hundredths is one of their currency: fifty cents and half a dollar."""
    return coins.unit is not None and money.unit in units()[coins.unit].wholes and coins.low == HUNDRED * money.low


def units_agree(a: Quantity, b: Quantity) -> bool:
    """Tell whether two units can stand for one another; an unknown unit agrees with every other."""
    if a.unit is None or b.unit is None or a.unit == b.unit:
        return True
    if {a.unit, b.unit} in (_POUNDS, _MILES):
        return True
    pair = {dimension(a.unit), dimension(b.unit)}
    return pair == _DEGREES or "times" in pair


def _same_vague(a: Quantity, b: Quantity) -> bool:
    if a.kind == b.kind:
        return max(a.low, b.low) < VAGUE_RATIO * min(a.low, b.low)
    return a.low == b.low


def _same_time(a: Quantity, b: Quantity) -> bool:
    """Clock times are the same twelve hours apart, seconds set aside that one of them leaves out; a bare number is an
    hour or the minutes.
    """
    if a.kind == b.kind:
        seconds = a.low % 1 and b.low % 1
        return (a.low - b.low if seconds else int(a.low) - int(b.low)) % 720 == 0
    clock, number = (a, b) if a.kind == "time-of-day" else (b, a)
    if _taken(number, clock):
        return True
    hour, minute = divmod(int(clock.low), 60)
    named = (hour + (clock.form == "words" and minute >= 30)) % 12
    return number.low in (hour, hour % 12, named or 12, minute, hour * 100 + minute) or (
        number.low + Fraction(minute, 100) == hour or number.low == hour + Fraction(minute, 100)
    )


def _taken(number: Quantity, clock: Quantity) -> bool:
    """Tell whether a clock says a time taken: 3:58 is three hours 58 minutes, or three minutes 58 seconds."""
    if number.unit is None or dimension(number.unit) != "time":
        return False
    if int(in_base(number.low, number.unit)) == 60 * clock.low:
        return True  # 1:18:40 of an hour, 18 minutes and 40.3 seconds
    return number.low == (int(clock.low) if number.unit == "min" else clock.low) and number.unit in ("min", "s")


def _as_share(a: Quantity, b: Quantity) -> bool:
    """A fraction is the same as its percents: half and 50 %, a third and 33 %."""
    if a.unit is not None or b.unit != "percent":
        return False
    return any(x < 1 and abs(x * 100 - b.low) < 1 for x in _readings(a))


def _short_year(a: Quantity, b: Quantity) -> bool:
    """``сорок первый`` and 1941."""
    return (
        b.kind == "year" and a.kind != "code" and 10 <= a.low < 100 and a.low == b.low % 100 and a.unit in (None, "y")
    )


def _afternoon(a: Quantity, b: Quantity) -> bool:
    """``шестнадцать часов`` and four o'clock, ``до шістнадцятої`` and till four."""
    hour = a.unit == "h" or (a.kind == "ordinal" and a.unit is None and a.form == "words")
    return hour and 13 <= a.low <= 24 and b.low == a.low - 12 and b.unit in (None, "h")


def same_date(a: Date, b: Date) -> bool:
    """Tell whether two dates share a part and contradict each other in none.

    A night between two days is named by either: ``в ночь на субботу``, on Friday night.
    """
    if a.night != b.night:
        night, other = (a, b) if a.night else (b, a)
        return _same_parts(night, other) or any(_same_parts(before, other) for before in _days_before(night))
    return _same_parts(a, b)


def _days_before(date: Date) -> list[Date]:
    """Return the day before, as the dates it may be where the length of the month is not known."""
    if date.weekday is not None:
        return [replace(date, weekday=(date.weekday - 2) % 7 + 1)]
    if date.day is None:
        return []
    if date.day > 1:
        return [replace(date, day=date.day - 1)]
    month = None if date.month is None else (date.month - 2) % 12 + 1
    return [replace(date, day=day, month=month, year=None) for day in (28, 29, 30, 31)]


def _same_parts(a: Date, b: Date) -> bool:
    shared = 0
    swapped = (a.day, a.month) == (b.month, b.day) if a.swappable or b.swappable else False
    for name in ("day", "month", "weekday", "century"):
        x, y = getattr(a, name), getattr(b, name)
        if x is None or y is None:
            continue
        if x != y and not (swapped and name in ("day", "month")):
            return False
        shared += 1
    for x, y in ((a.year, b.year), (a.decade, b.decade)):
        if x is not None and y is not None:
            if x != y and not (min(x, y) < 100 and x % 100 == y % 100):
                return False
            shared += 1
    for year, decade in ((a.year, b.decade), (b.year, a.decade)):
        shared += year is not None and decade is not None and year % 100 == decade % 100
    for century, decade in ((a.century, b.decade), (b.century, a.decade)):
        shared += century is not None and decade is not None and decade >= 1000 and decade // 100 + 1 == century
    return shared > 0


def _date_as_number(date: Date, q: Quantity) -> bool:
    """A date and a bare number are the same when the number is one of the date's parts: с 12 по 15 марта."""
    if q.unit not in (None, "y") or q.kind in ("vague", "time-of-day", "percent", "money"):
        return False
    parts = {date.day, date.year, date.decade, date.century}
    if date.year is not None and date.day is None and (date.month is None or q.kind == "ordinal"):
        parts.add(date.year % 100)
    if date.decade is not None:
        parts.add(date.decade % 100)
    return any(p is not None and q.low == p for p in parts)
