from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from training import translations as learn
from training.corpus import Pair
from training.renderings import LEVEL, Entry, hashed
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
            np.cumsum(stored["stems"], dtype=np.uint32), stored["seen"], stored["listed"],
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


def test_of_equal_hashes_the_largest_values_stay() -> None:
    hashes = np.array([4_000_000_000, 5, 5, 200_000], np.uint32)
    places, values = learn.largest(hashes, np.array([[1, 9], [2, 3], [1, 7], [0, 4]], np.uint8))
    assert places.tolist() == [5, 200_000, 4_000_000_000]
    assert values.tolist() == [[2, 7], [0, 4], [1, 9]]


def test_gaps_keep_places_and_values() -> None:
    hashes = np.array([5, 70_000, 200_000, 4_000_000_000], np.uint32)
    steps, values = learn.gaps(hashes, np.array([3, 5, 4, 1], np.uint8))
    places = np.cumsum(steps, dtype=np.uint32)
    assert {int(p): int(v) for p, v in zip(places, values, strict=True) if v} == {
        5: 3, 70_000: 5, 200_000: 4, 4_000_000_000: 1,
    }  # fmt: skip


def test_what_was_written_is_added_and_nothing_learnt_is_lost(pairs: list[Pair]) -> None:
    more = [Pair("own", "", "uk", "en", "Там дім горить", "There the house burns")] * 3
    more += [Pair("own", "", "uk", "ru", "Там дім горить", "Там дом горит")] * 3
    table, vocabulary = learn.learnt(pairs + more)
    entries = [Entry("ru", ("дом",), {"en": ("home", "house"), "uk": ("дім",)})]
    written = learn.with_written(table, hashed(entries, vocabulary))
    assert set(table.pairs) < set(written.pairs)
    known = dict(zip(written.pairs.tolist(), written.levels.tolist(), strict=True))
    for pair, level in zip(table.pairs.tolist(), table.levels.tolist(), strict=True):
        assert known[pair] >> 4 >= level >> 4
        assert known[pair] & 15 >= level & 15
    home = translations.pair_hashes(translations.keys(["home"], "en"), translations.keys(["дома"], "ru"))
    assert known[int(home[0])] == 0x11 * LEVEL
    house = translations.stem_hashes(translations.keys(["дом"], "ru"), "en")
    assert written.stems[written.listed].tolist().count(int(house[0])) == 1
    assert not table.listed.any()
