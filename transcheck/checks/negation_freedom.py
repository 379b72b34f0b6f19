"""Negations that a translator may render without one: two that cancel, a question that answers itself, *has yet to*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from transcheck.checks.negation_sides import Pairing, Side
from transcheck.text.lexicon import table
from transcheck.text.negation import Negation, accounts
from transcheck.types import Span

_CANCEL: Final = 90
"""Code points within which two negations that both have no counterpart cancel each other."""
_BESIDE: Final = 6
"""Words from the place of a denied word within which a phrase may account for its negation."""
_SHIFT: Final = 0.3
"""How far apart, as a share of their texts, a negation and a phrase that accounts for it stand at most."""
_EXCEPT: Final = 45
"""Code points from a negation within which an exception to it stands (*nobody but*; *никто, кроме неё, не*)."""
_CONDITION: Final = 60
"""Code points before a negation within which its condition stands (*если до тех пор не*, *unless by then*)."""
_PURPOSE: Final = 60
"""Code points after *too* within which the purpose stands that it denies."""
_STOP = re.compile(r"[.!?…](?=[\s\"»”“’)\]]|\Z)")
_END = re.compile(r"[.!?…]+")


def cancelled(n: Negation, others: Sequence[Negation], found: Pairing) -> bool:
    """Tell whether two negations of one sentence, both without counterpart, cancel: *нет дома без погибших*."""
    a = found.a
    if any(m.strong for m in found.b.negations):
        return False
    links = set(table("negation")["links"]["that"][a.lang])
    for other in others:
        first, second = sorted((n, other), key=lambda x: x.start)
        between = a.text[first.end : second.end]
        if first is second or len(between) > _CANCEL or _STOP.search(a.text[first.end : second.start]):
            continue
        if links & {word.strip(",—–-").lower() for word in between.split()}:
            return True
    return False


def rhetorical(n: Negation, place: Span | None, found: Pairing) -> bool:
    """Tell whether one version asks what the other says outright: *кто этого не знает?* is *everyone knows it*."""
    a, b = found.a, found.b
    if place is None:
        return ("?" in a.text) != ("?" in b.text)
    return _asked(a.text, n.end) != _asked(b.text, place.end)


def _asked(text: str, at: int) -> bool:
    end = _END.search(text, at)
    return end is not None and "?" in end.group()


def accounted(n: Negation, place: Span | None, found: Pairing) -> bool:
    """Tell whether ``b`` has a phrase about there that holds a negation of its own kind: *has yet to*, *out of*."""
    a, b = found.a, found.b
    centre = b.index(place) if place is not None else None
    there = accounts(b.text, b.lang)
    for key, span in there:
        at = b.index(span)
        beside = centre is not None and at is not None and abs(centre - at) <= _BESIDE
        near = _shift(n.start, a, span.start, b) <= _SHIFT
        if (key == "phrase" and (beside or near)) or (key == "stripped" and n.kind == "without" and beside):
            return True
        if key == "sole" and any(_shift(s.start, a, span.start, b) <= _SHIFT for s in _exceptions(n, a)):
            return True
        if key == "unless" and near and _conditional(n, a):
            return True
        if key == "too" and near and any(k == "purpose" and 0 < s.start - span.end <= _PURPOSE for k, s in there):
            return True
    return False


def _exceptions(n: Negation, a: Side) -> list[Span]:
    return [s for key, s in accounts(a.text, a.lang) if key == "except" and abs(s.start - n.end) <= _EXCEPT]


def _conditional(n: Negation, a: Side) -> bool:
    """Tell whether a condition or a limit of time stands before the negation (*если … не*, *пока … не*)."""
    before = _STOP.split(a.text[max(0, n.start - _CONDITION) : n.start])[-1]
    return any(key == "condition" for key, _ in accounts(before, a.lang))


def _shift(here: int, a: Side, there: int, b: Side) -> float:
    return abs(here / max(1, len(a.text)) - there / max(1, len(b.text)))
