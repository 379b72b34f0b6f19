"""Who did it to whom: exchanged names and persons are found, other orders of words are not."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from transcheck.checks.base import Example
from transcheck.checks.confidence import WEAK
from transcheck.checks.roles import CHECKS, check
from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document, context_of
from transcheck.types import Document, Lang, Version

Texts = Mapping[Lang, str]


def roles(texts: Texts) -> list[tuple[Lang | None, str]]:
    versions = tuple(Version(lang, text) for lang, text in texts.items())
    report = compare_document(Document("test", versions), load_encoder())
    return [(f.lang, f.severity) for f in report.findings if f.code == "TC207"]


CALLED: Texts = {
    "ru": "Я позвонил ему в субботу вечером.",
    "uk": "Я зателефонував йому в суботу ввечері.",
    "en": "I called him on Saturday evening.",
}
TURNED: Texts = {
    "ru": "Он позвонил мне в субботу вечером.",
    "uk": "Він зателефонував мені в суботу ввечері.",
    "en": "He called me on Saturday evening.",
}


@pytest.mark.parametrize("fault", CALLED)
def test_persons_exchanged_in_one_of_three(fault: Lang) -> None:
    assert roles({**CALLED, fault: TURNED[fault]}) == [(fault, "error")]
    assert roles(CALLED) == []


NAMES: Texts = {
    "ru": "Остап обвинил Марка во лжи перед всем селом.",
    "uk": "Остап звинуватив Марка в брехні перед усім селом.",
    "en": "Ostap accused Marko of lying to the whole village.",
}


def test_names_exchanged_in_one_of_three() -> None:
    assert roles({**NAMES, "uk": "Марко звинуватив Остапа в брехні перед усім селом."}) == [("uk", "error")]
    assert roles(NAMES) == []


def test_an_object_that_comes_first_is_still_the_object() -> None:
    assert roles({**NAMES, "uk": "Марка звинуватив Остап у брехні перед усім селом."}) == []
    assert roles({"ru": "Мне он ничего не сказал.", "en": "He told me nothing."}) == []


PEOPLE: Texts = {
    "ru": "Потом лейтенант толкнул моего брата в спину.",
    "uk": "Потім лейтенант штовхнув мого брата в спину.",
    "en": "Then the lieutenant shoved my brother in the back.",
}


def test_people_exchanged_in_one_of_three() -> None:
    assert roles({**PEOPLE, "en": "Then my brother shoved the lieutenant in the back."}) == [("en", "error")]
    assert roles({**PEOPLE, "uk": "Потім мій брат штовхнув лейтенанта в спину."}) == [("uk", "error")]
    assert roles(PEOPLE) == []


@pytest.mark.parametrize(
    "texts",
    [
        {
            "uk": "Рятувальники витягли з підвалу трьох дітей.",
            "en": "Rescuers pulled three children out of the basement.",
        },
        {"ru": "Учителя встретили родителей у ворот.", "en": "The teachers met the parents at the gate."},
        {"ru": "Врач поговорил с женой и уехал.", "en": "The doctor talked to the wife and left."},
    ],
)
def test_endings_that_tell_nothing(texts: Texts) -> None:
    assert roles(texts) == []


def test_two_versions_leave_open_which_is_at_fault() -> None:
    assert roles({"ru": CALLED["ru"], "en": TURNED["en"]}) == [(None, "warning")]


def test_a_verb_whose_subject_is_the_object_of_the_other() -> None:
    assert roles({"ru": "Она мне нравится.", "en": "I like her."}) == []


@pytest.mark.parametrize("example", CHECKS[0].examples, ids=lambda e: e.wrong[1])
def test_examples(example: Example) -> None:
    (source, text), wrong, right = example.source, example.wrong, example.right
    assert roles({source: text, wrong[0]: wrong[1]})
    assert roles({source: text, right[0]: right[1]}) == []


def test_what_no_rule_tells_is_proposed_as_the_network_reads_it() -> None:
    ru = "По словам Петренко, о пожаре Климову сообщили соседи, и Климов вызвал врачей."
    wrong = "According to Klymov, the neighbours told Petrenko about the fire, and Petrenko called the doctors."
    right = "According to Petrenko, the neighbours told Klymov about the fire, and Klymov called the doctors."

    def proposed(en: str) -> list[float]:
        document = Document("test", (Version("ru", ru), Version("en", en)))
        return [f.score for f in check(context_of(document, load_encoder()))]

    assert proposed(wrong) == [WEAK]
    assert proposed(right) == []


@pytest.mark.parametrize(
    "texts",
    [
        {
            "ru": "В 1995 году его признали лучшим игроком клуба.",
            "uk": "У 1995 році його обрали найкращим гравцем клубу.",
            "en": "In 1995 he was voted the best player of the club.",
        },
        {
            "ru": "Предложение группы «Норд» сэра Ричарда Хейла отклонили.",
            "uk": "Пропозицію групи «Норд» сера Річарда Гейла відхилили.",
            "en": "Sir Richard Hale's Nord Group had its bid rejected.",
        },
        {
            "ru": "В Виннипег он приехал из Черновцов.",
            "uk": "Він приїхав із Чернівців до Вінніпега.",
            "en": "He had come to Winnipeg from Chernivtsi.",
        },
        {"ru": "Они были признаны виновными.", "uk": "Їх було визнано винними.", "en": "They were found guilty."},
    ],
)
def test_passives_and_names_that_belong_to_one_another_exchange_nothing(texts: Texts) -> None:
    assert roles(texts) == []


CARRIED: Texts = {
    "ru": "Сосед вынес меня через окно кухни.",
    "uk": "Сусід виніс мене крізь кухонне вікно.",
    "en": "My neighbour carried me out through the kitchen window.",
}


@pytest.mark.parametrize(
    ("fault", "turned"),
    [
        ("ru", "Я вынес соседа через окно кухни."),
        ("uk", "Я виніс сусіда крізь кухонне вікно."),
        ("en", "I carried my neighbour out through the kitchen window."),
    ],
)
def test_a_person_that_acts_where_the_others_have_it_acted_upon(fault: Lang, turned: str) -> None:
    assert roles({**CARRIED, fault: turned}) == [(fault, "error")]
    assert roles(CARRIED) == []


@pytest.mark.parametrize(
    "texts",
    [
        {"ru": "Мне нужна вода.", "uk": "Мені потрібна вода.", "en": "I need water."},
        {"ru": "Мне хватает этих денег.", "uk": "Мені вистачає цих грошей.", "en": "I have enough money."},
        {"ru": "Нас накормили в школе.", "uk": "Нас нагодували в школі.", "en": "We did get fed at the school."},
        {"ru": "Мне хотелось уйти.", "uk": "Мені хотілося піти.", "en": "I wanted to leave."},
        {"ru": "Он спросил меня, я его.", "uk": "Він спитав мене, я його.", "en": "I asked him and he asked me."},
    ],
    ids=lambda t: t["en"],
)  # fmt: skip
def test_constructions_that_have_the_subject_as_an_object(texts: Texts) -> None:
    assert roles(texts) == []
