from __future__ import annotations

import pytest

from tests.unit.checks.rows import context
from transcheck.checks.negation_evidence import gaps
from transcheck.checks.negation_features import NAMES
from transcheck.checks.negation_model import log_odds, model
from transcheck.checks.negation_sides import pairing, side
from transcheck.types import Lang


def found(a: tuple[Lang, str], b: tuple[Lang, str], *links: str) -> list[tuple[str, str]]:
    ctx = context(dict([a, b]), links)
    sides = {cell.lang: side(cell, ctx) for cell in ctx.rows[0].filled}
    every = gaps(pairing(sides[a[0]], sides[b[0]]))
    return [(g.negation.text, g.word.of(b[1]) if g.word else "") for g in every]


def test_a_negation_without_counterpart_points_at_the_word_it_denies() -> None:
    pair = ("ru", "Солдаты не ушли."), ("en", "The soldiers left.")
    assert found(*pair, "ушли left", "Солдаты soldiers") == [("не", "left")]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("russian", "english", "links"),
    [
        ("Он не ел и не спал.", "He did not eat or sleep.", ("ел eat", "спал sleep")),
        ("Он не ел.", "Instead of eating, he slept.", ("ел eating",)),
        ("Он не ошибся.", "He was right.", ("ошибся right",)),
        ("Он не стрелял.", "He refused to shoot.", ("стрелял shoot",)),
    ],
)
def test_what_is_rendered_by_other_means_is_no_gap(russian: str, english: str, links: tuple[str, ...]) -> None:
    assert found(("ru", russian), ("en", english), *links) == []


def test_every_feature_has_a_name() -> None:
    ctx = context({"ru": "Он не ел.", "en": "He ate."}, ("ел ate",))
    ru, en = (side(cell, ctx) for cell in ctx.rows[0].filled)
    (gap,) = gaps(pairing(ru, en))
    assert len(gap.features) == len(NAMES)


def test_the_model_has_every_kind_and_knows_its_features() -> None:
    assert set(model()) == {"pair", "lost", "added"}
    sizes = {"pair": len(NAMES), "lost": 2 * len(NAMES) + 7, "added": 2 * len(NAMES) + 7}
    for kind, size in sizes.items():
        assert max(_used(model()[kind]["trees"])) < size
        assert -20.0 < log_odds(kind, [0.0] * size) < 20.0


def _used(trees: list[object]) -> set[int]:
    """Features that the trees ask for."""
    asked: set[int] = set()
    for tree in trees:
        if isinstance(tree, list):
            asked |= {tree[0]} | _used(tree[2:])
    return asked | {0}
