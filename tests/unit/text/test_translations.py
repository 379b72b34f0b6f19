from __future__ import annotations

import numpy as np
import pytest

from transcheck.text import translations
from transcheck.text.translations import familiar, keys, rates
from transcheck.types import Lang


def _rate(a: tuple[Lang, str], b: tuple[Lang, str]) -> float:
    there, _ = rates(keys([a[1]], a[0]), keys([b[1]], b[0]), a[0], b[0])
    return float(there[0, 0])


SAME = [
    (("ru", "правительства"), ("en", "government")),
    (("ru", "запретили"), ("en", "banned")),
    (("uk", "заборонили"), ("en", "banned")),
    (("uk", "війною"), ("en", "war")),
    (("ru", "некоторые"), ("uk", "деяких")),
    (("ru", "маленький"), ("en", "small")),
    (("uk", "маленька"), ("en", "small")),
    (("ru", "брата"), ("uk", "братові")),
]
OTHER = [
    (("ru", "большой"), ("en", "small")),
    (("uk", "великий"), ("en", "small")),
    (("ru", "все"), ("en", "some")),
    (("uk", "всі"), ("en", "some")),
    (("ru", "сестра"), ("en", "brother")),
    (("uk", "сестра"), ("ru", "брат")),
    (("ru", "перед"), ("en", "after")),
    (("uk", "ніхто"), ("en", "everyone")),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_translations_of_one_another_are_known(a: tuple[Lang, str], b: tuple[Lang, str]) -> None:
    assert _rate(a, b) > 0.5
    assert _rate(b, a) > 0.5


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_opposites_and_kin_are_no_translations(a: tuple[Lang, str], b: tuple[Lang, str]) -> None:
    assert _rate(a, b) < 0.3
    assert _rate(b, a) < 0.3


def test_directions_are_exchanged_with_the_sides() -> None:
    a, b = keys(["все", "дома", "2014"], "ru"), keys(["all", "houses"], "en")
    there, back = rates(a, b, "ru", "en")
    here, again = rates(b, a, "en", "ru")
    np.testing.assert_array_equal(there, again.T)
    np.testing.assert_array_equal(back, here.T)
    assert there.shape == (3, 2)
    assert not there[2].any()


def test_what_is_no_word_is_not_known() -> None:
    known = familiar(keys(["дом", "абракадаброзавр", "17"], "ru"), "en")
    assert known[0] > 0.4
    assert known[1] == known[2] == 0


def test_the_table_is_sorted_and_small() -> None:
    table = translations.table()
    assert (np.diff(table.pairs.astype(np.int64)) > 0).all()
    assert (np.diff(table.stems.astype(np.int64)) > 0).all()
    assert len(table.pairs) == len(table.levels)
    assert len(table.stems) == len(table.seen)
