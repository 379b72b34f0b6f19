"""An encoder that reads every text once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from transcheck.types import Encoder, Span


class Remembering:
    """Passes texts on to ``encoder`` and keeps their vectors, for work that comes back to the same sentences."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: dict[str, NDArray[np.float32]] = {}

    @property
    def id(self) -> str:
        """Name of the model behind."""
        return self._encoder.id

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, float32 [len(texts), dim]; only texts that were not read before go to the model."""
        new = [t for t in dict.fromkeys(texts) if t not in self._known]
        if new:
            self._known.update(zip(new, self._encoder.encode(new), strict=True))
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return np.stack([self._known[t] for t in texts])

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` and their static vectors."""
        return self._encoder.words(text)

    def words_in_context(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` and their vectors in it."""
        return self._encoder.words_in_context(text)

    def context(self, text: str) -> NDArray[np.float32] | None:
        """Return the vectors of the words of ``text`` that the checks were trained on."""
        return self._encoder.context(text)

    def salience(self, text: str) -> NDArray[np.float32]:
        """Return how much each word of ``text`` weighs in its vector."""
        return self._encoder.salience(text)
