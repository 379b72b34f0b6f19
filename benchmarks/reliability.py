"""How well stated probabilities agree with what happened: reliability, expected calibration error, Brier score.

All figures are of weighted findings, so that a sample of as many damaged rows as untouched ones can stand for a mixture
in which few are damaged.

- Bins and expected calibration error: Naeini, Cooper and Hauskrecht, "Obtaining Well Calibrated Probabilities Using
  Bayesian Binning", AAAI 2015; Guo et al., "On Calibration of Modern Neural Networks", ICML 2017.
- Brier score: Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78, 1950.
- Consistency bars: Bröcker and Smith, "Increasing the Reliability of Reliability Diagrams", Weather and Forecasting 22,
  2007.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Measure = Callable[["Forecasts"], float]
Binning = Literal["width", "mass"]

BINS = 10
RESAMPLES = 1000


@dataclass(frozen=True, slots=True, eq=False)
class Forecasts:
    """n stated probabilities ``score`` [n], what happened ``real`` [n] (0 or 1), positive weights ``weight`` [n], and
    the ``group`` [n] of each: forecasts of one group are not independent and are resampled together.
    """

    score: Floats
    real: Floats
    weight: Floats
    group: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.score)

    def only(self, chosen: NDArray[np.bool_]) -> Forecasts:
        """Return those of a mask [n]."""
        return Forecasts(self.score[chosen], self.real[chosen], self.weight[chosen], self.group[chosen])


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecasts of like probability: how many, how many came true, their share of the weight, and the weighted means of
    the stated probabilities and of what happened.
    """

    low: float
    high: float
    count: int
    came_true: int
    share: float
    stated: float
    observed: float


def assigned(of: Forecasts, binning: Binning = "width", bins: int = BINS) -> NDArray[np.int64]:
    """Return the bin of each forecast [n]: of equal width over 0 to 1, or of equal weight; equal scores stay together,
    so there may be fewer of the latter.
    """
    if not len(of):
        return np.zeros(0, np.int64)
    if binning == "width":
        return np.minimum((of.score * bins + 1e-9).astype(np.int64), bins - 1)
    _, at = np.unique(of.score, return_inverse=True)
    mass = np.bincount(at, of.weight) / of.weight.sum()
    middle = np.cumsum(mass) - mass / 2
    chosen: NDArray[np.int64] = np.minimum((middle * bins).astype(np.int64), bins - 1)[at]
    return chosen


def binned(of: Forecasts, binning: Binning = "width", bins: int = BINS) -> list[Bin]:
    """Return the bins that hold forecasts, from low to high; bounds of equal-weight bins are the scores in them."""
    at, total = assigned(of, binning, bins), of.weight.sum()
    found = []
    for k in np.unique(at):
        part = of.only(at == k)
        bounds = (
            (float(k) / bins, float(k + 1) / bins)
            if binning == "width"
            else (float(part.score.min()), float(part.score.max()))
        )
        share = float(part.weight.sum() / total)
        found.append(Bin(*bounds, len(part), int(part.real.sum()), share, stated(part), observed(part)))
    return found


def stated(of: Forecasts) -> float:
    """Weighted mean of the probabilities; NaN where there is none."""
    return float(np.average(of.score, weights=of.weight)) if len(of) else float("nan")


def observed(of: Forecasts) -> float:
    """Weighted share that came true: of findings their precision; NaN where there is none."""
    return float(np.average(of.real, weights=of.weight)) if len(of) else float("nan")


def excess(of: Forecasts) -> float:
    """Stated minus observed: above 0 where the forecasts are overconfident, below where they are underconfident."""
    return stated(of) - observed(of)


def ece(of: Forecasts, binning: Binning = "width", bins: int = BINS) -> float:
    """Expected calibration error: mean over the bins, by weight, of the distance between the probability that is stated
    and the share that came true; 0 is best, NaN where there is no forecast.
    """
    if not len(of):
        return float("nan")
    at = assigned(of, binning, bins)
    # the weight of a bin times the distance of its two means
    apart = np.bincount(at, of.weight * (of.score - of.real))
    return float(np.abs(apart).sum() / of.weight.sum())


def brier(of: Forecasts) -> float:
    """Weighted mean squared distance of the probabilities from what happened; 0 is best, NaN where there is none."""
    return float(np.average((of.score - of.real) ** 2, weights=of.weight)) if len(of) else float("nan")


def brier_of_base(of: Forecasts) -> float:
    """Brier score of stating the share that came true every time: what scores must stay below to tell anything."""
    share = observed(of)
    return share * (1 - share)


def resampled(of: Forecasts, times: int | None = None, seed: int = 1) -> Iterator[Forecasts]:
    """Yield samples of the groups with replacement (bootstrap), :data:`RESAMPLES` if not told; a group drawn twice
    weighs twice.
    """
    rng = np.random.default_rng(seed)
    names, at = np.unique(of.group, return_inverse=True)
    for _ in range((RESAMPLES if times is None else times) if len(of) else 0):
        drawn = np.bincount(rng.integers(len(names), size=len(names)), minlength=len(names))[at]
        kept = drawn > 0
        yield Forecasts(of.score[kept], of.real[kept], (of.weight * drawn)[kept], of.group[kept])


def interval(of: Forecasts, measure: Measure, times: int | None = None, seed: int = 1) -> tuple[float, float]:
    """Bootstrapped 95 % interval of a measure; NaN where there is no forecast."""
    drawn = [measure(x) for x in resampled(of, times, seed)]
    return _range(drawn)


def consistent(of: Forecasts, measure: Measure, times: int | None = None, seed: int = 1) -> tuple[float, float, float]:
    """Return median, 2.5 and 97.5 per cent of a measure if every stated probability were right.

    What happened is drawn anew by the probabilities over samples of the forecasts (Bröcker and Smith). An expected
    calibration error is above 0 even then, since the share in a bin varies by chance.
    """
    rng = np.random.default_rng(seed)
    drawn = []
    for x in resampled(of, times, seed):
        came = (rng.random(len(x)) < x.score).astype(np.float64)
        drawn.append(measure(Forecasts(x.score, came, x.weight, x.group)))
    middle = float(np.median(drawn)) if drawn else float("nan")
    return middle, *_range(drawn)


def _range(drawn: list[float]) -> tuple[float, float]:
    if not drawn:
        return float("nan"), float("nan")
    return float(np.percentile(drawn, 2.5)), float(np.percentile(drawn, 97.5))


def consistency_bars(
    of: Forecasts, bins: int = BINS, times: int | None = None, seed: int = 1
) -> dict[int, tuple[float, float]]:
    """Return for each bin of equal width that holds forecasts between which shares 95 % of the samples lie if every
    stated probability is right.
    """
    rng = np.random.default_rng(seed)
    drawn: dict[int, list[float]] = {}
    for x in resampled(of, times, seed):
        at = assigned(x, "width", bins)
        came = (rng.random(len(x)) < x.score) * x.weight
        total, true = np.bincount(at, x.weight), np.bincount(at, came)
        for k in np.flatnonzero(total):
            drawn.setdefault(int(k), []).append(float(true[k] / total[k]))
    return {k: _range(drawn[k]) for k in sorted(drawn)}
