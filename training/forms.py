"""Learn which written forms speak for Russian and which for Ukrainian: the table of ``transcheck/text/forms.py``.

A minute on one core: ``python -m training.forms --data DIR --benchmarks DIR``. Every text counts once, and of it the
words in small letters; the corpora of the two languages are of one kind, so that the odds are those of the languages.
"""

from __future__ import annotations

import argparse
import logging
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from training.corpus import Pair, read_pairs, unseen
from training.translations import gaps
from transcheck.text.detect import telling
from transcheck.text.forms import MIDDLE, STEPS, form_hash
from transcheck.types import Lang

log = logging.getLogger("training.forms")

OUT = Path(__file__).parent.parent / "transcheck" / "text" / "data" / "forms.npz"

LEAST_SEEN = 2
"""Times that a form must stand in the texts of the two languages together."""
LEAST_ODDS = 1.0
"""Odds, in nats, from which a form is kept."""
SMOOTHING = 0.5
"""Times that every form counts as seen in either language."""

_FOLD = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ё": "е"})


def count(pairs: Iterable[Pair]) -> dict[Lang, Counter[str]]:
    """Count the small-letter forms of the Russian and of the Ukrainian texts; dictionaries are left out."""
    word = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
    counts: dict[Lang, Counter[str]] = {"ru": Counter(), "uk": Counter()}
    seen: set[int] = set()
    for pair in pairs:
        for lang, text in ((pair.lang_a, pair.text_a), (pair.lang_b, pair.text_b)):
            key = hash((lang, text))
            if lang != "en" and key not in seen and not pair.source.startswith("dict_"):
                seen.add(key)
                counts[lang].update(w for w in word.findall(text.translate(_FOLD)) if w[0].islower())
    return counts


def make(pairs: Iterable[Pair], out: Path = OUT) -> None:
    """Learn the table from ``pairs`` and write it."""
    counts = count(pairs)
    ru, uk = counts["ru"], counts["uk"]
    forms = [
        w
        for w in ru.keys() | uk.keys()
        if ru[w] + uk[w] >= LEAST_SEEN and "\u0400" <= w[0] <= "\u04ff" and telling(w) is None
    ]
    seen_ru, seen_uk = (np.array([c[w] for w in forms], np.float64) + SMOOTHING for c in (ru, uk))
    odds = np.log(seen_ru / ru.total()) - np.log(seen_uk / uk.total())
    kept = np.abs(odds) >= LEAST_ODDS
    hashes = np.array([form_hash(w) for w, keep in zip(forms, kept, strict=True) if keep], np.uint32)
    levels = np.clip(np.round(MIDDLE + STEPS * odds[kept]), 1, 255).astype(np.uint8)
    steps, values = gaps(hashes, levels)
    np.savez_compressed(out, forms=steps, levels=values)
    log.info("%d forms of %d", len(hashes), len(forms))


def main() -> None:
    """Make the table."""
    parser = argparse.ArgumentParser(prog="python -m training.forms", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of aligned pairs (*.tsv.gz)")
    parser.add_argument("--benchmarks", type=Path, required=True, help="folder of benchmarks, none of whose is counted")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    make(unseen(read_pairs(options.data), options.benchmarks))


if __name__ == "__main__":
    main()
