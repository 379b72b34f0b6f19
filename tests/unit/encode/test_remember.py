"""Texts that are read once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tests.conftest import CharacterEncoder
from transcheck.encode.remember import Remembering


class Counting(CharacterEncoder):
    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        return super().encode(texts)


def test_each_text_goes_to_the_model_once() -> None:
    model = Counting()
    encoder = Remembering(model)  # type: ignore[arg-type]
    first = encoder.encode(["один", "два", "один"])
    assert model.read == ["один", "два"]
    again = encoder.encode(["два", "три"])
    assert model.read == ["один", "два", "три"]
    assert np.array_equal(first[1], again[0])
    assert np.array_equal(first, CharacterEncoder().encode(["один", "два", "один"]))
    assert encoder.encode([]).shape == (0, encoder.dim)
    assert encoder.id == model.id
