"""Numerals in running text: a small grammar over tokens, the same for the three languages, words from a table.

A numeral is digits with their grouping, suffix and multiplier (``14 000``, ``15-й``, ``2,5 млн``), or words in any case
form (``трёх тысяч двухсот``, ``twenty-first``), or both. What it counts is no concern of this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from transcheck.text.number_parts import DOZEN, Form, Parts
from transcheck.text.number_tokens import NUM, WORD, Token, glued, hyphen_at, read_digits
from transcheck.text.number_words import Entry, lexicon
from transcheck.types import Lang

_FEMININE = ("ая", "ой", "ую", "а", "ої", "у", "ій")
_PLURAL = ("ых", "ым", "ыми", "их", "ім", "ими", "і")
"""Endings of the ordinals of a Slavic fraction: одна пятая, чотири п'яті."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A numeral that covers the tokens ``first:last``.

    ``other`` is the second reading of digits whose grouping is ambiguous; ``form`` is ``loose`` for words that
    languages use freely (one, both, first, half); ``plain`` tells that it is written in digits alone, without grouping,
    fraction or multiplier; ``code`` that it is glued to letters (T-72, 5G).
    """

    first: int
    last: int
    value: Fraction
    form: Form
    other: Fraction | None = None
    ordinal: bool = False
    vague: bool = False
    decade: bool = False
    plain: bool = False
    code: bool = False
    scaled: bool = False
    approximate: bool = False


def numerals(tokens: list[Token], lang: Lang) -> list[Numeral]:
    """Return the numerals among ``tokens`` in order, none overlapping."""
    lex = lexicon(lang)
    words = lex.words
    found: list[Numeral] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == NUM or (token.kind == WORD and token.text in words):
            numeral = _Reader(tokens, lex, lang, i).read()
            if numeral is not None:
                found.append(numeral)
                i = numeral.last
                continue
        i += 1
    return found


class _Reader(Parts):
    """Reads one numeral from token ``first`` on: groups below a thousand, each closed by a multiplier."""

    def read(self) -> Numeral | None:
        """Return the numeral, or None when the token begins none."""
        token = self.tokens[self.at]
        if token.kind == NUM:
            if not self._digits():
                return None
        elif not self._special():
            if token.text in self.lex.only_beside and not self._followed():
                return None
        else:
            return self._done()
        if token.text in self.lex.inverted and self._inverted():
            return self._done()
        if not self.ordinal and not self.decade:
            while self._step():
                pass
        return self._done() if self.at > self.first else None

    def _inverted(self) -> bool:
        """``тысяч восемь``: the multiplier stands first and makes the number approximate."""
        scale, count = self._entry(self.at), self._entry(self.at + 1)
        counts = count is not None and count.role in ("cardinal", "fixed")
        value = count.value if count is not None and counts else self._bare_digits(self.at + 1)
        few = self.tokens[self.at].text[-1] in "аиі"  # тысячи две; тысячи двухсот is no inversion
        if scale is None or not 1 < value < (5 if few else 1000):
            return False
        self.group, self.at, self.approximate = scale.value * value, self.at + 2, True
        return True

    def _followed(self) -> bool:
        entry = self._entry(self.at + 1)
        return entry is not None and entry.role == "multiplier"

    def _special(self) -> bool:
        """Read loose words, fractions and halves; they end the numeral except before a multiplier."""
        entry = self._entry(self.at)
        if entry is None or entry.role not in ("loose", "fraction", "fixed"):
            return False
        value, i = (1 / entry.value if entry.role == "fraction" else entry.value), self.at + 1
        self.form = "words" if entry.role == "fixed" else "loose"
        while i < len(self.tokens) and (
            hyphen_at(self.tokens, i) or (self.tokens[i].text,) in self.lex.connect["article"] + self.lex.connect["of"]
        ):
            i += 1
        scale = self._entry(i)
        if scale is not None and scale.role == "multiplier" and value < 2:
            value *= scale.value
            self.form, self.at = "words", i + 1
        else:
            self.at += 1
        self.group = value
        return True

    def _step(self) -> bool:
        """Take the next word into the numeral; False when it does not continue it."""
        if self.at > self.first and self._mixed():
            return False
        i = self._skip_joint(self.at)
        if i < len(self.tokens) and self.tokens[i].kind == NUM:
            return self._digits_again(i)
        entry = self._entry(i)
        if entry is None:
            return self._half_after()
        if entry.role == "multiplier":
            return self._multiply(entry, i)
        if entry.role == "fraction" and self.group is not None and self.total == 0:
            return self._fraction(entry, i)
        if entry.role in ("cardinal", "ordinal"):
            return self._add(entry, i)
        return self._half_after()

    def _skip_joint(self, i: int) -> int:
        """Return the next word's index after a hyphen or an "and" that stand inside numerals."""
        if i == self.first or i >= len(self.tokens):
            return i
        if hyphen_at(self.tokens, i):
            return i + 1
        if self.vague and (self.tokens[i].text,) in self.lex.connect["of"]:
            return i + 1
        scale = self._entry(i + 2)
        odd = tuple(t.text for t in self.tokens[i : i + 2]) in self.lex.connect["odd"] + self.lex.connect["more"]
        if odd and scale is not None and scale.role == "multiplier":
            self.approximate = True
            return i + 2
        if (self.tokens[i].text,) in self.lex.connect["and"] and self._and_fits(i):
            return i + 1
        if self.tokens[i].text == "," and self._comma_fits(i):
            return i + 1
        return i

    def _comma_fits(self, i: int) -> bool:
        """``two thousand, five hundred``: a comma inside an English numeral in words."""
        entry, then = self._entry(i + 1), self._entry(i + 2)
        hundreds = entry is not None and entry.role == "cardinal" and then is not None and then.value == 100
        return self.lang == "en" and self.form == "words" and self.group is None and self.total >= 1000 and hundreds

    def _and_fits(self, i: int) -> bool:
        entry, then = self._entry(i + 1), self._entry(i + 2)
        hundred = self.group is not None and self.group >= 100 and self.group % 100 == 0
        open_after = hundred or (self.group is None and self.multiplier is not None)
        further = not hundred and then is not None and then.role == "multiplier"
        return bool(
            entry and entry.role in ("cardinal", "ordinal") and entry.value < 100 and open_after and not further
        ) and (self.form == "words")

    def _digits_again(self, i: int) -> bool:
        """``1 million 200 thousand``, ``37 тысяч 606``: digits go on before a smaller multiplier or to the end."""
        scale = self._entry(i + 1)
        if self.multiplier is None or self.group is not None or i != self.at:
            return False
        values = read_digits(self.tokens[i].text, self.lang)
        if values is None or values[0] >= 1000:
            return False
        if scale is None or scale.role != "multiplier":
            if self.multiplier != 1000 or self.form != "digits" or values[0] <= 31 or glued(self.tokens, i + 1):
                return False
        elif scale.value >= self.multiplier:
            return False
        self.group, self.at = values[0], i + 1
        return True

    def _multiply(self, entry: Entry, i: int) -> bool:
        if self.multiplier is not None and entry.value >= self.multiplier:
            return False
        if self.group is None and self.total:
            return False
        if i != self.at and self.form == "digits" and self.group is None:
            return False
        if self.group is None:
            before = self.tokens[self.first - 1].text if self.first else ""
            self.vague = entry.vague or before in self.lex.few
        if entry.value < 1000:
            if self.group is not None and self.group >= 100:
                return False
            if entry.value == DOZEN:
                self.other = (self.group or 1) * Fraction(10)
            self.group = (self.group if self.group is not None else Fraction(1)) * entry.value
        else:
            self.total += (self.group if self.group is not None else Fraction(1)) * entry.value
            if self.other is not None:
                self.other *= entry.value
            self.group, self.multiplier = None, entry.value
        self.plain = False
        self.at = i + 1
        return True

    def _add(self, entry: Entry, i: int) -> bool:
        value, group = entry.value, self.group
        if self.form == "digits" or (self.vague and group is not None):
            return False
        if group is None:
            if self.multiplier is not None and (value >= self.multiplier or value >= 1000):
                return False
            group, self.vague = value, False  # тысячи двухсот is no thousands
        elif entry.role == "ordinal" and self._is_fraction(group, value, i):
            group = group / value
            self.group, self.at = group, i + 1
            return True
        elif _fits(group, value):
            group += value
        elif entry.role == "ordinal" and value in (100, 1000) and group < value:
            group *= value
        elif self._is_year(group, value):
            group = group * 100 + value
        else:
            return False
        self.group, self.at = group, i + 1
        if entry.role == "ordinal":
            self.ordinal = True
            self.decade = entry.plural and value >= 20 and value < 100
            return False
        return True

    def _is_fraction(self, group: Fraction, value: Fraction, i: int) -> bool:
        """``one fifth``, ``четыре пятых``; a whole number cannot stand before such an ordinal otherwise."""
        fits = group < 10 and 3 <= value <= 10 and i > self.first and self.total == 0
        if self.lang == "en" or not fits:
            return fits
        feminine = self.tokens[self.first].text.startswith("од") and self.tokens[i].text.endswith(_FEMININE)
        plural = self.tokens[i].text.endswith(_PLURAL) and group > 1
        return group < value and (feminine or plural)

    def _is_year(self, group: Fraction, value: Fraction) -> bool:
        """English ``nineteen forty-one``."""
        return self.lang == "en" and 13 <= group <= 20 and 10 <= value < 100 and self.total == 0

    def _fraction(self, entry: Entry, i: int) -> bool:
        if self.group is None or self.group >= entry.value or self.form == "digits":
            return False
        self.group, self.at = self.group / entry.value, i + 1
        return False

    def _slashed(self) -> bool:
        """``24/7``, ``50/50``: digits beside a slash are no plain number."""
        before, after = self.first - 1, self.at
        return (glued(self.tokens, self.first) and self.tokens[before].text == "/") or (
            glued(self.tokens, after) and self.tokens[after].text == "/"
        )

    def _done(self) -> Numeral:
        value = self.total + (self.group or 0)
        form = self.form
        before = self.tokens[self.first - 1].text if self.first else ""
        if (form == "words" and before in self.lex.spoken_time) or (form == "digits" and self._slashed()):
            form = "loose"
        alone = form == "words" and self.at == self.first + 1
        if alone and ((value <= 2 and (value == 1 or self.ordinal)) or (self.ordinal and value >= 1000)):
            form = "loose"
        return Numeral(
            first=self.first,
            last=self.at,
            value=value,
            form=form,
            other=self.other,
            ordinal=self.ordinal,
            vague=self.vague,
            decade=self.decade,
            plain=self.plain,
            code=self.code,
            scaled=self.multiplier is not None,
            approximate=self.approximate,
        )


def _fits(group: Fraction, value: Fraction) -> bool:
    """Whether ``value`` may follow ``group`` inside one group below a thousand: ``двести`` ``сорок`` ``пять``."""
    if value <= 0:
        return False
    if value < 10:
        return group >= 20 and group % 10 == 0
    return value < 100 and group >= 100 and group % 100 == 0
