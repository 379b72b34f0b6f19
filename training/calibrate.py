"""Fit the numbers of ``transcheck/checks/data/calibration.json`` on held-out human translations, and make passages lost
or put in. Nothing of ``data/eval`` is read.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.corpus import Pair
from transcheck.encode import FAST, load_encoder
from transcheck.text.sentences import segment
from transcheck.types import Cell, Encoder, Lang, Place

log = logging.getLogger(__name__)

Floats = NDArray[np.float64]
Texts = dict[Lang, str]

HUMAN = ("opusmt-testsets", "wmt22-A", "wmt23-refA")
"""Details of the wmt source that are human references."""

_MEANING_WORDS = [1, 4, 7, 13]


def human(pair: Pair) -> bool:
    """Whether a person translated the pair, as far as its source tells."""
    return pair.source != "wmt" or pair.detail.startswith(HUMAN)


def reserved(pairs: Sequence[Pair]) -> frozenset[str]:
    """Return the texts that people translated into both other languages: limits and probabilities are fitted on them,
    so that networks and tables learn from others.
    """
    return frozenset(text for row in triples([p for p in pairs if human(p)]) for text in row.values())


def triples(pairs: Sequence[Pair]) -> list[Texts]:
    """Join English-Russian and English-Ukrainian pairs of one English text; human translations before others."""
    joined: dict[str, Texts] = {}
    for pair in sorted(pairs, key=human):
        sides: Texts = {pair.lang_a: pair.text_a, pair.lang_b: pair.text_b}
        if "en" in sides:
            joined.setdefault(sides["en"], {}).update(sides)
    found = [t for t in joined.values() if len(t) == 3]
    return [t for t in found if min(len(text.split()) for text in t.values()) >= 5]


def cell(lang: Lang, text: str) -> Cell:
    """A row's cell that holds one whole text."""
    return Cell(lang, (0,), Place(lang, 0, len(text), text))


def without_passage(text: str, lang: Lang, rng: random.Random) -> str | None:
    """Remove a clause of three words or more, else a phrase of three to seven; None where the text is too short."""
    clauses = [c for s in segment(text, lang) for c in s.clauses]
    long = [c for c in clauses if len(c.of(text).split()) >= 3]
    if len(clauses) >= 2 and long and rng.random() < 0.65:
        clause = rng.choice(long)
        left = " ".join((text[: clause.start] + " " + text[clause.end :]).split()).strip(" ,;")
        if len(left.split()) >= 3:
            return left
    words = text.split()
    if len(words) < 7:
        return None
    size = rng.randint(3, min(7, len(words) - 4))
    at = rng.randint(0, len(words) - size)
    return " ".join(words[:at] + words[at + size :])


def with_passage(text: str, lang: Lang, other: str, rng: random.Random) -> str | None:
    """Insert a clause of another text at a clause boundary; None where neither has a usable one."""
    donors = [c.of(other).strip(" ,;:.—–-") for s in segment(other, lang) for c in s.clauses]
    donors = [d for d in donors if 3 <= len(d.split()) <= 12]
    places = [c.end for s in segment(text, lang) for c in s.clauses]
    if not donors or not places:
        return None
    at = rng.choice(places)
    return f"{text[:at].rstrip('.!? ')}, {rng.choice(donors)}{text[at:] or '.'}"


LOST = {"two": {"error": 2.5, "warning": 1.0}, "three": {"error": 1.5, "warning": 0.5}}
"""Mean log-odds from which a whole segment without a counterpart is lost and not taken in by its neighbours.

In held-out documents of one to four sentences 0.4 % of the clean rows of two versions reach the lower limit and 0.2 %
the upper one, and so do 88 % and 78 % of the sentences that were dropped; with three versions 0.2 %, 0.2 %, 83 %, 77 %.
"""


def meaning_table(encoder: Encoder, pairs: Sequence[Pair]) -> dict[str, list[float]]:
    """Cosines below which 0.1 % (strict) and 0.5 % (loose) of clean pairs of a length lie."""
    unit = [encoder.encode([getattr(p, side) for p in pairs]) for side in ("text_a", "text_b")]
    cosines = (unit[0] * unit[1]).sum(axis=1)
    words = np.array([min(len(p.text_a.split()), len(p.text_b.split())) for p in pairs])
    table: dict[str, list[float]] = {"words": list(_MEANING_WORDS), "strict": [], "loose": []}
    for low, high in zip(_MEANING_WORDS, [*_MEANING_WORDS[1:], 10**9], strict=True):
        chosen = cosines[(words >= low) & (words < high)]
        table["strict"].append(round(float(np.quantile(chosen, 0.001)), 3))
        table["loose"].append(round(float(np.quantile(chosen, 0.005)), 3))
    return table


def calibrate(encoder: Encoder, held_out: Sequence[Pair], out: Path) -> None:
    """Fit everything and write the file; ``training/fit_lacking.py`` enters the limits of passages."""
    news = [p for p in held_out if human(p) and p.source in {"wmt", "tatoeba_opus"}]
    result = {
        "model": encoder.id,
        "meaning": {e.id: meaning_table(e, news) for e in (encoder, load_encoder(FAST))},
        "lost": LOST,
    }
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
