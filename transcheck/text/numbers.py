"""Quantities in running text: every number with its value, its unit and how it is written."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from transcheck.text import dates as _dates
from transcheck.text.dates import Date, roman_numeral
from transcheck.text.number_freedom import freed
from transcheck.text.number_grammar import Numeral, numerals
from transcheck.text.number_parts import FRACTIONS, HALF, Form
from transcheck.text.number_shares import with_shares
from transcheck.text.number_sums import summed
from transcheck.text.number_times import half_of_day, time_of_day, written
from transcheck.text.number_tokens import DASHES, SIGN, TIME, WORD, Token, hyphen_at, tokenize
from transcheck.text.number_words import Lexicon, lexicon
from transcheck.text.quantity import Kind, Part, Quantity, kind_of
from transcheck.text.units import (
    currency_before,
    may_stand_between,
    stands_before,
    unit_at,
    unit_of_adjective,
)
from transcheck.types import Lang


@lru_cache(maxsize=1024)
def scan(text: str, lang: Lang) -> tuple[tuple[Quantity, ...], tuple[Date, ...]]:
    """Return the quantities and the dates of ``text``; nothing is in both."""
    tokens = tokenize(text)
    found = numerals(tokens, lang)
    dated = _dates.find(tokens, found, lang)
    return tuple(_quantities(tokens, found, dated, lang)), dated


def quantities(text: str, lang: Lang) -> tuple[Quantity, ...]:
    """Return the quantities of ``text`` in order, dates left out; offsets are code points of ``text``."""
    return scan(text, lang)[0]


def _quantities(tokens: list[Token], found: list[Numeral], dated: tuple[Date, ...], lang: Lang) -> list[Quantity]:
    lex = lexicon(lang)
    by_first = {n.first: n for n in found}
    parts: list[Part] = []
    covered = sorted((d.start, d.end) for d in dated)
    i = 0
    while i < len(tokens):
        token = tokens[i]
        part: Part | None = None
        if not any(s <= token.start < e for s, e in covered):
            if part := time_of_day(tokens, i, by_first, lang, lex):
                pass
            elif i in by_first:
                part = _numeral(tokens, by_first[i], lang, lex, parts[-1].last if parts else 0)
            elif token.kind == TIME:
                part = written(tokens, i)
            elif token.text in lex.half_unit:
                part = _half_unit(token, i, lex)
            elif token.kind == WORD and lex.prefix_start is not None and len(token.text) > 6:
                part = _compound(tokens, i, lang, lex)
            elif token.text in FRACTIONS:
                part = _sign(tokens, i, lang)
            elif i and tokens[i - 1].raw[0].isupper():
                part = _of_name(token, i)
        if part is None:
            i += 1
            continue
        parts.append(part)
        i = part.last
    whole = summed(tokens, freed(tokens, parts, lang), lang, lex)
    return [p.quantity for p in _ranges(tokens, with_shares(tokens, whole, lex), lex)]


THOUSAND = 1000
_ROUND = (100, THOUSAND)


def _sign(tokens: list[Token], i: int, lang: Lang) -> Part:
    value = FRACTIONS[tokens[i].text]
    unit = unit_at(tokens, i + 1, lang)
    last = unit[1] if unit else i + 1
    quantity = Quantity(
        tokens[i].start, tokens[last - 1].end, value, value, unit=unit[0] if unit else None, form="loose"
    )
    return Part(i, last, quantity, Fraction(1), unit is None)


def _of_name(token: Token, i: int) -> Part | None:
    """``Apollo X``, ``Генрих VIII``: the Roman numeral of a name."""
    value = roman_numeral(token.raw) if token.raw not in ("I", "І", "L") else None
    if value is None:
        return None
    return Part(
        i, i + 1, Quantity(token.start, token.end, Fraction(value), Fraction(value), form="loose"), Fraction(1), False
    )


def _half_unit(token: Token, i: int, lex: Lexicon) -> Part:
    half = Fraction(1, 2)
    unit = lex.half_unit[token.text]
    quantity = Quantity(token.start, token.end, half, half, kind_of(unit), unit=unit, form="loose")
    return Part(i, i + 1, quantity, Fraction(1), False)


def _compound(tokens: list[Token], i: int, lang: Lang, lex: Lexicon) -> Part | None:
    """``пятнадцатилетний``, ``двадцятип'ятирічний``, ``трёхкилометровый``: a number before an adjective of a unit."""
    rest, total = tokens[i].text, Fraction(0)
    if lex.prefix_start is None or not lex.prefix_start.match(rest):
        return None
    while True:
        form, value = next(((f, v) for f, v in lex.prefixes if rest.startswith(f)), ("", Fraction(0)))
        if not form or (total and value >= total and value != THOUSAND):
            break
        total, rest = (total * value if total and value == THOUSAND else total + value), rest[len(form) :]
    scale = next((v for k, v in lex.scaled_adjectives.items() if rest.startswith(k)), None)
    unit = unit_of_adjective(rest, lang)
    if not total or (unit is None and scale is None and (total in _ROUND or total < 3 or len(rest) < 4)):
        return None
    total *= scale or 1
    small = unit is None and scale is None and total < 11
    form2: Form = "loose" if small or total <= 2 or unit == "century" or rest.startswith("лети") else "words"
    quantity = Quantity(tokens[i].start, tokens[i].end, total, total, kind_of(unit), unit=unit, form=form2)
    return Part(i, i + 1, quantity, Fraction(1), False)


def _numeral(tokens: list[Token], n: Numeral, lang: Lang, lex: Lexicon, free: int) -> Part:
    """Return a numeral with the currency before it, not before token ``free``, and the unit after it."""
    first, last = n.first, n.last
    start = tokens[first].start
    half = half_of_day(tokens, last) if 1 <= n.value < 13 else None
    if half is not None and lang == "en":
        value = Fraction(int(n.value) % 12 + half[0]) * 60 + n.value % 1 * 100
        clock = Quantity(start, tokens[half[1] - 1].end, value, value, "time-of-day")
        return Part(first, half[1], clock, Fraction(1), False)
    unit: str | None = None
    before = currency_before(tokens[first - 1].text) if first > free else None
    if before is not None and tokens[first - 1].kind == SIGN:
        first, unit, start = first - 1, before, tokens[first - 1].start
        n = replace(n, other=None) if n.scaled else n
    elif not n.ordinal:
        unit, last = _unit_after(tokens, last, lang, n)
        if unit is None and n.value == HALF and (whole := _and_a_half(tokens, first, free, lang, lex)):
            return whole
    turned = None if unit or n.code or n.vague or n.ordinal else _unit_before(tokens, first, free, lang, lex, n.value)
    unit = unit or turned
    kind: Kind = "vague" if n.vague else "code" if n.code else kind_of(unit)
    if kind == "number":
        year = n.plain and n.form == "digits" and 1000 <= n.value < 2100
        year = year or (n.ordinal and lang != "en" and n.form == "digits" and 1500 <= n.value < 2100)  # 1947-го
        kind = "year" if year else "ordinal" if n.ordinal else "number"
    around = {tokens[k].text for k in range(max(0, n.first - 2), n.first)}
    quantity = Quantity(
        start=start,
        end=tokens[last - 1].end,
        low=n.value,
        high=n.value,
        kind=kind,
        unit=unit,
        approximate=n.approximate or turned is not None or bool(around & lex.approximate),
        form=n.form,
        other=n.other,
    )
    scale = _scale(tokens, n, lex)
    return Part(first, last, quantity, scale, unit is None or before is not None or turned is not None)


def _unit_before(tokens: list[Token], i: int, free: int, lang: Lang, lex: Lexicon, number: Fraction) -> str | None:
    """``метров сто``, ``минут через двадцать``, ``метрах, может, в ста``: the unit before an approximate number."""
    k = i - 1
    if k >= free and (tokens[k].text,) in lex.connect["turned_by"]:
        k -= 1
    if k - 2 >= free and tokens[k].text == tokens[k - 2].text == "," and (tokens[k - 1].text,) in lex.connect["hedge"]:
        k -= 3
    if k < free or not stands_before(tokens[k].text, lang, number) or (k > 0 and tokens[k - 1].text in lex.few):
        return None
    unit = unit_at(tokens, k, lang)
    return unit[0] if unit is not None and unit[1] == k + 1 else None


def _and_a_half(tokens: list[Token], i: int, free: int, lang: Lang, lex: Lexicon) -> Part | None:
    """``a week and a half``, ``год с половиной``: the half at token ``i`` after a unit that no number counts."""
    for phrase in lex.connect["half_after"]:
        k = i - len(phrase)
        if k < free or tuple(t.text for t in tokens[k + 1 : i + 1]) != phrase:
            continue
        unit = unit_at(tokens, k, lang)
        if unit is not None and unit[1] == k + 1:
            value = 1 + HALF
            whole = Quantity(tokens[k].start, tokens[i].end, value, value, kind_of(unit[0]), unit[0], form="words")
            return Part(k, i + 1, whole, Fraction(1), False)
    return None


def _scale(tokens: list[Token], n: Numeral, lex: Lexicon) -> Fraction:
    """Return the multiplier that ends the numeral, which a range shares: 10–15 thousand."""
    entry = lex.words.get(tokens[n.last - 1].text) if n.last - n.first > 1 else None
    return entry.value if entry is not None and entry.role == "multiplier" and entry.value >= 100 else Fraction(1)


def _unit_after(tokens: list[Token], i: int, lang: Lang, n: Numeral) -> tuple[str | None, int]:
    j = i + 1 if hyphen_at(tokens, i) or _abbreviated(tokens, i, lang) else i
    if n.vague and j < len(tokens) and (tokens[j].text,) in lexicon(lang).connect["of"]:
        j += 1
    if n.value == HALF and j < len(tokens) and (tokens[j].text,) in lexicon(lang).connect["article"]:
        j += 1
    if tuple(t.text for t in tokens[j : j + 2]) in lexicon(lang).connect["odd"]:
        j += 2
    found = unit_at(tokens, j, lang)
    if found is None and j < len(tokens) and tokens[j].kind == WORD and may_stand_between(tokens[j].text, lang):
        found = unit_at(tokens, j + 1, lang)
    if found is None or _how_long_before(tokens, found[1], lang, n):
        return None, i
    if found[0] == "s" and lang == "en" and n.value == 1:
        return None, i
    return found


def _how_long_before(tokens: list[Token], last: int, lang: Lang, n: Numeral) -> bool:
    """``с 3,4 млн годом ранее``, ``200 рік тому``: the unit that ends at ``last`` is one, not of the number before."""
    connect = lexicon(lang).connect
    if last >= len(tokens) or (tokens[last].text,) not in connect["earlier"]:
        return False
    unit, one = (tokens[last - 1].text,), n.value % 10 == 1 and not n.scaled
    return unit in connect["by_one"] or (unit in connect["one"] and not one)


def _abbreviated(tokens: list[Token], i: int, lang: Lang) -> bool:
    """Whether the full stop at ``i`` belongs to a multiplier cut short: 4 тыс. футов."""
    if not 0 < i < len(tokens) - 1 or tokens[i].text != "." or len(tokens[i - 1].text) > 4:
        return False
    entry = lexicon(lang).words.get(tokens[i - 1].text)
    return entry is not None and entry.role == "multiplier" and not tokens[i + 1].raw[0].isupper()


def _ranges(tokens: list[Token], parts: list[Part], lex: Lexicon) -> list[Part]:
    """Join ``10–15 %``, ``from 10 to 15 thousand``: the unit and the multiplier of the second serve the first too."""
    joined: list[Part] = []
    for part in parts:
        if joined and _is_range(tokens, joined[-1], part, lex):
            low, high = joined.pop(), part
            scaled = low.quantity.low * (high.scale if low.scale < high.scale else 1)
            value = scaled if low.unit_open and scaled < high.quantity.high else low.quantity.low
            if value < high.quantity.high:
                grouped = value if high.scale == 1 and high.quantity.low % THOUSAND == 0 and value < THOUSAND else None
                quantity = replace(
                    high.quantity,
                    start=low.quantity.start,
                    low=value,
                    unit=high.quantity.unit or low.quantity.unit,
                    kind=high.quantity.kind if high.quantity.unit else low.quantity.kind,
                    other=grouped * THOUSAND if grouped else scaled if low.unit_open and scaled != value else None,
                )
                joined.append(Part(low.first, high.last, quantity, Fraction(1), False))
                continue
            joined.append(low)
        joined.append(part)
    return joined


def _is_range(tokens: list[Token], low: Part, high: Part, lex: Lexicon) -> bool:
    a, b = low.quantity, high.quantity
    if high.first - low.last != 1 or "code" in (a.kind, b.kind) or "loose" in (a.form, b.form) or a.low != a.high:
        return False
    if a.kind == "time-of-day" or b.kind == "time-of-day" or a.kind == "vague":
        return False
    joint = tokens[low.last].text
    if not (a.unit is None or a.unit == b.unit or (b.unit is None and low.unit_open)):
        return False
    if joint in DASHES:
        return True
    if (joint,) not in lex.connect["range"]:
        return False
    before = tokens[low.first - 1].text if low.first else ""
    return (before,) in lex.connect["from"] or (joint,) in lex.connect["open_range"]
