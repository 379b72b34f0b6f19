"""Honest versions of a quote, put as languages put them, draw nothing; the same with a defect do."""

from __future__ import annotations

import pytest

from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document
from transcheck.types import Document, Lang, Version


def alarms(**texts: str) -> list[tuple[str, Lang | None]]:
    versions = tuple(Version(lang, text) for lang, text in texts.items())  # type: ignore[arg-type]
    report = compare_document(Document("x", versions), load_encoder())
    return [(f.code, f.lang) for f in report.findings if f.severity != "note"]


HONEST = {
    "not even goes on with nobody": (
        "Не жаловался никто, даже старый Федот, а он жалуется всегда.",
        "Ніхто не скаржився, навіть старий Федот, який скаржиться завжди.",
        "Nobody complained, not even old Fedot, who always complains.",
    ),
    "not to forget is to remember": (
        "Но эту девочку я помню.",
        "Але цієї дівчинки я не забула.",
        "But that girl I do remember.",
    ),
    "an idiom that denies in one language": (
        "Трость мне сделали хорошую, грех жаловаться.",
        "Ціпок мені зробили добрий, гріх нарікати.",
        "They made me a good cane, I can't complain.",
    ),
    "a number with a little more": (
        "Мы выгрузили три с лишним тысячи мешков.",
        "Ми вивантажили понад три тисячі мішків.",
        "We unloaded something over three thousand sacks.",
    ),
    "minutes to the hour": (
        "Без двадцати три ночи нас разбудил сторож.",
        "О другій сорок ночі нас розбудив сторож.",
        "At 2.40 in the morning the watchman woke us.",
    ),
    "a quarter to one": (
        "Свет погас без четверти час.",
        "Світло зникло о 00:45.",
        "The power went out at 12:45 a.m.",
    ),
    "a year by its ending": (
        "В голодном сорок седьмом бабка продала корову.",
        "Голодного 1947-го баба продала корову.",
        "In 1947, the hungry year, my grandmother sold the cow.",
    ),
    "an office with an ordinal": (
        "Второму пилоту было двадцать шесть лет.",
        "Другому пілотові було двадцять шість років.",
        "The first officer was twenty-six years old.",
    ),
    "a father who is a priest": (
        "Батюшка наш — человек мягкий.",
        "Наш панотець — людина лагідна.",
        "Our priest is a gentle soul.",
    ),
    "hours the other way round": (
        "Ехали восемнадцать часов вместо шести, без света.",
        "Дорога замість шести годин тривала вісімнадцять, без світла.",
        "The trip took 18 hours instead of six, with the lights off.",
    ),
    "hundredths of a second": (
        "Я проиграл одиннадцать сотых.",
        "Я програв 0,11 секунди.",
        "I lost by eleven hundredths of a second.",
    ),
    "afternoon hours": (
        "Я вижу её по субботам, с десяти до четырёх.",
        "Я бачу її щосуботи від десятої до шістнадцятої.",
        "I see her on Saturdays, ten till four.",
    ),
    "little is not much": (
        "Смешного, в общем, было мало.",
        "Смішного, загалом, було мало.",
        "There wasn't much to laugh about, all in all.",
    ),
    "what does not change stays the same": (
        "Мы провели девять пересчётов, и ни один не изменил результата.",
        "Ми провели дев'ять перерахунків, і після кожного результат лишався таким самим.",
        "We did nine recounts, and not one of them has changed the outcome.",
    ),
    "a record": (
        "Инфляция замедлилась до семи процентов, это минимум за два года.",
        "Інфляція сповільнилася до семи відсотків, нижчою вона не була два роки.",
        "Inflation slowed to seven percent, its lowest in two years.",
    ),
    "a holiday": (
        "Сапёры обещали прийти на Покров.",
        "Сапери обіцяли прийти на Покрову.",
        "The deminers promised to come on the Feast of the Intercession.",
    ),
    "a conversion in brackets": (
        "Земли у меня сто двадцать гектаров, тридцать пять из них заминированы.",
        "У мене сто двадцять гектарів, із них тридцять п'ять під мінами.",
        "I've got 120 hectares (297 acres), and 35 of them (86 acres) are mined.",
    ),
    "a negation in what is cut": (
        "Большинство водителей хотели бастовать сразу, и я уговорила их подождать. Некоторые со мной сутки не "
        "разговаривали. В четверг нам принесли семь процентов.",
        "Більшість водіїв хотіли страйкувати відразу, і я вмовила їх почекати. Дехто зі мною добу не розмовляв. "
        "У четвер нам принесли сім відсотків.",
        "Most of the drivers wanted to strike at once, and I talked them into waiting. […] On Thursday they brought us "
        "seven per cent.",
    ),
    "quotation marks in what is cut": (
        "Перед боем он сказал: «Ты старше его, и он тебя не боится». Я спросил, что же говорит в мою пользу. "
        "«Я, — ответил он, — и в пятницу я уезжаю в отпуск». Меня уложили в третьем раунде.",
        "Перед боєм він сказав: «Ти старший за нього, і він тебе не боїться». […] Мене поклали в третьому раунді.",
        "Before the fight he said, “You're older than him, and he isn't scared of you.” I asked him what I had going "
        "for me. “Me,” he said, “and I'm off on holiday on Friday.” I was floored in the third round.",
    ),
}


@pytest.mark.parametrize(("ru", "uk", "en"), HONEST.values(), ids=HONEST)
def test_honest_versions_draw_nothing(ru: str, uk: str, en: str) -> None:
    assert alarms(ru=ru, uk=uk, en=en) == []


DEFECTS = {
    "another negation than not even": (
        "TC203",
        "Не жаловался никто, даже старый Федот.",
        "Ніхто не скаржився, навіть старий Федот.",
        "Everybody complained, even old Fedot.",
    ),
    "forgotten": ("TC203", "Но эту девочку я помню.", "Але цю дівчинку я пам'ятаю.", "But that girl I don't remember."),
    "another number with a little more": (
        "TC301",
        "Мы выгрузили три с лишним тысячи мешков.",
        "Ми вивантажили понад три тисячі мішків.",
        "We unloaded something over five thousand sacks.",
    ),
    "another hour": (
        "TC301",
        "Без двадцати три ночи нас разбудил сторож.",
        "О другій сорок ночі нас розбудив сторож.",
        "At 3.20 in the morning the watchman woke us.",
    ),
    "other hours the other way round": (
        "TC301",
        "Ехали восемнадцать часов вместо шести, без света.",
        "Дорога замість шести годин тривала вісімнадцять, без світла.",
        "The trip took 16 hours instead of six, with the lights off.",
    ),
    "another record": (
        "TC203",
        "Инфляция не замедлилась, она растёт.",
        "Інфляція не сповільнилася, вона зростає.",
        "Inflation has slowed, it is growing.",
    ),
    "a negation that is not cut": (
        "TC203",
        "Водители хотели бастовать. Я с ними сутки не разговаривала. В четверг нам принесли семь процентов.",
        "Водії хотіли страйкувати. Я з ними добу не розмовляла. У четвер нам принесли сім відсотків.",
        "The drivers wanted to strike. I talked to them for a day and a night. […] On Thursday they brought us seven "
        "per cent.",
    ),
}


@pytest.mark.parametrize(("code", "ru", "uk", "en"), DEFECTS.values(), ids=DEFECTS)
def test_the_same_with_a_defect_is_found(code: str, ru: str, uk: str, en: str) -> None:
    assert (code, "en") in alarms(ru=ru, uk=uk, en=en)
