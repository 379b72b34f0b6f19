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
        ("ru", "К 6 (шести) годам 2 (двум) месяцам лишения свободы.", 74, "mo"),
        ("uk", "Години чотири ми чекали.", 4, "h"),
        ("ru", "Часа четыре мы ждали.", 4, "h"),
        ("ru", "Она пришла за 1 час 18 минут 40,3 секунды.", Fraction(47203, 10), "s"),
        ("uk", "Її час — 1 година 18 хвилин 40,3 секунди.", Fraction(47203, 10), "s"),
        ("ru", "Было 4 часа 17 минут утра.", 257, None),
        ("ru", "Проезд стоит 3 рубля 20 копеек.", 320, "kopeck"),
        ("uk", "Проїзд коштує 3 гривні й 20 копійок.", 320, "kopeck"),
        ("en", "The fare is 3 dollars and 20 cents.", 320, "cent"),
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
        ("ru", "Дали 3 рубля и 120 копеек.", [3, 120]),
    ],
)
def test_what_is_no_sum(lang: Lang, text: str, values: list[int]) -> None:
    assert [q.low for q in quantities(text, lang)] == values


def test_a_bare_number_has_the_unit_of_the_next() -> None:
    first, second = quantities("При разрешённой скорости 80 и фактической 77 километров в час.", "ru")
    assert first.unit == second.unit == "kmh"


@pytest.mark.parametrize(
    ("lang", "text", "number", "reading", "unit"),
    [
        ("ru", "Ему не 80, а 112 миллионов лет.", 80, 80_000_000, "y"),
        ("uk", "Йому 112 мільйонів років, а не 80: таке уточнення.", 80, 80_000_000, "y"),
        ("en", "It is not 80 million years old but 112 million.", 112_000_000, None, "y"),
        ("en", "It is 112 million years old, not 80.", 80, 80_000_000, "y"),
        ("en", "We drove not 50 miles but 60.", 60, None, "mi"),
        ("uk", "Їх 5 і 10 мільйонів.", 5, 5_000_000, None),
        ("ru", "С 5 до 3 млн.", 5, 5_000_000, None),
        ("en", "It fell from 3.4 million to 2.9.", Fraction(29, 10), 2_900_000, None),
        ("ru", "Скорость 80 километров в час, а фактическая — 77.", 77, None, None),
    ],
)
def test_a_bare_number_is_read_with_what_it_is_set_against(
    lang: Lang, text: str, number: Fraction | int, reading: int | None, unit: str | None
) -> None:
    (found,) = [q for q in quantities(text, lang) if q.low == number]
    assert (found.other, found.unit) == (reading, unit)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Пришли не 12 человек, а три тысячи."),
        ("en", "There are 12. But 3 million live there."),
        ("uk", "Мені 34, а за п'ять кілометрів звідси тихо."),
        ("ru", "Было не 34, и прошли мы 5 километров."),
    ],
)
def test_a_number_that_counts_something_else_borrows_nothing(lang: Lang, text: str) -> None:
    first, _ = quantities(text, lang)
    assert (first.other, first.unit) == (None, None)


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "The Apollo X module"), ("ru", "Модуль «Аполлон X»"), ("en", "Henry VIII")]
)
def test_roman_numerals_of_names_are_loose(lang: Lang, text: str) -> None:
    (found,) = quantities(text, lang)
    assert (found.low, found.form) == (8 if "Henry" in text else 10, "loose")


def test_i_is_no_numeral() -> None:
    assert not quantities("When I came, Anna and I left.", "en")
