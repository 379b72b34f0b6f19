"""Search the costs of the aligner on held-out documents: ``python -m training.fit_alignment --work DIR``.

Prints the best settings; they are entered by hand as the defaults of ``transcheck.align.dynamic.Costs``.
"""

from __future__ import annotations

import argparse
import itertools
import pickle
from collections.abc import Sequence
from pathlib import Path

from benchmarks.alignment import Damaged, documents, prepare, score
from training.calibrate import human, triples
from training.corpus import Pair
from transcheck.align import Costs
from transcheck.encode import load_encoder
from transcheck.types import Lang

THRESHOLDS = (-0.08, -0.04, 0.0, 0.05, 0.1)
MERGES = (0.15, 0.2, 0.26, 0.32, 0.4)
LENGTHS = (0.12, 0.2, 0.27, 0.35, 0.5)
MOST = 320
"""Segments of a source and language pair that are used, so that no source outweighs the others."""


def held_out_documents(held: Sequence[Pair]) -> dict[tuple[Lang, Lang, str], list[Damaged]]:
    """Damaged documents by language pair and source; Russian and Ukrainian are joined through English."""
    rows: dict[tuple[Lang, Lang, str], dict[str, str]] = {}
    for source in sorted({p.source for p in held}):
        chosen = [p for p in held if p.source == source and human(p)]
        for pair in chosen:
            for lang in ("ru", "uk"):
                sides = {pair.lang_a: pair.text_a, pair.lang_b: pair.text_b}
                if set(sides) == {"en", lang}:
                    rows.setdefault(("en", lang, source), {}).setdefault(sides["en"], sides[lang])
        for found in triples(chosen):
            rows.setdefault(("ru", "uk", source), {}).setdefault(found["ru"], found["uk"])
    return {
        key: documents(list(texts.items())[:MOST], (key[0], key[1])) for key, texts in rows.items() if len(texts) >= 60
    }


def main() -> None:
    """Print the ten best settings by the mean of strict and dropped F1 over all groups of documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="work folder of python -m training")
    options = parser.parse_args()
    _, held = pickle.loads((options.work / "split.pickle").read_bytes())
    encoder = load_encoder()
    groups = held_out_documents(held)
    units = {key: [prepare(d, encoder) for d in found] for key, found in groups.items()}
    results = []
    for threshold, merge, length in itertools.product(THRESHOLDS, MERGES, LENGTHS):
        costs = Costs(threshold, merge, length)
        scores = [score(found, units[key], costs) for key, found in groups.items()]
        strict = sum(s.strict for s in scores) / len(scores)
        dropped = sum(s.dropped for s in scores) / len(scores)
        results.append((strict + dropped, strict, dropped, costs))
    for _, strict, dropped, costs in sorted(results, key=lambda r: -r[0])[:10]:
        print(f"strict {strict:.4f} dropped {dropped:.4f} {costs}")


if __name__ == "__main__":
    main()
