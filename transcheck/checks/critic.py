"""Which words of one cell another lacks, as log-odds a word: a small trained network, run by numpy.

The network looks at how each word finds itself in the other version: cosines of static word vectors and of the vectors
of their neighbourhoods (a convolution over three words), soft attention both ways in the manner of SimAlign's mutual
matches (Jalili Sabet et al. 2020), and places in the text. Convolutions along the words then decide, so that one
uncovered word among covered ones counts little and a run of them much. Trained on damaged translations by
``training/critic.py``, which holds the same network in torch.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from transcheck.types import LANGS, Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_LAYERS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the network knows of one text: unit word vectors [n, d], unit neighbourhood vectors [n, k] and their short
    form [n, s], log salience [n], content flags [n], places between 0 and 1 [n].
    """

    vectors: Floats
    near: Floats
    small: Floats
    salience: Floats
    content: Floats
    place: Floats


@lru_cache(maxsize=1)
def weights() -> dict[str, Floats]:
    """Return the trained weights (``checks/data/critic.npz``) by the names they have in torch, float32."""
    import io

    import numpy as np

    data = (resources.files("transcheck.checks") / "data" / "critic.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def read(vectors: Floats, salience: Floats, content: NDArray[np.bool_], lang: Lang) -> Reading:
    """Prepare a text of at least one word: unit vectors [n, d], salience [n] and content flags [n] of its words."""
    import numpy as np

    count = len(vectors)
    flag = np.zeros((count, len(LANGS)), np.float32)
    flag[:, LANGS.index(lang)] = 1.0
    near = _along(np.concatenate([vectors, flag], axis=1), "near")
    near /= np.maximum(np.linalg.norm(near, axis=1, keepdims=True), 1e-12)
    place = ((np.arange(count) + 0.5) / count).astype(np.float32)
    log_salience = np.log(np.maximum(salience, 1e-6)).astype(np.float32)
    return Reading(vectors, near, _linear(near, "small"), log_salience, content.astype(np.float32), place)


@lru_cache(maxsize=64)
def missing(a: Reading, b: Reading) -> tuple[Floats, float]:
    """Return the log-odds that ``b`` lacks each word of ``a``, float32 [words of a], and those that it lacks any."""
    import numpy as np

    own = np.stack(
        [
            a.salience,
            a.content,
            a.place,
            np.full(len(a.place), np.log(len(a.place) / len(b.place))),
            np.full(len(a.place), np.log(np.exp(a.salience).sum() / max(1e-6, float(np.exp(b.salience).sum())))),
            np.full(len(a.place), np.log(len(a.place))),
        ],
        axis=1,
    )
    looks, there = _looks(a, b)
    other = _linear(there @ b.near, "small")
    parts = [looks, own, a.small, other, a.small * other, np.abs(a.small - other)]
    x = np.maximum(_linear(np.concatenate(parts, axis=1).astype(np.float32), "enter"), 0.0)
    for layer in range(_LAYERS):
        x = x + np.maximum(_along(x, f"along.{layer}"), 0.0)
    pooled = np.concatenate([np.maximum(x.max(axis=0), 0.0), x.mean(axis=0)])[None, :]
    whole = _linear(np.maximum(_linear(pooled, "row.0"), 0.0), "row.2")
    return _linear(x, "leave")[:, 0], float(whole[0, 0])


def _looks(a: Reading, b: Reading) -> tuple[Floats, Floats]:
    """Return how the words of ``a`` find themselves in ``b`` [words of a, 14], and the attention [words of a, of b]."""
    import numpy as np

    scale = weights()["scale"]
    cosine, close = a.vectors @ b.vectors.T, a.near @ b.near.T
    score = scale[0] * cosine + scale[1] * close - scale[2] * np.abs(a.place[:, None] - b.place[None, :])
    there, back = _softmax(score, 1), _softmax(score, 0)
    best = score.argmax(axis=1)
    at = np.arange(len(best))
    first = cosine.max(axis=1)
    second = np.partition(cosine, -2, axis=1)[:, -2] if cosine.shape[1] > 1 else first
    chosen, chosen_close = cosine[at, best], close[at, best]
    entropy = -(np.log(np.maximum(there, 1e-9)) * there).sum(axis=1)
    # a sum over columns: OpenBLAS multiplies by a vector with flags of invalid values where there are none
    drawn = (there * b.place).sum(axis=1)
    found = [
        first,
        first - second,
        close.max(axis=1),
        chosen,
        chosen_close,
        chosen - cosine.max(axis=0)[best],
        chosen_close - close.max(axis=0)[best],
        back.sum(axis=1),
        (there * back).sum(axis=1),
        drawn - a.place,
        there.max(axis=1),
        entropy,
        (there * cosine).sum(axis=1),
        (there * close).sum(axis=1),
    ]
    return np.stack(found, axis=1).astype(np.float32), there


def _softmax(score: Floats, axis: int) -> Floats:
    """Softmax along an axis."""
    import numpy as np

    raised = np.exp(score - score.max(axis=axis, keepdims=True))
    shares: Floats = raised / raised.sum(axis=axis, keepdims=True)
    return shares


def _linear(x: Floats, name: str) -> Floats:
    """Apply a linear layer to rows [n, in]."""
    stored = weights()
    result: Floats = x @ stored[f"{name}.weight"].T + stored[f"{name}.bias"]
    return result


def _along(x: Floats, name: str) -> Floats:
    """Apply a convolution along the words to rows [n, in], zeros beyond the ends."""
    import numpy as np

    stored = weights()
    kernel = stored[f"{name}.weight"]
    reach = kernel.shape[2] // 2
    padded = np.zeros((len(x) + 2 * reach, x.shape[1]), x.dtype)
    padded[reach : reach + len(x)] = x
    windows = np.concatenate([padded[k : k + len(x)] for k in range(kernel.shape[2])], axis=1)
    result: Floats = windows @ _flat(name) + stored[f"{name}.bias"]
    return result


@lru_cache(maxsize=8)
def _flat(name: str) -> Floats:
    """Return a convolution's kernel as a matrix [width * in, out]."""
    kernel = weights()[f"{name}.weight"]
    flat: Floats = kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0])
    return flat
