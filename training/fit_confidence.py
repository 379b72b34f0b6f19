"""Fit ``transcheck/checks/data/confidence.json``: how likely a finding is real.

Held-out rows of three versions and of two go through every check, untouched and with one drift. A finding is real when
the drift brought it about: it names the damaged version and was not there before. What a rule is sure of and what it
only proposes are fitted apart. Nothing of ``data/eval`` is read.
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
from training.drift_damage import Drift, swapped
from transcheck.checks.confidence import FEATURES, WEAK, evidence
from transcheck.run.pipeline import context_of, gathered
from transcheck.types import LANGS, Document, Encoder, Finding, Lang, Version

log = logging.getLogger(__name__)

PRIOR = 0.1
"""Share of rows that drift, for which probabilities are stated."""
DRIFTS = 5
"""Drifting variants of a row."""
PASSAGES, SWAPS = 0.08, 0.12
"""Shares of variants with another passage put in, and with a word exchanged for another of its field."""
WEIGHED = ("TC201", "TC202", "TC203", "TC204")
"""Checks that are weighed."""
SHOWN = ("TC101", "TC102", "TC205", "TC207", "TC301", "TC302", "TC303", "TC304")
"""Checks whose findings get their probability alone: omissions have fitted limits of their own, numbers and names are
read exactly. Of the others too few drifts are made."""
PROPOSING = ("TC202", "TC203", "TC204", "TC205", "TC207", "TC209", "TC301", "TC302", "TC303")
"""Checks that propose."""
LIMITS = {"error": 0.3, "warning": 0.1}
"""Probabilities below which a finding of a sure rule is no error, and none at all."""
LIMITS_OF_PROPOSALS = {"error": 0.7, "warning": 0.36, "TC203": 0.15, "TC207": 0.4}
"""The same for what is only proposed; a code stands for the warnings of its check.

At .35 six of 1,131 untouched held-out rows draw a proposal; at .15 two draw one of TC203.
"""
LEAST = {"warning": 0.0, "TC207": 0.05}
"""What is shown for other reasons goes below it; no role that was exchanged on purpose was found with less, of changed
names 4 %.
"""

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
    chance = rng.random()
    if chance < PASSAGES:
        return with_passage(text, lang, donor, rng)
    if chance < PASSAGES + SWAPS:
        return swapped(text, lang, rng)
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
    """Fit the three models."""
    rule = FEATURES.index("rule")
    weak = math.log(WEAK / (1 - WEAK)) + 1e-9
    sure, proposed = ([x for x in data if (x[1][rule] <= weak) == side] for side in (False, True))
    return {
        "sure": _fitted(sure, WEIGHED) | {"limits": LIMITS},
        "proposed": _fitted(proposed, PROPOSING) | {"limits": LIMITS_OF_PROPOSALS},
        "shown": _fitted(sure, SHOWN) | {"limits": LEAST},
        "prior": PRIOR,
    }


def _fitted(data: Sequence[Line], codes: Sequence[str]) -> dict[str, Any]:
    """Fit the weights and a bias for each check; log-odds are moved to :data:`PRIOR`."""
    from sklearn.linear_model import LogisticRegression

    counts = Counter(code for code, _, _ in data)
    chosen = [line for line in data if line[0] in codes]
    x = np.array([values for _, values, _ in chosen])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    flags = np.array([[float(code == c) for c in codes] for code, _, _ in chosen])
    labels = np.array([y for _, _, y in chosen])
    model = LogisticRegression(max_iter=2000, C=1.0, fit_intercept=True)
    model.fit(np.concatenate([(x - mean) / scale, flags], axis=1), labels)
    weights = np.where(x.std(axis=0) > 0, model.coef_[0][: len(FEATURES)] / scale, 0.0)
    # of DRIFTS + 1 runs of a row all but one drift here
    moved = math.log(PRIOR * (DRIFTS + 1) / DRIFTS)
    common = float(model.intercept_[0] - (weights * mean).sum() + moved)
    biases = {c: round(common + float(b), 4) for c, b in zip(codes, model.coef_[0][len(FEATURES) :], strict=True)}
    log.info("%d findings, %.2f real; %s", len(chosen), labels.mean(), dict(counts))
    return {"weights": [round(float(w), 4) for w in weights], "bias": biases}


def make(encoder: Encoder, texts: Sequence[Texts], out: Path, seed: int = 1) -> None:
    """Fit and write the file."""
    rng = random.Random(seed)
    drift = Drift([(lang, text) for row in texts for lang, text in row.items()], encoder)
    out.write_text(json.dumps(fit(list(lines(encoder, texts, drift, rng))), indent=1) + "\n", encoding="utf-8")
