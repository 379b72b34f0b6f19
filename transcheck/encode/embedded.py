"""The packaged static encoder, read by numpy and tokenizers alone.

The folder is one of sentence-transformers (a ``StaticEmbedding`` module in the layout of model2vec): int8 rows
``embeddings`` [n, d] and float32 ``weights`` [n] in ``model.safetensors``, and ``tokenizer.json``. A sentence's vector
is the normalised sum of ``embeddings[id] * weights[id]`` over its subwords.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from transcheck.encode.words import owners, word_spans
from transcheck.types import ModelError, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_DTYPES = {"I8": "int8", "F16": "float16", "F32": "float32"}
_CHUNK = 4096
"""Texts summed at once; bounds the memory of the gathered subword rows."""
_KEPT = 160
"""Texts whose word vectors are kept, about 25 kB each."""


class EmbeddedEncoder:
    """Static encoder read from ``folder``.

    Raises:
        ModelError: when a file of the model is missing or malformed.
    """

    def __init__(self, folder: Path, name: str) -> None:
        from transcheck.encode.subwords import SubwordTokenizer

        try:
            tensors = read_safetensors(folder / "model.safetensors")
            self._rows = tensors["embeddings"]
            self._weights = tensors["weights"].astype("float32")
            self.subwords = SubwordTokenizer(folder / "tokenizer.json")
            """Cuts texts into the rows of the model's table."""
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(f"{folder}: not a readable static model ({error}); install transcheck again") from error
        except Exception as error:  # tokenizers raises bare Exception for a malformed file
            raise ModelError(f"{folder / 'tokenizer.json'}: {error}; install transcheck again") from error
        self._name = name
        # one cell's words are asked for by several checks
        self._read_words = lru_cache(maxsize=_KEPT)(self._word_sums)

    @property
    def id(self) -> str:
        """Name of the packaged model."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._rows.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, float32 [len(texts), dim]; a text without a known subword is a zero row."""
        return unit(self._sums(texts))

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` as code-point spans and their vectors, float32 [len(spans), dim], unit rows."""
        spans, vectors, _ = self._read_words(text)
        return spans, vectors

    def words_in_context(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the same as ``words``: these vectors know no context."""
        return self.words(text)

    def context(self, text: str) -> None:
        """Return None: there is no contextual model."""

    def salience(self, text: str) -> NDArray[np.float32]:
        """Return how much each word of ``text`` weighs in its vector: the length of the word's sum, float32 [words]."""
        return self._read_words(text)[2]

    def rows(self, subwords: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the weighted rows of subwords, float32 [len(subwords), dim]; their sum is a text's vector."""
        import numpy as np

        ids = np.asarray(subwords, dtype=np.int64)
        rows: NDArray[np.float32] = self._rows[ids].astype(np.float32) * self._weights[ids][:, None]
        return rows

    def _word_sums(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32], NDArray[np.float32]]:
        """Sum the subwords that begin in each word; one pass of the tokenizer over the whole text."""
        import numpy as np

        spans = word_spans(text)
        sums = np.zeros((len(spans), self.dim), dtype=np.float32)
        subwords, offsets = self.subwords.encode(encodable(text))
        if spans and subwords:
            owner, inside = owners(spans, offsets)
            np.add.at(sums, owner[inside], self.rows(subwords)[inside])
        lengths: NDArray[np.float32] = np.linalg.norm(sums, axis=1).astype(np.float32)
        return spans, unit(sums), lengths

    def _sums(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Sum the weighted subword rows of each text, float32 [len(texts), dim]."""
        import numpy as np

        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for start in range(0, len(texts), _CHUNK):
            chunk = [encodable(t) for t in texts[start : start + _CHUNK]]
            ids = self.subwords.encode_batch(chunk)
            lengths = np.array([len(i) for i in ids])
            filled = np.flatnonzero(lengths)
            if not len(filled):
                continue
            flat = np.fromiter((t for i in ids for t in i), dtype=np.int64, count=int(lengths.sum()))
            vectors = self.rows(flat)
            bounds = np.concatenate([[0], np.cumsum(lengths[filled])[:-1]])
            out[start + filled] = np.add.reduceat(vectors, bounds, axis=0)
        return out


def encodable(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 tokenizer takes, without moving any other code point."""
    return text.encode("utf-8", "replace").decode("utf-8")


def unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale rows to length 1, leaving zero rows as they are."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    divisor: NDArray[np.float32] = np.where(lengths > 0, lengths, 1.0).astype(np.float32)
    unit: NDArray[np.float32] = rows / divisor
    return unit


def read_safetensors(path: Path) -> dict[str, NDArray[np.generic]]:
    """Read a safetensors file (8-byte length, JSON header, raw little-endian tensors) as memory-mapped arrays.

    Raises:
        OSError: when the file cannot be read.
        ValueError: when it is no safetensors file, is cut short, or holds another dtype than I8, F16 and F32.
    """
    import numpy as np

    # a plain array over the same memory: whatever is made of a memmap is one, which costs more than small products
    data = np.memmap(path, dtype=np.uint8, mode="r").view(np.ndarray)
    if len(data) < 8:
        raise ValueError(f"{path.name} is cut short")
    (size,) = struct.unpack("<Q", data[:8].tobytes())
    if size > len(data) - 8:
        raise ValueError(f"{path.name} is cut short")
    header = json.loads(data[8 : 8 + size].tobytes())
    body = data[8 + size :]
    tensors: dict[str, NDArray[np.generic]] = {}
    for name, info in header.items():
        if name == "__metadata__":
            continue
        if info["dtype"] not in _DTYPES:
            raise ValueError(f"{path.name}: tensor {name} has dtype {info['dtype']}")
        begin, end = info["data_offsets"]
        if end > len(body):
            raise ValueError(f"{path.name} is cut short")
        tensors[name] = body[begin:end].view(_DTYPES[info["dtype"]]).reshape(info["shape"])
    return tensors
