"""Short quotations that a version leaves in the language of another."""

from __future__ import annotations

import pytest

from tests.unit.checks.versions import findings
from transcheck.types import Lang

TEXTS: dict[Lang, str] = {
    "ru": "Мы подошли ближе. „Забирайте всё и уходите“, — крикнула мама. Потом стало тихо.",
    "uk": "Ми підійшли ближче. „Забирайте все і йдіть геть“, — крикнула мама. Потім стало тихо.",
    "en": "We came closer. ‘Take everything and go,’ my mother shouted. Then it went quiet.",
}
QUOTED: dict[Lang, str] = {
    "ru": "Забирайте всё и уходите",
    "uk": "Забирайте все і йдіть геть",
    "en": "Take everything and go",
}


@pytest.mark.parametrize(
    ("fault", "source"), [("en", "uk"), ("en", "ru"), ("uk", "ru"), ("ru", "uk"), ("ru", "en"), ("uk", "en")]
)
def test_a_quotation_left_in_another_language(fault: Lang, source: Lang) -> None:
    assert findings(TEXTS, "TC401") == []
    texts = {**TEXTS, fault: TEXTS[fault].replace(QUOTED[fault], QUOTED[source])}
    (finding,) = findings(texts, "TC401")
    assert finding.lang == fault
    assert QUOTED[source] in finding.span.text
    assert source in [p.lang for p in finding.counterparts]


def test_a_name_in_quotation_marks_may_stay() -> None:
    texts: dict[Lang, str] = {
        "ru": "Мы читали об этом в газете «Kyiv Post» утром.",
        "uk": "Ми читали про це в газеті «Київ Пост» уранці.",
        "en": "We read about it in “Kyiv Post” in the morning.",
    }
    assert findings(texts, "TC401") == []


def test_words_that_both_others_share_may_stay() -> None:
    texts: dict[Lang, str] = {
        "ru": "На стене было написано «слава нации», и всё.",
        "uk": "На стіні було написано «слава нации», і все.",
        "en": "The wall said “слава нации” and nothing else.",
    }
    assert [f for f in findings(texts, "TC401") if f.lang == "en"] == []
