"""Checks chosen by words: ``all``, a category, the beginning of a code, a code, or a name; the longer word wins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from transcheck.types import ConfigError

if TYPE_CHECKING:
    from transcheck.types import Check

T = TypeVar("T")

ALL = "all"
_CATEGORY, _NAME = 4, 5
"""How closely a category (closer than ``TC2``, which holds several) and a name (as a whole code) choose a check."""


def closeness(selector: str, check: Check) -> int | None:
    """Return how closely a selector chooses a check, 0 for ``all``, the length for a code; None where it does not.

    A word that is both a category and a name, such as ``softened``, is the category.
    """
    word = selector.strip().lower()
    if word == ALL:
        return 0
    if word == check.category:
        return _CATEGORY
    if word == check.slug:
        return _NAME
    return len(word) if word.startswith("tc") and check.code.lower().startswith(word) else None


def closest(pairs: Iterable[tuple[str, T]], check: Check) -> tuple[int, T] | None:
    """Return the value of the selector that chooses a check most closely (the last of equals) and how closely."""
    best: tuple[int, T] | None = None
    for selector, value in pairs:
        near = closeness(selector, check)
        if near is not None and (best is None or near >= best[0]):
            best = near, value
    return best


def require_known(selector: str, where: str) -> None:
    """Raise ConfigError where a selector chooses no check; the message names the nearest word."""
    word = selector.strip().lower()
    if word == ALL or word in _words() or any(closeness(word, check) is not None for check in _checks()):
        return
    import difflib

    near = difflib.get_close_matches(word, _words(), n=1, cutoff=0.4)
    shown = f"; did you mean {near[0].upper() if near[0].startswith('tc') else near[0]!r}?" if near else ""
    raise ConfigError(f"{where}: no check is chosen by {selector!r}{shown} (transcheck rules lists them)")


@lru_cache(maxsize=1)
def _words() -> tuple[str, ...]:
    words = [ALL, *(w for check in _checks() for w in (check.code.lower(), check.slug, check.category))]
    return tuple(dict.fromkeys(words))


def _checks() -> Sequence[Check]:
    from transcheck.checks.registry import CHECKS  # not cheap, and not needed to print the settings' names

    return CHECKS
