"""Vectors of texts that were encoded before, from a store that outlives the process."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from transcheck.encode.deferred import Deferred
from transcheck.types import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from transcheck.store import Store


class Caching:
    """Passes texts on to ``encoder`` and keeps their vectors in ``store``, bit for bit.

    Vectors of words are not kept: only rows that a check looks at closely ask for them. A model whose revision cannot
    be told is passed through.
    """

    def __init__(self, encoder: Deferred, store: Store) -> None:
        self._encoder = encoder
        self._store = store

    @property
    def id(self) -> str:
        """Name of the model behind."""
        return self._encoder.id

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._encoder.dim

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, float32 [len(texts), dim]; only texts that the store does not have go to the model."""
        import numpy as np

        revision = self._encoder.revision
        if revision is None or not texts:
            return self._encoder.encode(texts)
        keys = [_key(revision, text) for text in texts]
        found = self._store.get(list(dict.fromkeys(keys)))
        known = {key: np.frombuffer(blob, dtype="<f4") for key, blob in found.items() if len(blob) % 4 == 0}
        lengths = {len(v) for v in known.values()}
        if len(lengths) > 1 or 0 in lengths:  # damaged in a way that sqlite does not see
            known = {}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if new:
            rows = self._encoder.encode(list(new.values())).astype("<f4", copy=False)
            if known and len(next(iter(known.values()))) != rows.shape[1]:
                return self._encoder.encode(texts)
            known.update(zip(new, rows, strict=True))
            self._store.put({key: row.tobytes() for key, row in zip(new, rows, strict=True)})
        return np.stack([known[key] for key in keys]).astype(np.float32, copy=False)

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


def _key(revision: str, text: str) -> bytes:
    return hashlib.sha256(f"{revision}\n{text}".encode("utf-8", "surrogatepass")).digest()
