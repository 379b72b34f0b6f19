"""Fit the model of lost and added negations: ``python -m training.fit_negation --work DIR``.

Human translations stand for clean rows, the same with a negation put in or taken out for defective ones. Writes
``transcheck/checks/data/negation.json`` and prints the log-odds that given shares of clean rows exceed; the limits in
``negation.toml`` are set by them.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.seeds import read_seeds
from training.calibrate import Texts, human, triples
from training.corpus import Pair
from training.negation_damage import count, with_one, without
from transcheck.checks import negation_model
from transcheck.checks.negation import doubts
from transcheck.checks.negation_sides import side
from transcheck.encode import load_encoder
from transcheck.run.pipeline import context_of
from transcheck.types import LANGS, Document, Encoder, Version

log = logging.getLogger("training.fit_negation")

OUT = Path(__file__).parent.parent / "transcheck" / "checks" / "data" / "negation.json"
TRIPLES = {"wmt": 2100, "tatoeba_opus": 300, "privacyguides": 350, "bilinguator_books": 1400, "react_docs": 250}
"""Sources of rows of three, and how many of each."""
PAIRS = {"wmt": 1400, "zelensky_speeches_resistinua": 1000, "tatoeba_opus": 600}
"""Sources of rows of two, and how many of each."""
TRIMMED = 0.0008
"""Share of the clean rows that score highest and are left out: nearly all are real errors of the translators."""
KEPT = ("name", "number", "date", "unit", "terminology", "attribution", "quotation", "reordered")
"""Categories of defects that leave the negations of a quote of ``seeds/tuning`` alone."""
QUOTE = 5.0
"""Weight of a quote of ``seeds/tuning``: they are translated more freely than news, and few."""


class Sample(NamedTuple):
    """The evidence of a doubt in row number ``row``; ``label`` is 1 where a negation has been put in or taken out."""

    kind: str
    row: int
    label: int
    features: tuple[float, ...]
    weight: float


def damaged(texts: Texts, rng: random.Random) -> Iterator[tuple[str, str, Texts]]:
    """Yield (kind, language at fault, texts) with a negation lost or added in one version."""
    counts = {count(text, lang) for lang, text in texts.items()}
    if len(counts) > 1:
        return
    lost = [(lang, t) for lang in texts for t in set(without(texts[lang], lang, rng)) if min(counts) > 0]
    added = [(lang, t) for lang in texts for t in with_one(texts[lang], lang, rng)]
    for kind, found, most in (("lost", sorted(lost), 2), ("added", sorted(added), 1)):
        for lang, text in rng.sample(found, min(most, len(found))):
            yield kind, lang, {**texts, lang: text}


def samples(documents: Sequence[tuple[Texts, float]], encoder: Encoder, rng: random.Random) -> Iterator[Sample]:
    """Yield the doubts of clean rows, and of damaged rows those about the version and the kind of damage."""
    for number, (texts, weight) in enumerate(documents):
        for kind, label, features in _doubts(texts, None, texts, encoder):
            yield Sample(kind, number, label, features, weight)
        for fault, lang, bad in damaged(texts, rng):
            for kind, label, features in _doubts(bad, (fault, lang), texts, encoder):
                yield Sample(kind, number, label, features, weight)


def _doubts(
    texts: Texts, fault: tuple[str, str] | None, clean: Texts, encoder: Encoder
) -> Iterator[tuple[str, int, tuple[float, ...]]]:
    """Yield kind, label and features of the doubts of a document, those that its ``fault`` calls for."""
    context = context_of(Document("-", tuple(Version(lang, texts[lang]) for lang in LANGS if lang in texts)), encoder)
    for row in context.rows:
        if len(row.filled) < 2:
            continue
        cell = next((c for c in row.filled if fault and c.lang == fault[1]), None)
        if fault and (cell is None or cell.text.strip() in clean[cell.lang]):
            continue
        sides = {c.lang: side(c, context) for c in row.filled}
        for doubt in doubts(sides):
            kind = doubt.kind if len(doubt.gaps) == 2 else "pair"
            lacking, having = doubt.gaps[0][1], doubt.gaps[0][0]
            at = (lacking if fault[0] == "lost" else having) if fault and kind == "pair" else doubt.at
            if fault and (at != fault[1] or kind not in ("pair", fault[0])):
                continue
            yield kind, int(fault is not None), doubt.features


def grow(x: NDArray[np.float64], y: NDArray[np.int64], w: NDArray[np.float64]) -> Any:
    """Fit boosted trees with both labels of equal weight."""
    from sklearn.ensemble import GradientBoostingClassifier

    share = w[y == 0].sum() / max(1.0, w[y == 1].sum())
    model = GradientBoostingClassifier(
        n_estimators=220,
        max_depth=3,
        learning_rate=0.06,
        subsample=0.6,
        min_samples_leaf=15,
        max_features=0.4,
        random_state=1,
    )
    return model.fit(x, y, sample_weight=np.where(y == 1, share, 1.0) * w)


def packed(model: Any) -> dict[str, Any]:
    """Return a fitted model as ``transcheck.checks.negation_model`` reads it."""
    prior = model.init_.class_prior_
    trees = [_node(t[0].tree_, 0, model.learning_rate) for t in model.estimators_]
    return {"bias": round(float(np.log(prior[1] / prior[0])), 4), "trees": trees}


def _node(tree: Any, at: int, rate: float) -> Any:
    if tree.children_left[at] < 0:
        return round(float(tree.value[at][0][0]) * rate, 4)
    branches = [_node(tree, int(child[at]), rate) for child in (tree.children_left, tree.children_right)]
    # A hair above, so that rounding sends no training value to the other side.
    return [int(tree.feature[at]), round(float(tree.threshold[at]) + 5e-5, 4), *branches]


def fit(found: Sequence[Sample], total: int) -> dict[str, Any]:
    """Fit one kind: cross-fit on two halves, trim the clean rows that look worst, print the tails, fit on the rest."""
    x, y = np.array([s.features for s in found]), np.array([s.label for s in found])
    numbers, w = np.array([s.row for s in found]), np.array([s.weight for s in found])
    odds = np.zeros(len(y))
    for half in (0, 1):
        other = numbers % 2 != half
        model = grow(x[other], y[other], w[other])
        odds[numbers % 2 == half] = model.decision_function(x[numbers % 2 == half])
    clean: dict[int, float] = defaultdict(lambda: -99.0)
    for number, label, value in zip(numbers, y, odds, strict=True):
        if not label:
            clean[int(number)] = max(clean[int(number)], float(value))
    ranked = sorted(clean, key=lambda n: -clean[n])
    trimmed = set(ranked[: int(TRIMMED * total)])
    for share in (0.0005, 0.001, 0.002, 0.004, 0.008):
        limit = clean[ranked[min(len(ranked) - 1, int(share * total))]]
        hits = float((odds[y == 1] > limit).mean())
        log.info("%s: %.4f of clean rows above %.2f, %.3f of doubts", found[0].kind, share, limit, hits)
    keep = np.array([label == 1 or int(n) not in trimmed for n, label in zip(numbers, y, strict=True)])
    return packed(grow(x[keep], y[keep], w[keep]))


def documents_of(pairs: Sequence[Pair], rng: random.Random) -> dict[int, list[tuple[Texts, float]]]:
    """Return rows of three, alone and by paragraphs, and rows of two."""
    three: list[Texts] = []
    two: list[Texts] = []
    for source, most in TRIPLES.items():
        found = triples([p for p in pairs if p.source == source and human(p)])
        found = [t for t in found if len(t["en"].split()) > 3]
        three += rng.sample(found, min(most, len(found)))
    paragraphs = [
        {lang: " ".join(three[i + j][lang] for j in range(3)) for lang in LANGS} for i in range(0, len(three) - 3, 9)
    ]
    for source, most in PAIRS.items():
        chosen = [p for p in pairs if p.source == source and human(p) and len(p.text_a.split()) > 3]
        two += [_texts(p) for p in rng.sample(chosen, min(most, len(chosen)))]
    rows: dict[int, list[tuple[Texts, float]]] = {2: [(t, 1.0) for t in two]}
    rows[3] = [*((t, 1.0) for t in three), *((t, 1.0) for t in paragraphs), *((t, QUOTE) for t in _quotes())]
    return rows


def _quotes() -> Iterator[Texts]:
    """Yield the quotes of ``seeds/tuning`` whose versions agree on what they deny."""
    for seed in read_seeds("tuning"):
        if all(defect["category"] in KEPT for defect in seed.defects):
            yield {v.lang: v.text for v in seed.document.versions}


def _texts(pair: Pair) -> Texts:
    sides = {pair.lang_a: pair.text_a, pair.lang_b: pair.text_b}
    return {lang: sides[lang] for lang in LANGS if lang in sides}


def main() -> None:
    """Fit the model of pairs, then those of rows of three, which rest on it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="work folder of python -m training")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    train, held = pickle.loads((options.work / "split.pickle").read_bytes())
    rng = random.Random(7)
    encoder = load_encoder()
    documents = documents_of([*held, *train], rng)
    result: dict[str, Any] = dict(negation_model.model())
    for size, kinds in ((2, ("pair",)), (3, ("lost", "added"))):
        found = list(samples(documents[size], encoder, rng))
        for kind in kinds:
            result[kind] = fit([s for s in found if s.kind == kind], len(documents[size]))
        OUT.write_text(json.dumps(result, separators=(",", ":")) + "\n", encoding="utf-8")
        negation_model.model.cache_clear()


if __name__ == "__main__":
    main()
