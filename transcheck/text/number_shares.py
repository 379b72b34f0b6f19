"""Shares of a whole in running text: nine out of ten, каждый пятый, п'ята частина, a chance of one to three."""

from __future__ import annotations

from dataclasses import replace

from transcheck.text.number_tokens import WORD, Token
from transcheck.text.number_words import Lexicon
from transcheck.text.quantity import Part

_WHOLES = (10, 100, 3, 4, 5, 6, 7, 8, 9, 20, 1000)
"""Numbers of which a share is named; the first two come and go with it: nine out of ten is 90 percent."""
_NOUN = 2
"""Words that may stand between a part and "out of": nine young bees out of ten."""
_SHORT = 3
"""Letters of words that are no plurals for all their s: was, has, yes."""
_BEFORE, _AFTER = 7, 3
"""Tokens around two numbers among which a word for chance makes them odds."""


def with_shares(tokens: list[Token], parts: list[Part], lex: Lexicon) -> list[Part]:
    """Give ``nine out of ten`` and ``каждый пятый`` their share of a whole as the second reading."""
    out: list[Part] = []
    for i, part in enumerate(parts):
        q = part.quantity
        before = parts[i - 1] if i else None
        after = parts[i + 1] if i + 1 < len(parts) else None
        every = q.kind == "ordinal" and (tokens[part.first - 1].text if part.first else "",) in lex.connect["every"]
        part_of = q.kind == "ordinal" and q.low > 2 and _names_share(tokens, part, lex)
        if part_of:
            q = replace(q, low=1 / q.low, high=1 / q.low, other=q.low, kind="number", form="loose")
        elif every and q.low > 2:
            q = replace(q, other=1 / q.low)
        elif after is not None and _is_share(tokens, part, after, lex):
            q = replace(q, other=q.low / after.quantity.low)
        elif before is not None and _is_share(tokens, before, part, lex):
            loose = q.low in _WHOLES[:2] or _is_chance(tokens, before, part, lex)
            q = replace(q, form="loose" if loose else q.form, other=before.quantity.low / q.low)
        out.append(replace(part, quantity=q))
    return out


def _names_share(tokens: list[Token], part: Part, lex: Lexicon) -> bool:
    """``пятая часть``, ``a fifth of``: an ordinal that names a share."""
    before = tokens[part.first - 1].text if part.first else ""
    after = tokens[part.last].text if part.last < len(tokens) else ""
    return (after,) in lex.connect["part"] or (before == "a" and (after,) in lex.connect["of"])


def _is_share(tokens: list[Token], a: Part, b: Part, lex: Lexicon) -> bool:
    x, y = a.quantity, b.quantity
    if not (x.kind == y.kind == "number" and x.unit is None and 0 < x.low < y.low and x.low == x.high):
        return False
    if _is_chance(tokens, a, b, lex):
        return True
    if y.low not in _WHOLES:
        return False
    between = tuple(t.text for t in tokens[a.last : b.first])
    if between in lex.connect["share"] or (x.low == 1 and between[1:] in lex.connect["share"]):
        return True
    for k in range(1, _NOUN + 1):
        if len(between) > k and all(t.kind == WORD for t in tokens[a.last : a.last + k]):
            if between[k:] in lex.connect["share_of"]:
                return True
            if between[k:] in lex.connect["share_in"] and not _counts(tokens, b):
                return True
    return False


def _counts(tokens: list[Token], part: Part) -> bool:
    """Tell whether an English plural follows that a number counts: in ten *cars*, not in ten *agree*."""
    word = tokens[part.last].text if part.last < len(tokens) else ""
    return word.endswith("s") and len(word) > _SHORT


def _is_chance(tokens: list[Token], a: Part, b: Part, lex: Lexicon) -> bool:
    """``вероятность выше, чем один к трём``: one to a number, a word for chance near."""
    joint = tuple(t.text for t in tokens[a.last : b.first])
    if a.quantity.low != 1 or joint not in lex.connect["odds"]:
        return False
    near = (*tokens[max(0, a.first - _BEFORE) : a.first], *tokens[b.last : b.last + _AFTER])
    return any((t.text,) in lex.connect["chance"] for t in near)
