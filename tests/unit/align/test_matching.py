"""Quotations of several articles that are one statement."""

from __future__ import annotations

from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from transcheck.align.matching import Link, Passage, assign, groups, link, trace

NOBODY = np.zeros((0, 0), np.float32)


def passage(*axes: int, place: float = 0.5, keys: frozenset[str] = frozenset()) -> Passage:
    """A quotation whose sentences point along axes of their own, so that equal axes say the same."""
    vectors = np.eye(12, dtype=np.float32)[list(axes)]
    return Passage(vectors, np.ones(len(axes), np.float32), vectors, keys, place)


def unknown(a: list[Passage], b: list[Passage]) -> np.ndarray:
    return np.zeros((len(a), len(b)), np.float32)


@given(arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.floats(0, 1, width=32)))
def test_assignment_is_the_best_one(gains: np.ndarray) -> None:
    pairs = assign(gains)
    rows, columns = (len({p[i] for p in pairs}) for i in (0, 1))
    assert rows == columns == len(pairs) == min(gains.shape)
    wide = gains if gains.shape[0] <= gains.shape[1] else gains.T
    best = max(
        sum(float(wide[i, j]) for i, j in enumerate(order)) for order in permutations(range(wide.shape[1]), len(wide))
    )
    assert sum(float(gains[i, j]) for i, j in pairs) >= best - 1e-4


def test_each_quotation_finds_its_counterpart_whatever_the_order() -> None:
    a, b = [passage(0), passage(1), passage(2)], [passage(2), passage(0)]
    assert {(k.a, k.b) for k in link(a, b, unknown(a, b))} == {(0, 1), (2, 0)}


def test_a_fragment_finds_the_whole_and_two_pieces_join_one() -> None:
    a, b = [passage(0, 1, 2)], [passage(1)]
    assert [(k.a, k.b, k.joined) for k in link(a, b, unknown(a, b))] == [(0, 0, False)]
    b = [passage(0, 1), passage(2)]
    assert [(k.a, k.b, k.joined) for k in link(a, b, unknown(a, b))] == [(0, 0, False), (0, 1, True)]


def test_numbers_and_the_speaker_decide_between_likes() -> None:
    a = [passage(0, keys=frozenset({"#14"}))]
    b = [passage(0, keys=frozenset({"#40"})), passage(0, keys=frozenset({"#14"}))]
    assert [(k.a, k.b) for k in link(a, b, unknown(a, b))] == [(0, 1)]
    same = [passage(0), passage(0)]
    speakers = np.array([[-1.0, 1.0]], np.float32)
    assert [(k.a, k.b) for k in link([passage(0)], same, speakers)] == [(0, 1)]


def test_nothing_is_no_counterpart() -> None:
    assert link([], [passage(0)], NOBODY) == ()
    a, b = [passage(0)], [passage(1)]
    assert link(a, b, unknown(a, b)) == ()


def test_links_make_groups_and_the_surest_win() -> None:
    links = {
        ("ru", "uk"): (Link(0, 0, 0.9),),
        ("ru", "en"): (Link(0, 0, 0.8),),
        ("uk", "en"): (Link(0, 1, 0.5),),
    }
    found = groups({"ru": 1, "uk": 1, "en": 2}, links)  # type: ignore[arg-type]
    assert [dict(g) for g in found] == [{"ru": (0,), "uk": (0,), "en": (0,)}, {"en": (1,)}]


def test_a_second_piece_joins_a_group() -> None:
    links = {("ru", "en"): (Link(0, 0, 0.9), Link(1, 0, 0.6, joined=True))}
    assert [dict(g) for g in groups({"ru": 2, "en": 1}, links)] == [{"ru": (0, 1), "en": (0,)}]  # type: ignore[arg-type]


def test_a_running_text_is_searched_sentence_by_sentence() -> None:
    sentences = np.eye(12, dtype=np.float32)[[5, 0, 1, 6, 7, 2]]
    assert trace(passage(0, 1), sentences) == ((1, 3),)
    assert trace(passage(1, 2), sentences) == ((2, 3), (5, 6))
    assert trace(passage(9), sentences) == ()
