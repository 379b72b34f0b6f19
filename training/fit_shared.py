"""Fit how likely it is that a version lacks what two others share: ``python -m training.fit_shared --benchmarks DIR``.

Rows of three versions, the clean quotes of ``seeds/tuning`` and FLORES-200 dev, which may be trained on, as they are
and with a clause or a phrase of two words or more taken out of one version. Prints what is found at given shares of
clean rows, each row by the others' fit, and writes ``shared`` of ``transcheck/checks/data/calibration.json``.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import seeds
from benchmarks.public import read
from training.drift_damage import without
from transcheck.checks.coverage import Words, words_of
from transcheck.checks.triple import shared
from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document
from transcheck.types import LANGS, Cell, Encoder, Lang, Place

log = logging.getLogger("training.fit_shared")

CALIBRATION = Path(__file__).parent.parent / "transcheck" / "checks" / "data" / "calibration.json"
CLAUSES = 0.4
"""Share of what is taken out that is a clause; the rest are phrases."""
LEAST = 2
"""Words that are taken out at least."""
FOLDS = 5

Texts = dict[Lang, str]
_MARKED = re.compile(r"…|\.\.\.|\[")
"""What shows an open cut, which is no omission."""


def rows(encoder: Encoder, benchmarks: Path) -> Iterator[Texts]:
    """Yield rows of three clean versions."""
    for seed in seeds.read_seeds("tuning"):
        if not seed.defects:
            for row in compare_document(seed.document, encoder).rows:
                if len(row.filled) == len(LANGS):
                    yield {c.lang: c.text for c in row.filled}
    for line in read(benchmarks / "flores200" / "dev.tsv"):
        yield {lang: line[lang] for lang in LANGS}


def described(encoder: Encoder, texts: Texts, rng: random.Random) -> Iterator[tuple[tuple[float, ...] | None, bool]]:
    """Yield the features of every version of a row, clean, and of one that lacks something; None where nothing is in
    doubt.
    """
    words = {lang: _words(encoder, lang, text) for lang, text in texts.items()}
    for lang in LANGS:
        found = shared(words, lang)
        yield found.features if found else None, False
    fault = rng.choice(LANGS)
    cut = without(texts[fault], fault, "clause" if rng.random() < CLAUSES else "phrase", rng)
    if cut is None or len(texts[fault].split()) - len(cut.split()) < LEAST:
        return
    found = shared({x: _words(encoder, x, cut) if x == fault else words[x] for x in LANGS}, fault)
    yield found.features if found else None, True


def _words(encoder: Encoder, lang: Lang, text: str) -> Words:
    return words_of(Cell(lang, (0,), Place(lang, 0, len(text), text)), encoder)


def fit(x: NDArray[np.float64], y: NDArray[np.bool_]) -> dict[str, Any]:
    """Return ``weights`` and ``bias`` of a logistic model over features as they are."""
    from sklearn.linear_model import LogisticRegression

    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=2000).fit((x - mean) / spread, y)
    weights = model.coef_[0] / spread
    bias = model.intercept_[0] - float((weights * mean).sum())
    return {"weights": [round(float(w), 5) for w in weights], "bias": round(float(bias), 5)}


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmarks", type=Path, required=True, help="folder of the public benchmarks")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    encoder, rng = load_encoder(), random.Random(5)
    samples = [
        (values, lacking, number)
        for number, texts in enumerate(rows(encoder, options.benchmarks))
        if not any(map(_MARKED.search, texts.values()))
        for values, lacking in described(encoder, texts, rng)
    ]
    every, group = np.array([lacking for _, lacking, _ in samples]), np.array([number for *_, number in samples])
    read = np.array([values is not None for values, *_ in samples])
    x, y = np.array([values for values, *_ in samples if values is not None]), every[read]
    odds = np.full(len(samples), -np.inf)
    for fold in range(FOLDS):
        mine = group % FOLDS == fold
        model = fit(x[~mine[read]], y[~mine[read]])
        odds[mine & read] = x[mine[read]] @ np.array(model["weights"]) + model["bias"]
    clean = len(set(group))
    for share in (0.002, 0.005, 0.01, 0.02):
        limit = float(np.sort(odds[~every])[::-1][int(share * clean)])
        found = (odds[every] > limit).mean()
        log.info("%.3f of %d clean rows above %.2f: %.3f of %d found", share, clean, limit, found, every.sum())
    result = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    result["shared"] = fit(x, y)
    CALIBRATION.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info("written to %s", CALIBRATION)


if __name__ == "__main__":
    main()
