"""Words that choose checks."""

from __future__ import annotations

import pytest

from transcheck.checks.registry import CHECKS
from transcheck.run.selectors import closeness, closest, require_known
from transcheck.types import ConfigError

NEGATION = next(c for c in CHECKS if c.code == "TC203")


def test_the_longer_word_is_closer() -> None:
    words = ["all", "TC", "TC2", "negation", "tc203"]
    near = [closeness(word, NEGATION) for word in words]
    assert near == sorted(near, key=lambda n: n or 0)
    assert len(set(near)) == len(words)
    assert closeness("negation-changed", NEGATION) == closeness("TC203", NEGATION)
    assert [closeness(word, NEGATION) for word in ("TC3", "omission", "TC2030", "203", "")] == [None] * 5


def test_the_closest_selector_wins_and_the_last_of_equals() -> None:
    assert closest([("TC2", 1), ("all", 2)], NEGATION) == (3, 1)
    assert closest([("TC2", 1), ("TC2", 2)], NEGATION) == (3, 2)
    assert closest([("TC3", 1)], NEGATION) is None


@pytest.mark.parametrize("word", ["all", "ALL", "TC", "tc3", "TC301", "number", "number-changed"])
def test_known_words(word: str) -> None:
    require_known(word, "here")


@pytest.mark.parametrize(("word", "hint"), [("TC999", ""), ("numbers", "'number'"), ("TC302x", "'TC302'"), ("", "")])
def test_unknown_words(word: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=f"here: no check is chosen by {word!r}.*{hint}"):
        require_known(word, "here")
