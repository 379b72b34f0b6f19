from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from training import translations as learn
from training.corpus import Pair
from transcheck.text import translations

NOUNS = [
    ("дом", "house"),
    ("река", "river"),
    ("поле", "field"),
    ("город", "city"),
    ("мост", "bridge"),
    ("лес", "forest"),
]
VERBS = [("горит", "burns"), ("виден", "appears"), ("исчез", "vanished"), ("растёт", "grows")]


@pytest.fixture
def pairs() -> list[Pair]:
    rng = random.Random(1)
    made = []
    for _ in range(300):
        (noun, english), (verb, does) = rng.choice(NOUNS), rng.choice(VERBS)
        made.append(Pair("own", "", "ru", "en", f"Там {noun} {verb}", f"There the {english} {does}"))
    return made


def test_words_are_linked_to_their_translations(pairs: list[Pair]) -> None:
    left, right = learn.sides(pairs, "en", "ru")
    links = learn.linked(left, right)
    best = {}
    for number, name in enumerate(left.stems):
        mine = links.a == number
        best[name] = right.stems[links.b[mine][links.expected[mine].argmax()]]
    for ru, en in NOUNS + VERBS:
        assert best[learn.stem(en, "en")] == learn.stem(ru, "ru")
    assert (links.expected <= np.minimum(left.seen[links.a], right.seen[links.b]) + 1e-6).all()


def test_the_written_table_is_read(pairs: list[Pair], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = [
        Pair("own", "", "uk", b, "Там дім горить", t)
        for b, t in (("en", "There the house burns"), ("ru", "Там дом горит"))
    ]
    learn.make(pairs + more * 3, {}, tmp_path / "table.npz")
    with np.load(tmp_path / "table.npz") as stored:
        table = translations.Table(
            np.cumsum(stored["pairs"], dtype=np.uint32), stored["levels"],
            np.cumsum(stored["stems"], dtype=np.uint32), stored["seen"],
        )  # fmt: skip
    monkeypatch.setattr(translations, "table", lambda: table)
    there, back = translations.rates(
        translations.keys([en for _, en in NOUNS], "en"), translations.keys([ru for ru, _ in NOUNS], "ru"), "en", "ru"
    )
    assert (there.argmax(axis=1) == np.arange(len(NOUNS))).all()
    assert (back.argmax(axis=0) == np.arange(len(NOUNS))).all()
    assert translations.familiar(translations.keys(["house"], "en"), "ru")[0] > 0


def test_a_source_of_little_weight_is_drawn_seldom() -> None:
    pairs = [Pair("rare", "", "ru", "en", f"слово {i}", f"word {i}") for i in range(1000)]
    assert 50 < len(learn.drawn(pairs, {"rare": 0.1}, random.Random(1))) < 150


def test_levels_span_the_scale() -> None:
    found = learn.levels(np.array([1.0, 0.5, 0.03, 0.004, 0.0]))
    assert found[0] == translations.LEVELS
    assert (np.diff(found.astype(int)) < 0).all()
    assert found[-1] == 0


def test_gaps_keep_places_and_the_largest_value() -> None:
    hashes = np.array([4_000_000_000, 5, 5, 200_000, 70_000], np.uint32)
    steps, values = learn.gaps(hashes, np.array([1, 2, 3, 4, 5], np.uint8))
    places = np.cumsum(steps, dtype=np.uint32)
    assert {int(p): int(v) for p, v in zip(places, values, strict=True) if v} == {
        5: 3, 70_000: 5, 200_000: 4, 4_000_000_000: 1,
    }  # fmt: skip
