"""What counts as a name, and the table of names."""

from __future__ import annotations

from importlib import resources

import pytest

from transcheck.text.name_table import POSSESSIVE, WORD, lexicon, settings, stems
from transcheck.text.names import mentions, names, same, witnessed
from transcheck.text.translit import fold
from transcheck.types import LANGS, Lang


def firm(text: str, lang: Lang) -> list[str]:
    return [n.text for n in names(text, lang) if n.firm]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("ru", "Вчера Зеленский приехал в Нью-Йорк.", ["Зеленский", "Нью-Йорк"]),
        ("ru", "Президент и Министр ждали Вас в понедельник.", []),
        ("ru", "По словам Бондарчука, в ООН знали.", ["Бондарчука", "ООН"]),
        ("uk", "Ми їхали з Києва до Івано-Франківська.", ["Києва", "Івано-Франківська"]),
        ("uk", "Вікторія чекала на Марʼяну.", ["Вікторія", "Марʼяну"]),
        ("uk", "Рада. Верховна Рада ухвалила закон.", ["Верховна Рада"]),
        ("ru", "Съезд Всероссийской федерации прошёл без Политковской.", ["Политковской"]),
        ("en", "The President spoke to Mr. Dudchenko on Monday.", ["Dudchenko"]),
        ("en", "Ukrainian and Russian soldiers left the United States.", ["United States"]),
        ("en", "Kharkiv's mayor told CNN nothing about Zelensky's plan.", ["Kharkiv's", "CNN", "Zelensky's"]),
        ("en", "Court Hears Case Against Pilot Dudchenko", []),
        ("en", "They told us it was for us.", []),
        ("en", "He left the U.S. in May.", ["U.S."]),
    ],
)
def test_firm_names(lang: Lang, text: str, expected: list[str]) -> None:
    assert firm(text, lang) == expected


def test_offsets_are_code_points_of_the_text() -> None:
    text = "🇺🇦 Тоді «Марія» й Олег приїхали з Мар'їнки…"
    for name in names(text, "uk"):
        assert text[name.start : name.end] == name.text


@pytest.mark.parametrize(
    ("ru", "uk", "en"),
    [
        ("в Киеве", "у Києві", "in Kiev"),
        ("с Владимиром", "з Володимиром", "with Volodymyr"),
        ("о Николае", "про Миколу", "about Mykola"),
        ("к Елене", "до Олени", "to Olena"),
        ("из США", "зі США", "from the USA"),
        ("про ВСУ", "про ЗСУ", "about the AFU"),
        ("в Запорожье", "у Запоріжжі", "in Zaporizhzhia"),
        ("в Кривом Роге", "у Кривому Розі", "in Kryvyi Rih"),
        ("о Зеленском", "про Зеленського", "about Zelenskyy"),
        ("с Олейником", "з Олійником", "with Oliinyk"),
    ],
)
def test_one_name_in_three_languages(ru: str, uk: str, en: str) -> None:
    a, b, c = (names(t, lang)[-1] for t, lang in ((ru, "ru"), (uk, "uk"), (en, "en")))
    assert same(a, b)
    assert same(b, c)
    assert same(a, c)


def test_short_forms_share_an_entity_with_the_full_name() -> None:
    assert same(names("и Саша", "ru")[-1], names("with Oleksandr", "en")[-1])
    assert same(names("и Саша", "ru")[-1], names("with Oleksandra", "en")[-1])
    assert not same(names("и Маша", "ru")[-1], names("with Natalia", "en")[-1])


def test_witnesses() -> None:
    ukraine = names("в Украине", "ru")[-1]
    assert witnessed(ukraine, "the ukrainian side")
    assert not witnessed(ukraine, "the russian side")
    assert mentions(ukraine, "Ukraine and the Ukrainian army", "en") == 2


def test_the_table_is_sound() -> None:
    table = lexicon()
    entities = [table.entity(number) for number in range(len(table))]
    assert len(entities) > 500
    assert sum(e.kind == "first" for e in entities) >= 150
    assert {e.kind for e in entities} == {"place", "org", "person", "first", "other"}
    assert all(e.witnesses == tuple(sorted(e.witnesses)) and all(e.witnesses) for e in entities)
    for lang in LANGS:
        assert settings()[lang]["common"]


def test_every_form_of_the_table_is_found_by_its_first_word() -> None:
    raw = resources.files("transcheck.text").joinpath("data/names.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in raw.splitlines() if line and not line.startswith("#")]
    table = lexicon()
    assert len(rows) == len(table)
    for number, (_, *versions, _) in enumerate(rows):
        for form in "|".join(versions).split("|"):
            word = WORD.search(form)
            assert word is not None, form
            first = POSSESSIVE.sub("", fold(word[0])).replace(".", "")
            assert any(f.entity == number for stem in stems(first) for f in table.forms(stem)), form


def test_stems_begin_with_the_word() -> None:
    assert stems("києвом")[0] == "києвом"
    assert "києв" in stems("києвом")
    assert stems("kyiv") == ("kyiv",)


def test_empty_text() -> None:
    assert names("", "en") == ()
    assert names("… — !", "ru") == ()
