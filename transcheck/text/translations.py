"""How often a word is translated by another: a table of stems made by ``training/translations.py``.

Vectors put opposites and members of one kind side by side ("small" and "large", "brother" and "sister"); translators do
not put one for the other. The table holds, for stems that translate one another at least now and then, the share of the
one's occurrences in which it stood for the other, in both directions, on a logarithmic scale of 15 levels. Renderings
that people wrote down for frequent words are in it too; these words are listed, and what is none of their renderings is
a doubtful one.

Pairs are kept as 32-bit hashes alone, so the table holds no words; one pair in fourteen thousand that is not in it is
taken for one that is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from typing import TYPE_CHECKING

from transcheck.text.stem import stem
from transcheck.types import Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Keys = NDArray[np.uint64]

LEVELS = 15
"""Steps of the scale; level 0 stands for no entry."""

_FIRST, _SECOND, _MIX = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xFF51AFD7ED558CCD
_OTHER = {"en": 0xA0761D6478BD642F, "ru": 0xE7037ED1A0B428DB, "uk": 0x8EBC6AF09C88C6E3}
_OFTEN = 16.0
"""Logarithm to base 2 of how often the commonest stems were seen."""
_TEXTS, _SMALL = 256, 4096
"""Texts, or pairs of texts, whose figures are remembered, and the pairs of words up to which they are."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Sorted hashes of pairs [n] and their two levels, four bits each [n]; sorted hashes of stems seen beside a
    language [m], sixteenths of a bit of how often [m], and whether their renderings were written down [m].
    """

    pairs: NDArray[np.uint32]
    levels: NDArray[np.uint8]
    stems: NDArray[np.uint32]
    seen: NDArray[np.uint8]
    listed: NDArray[np.bool_]


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the packaged table (``data/translations.npz``)."""
    import io

    import numpy as np

    data = (resources.files("transcheck.text") / "data" / "translations.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        pairs, stems = (np.cumsum(stored[name], dtype=np.uint32) for name in ("pairs", "stems"))
        return Table(pairs, stored["levels"], stems, stored["seen"], stored["listed"])


def keys(words: Sequence[str], lang: Lang) -> Keys:
    """Return the keys of words as they stand in a text [n]; 0 for what is no word of letters alone."""
    return stem_keys([stem(word, lang) for word in words], lang)


def stem_keys(stems: Sequence[str], lang: Lang) -> Keys:
    """Return the keys of stems [n]; 0 for an empty one."""
    import numpy as np

    return np.array([_key(found, lang) for found in stems], np.uint64)


def rates(a: Keys, b: Keys, lang_a: Lang, lang_b: Lang) -> tuple[Floats, Floats]:
    """Return how often each word of ``a`` is translated by each of ``b`` and the reverse, from 0 (never, or not known)
    to 1 (always), two arrays [n, m], which are not to be written to.
    """
    import numpy as np

    if lang_a > lang_b:
        back, there = rates(b, a, lang_b, lang_a)
        return np.ascontiguousarray(there.T), np.ascontiguousarray(back.T)
    find = _rates if len(a) * len(b) <= _SMALL else _rates.__wrapped__
    return find(a.tobytes(), b.tobytes())


def familiar(words: Keys, other: Lang) -> Floats:
    """Return how well the table knows words beside those of another language, from 0 (not at all) to about 1 [n]; not
    to be written to.
    """
    return _familiar(words.tobytes(), other)


def listed(words: Keys, other: Lang) -> Floats:
    """Return 1 for words whose renderings in another language were written down, else 0 [n]; not to be written to."""
    return _listed(words.tobytes(), other)


@lru_cache(maxsize=_TEXTS)
def _rates(first: bytes, second: bytes) -> tuple[Floats, Floats]:
    """Look up pairs once: several checks ask for those of the same two texts."""
    import numpy as np

    a, b = np.frombuffer(first, np.uint64), np.frombuffer(second, np.uint64)
    levels = _at(pair_hashes(a[:, None], b[None, :]).ravel(), table().pairs, table().levels).reshape(len(a), len(b))
    levels[a == 0] = 0
    levels[:, b == 0] = 0
    scale = np.float32(1 / LEVELS)
    return (levels >> 4) * scale, (levels & 15) * scale


@lru_cache(maxsize=_TEXTS)
def _familiar(words: bytes, other: Lang) -> Floats:
    import numpy as np

    keys = np.frombuffer(words, np.uint64)
    found = _at(stem_hashes(keys, other), table().stems, table().seen)
    found[keys == 0] = 0
    return found.astype(np.float32) / np.float32(16 * _OFTEN)


@lru_cache(maxsize=_TEXTS)
def _listed(words: bytes, other: Lang) -> Floats:
    import numpy as np

    keys = np.frombuffer(words, np.uint64)
    found = _at(stem_hashes(keys, other), table().stems, table().listed)
    found[keys == 0] = 0
    return found.astype(np.float32)


def pair_hashes(a: Keys, b: Keys) -> NDArray[np.uint32]:
    """Return the hashes of pairs of keys, of the language that comes first in the alphabet and of the other."""
    import numpy as np

    return _mixed(a * np.uint64(_FIRST) ^ b * np.uint64(_SECOND))


def stem_hashes(words: Keys, other: Lang) -> NDArray[np.uint32]:
    """Return the hashes of keys seen beside a language."""
    import numpy as np

    return _mixed(words * np.uint64(_FIRST) ^ np.uint64(_OTHER[other]))


def _mixed(x: Keys) -> NDArray[np.uint32]:
    import numpy as np

    mixed = (x ^ (x >> np.uint64(31))) * np.uint64(_MIX)
    return (mixed >> np.uint64(32)).astype(np.uint32)


def _at(
    wanted: NDArray[np.uint32], known: NDArray[np.uint32], values: NDArray[np.uint8] | NDArray[np.bool_]
) -> NDArray[np.uint8]:
    """Return the values of sorted keys; 0 for those that are not known."""
    import numpy as np

    places = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where(known[places] == wanted, values[places], 0).astype(np.uint8)


@lru_cache(maxsize=65536)
def _key(found: str, lang: Lang) -> int:
    return int.from_bytes(blake2b(f"{lang}:{found}".encode(), digest_size=8).digest(), "little") if found else 0
