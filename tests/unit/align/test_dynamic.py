from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcheck.align import dynamic
from transcheck.align.dynamic import Costs, align_units
from transcheck.align.units import Units, make_units, unit_rows


def units(vectors: np.ndarray, lengths: list[float] | None = None) -> Units:
    sizes = np.array(lengths or [50.0] * len(vectors), np.float32)
    return Units(unit_rows(vectors.astype(np.float32)) * np.sqrt(sizes)[:, None], sizes)


def meanings(count: int, seed: int = 0, dim: int = 96) -> np.ndarray:
    return unit_rows(np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32))


def shapes(a: Units, b: Units) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    return [((x.a.start, x.a.end), (x.b.start, x.b.end)) for x in align_units(a, b, Costs())]


def test_the_diagonal() -> None:
    base = meanings(5)
    assert shapes(units(base), units(base)) == [((i, i + 1), (i, i + 1)) for i in range(5)]


def test_a_dropped_and_an_inserted_unit_are_gaps() -> None:
    base, stranger = meanings(6), meanings(1, seed=9)
    b = np.concatenate([base[:2], base[3:5], stranger, base[5:]])
    found = shapes(units(base), units(b))
    assert ((2, 3), (2, 2)) in found
    assert ((5, 5), (4, 5)) in found


def test_merged_units_are_one_bead() -> None:
    base = meanings(5)
    merged = np.concatenate([base[:1], (base[1] + base[2])[None], base[3:]])
    assert ((1, 3), (1, 2)) in shapes(units(base), units(merged, [50, 100, 50, 50]))


def test_an_empty_side_is_all_gaps() -> None:
    base = units(meanings(3))
    nothing = Units(np.zeros((0, 96), np.float32), np.zeros(0, np.float32))
    assert shapes(base, nothing) == [((i, i + 1), (0, 0)) for i in range(3)]
    assert shapes(nothing, base) == [((0, 0), (i, i + 1)) for i in range(3)]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 14), st.integers(1, 14), st.integers(0, 1000))
def test_every_unit_once_and_in_order(rows: int, columns: int, seed: int) -> None:
    beads = align_units(units(meanings(rows, seed)), units(meanings(columns, seed + 1)), Costs())
    assert [i for x in beads for i in range(x.a.start, x.a.end)] == list(range(rows))
    assert [j for x in beads for j in range(x.b.start, x.b.end)] == list(range(columns))


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 10), st.integers(2, 10), st.integers(0, 1000))
def test_swapping_the_sides_mirrors_the_gain(rows: int, columns: int, seed: int) -> None:
    a, b = units(meanings(rows, seed)), units(meanings(columns, seed + 1))
    there = sum(x.score for x in align_units(a, b, Costs()))
    back = sum(x.score for x in align_units(b, a, Costs()))
    assert there == pytest.approx(back, abs=1e-3)


def test_the_band_finds_what_the_full_table_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    base = meanings(400)
    kept = [i for i in range(400) if i % 11]
    a, b = units(base), units(base[kept] + 0.5 * meanings(len(kept), seed=5))
    banded = shapes(a, b)
    monkeypatch.setattr(dynamic, "_FULL", 1000)
    assert banded == shapes(a, b)


def test_the_searched_cells_grow_linearly() -> None:
    def cells(count: int) -> int:
        low, high = dynamic._band(units(meanings(count)), units(meanings(count)), Costs())
        return int((high - low + 1).sum())

    assert cells(4000) < 2.4 * cells(2000)


def test_anchors_tell_like_texts_apart() -> None:
    same = np.tile(meanings(1), (2, 1))
    texts = ["in 1991 it began", "in 2004 it ended"]
    a = make_units(same, texts, [frozenset({"#1991"}), frozenset({"#2004"})])
    b = make_units(same, texts, [frozenset({"#1991"}), frozenset({"#2004"})])
    cosine = unit_rows(a.vectors) @ unit_rows(b.vectors).T
    assert cosine[0, 0] > cosine[0, 1] + 0.05
