"""What two versions share and the third lacks: a phrase of a few words that no pair alone is sure of."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from transcheck.checks.coverage import Words, words_of
from transcheck.checks.triple import ALONE_FEATURES, FEATURES, alone, shared
from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document
from transcheck.types import Cell, Document, Finding, Lang, Place, Version

Texts = Mapping[Lang, str]

WHOLE: Texts = {
    "ru": "Я три года подписывала эти счета и уже со второго месяца знала, что такой фирмы не существует.",
    "uk": "Я три роки підписувала ті рахунки й уже з другого місяця знала, що такої фірми не існує.",
    "en": "I signed off those invoices for three years, and knew from the second month that the firm didn't exist.",
}
SHORT: Texts = {
    "ru": "Я три года подписывала эти счета и знала, что такой фирмы не существует.",
    "uk": "Я три роки підписувала ті рахунки й знала, що такої фірми не існує.",
    "en": "I signed off those invoices for three years, and knew that the firm didn't exist.",
}


def words(texts: Texts) -> dict[Lang, Words]:
    encoder = load_encoder()
    return {x: words_of(Cell(x, (0,), Place(x, 0, len(t), t)), encoder) for x, t in texts.items()}


def passages(texts: Texts, code: str) -> list[Finding]:
    versions = tuple(Version(x, t, x) for x, t in texts.items())
    report = compare_document(Document("test", versions), load_encoder())
    return [f for f in report.findings if f.code == code]


def omissions(texts: Texts) -> list[Finding]:
    return passages(texts, "TC101")


@pytest.mark.parametrize("fault", WHOLE)
def test_a_phrase_gone_from_one_of_three(fault: Lang) -> None:
    (found,) = omissions({**WHOLE, fault: SHORT[fault]})
    assert found.lang == fault
    kept = {p.lang: p.text for p in (found.span, *found.counterparts) if p.text}
    assert set(kept) == set(WHOLE) - {fault}
    for lang, text in kept.items():
        assert {"ru": "второго месяца", "uk": "другого місяця", "en": "second month"}[lang] in text


def test_nothing_gone_from_whole_versions() -> None:
    assert omissions(WHOLE) == []
    assert omissions(SHORT) == []


def test_the_runs_of_both_versions_are_counterparts() -> None:
    found = shared(words({**WHOLE, "uk": SHORT["uk"]}), "uk")
    assert found is not None
    assert set(found.runs) == {"ru", "en"}
    assert len(found.features) == len(FEATURES)
    assert dict(zip(FEATURES, found.features, strict=True))["agreement"] == 1.0


LONGER: Texts = {
    "ru": "Двор мы убрали за счёт городского бюджета, а деревья посадили сами.",
    "uk": "Подвір'я ми прибрали коштом міського бюджету, а дерева посадили самі.",
    "en": "We cleaned the yard at the expense of the city budget, and planted the trees ourselves.",
}
PLAIN: Texts = {
    "ru": "Двор мы убрали, а деревья посадили сами.",
    "uk": "Подвір'я ми прибрали, а дерева посадили самі.",
    "en": "We cleaned the yard, and planted the trees ourselves.",
}


@pytest.mark.parametrize("fault", PLAIN)
def test_a_phrase_that_one_of_three_has_alone(fault: Lang) -> None:
    assert passages(PLAIN, "TC102") == []
    (found,) = passages({**PLAIN, fault: LONGER[fault]}, "TC102")
    assert found.lang == found.span.lang == fault
    assert {"ru": "городского бюджета", "uk": "міського бюджету", "en": "city budget"}[fault] in found.span.text
    assert all(not p.text for p in found.counterparts)


def test_what_stands_alone_is_described() -> None:
    found = alone(words({**PLAIN, "uk": LONGER["uk"]}), "uk")
    assert found is not None
    assert len(found.features) == len(ALONE_FEATURES)
    assert found.first < found.last
    assert alone(words(PLAIN), "uk") is None


def test_a_word_that_stands_instead_is_weighed() -> None:
    toll: Texts = {
        "ru": "Плата за проезд по мосту выросла вдвое.",
        "uk": "Плата за проїзд мостом зросла вдвічі.",
        "en": "The toll on the bridge has doubled.",
    }
    gone: Texts = {**toll, "en": "It has doubled."}
    held = [shared(words(t), "en") for t in (toll, gone)]
    instead = [found.features[FEATURES.index("instead")] for found in held if found]
    assert len(instead) == 2
    assert instead[0] > instead[1] + 1
