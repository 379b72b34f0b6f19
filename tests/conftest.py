"""What all tests share: an encoder that needs no file, and a report that holds every kind of thing that is rendered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.reports import sample_report
from transcheck.types import Report, Span


class CharacterEncoder:
    """Counts hashed character trigrams: texts that share letters are near, and nothing has to be read or downloaded."""

    id = "test-characters"
    dim = 288

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), self.dim), np.float32)
        for row, text in zip(rows, texts, strict=True):
            padded = f" {text.lower()} "
            for at in range(len(padded) - 2):
                row[sum(ord(c) * 31**i for i, c in enumerate(padded[at : at + 3])) % self.dim] += 1
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, norms, out=np.zeros_like(rows), where=norms > 0)

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        import re

        spans = tuple(Span(*m.span()) for m in re.finditer(r"\w+", text))
        return spans, self.encode([s.of(text) for s in spans])

    def context(self, text: str) -> None:
        return None

    def salience(self, text: str) -> NDArray[np.float32]:
        return np.ones(len(self.words(text)[0]), np.float32)


@pytest.fixture
def character_encoder() -> CharacterEncoder:
    return CharacterEncoder()


@pytest.fixture
def report() -> Report:
    return sample_report()


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what runs leave behind out of the user's folders."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture
def root() -> Path:
    return Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")
