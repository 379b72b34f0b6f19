"""The measurement of the trained networks: its rows, and that everything is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import speed
from transcheck.encode import load_encoder
from transcheck.types import Lang

SHORT = "Nobody saw it."
LONG = " ".join(["word"] * 20)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [(str(n), *(f"{LONG} {x}{n}" for x in ("en", "ru", "uk"))) for n in range(4)]
    rows += [("short", LONG, LONG, SHORT)]
    (tmp_path / "flores200").mkdir()
    text = "\n".join("\t".join(r) for r in (("id", "en", "ru", "uk"), *rows))
    (tmp_path / "flores200" / "devtest.tsv").write_text(text, encoding="utf-8")
    return tmp_path


def test_rows_are_ordinary_and_take_turns_in_languages(data: Path) -> None:
    found = speed.pairs(data)
    assert [(a[0], b[0]) for a, b in found] == [("en", "ru"), ("en", "uk"), ("ru", "uk"), ("en", "ru")]
    assert found[0] == (("en", f"{LONG} en0"), ("ru", f"{LONG} ru0"))


def test_without_data_nothing_is_measured(tmp_path: Path) -> None:
    assert speed.networks(load_encoder("fast"), tmp_path) == []


def test_everything_is_measured() -> None:
    en: tuple[Lang, str] = ("en", "The old doctor did not see the wounded soldier.")
    rates = speed.measured([(en, ("uk", "Старий лікар не бачив пораненого солдата."))])
    assert set(rates) == set(speed.WORK)
    assert all(clock > 0 and processor > 0 for clock, processor in rates.values())
