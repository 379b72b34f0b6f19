"""What the fit of probabilities is made from, and what it makes of it."""

from __future__ import annotations

import math
import random

import pytest

from training.drift_damage import swapped
from training.fit_confidence import PROPOSING, SHOWN, WEIGHED, Line, fit
from transcheck.checks.confidence import FEATURES, WEAK
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Летом мы жили у моря."),
        ("uk", "Влітку ми жили біля моря."),
        ("en", "In summer we lived by the sea."),
    ],
)
def test_a_word_is_exchanged_for_another_of_its_field(lang: Lang, text: str) -> None:
    made = {swapped(text, lang, random.Random(seed)) for seed in range(8)}
    assert None not in made
    assert text not in made


def test_a_text_without_a_word_of_a_field_stays() -> None:
    assert swapped("Hm.", "en", random.Random(1)) is None


def _line(code: str, score: float, drift: float, real: bool) -> Line:
    values = dict.fromkeys(FEATURES, 0.0) | {"rule": math.log(score / (1 - score)), "drift": drift}
    return Line(code, tuple(values[name] for name in FEATURES), real)


def test_what_is_sure_and_what_is_proposed_are_fitted_apart() -> None:
    chance = random.Random(3)
    data = [
        _line(code, score, (sign if real else -sign) + chance.gauss(0, 1), real)
        for codes, score, sign in ((WEIGHED, 0.8, 2.0), (PROPOSING, WEAK, -2.0), (SHOWN, 0.8, 2.0))
        for code in codes
        for real in (False, True)
        for _ in range(40)
    ]
    model = fit(data)
    drift = FEATURES.index("drift")
    assert model["sure"]["weights"][drift] > 0.5
    assert model["proposed"]["weights"][drift] < -0.5
    assert set(model["sure"]["bias"]) == set(WEIGHED)
    assert set(model["proposed"]["bias"]) == set(PROPOSING)
    assert model["shown"]["weights"][drift] > 0.5
    assert set(model["shown"]["bias"]) == set(SHOWN)
    assert "error" not in model["shown"]["limits"]
