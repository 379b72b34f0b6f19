"""Numbers that follow from what another version says draw nothing; what does not follow is found."""

import pytest

from tests.unit.checks.rows import context, sure
from transcheck.checks.quantities import check
from transcheck.types import Finding, Lang


def findings(row: dict[Lang, str]) -> list[Finding]:
    return list(sure(check(context(row))))


RU = "Выделено 86 млн гривен, из них 43 млн — кредит."
UK = "Виділено 86 мільйонів гривень, половину становить кредит."
EN = "A total of 86 million hryvnias, half of it borrowed, was set aside."
NINETEEN: dict[Lang, str] = {
    "ru": "Из девятнадцати человек спасли семнадцать.",
    "uk": "Із дев’ятнадцяти врятували всіх, крім двох.",
    "en": "All but two of the crew of nineteen were saved.",
}


@pytest.mark.parametrize(
    "row",
    [
        {"ru": RU, "uk": UK, "en": EN},
        {"ru": RU, "en": EN},
        {"ru": RU, "uk": UK.replace("половину", "43 млн"), "en": EN},
        {
            "ru": RU.replace("43 млн", "57 млн"),
            "uk": UK.replace("половину", "дві третини"),
            "en": EN.replace("half", "two thirds"),
        },
        {"ru": "Из 200 домов сгорело 60.", "uk": "Із 200 хат згоріло 60.", "en": "Of 200 houses 30% burned down."},
        {"en": "Of 1,000 people 250 left.", "ru": "Из 1000 человек ушла четверть.", "uk": "Із 1000 пішла чверть."},
        NINETEEN,
        {"ru": NINETEEN["ru"], "en": NINETEEN["en"]},
        {
            "ru": "Из 90 домов уцелели 76.",
            "uk": "Із 90 хат уціліли 76.",
            "en": "All but 14 of the 90 houses survived.",
        },
        {"ru": "Из 90 уцелели все, за исключением 14.", "uk": "Із 90 хат уціліли 76.", "en": "Of 90, 76 survived."},
    ],
)
def test_what_follows_draws_nothing(row: dict[Lang, str]) -> None:
    assert findings(row) == []


@pytest.mark.parametrize(
    "row",
    [
        {"ru": RU.replace("43", "34"), "uk": UK, "en": EN},
        {"ru": RU, "uk": UK, "en": EN.replace("half", "a third")},
        {"ru": RU, "uk": UK.replace("половину", "34 млн"), "en": EN},
        {"ru": RU, "uk": UK, "en": EN.replace("86", "96")},
        {"ru": RU.replace("86 млн гривен, из них ", ""), "uk": UK, "en": EN},
        {"ru": RU, "uk": UK.replace(", половину становить кредит", ""), "en": EN.replace(", half of it borrowed,", "")},
        {**NINETEEN, "ru": NINETEEN["ru"].replace("семнадцать", "шестнадцать")},
        {**NINETEEN, "en": NINETEEN["en"].replace("two", "five")},
        {**NINETEEN, "en": "Of the crew of nineteen two were saved.", "uk": "Із дев’ятнадцяти врятували двох."},
        {"ru": "Из 90 домов уцелели 76.", "uk": "Із 90 хат уціліли 76.", "en": "All but 24 of the 90 survived."},
        {"ru": "Из 200 домов сгорело 60.", "uk": "Із 200 хат згоріло 60.", "en": "Of 200 houses 40 percent burned."},
    ],
)
def test_what_does_not_follow_is_found(row: dict[Lang, str]) -> None:
    assert any(f.severity == "error" for f in findings(row))
