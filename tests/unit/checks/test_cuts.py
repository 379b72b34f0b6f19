"""Marked cuts: what they swallowed of the fuller version, and how that reads where no list knows its words."""

from __future__ import annotations

import pytest

from transcheck.checks.cuts_read import cuts, log_odds
from transcheck.encode import FAST, load_encoder
from transcheck.types import Lang

GAPS: list[tuple[Lang, Lang, str, str, str]] = [
    (
        "ru",
        "en",
        "Пекарня стояла на берегу реки, в доме моего деда. Хлеб мы возили на лодке.",
        "The bakery stood on the bank of the river […]. We delivered the bread by boat.",
        "в доме моего деда",
    ),
    (
        "en",
        "ru",
        "I joined the orchestra in March. The conductor was ill that week. We played the whole season without him.",
        "Я пришёл в оркестр в марте. (…) Весь сезон мы играли без него.",
        "The conductor was ill that week",
    ),
    (
        "uk",
        "en",
        "Шановні гості, дякую вам за терпіння. Міст відкриємо першого липня.",
        "… We will open the bridge on the first of July.",
        "Шановні гості, дякую вам за терпіння",
    ),
    (
        "ru",
        "en",
        "Мост откроют первого июля, за вычетом пешеходной части. Плата за проезд останется прежней, четыре гривны.",
        "The bridge will open on the first of July […]. The toll will stay the same, four hryvnias.",
        "за вычетом пешеходной части",
    ),
]


@pytest.mark.parametrize(
    ("lang", "other", "full", "cut", "swallowed"),
    GAPS,
    ids=["phrase", "sentence", "beginning", "before a sentence that keeps its sense in other words"],
)
def test_what_a_cut_swallowed(lang: Lang, other: Lang, full: str, cut: str, swallowed: str) -> None:
    (found,) = cuts(load_encoder(), cut, other, full, lang)
    assert found.swallowed.of(full) == swallowed


@pytest.mark.parametrize(
    ("full", "cut"),
    [
        ("Мы ждали… и никто не пришёл.", "We waited… and nobody came."),
        ("Мы ждали, и никто не пришёл.", "We waited, and nobody came."),
        ("Мы ждали, и никто не пришёл.", "We waited … and nobody came."),
        ("", "We waited …"),
    ],
    ids=["a pause in both", "no mark", "nothing missing", "nothing there"],
)
def test_no_cut(full: str, cut: str) -> None:
    assert list(cuts(load_encoder(), cut, "en", full, "ru")) == []


@pytest.mark.parametrize("model", [None, FAST])
def test_what_turns_the_rest_stands_above_what_is_told_besides(model: str | None) -> None:
    encoder = load_encoder(model)
    cut = "The bridge will open on the first of July […]. The toll stays the same."
    odds = []
    for swallowed in ("разве что подрядчик снова сорвёт сроки", "в день рождения моего деда"):
        full = f"Мост откроется первого июля, {swallowed}. Плата за проезд прежняя."
        (found,) = cuts(encoder, cut, "en", full, "ru")
        odds.append(log_odds(encoder, cut, "en", full, "ru", found, listed=False))
    assert odds[0] > odds[1] + 1.0


BRIDGE: dict[Lang, str] = {
    "ru": "Мост откроют первого июля, {}. Плата за проезд останется прежней, четыре гривны.",
    "uk": "Міст відкриють першого липня, {}. Плата за проїзд лишиться тією самою, чотири гривні.",
}


@pytest.mark.parametrize(
    ("lang", "gap"),
    [("ru", "пообещал нам подрядчик"), ("uk", "пообіцяв нам підрядник"), ("uk", "у день міста")],
)
def test_a_gap_takes_nothing_of_the_next_sentence(lang: Lang, gap: str) -> None:
    cut = "The bridge will open on the first of July […]. The toll stays the same, four hryvnias."
    full = BRIDGE[lang].format(gap)
    (found,) = cuts(load_encoder(), cut, "en", full, lang)
    assert found.swallowed.of(full) == gap
