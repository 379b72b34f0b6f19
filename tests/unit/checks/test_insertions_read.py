"""How an editor's [insertion] reads where no list knows its words."""

from __future__ import annotations

import pytest

from transcheck.checks.insertions import is_listed
from transcheck.checks.insertions_read import conversion, log_odds
from transcheck.encode import FAST, load_encoder
from transcheck.text.speech import insertions
from transcheck.types import Lang

PAIRS: list[tuple[Lang, str, str, str]] = [
    (
        "en",
        "The mayor thanked the volunteers [{}] and left early.",
        "through clenched teeth",
        "of the harbour district",
    ),
    ("en", "He closed the shop [{}] before the inspectors came.", "in a panic", "on Market Street"),
    ("ru", "Он вернул мне паспорт [{}] и вышел.", "сквозь зубы", "брата"),
    ("ru", "Сторож открыл ворота [{}] в шесть утра.", "нехотя", "депо"),
    ("uk", "Сторож відчинив браму [{}] о шостій.", "знехотя", "депо"),
    ("uk", "Вони пішли з двору [{}] ще до світанку.", "крадькома", "Бондарів"),
]


@pytest.mark.parametrize("model", [None, FAST])
@pytest.mark.parametrize(("lang", "frame", "weighs", "explains"), PAIRS, ids=[p[2] for p in PAIRS])
def test_what_weighs_stands_above_what_explains_in_the_same_place(
    lang: Lang, frame: str, weighs: str, explains: str, model: str | None
) -> None:
    odds = []
    for inserted in (weighs, explains):
        text = frame.format(inserted)
        (span,) = insertions(text)
        assert not is_listed(text, span, lang)
        odds.append(log_odds(load_encoder(model), text, span, lang, listed=False))
    assert odds[0] > odds[1] + 1.0
    assert odds[0] > 0.0


@pytest.mark.parametrize("text", ["We left [!] early.", "[Laughs.]", "[We left early, all of us, without a word.]"])
def test_an_insertion_without_words_or_without_a_sentence_has_a_figure(text: str) -> None:
    (span,) = insertions(text)
    assert -10 < log_odds(load_encoder(), text, span, "en", listed=False) < 10


@pytest.mark.parametrize(
    ("before", "inserted", "lang", "right"),
    [
        ("It is three miles ", "nearly 5 km", "en", True),
        ("It is three miles ", "10 km", "en", False),
        ("Это стоит сто долларов ", "девять тысяч рублей", "ru", True),
        ("До міста три милі ", "близько п'яти кілометрів", "uk", True),
        ("He waited ", "five minutes", "en", None),
        ("It is three miles away and ", "5 km", "en", None),
        ("It took three hours ", "5 km", "en", None),
    ],
)
def test_conversions(before: str, inserted: str, lang: Lang, right: bool | None) -> None:
    assert conversion(before, inserted, lang) is right
