"""Fit how likely it is that a version lacks what two others share, or has something alone:
``python -m training.fit_shared --benchmarks DIR``.

Rows of three versions, the clean quotes of ``seeds/tuning`` and FLORES-200 dev, which may be trained on, as they are,
with a clause or a phrase of two words or more taken out of one version, and with one taken out of two or put into one.
Prints what is found at given shares of clean rows, each row by the others' fit, and writes ``shared`` and ``alone`` of
``transcheck/checks/data/calibration.json``.
"""

from __future__ import annotations

import argparse
import json
import logging
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import seeds
from benchmarks.public import read
from training.drift_damage import Drift, passages, tidy, without
from transcheck.checks.coverage import Words, words_of
from transcheck.checks.drift import links
from transcheck.checks.triple import Alone, Shared, alone, shared
from transcheck.encode import load_encoder
from transcheck.run.pipeline import context_of
from transcheck.types import LANGS, Cell, Encoder, Lang, Place

log = logging.getLogger("training.fit_shared")

CALIBRATION = Path(__file__).parent.parent / "transcheck" / "checks" / "data" / "calibration.json"
CLAUSES = 0.4
"""Share of what is taken out that is a clause; the rest are phrases."""
LEAST = 2
"""Words that are taken out at least."""
FOLDS = 5
LIMITS = {
    "shared": {"error": 4.8, "warning": 2.6},
    "alone": {
        "ru": {"error": 5.0, "warning": 2.8},
        "uk": {"error": 5.0, "warning": 2.8},
        "en": {"error": 6.5, "warning": 4.1},
    },
}
"""Log-odds from which what a version lacks, or has alone, is told: chosen on the quotes of ``seeds/tuning``. English
renders Russian and Ukrainian, which are alike, more freely than these one another.
"""

ADDED = 2
"""Additions made of a row."""
PUT_IN = 0.4
"""Share of them that are taken from another text; of the rest the two other versions lost what the third keeps."""
LINKED, ACCOUNTED = 0.25, 0.6
"""Likeness of words from which one is the other's counterpart, and share of the content words of a passage that must
have one for it to be taken out of the other versions.
"""

Texts = dict[Lang, str]
Sample = tuple[tuple[float, ...] | None, bool]
"""Features of a version of a row, None where nothing is in doubt, and whether it is the one at fault."""

Describe = Callable[[Mapping[Lang, Words], Lang], Shared | Alone | None]
_MARKED = re.compile(r"…|\.\.\.|\[")
"""What shows an open cut, which is no omission."""


def rows(encoder: Encoder, benchmarks: Path) -> Iterator[Texts]:
    """Yield rows of three clean versions."""
    for seed in seeds.read_seeds("tuning"):
        if not seed.defects:
            for row in context_of(seed.document, encoder).rows:
                if len(row.filled) == len(LANGS):
                    yield {c.lang: c.text for c in row.filled}
    for line in read(benchmarks / "flores200" / "dev.tsv"):
        yield {lang: line[lang] for lang in LANGS}


def lacking(encoder: Encoder, texts: Texts, rng: random.Random) -> Iterator[Sample]:
    """Yield every version of a clean row, and one that lacks something."""
    yield from _clean(shared, encoder, texts)
    fault = rng.choice(LANGS)
    cut = without(texts[fault], fault, "clause" if rng.random() < CLAUSES else "phrase", rng)
    if cut is not None and len(texts[fault].split()) - len(cut.split()) >= LEAST:
        yield _features(shared, encoder, {**texts, fault: cut}, fault), True


def adding(encoder: Encoder, texts: Texts, drift: Drift, rng: random.Random) -> Iterator[Sample]:
    """Yield every version of a clean row, and some that have something alone."""
    yield from _clean(alone, encoder, texts)
    for fault in rng.sample(LANGS, ADDED):
        if rng.random() < PUT_IN:
            made = drift.one(texts[fault], fault, rng.choice(("clause in", "phrase in")), rng)
            more = len(made.split()) - len(texts[fault].split()) if made else 0
            found = {**texts, fault: made} if made and more >= LEAST else None
        else:
            found = kept_alone(encoder, texts, fault, rng)
        if found is not None:
            yield _features(alone, encoder, found, fault), True


def kept_alone(encoder: Encoder, texts: Texts, own: Lang, rng: random.Random) -> Texts | None:
    """Return the row with a passage of ``own`` taken out of both other versions; None where it has no clear place."""
    mine = _words(encoder, own, texts[own])
    found = passages(texts[own], own, "clause" if rng.random() < CLAUSES else "phrase", rng)
    if not found:
        return None
    start, end = rng.choice(found)
    chosen = [i for i, s in enumerate(mine.spans) if start <= s.start and s.end <= end]
    if not LEAST <= len(chosen) <= len(mine.spans) / 2:
        return None
    rest = {x: _cut_out(mine, chosen, _words(encoder, x, texts[x]), texts[x]) for x in texts if x != own}
    return {own: texts[own]} | {x: t for x, t in rest.items() if t is not None} if all(rest.values()) else None


def _cut_out(mine: Words, chosen: list[int], theirs: Words, text: str) -> str | None:
    """Return another version without the words that the ``chosen`` ones stand for; None where others stand between."""
    if mine.deep is None or theirs.deep is None:
        return None
    similar, matches = links(mine.deep, theirs.deep)
    counterparts = {i: j for i, j in matches if similar[i, j] > LINKED}
    content = [i for i in chosen if mine.content[i]]
    places = sorted(counterparts[i] for i in chosen if i in counterparts)
    if not places or sum(i in counterparts for i in content) < ACCOUNTED * len(content):
        return None
    first, last = places[0], places[-1] + 1
    foreign = {j for i, j in counterparts.items() if i not in chosen and theirs.content[j]}
    if last - first > 2 * len(chosen) + 2 or foreign & set(range(first, last)):
        return None
    known = set(counterparts.values())
    while first > 0 and first - 1 not in known and not theirs.content[first - 1]:
        first -= 1
    cut = tidy(text[: theirs.spans[first].start], text[theirs.spans[last - 1].end :])
    return cut if len(cut.split()) > LEAST else None


def _clean(describe: Describe, encoder: Encoder, texts: Texts) -> Iterator[Sample]:
    yield from ((_features(describe, encoder, texts, lang), False) for lang in LANGS)


def _features(describe: Describe, encoder: Encoder, texts: Texts, fault: Lang) -> tuple[float, ...] | None:
    found = describe({x: _words(encoder, x, texts[x]) for x in LANGS}, fault)
    return found.features if found is not None else None


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


def judged(samples: Sequence[tuple[int, Sample]], name: str) -> dict[str, Any]:
    """Print what is found, each row by the others' fit, and return the fit of all."""
    every, group = np.array([fault for _, (_, fault) in samples]), np.array([number for number, _ in samples])
    read = np.array([values is not None for _, (values, _) in samples])
    x, y = np.array([values for _, (values, _) in samples if values is not None]), every[read]
    odds = np.full(len(samples), -np.inf)
    for fold in range(FOLDS):
        mine = group % FOLDS == fold
        model = fit(x[~mine[read]], y[~mine[read]])
        odds[mine & read] = x[mine[read]] @ np.array(model["weights"]) + model["bias"]
    clean = len(set(group))
    for share in (0.002, 0.005, 0.01, 0.02):
        limit = float(np.sort(odds[~every])[::-1][int(share * clean)])
        found = (odds[every] > limit).mean()
        log.info("%s: %.3f of %d clean rows above %.2f: %.3f of %d", name, share, clean, limit, found, every.sum())
    return fit(x, y)


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--benchmarks", type=Path, required=True, help="folder of the public benchmarks")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    encoder, rng = load_encoder(), random.Random(5)
    clean = [t for t in rows(encoder, options.benchmarks) if not any(map(_MARKED.search, t.values()))]
    drift = Drift([(lang, text) for t in clean for lang, text in t.items()], encoder)
    result = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    less = [(number, s) for number, texts in enumerate(clean) for s in lacking(encoder, texts, rng)]
    more = [(number, s) for number, texts in enumerate(clean) for s in adding(encoder, texts, drift, rng)]
    result |= {"shared": judged(less, "lacking"), "alone": judged(more, "alone")}
    result["limits"] |= LIMITS
    CALIBRATION.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info("written to %s", CALIBRATION)


if __name__ == "__main__":
    main()
