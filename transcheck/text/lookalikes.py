"""Words in which letters of one script pass for those of the other: Кiев with a Latin i, Kуiv with a Cyrillic у.

They look right, but search, spelling and comparison fail on them. Mixtures that writers mean are left alone:
IT-компания, Х-101, iPhone'ы, SMSка.
"""

from __future__ import annotations

import re
from functools import lru_cache

from transcheck.text.detect import address_pattern, letters
from transcheck.types import Span

_LEAST_ABBREVIATION = 2
"""Capitals of one script before small letters of the other from which the word is an abbreviation with an ending."""


def mixed_words(text: str) -> tuple[Span, ...]:
    """Return the words of ``text`` that mix Cyrillic with Latin letters where one side consists of look-alikes only.

    Parts between hyphens, digits and apostrophes count as words of their own; addresses are passed over.
    """
    found = [Span(*m.span()) for m in _mixed_pattern().finditer(text) if _mistyped(m.group())]
    if not found:
        return ()
    addresses = [Span(*m.span()) for m in address_pattern().finditer(text)]
    return tuple(s for s in found if not any(s.overlaps(a) for a in addresses))


def corrected(word: str) -> str:
    """Return the word with the look-alikes of its smaller side replaced by the letters that they pass for."""
    to_cyrillic, to_latin = _tables()
    latin = sum(_is_latin(c) for c in word)
    cyrillic = sum(_is_cyrillic(c) for c in word)
    cyrillic_strange = any(_is_cyrillic(c) and ord(c) not in to_latin for c in word)
    return word.translate(to_cyrillic if cyrillic_strange or cyrillic >= latin else to_latin)


def _mistyped(word: str) -> bool:
    """Tell whether one side of a mixed word is look-alikes only, and the word no abbreviation with an ending."""
    to_cyrillic, to_latin = _tables()
    latin = [c for c in word if _is_latin(c)]
    cyrillic = [c for c in word if _is_cyrillic(c)]
    if not (all(ord(c) in to_cyrillic for c in latin) or all(ord(c) in to_latin for c in cyrillic)):
        return False
    return not (_is_abbreviation(word, latin) or _is_abbreviation(word, cyrillic))


def _is_abbreviation(word: str, side: list[str]) -> bool:
    """Tell whether a side is two capitals or more before small letters of the other: ATMами, ВКontakte."""
    head = word[: len(side)]
    return len(side) >= _LEAST_ABBREVIATION and head == "".join(side) and head.isupper() and word[len(side) :].islower()


def _is_latin(char: str) -> bool:
    return "A" <= char <= "Z" or "a" <= char <= "z" or char in "ïÏ"


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u04ff"


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[int, str], dict[int, str]]:
    """Return the look-alikes as translation tables, Latin to Cyrillic and back."""
    table = letters()["lookalikes"]
    forth = {ord(a): b for a, b in zip(table["latin"], table["cyrillic"], strict=True)}
    return forth, {ord(c): chr(n) for n, c in forth.items()}


@lru_cache(maxsize=1)
def _mixed_pattern() -> re.Pattern[str]:
    """Return the pattern of a run of letters of both scripts."""
    latin, cyrillic = "A-Za-zïÏ", "\u0400-\u04ff"
    both = f"[{latin}{cyrillic}\u0301]"
    return re.compile(f"(?<!{both})(?:[{latin}]+[{cyrillic}]|[{cyrillic}\u0301]+[{latin}]){both}*")
