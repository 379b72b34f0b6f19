from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from training import drift_near
from training.corpus import Pair
from training.critic import static_table
from training.drift import Keys, Shard
from training.drift_data import CHANGED, KEPT, UNKNOWN
from training.drift_near import Graph, alike, differ, exchanged, near, prepare, words_of
from transcheck.encode import load_contextual

STATIC = Path(__file__).parents[3] / "transcheck" / "models" / "static"


def pair(a: str, text_a: str, b: str, text_b: str, source: str = "tatoeba_opus") -> Pair:
    return Pair(source, "", a, b, text_a, text_b)  # type: ignore[arg-type]


CAMERA = pair("en", "My aunt bought herself a camera.", "ru", "Моя тётя купила себе фотоаппарат.")
LADDER = pair("en", "My aunt bought herself a ladder.", "ru", "Моя тётя купила себе стремянку.")


def found(*pairs: Pair) -> list[tuple[str, str, bool]]:
    graph = Graph.of(pairs)
    items = near(graph, random.Random(1))
    return sorted((graph.texts[n.other][1], graph.texts[n.text][1], n.same) for n in items)


def test_a_text_drifts_beside_the_translation_of_one_like_it() -> None:
    assert found(CAMERA, LADDER) == [
        ("My aunt bought herself a camera.", "Моя тётя купила себе стремянку.", False),
        ("My aunt bought herself a ladder.", "Моя тётя купила себе фотоаппарат.", False),
        ("Моя тётя купила себе стремянку.", "My aunt bought herself a camera.", False),
        ("Моя тётя купила себе фотоаппарат.", "My aunt bought herself a ladder.", False),
    ]


def test_two_translations_of_one_text_say_the_same() -> None:
    gadget = pair("en", "My aunt bought herself a gadget.", "ru", "Моя тётя купила себе фотоаппарат!")
    assert {same for _, _, same in found(CAMERA, gadget)} == {True}


@pytest.mark.parametrize(
    "other",
    [
        pair("en", "My aunt bought herself a camera too.", "ru", "Она на днях вернулась из Риги."),  # nothing exchanged
        pair("en", "My aunt bought herself some cameras.", "ru", "Моя тётя купила себе стремянку."),  # another form
        pair(
            "en", "My aunt bought herself a photocamera.", "uk", "Моя тітка купила собі драбину."
        ),  # no language meets
        pair("en", "My aunt bought herself a ladder.", "ru", "Купила Моя тётя фотоаппарат себе."),  # the same stems
        pair("en", "We sold the house last spring.", "ru", "Прошлой весной мы продали дом."),  # unlike
    ],
)
def test_where_it_is_not_known_what_a_pair_makes_none_is_made(other: Pair) -> None:
    assert not [n for n in found(CAMERA, other) if "camera" in n[0] + n[1]]


def test_a_word_that_the_table_knows_as_a_translation_is_no_drift() -> None:
    house = pair("en", "They sold the old house.", "ru", "Они продали старый дом.")
    home = pair("en", "They sold the old home.", "ru", "Продали они, старики, жильё.")
    assert not [n for n in found(house, home) if n[0] == house.text_b]


def test_texts_are_alike_that_are_equal_but_for_one_or_two_words() -> None:
    texts = [
        words_of(t)
        for t in ("he came home late", "he came home early", "he went back home late", "they came home late last night")
    ]
    assert set(alike(texts, random.Random(1))) == {(0, 1), (0, 2)}
    assert exchanged(texts[0], texts[2]) == (("came",), ("went", "back"))
    assert exchanged(texts[0], texts[1]) == (("late",), ("early",))
    assert not list(alike([("one",)], random.Random(1)))


def test_function_words_numbers_and_forms_are_no_exchange() -> None:
    assert differ(("camera",), ("a", "ladder"), "en")
    assert not differ(("he",), ("tom",), "en")
    assert not differ(("bought",), ("bought", "2nd"), "en")
    assert not differ(("купил",), ("купила",), "ru")


def test_a_template_is_taken_few_times() -> None:
    words = ("camera", "фотоаппарат"), ("ladder", "стремянку")
    aunts = [f"{a}{b}x" for a in "abcdefg" for b in "abcdefg"]
    pairs = [pair("en", f"Aunt {n} bought a {w}.", "ru", f"Тётя {n} купила {t}.") for n in aunts for w, t in words]
    exchanges = [n for n in found(*pairs) if n[1].endswith("a ladder.") and n[0].endswith("фотоаппарат.")]
    assert 0 < len(exchanges) <= drift_near.USES


def test_the_words_that_differ_are_marked(tmp_path: Path) -> None:
    cat = pair("en", "My aunt bought herself a cat.", "ru", "Моя тётя купила себе кошку.")
    dog = pair("en", "My aunt bought herself a dog.", "ru", "Моя тётя купила себе собаку.")
    low = pair("en", "My aunt bought herself a piano.", "ru", "Моя тётя купила себе пианино.", "ms_win32_docs")
    files = prepare([cat, dog, low], load_contextual(), static_table(STATIC), tmp_path)
    assert files == prepare([], load_contextual(), static_table(STATIC), tmp_path)
    shard = Shard.load(files[0], Keys(STATIC))
    drifts = [e for e in range(len(shard.pairs)) if shard.pairs[e, 2]]
    assert len(drifts) == 4  # a source that counts little gives none
    assert len(shard.pairs) == 8  # each beside the pair that it is like
    for e in drifts:
        first = shard.pairs[e, 0]
        sizes = [shard.words[first + 1] - shard.words[first]]
        for side in np.split(shard.labels[shard.starts[e] : shard.starts[e + 1]], sizes):
            assert side[-1] == CHANGED
            assert set(side[:-1].tolist()) <= {KEPT, UNKNOWN}
