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
        "Ціпок мені зробили добрий, гріх скаржитися.",
        "They made me a good cane, I can't complain.",
    ),
    "a number with a little more": (
        "Мы разгрузили три с лишним тысячи мешков.",
        "Ми розвантажили понад три тисячі мішків.",
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
    "a negation in what is cut": (
        "Большинство водителей хотели бастовать сразу, и я уговорила их подождать. Некоторые со мной сутки не "
        "разговаривали. В четверг нам принесли семь процентов.",
        "Більшість водіїв хотіли страйкувати відразу, і я вмовила їх почекати. Дехто зі мною добу не розмовляв. "
        "У четвер нам принесли сім відсотків.",
        "Most of the drivers wanted to strike at once, and I talked them into waiting. […] On Thursday they brought us "
        "seven per cent.",
    ),
    "quotation marks in what is cut": (
        "Перед боем он сказал: «Ты старше его, и он тебя не боится». Я спросил, что же за меня. «Я, — ответил он, — и "
        "в пятницу я уезжаю в отпуск». Меня уложили в третьем раунде.",
        "Перед боєм він сказав: «Ти старший за нього, і він тебе не боїться». […] Мене поклали в третьому раунді.",
        "Before the fight he said, “You're older than him, and he isn't scared of you.” I asked him what I had going "
        "for me. “Me,” he said, “and I'm off on holiday on Friday.” I was put down in the third round.",
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
        "Мы разгрузили три с лишним тысячи мешков.",
        "Ми розвантажили понад три тисячі мішків.",
        "We unloaded something over five thousand sacks.",
    ),
    "another hour": (
        "TC301",
        "Без двадцати три ночи нас разбудил сторож.",
        "О другій сорок ночі нас розбудив сторож.",
        "At 3.20 in the morning the watchman woke us.",
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
