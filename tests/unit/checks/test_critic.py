"""The packaged network on sentences of the project's own: what it says of words that are there and that are not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from transcheck.checks import critic
from transcheck.checks.coverage import words_of
from transcheck.encode import load_encoder
from transcheck.types import Cell, Lang, Place

WHOLE: dict[Lang, str] = {
    "ru": "Мы выехали из города утром, а вечером наш дом сгорел.",
    "uk": "Ми виїхали з міста вранці, а ввечері наш будинок згорів.",
    "en": "We left the city in the morning, and in the evening our house burned down.",
}
PART: dict[Lang, str] = {
    "ru": "Мы выехали из города утром.",
    "uk": "Ми виїхали з міста вранці.",
    "en": "We left the city in the morning.",
}
LOST: dict[Lang, tuple[str, ...]] = {
    "ru": ("вечером", "дом", "сгорел"),
    "uk": ("ввечері", "будинок", "згорів"),
    "en": ("evening", "house", "burned"),
}
PAIRS: list[tuple[Lang, Lang]] = [(a, b) for a in LOST for b in LOST if a != b]


def _odds(a: tuple[Lang, str], b: tuple[Lang, str]) -> tuple[dict[str, float], float]:
    words = [words_of(Cell(lang, (0,), Place(lang, 0, len(text), text)), load_encoder()) for lang, text in (a, b)]
    first, second = words[0].reading, words[1].reading
    assert first is not None
    assert second is not None
    odds, anything = critic.missing(first, second)
    return {s.of(a[1]): float(o) for s, o in zip(words[0].spans, odds, strict=True)}, anything


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_words_of_a_lost_clause_are_missing(a: Lang, b: Lang) -> None:
    odds, anything = _odds((a, WHOLE[a]), (b, PART[b]))
    assert all(odds[w] > 0 for w in LOST[a])
    kept = [o for w, o in odds.items() if w in PART[a].rstrip(".").split() and len(w) > 3]
    assert kept
    assert max(kept) < 0
    assert anything > 0


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_nothing_is_missing_from_a_faithful_version(a: Lang, b: Lang) -> None:
    odds, anything = _odds((a, WHOLE[a]), (b, WHOLE[b]))
    assert max(odds.values()) < 0
    assert anything < 0


def test_one_word_against_one_word() -> None:
    unit: NDArray[np.float32] = np.ones((1, 288), np.float32) / np.sqrt(np.float32(288))
    flags = np.ones(1, np.bool_)
    reading = critic.read(unit, np.ones(1, np.float32), flags, "en")
    odds, _ = critic.missing(reading, reading)
    assert odds.shape == (1,)
    assert np.isfinite(odds).all()
