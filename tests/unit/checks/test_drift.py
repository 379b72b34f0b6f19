"""The packaged network on sentences of the project's own: what it says of words that are there and that are not."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from transcheck.checks import drift
from transcheck.checks.coverage import judgement, words_of
from transcheck.encode import FAST, load_encoder
from transcheck.text.translations import keys
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


def _odds(a: tuple[Lang, str], b: tuple[Lang, str], model: str | None = None) -> tuple[dict[str, float], float]:
    words = [words_of(Cell(lang, (0,), Place(lang, 0, len(text), text)), load_encoder(model)) for lang, text in (a, b)]
    first, second = words[0].deep, words[1].deep
    assert first is not None
    assert second is not None
    found = judgement(first, second)
    return {s.of(a[1]): float(o) for s, o in zip(words[0].spans, found.missing_a, strict=True)}, found.drift


@pytest.mark.parametrize("model", [None, FAST])
@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_words_of_a_lost_clause_are_missing(a: Lang, b: Lang, model: str | None) -> None:
    odds, anything = _odds((a, WHOLE[a]), (b, PART[b]), model)
    assert all(odds[w] > 0 for w in LOST[a])
    kept = [o for w, o in odds.items() if w in PART[a].rstrip(".").split() and len(w) > 3]
    assert kept
    assert max(kept) < 0
    assert anything > 0


@pytest.mark.parametrize("model", [None, FAST])
@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_nothing_is_missing_from_a_faithful_version(a: Lang, b: Lang, model: str | None) -> None:
    odds, anything = _odds((a, WHOLE[a]), (b, WHOLE[b]), model)
    assert max(odds.values()) < 0
    assert anything < _odds((a, WHOLE[a]), (b, PART[b]), model)[1]


def test_two_texts_are_read_in_one_order() -> None:
    a, b = (words_of(Cell(x, (0,), Place(x, 0, len(WHOLE[x]), WHOLE[x])), load_encoder()) for x in ("ru", "en"))
    assert a.deep is not None
    assert b.deep is not None
    there, back = judgement(a.deep, b.deep), judgement(b.deep, a.deep)
    assert there.drift == back.drift
    np.testing.assert_array_equal(there.missing_a, back.missing_b)
    np.testing.assert_array_equal(there.changed_b, back.changed_a)


def test_one_word_against_one_word() -> None:
    unit: NDArray[np.float32] = np.ones((1, 288), np.float32) / np.sqrt(np.float32(288))
    flags = np.ones(1, np.bool_)
    words: dict[Lang, str] = {"ru": "Дом", "en": "House"}
    a, b = (
        drift.read(unit, None, np.ones(1, np.float32), flags, flags, keys([w], lang), lang) for lang, w in words.items()
    )
    found = drift.compare(a, b)
    assert found.missing_a.shape == found.changed_b.shape == (1,)
    assert np.isfinite(found.drift)
