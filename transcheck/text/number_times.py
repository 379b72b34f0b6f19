"""Times of day in running text: 4:30 p.m., at 0500, half past two, половина третьего, без пяти семь."""

from __future__ import annotations

import re
from fractions import Fraction

from transcheck.text.number_grammar import Numeral
from transcheck.text.number_tokens import HYPHENS, NUM, WORD, Token, hyphen_at
from transcheck.text.number_words import Lexicon
from transcheck.text.quantity import Part, Quantity
from transcheck.text.units import unit_at
from transcheck.text.words import is_function_word
from transcheck.types import Lang

_DOTTED = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)")
_MORNING = {"am": 0, "pm": 12}
_NAUGHT = frozenset(["oh", "o", "zero", "ноль", "нуль"])


def half_of_day(tokens: list[Token], i: int) -> tuple[int, int] | None:
    """Return the hours that "a.m." or "pm" at ``i`` add, and the index after it."""
    if i < len(tokens) and tokens[i].text in _MORNING:
        return _MORNING[tokens[i].text], i + 1
    if i + 3 < len(tokens) + 1 and [t.text for t in tokens[i + 1 : i + 3]] == [".", "m"]:
        hours = _MORNING.get(tokens[i].text + "m")
        if hours is not None:
            dot = i + 3 < len(tokens) and tokens[i + 3].text == "."
            return hours, i + 3 + dot
    return None


def written(tokens: list[Token], i: int) -> Part:
    """Return the time written with a colon at token ``i``; 1:18:40.3 and 3:58.4 are times taken, in seconds."""
    hours, minutes, *seconds = (Fraction(p) for p in tokens[i].text.replace(",", ".").split(":"))
    if not tokens[i].text.replace(":", "").isdigit():
        taken = 60 * (60 * hours + minutes) + seconds[0] if seconds else 60 * hours + minutes
        measure = Quantity(tokens[i].start, tokens[i].end, taken, taken, "measure", "s")
        return Part(i, i + 1, measure, Fraction(1), False)
    last, half = i + 1, half_of_day(tokens, i + 1)
    if half is not None:
        hours, last = hours % 12 + half[0], half[1]
    value = 60 * hours + minutes + sum(seconds) / Fraction(60)
    quantity = Quantity(tokens[i].start, tokens[last - 1].end, value, value, "time-of-day")
    return Part(i, last, quantity, Fraction(1), False)


def time_of_day(tokens: list[Token], i: int, by_first: dict[int, Numeral], lang: Lang, lex: Lexicon) -> Part | None:
    """Return the time of day that begins at token ``i`` and is more than a numeral, else None."""
    return (
        _spokentime_of_day(tokens, i, by_first, lex)
        or _named_minutes(tokens, i, by_first, lang, lex)
        or _hour_and_minutes(tokens, i, by_first, lang, lex)
        or _military(tokens, i, lang, lex)
        or _hyphened(tokens, i, lex)
        or _dotted(tokens, i, lang, lex)
        or _hundred_hours(tokens, i, by_first, lang)
        or _past(tokens, i, by_first, lang, lex)
        or _short_of(tokens, i, by_first, lang, lex)
    )


def _hyphened(tokens: list[Token], i: int, lex: Lexicon) -> Part | None:
    """``в 04-30``: hours and minutes with a hyphen between."""
    said = i == 0 or tokens[i - 1].text in ".!?…" or (tokens[i - 1].text,) in lex.connect["clock"]
    if not said or not hyphen_at(tokens, i + 1):
        return None
    hours, minutes = tokens[i].text, tokens[i + 2].text
    digits = len(hours) == len(minutes) == 2 and hours.isdigit() and minutes.isdigit()
    if not digits or int(hours) > 23 or int(minutes) > 59 or not (hours[0] == "0" or minutes == "00"):
        return None
    value = Fraction(int(hours) * 60 + int(minutes))
    clock = Quantity(tokens[i].start, tokens[i + 2].end, value, value, "time-of-day")
    return Part(i, i + 3, clock, Fraction(1), False)


def _dotted(tokens: list[Token], i: int, lang: Lang, lex: Lexicon) -> Part | None:
    """``в 16.30``, at ``2.40`` in the morning: hours and minutes with a dot between, no decimals."""
    found = _DOTTED.fullmatch(tokens[i].text)
    at = i > 0 and (tokens[i - 1].text,) in lex.connect["clock"]
    if not found or not at or (not _in_day(tokens, i + 1, lex) if lang == "en" else _counted(tokens, i + 1, lang, lex)):
        return None
    value = Fraction(int(found[1]) * 60 + int(found[2]))
    return Part(i, i + 1, Quantity(tokens[i].start, tokens[i].end, value, value, "time-of-day"), Fraction(1), False)


def _in_day(tokens: list[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether the words from token ``i`` on say in which part of the day: *on the morning*."""
    return any(tuple(t.text for t in tokens[i : i + len(p)]) == p for p in lex.connect["in_day"])


def _hundred_hours(tokens: list[Token], i: int, by_first: dict[int, Numeral], lang: Lang) -> Part | None:
    """``zero five hundred``, ``oh six hundred hours``: a full hour as soldiers say it."""
    if lang != "en" or tokens[i].text not in ("zero", "oh", "o"):
        return None
    n = by_first.get(i + 1) or next((n for n in by_first.values() if n.first == i and n.last > i + 1), None)
    if n is None or n.value % 100 or not 100 <= n.value <= 900:
        return None
    unit = unit_at(tokens, n.last, lang)
    last = unit[1] if unit is not None and unit[0] == "h" else n.last
    value = n.value / 100 * 60
    clock = Quantity(tokens[i].start, tokens[last - 1].end, value, value, "time-of-day")
    return Part(i, last, clock, Fraction(1), False)


def _military(tokens: list[Token], i: int, lang: Lang, lex: Lexicon) -> Part | None:
    """``at 0500``, ``at 1900 hours``: four digits that are a time of day."""
    raw = tokens[i].text
    if tokens[i].kind != NUM or len(raw) != 4 or not raw.isdigit() or int(raw[:2]) > 23 or int(raw[2:]) > 59:
        return None
    begins = i == 0 or (tokens[i - 1].text in ".!?…" and raw[0] == "0")
    at = begins or (tokens[i - 1].text,) in lex.connect["clock"]
    unit = unit_at(tokens, i + 1, lang)
    hours = unit is not None and unit[0] == "h"
    if not (at and (hours or raw[0] == "0")) and not (hours and raw[0] == "0"):
        return None
    last = unit[1] if unit is not None and hours else i + 1
    value = Fraction(int(raw[:2]) * 60 + int(raw[2:]))
    clock = Quantity(tokens[i].start, tokens[last - 1].end, value, value, "time-of-day")
    return Part(i, last, clock, Fraction(1), False)


def _spokentime_of_day(tokens: list[Token], i: int, by_first: dict[int, Numeral], lex: Lexicon) -> Part | None:
    word = tokens[i].text
    if word in lex.half_past:
        return _half_past(tokens, i, by_first, lex)
    for half in lex.half_past:
        hour = lex.words.get(word.removeprefix(half)) if word.startswith(half) else None
        if hour is not None and hour.role == "ordinal" and 1 <= hour.value <= 12:
            return _spoken_at(tokens, i, i + 1, hour.value * 60 - 30)  # полпятого
    return _quarter(tokens, i, by_first, lex) if word in lex.quarter else None


def _half_past(tokens: list[Token], i: int, by_first: dict[int, Numeral], lex: Lexicon) -> Part | None:
    """``половина третьего``, ``пів на восьму``: the half hour before an hour, as a time of day."""
    j = i + 1
    while (
        j < len(tokens)
        and j < i + 3
        and (tokens[j].text in HYPHENS or (tokens[j].text,) in lex.connect["half_past_to"])
    ):
        j += 1
    hour = by_first.get(j)
    if hour is None or not hour.ordinal or not 1 <= hour.value <= 12:
        return None
    if any(n.last == i and n.ordinal for n in by_first.values()):
        return None
    value = hour.value * 60 - 30
    clock = Quantity(tokens[i].start, tokens[hour.last - 1].end, value, value, "time-of-day", form="words")
    return Part(i, hour.last, clock, Fraction(1), False)


def _quarter(tokens: list[Token], i: int, by_first: dict[int, Numeral], lex: Lexicon) -> Part | None:
    """``четверть девятого``, ``за чверть дев'ята``, ``quarter past eight``: a time of day."""
    for phrase, minutes in lex.quarter[tokens[i].text]:
        j = i + len(phrase)
        hour = by_first.get(j)
        if hour is None and phrase[0] == "без" and [t.text for t in tokens[i : j + 1]] == [*phrase, "час"]:
            return _spoken_at(tokens, i, j + 1, Fraction(60 + minutes))  # без четверти час
        fits = hour is not None and 1 <= hour.value <= 12 and tuple(t.text for t in tokens[i:j]) == phrase
        if hour is None or not fits or (minutes == -45 and not hour.ordinal):
            continue
        value = (hour.value * 60 + minutes) % 720
        clock = Quantity(tokens[i].start, tokens[hour.last - 1].end, value, value, "time-of-day", form="words")
        return Part(i, hour.last, clock, Fraction(1), False)
    return None


def _past(tokens: list[Token], i: int, by_first: dict[int, Numeral], lang: Lang, lex: Lexicon) -> Part | None:
    """``десять минут шестого``, ``двадцять хвилин на восьму``, at ``ten past five``: minutes of an hour."""
    minutes = by_first.get(i)
    if minutes is None or not 1 <= minutes.value < 60 or minutes.value % 1:
        return None
    j = minutes.last
    unit = unit_at(tokens, j, lang)
    if unit is not None and unit[0] == "min":
        j = unit[1]
    joint = tokens[j].text if j < len(tokens) else ""
    step = lex.minutes.get(joint)
    if lang != "en" and unit is None:
        return None
    if lang == "en" and step is None:
        return None
    hour = by_first.get(j + (step is not None))
    if lang == "en" and not (i > 0 and (tokens[i - 1].text,) in lex.connect["clock"]) and not _tells(minutes, hour):
        return None
    if hour is None or not 1 <= hour.value <= 12 or hour.value % 1 or (lang != "en" and not hour.ordinal):
        return None
    if (step is None and lang == "uk") or (lang == "ru" and not tokens[hour.last - 1].text.endswith("го")):
        return None  # пятнадцать минут, второй этаж
    base = hour.value * 60 + (minutes.value if step == 0 else -minutes.value)
    if lang != "en":
        base = (hour.value - (step != 0)) * 60 + minutes.value
    return _spoken_at(tokens, i, hour.last, base % 720)


def _named_minutes(tokens: list[Token], i: int, by_first: dict[int, Numeral], lang: Lang, lex: Lexicon) -> Part | None:
    """``в четыре тридцать``, ``о четвертій десять``, at ``seven oh five``: an hour and its minutes, of which nothing is
    counted by the word behind them.
    """
    hour = by_first.get(i)
    if hour is None or i == 0 or (tokens[i - 1].text,) not in lex.connect["clock"]:
        return None
    j = hour.last + (lang == "en" and hyphen_at(tokens, hour.last))
    naught = j < len(tokens) and tokens[j].text in _NAUGHT
    minutes = by_first.get(j + naught) or next((n for n in by_first.values() if n.first == j), None)
    if minutes is None or hour.form == "digits" or minutes.form != "words" or hour.ordinal != (lang == "uk"):
        return None
    least, most = (1, 9) if naught else (10, 59)
    if minutes.ordinal or not 0 <= hour.value < 24 or not least <= minutes.value <= most:
        return None
    if _counted(tokens, minutes.last, lang, lex):
        return None
    return _spoken_at(tokens, i, minutes.last, hour.value * 60 + minutes.value)


def _hour_and_minutes(
    tokens: list[Token], i: int, by_first: dict[int, Numeral], lang: Lang, lex: Lexicon
) -> Part | None:
    """``о четвертій годині сімнадцять хвилин``: the ordinal of an hour, then its minutes with their units."""
    hour = by_first.get(i)
    if lang != "uk" or hour is None or not hour.ordinal or not 1 <= hour.value <= 24:
        return None
    unit = unit_at(tokens, hour.last, lang)
    if unit is None or unit[0] != "h":
        return None
    minutes = by_first.get(unit[1] + ((_text_at(tokens, unit[1]),) in lex.connect["sum"]))
    if minutes is None or minutes.ordinal or not 1 <= minutes.value < 60 or minutes.value % 1:
        return None
    counted = unit_at(tokens, minutes.last, lang)
    if counted is None or counted[0] != "min":
        return None
    at = i > 0 and (tokens[i - 1].text,) in lex.connect["at"]
    if not at and (_text_at(tokens, counted[1]),) not in lex.connect["of_day"]:
        return None
    return _spoken_at(tokens, i, counted[1], hour.value * 60 + minutes.value)


def _counted(tokens: list[Token], i: int, lang: Lang, lex: Lexicon) -> bool:
    """Tell whether the word at ``i`` may be what a number before it counts: none that says вечера, am, in, near."""
    if i == len(tokens) or not (tokens[i].kind == WORD or tokens[i].text in HYPHENS):
        return False
    word = tokens[i].text
    return not (
        word in lex.day_part or word in _MORNING or is_function_word(word, lang) or (word,) in lex.connect["clock"]
    )


def _tells(minutes: Numeral, hour: Numeral | None) -> bool:
    """``twenty to seven``: no range, so that a time of day needs no preposition; five to seven may be one."""
    spoken = minutes.form == "words" and minutes.value in (5, 10, 20, 25)
    return spoken and hour is not None and minutes.value > hour.value


def _short_of(tokens: list[Token], i: int, by_first: dict[int, Numeral], lang: Lang, lex: Lexicon) -> Part | None:
    """``без пяти семь``, ``за п'ять сьома``: minutes that are lacking to an hour."""
    if tokens[i].text not in lex.lacking or (minutes := by_first.get(i + 1)) is None:
        return None
    j = minutes.last
    twenty = minutes.last - minutes.first == 2 and 20 < minutes.value < 30
    if lang == "ru" and twenty and by_first.get(j) is None and unit_at(tokens, j, lang) is None:
        return _spoken_at(tokens, i, j, ((minutes.value - 20) * 60 - 20) % 720)  # no twenty-three that is lacking
    if lang == "uk" and minutes.ordinal and twenty:
        lacking, named = Fraction(20), minutes.value - 20  # за двадцять сьома is no twenty-seventh
        return _spoken_at(tokens, i, j, (named * 60 - lacking) % 720) if tokens[j - 1].text[-1] in "ая" else None
    unit = unit_at(tokens, j, lang)
    if unit is not None and unit[0] == "min":
        j = unit[1]
    hour = by_first.get(j)
    if hour is None and lang == "ru" and _text_at(tokens, j) == "час" and 1 <= minutes.value < 60:
        return _spoken_at(tokens, i, j + 1, 60 - minutes.value)  # без десяти час
    if hour is None or not (1 <= hour.value <= 12 and 1 <= minutes.value < 60) or hour.ordinal != (lang == "uk"):
        return None
    return _spoken_at(tokens, i, hour.last, (hour.value * 60 - minutes.value) % 720)


def _text_at(tokens: list[Token], i: int) -> str:
    return tokens[i].text if i < len(tokens) else ""


def _spoken_at(tokens: list[Token], first: int, last: int, value: Fraction) -> Part:
    clock = Quantity(tokens[first].start, tokens[last - 1].end, value, value, "time-of-day", form="words")
    return Part(first, last, clock, Fraction(1), False)
