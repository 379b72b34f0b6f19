"""Shares of a whole: nine out of ten, with a noun between or none, and odds."""

from fractions import Fraction

import pytest

from transcheck.text.numbers import quantities
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Девять шмелей из десяти летели."),
        ("ru", "Девять из каждых десяти летели."),
        ("uk", "Дев’ятеро джмелів із десяти летіли."),
        ("uk", "Дев'ять молодих джмелів з десяти летіли."),
        ("en", "Nine bees out of ten flew."),
        ("en", "Nine young bees out of ten flew."),
        ("en", "Nine out of every ten flew."),
        ("en", "Nine bees in ten were right."),
        ("en", "Nine doctors in ten agree."),
    ],
)
def test_a_part_and_its_whole_say_a_share(lang: Lang, text: str) -> None:
    nine, ten = quantities(text, lang)
    assert (nine.low, nine.other) == (Fraction(9), Fraction(9, 10))
    assert (ten.form, ten.other) == ("loose", Fraction(9, 10))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Five men in ten cars drove by."),
        ("en", "Five men, out of ten."),
        ("ru", "Пять больших старых тяжёлых машин из десяти."),
        ("uk", "П'ятеро людей прийшли, і десять пішли."),
    ],
)
def test_two_numbers_that_are_no_share(lang: Lang, text: str) -> None:
    assert [q.other for q in quantities(text, lang)] == [None, None]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Вероятность выше, чем один к трём."),
        ("uk", "Шанси — один до трьох."),
        ("en", "The odds are one to three."),
        ("en", "A one to three chance."),
    ],
)
def test_odds_are_loose(lang: Lang, text: str) -> None:
    one, three = quantities(text, lang)
    assert (one.other, three.other, three.form) == (Fraction(1, 3), Fraction(1, 3), "loose")


def test_a_range_is_no_chance() -> None:
    _, three = quantities("They stayed one to three days.", "en")
    assert (three.low, three.other) == (Fraction(3), None)
    assert three.form == "words"
