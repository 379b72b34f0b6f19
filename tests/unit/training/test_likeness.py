"""Fitting by known passages, and that the packaged figures are those of the packaged examples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from training import fit_cuts
from training import likeness as training
from training.fit_insertions import EXAMPLES, read_examples
from transcheck.checks import likeness
from transcheck.checks.cuts_read import cuts
from transcheck.checks.cuts_read import log_odds as log_odds_of_cut
from transcheck.checks.insertions import is_listed
from transcheck.checks.insertions_read import describe, log_odds
from transcheck.checks.likeness import Described
from transcheck.encode import load_encoder
from transcheck.encode.remember import Remembering
from transcheck.text.speech import insertions
from transcheck.types import LANGS


def passages(count: int, seed: int) -> tuple[list[Described], list[bool]]:
    """Return passages that are faulty where the first static value is above zero."""
    rng = np.random.default_rng(seed)
    made, fault = [], []
    for _ in range(count):
        static = rng.normal(size=12).astype(np.float32)
        made.append(Described(rng.integers(0, 2, 3).astype(np.float32), static, rng.normal(size=8).astype(np.float32)))
        fault.append(bool(static[0] > 0))
    return made, fault


def test_what_is_written_gives_what_was_fitted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, fault = passages(240, 1)
    writers = [f"w{i % 4}" for i in range(240)]
    monkeypatch.setattr(training, "DATA", tmp_path)
    monkeypatch.setattr(training, "GAMMA", 0.1)
    monkeypatch.setattr(likeness, "GAMMA", 0.1)
    given = training.known(made, fault, writers, ["x"] * 240)
    training.fit("new", given, dry=False)
    monkeypatch.setattr(likeness.resources, "files", lambda _: tmp_path.parent)
    (tmp_path.parent / "data").unlink(missing_ok=True)
    (tmp_path.parent / "data").symlink_to(tmp_path)
    likeness._weights.cache_clear()
    others, labels = passages(120, 2)
    odds = np.array([likeness.log_odds("new", p) for p in others])
    likeness._weights.cache_clear()
    assert ((odds > 0) == np.array(labels)).mean() > 0.8
    found = training.fitted(given.facts, given.vectors, given.fault)
    exact = found.machine.decision_function(
        found.places(
            np.stack([p.facts for p in others]), np.stack([np.concatenate([p.static, p.contextual]) for p in others])
        )  # type: ignore[list-item]
    )
    assert np.corrcoef(exact, odds)[0, 1] > 0.999


def test_dry_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, fault = passages(60, 3)
    monkeypatch.setattr(training, "DATA", tmp_path)
    training.fit("new", training.known(made, fault, ["a", "b"] * 30, ["x"] * 60), dry=True)
    assert not list(tmp_path.iterdir())


def test_packaged_examples_are_told_apart_by_the_packaged_figures() -> None:
    examples, encoder = read_examples(EXAMPLES), load_encoder()
    assert {e.lang for e in examples} == {"ru", "uk", "en"}
    assert len({e.text for e in examples}) == len(examples) > 2000
    right = 0
    chosen = examples[::60]
    for e in chosen:
        (span,) = insertions(e.text)
        listed = is_listed(e.text, span, e.lang)
        assert describe(encoder, e.text, span, e.lang, listed).contextual is not None
        right += (log_odds(encoder, e.text, span, e.lang, listed) > 0) == e.fault
    assert right >= 0.95 * len(chosen)


@pytest.mark.parametrize(
    "line", ["a\tde\tfault\tx\tWir [nicht] kamen.", "a\ten\tbad\tx\tWe [x].", "a\ten\tfault\tx\tWe."]
)
def test_lines_that_are_no_examples_are_named(line: str, tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text(f"writer\tlang\tlabel\tkind\ttext\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.tsv:2: not an example"):
        read_examples(path)


def test_packaged_cuts_are_examples() -> None:
    examples = fit_cuts.read_examples(fit_cuts.EXAMPLES)
    assert {(e.full_lang, e.cut_lang) for e in examples} == {(a, b) for a in LANGS for b in LANGS if a != b}
    encoder = Remembering(load_encoder())
    given = fit_cuts.described(examples[::120], encoder)
    odds = [
        log_odds_of_cut(encoder, e.cut, e.cut_lang, e.full, e.full_lang, cut, listed=False) > 0
        for e in examples[::120]
        for cut in cuts(encoder, e.cut, e.cut_lang, e.full, e.full_lang)
    ]
    assert len(odds) == len(given.fault)
    assert (np.array(odds) == given.fault).mean() >= 0.9
