"""Tokens for the grammars of numbers, units and dates: words, digit groups and signs with their offsets."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from transcheck.types import Lang

WORD, NUM, DATE, TIME, SIGN = "word", "num", "date", "time", "sign"

HYPHENS = "-‑‐"
DASHES = "-–—‑‐"
APOSTROPHES = "'’ʼ‘`´\u02b9"
_SPACE = "\u00a0\u202f\u2009\u2007 "
_DROP = str.maketrans({**dict.fromkeys(APOSTROPHES), "\u0301": None, "ё": "е"})


class Token(NamedTuple):
    """A word, digits, a written date or time, or a single sign; ``text`` is folded, offsets are those of the input."""

    kind: str
    start: int
    end: int
    text: str
    raw: str


def fold(word: str) -> str:
    """Return ``word`` in the form of the tables: lower case, ё as е, no apostrophes, no stress marks."""
    return word.lower().translate(_DROP)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    letter = r"[^\W\d_]"
    return re.compile(
        rf"""
        (?P<skip>(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.]+|\#[^\W\d]\w*|@\w+)
        |(?P<date>(?<![\d.])(?:\d{{4}}-\d\d-\d\d|\d{{1,2}}(?P<sep>[./])\d{{1,2}}(?P=sep)(?:\d{{4}}|\d\d))(?![\d]))
        |(?P<time>(?<![\d:])(?:
            (?:(?:[01]?\d|2[0-4]):)?[0-5]?\d:[0-5]\d[.,]\d{{1,3}} | (?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?
         )(?![\d:]))
        |(?P<num>(?<!{letter}-)(?<!\d['’′])\d{{1,3}}(?:[{_SPACE}]\d{{3}})+(?!\d)(?:[.,]\d{{1,2}}(?!\d))?|\d+(?:[.,]\d+)*)
        |(?P<word>{letter}+(?:[{APOSTROPHES}\u0301]{letter}+)*\u0301?)
        |(?P<sign>[^\s\w])
        """,
        re.VERBOSE,
    )


def tokenize(text: str) -> list[Token]:
    """Return the tokens of ``text`` in order; addresses of pages and mail are left out, blanks stand between tokens."""
    found: list[Token] = []
    add = found.append
    for match in _pattern().finditer(text):
        kind = match.lastgroup
        if kind is None or kind == "skip":
            continue
        raw = match.group()
        add(Token(kind, match.start(), match.end(), fold(raw) if kind == WORD else raw, raw))
    return found


def expand(forms: str) -> list[str]:
    """Return the words of a table entry: blanks separate them, ``stem(a|b|)`` stands for the stem with each ending."""
    words: list[str] = []
    for item in forms.split():
        stem, bracket, rest = item.partition("(")
        if bracket:
            words.extend(fold(stem + ending) for ending in rest.rstrip(")").split("|"))
        else:
            words.append(fold(item))
    return words


def read_digits(raw: str, lang: Lang) -> tuple[Fraction, Fraction | None] | None:
    """Return the value of a digit group and its second possible value; None for what is no number (``1.2.3``)."""
    compact = "".join(c for c in raw if not c.isspace())
    grouped = len(compact) < len(raw)
    marks = [c for c in compact if c in ".,"]
    if not marks:
        return Fraction(compact), None
    parts = compact.replace(",", ".").split(".")
    if len(marks) == 1:
        return _one_mark(parts[0], parts[1], marks[0], grouped, lang)
    if len(set(marks)) == 1:
        return (Fraction("".join(parts)), None) if all(len(p) == 3 for p in parts[1:]) else None
    if len(set(marks[:-1])) == 1 and all(len(p) == 3 for p in parts[1:-1]):
        return Fraction("".join(parts[:-1]) + "." + parts[-1]), None
    return None


def _one_mark(whole: str, rest: str, mark: str, grouped: bool, lang: Lang) -> tuple[Fraction, Fraction | None]:
    decimal = Fraction(f"{whole}.{rest}")
    if len(rest) != 3 or grouped or len(whole) > 3 or whole.startswith("0"):
        return decimal, None
    thousands = Fraction(whole + rest)
    if lang == "en":
        return (thousands, None) if mark == "," else (decimal, thousands)
    if mark == "." or rest == "000":
        return thousands, decimal
    return decimal, thousands


def glued(tokens: list[Token], i: int) -> bool:
    """Tell whether token ``i`` follows the one before it without a blank."""
    return 0 < i < len(tokens) and tokens[i].start == tokens[i - 1].end


def hyphen_at(tokens: list[Token], i: int) -> bool:
    """Tell whether token ``i`` is a hyphen that joins its two neighbours."""
    return 0 < i < len(tokens) - 1 and tokens[i].text in HYPHENS and glued(tokens, i) and glued(tokens, i + 1)
