"""Fit ``transcheck/checks/data/confidence.json``: how likely a finding is real.

Held-out rows of three versions and of two go through every check, untouched and with one drift. A finding is real when
the drift brought it about: it names the damaged version and was not there before. Nothing of ``data/eval`` is read.
"""

from __future__ import annotations

import json
import logging
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training.calibrate import Texts, with_passage
from training.drift_damage import Drift
from transcheck.checks.confidence import FEATURES, evidence
from transcheck.run.pipeline import context_of, gathered
from transcheck.types import LANGS, Document, Encoder, Finding, Lang, Version

log = logging.getLogger(__name__)

PRIOR = 0.1
"""Share of rows that drift, for which probabilities are stated."""
DRIFTS = 2
"""Drifting variants of a row."""
WEIGHED = ("TC201", "TC202", "TC203")
"""Checks that are weighed. Omissions have fitted limits of their own, numbers and names are read exactly, and for the
others too few drifts are made."""
LIMITS = {"error": 0.12, "warning": 0.05}
"""Probabilities below which a finding is no error, and none at all; of what is real 5 and 1 % lie below."""

Line = tuple[str, tuple[float, ...], int]


def lines(encoder: Encoder, texts: Sequence[Texts], drift: Drift, rng: random.Random) -> Iterator[Line]:
    """Yield code, features and whether it is real of every finding."""
    for number, whole in enumerate(texts):
        langs = list(LANGS) if number % 3 else rng.sample(LANGS, 2)
        versions = {x: whole[x] for x in LANGS if x in langs}
        before = _found(encoder, versions)
        known = {(f.code, f.lang) for f, _ in before}
        yield from ((f.code, values, 0) for f, values in before)
        for _ in range(DRIFTS):
            fault = rng.choice(list(versions))
            text = _drifting(versions[fault], fault, rng.choice(texts)[fault], drift, rng)
            if text is None:
                continue
            for f, values in _found(encoder, {**versions, fault: text}):
                real = f.lang in (fault, None) and (f.code, f.lang) not in known
                yield f.code, values, int(real)


def _drifting(text: str, lang: Lang, donor: str, drift: Drift, rng: random.Random) -> str | None:
    if rng.random() < 0.1:
        return with_passage(text, lang, donor, rng)
    made = drift.variant(text, lang, rng)
    return made[1] if made else None


def _found(encoder: Encoder, versions: Texts) -> list[tuple[Finding, tuple[float, ...]]]:
    document = Document("row", tuple(Version(lang, text, lang) for lang, text in versions.items()))
    context = context_of(document, encoder)
    rows = {row.index: row for row in context.rows}
    found = []
    for finding in gathered(context):
        if finding.severity != "note" and finding.row is not None:
            values = evidence(finding, rows[finding.row], context)
            if values is not None:
                found.append((finding, values))
    return found


def fit(data: Sequence[Line]) -> dict[str, Any]:
    """Fit the weights and a bias for each check; log-odds are moved to :data:`PRIOR`."""
    from sklearn.linear_model import LogisticRegression

    counts = Counter(code for code, _, _ in data)
    chosen = [line for line in data if line[0] in WEIGHED]
    x = np.array([values for _, values, _ in chosen])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    flags = np.array([[float(code == c) for c in WEIGHED] for code, _, _ in chosen])
    labels = np.array([y for _, _, y in chosen])
    model = LogisticRegression(max_iter=2000, C=1.0, fit_intercept=True)
    model.fit(np.concatenate([(x - mean) / scale, flags], axis=1), labels)
    weights = model.coef_[0][: len(FEATURES)] / scale
    moved = math.log(PRIOR / (1 - PRIOR)) - math.log(DRIFTS)
    common = float(model.intercept_[0] - (weights * mean).sum() + moved)
    biases = {c: round(common + float(b), 4) for c, b in zip(WEIGHED, model.coef_[0][len(FEATURES) :], strict=True)}
    log.info("%d findings, %.2f real; %s", len(chosen), labels.mean(), dict(counts))
    return {"weights": [round(float(w), 4) for w in weights], "bias": biases, "limits": LIMITS, "prior": PRIOR}


def make(encoder: Encoder, texts: Sequence[Texts], out: Path, seed: int = 1) -> None:
    """Fit and write the file."""
    rng = random.Random(seed)
    drift = Drift([(lang, text) for row in texts for lang, text in row.items()], encoder)
    out.write_text(json.dumps(fit(list(lines(encoder, texts, drift, rng))), indent=1) + "\n", encoding="utf-8")
