"""How much a written word speaks for Russian or Ukrainian: a table of forms learnt by ``training/forms.py``.

Profiles of letters are unsure about single words, and the stems of ``translations.py`` are often shared where the forms
are not (Russian "третий" and Ukrainian "третій"). The table holds, for forms without telling letters that are clearly
commoner in one of the two languages, the odds of Russian against Ukrainian.

Forms are kept as 32-bit hashes alone, so the table holds no words; one form in forty thousand that is not in it is
taken for one that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from importlib import resources
from typing import TYPE_CHECKING

from transcheck.text.detect import russian_odds, telling
from transcheck.text.translations import familiar, keys
from transcheck.types import LANGS, Lang

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MIDDLE, STEPS = 128, 16
"""The level that stands for even odds, and the levels of one nat."""

TOLD = 6.0
"""Evidence of a word that has letters of the other language, in nats."""
OWN_TOLD = -8.0
"""The same where it has letters of its own."""

FOREIGN = 1.0
"""Evidence, in nats, from which a word counts as foreign."""

_FORM, _STEM, _GRAMS = 0.6, 4.0, 0.5
"""Weights of the odds of the form, of how much better its stem is known in one of the languages, and of its letters."""
_FORM_RANGE, _STEM_RANGE, _GRAMS_RANGE = (-6.0, 3.0), (-0.3, 0.3), (-2.0, 2.0)


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Sorted hashes of forms [n] and the levels of their odds [n]."""

    forms: NDArray[np.uint32]
    levels: NDArray[np.uint8]


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the packaged table (``data/forms.npz``)."""
    import io

    import numpy as np

    data = (resources.files("transcheck.text") / "data" / "forms.npz").read_bytes()
    with np.load(io.BytesIO(data)) as stored:
        return Table(np.cumsum(stored["forms"], dtype=np.uint32), stored["levels"])


def form_hash(form: str) -> int:
    """Return the hash of a form in lower case, with ё as е and straight apostrophes."""
    return int.from_bytes(blake2b(form.encode(), digest_size=4).digest(), "little")


@lru_cache(maxsize=8192)
def form_odds(form: str) -> float:
    """Return the odds of Russian against Ukrainian for a folded form, in nats; 0 where the table does not know."""
    import numpy as np

    wanted = np.uint32(form_hash(form))
    found = table()
    place = min(int(np.searchsorted(found.forms, wanted)), len(found.forms) - 1)
    level = int(found.levels[place]) if found.forms[place] == wanted else 0
    return (level - MIDDLE) / STEPS if level else 0.0


@lru_cache(maxsize=8192)
def foreignness(word: str, own: Lang) -> float:
    """Return how much a lower-cased Cyrillic word speaks for the other Cyrillic language than ``own``, in nats."""
    other: Lang = "uk" if own == "ru" else "ru"
    sign = 1.0 if own == "uk" else -1.0
    told = telling(word)
    if told is not None:
        return TOLD if told == other else OWN_TOLD
    form = sign * form_odds(word.replace("ё", "е"))
    stems = familiarity(word, other) - familiarity(word, own)
    grams = sign * russian_odds([word])
    return (
        _FORM * _within(form, _FORM_RANGE) + _STEM * _within(stems, _STEM_RANGE) + _GRAMS * _within(grams, _GRAMS_RANGE)
    )


@lru_cache(maxsize=8192)
def familiarity(word: str, lang: Lang) -> float:
    """Return how well the table of translations knows a word of ``lang``, 0 (not at all) to about 1."""
    own = keys([word], lang)
    return max(float(familiar(own, other)[0]) for other in LANGS if other != lang)


def _within(value: float, limits: tuple[float, float]) -> float:
    low, high = limits
    return max(low, min(high, value))
