"""Measures in two units, measures with parts, and two numbers with one unit."""

from fractions import Fraction

import pytest

from transcheck.text.numbers import quantities
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("lang", "text", "value", "unit"),
    [
        ("uk", "Законопроєкт лежав рік і два місяці.", 14, "mo"),
        ("ru", "Прошло год и два месяца.", 14, "mo"),
        ("en", "It took a year and two months.", 14, "mo"),
        ("en", "He is 5 feet 10 inches tall.", 70, "in"),
        ("en", "He is five foot ten.", Fraction(35, 6), "ft"),
        ("ru", "Час сорок пять минут никто не знал.", 105, "min"),
        ("uk", "За годину і двадцять хвилин.", 80, "min"),
        ("ru", "Склон сполз на метр двадцать.", Fraction(6, 5), "m"),
        ("ru", "Высотой два метра двадцать.", Fraction(11, 5), "m"),
        ("ru", "Поезд ушёл в 17 часов 40 минут.", 1060, None),
        ("ru", "В час сорок.", 100, None),
        ("ru", "Около 50 и более миллионов.", 50_000_000, None),
        ("uk", "Аж 2-х мільйонів.", 2_000_000, None),
        ("ru", "На четырёх дюжинах баз.", 48, None),
    ],
)
def test_one_quantity(lang: Lang, text: str, value: int | Fraction, unit: str | None) -> None:
    (found,) = quantities(text, lang)
    assert (found.low, found.high, found.unit) == (value, value, unit)


@pytest.mark.parametrize(
    ("lang", "text", "values"),
    [
        ("ru", "Через час двадцать человек ушли.", [20]),
        ("ru", "На три года и на два месяца.", [3, 2]),
        ("en", "They paid 3 pounds and 20 men left.", [3, 20]),
    ],
)
def test_what_is_no_sum(lang: Lang, text: str, values: list[int]) -> None:
    assert [q.low for q in quantities(text, lang)] == values


def test_a_bare_number_has_the_unit_of_the_next() -> None:
    first, second = quantities("При разрешённой скорости 80 и фактической 77 километров в час.", "ru")
    assert first.unit == second.unit == "kmh"


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "The Apollo X module"), ("ru", "Модуль «Аполлон X»"), ("en", "Henry VIII")]
)
def test_roman_numerals_of_names_are_loose(lang: Lang, text: str) -> None:
    (found,) = quantities(text, lang)
    assert (found.low, found.form) == (8 if "Henry" in text else 10, "loose")


def test_i_is_no_numeral() -> None:
    assert not quantities("When I came, Anna and I left.", "en")
