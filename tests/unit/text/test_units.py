"""Units are recognised in every language and convert within their dimension."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path

import pytest

from transcheck.text.facts import same
from transcheck.text.number_tokens import tokenize
from transcheck.text.numbers import quantities
from transcheck.text.units import in_base, unit_at, units
from transcheck.types import LANGS, Lang

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "units.toml").read_text("utf-8"))["case"]
TABLE = tomllib.loads((Path(__file__).parents[3] / "transcheck" / "text" / "data" / "units.toml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['a'][1]} / {c['b'][1]}")
def test_amounts(case: dict[str, object]) -> None:
    (lang_a, text_a), (lang_b, text_b) = case["a"], case["b"]  # type: ignore[misc]
    (a,), (b,) = quantities(text_a, lang_a), quantities(text_b, lang_b)  # type: ignore[has-type]
    assert same(a, b) is case["same"]
    assert same(b, a) is case["same"]


@pytest.mark.parametrize("lang", LANGS)
def test_every_form_names_a_unit_of_the_dimension_it_stands_under(lang: Lang) -> None:
    for code, row in TABLE["unit"].items():
        for form in row[lang].split():
            words = form.replace("*", "").replace("_", " ")
            found = unit_at(tokenize(words), 0, lang)
            assert found is not None, words
            assert units()[found[0]].dimension == row["dimension"], (code, words, found)


def test_base_values() -> None:
    assert in_base(Fraction(1), "mi") == Fraction(1609344, 1000)
    assert in_base(Fraction(212), "F") == 100


def test_words_that_only_begin_like_a_unit_name_none() -> None:
    for word in ("часть", "части", "метрополия", "годный", "весомый"):
        assert unit_at(tokenize(word), 0, "ru") is None
