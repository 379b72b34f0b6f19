"""Numbers that languages put differently."""

from __future__ import annotations

from fractions import Fraction

import pytest

from transcheck.text.facts import same_value
from transcheck.text.numbers import quantities, scan
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("lang_a", "a", "lang_b", "b"),
    [
        ("ru", "Мне восемьдесят третий год.", "uk", "Мені вісімдесят два."),
        ("ru", "Бабке пошёл девяностый год.", "en", "Granny is eighty-nine."),
        ("uk", "Він п'ятий рік у полоні.", "en", "He has been a captive for four years."),
        ("ru", "Привезли в начале девятого.", "en", "He was brought in shortly after eight."),
        ("uk", "Прийшли на початку шостої.", "ru", "Пришли в пять."),
        ("ru", "Четверть века я тут.", "uk", "Я тут двадцять п'ять років."),
        ("ru", "Ушло тысячи полторы людей.", "en", "Some 1,500 people left."),
        ("en", "It was twenty to seven.", "uk", "Була за двадцять сьома."),
        ("ru", "Яма в два метра.", "en", "A pit over six feet deep."),
    ],
)
def test_one_number_put_differently(lang_a: Lang, a: str, lang_b: Lang, b: str) -> None:
    (x,), (y,) = quantities(a, lang_a), quantities(b, lang_b)
    assert same_value(x, y)


@pytest.mark.parametrize(
    ("lang_a", "a", "lang_b", "b"),
    [
        ("ru", "Мне восемьдесят третий год.", "uk", "Мені вісімдесят."),
        ("ru", "Привезли в начале девятого.", "en", "He was brought in shortly after six."),
        ("ru", "Четверть века я тут.", "uk", "Я тут тридцять п'ять років."),
    ],
)
def test_another_number(lang_a: Lang, a: str, lang_b: Lang, b: str) -> None:
    (x,), (y,) = quantities(a, lang_a), quantities(b, lang_b)
    assert not same_value(x, y)


def test_the_eighth_ten_is_the_seventies() -> None:
    (said,) = quantities("Мне уже восьмой десяток.", "ru")
    assert (said.low, said.kind) == (Fraction(70), "number")
    (date,) = scan("I'm in my seventies.", "en")[1]
    assert same_value(said, date)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "В роте четверо двухсотых."),
        ("uk", "Трьохсотих вивезли."),
        ("ru", "Везли груз 200."),
        ("ru", "У него семь пятниц на неделе."),
        ("en", "He was on cloud nine."),
    ],
)
def test_in_idioms_nothing_is_counted(lang: Lang, text: str) -> None:
    assert quantities(text, lang)[-1].form == "loose"


def test_a_quarter_with_a_number_is_no_share() -> None:
    assert all(q.low >= 1 for q in quantities("Exports grew in the first quarter.", "en"))
