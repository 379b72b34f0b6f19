from __future__ import annotations

from typing import Any

import pytest

from tests.unit.checks.rows import cases, context, run
from transcheck.checks import modality
from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document
from transcheck.types import LANGS, Document, Lang, Version


@pytest.mark.parametrize("case", cases("modality"), ids=lambda c: c["name"])
def test_case(case: dict[str, Any]) -> None:
    found = [[f.lang or "", f.severity] for f in run(case, modality.check)]
    assert found == case["findings"]


@pytest.mark.parametrize("example", [e for c in modality.CHECKS for e in c.examples], ids=lambda e: e.wrong[1])
def test_declared_source_puts_the_fault_on_the_translation(example: Any) -> None:
    source, _ = example.source
    texts = {lang: dict([example.source, example.wrong])[lang] for lang in LANGS if lang in (source, example.wrong[0])}
    found = list(modality.check(context(texts, LINKS, source)))
    assert [f.lang for f in found] == [example.wrong[0]]


@pytest.mark.parametrize("example", [e for c in modality.CHECKS for e in c.examples], ids=lambda e: e.right[1])
def test_right_example_draws_nothing(example: Any) -> None:
    texts = dict([example.source, example.right])
    assert list(modality.check(context({lang: texts[lang] for lang in LANGS if lang in texts}, LINKS))) == []


def test_one_filled_cell_draws_nothing() -> None:
    assert list(modality.check(context({"ru": "Все не открыли и должны были."}))) == []


LINKS = (
    "пересмотреть переглянути review",
    "отступить відступити retreat",
    "ночі night",
)


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (
            {
                "ru": "Возможно, он останется в заявке, хотя колено у парня пошаливает, а нам играть через три дня.",
                "uk": "Він лишиться в заявці, хоча коліно хлопцеві дошкуляє, а грати нам уже за три дні.",
                "en": "He may stay in the squad, although his knee has been playing up and we play in three days.",
            },
            "uk",
        ),
        (
            {
                "ru": "Возможно, вирус пришёл к нам с птицефермы, но доказательств у нас пока ноль.",
                "uk": "Можливо, вірус прийшов до нас із птахоферми, але доказів у нас поки що нуль.",
                "en": "The virus must have come to us from the poultry farm, but so far we have zero proof.",
            },
            "en",
        ),
        (
            {
                "ru": "Сафари — это, вероятно, самая большая приманка для туристов в Африке.",
                "uk": "Сафарі — це, напевно, найбільша туристична принада Африки.",
                "en": "Safaris are perhaps the greatest tourism draw in Africa.",
            },
            None,
        ),
        (
            {
                "ru": "Возможно, он уехал, потому что вода пришла первой?",
                "uk": "Чи він поїхав тому, що вода прийшла першою?",
                "en": "Could it be that he left because the water came first?",
            },
            None,
        ),
        (
            {
                "ru": "Возможно, он уже уехал. Кто его знает?",
                "uk": "Він уже поїхав. Хто його знає?",
                "en": "Perhaps he has already left. Who knows?",
            },
            "uk",
        ),
    ],
)
def test_doubt_by_words_of_any_class(texts: dict[Lang, str], fault: Lang | None) -> None:
    versions = tuple(Version(lang, text) for lang, text in texts.items())
    report = compare_document(Document("test", versions), load_encoder())
    assert {f.lang for f in report.findings if f.code == "TC204"} == ({fault} if fault else set())


OUTVOTED: dict[Lang, str] = {
    "ru": "Я могу понять его злость, но я обязан ему помочь: он отец моих детей.",
    "uk": "Я можу зрозуміти його лють, але мушу йому допомогти: він батько моїх дітей.",
    "en": "I can understand his anger, but I have to help him: he is the father of my children.",
}
WEAKER: dict[Lang, tuple[str, str]] = {
    "ru": ("я обязан ему помочь", "я могу ему помочь"),
    "uk": ("мушу йому допомогти", "можу йому допомогти"),
    "en": ("have to help", "may help"),
}


@pytest.mark.parametrize("fault", OUTVOTED)
def test_a_duty_among_other_modals_that_becomes_leave(fault: Lang) -> None:
    def told(texts: dict[Lang, str]) -> list[tuple[Lang | None, str]]:
        document = Document("m", tuple(Version(x, texts[x], x) for x in LANGS))
        found = compare_document(document, load_encoder()).findings
        return [(f.lang, f.code) for f in found if f.code == "TC204"]

    assert told(OUTVOTED) == []
    assert (fault, "TC204") in told({**OUTVOTED, fault: OUTVOTED[fault].replace(*WEAKER[fault])})
