"""Romanisation tables and skeletons."""

from __future__ import annotations

import pytest

from transcheck.text.translit import alike, coarse, fold, romanise, skeleton


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Володимир Зеленський", "Volodymyr Zelenskyi"),
        ("Згорани", "Zghorany"),
        ("Їжакевич", "Yizhakevych"),
        ("Знам'янка", "Znamianka"),
        ("Юрій Щербань", "Yurii Shcherban"),
        ("КИЇВ", "KYIV"),
        ("Борщагівка", "Borshchahivka"),
    ],
)
def test_kmu_2010(name: str, latin: str) -> None:
    assert romanise(name, "kmu2010") == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Ельцин", "Yeltsin"),
        ("Зеленский", "Zelensky"),
        ("Хрущёв", "Khrushchyov"),
        ("Андреев", "Andreyev"),
        ("Жуков", "Zhukov"),
    ],
)
def test_bgn(name: str, latin: str) -> None:
    assert romanise(name, "bgn") == latin


@pytest.mark.parametrize(
    "spellings",
    [
        ("Зеленский", "Зеленський", "Zelensky", "Zelenskyy", "Zelenskiy", "Zelenskyi"),
        ("Вашингтон", "Washington"),
        ("Райт", "Wright"),
        ("Уайетт", "Wyatt"),
        ("Шольц", "Scholz"),
        ("Рейли", "Рейлі", "Reilly"),
        ("Чернышенко", "Чернишенко", "Chernyshenko"),
    ],
)
def test_spellings_of_one_name_are_alike(spellings: tuple[str, ...]) -> None:
    for a in spellings:
        for b in spellings:
            assert alike(skeleton(a), skeleton(b)) >= 0.66, (a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [("Харьков", "Kherson"), ("Максим", "Mykola"), ("Береговий", "Dudchenko"), ("Киев", "Lviv"), ("Лавров", "Peskov")],
)
def test_other_names_are_not_alike(a: str, b: str) -> None:
    assert alike(skeleton(a), skeleton(b)) < 0.58


def test_fold_keeps_letters_that_are_no_diacritics() -> None:
    assert fold("Київ Ёлкин Йордан") == "київ елкин йордан"
    assert fold("Müller’s Łódź") == "muller's lodz"


def test_nothing_is_like_nothing() -> None:
    assert alike("", "") == 0.0
    assert skeleton("—") == ""
    assert coarse("") == ""
