"""TC210: small words that decide what is said, lost or added by one version."""

from __future__ import annotations

import pytest

from transcheck.checks import operators
from transcheck.encode import load_encoder
from transcheck.run.pipeline import context_of
from transcheck.text.lexicon import table
from transcheck.types import LANGS, Document, Example, Finding, Lang, Version

Texts = dict[Lang, str]


def findings(texts: Texts, source: str = "") -> list[Finding]:
    document = Document(
        "test", tuple(Version(x, t) for x, t in texts.items()), (("source_lang", source),) if source else ()
    )
    return list(operators.check(context_of(document, load_encoder())))


WITH: dict[str, Texts] = {
    "only": {
        "ru": "В нашем доме сорок квартир, и стёкла уцелели лишь на северной стороне.",
        "uk": "У нашому будинку сорок квартир, і шибки вціліли тільки з північного боку.",
        "en": "There are forty flats in our building, and only on the north side are the windowpanes still there.",
    },
    "almost": {
        "ru": "Почти каждый ребёнок в моём классе назовёт вам шесть динозавров.",
        "uk": "Майже кожна дитина в моєму класі назве вам шість динозаврів.",
        "en": "Nearly every child in my class can name you six dinosaurs.",
    },
    "probably": {
        "ru": "Взломщики, вероятно, хозяйничали в сети с весны.",
        "uk": "Зламники, ймовірно, господарювали в мережі від весни.",
        "en": "The hackers had probably been running the network since spring.",
    },
    "half": {
        "ru": "Половина учителей в нашей школе давно на пенсии.",
        "uk": "Половина вчителів у нашій школі давно на пенсії.",
        "en": "Half the teachers in our school have long been retired.",
    },
}
LOST: dict[str, Texts] = {
    "only": {
        "ru": "В нашем доме сорок квартир, и стёкла уцелели на северной стороне.",
        "uk": "У нашому будинку сорок квартир, і шибки вціліли з північного боку.",
        "en": "There are forty flats in our building, and on the north side the windowpanes are still there.",
    },
    "almost": {
        "ru": "Каждый ребёнок в моём классе назовёт вам шесть динозавров.",
        "uk": "Кожна дитина в моєму класі назве вам шість динозаврів.",
        "en": "Every child in my class can name you six dinosaurs.",
    },
    "probably": {
        "ru": "Взломщики хозяйничали в сети с весны.",
        "uk": "Зламники господарювали в мережі від весни.",
        "en": "The hackers had been running the network since spring.",
    },
    "half": {
        "ru": "Учителя в нашей школе давно на пенсии.",
        "uk": "Вчителі в нашій школі давно на пенсії.",
        "en": "The teachers in our school have long been retired.",
    },
}


@pytest.mark.parametrize("fault", LANGS)
@pytest.mark.parametrize("operator", WITH)
def test_what_two_versions_have_and_the_third_lost(operator: str, fault: Lang) -> None:
    whole = WITH[operator]
    assert findings(whole) == []
    (finding,) = findings({**whole, fault: LOST[operator][fault]})
    assert finding.lang == fault
    assert finding.severity == table("operators")[operator]["lost"]
    assert {p.lang for p in finding.counterparts} == set(LANGS) - {fault}
    assert all(p.text in whole[p.lang] for p in finding.counterparts)


@pytest.mark.parametrize("fault", LANGS)
def test_what_one_version_has_alone(fault: Lang) -> None:
    (finding,) = findings({**LOST["almost"], fault: WITH["almost"][fault]})
    assert (finding.lang, finding.severity) == (fault, "warning")
    assert finding.span.text in ("Почти", "Майже", "Nearly")


def test_another_way_to_say_it() -> None:
    assert findings({**WITH["only"], "en": "Of our forty flats none but those on the north side kept them."}) == []


def test_an_editors_addition_in_brackets_is_no_word_of_the_version() -> None:
    texts: Texts = {
        "ru": "Каждый [почти] ребёнок назовёт вам шесть динозавров.",
        "uk": "Кожна дитина назве вам шість динозаврів.",
        "en": "Every child can name you six dinosaurs.",
    }
    assert findings(texts) == []


def test_an_open_cut_may_take_it_along() -> None:
    cut = "[...] учителя в нашей школе давно на пенсии."
    assert findings({**WITH["half"], "ru": cut}) == []


def test_of_two_versions_the_translation_lost_it() -> None:
    texts: Texts = {"ru": WITH["half"]["ru"], "en": LOST["half"]["en"]}
    (finding,) = findings(texts, source="ru")
    assert finding.lang == "en"
    assert findings(texts)[0].lang is None


def test_every_operator_has_forms_in_every_language() -> None:
    for name, entry in table("operators").items():
        assert entry["name"], name
        for lang in LANGS:
            assert entry["strict"][lang], (name, lang)
            assert set(entry["strict"][lang]).isdisjoint(entry["loose"][lang]), (name, lang)


@pytest.mark.parametrize("example", operators.OPERATOR.examples)
def test_examples(example: Example) -> None:
    assert findings(dict([example.source, example.wrong]))
    assert findings(dict([example.source, example.right])) == []
