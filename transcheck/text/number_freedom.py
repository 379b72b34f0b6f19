"""Numbers that languages put differently: ages and years that are running, hours that have begun, tens of years.

``восемьдесят третий год`` is the age of 82, ``в начале девятого`` shortly after eight, ``восьмой десяток`` the
seventies; in ``семь пятниц на неделе`` and ``двухсотый`` nothing is counted. The words are those of
``data/number_freedom.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Any

from transcheck.text.number_tokens import Token, fold, hyphen_at, tokenize
from transcheck.text.quantity import Part, Quantity
from transcheck.text.tables import read_table
from transcheck.types import Lang, Span

_TEN = 10
_SLANG = (200, 300)
"""The dead and the wounded in the soldiers' speech."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of one language: see the comments of ``number_freedom.toml``."""

    running: frozenset[str]
    begun: frozenset[str]
    tens: frozenset[str]
    century: frozenset[str]
    between: frozenset[str]
    cargo: frozenset[str]
    slang: tuple[str, ...]
    named: frozenset[str]
    idioms: dict[str, tuple[Phrase, ...]]


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return read_table("number_freedom")


@lru_cache(maxsize=3)
def _words(lang: Lang) -> _Words:
    table = _table()[lang]
    idioms: dict[str, list[Phrase]] = {}
    for form in table["idioms"]:
        phrase = tuple(fold(form).split())
        idioms.setdefault(phrase[0], []).append(phrase)
    sets = {
        key: frozenset(fold(table[key]).split())
        for key in ("running", "begun", "tens", "century", "between", "cargo", "named")
    }
    return _Words(
        **sets, slang=tuple(table["slang"].split()), idioms={head: tuple(found) for head, found in idioms.items()}
    )


def freed(tokens: list[Token], parts: list[Part], lang: Lang) -> list[Part]:
    """Return the numbers with the second readings that the words around give them, and idioms as ``loose``."""
    if not parts:
        return parts
    words = _words(lang)
    idle = _idle(tokens, words)
    out: list[Part] = []
    for part in parts:
        if out and _tens(tokens, out[-1], part, words):
            out[-1] = _decade(tokens, out[-1], part)
            continue
        if _named(tokens, part, words):
            continue
        q = part.quantity
        if _is_slang(tokens, part, words) or idle.issuperset(range(part.first, part.last)):
            q = replace(q, form="loose")
        elif q.kind == "ordinal" and q.other is None and q.low > 1 and _is_running(tokens, part, words):
            q = replace(q, other=q.low - 1)
        elif 0 < q.low < 1 and q.unit is None:
            part, q = _of_century(tokens, part, words)
        out.append(replace(part, quantity=q))
    return out


def _text(tokens: list[Token], i: int) -> str:
    return tokens[i].text if 0 <= i < len(tokens) else ""


def idioms(text: str, lang: Lang) -> tuple[Span, ...]:
    """Return the words of a text that stand in idioms in which nothing is counted: the second pilot, seven Fridays."""
    found = tokenize(text)
    return tuple(Span(found[i].start, found[i].end) for i in sorted(_idle(found, _words(lang))))


def _idle(tokens: list[Token], words: _Words) -> frozenset[int]:
    """Return the indices of the tokens that stand in an idiom."""
    found: set[int] = set()
    for i, token in enumerate(tokens):
        for phrase in words.idioms.get(token.text, ()):
            at = i
            for word in phrase:
                at += hyphen_at(tokens, at)
                if _text(tokens, at) != word:
                    break
                at += 1
            else:
                found.update(range(i, at))
    return frozenset(found)


def _tens(tokens: list[Token], a: Part, b: Part, words: _Words) -> bool:
    """``восьмой десяток``: an ordinal before ten years of a life."""
    adjacent = a.last == b.first and a.quantity.kind == "ordinal" and b.quantity.low == _TEN
    return adjacent and 1 < a.quantity.low <= _TEN and tokens[b.first].text in words.tens


def _decade(tokens: list[Token], a: Part, b: Part) -> Part:
    start, end = a.quantity.start, tokens[b.last - 1].end
    value = (a.quantity.low - 1) * _TEN
    return Part(a.first, b.last, Quantity(start, end, value, value, approximate=True, form="words"), Fraction(1), False)


def _named(tokens: list[Token], part: Part, words: _Words) -> bool:
    """The ``quarter`` of a year or of a town, which has a number or a name before it and is none itself."""
    return part.quantity.low == Fraction(1, 4) and _text(tokens, part.first - 1) in words.named


def _is_slang(tokens: list[Token], part: Part, words: _Words) -> bool:
    """``двухсотый``, ``трёхсотые``, ``груз 200``: the dead and the wounded, whose number it is not."""
    q = part.quantity
    if q.low not in _SLANG or q.unit is not None:
        return False
    if _text(tokens, part.first - 1) in words.cargo or _text(tokens, part.first - 2) in words.cargo:
        return True
    return q.kind == "ordinal" and bool(words.slang) and tokens[part.last - 1].text.endswith(words.slang)


def _is_running(tokens: list[Token], part: Part, words: _Words) -> bool:
    """``пятый месяц``, ``на девятом году``, ``в начале девятого``: one less is full."""
    if _text(tokens, part.last) in words.running:
        return True
    return part.quantity.low <= 24 and _text(tokens, part.first - 1) in words.begun


def _of_century(tokens: list[Token], part: Part, words: _Words) -> tuple[Part, Quantity]:
    """``четверть века``, ``a quarter of a century``: a part of a hundred years."""
    i = part.last
    while _text(tokens, i) in words.between:
        i += 1
    if _text(tokens, i) not in words.century:
        return part, part.quantity
    whole = replace(part.quantity, end=tokens[i].end, unit="century", kind="measure", form="loose")
    return replace(part, last=i + 1, unit_open=False), whole
