"""Trees by hand, and as scikit-learn runs them."""

from __future__ import annotations

import numpy as np
import pytest

from transcheck.checks.trees import LEAF, log_odds

STUMPS = {
    "two.feature": np.array([0, LEAF, LEAF, 1, LEAF, LEAF], np.int8),
    "two.threshold": np.array([0.5, 0, 0, 2.0, 0, 0], np.float32),
    "two.left": np.array([1, 0, 0, 1, 0, 0], np.uint8),
    "two.right": np.array([2, 0, 0, 2, 0, 0], np.uint8),
    "two.value": np.array([0, -1.0, 1.0, 0, 0.25, -0.25], np.float32),
    "two.roots": np.array([0, 3], np.uint16),
    "two.start": np.array([0.5], np.float32),
}


@pytest.mark.parametrize(
    ("features", "expected"), [((0.5, 2.0), -0.25), ((0.6, 2.0), 1.75), ((0.6, 2.1), 1.25), ((0.0, 9.0), -0.75)]
)
def test_two_stumps(features: tuple[float, float], expected: float) -> None:
    assert log_odds(STUMPS, "two", features) == pytest.approx(expected)


def test_as_scikit_learn_runs_them() -> None:
    pytest.importorskip("sklearn")
    from training.fit_lacking import as_arrays, trees

    rng = np.random.default_rng(1)
    x = rng.normal(size=(800, 5)).astype(np.float32)
    y = (x[:, 0] * x[:, 1] + 0.3 * rng.normal(size=800)) > 0
    model = trees(x, y, np.ones(800))
    held = {f"m.{name}": value for name, value in as_arrays(model).items()}
    expected = model.decision_function(x[:50])
    assert expected.std() > 0.5
    assert [log_odds(held, "m", row) for row in x[:50]] == pytest.approx(expected, abs=1e-3)
