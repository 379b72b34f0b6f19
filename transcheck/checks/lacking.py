"""How likely each word of a version is to be lacking in the others.

Three small networks weigh, word by word, what two other networks read (:mod:`transcheck.checks.critic`,
:mod:`transcheck.checks.drift`), how translators render the word (:mod:`transcheck.text.translations`) and which word
faces it: one for two versions; one for three, where a second version has the word and the third may lack it; one for
what a version of three may have alone. Two versions that have a word for one another, and both none for it in the
third, say more than either pair (triangulation). Trained by ``training/fit_lacking.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from transcheck.checks import critic
from transcheck.checks.confidence import RENDERED
from transcheck.checks.coverage import Words, judgement
from transcheck.checks.drift import links
from transcheck.text import translations
from transcheck.types import LANGS, Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Whole = NDArray[np.int64]

PAIR, SHARED, ALONE = "pair", "shared", "alone"
KINDS: Final = (PAIR, SHARED, ALONE)

COLUMNS: Final = ("missing", "gone", "changed", "rate", "listed", "near", "deep", "match", "matched")
"""What is known of a word towards another version: log-odds that it is missing by the network of omissions and by that
of drift, and that it is changed; its best rate in the table of translations and whether its renderings are listed; the
cosines to the nearest word by both kinds of vectors; cosine and rate of the word that chose it and that it chose.
"""
MISSING, GONE, CHANGED, RATE, LISTED, NEAR, DEEP, MATCH, MATCHED = range(len(COLUMNS))

_LEAST, _MOST = -8.0, 6.0
"""Bounds of log-odds."""
_FUNCTION = 0.25
"""Weight of a function word in the means over its neighbours."""
_WINDOWS: Final = ((1, (MISSING, GONE, RATE, MATCH)), (3, (MISSING, GONE, RATE, MATCH)))
"""Words to either side over which a word's columns are averaged, since what is left out is a phrase."""
_CLIPPED = 6.0
"""Standard deviations that a feature counts at most."""


@dataclass(frozen=True, slots=True, eq=False)
class Towards:
    """What is known of the words of one version towards another: :data:`COLUMNS` [n, 9], and the word of the other that
    is each one's match, -1 for none [n].
    """

    columns: Floats
    mates: Whole


@lru_cache(maxsize=64)
def towards(a: Words, b: Words) -> Towards:
    """Look at the words of ``a`` from ``b``; both must have been read by the network of drift."""
    import numpy as np

    if a.reading is None or b.reading is None or a.deep is None or b.deep is None:
        raise ValueError("words that were not read by the networks")
    found = judgement(a.deep, b.deep)
    rates = np.maximum(*translations.rates(a.keys, b.keys, a.deep.lang, b.deep.lang))
    similar, matches = links(a.deep, b.deep)
    columns = np.zeros((len(a.spans), len(COLUMNS)), np.float32)
    mates = np.full(len(a.spans), -1)
    for i, j in matches:
        columns[i, MATCH], columns[i, MATCHED], mates[i] = similar[i, j], rates[i, j], j
    columns[:, MISSING] = np.clip(critic.missing(a.reading, b.reading)[0], _LEAST, _MOST)
    columns[:, GONE] = np.clip(found.missing_a, _LEAST, _MOST)
    columns[:, CHANGED] = np.clip(found.changed_a, _LEAST, _MOST)
    columns[:, RATE] = rates.max(axis=1)
    columns[:, LISTED] = translations.listed(a.keys, b.deep.lang)
    columns[:, NEAR] = (a.vectors @ b.vectors.T).max(axis=1)
    columns[:, DEEP] = (a.deep.context @ b.deep.context.T).max(axis=1)
    return Towards(columns, mates)


def odds(kind: str, words: Mapping[Lang, Words], own: Lang, other: Lang) -> Floats:
    """Return the log-odds that each word of ``own`` is lacking [n], where about one word in eight is.

    ``other`` is the version that may lack it, of two or three; with :data:`ALONE` both others may, and it counts for
    nothing.
    """
    return _run(kind, features(kind, words, own, other))


def features(kind: str, words: Mapping[Lang, Words], own: Lang, other: Lang) -> Floats:
    """Return what a network weighs of each word of ``own`` [n, k]."""
    import numpy as np

    mine = words[own]
    count = len(mine.spans)
    if kind == ALONE:
        first, second = (towards(mine, words[x]).columns for x in words if x != own)
        seen = [np.minimum(first, second), np.maximum(first, second)]
        main: Floats = ((first + second) / 2).astype(np.float32)
        room = sorted(_room(mine, words[x]) for x in words if x != own)
        about = [*(r[0] for r in room), *sorted(r[1] for r in room)]
    else:
        main = towards(mine, words[other]).columns
        slack, longer = _room(mine, words[other])
        seen, about = [main], [slack, longer]
        if kind == SHARED:
            (second_lang,) = (x for x in words if x not in (own, other))
            there, back = towards(mine, words[second_lang]), towards(words[second_lang], words[other]).columns
            mates = np.where(there.mates[:, None] >= 0, back[there.mates], np.float32(0.0))
            seen += [there.columns, mates]
            about.append(_room(words[second_lang], words[other])[1])
    weights = np.where(mine.content & ~mine.passed_over, 1.0, _FUNCTION).astype(np.float32)
    around = [_around(main[:, c], weights, reach) for reach, columns in _WINDOWS for c in columns]
    whole = [np.full(count, float((main[:, c] * weights).sum() / weights.sum())) for c in (MISSING, GONE, RATE)]
    place = np.arange(count) / max(1, count - 1)
    size = np.full(count, np.log(count))
    alike = [mine.content, mine.settled, mine.passed_over, mine.salience, place, size]
    langs = [np.full(count, float(x == y)) for x in ((own,) if kind == ALONE else (own, other)) for y in LANGS]
    flat = [np.full(count, value) for value in about]
    found: Floats = np.concatenate([*seen, np.stack([*alike, *around, *whole, *flat, *langs], axis=1)], axis=1)
    return found.astype(np.float32)


def _room(a: Words, b: Words) -> tuple[float, float]:
    """Return how many content words of ``b``, which may say it otherwise, render none of ``a``, and how much longer
    ``a`` is, as a logarithm.
    """
    import numpy as np

    slack = float(((towards(b, a).columns[:, RATE] < RENDERED) & b.content).sum())
    return slack, float(np.log(len(a.spans) / len(b.spans)))


def _around(values: Floats, weights: Floats, reach: int) -> Floats:
    """Return the weighted mean of values over each word and ``reach`` words to either side [n]."""
    import numpy as np

    count = len(values)
    sums = [np.concatenate([[0.0], np.cumsum(x)]) for x in (values * weights, weights)]
    low, high = np.maximum(np.arange(count) - reach, 0), np.minimum(np.arange(count) + reach + 1, count)
    mean: Floats = (sums[0][high] - sums[0][low]) / (sums[1][high] - sums[1][low])
    return mean


@lru_cache(maxsize=1)
def stored() -> dict[str, Floats]:
    """Return what ``checks/data/lacking.npz`` holds: for each of :data:`KINDS` the ``mean`` and ``scale`` [k] of the
    features of words, ``weight`` and ``bias`` of three layers, and trees (:mod:`transcheck.checks.trees`), names as
    ``kind.name``.
    """
    import io

    import numpy as np

    data = (resources.files("transcheck.checks") / "data" / "lacking.npz").read_bytes()
    with np.load(io.BytesIO(data)) as file:
        return {name: file[name] for name in file.files}


def _run(kind: str, x: Floats) -> Floats:
    """Run a network of two hidden layers on features [n, k]; returns [n]."""
    import numpy as np

    held = stored()
    x = np.clip((x - held[f"{kind}.mean"]) / held[f"{kind}.scale"], -_CLIPPED, _CLIPPED)
    for layer in range(3):
        x = x @ held[f"{kind}.weight{layer}"].T.astype(np.float32) + held[f"{kind}.bias{layer}"]
        x = np.maximum(x, 0.0) if layer < 2 else x
    last: Floats = x[:, 0]
    return last
