from __future__ import annotations

import pytest

from transcheck.text.reporting import reporting_clauses, without_reporting
from transcheck.types import Lang

CASES: list[tuple[Lang, str, str]] = [
    ("ru", "«Мы закрыли шлюзы», — сказал инженер станции.", "сказал инженер станции"),
    ("uk", "«Ми закрили шлюзи», — сказав інженер станції.", "сказав інженер станції"),
    ("en", "“We closed the locks,” the station engineer said.", "the station engineer said"),
    ("ru", "Инженер станции сказал: «Мы закрыли шлюзы».", "Инженер станции сказал"),
    ("uk", "Інженер станції сказав: «Ми закрили шлюзи».", "Інженер станції сказав"),
]
SILENT: list[tuple[Lang, str]] = [
    ("ru", "«Мы закрыли шлюзы и ушли домой»."),
    ("uk", "Ми закрили шлюзи — вода вже стояла високо."),
    ("en", "We closed the locks; the water was already high."),
]


@pytest.mark.parametrize(("lang", "text", "clause"), CASES)
def test_the_clause_is_found_and_blanked(lang: Lang, text: str, clause: str) -> None:
    assert [s.of(text).strip() for s in reporting_clauses(text, lang)] == [clause]
    kept = without_reporting(text, lang)
    assert len(kept) == len(text)
    assert clause not in kept
    assert all(a in (b, " ") for a, b in zip(kept, text, strict=True))


@pytest.mark.parametrize(("lang", "text"), SILENT)
def test_speech_alone_has_no_clause(lang: Lang, text: str) -> None:
    assert reporting_clauses(text, lang) == ()
    assert without_reporting(text, lang) == text


def test_a_text_that_is_little_else_stays_whole() -> None:
    text = "«Да», — сказал инженер станции."
    assert reporting_clauses(text, "ru")
    assert without_reporting(text, "ru") == text
