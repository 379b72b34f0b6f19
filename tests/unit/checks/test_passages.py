"""Passages through the whole pipe with the packaged encoder: what is lost, added, cut openly, moved or replaced."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pytest

from transcheck.api import compare
from transcheck.encode import load_encoder
from transcheck.types import LANGS, Encoder, Finding, Lang

SENTENCES: dict[Lang, tuple[str, ...]] = {
    "ru": (
        "Соседи проснулись от взрыва.",
        "Пожарные приехали через двадцать минут.",
        "Спасатели вытащили из подвала троих детей.",
        "Утром больница приняла всех раненых.",
    ),
    "uk": (
        "Сусіди прокинулися від вибуху.",
        "Пожежники приїхали за двадцять хвилин.",
        "Рятувальники витягли з підвалу трьох дітей.",
        "Вранці лікарня прийняла всіх поранених.",
    ),
    "en": (
        "The neighbours woke up from the explosion.",
        "The firefighters arrived twenty minutes later.",
        "Rescuers pulled three children out of the basement.",
        "In the morning the hospital took in all the wounded.",
    ),
}
ADDED: dict[Lang, str] = {
    "ru": "Сторож соседнего склада всю ночь пил и никого не пустил.",
    "uk": "Сторож сусіднього складу всю ніч пив і нікого не пустив.",
    "en": "The watchman of the warehouse next door drank all night and let nobody in.",
}
UNRELATED: dict[Lang, str] = {
    "ru": "Министр финансов пообещал снизить налоги для фермеров, но оппозиция не поддержала этот законопроект.",
    "uk": "Міністр фінансів пообіцяв знизити податки для фермерів, але опозиція не підтримала цей законопроєкт.",
    "en": "The finance minister promised to cut taxes for farmers, but the opposition did not support the bill.",
}
MORNING: dict[Lang, str] = {
    "ru": "Утром городская больница приняла всех раненых, а родственников до вечера не пускали в отделение.",
    "uk": "Вранці міська лікарня прийняла всіх поранених, а родичів до вечора не пускали до відділення.",
    "en": "In the morning the city hospital took in all the wounded, and until evening relatives were not let in.",
}
PAIRS: list[tuple[Lang, Lang]] = [(a, b) for a in LANGS for b in LANGS if a != b]


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    return load_encoder()


def _found(texts: Mapping[Lang, str], source: Lang | None = None) -> list[Finding]:
    report = compare(texts, _encoder(), source)
    assert report.documents[0].error is None
    for finding in report.findings:
        for place in (finding.span, *finding.counterparts):
            assert texts[place.lang][place.start : place.end] == place.text
    return list(report.findings)


def _with(fault: Lang, sentences: tuple[str, ...], langs: tuple[Lang, ...] = LANGS) -> dict[Lang, str]:
    return {lang: " ".join(sentences if lang == fault else SENTENCES[lang]) for lang in langs}


def test_faithful_versions_have_no_finding() -> None:
    assert not _found(_with("ru", SENTENCES["ru"]))


@pytest.mark.parametrize("lost", [1, 2])
@pytest.mark.parametrize("fault", LANGS)
def test_a_lost_sentence_is_an_omission_of_the_version_that_lacks_it(fault: Lang, lost: int) -> None:
    own = SENTENCES[fault]
    (finding,) = _found(_with(fault, own[:lost] + own[lost + 1 :]))
    assert (finding.code, finding.severity, finding.lang, finding.span.text) == ("TC101", "error", fault, "")
    assert {p.lang: p.text for p in finding.counterparts} == {o: SENTENCES[o][lost] for o in LANGS if o != fault}


@pytest.mark.parametrize(("fault", "source"), PAIRS)
def test_with_two_versions_the_translation_is_at_fault(fault: Lang, source: Lang) -> None:
    own = SENTENCES[fault]
    lacking = _with(fault, own[:2] + own[3:], (fault, source))
    (finding,) = _found(lacking, source)
    assert (finding.code, finding.lang) == ("TC101", fault)
    (unknown,) = _found(lacking)
    assert unknown.lang is None
    longer = _with(fault, (*own[:2], ADDED[fault], *own[2:]), (fault, source))
    (added,) = _found(longer, source)
    assert (added.code, added.lang, added.span.text) == ("TC102", fault, ADDED[fault])


@pytest.mark.parametrize("mark", ["…", "...", "[...]", "[…]", "(…)"])
@pytest.mark.parametrize("fault", LANGS)
def test_a_marked_cut_is_a_note(fault: Lang, mark: str) -> None:
    own = SENTENCES[fault]
    (finding,) = _found(_with(fault, (*own[:2], mark, *own[3:])))
    assert (finding.code, finding.severity, finding.lang) == ("TC103", "note", fault)


@pytest.mark.parametrize("fault", LANGS)
def test_an_added_sentence_is_an_addition_unless_it_is_bracketed(fault: Lang) -> None:
    own = SENTENCES[fault]
    (finding,) = _found(_with(fault, (*own[:2], ADDED[fault], *own[2:])))
    assert (finding.code, finding.severity, finding.lang) == ("TC102", "error", fault)
    assert finding.span.text == ADDED[fault]
    for opening, closing in ("[]", "()"):
        assert not _found(_with(fault, (*own[:2], opening + ADDED[fault] + closing, *own[2:])))


@pytest.mark.parametrize("fault", LANGS)
def test_a_sentence_at_another_place_is_moved_not_lost(fault: Lang) -> None:
    own = SENTENCES[fault]
    (finding,) = _found(_with(fault, (*own[1:], own[0])))
    assert (finding.code, finding.category, finding.lang) == ("TC104", "reordered", fault)
    assert finding.span.text == own[0]


@pytest.mark.parametrize("fault", LANGS)
def test_an_unrelated_sentence_differs_in_meaning(fault: Lang) -> None:
    texts = {lang: UNRELATED[lang] if lang == fault else MORNING[lang] for lang in LANGS}
    (finding,) = _found(texts)
    assert (finding.code, finding.lang, finding.span.text) == ("TC201", fault, UNRELATED[fault])


@pytest.mark.parametrize(("fault", "source"), PAIRS)
def test_meaning_of_two_versions(fault: Lang, source: Lang) -> None:
    texts = {fault: UNRELATED[fault], source: MORNING[source]}
    assert [(f.code, f.lang) for f in _found(texts, source)] == [("TC201", fault)]
    assert [(f.code, f.lang) for f in _found(texts)] == [("TC201", None)]


CLEAN: dict[str, dict[Lang, str]] = {
    "sentences end elsewhere": {
        "ru": "Мы хотели одного: чтобы семья узнала правду. Письмо написал я, в понедельник, после смены.",
        "uk": "Ми хотіли одного — щоб родина дізналася правду. Лист написав я. Було це в понеділок, після зміни.",
        "en": "All we wanted was for the family to learn the truth. "
        "It was I who wrote the letter, on Monday, after my shift.",
    },
    "an idiom beside a sentence that was joined to the next": {
        "ru": "Жена позвонила под утро. И связь оборвалась. Больше она не звонила. Кот до сих пор ждёт её у двери.",
        "uk": "Дружина подзвонила вдосвіта. І зв’язок обірвався. Більше вона не дзвонила. "
        "Кіт і досі чекає на неї біля дверей.",
        "en": "My wife called before dawn. Then the line went dead, and she never called again. "
        "The cat still waits for her at the door.",
    },
    "a short idiomatic answer": {
        "ru": "— Вы узнали этого человека? — Ещё бы. Мы с ним служили в одной роте.",
        "uk": "— Ви впізнали цього чоловіка? — Аякже. Ми з ним служили в одній роті.",
        "en": "“Did you recognise this man?” “I should think so. We served in the same company.”",
    },
    "a cut in angle brackets": {
        "ru": "Я прошу одного: внесите это в протокол. Мне говорили: покайся, получишь меньше. Каяться мне не в чем.",
        "uk": "Я прошу одного: внесіть це до протоколу. <…> Каятися мені нема в чому.",
        "en": "I ask one thing: put this on the record. I was told: repent and you will get less. "
        "I have nothing to repent of.",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_honest_freedom_is_no_finding(name: str) -> None:
    assert [f for f in _found(CLEAN[name]) if f.severity != "note"] == []


CLAUSE: dict[Lang, tuple[str, str]] = {
    "ru": ("Свидетель опознал обоих подсудимых", ", хотя на допросе его двое суток не пускали домой"),
    "uk": ("Свідок упізнав обох підсудних", ", хоча на допиті його дві доби не пускали додому"),
    "en": ("The witness identified both defendants", ", although for two days of questioning he was not allowed home"),
}  # fmt: skip


@pytest.mark.parametrize("fault", LANGS)
def test_a_lost_clause_is_an_omission(fault: Lang) -> None:
    texts = {lang: CLAUSE[lang][0] + ("" if lang == fault else CLAUSE[lang][1]) + "." for lang in LANGS}
    (finding,) = [f for f in _found(texts) if f.severity != "note"]
    assert (finding.code, finding.lang, finding.span.text) == ("TC101", fault, "")


@pytest.mark.parametrize("fault", LANGS)
def test_an_added_clause_is_an_addition(fault: Lang) -> None:
    texts = {lang: CLAUSE[lang][0] + (CLAUSE[lang][1] if lang == fault else "") + "." for lang in LANGS}
    (finding,) = [f for f in _found(texts) if f.severity != "note"]
    assert (finding.code, finding.lang) == ("TC102", fault)
    assert finding.span.text in CLAUSE[fault][1]
