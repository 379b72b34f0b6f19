"""The arithmetic of reliability: bins, calibration error, Brier score, intervals, and what has no forecast."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from benchmarks.reliability import (
    Forecasts,
    assigned,
    binned,
    brier,
    brier_of_base,
    consistency_bars,
    consistent,
    ece,
    excess,
    interval,
    observed,
    resampled,
    stated,
)


def forecasts(
    score: Sequence[float],
    real: Sequence[int],
    weight: Sequence[float] | None = None,
    group: Sequence[int] | None = None,
) -> Forecasts:
    count = len(score)
    return Forecasts(
        np.array(score, np.float64),
        np.array(real, np.float64),
        np.array(weight if weight is not None else [1.0] * count, np.float64),
        np.array(group if group is not None else range(count), np.int64),
    )


def calibrated(count: int = 4000) -> Forecasts:
    rng = np.random.default_rng(7)
    score = rng.random(count)
    return Forecasts(score, (rng.random(count) < score).astype(np.float64), np.ones(count), np.arange(count))


NONE = forecasts([], [])


def test_calibration_error_by_hand() -> None:
    # bins .2-.3 (two, one true) and .9-1 (two, both true)
    of = forecasts([0.2, 0.25, 0.9, 1.0], [0, 1, 1, 1])
    assert ece(of) == pytest.approx((abs(0.225 - 0.5) + abs(0.95 - 1.0)) / 2)
    first, last = binned(of)
    assert (first.low, first.high, first.count, first.came_true, first.share) == pytest.approx((0.2, 0.3, 2, 1, 0.5))
    assert (last.stated, last.observed) == pytest.approx((0.95, 1.0))


def test_weights_are_counts() -> None:
    weighted = forecasts([0.3, 0.8, 0.82], [1, 0, 1], [3, 1, 2])
    repeated = forecasts([0.3] * 3 + [0.8, 0.82, 0.82], [1] * 3 + [0, 1, 1])
    for measure in (ece, brier, stated, observed, excess, brier_of_base):
        assert measure(weighted) == pytest.approx(measure(repeated))


def test_brier_score_by_hand() -> None:
    of = forecasts([0.9, 0.4], [1, 0])
    assert brier(of) == pytest.approx((0.01 + 0.16) / 2)
    assert brier_of_base(of) == pytest.approx(0.25)


@pytest.mark.parametrize(("score", "bin_"), [(0.0, 0), (0.099, 0), (0.1, 1), (0.3, 3), (0.7, 7), (1.0, 9)])
def test_bounds_belong_to_the_upper_bin_and_one_to_the_last(score: float, bin_: int) -> None:
    assert assigned(forecasts([score], [1])).tolist() == [bin_]


def test_equal_scores_stay_in_one_bin_of_equal_mass() -> None:
    of = forecasts([0.8] * 6 + [0.1, 0.2, 0.9, 0.95], [1] * 10)
    at = assigned(of, "mass", 5)
    assert len(set(at[:6].tolist())) == 1
    assert [b.count for b in binned(of, "mass", 5)] == [2, 6, 2]


def test_bins_of_equal_mass_weigh_alike() -> None:
    shares = [b.share for b in binned(calibrated(), "mass")]
    assert len(shares) == 10
    assert shares == pytest.approx([0.1] * 10, abs=0.001)


@pytest.mark.parametrize("binning", ["width", "mass"])
def test_calibrated_forecasts_lie_within_what_is_consistent(binning: str) -> None:
    of = calibrated()
    low, high = consistent(of, ece, 200)[1:]
    assert low < ece(of, "width" if binning == "width" else "mass") < high
    assert abs(excess(of)) < 0.02


def test_overconfident_forecasts_lie_outside() -> None:
    of = calibrated()
    sure = Forecasts(np.sqrt(of.score), of.real, of.weight, of.group)
    assert excess(sure) > 0.1
    assert ece(sure) > consistent(sure, ece, 100)[2]
    low, high = interval(sure, excess, 200)
    assert 0 < low < excess(sure) < high


def test_consistency_bars_hold_the_score() -> None:
    bars = consistency_bars(calibrated(), times=100)
    assert sorted(bars) == list(range(10))
    assert all(low < (k + 0.5) / 10 < high for k, (low, high) in bars.items())


def test_groups_are_resampled_whole() -> None:
    of = forecasts([0.1, 0.2, 0.3, 0.4], [0, 1, 0, 1], group=[5, 5, 9, 9])
    for x in resampled(of, 20):
        assert x.weight.sum() == 4
        assert {tuple(x.score[x.group == g]) for g in set(x.group.tolist())} <= {(0.1, 0.2), (0.3, 0.4)}


def test_intervals_of_one_group_have_no_width() -> None:
    of = forecasts([0.1, 0.9], [0, 1], group=[3, 3])
    assert interval(of, ece, 50) == pytest.approx((ece(of), ece(of)))


@pytest.mark.parametrize("real", [0, 1])
def test_one_label_alone(real: int) -> None:
    of = forecasts([0.25, 0.75], [real, real])
    assert observed(of) == real
    assert ece(of) == pytest.approx(0.5)
    assert brier_of_base(of) == 0


def test_a_forecast_alone() -> None:
    of = forecasts([0.7], [1])
    assert ece(of) == ece(of, "mass") == pytest.approx(0.3)
    assert interval(of, brier, 10) == pytest.approx((0.09, 0.09))


def test_certain_forecasts_that_are_right() -> None:
    of = forecasts([0.0, 1.0, 1.0], [0, 1, 1])
    assert ece(of) == ece(of, "mass") == brier(of) == 0
    assert consistent(of, ece, 10) == (0, 0, 0)


def test_without_a_forecast_nothing_is_known() -> None:
    for measure in (ece, brier, stated, observed, excess, brier_of_base):
        assert math.isnan(measure(NONE))
    assert binned(NONE) == binned(NONE, "mass") == []
    assert all(math.isnan(x) for x in (*interval(NONE, ece), *consistent(NONE, ece)))
    assert consistency_bars(NONE) == {}
