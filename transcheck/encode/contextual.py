"""The packaged contextual encoder: transformer layers run by onnxruntime beside the static encoder.

The folder holds ``layers.onnx`` (int8; input ``rows`` float32 [1, t, r], output ``hidden`` float32 [1, t, h]),
``table.safetensors`` and ``config.json``; ``training/export_contextual.py`` makes it. The tensors are int8
``embeddings`` [n + 2, r] of the static encoder's n subwords, [CLS] and [SEP], the float32 factor ``weights`` of each
row, and in float16 the bindings ``left`` and ``right`` [s, d], ``near`` [2 k, d], ``role`` [h, d], and ``axes``
[s + h + d, D]. In the configuration ``shares`` are those of the three parts in the square of a sentence's vector, and
``static_length`` is what static rows are divided by before they are bound.

A sentence's vector has three parts, turned to the principal axes of such vectors: the static one knows which words
there are, the mean of the layers' output what they mean together, and the bindings which word stands with which. The
last is a sum over subwords of the elementwise product of what a subword is with what stands around it: the static
vectors of its neighbours, weighted by distance and side, and the layers' output (``training/bindings.py``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transcheck.encode.embedded import EmbeddedEncoder, encodable, read_safetensors, unit
from transcheck.encode.words import owners, word_spans
from transcheck.types import ModelError, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WINDOW = 126
"""Subwords read at once; a longer text is read in windows of this length and their vectors are averaged."""

_SUBWORDS = 8192
"""Subwords of the texts that are read at once; bounds the memory."""

_KEPT = 192
"""Texts whose outputs are kept, about 50 kB each."""

_FEW = 4
"""Texts up to which starting threads costs more than it saves."""


class ContextualEncoder:
    """Contextual encoder read from ``folder``, over the subwords and beside the vectors of ``static``.

    Every text is run by itself, several at a time in ``threads`` threads of one core each. Batches would gain little
    (7 % measured) and change the vectors: int8 quantisation takes its scale from all that is multiplied at once.

    Raises:
        ModelError: when a file of the model is missing or malformed.
    """

    def __init__(self, folder: Path, name: str, static: EmbeddedEncoder, threads: int | None = None) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            tensors = read_safetensors(folder / "table.safetensors")
            self._rows = tensors["embeddings"]
            self._weights = tensors["weights"].astype("float32")
            self._axes = tensors["axes"].astype("float32")
            self._bindings = {n: tensors[n].astype("float32") for n in ("left", "right", "near", "role")}
            config = json.loads((folder / "config.json").read_bytes())
            self._shares = [float(x) for x in config["shares"]]
            self._length = float(config["static_length"])
            # by its name: what is given as bytes is held in memory as long as the session
            layers = str(folder / "layers.onnx")
            self._session: Any = onnxruntime.InferenceSession(
                layers,
                options,
                providers=["CPUExecutionProvider"],
                disabled_optimizers=["SkipLayerNormFusion"],  # the fused operator takes four times as long on a CPU
            )
            self._width = int(self._session.get_outputs()[0].shape[-1])
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(f"{folder}: not a readable model ({error}); install transcheck again") from error
        except Exception as error:  # onnxruntime has many classes of its own for a malformed file
            raise ModelError(f"{folder / 'layers.onnx'}: {error}; install transcheck again") from error
        self._name = name
        self.static = static
        self._threads = threads or cores()
        self._kept = lru_cache(maxsize=_KEPT)(self._run)

    @property
    def id(self) -> str:
        """Name of the packaged model."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return int(self._axes.shape[1])

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, float32 [len(texts), dim]; a text without a known subword is a zero row."""
        import numpy as np

        parts = [share**0.5 * part for share, part in zip(self._shares, self.encode_parts(texts), strict=True)]
        joined: NDArray[np.float32] = np.concatenate(parts, axis=1)
        return unit(joined @ self._axes)

    def encode_parts(
        self, texts: Sequence[str]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """Return the parts of the vectors, unit rows each: static [n, s], of the layers [n, h], bindings [n, d]."""
        import numpy as np

        widths = (self.static.dim, self._width, self._bindings["left"].shape[1])
        parts = tuple(np.zeros((len(texts), width), dtype=np.float32) for width in widths)
        subwords = self.static.subwords.encode_batch([encodable(t) for t in texts])
        # longest first, so that no thread is left with a long text at the end
        order = sorted((i for i in range(len(texts)) if subwords[i]), key=lambda i: -len(subwords[i]))
        several = len(texts) > _FEW and self._threads > 1
        with ThreadPoolExecutor(self._threads) if several else nullcontext() as pool:
            at = 0
            while at < len(order):
                end = at + max(1, _SUBWORDS // len(subwords[order[at]]))
                self._fill(parts, order[at:end], subwords, pool)
                at = end
        return unit(parts[0]), unit(parts[1]), unit(parts[2])

    def _fill(
        self,
        parts: tuple[NDArray[np.float32], ...],
        chosen: Sequence[int],
        subwords: Sequence[Sequence[int]],
        pool: ThreadPoolExecutor | None,
    ) -> None:
        """Set the rows ``chosen`` of the parts.

        The layers run in the threads of ``pool``; all other products are made for all texts at once, since numpy's
        have threads of their own, which would wait for one another.
        """
        import numpy as np

        given = [subwords[i] for i in chosen]
        read = list(pool.map(self._hidden, given) if pool else map(self._hidden, given))
        # between two texts as many empty rows as bindings reach
        starts = np.cumsum([0, *(len(ids) + len(self._bindings["near"]) // 2 for ids in given)])
        rows = np.zeros((starts[-1], self.static.dim), dtype=np.float32)
        hidden = np.zeros((starts[-1], self._width), dtype=np.float32)
        for start, ids, (output, _) in zip(starts[:-1], given, read, strict=True):
            rows[start : start + len(ids)] = self.static.rows(ids) / np.float32(self._length)
            hidden[start : start + len(ids)] = output
        parts[0][chosen] = np.add.reduceat(rows, starts[:-1])
        parts[1][chosen] = [mean for _, mean in read]
        parts[2][chosen] = np.add.reduceat(bound(rows, hidden, **self._bindings), starts[:-1])

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` and their vectors as the static encoder gives them."""
        return self.static.words(text)

    def context(self, text: str) -> NDArray[np.float32]:
        """Return the vectors of :meth:`words_in_context`."""
        return self.words_in_context(text)[1]

    def salience(self, text: str) -> NDArray[np.float32]:
        """Return how much each word of ``text`` weighs, as the static encoder gives it."""
        return self.static.salience(text)

    def words_in_context(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` as code-point spans and the means of the layers' output over their subwords.

        Unit rows, float32 [len(spans), h]; a word without a known subword is a zero row.
        """
        import numpy as np

        spans = word_spans(text)
        sums = np.zeros((len(spans), self._width), dtype=np.float32)
        subwords, offsets = self.static.subwords.encode(encodable(text))
        if spans and subwords:
            hidden, _ = self._hidden(subwords)
            owner, inside = owners(spans, offsets)
            np.add.at(sums, owner[inside], hidden[inside])
        return spans, unit(sums)

    def _hidden(self, subwords: Sequence[int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return what the layers make of subwords, kept for the checks, which come back to the sentences of a row."""
        return self._kept(tuple(subwords))

    def _run(self, subwords: tuple[int, ...]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return the output for each subword, float32 [n, h], and its mean with [CLS] and [SEP], float32 [h]."""
        import numpy as np

        found = []
        total = np.zeros(self._width, dtype=np.float32)
        begin, end = len(self._rows) - 2, len(self._rows) - 1
        for at in range(0, len(subwords), WINDOW):
            ids = np.array([begin, *subwords[at : at + WINDOW], end])
            rows = self._rows[ids].astype(np.float32) * self._weights[ids][:, None]
            hidden: NDArray[np.float32] = self._session.run(None, {"rows": rows[None]})[0][0]
            found.append(hidden[1:-1])
            total += hidden.sum(axis=0)
        windows = len(found)
        mean: NDArray[np.float32] = total / np.float32(len(subwords) + 2 * windows)
        return np.concatenate(found), mean


def bound(
    rows: NDArray[np.float32],
    hidden: NDArray[np.float32],
    left: NDArray[np.float32],
    right: NDArray[np.float32],
    near: NDArray[np.float32],
    role: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Return what scaled static rows [n, s] are bound to, float32 [n, d]; a text's bindings are the sum.

    ``hidden`` [n, h] is the layers' output for the same subwords; the shapes of the others stand above.
    """
    around: NDArray[np.float32] = hidden @ role
    there, length, reach = rows @ right, len(rows), len(near) // 2
    for distance in range(1, min(reach, length - 1) + 1):
        around[distance:] += there[:-distance] * near[reach - distance]
        around[:-distance] += there[distance:] * near[reach + distance - 1]
    around *= rows @ left
    return around


def cores() -> int:
    """Return the number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
