"""Pieces of numerals: digits with what is glued to them, fractions after a whole number, halves."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from transcheck.text.number_tokens import HYPHENS, WORD, Token, glued, hyphen_at, read_digits
from transcheck.text.number_words import Entry, Lexicon
from transcheck.text.units import unit_at
from transcheck.types import Lang

Form = Literal["digits", "words", "loose"]

HALF = Fraction(1, 2)
FRACTIONS = {
    "½": HALF,
    "⅓": Fraction(1, 3),
    "⅔": Fraction(2, 3),
    "¼": Fraction(1, 4),
    "¾": Fraction(3, 4),
    "⅕": Fraction(1, 5),
    "⅖": Fraction(2, 5),
    "⅛": Fraction(1, 8),
    "⅜": Fraction(3, 8),
    "⅝": Fraction(5, 8),
}
"""The fractions of one sign."""

DOZEN = 12
"""Translators take a dozen for десяток and back, so that ten is its second reading."""


class Parts:
    """The state of one numeral that is read from token ``first`` on, and the readers of its pieces.

    ``group`` is what is read below a thousand, ``total`` what multipliers have closed; ``at`` is the next token.
    """

    def __init__(self, tokens: list[Token], lex: Lexicon, lang: Lang, first: int) -> None:
        self.tokens, self.lex, self.lang, self.first = tokens, lex, lang, first
        self.at = first
        self.total = Fraction(0)
        self.group: Fraction | None = None
        self.other: Fraction | None = None
        self.multiplier: Fraction | None = None
        self.form: Form = "words"
        self.approximate = self.ordinal = self.vague = self.decade = self.code = self.plain = False

    def _entry(self, i: int) -> Entry | None:
        if i < len(self.tokens) and self.tokens[i].kind == WORD:
            return self.lex.words.get(self.tokens[i].text)
        return None

    def _matches(self, i: int, phrase: tuple[str, ...]) -> bool:
        return tuple(t.text for t in self.tokens[i : i + len(phrase)]) == phrase

    def _bare_digits(self, i: int) -> Fraction:
        """Return the whole number in digits at token ``i``, 0 where there is none or more is glued to it."""
        if i >= len(self.tokens) or not self.tokens[i].text.isdigit():
            return Fraction(0)
        if i + 1 < len(self.tokens) and glued(self.tokens, i + 1) and self.tokens[i + 1].kind == WORD:
            return Fraction(0)
        after = self._entry(i + 1)
        return Fraction(self.tokens[i].text if after is None or after.role != "multiplier" else 0)

    def _digits(self) -> bool:
        """Read digits and what is glued to them: an ordinal or case suffix, the s of a decade."""
        tokens, i = self.tokens, self.at
        values = read_digits(tokens[i].text, self.lang)
        if values is None:
            return False
        self.group, self.other = values
        self.form = "digits"
        self.plain = tokens[i].text.isdigit()
        self.code = glued(tokens, i) and (
            tokens[i - 1].kind == WORD or (hyphen_at(tokens, i - 1) and tokens[i - 2].kind == WORD)
        )
        self.at = i + 1
        if not self._fraction_sign():
            self._suffix(tokens[i].text)
        return True

    def _fraction_sign(self) -> bool:
        """``8½``, ``6 1/2``: the fraction belongs to the whole number before it."""
        tokens, i = self.tokens, self.at
        if self.group is None or not self.plain or i >= len(tokens):
            return False
        if (sign := FRACTIONS.get(tokens[i].text)) is not None and tokens[i].start - tokens[i - 1].end <= 1:
            self.group, self.at = self.group + sign, i + 1
        elif (slashed := _slash(tokens, i)) is not None and not glued(tokens, i):
            self.group, self.at = self.group + slashed, i + 3
        else:
            return False
        self.plain = False
        return True

    def _counts(self, i: int) -> bool:
        """Tell whether token ``i`` is what a number counts: *2-х миллионов*, *3-х недель*."""
        entry = self._entry(i)
        multiplier = entry is not None and entry.role == "multiplier"
        return multiplier or (i < len(self.tokens) and unit_at(self.tokens, i, self.lang) is not None)

    def _suffix(self, digits: str) -> None:
        tokens, j = self.tokens, self.at
        if j < len(tokens) and glued(tokens, j) and (tokens[j].text in HYPHENS or tokens[j].text in "'’"):
            j += 1
        if not (j < len(tokens) and glued(tokens, j) and tokens[j].kind == WORD):
            return
        suffix = tokens[j].text
        if self._scaled_suffix(suffix, j):
            return
        round_ten = self.plain and digits.endswith("0") and len(digits) in (2, 4)
        if suffix in self.lex.decade_suffixes and round_ten:
            self.decade = True
        elif suffix in self.lex.ordinal_suffixes and not (suffix in self.lex.cardinal_suffixes and self._counts(j + 1)):
            self.ordinal = True
        elif suffix not in self.lex.cardinal_suffixes:
            self.code = self.code or (j == self.at and len(suffix) <= 3 and tokens[j].raw.isupper())
            return
        self.at = j + 1

    def _scaled_suffix(self, suffix: str, j: int) -> bool:
        """``5m``, ``10k`` and ``16-миллионный`` multiply the digits."""
        scale = self.lex.glued_scale.get(suffix) if j == self.at else None
        adjective = next((v for k, v in self.lex.scaled_adjectives.items() if suffix.startswith(k)), None)
        if self.group is None or (scale is None and adjective is None):
            return False
        if scale is not None:
            self.other = self.group
            self.total = self.group * scale
        elif adjective is not None:
            self.total = self.group * adjective
        self.multiplier, self.group, self.plain = scale or adjective, None, False
        self.at = j + 1
        return True

    def _mixed(self) -> bool:
        """``two and three-quarters``, ``два с четвертью``: a fraction in words after a whole number."""
        i = self.at + hyphen_at(self.tokens, self.at)
        if self.group is None or self.total or self.vague or i >= len(self.tokens) or self.group % 1:
            return False
        decimal = (self.tokens[i].text,) in self.lex.connect["whole"]
        if not decimal and (self.tokens[i].text,) not in self.lex.connect["mixed"]:
            return False
        i += 1
        i += hyphen_at(self.tokens, i)
        count, article = self._entry(i), self._text(i) in ("a", "an")
        if article or (count is not None and count.role == "cardinal" and count.value < 10):
            i += 1
        i += hyphen_at(self.tokens, i)
        part = self._entry(i)
        amount = Fraction(1) if article or count is None or count is part else count.value
        if part is None or amount >= part.value:
            return False
        if part.role != "fraction" and not (part.role == "ordinal" and part.value > 2 and (article or decimal)):
            return False
        self.group, self.at = self.group + amount / part.value, i + 1
        return True

    def _text(self, i: int) -> str:
        return self.tokens[i].text if i < len(self.tokens) else ""

    def _half_after(self) -> bool:
        for phrase in self.lex.connect["half_after"]:
            if self.at > self.first and self._matches(self.at, phrase) and not self.vague:
                if self.group is None:
                    self.total += HALF * (self.multiplier or 1)
                elif self.other is not None and self.group == DOZEN:
                    self.group, self.other = self.group * 3 / 2, self.other * 3 / 2
                else:
                    self.group += HALF
                self.at += len(phrase)
                return self.group is not None
        return False


def _slash(tokens: list[Token], i: int) -> Fraction | None:
    """Return the proper fraction with a slash at token ``i``, else None: 1/2, 3/4."""
    if i + 2 >= len(tokens) or tokens[i + 1].text not in "/⁄" or not (glued(tokens, i + 1) and glued(tokens, i + 2)):
        return None
    above, below = tokens[i].text, tokens[i + 2].text
    if not (above.isdigit() and below.isdigit()) or not 0 < int(above) < int(below) <= 10:
        return None
    return Fraction(int(above), int(below))
