"""Runs of words that one version lacks or has alone: a phrase of a few words that no pair alone is sure of."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from transcheck.checks.lacking import ALONE, PAIR, SHARED
from transcheck.checks.runs import VIEW, Candidate, candidates
from transcheck.checks.runs import WHOLE as OF_WHOLE
from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document, context_of
from transcheck.types import Document, Finding, Lang, Version

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


def found(texts: Texts) -> list[Candidate]:
    document = Document("test", tuple(Version(x, t, x) for x, t in texts.items()))
    context = context_of(document, load_encoder())
    return [c for row in context.rows for c in candidates(context, row, {})]


def named(candidate: Candidate) -> dict[str, float]:
    names = VIEW if candidate.kind == PAIR else (*(f"least {x}" for x in VIEW), *(f"most {x}" for x in VIEW))
    return dict(zip((*names, *OF_WHOLE[candidate.kind]), candidate.features, strict=True))


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
    (lost,) = (c for c in found({**WHOLE, "uk": SHORT["uk"]}) if c.kind == SHARED and c.at == "uk")
    assert set(lost.runs) == {"ru", "en"}
    features = named(lost)
    assert features["agreement"] == features["rendering"] == 1.0
    assert lost.log_odds > max((c.log_odds for c in found(WHOLE)), default=-9.0)


def test_two_versions_are_weighed_alone() -> None:
    texts = {"ru": WHOLE["ru"], "en": SHORT["en"]}
    (lost,) = (c for c in found(texts) if c.at == "en")
    assert lost.kind == PAIR
    assert set(lost.runs) == {"ru"}
    assert named(lost)["own ru"] == named(lost)["other en"] == 1.0


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
    (added,) = (c for c in found({**PLAIN, "uk": LONGER["uk"]}) if c.kind == ALONE and c.at == "uk")
    assert set(added.runs) == {"uk"}
    assert named(added)["instead"] == 0.0
    assert not [c for c in found(PLAIN) if c.kind == ALONE and c.log_odds > 0]


def test_a_word_that_stands_instead_leaves_less_to_be_lacking() -> None:
    toll: Texts = {
        "ru": "Плата за проезд по мосту выросла вдвое.",
        "uk": "Плата за проїзд мостом зросла вдвічі.",
        "en": "The toll on the bridge has doubled.",
    }
    gone: Texts = {**toll, "en": "It has doubled."}
    odds = [
        max((c.log_odds for c in found(t) if c.kind == SHARED and c.at == "en"), default=-9.0) for t in (toll, gone)
    ]
    assert odds[1] > odds[0]


def test_texts_without_words_are_passed_over() -> None:
    assert found({"ru": "…", "uk": "…", "en": "…"}) == []
