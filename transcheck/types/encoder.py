"""The contract of every encoder, so that stages can use one without knowing which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from transcheck.types.span import Span


class Encoder(Protocol):
    """Turns texts into unit vectors.

    ``id`` names the model in reports and cache keys; ``dim`` is the length of a text's vector. Words have two
    kinds of vectors: ``words`` are those of the packaged static table, whichever model reads the texts, since what the
    checks know of words was learnt on them; ``words_in_context`` are the model's own, which differ with the sentence.
    ``context`` are those of the packaged contextual model, for the checks.
    """

    @property
    def id(self) -> str:
        """Name of the model, with its revision or path."""

    @property
    def dim(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, float32 [len(texts), dim]; a text without a known subword is a zero row."""

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` as code-point spans and their vectors, float32 [len(spans), d], unit rows."""

    def words_in_context(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` as spans and their vectors in it, unit rows, float32 [len(spans), d]."""

    def context(self, text: str) -> NDArray[np.float32] | None:
        """Return the vectors of the words of ``text`` in it that the checks were trained on, unit rows, float32
        [words, h]; None where the packaged contextual model is not loaded.
        """

    def salience(self, text: str) -> NDArray[np.float32]:
        """Return how much each word of ``text`` weighs in its vector, float32 [words]."""
