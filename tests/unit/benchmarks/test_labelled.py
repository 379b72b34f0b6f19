"""Which findings count as real: where the damage is, what points at it, and how rows are weighed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import calibration, reliability
from benchmarks.labelled import Labelled, Sample, compared, touches
from benchmarks.reliability import observed
from transcheck.encode import load_encoder
from transcheck.types import Cell, Finding, Lang, Place, Row

EN = "The old doctor did not see the wounded soldier before noon."
SEEN = "The old doctor did see the wounded soldier before noon."
UK = "Старий лікар не бачив пораненого солдата до полудня."
TEXTS: dict[Lang, str] = {"en": EN, "uk": UK}


def place(lang: Lang, text: str, words: str) -> Place:
    start = text.index(words)
    return Place(lang, start, start + len(words), words)


def finding(*places: Place) -> Finding:
    return Finding("TC203", "negation", "error", None, 0.9, "", places[0], places[1:], 0)


def row(**texts: str) -> Row:
    cells = [Cell(lang, (0,), Place(lang, 0, len(t), t)) for lang, t in texts.items()]  # type: ignore[arg-type]
    return Row(0, tuple(cells))


def test_a_word_that_is_gone_stands_between_its_neighbours() -> None:
    made = compared("en", EN, SEEN)
    assert made is not None
    assert [s.of(EN) for s in made.gone] == ["not"]
    assert [s.of(SEEN) for s in made.there] == ["did see"]


def test_exchanged_words_are_two_places() -> None:
    made = compared("en", "The dog bit the man.", "The man bit the dog.")
    assert made is not None
    assert [s.of(made.after) for s in made.there] == ["man", "dog"]


@pytest.mark.parametrize("after", ["The dog, bit the man!", "the dog bit the man"])
def test_other_marks_and_capitals_are_no_damage(after: str) -> None:
    assert compared("en", "The dog bit the man.", after) is None


@pytest.mark.parametrize("places", [("The dog bit.", ""), ("", "The dog bit.")])
def test_a_text_without_words_is_not_compared(places: tuple[str, str]) -> None:
    assert compared("en", *places) is None


@pytest.mark.parametrize(
    ("lang", "words", "expected"),
    [("en", "see", True), ("en", "before noon", False), ("uk", "не бачив", True), ("uk", "солдата до полудня", False)],
)
def test_what_touches_the_damage(lang: Lang, words: str, expected: bool) -> None:
    made = compared("en", EN, SEEN)
    assert made is not None
    at = place(lang, SEEN if lang == "en" else UK, words)
    assert touches(finding(at), row(uk=UK, en=SEEN), made, TEXTS, load_encoder("fast")) is expected


def test_a_whole_cell_counts_where_there_is_nothing_narrower() -> None:
    made = compared("en", EN, SEEN)
    assert made is not None
    encoder, table = load_encoder("fast"), row(uk=UK, en=SEEN)
    whole, elsewhere = place("en", SEEN, SEEN), place("uk", UK, "солдата")
    assert touches(finding(whole), table, made, TEXTS, encoder)
    assert not touches(finding(whole, elsewhere), table, made, TEXTS, encoder)


def labelled(score: float, real: bool, damaged: bool, number: int) -> Labelled:
    why = "damage" if real else "untouched row"
    return Labelled("TC203", "error", score, real, damaged, True, number, why)


def sample() -> Sample:
    """Of 100 untouched rows four draw a false alarm, of 50 damaged ones thirty are found."""
    false = [labelled(0.4, False, False, n) for n in range(4)]
    return Sample((*false, *(labelled(0.8, True, True, n) for n in range(10, 40))), 100, 50)


@pytest.mark.parametrize("base", [0.1, 0.5])
def test_weights_make_the_mixture(base: float) -> None:
    of = calibration.forecasts(sample(), base)
    false, real = (1 - base) * 4 / 100, base * 30 / 50
    assert observed(of) == pytest.approx(real / (real + false))
    assert of.weight.sum() == pytest.approx(real + false)


def test_a_mixture_without_damage_has_no_real_finding() -> None:
    of = calibration.forecasts(sample(), 0.0)
    assert len(of) == 4
    assert observed(of) == 0


@pytest.mark.parametrize("public", [sample(), Sample((), 0, 0)], ids=["findings", "none"])
def test_tables_can_be_written(public: Sample, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calibration, "RESULTS", tmp_path)
    monkeypatch.setattr(reliability, "RESAMPLES", 20)
    tables = {
        "groups": calibration.groups(public, Sample((), 0, 0), 0.1),
        "bins": calibration.reliability(calibration.forecasts(public, 0.1), "width"),
        "thresholds": calibration.thresholds(public, 0.1),
        "mixtures": calibration.mixtures(public),
        "labels": calibration.labels(public, Sample((), 0, 0)),
    }
    calibration.save("# Calibration\n", tables)
    stored = json.loads((tmp_path / "calibration.json").read_text(), parse_constant=lambda name: pytest.fail(name))
    assert stored["groups"][0]["count"] == len(public.findings)


@pytest.mark.slow
def test_the_diagram_can_be_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("matplotlib")
    monkeypatch.setattr(reliability, "RESAMPLES", 20)
    calibration.plot(sample(), 0.1, tmp_path / "calibration.svg")
    assert "<svg" in (tmp_path / "calibration.svg").read_text()
