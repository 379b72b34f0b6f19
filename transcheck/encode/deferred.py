"""An encoder that is loaded when the first text is to be encoded, and not at all where none is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from transcheck.encode.revision import PACKAGED, revision
from transcheck.types import Encoder, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Deferred:
    """Stands for ``load_encoder(model, threads)``; its methods raise what loading raises (ModelError)."""

    def __init__(self, model: str | None = None, threads: int | None = None) -> None:
        self.model = str(Path(model).expanduser()) if model is not None and model.startswith("~") else model
        self._threads = threads
        self._loaded: Encoder | None = None
        self._revision: tuple[str | None] | None = None

    @property
    def id(self) -> str:
        """Name of the model; told without loading it."""
        return PACKAGED.get(self.model, (self.model or "",))[0]

    @property
    def loaded(self) -> bool:
        """Whether the model has been loaded."""
        return self._loaded is not None

    @property
    def revision(self) -> str | None:
        """What the vectors of the model depend on, None where it cannot be told; see :mod:`.revision`."""
        if self._revision is None:
            self._revision = (revision(self.model),)
        return self._revision[0]

    def load(self) -> Encoder:
        """Return the encoder.

        Raises:
            ModelError: when the model cannot be had.
        """
        if self._loaded is None:
            from transcheck.encode import load_encoder

            self._loaded = load_encoder(self.model, self._threads)
        return self._loaded

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self.load().dim

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, float32 [len(texts), dim]."""
        return self.load().encode(texts)

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` and their static vectors."""
        return self.load().words(text)

    def words_in_context(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` and their vectors in it."""
        return self.load().words_in_context(text)

    def context(self, text: str) -> NDArray[np.float32] | None:
        """Return the vectors of the words of ``text`` that the checks were trained on."""
        return self.load().context(text)

    def salience(self, text: str) -> NDArray[np.float32]:
        """Return how much each word of ``text`` weighs in its vector."""
        return self.load().salience(text)
