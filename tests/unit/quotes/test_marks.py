"""Which quotation marks belong together."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcheck.quotes.clauses import turn
from transcheck.quotes.marks import Pairing
from transcheck.types import Lang, Span


def paragraphs(text: str) -> list[Span]:
    spans, at = [], 0
    for piece in text.split("\n\n"):
        spans.append(Span(at, at + len(piece)))
        at += len(piece) + 2
    return spans


def quoted(text: str) -> list[list[str]]:
    return [[p.of(text) for p in q.parts] for q in Pairing(text, text, paragraphs(text)).quoted()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Один» и «два».", [["Один"], ["два"]]),
        ("«Он назвал это „войной“ и ушёл».", [["Он назвал это „войной“ и ушёл"]]),
        ("„Так“, – каже він. „Він сказав „йди“ мені“. “So”", [["Так"], ["Він сказав „йди“ мені"], ["So"]]),
        ("“I don’t know ’em,” he said.", [["I don’t know ’em,"]]),
        ("‘The soldiers’ boots were wet,’ she said.", [["The soldiers’ boots were wet,"]]),
        ("'I don't,' he said. 'It's James' car,' she added. 'Tis the '90s.", [["I don't,"], ["It's James' car,"]]),
        ('"Yes," he said, "it\'s fine." The "experts" left.', [["Yes,"], ["it's fine."], ["experts"]]),
        ("м’ясо, п'ять, 'дім'", [["дім"]]),
        ("‘He said “no” to us,’ it reads", [["He said “no” to us,"]]),
        ("‹Ну›, — сказал он", [["Ну"]]),
        ("«Первый.\n\n«Второй.\n\n«Третий», — сказал он.", [["Первый.", "Второй.", "Третий"]]),
        ("«Начало.\n\nСередина.\n\nКонец», — сказал он.", [["Начало.", "Середина.", "Конец"]]),
        ("«Он крикнул: «Стой!», — вспоминает она.", [["Он крикнул: «Стой!»"]]),
        ("Сказал: «Без конца. Мэр ушёл. «Завтра», — добавил.", [["Завтра"]]),
        ('A stray " mark and “a real one” here.', [["a real one"]]),
        ("He said: “No end here. The mayor left.", [["No end here. The mayor left."]]),
        ("12\" wide, 5' long", []),
    ],
)
def test_pairs(text: str, expected: list[list[str]]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet="aб «»„“”\"‘’'‹›.,!?—\n", max_size=80))
def test_any_text_gives_ordered_spans_within_it(text: str) -> None:
    found = Pairing(text, text, paragraphs(text)).quoted()
    for quotation in found:
        assert all(0 <= p.start <= p.end <= len(text) for p in quotation.parts)
        assert all(a.end <= b.start for a, b in pairwise(quotation.parts))
    for one, other in pairwise(found):
        assert one.parts[0].start <= other.parts[0].start


@pytest.mark.parametrize(
    ("lang", "text", "speech", "author"),
    [
        ("ru", "Да, — сказал он. — Пойдём", ["Да", "Пойдём"], ["сказал он"]),
        ("ru", "Нет! — он встал. — Никогда!", ["Нет!", "Никогда!"], ["он встал"]),
        (
            "ru",
            "Война — это холод, — сказала Вера. — Остальное — потом.",
            ["Война — это холод", "Остальное — потом."],
            ["сказала Вера"],
        ),
        ("ru", "Когда я уеду — а я уеду, — пусть пришлют", ["Когда я уеду — а я уеду, — пусть пришлют"], []),
        ("uk", "Я прийшла, — пригадує студентка. — Стояла", ["Я прийшла", "Стояла"], ["пригадує студентка"]),
        ("uk", "А ви? — Я? — Так, ви, — сказав він.", ["А ви? — Я? — Так, ви"], ["сказав він"]),
    ],
)
def test_author_within_speech(lang: Lang, text: str, speech: list[str], author: list[str]) -> None:
    found = turn(text, Span(0, len(text)), lang)
    assert [s.of(text) for s in found.speech] == speech
    assert [s.of(text) for s in found.author] == author
