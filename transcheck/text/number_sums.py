"""Measures said in two units (*рік і два місяці*, *5 feet 10 inches*, *метр двадцать*), two numbers with one unit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from transcheck.text.number_tokens import DASHES, NUM, Token
from transcheck.text.number_words import Lexicon
from transcheck.text.quantity import Part, kind_of
from transcheck.text.units import dimension, in_base, unit_at, units
from transcheck.types import Lang

_DAY = 24 * 60
"""Minutes of a day."""
_GAP = 5
"""Tokens within which the next number lends its unit."""
_COINS = 100
"""Coins of a currency."""
_PARTS = {"m": 100, "km": 1000, "h": 60, "kg": 1000, "ft": 12}
"""Units after which a bare number counts parts, and how many of these there are."""
_THOUSAND = 1000
_STOPS = frozenset(".!?…;")
"""What ends the stretch in which two numbers are set against each other."""
_ENDS = frozenset('.,;:!?…—–)»”"')


def _spelled(tokens: list[Token], parts: list[Part], lang: Lang) -> list[Part]:
    """Join digits with the same number in words in brackets, as courts and contracts write: *6 (шести) годам*."""
    out: list[Part] = []
    for part in parts:
        before, close = out[-1] if out else None, part.last
        if (
            before is None
            or before.quantity.low != part.quantity.low
            or before.quantity.unit is not None
            or [t.text for t in tokens[before.last : part.first]] != ["("]
            or close >= len(tokens)
            or tokens[close].text != ")"
        ):
            out.append(part)
            continue
        unit, last = unit_at(tokens, close + 1, lang) or (None, close + 1)
        quantity = replace(before.quantity, end=tokens[last - 1].end, kind=kind_of(unit), unit=unit)
        out[-1] = Part(before.first, last, quantity, before.scale, unit is None)
    return out


def summed(tokens: list[Token], parts: list[Part], lang: Lang, lex: Lexicon) -> list[Part]:
    """Join each measure with the one of a smaller unit that follows; the sum is counted in the smaller unit."""
    out: list[Part] = []
    for part in _set_against(tokens, _shared(tokens, _spelled(tokens, parts, lang), lex), lex):
        free = out[-1].last if out else 0
        if out and (measure := _with_parts(tokens, out[-1], part, lex) or _thousands(tokens, out[-1], part)):
            out[-1] = measure
            continue
        one = _one(tokens, part, part.first - 1, free, lang, lex)
        if one and (measure := _with_parts(tokens, one, part, lex)):
            out.append(measure)
            continue
        whole = out[-1] if out and _joined(tokens, out[-1].last, part.first, lex) else None
        if whole is None:
            whole = _bare(tokens, part, free, lang, lex)
            count = None if whole is None else _count(whole, part)
        elif (count := _count(whole, part)) is not None:
            out.pop()
        if whole is not None and count is not None:
            value = count + part.quantity.low
            quantity = replace(part.quantity, start=whole.quantity.start, low=value, high=value)
            if quantity.unit == "min" and value < _DAY and _at(tokens, whole.first, part.last, lex):
                quantity = replace(quantity, kind="time-of-day", unit=None)
            out.append(Part(whole.first, part.last, quantity, Fraction(1), False))
        else:
            out.append(part)
    return out


def _shared(tokens: list[Token], parts: list[Part], lex: Lexicon) -> list[Part]:
    """Give a bare number before "and" the unit of the next: *a limit of 80 and a speed of 77 kilometres an hour*."""
    out = list(parts)
    for i in range(len(parts) - 2, -1, -1):
        part, after = parts[i], out[i + 1]
        bare = part.quantity.kind == "number" and part.quantity.form == "digits" and part.unit_open
        joint = (tokens[part.last].text,) if part.last < len(tokens) else ()
        near = joint in lex.connect["sum"] and after.first - part.last <= _GAP
        if bare and near and after.quantity.kind == "measure":
            unit = after.quantity.unit
            out[i] = replace(part, quantity=replace(part.quantity, kind=kind_of(unit), unit=unit))
    return out


def _set_against(tokens: list[Token], parts: list[Part], lex: Lexicon) -> list[Part]:
    """Give a bare number what the one that it is set against has, its multiplier as a second reading, and its unit
    where one of the two is denied: *ему не 80, а 112 миллионов лет*, *not 80 million years old but 112 million*.
    """
    out = list(parts)
    for i in range(len(parts) - 1):
        joint = _joint(tokens, out[i], out[i + 1], lex)
        if joint is not None:
            if out[i].last < out[i + 1].first and _breaks(tokens[out[i].last], lex):
                out[i] = _lent(out[i], out[i + 1], denied=joint)
            if out[i + 1].last == len(tokens) or _breaks(tokens[out[i + 1].last], lex):
                out[i + 1] = _lent(out[i + 1], out[i], denied=joint)
    return out


def _joint(tokens: list[Token], a: Part, b: Part, lex: Lexicon) -> bool | None:
    """Return None where two numbers are not set beside each other, else whether one is denied for the other."""
    between = tokens[a.last : b.first]
    words = [(t.text,) for t in between]
    before = (tokens[a.first - 1].text,) if a.first else ()
    if not between or len(between) > _GAP or any(t.kind == NUM or t.text in _STOPS for t in between):
        return None
    against = any(w in lex.connect["against"] for w in words)
    others = [w for w in words if w not in (*lex.connect["against"], *lex.connect["no"]) and w[0] not in _ENDS]
    denied = (before in lex.connect["no"] and against) or words[-1] in lex.connect["no"]
    pair = len(words) == 1 and (
        words[0] in lex.connect["sum"] + lex.connect["open_range"]
        or (words[0] in lex.connect["range"] and before in lex.connect["from"])
    )
    return denied and len(others) < 2 if denied or pair or against else None


def _breaks(token: Token, lex: Lexicon) -> bool:
    """Tell whether a bare number before ``token`` counts nothing that follows it."""
    joints = lex.connect["against"] + lex.connect["sum"] + lex.connect["open_range"] + lex.connect["range"]
    return token.text in _ENDS or token.text in DASHES or (token.text,) in joints


def _lent(bare: Part, lender: Part, denied: bool) -> Part:
    a, b = bare.quantity, lender.quantity
    if a.kind != "number" or a.unit is not None or a.form == "loose" or a.low != a.high:
        return bare
    if a.other is None and bare.scale == 1 and lender.scale >= _THOUSAND > a.low:
        a = replace(a, other=a.low * lender.scale)
    if denied and b.kind == "measure":
        a = replace(a, kind=b.kind, unit=b.unit)
    return replace(bare, quantity=a)


def _thousands(tokens: list[Token], whole: Part, part: Part) -> Part | None:
    """``три двести``: 3,200 of what goes without saying, or 3.2 of a thousand times as much, as babies are weighed."""
    a, b = whole.quantity, part.quantity
    plain = a.kind == b.kind == "number" and a.form == b.form == "words" and a.low == a.high and a.low.denominator == 1
    if not plain or whole.last != part.first or not 1 <= a.low < 20 or not 100 <= b.low < 1000 or b.low % 10:
        return None
    if not _ends(tokens, part):
        return None
    value = 1000 * a.low + b.low
    return Part(
        whole.first, part.last, replace(a, end=b.end, low=value, high=value, other=value / 1000), Fraction(1), False
    )


def _ends(tokens: list[Token], part: Part) -> bool:
    """Tell whether a bare whole number ends its clause, so that it counts nothing that follows."""
    q = part.quantity
    bare = q.kind == "number" and q.low == q.high and q.form != "loose" and q.low.denominator == 1
    return bare and (part.last == len(tokens) or tokens[part.last].text in _ENDS)


def _with_parts(tokens: list[Token], whole: Part, part: Part, lex: Lexicon) -> Part | None:
    """``два метра двадцать``, ``five foot ten``: a measure and the bare number of its parts right behind it."""
    a, b = whole.quantity, part.quantity
    size = _PARTS.get(a.unit or "")
    if size is None or whole.last != part.first or not _ends(tokens, part) or a.low != a.high or b.low >= size:
        return None
    value = a.low + b.low / size
    measure = replace(a, end=b.end, low=value, high=value)
    if a.unit == "h" and _at(tokens, whole.first, part.last, lex):
        measure = replace(measure, low=60 * value, high=60 * value, kind="time-of-day", unit=None)
    return Part(whole.first, part.last, measure, Fraction(1), False)


def _at(tokens: list[Token], first: int, last: int, lex: Lexicon) -> bool:
    """Tell whether hours and minutes are a time of day: *в 17 часов 40 минут*, *4 часа 17 минут утра*."""
    at = first > 0 and (tokens[first - 1].text,) in lex.connect["at"]
    return at or (last < len(tokens) and (tokens[last].text,) in lex.connect["of_day"])


def _joined(tokens: list[Token], end: int, start: int, lex: Lexicon) -> bool:
    between = tuple(t.text for t in tokens[end:start])
    return not between or between in lex.connect["sum"]


def _count(whole: Part, part: Part) -> Fraction | None:
    """Return how many of the unit of ``part`` make ``whole``; None where the two are not one measure."""
    a, b = whole.quantity, part.quantity
    if a.unit is None or b.unit is None or a.unit == b.unit:
        return None
    if a.unit in units()[b.unit].wholes:
        fits = a.low == a.high and b.low == b.high < _COINS and a.low.denominator == 1
        return _COINS * a.low if fits else None
    if a.kind != "measure" or b.kind != "measure":
        return None
    if dimension(a.unit) != dimension(b.unit) or a.low != a.high or b.low != b.high or a.low.denominator != 1:
        return None
    ratio = in_base(Fraction(1), a.unit) / in_base(Fraction(1), b.unit)
    return a.low * ratio if b.low < ratio else None


def _bare(tokens: list[Token], part: Part, free: int, lang: Lang, lex: Lexicon) -> Part | None:
    """Return the one whole unit that stands without a number before ``part``, an "and" between them or not."""
    k = part.first - 1
    joint = k > 0 and (tokens[k].text,) in lex.connect["sum"]
    return _one(tokens, part, k - joint, free, lang, lex)


def _one(tokens: list[Token], part: Part, k: int, free: int, lang: Lang, lex: Lexicon) -> Part | None:
    """Return the unit at token ``k``, not before ``free``, as one of it; English has an article before it."""
    if k < free or (tokens[k].text,) not in lex.connect["one"]:
        return None
    unit = unit_at(tokens, k, lang)
    if unit is None or unit[1] != k + 1:
        return None
    first = k
    if lex.connect["article"]:
        first = k - 1
        if first < free or (tokens[first].text,) not in lex.connect["article"]:
            return None
    one = Fraction(1)
    q = replace(part.quantity, start=tokens[first].start, low=one, high=one, kind=kind_of(unit[0]), unit=unit[0])
    return Part(first, k + 1, q, one, False)
