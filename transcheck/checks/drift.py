"""What two versions of a row do not say alike: for each word whether the other version has it, and for the row how
likely it drifts; a small trained network, run by numpy.

The words of both versions stand in one sequence of attention layers whose scores are biased by the similarities of each
two words: static and contextual vectors, neighbourhoods, how often the one is translated by the other, places.
``training/drift.py`` holds the same network in torch and says what it learnt from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

from transcheck.text import translations
from transcheck.types import LANGS, Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ROLES = 11
"""Which of ``Judgement.kinds`` is that of exchanged roles; the first is none."""
_EPSILON = 1e-5
_NOTHING = -1e4


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What the network knows of one text of n words: unit static [n, d] and contextual [n, h] vectors, keys of the
    table of translations [n], unit neighbourhoods [n, s], short forms [n, s], what enters the layers of the word alone
    [n, w], log salience [n], flags of content and of a capital letter [n], places between 0 and 1 [n], the language.
    """

    static: Floats
    context: Floats
    keys: NDArray[np.uint64]
    near: Floats
    small: Floats
    entered: Floats
    salience: Floats
    content: Floats
    capital: Floats
    place: Floats
    lang: Lang


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """Of two texts: log-odds for each word that the other has nothing for it, and that it has something else
    (``missing_a`` [n], ``changed_a`` [n], and for b); the log-odds of words that a judge of machine translation would
    mark (``marked_a``, ``marked_b``: a as the source, b as the translation); the log-odds that the row drifts, a figure
    of quality in standard deviations of judges' scores, and log-odds of the kinds of drift.
    """

    missing_a: Floats
    missing_b: Floats
    changed_a: Floats
    changed_b: Floats
    marked_a: Floats
    marked_b: Floats
    drift: float
    quality: float
    kinds: Floats

    def turned(self) -> Judgement:
        """Return the same with a and b exchanged; marks and quality stay those of a as the source."""
        return replace(
            self,
            missing_a=self.missing_b,
            missing_b=self.missing_a,
            changed_a=self.changed_b,
            changed_b=self.changed_a,
            marked_a=self.marked_b,
            marked_b=self.marked_a,
        )


@lru_cache(maxsize=1)
def weights() -> dict[str, Floats]:
    """Return the trained weights (``checks/data/drift.npz``) by the names they have in torch, float32."""
    import io

    import numpy as np

    data = (resources.files("transcheck.checks") / "data" / "drift.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def read(
    static: Floats,
    context: Floats | None,
    salience: Floats,
    content: NDArray[np.bool_],
    capital: NDArray[np.bool_],
    keys: NDArray[np.uint64],
    lang: Lang,
    near: Floats | None = None,
) -> Reading:
    """Prepare a text of at least one word: unit static vectors [n, d], unit contextual ones [n, h] (None: the
    network does without), salience, content flags and capitals [n], and keys of the table of translations [n]. Where
    its ``neighbourhoods`` are known, they are not made again.
    """
    import numpy as np

    stored, count = weights(), len(static)
    if context is None:
        context = np.zeros((count, stored["context.weight"].shape[1]), np.float32)
    near = neighbourhoods(static, lang) if near is None else near
    small = _linear(np.concatenate([context, near], axis=1), "small")
    entered = static @ stored["static.weight"].T + context @ stored["context.weight"].T
    place = ((np.arange(count) + 0.5) / count).astype(np.float32)
    log_salience = np.log(np.maximum(salience, 1e-6)).astype(np.float32)
    return Reading(
        static,
        context,
        keys,
        near.astype(np.float32),
        small,
        entered,
        log_salience,
        content.astype(np.float32),
        capital.astype(np.float32),
        place,
        lang,
    )


def neighbourhoods(static: Floats, lang: Lang) -> Floats:
    """Return what stands around each word of a text of at least one word, unit rows [n, s]; no context is needed."""
    import numpy as np

    stored, count = weights(), len(static)
    flag = np.zeros((count, len(LANGS)), np.float32)
    flag[:, LANGS.index(lang)] = 1.0
    kernel = stored["near.weight"]
    reach = kernel.shape[2] // 2
    padded = np.zeros((count + 2 * reach, static.shape[1] + len(LANGS)), np.float32)
    padded[reach : reach + count] = np.concatenate([static, flag], axis=1)
    windows = np.concatenate([padded[k : k + count] for k in range(kernel.shape[2])], axis=1)
    near: Floats = windows @ _flat() + stored["near.bias"]
    near /= np.maximum(np.linalg.norm(near, axis=1, keepdims=True), 1e-12)
    return near


def compare(a: Reading, b: Reading) -> Judgement:
    """Judge two texts."""
    import numpy as np

    stored, n, m = weights(), len(a.place), len(b.place)
    side = np.concatenate([np.zeros(n, np.int8), np.ones(m, np.int8)])
    cross = side[:, None] != side[None, :]
    static, context, near, small = (
        np.concatenate([getattr(a, f), getattr(b, f)]) for f in ("static", "context", "near", "small")
    )
    place = np.concatenate([a.place, b.place])
    cos, deep, close = static @ static.T, context @ context.T, near @ near.T
    apart = np.abs(place[:, None] - place[None, :])
    scale = stored["scale"]
    rates = _rates(a, b)
    close_by = scale[0] * cos + scale[1] * deep + scale[2] * close - scale[3] * apart + scale[4] * (rates + rates.T)
    score = np.where(cross, close_by, _NOTHING)
    there = _softmax(score)
    seen = there @ small
    parts = [
        _looks(cos, deep, close, rates, score, there, place, cross),
        _own(a, b),
        small,
        seen,
        small * seen,
        np.abs(small - seen),
    ]
    x: Floats = np.concatenate([a.entered, b.entered]) + _linear(
        np.concatenate(parts, axis=1).astype(np.float32), "enter"
    )
    bias = _between(cos, deep, close, rates, apart, cross, n, m) @ stored["bias.weight"].T + stored["bias.bias"]
    heads = bias.shape[2] // _layers()
    for layer in range(_layers()):
        x = _layer(x, bias[:, :, layer * heads : (layer + 1) * heads].transpose(2, 0, 1), f"layers.{layer}")
    x = _norm(x, "norm")
    words = _linear(x, "words")
    # torch takes the largest over the padded sequence, where the other side's words stand as zeros
    pooled = [x[:n].mean(axis=0), x[n:].mean(axis=0), *(np.maximum(s.max(axis=0), 0.0) for s in (x[:n], x[n:]))]
    row = _linear(np.maximum(_linear(np.concatenate(pooled)[None, :], "row.0"), 0.0), "row.2")[0]
    missing, changed = (words[:, k] - _log_sum(np.delete(words[:, :3], k, axis=1)) for k in (1, 2))
    return Judgement(
        missing[:n],
        missing[n:],
        changed[:n],
        changed[n:],
        words[:n, 3],
        words[n:, 4],
        float(row[0]),
        float(row[1]),
        row[2:],
    )


def links(a: Reading, b: Reading) -> tuple[Floats, tuple[tuple[int, int], ...]]:
    """Return the similarities of words [n, m], means of the two kinds of cosines, and the pairs of indices that choose
    one another when neighbourhoods and places count too.
    """
    import numpy as np

    scale = weights()["scale"]
    cos, deep, close = a.static @ b.static.T, a.context @ b.context.T, a.near @ b.near.T
    apart = np.abs(a.place[:, None] - b.place[None, :])
    forth, reverse = translations.rates(a.keys, b.keys, a.lang, b.lang)
    score = scale[0] * cos + scale[1] * deep + scale[2] * close - scale[3] * apart + scale[4] * (forth + reverse)
    there, back = score.argmax(axis=1), score.argmax(axis=0)
    similar = ((cos + deep) / 2 if deep.any() else cos).astype(np.float32)
    return similar, tuple((i, int(j)) for i, j in enumerate(there) if back[j] == i)


def _rates(a: Reading, b: Reading) -> Floats:
    """Return how often each word is translated by each of the other version [n + m, n + m]."""
    import numpy as np

    n, m = len(a.place), len(b.place)
    rates = np.zeros((n + m, n + m), np.float32)
    to, back = translations.rates(a.keys, b.keys, a.lang, b.lang)
    rates[:n, n:], rates[n:, :n] = to, back.T
    return rates


def _looks(
    cos: Floats,
    deep: Floats,
    close: Floats,
    rates: Floats,
    score: Floats,
    there: Floats,
    place: Floats,
    cross: NDArray[np.bool_],
) -> Floats:
    """Return how words find themselves in the other version [n + m, 20]."""
    import numpy as np

    hidden = [np.where(cross, x, -1.0) for x in (cos, deep, close)]
    at, best = np.arange(len(place)), score.argmax(axis=1)
    first = hidden[0].max(axis=1)
    second = np.partition(hidden[0], -2, axis=1)[:, -2]
    chosen = [h[at, best] for h in hidden]
    rival = [h.max(axis=1)[best] for h in hidden]
    entropy = -(np.log(np.maximum(there, 1e-9)) * there).sum(axis=1)
    found = [
        first,
        first - second,
        hidden[1].max(axis=1),
        hidden[2].max(axis=1),
        *chosen,
        chosen[0] - rival[0],
        chosen[1] - rival[1],
        (there * place).sum(axis=1) - place,
        there.max(axis=1),
        entropy,
        there.sum(axis=0),
        (there * there.T).sum(axis=1),
        rates.max(axis=1),
        rates.max(axis=0),
        np.sqrt((rates * rates.T).max(axis=1)),
        rates[at, best],
        rates[best, at],
        rates[best, at] - rates.max(axis=1)[best],
    ]
    return np.stack(found, axis=1).astype(np.float32)


def _own(a: Reading, b: Reading) -> Floats:
    """Return what a word and its version bring [n + m, 12]."""
    import numpy as np

    n, m = len(a.place), len(b.place)
    longer = float(np.log(n / m))
    weight = [max(1e-6, float(np.exp(t.salience).sum())) for t in (a, b)]
    heavier = float(np.log(weight[0] / weight[1]))
    rows = []
    for text, other, sign in ((a, b, 1.0), (b, a, -1.0)):
        count = len(text.place)
        own = np.zeros((count, 9 + len(LANGS)), np.float32)
        own[:, 0], own[:, 1], own[:, 2], own[:, 3] = text.salience, text.content, text.capital, text.place
        own[:, 4], own[:, 5], own[:, 6] = sign * longer, sign * heavier, np.log(count)
        own[:, 7] = translations.familiar(text.keys, other.lang)
        own[:, 8] = translations.listed(text.keys, other.lang)
        own[:, 9 + LANGS.index(text.lang)] = 1.0
        rows.append(own)
    return np.concatenate(rows)


def _between(
    cos: Floats,
    deep: Floats,
    close: Floats,
    rates: Floats,
    apart: Floats,
    cross: NDArray[np.bool_],
    n: int,
    m: int,
) -> Floats:
    """Return what biases the attention of each two words [n + m, n + m, 11]."""
    import numpy as np

    index = np.concatenate([np.arange(n), np.arange(m)]).astype(np.float32)
    step = index[None, :] - index[:, None]
    over = cross.astype(np.float32)
    same = 1.0 - over
    found = [
        over,
        over * cos,
        over * deep,
        over * close,
        over * apart,
        same * (step == 1),
        same * (step == -1),
        same * np.exp(-np.abs(step) / 4),
        same * deep,
        over * rates,
        over * rates.T,
    ]
    return np.stack(found, axis=2).astype(np.float32)


def _layer(x: Floats, bias: Floats, name: str) -> Floats:
    """Run one layer over words [n, w]; ``bias`` [heads, n, n] is added to the scores."""
    import numpy as np

    heads, count, width = len(bias), len(x), x.shape[1]
    q, k, v = _linear(_norm(x, f"{name}.norm1"), f"{name}.qkv").reshape(count, 3, heads, -1).transpose(1, 2, 0, 3)
    mixed = _softmax(q @ k.transpose(0, 2, 1) / np.float32((width / heads) ** 0.5) + bias) @ v
    x = x + _linear(mixed.transpose(1, 0, 2).reshape(count, width), f"{name}.out")
    return x + _linear(np.maximum(_linear(_norm(x, f"{name}.norm2"), f"{name}.up"), 0.0), f"{name}.down")


@lru_cache(maxsize=1)
def _layers() -> int:
    return sum(name.endswith(".qkv.weight") for name in weights())


@lru_cache(maxsize=1)
def _flat() -> Floats:
    """Return the kernel of the neighbourhoods as a matrix [width * in, out]."""
    kernel = weights()["near.weight"]
    flat: Floats = kernel.transpose(2, 1, 0).reshape(-1, kernel.shape[0])
    return flat


def _norm(x: Floats, name: str) -> Floats:
    import numpy as np

    centred = x - x.mean(axis=1, keepdims=True)
    scaled: Floats = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + _EPSILON)
    return scaled * weights()[f"{name}.weight"] + weights()[f"{name}.bias"]


def _softmax(score: Floats) -> Floats:
    """Softmax along the last axis."""
    import numpy as np

    raised = np.exp(score - score.max(axis=-1, keepdims=True))
    shares: Floats = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
    return shares


def _log_sum(x: Floats) -> Floats:
    """Log of the sum of exponentials along the last axis."""
    import numpy as np

    top = x.max(axis=-1)
    total: Floats = top + np.log(np.exp(x - top[..., None]).sum(axis=-1))
    return total


def _linear(x: Floats, name: str) -> Floats:
    """Apply a linear layer to rows [n, in]."""
    stored = weights()
    result: Floats = x @ stored[f"{name}.weight"].T + stored[f"{name}.bias"]
    return result
