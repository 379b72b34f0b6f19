"""Negations that a faithful version renders without one, through the whole pipe with the packaged encoder.

Each row stands beside one in which a negation is truly lost, so that silence on the first is no deafness.
"""

from __future__ import annotations

import csv

import pytest

from tests.unit.checks.rows import CASES
from transcheck.api import compare
from transcheck.types import Lang

Texts = dict[Lang, str]

FREE: dict[str, Texts] = {
    "two negations cancel": {
        "ru": "На этой улице нет дома без погибших.",
        "uk": "На цій вулиці немає будинку без загиблих.",
        "en": "Every house on this street has lost someone.",
    },
    "has yet to": {
        "ru": "Приговор ещё не вступил в силу.",
        "uk": "Вирок ще не набрав чинності.",
        "en": "The verdict has yet to take effect.",
    },
    "nobody but is only": {
        "ru": "Никто, кроме матери, ему не поверил.",
        "uk": "Ніхто, крім матері, йому не повірив.",
        "en": "Only his mother believed him.",
    },
    "too to": {
        "ru": "Он был так слаб, что не мог говорить.",
        "uk": "Він був такий слабкий, що не міг говорити.",
        "en": "He was too weak to speak.",
    },
    "a question that answers itself": {
        "ru": "Кто этого не знает?",
        "uk": "Хто цього не знає?",
        "en": "Everyone knows that.",
    },
}
LOST: dict[str, Texts] = {
    "of two cases": {
        "ru": "На этой улице не было ни одного взрыва.",
        "uk": "На цій вулиці не було жодного вибуху.",
        "en": "There was an explosion on this street.",
    },
    "of not yet": {
        "ru": "Мы ещё не знаем, кто стрелял.",
        "uk": "Ми ще не знаємо, хто стріляв.",
        "en": "We already know who fired.",
    },
    "of a plain verb": {
        "ru": "Мать ему не поверила.",
        "uk": "Мати йому не повірила.",
        "en": "His mother believed him.",
    },
    "of could": {
        "ru": "Он был ранен и не мог говорить.",
        "uk": "Він був поранений і не міг говорити.",
        "en": "He was wounded and could speak.",
    },
    "of a statement": {
        "ru": "Соседи этого не знают.",
        "uk": "Сусіди цього не знають.",
        "en": "The neighbours know that.",
    },
}


def _negations(texts: Texts) -> list[tuple[Lang | None, str]]:
    return [(f.lang, f.severity) for f in compare(texts).findings if f.code == "TC203"]


def test_a_clause_of_concession_renders_no_negation_of_another() -> None:
    texts: Texts = {
        "ru": "Занятия на первом этаже отменены, что бы ни писали в соцсетях.",
        "uk": "Уроків на першому поверсі не скасовано, хоч би що ви читали в соцмережах.",
        "en": "Classes on the ground floor have not been cancelled, whatever you read on social media.",
    }
    assert _negations(texts) == [("ru", "error")]


@pytest.mark.parametrize("name", FREE)
def test_a_rendered_negation_is_no_finding(name: str) -> None:
    assert _negations(FREE[name]) == []


@pytest.mark.parametrize("name", LOST)
def test_a_lost_negation_is_a_finding(name: str) -> None:
    found = _negations(LOST[name])
    assert [lang for lang, _ in found] == ["en"]


def test_hardly_any_of_many_hard_renderings_alarms() -> None:
    """Idioms that deny in one language and state in another; the few that still alarm are counted, not listed."""
    with (CASES / "negation_freedoms.tsv").open(encoding="utf-8", newline="") as handle:
        rows: list[Texts] = [
            {"ru": r["ru"], "uk": r["uk"], "en": r["en"]}
            for r in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]
    assert len(rows) > 200
    assert sum(bool(_negations(row)) for row in rows) <= 0.08 * len(rows)


def test_a_lost_not_far_from_its_verb_in_a_reordered_sentence() -> None:
    texts: Texts = {
        "ru": "Нацистов, про которых нам твердили на политзанятиях, я там не видел.",
        "uk": "Нацистів, про яких нам торочили на політзаняттях, я там не бачив. […]",
        "en": "I saw the Nazis they’d kept telling us about in our political classes.",
    }
    assert _negations(texts) == [("en", "error")]
