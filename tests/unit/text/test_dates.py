"""Dates are read as far as they are written, and words that look like months or weekdays are left alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from transcheck.text.dates import Date, dates
from transcheck.text.facts import same_date
from transcheck.types import LANGS, Lang

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "dates.toml").read_text("utf-8"))
PARTS = (("d", "day"), ("m", "month"), ("y", "year"), ("w", "weekday"), ("decade", "decade"), ("century", "century"))


def shown(date: Date) -> str:
    parts = " ".join(f"{short}{getattr(date, name)}" for short, name in PARTS if getattr(date, name) is not None)
    return parts + " night" * date.night + "?" * date.weak


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in LANGS for text in CASES[lang]])
def test_reads(lang: Lang, text: str) -> None:
    assert [shown(d) for d in dates(text, lang)] == CASES[lang][text]


def test_span_covers_the_date() -> None:
    text = "Это было 24 февраля 2022 года, утром."
    (date,) = dates(text, "ru")
    assert text[date.start : date.end] == "24 февраля 2022 года"


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("24 February 2022", "24 February", True),
        ("24 February 2022", "24 February 2023", False),
        ("24 February 2022", "24 March 2022", False),
        ("on Monday", "24 February", False),
        ("the nineties", "the 1990s", True),
        ("the 1990s", "the 1980s", False),
        ("03/04/2022", "4 March 2022", True),
        ("in 2022", "24 February 2022", True),
        ("on the night of 9-10 October", "9 October", True),
        ("on the night of 9-10 October", "10 October", True),
        ("on the night of 9-10 October", "11 October", False),
        ("overnight into Saturday", "on Friday", True),
        ("overnight into Saturday", "on Sunday", False),
        ("overnight into Monday", "on Sunday", True),
        ("overnight to 1 March", "28 February", True),
        ("overnight to 1 March", "27 February", False),
    ],
)
def test_partial_dates_agree_where_they_share_a_part(a: str, b: str, same: bool) -> None:
    (first,), (second,) = dates(a, "en"), dates(b, "en")
    assert same_date(first, second) is same
