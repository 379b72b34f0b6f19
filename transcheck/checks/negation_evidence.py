"""Evidence that a negation of one version has no counterpart in another: its words, and what stands in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transcheck.checks.negation_features import NAMES, describe
from transcheck.checks.negation_freedom import accounted, cancelled, rhetorical
from transcheck.checks.negation_model import log_odds
from transcheck.checks.negation_sides import Pairing, Side, best
from transcheck.text.lexicon import Hit, opposed, table
from transcheck.text.negation import Negation, beyond_and, cancels, stated
from transcheck.types import Span

_FIRST_BONUS = 0.25
"""How much less alike the first denied word may be than another and still be the place."""
_BEFORE = 3
"""Words before a place among which a word that states it outright stands."""
_RENDERED = 0.4
"""Cosine from which a denied word is rendered."""
_NONE = NAMES.index("strong")
_STATED = NAMES.index("stated")
_LEAST = 0.3
"""Weight of the lexical negations beside the place below which there is none."""
_BESIDE = 10
"""Words from the place of a denied word within which its opposite may stand for the negation."""
_CHAIN = (60, 90)
"""Code points from one negation to the next that repeats it, and from the one there to what it denies too."""
_STOP = re.compile(r"[.!?;]")


@dataclass(frozen=True, slots=True)
class Gap:
    """A negation that another version does not render.

    ``word`` is the place there of the word that is denied here (None: no such word); ``score`` is the log-odds that
    the other version says the opposite, as fitted for two versions; ``features`` are what they rest on, ``outright``
    what they gain where the other version states outright what is denied (*did reach*, *with a warrant*).
    """

    negation: Negation
    word: Span | None
    features: tuple[float, ...]
    score: float
    outright: float = 0.0

    @property
    def similarity(self) -> float:
        """How like a denied word its place in the other version is, as a cosine."""
        return max(self.features[:2])

    @property
    def clear(self) -> bool:
        """Whether the denied word is rendered and the other version has neither its opposite nor a negative word of any
        kind beside it.
        """
        opposite = self.features[_STATED] < self.outright
        return (
            not opposite
            and self.similarity >= _RENDERED
            and sum(self.features[2:4]) < _LEAST
            and self.features[_NONE] <= 0.0
        )

    @property
    def lexical(self) -> float:
        """Weight of the lexical negations beside the place in the other version."""
        return self.features[2]


def gaps(found: Pairing) -> list[Gap]:
    """Return the strong negations of ``a`` that no negation of ``b`` renders, each with the evidence in ``b``."""
    if not found.b.words:
        return []
    met = {n for n, _ in found.pairs}
    left = [n for n in found.a.negations if n.strong and n not in met]
    every = [gap(n, found, len(left)) for n in left]
    return [g for g in every if not (_implied(g, found) or _free(g, left, found) or _repeated(g, found))]


def _free(g: Gap, left: Sequence[Negation], found: Pairing) -> bool:
    """Tell whether ``b`` may say the same without a negation."""
    n = g.negation
    return (
        _cancelled(g, found)
        or _opposite(g, found)
        or cancelled(n, left, found)
        or rhetorical(n, g.word, found)
        or accounted(n, g.word, found)
    )


def _implied(g: Gap, found: Pairing) -> bool:
    """Tell whether a word of ``b`` denies what ``g`` denies: *refused to fire* for *would not fire*."""
    if g.word is None or any(m.span.overlaps(d) for m in found.a.implied for d in g.negation.denied[:1]):
        return False
    place = g.word
    return any(place.overlaps(d) for m in found.b.implied for d in m.denied)


def _cancelled(g: Gap, found: Pairing) -> bool:
    """Tell whether ``g`` denies a word that denies, and the other version has neither, *не ошиблись*, *were right*, or
    the opposite of that word: *не забыла*, *remember*.
    """
    a, n = found.a, g.negation
    denies = any(s.overlaps(d) for d in n.denied[:1] for s in cancels(a.text, a.lang))
    return denies and (g.lexical < _LEAST or _antonym(n, a, found.b))


def _opposite(g: Gap, found: Pairing) -> bool:
    """Tell whether ``b`` has, about there, the opposite of the very word that is denied, which ``a`` does not have:
    *ещё не высохла*, *is still wet*.
    """
    a, b, n = found.a, found.b, g.negation
    centre = b.index(g.word) if g.word is not None else None
    if centre is None or not n.denied or any(m.strong for m in b.negations):
        return False
    here = opposed("contrast", a.lang).find(a.text)
    sought = {_other_side(h.key) for h in here if n.denied[0].overlaps(_at(h))} - {h.key for h in here} - {None}
    there = [b.index(_at(h)) for h in opposed("contrast", b.lang).find(b.text) if h.key in sought]
    return any(at is not None and abs(at - centre) <= _BESIDE for at in there)


def gap(n: Negation, found: Pairing, count: int) -> Gap:
    """Look in ``b`` for the word that ``n`` of ``a`` denies and describe what stands around it."""
    a, b, cosine = found.a, found.b, found.cosine
    rows = a.indices(n.denied)
    word, first = best(rows[:1], cosine)
    other, rest = best(rows[1:], cosine)
    at = word if first >= rest - _FIRST_BONUS else other
    limits = table("negation")["score"]
    stops = next((x for m, there in found.pairs if (x := _linked(n, m, there, found)) is not None and not x[1]), None)
    if stops is not None and n.start > min(m.start for m, _ in found.pairs):
        at = b.index(stops[0])
    outright = limits["stated"] if stops is not None or (at is not None and _outright(n, b, at)) else 0.0
    opposite = limits["antonym"] if _antonym(n, a, b) else 0.0
    features = (first, rest, *describe(n, at, found, count), outright - opposite)
    place = b.words[at] if at is not None else None
    return Gap(n, place, features, log_odds("pair", features) + outright, outright)


def _repeated(g: Gap, found: Pairing) -> bool:
    """Tell whether ``b`` says once what ``a`` says twice: *did not eat or drink* for *не ел и не пил*."""
    a, b, n = found.a, found.b, g.negation
    links = table("negation")["links"]
    for other, there in found.pairs:
        first, second = sorted((n, other), key=lambda x: x.start)
        here = a.text[first.end : second.start]
        if len(here) > _CHAIN[0] or _STOP.search(here):
            continue
        words = set(_STOP.split(b.text[there.end : there.end + _CHAIN[1]], maxsplit=1)[0].lower().split())
        if words & set(links["or"][b.lang]) or _same_word(n, other, a):
            return True
        if (linked := _linked(n, other, there, found)) is not None and linked[1]:
            return True
        if first is other and n.kind == "pronoun" and words & set(links["and"][b.lang]):
            return True
    return False


def _linked(n: Negation, other: Negation, there: Negation, found: Pairing) -> tuple[Span, bool] | None:
    """Return, where "and" joins two negations of ``a`` (*не пришёл и не позвонил*) and ``there`` of ``b`` is one of
    them, the verb behind the "and" of ``b`` and whether ``there`` denies it too: *did not come and call*, *and called*.
    """
    a, b = found.a, found.b
    first, second = sorted((n, other), key=lambda x: x.start)
    between = a.text[first.end : second.start].split()
    joins = table("negation")["links"]["and"][a.lang]
    if b.lang != "en" or first is second or not between or between[-1].lower() not in joins:
        return None
    if len(a.text[first.end : second.start]) > _CHAIN[0] or _STOP.search(a.text[first.end : second.start]):
        return None
    return beyond_and(b.text, there.span)


def _same_word(n: Negation, m: Negation, a: Side) -> bool:
    """Tell whether two negations of a version deny the same word."""
    first, second = (x.denied[0].of(a.text).lower() if x.denied else "" for x in (n, m))
    return bool(first) and first == second


def _outright(n: Negation, b: Side, at: int) -> bool:
    """Tell whether ``b`` states outright what ``n`` denies: *with* for *without*, an emphatic *did* before the word."""
    near = Span(b.words[max(0, at - _BEFORE)].start, b.words[at].end)
    if n.kind == "without":
        return any(near.overlaps(s) for s in stated(b.text, b.lang, "with"))
    return any(near.overlaps(s) for s in stated(b.text, b.lang, "emphatic"))


def _antonym(n: Negation, a: Side, b: Side) -> bool:
    """Tell whether ``b`` says the opposite of the word that ``n`` denies: *tell the truth* for *not lie*."""
    denied = n.denied[:2]
    mine = {h.key for h in opposed("contrast", a.lang).find(a.text) if any(s.overlaps(_at(h)) for s in denied)}
    sought = {_other_side(key) for key in mine} - {None}
    return bool(sought) and any(h.key in sought for h in opposed("contrast", b.lang).find(b.text))


def _other_side(key: str) -> str | None:
    """Return the key of the opposite concept, if ``key`` has one."""
    return f"{key[:-1]}{'b' if key.endswith('a') else 'a'}" if key.endswith((".a", ".b")) else None


def _at(hit: Hit) -> Span:
    return Span(hit.start, hit.end)
