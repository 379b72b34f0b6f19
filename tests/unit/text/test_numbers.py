"""Numbers are read whatever their case, gender, grouping and language."""

from __future__ import annotations

import random
import tomllib
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from transcheck.text.numbers import quantities, scan
from transcheck.text.quantity import Quantity
from transcheck.types import LANGS, Lang

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "numbers.toml").read_text("utf-8"))


def shown(quantity: Quantity) -> str:
    value = str(quantity.low) if quantity.low == quantity.high else f"{quantity.low}..{quantity.high}"
    return ("~" if quantity.kind == "vague" else "") + value + (f" {quantity.unit}" if quantity.unit else "")


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in LANGS for text in CASES[lang]])
def test_reads(lang: Lang, text: str) -> None:
    found = [q for q in quantities(text, lang) if shown(q) != "1"]
    assert [shown(q) for q in found] == CASES[lang][text]


def values() -> list[int]:
    draw = random.Random(7)
    large = [draw.randrange(10**k, 10 ** (k + 1)) for k in range(3, 9) for _ in range(40)]
    return [*range(1000), *large, 10**6, 2 * 10**6, 10**9]


@pytest.mark.parametrize("lang", LANGS)
def test_round_trip_with_words(lang: Lang) -> None:
    for value in values():
        words = num2words(value, lang=lang).replace(",", "")
        found = quantities(words, lang)
        assert [(int(q.low), q.start, q.end) for q in found] == [(value, 0, len(words))], words


@pytest.mark.parametrize("lang", LANGS)
def test_round_trip_with_ordinals(lang: Lang) -> None:
    for value in range(1, 1000):
        words = num2words(value, lang=lang, to="ordinal")
        assert [q.low for q in quantities(words, lang)] == [value], words


@pytest.mark.parametrize(
    ("lang", "words", "value"),
    [
        ("ru", "тремястами сорока двумя", 342),
        ("ru", "о пятистах шестидесяти", 560),
        ("ru", "двум миллионам восьмистам тысячам", 2_800_000),
        ("ru", "тысячью девятьюстами", 1900),
        ("ru", "тридцатью тремя", 33),
        ("uk", "трьомастами сорока двома", 342),
        ("uk", "пʼятьмастами шістдесятьма", 560),
        ("uk", "двом мільйонам восьмистам тисячам", 2_800_000),
        ("uk", "тисячею дев’ятьмастами", 1900),
        ("uk", "сорока сімома", 47),
    ],
)
def test_declined(lang: Lang, words: str, value: int) -> None:
    assert [q.low for q in quantities(words, lang)] == [value]


@pytest.mark.parametrize(
    ("lang", "text", "value", "other"),
    [
        ("ru", "1,500", "3/2", 1500),
        ("ru", "14.000", "14000", 14),
        ("en", "1.500", "3/2", 1500),
        ("en", "5m", "5000000", 5),
    ],
)
def test_ambiguous_digits_keep_both_readings(lang: Lang, text: str, value: str, other: int) -> None:
    (found,) = quantities(text, lang)
    assert (found.low, found.other) == (Fraction(value), Fraction(other))


def test_loose_words_are_marked() -> None:
    for lang, text in (
        ("ru", "один из них, обе, дважды, первый"),
        ("en", "one of them, both, twice, first"),
        ("uk", "один, обидва"),
    ):
        assert {q.form for q in quantities(text, lang)} == {"loose"}  # type: ignore[arg-type]


def test_numbers_glued_to_letters_are_codes() -> None:
    found = quantities("Т-72, F-16 и М777", "ru")
    assert [int(q.low) for q in found] == [72, 16, 777]
    assert {q.kind for q in found} == {"code"}


def test_dates_are_not_numbers() -> None:
    found, dated = scan("24 февраля 2022 года погибли 12 человек.", "ru")
    assert [q.low for q in found] == [12]
    assert len(dated) == 1


@given(st.text(alphabet="0123456789 .,-–:/%$абвтысяч п'one hundred andмлн", max_size=60), st.sampled_from(LANGS))
def test_spans_stand_in_the_text_in_order(text: str, lang: Lang) -> None:
    found = quantities(text, lang)
    ends = [0] + [q.end for q in found]
    for q, before in zip(found, ends, strict=False):
        assert before <= q.start < q.end <= len(text)
        assert q.low <= q.high
