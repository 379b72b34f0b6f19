"""Fit ``transcheck/checks/data/confidence.json``, how likely a finding is real:
``python -m training.fit_confidence --work DIR``.

Held-out rows of three versions and of two go through every check, untouched and with one drift: a finding is real when
the drift brought it about, names the damaged version and was not there before. So do the quotes of ``seeds/tuning``,
which are translated more freely: a finding is real when it touches the planted defect; and these quotes where they are
honest with one drift that people wrote (``training/quote_drifts.tsv``). What a rule is sure of and what it only
proposes are fitted apart. Nothing of ``data/eval`` is read.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import pickle
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks.seeds import read_seeds
from training.calibrate import Texts, triples, with_passage
from training.corpus import NEAR
from training.drift_damage import Drift, swapped
from training.drift_written import TRUE, Edit, read_edits
from transcheck.checks.confidence import FEATURES, UNLISTED, UNLISTED_OF_TWO, WEAK, evidence
from transcheck.encode import load_encoder
from transcheck.run.pipeline import context_of, gathered
from transcheck.types import LANGS, Document, Encoder, Finding, Lang, Version

log = logging.getLogger(__name__)

PRIOR = 0.1
"""Share of rows that drift, for which probabilities are stated."""
PARTS = 12
"""Shares of the data that are made one after the other by each process."""
DRIFTS = 5
"""Drifting variants of a row."""
PASSAGES, SWAPS = 0.08, 0.12
"""Shares of variants with another passage put in, and with a word exchanged for another of its field."""
WEIGHED = ("TC201", "TC202", "TC203", "TC204", "TC209", "TC210")
"""Checks that are weighed."""
SHOWN = ("TC101", "TC102", "TC205", "TC207", "TC301", "TC302", "TC303", "TC304")
"""Checks whose findings get their probability alone: omissions have fitted limits of their own, numbers and names are
read exactly. Of the others too few drifts are made."""
PROPOSING = ("TC202", "TC203", "TC204", "TC205", "TC206", "TC207", "TC209", "TC301", "TC302", "TC303")
"""Checks that propose."""
LIMITS = {
    "error": 0.3,
    "warning": 0.15,
    "TC201": 0.07,
    "TC202": 0.2,
    "TC203": 0.12,
    "TC204": 0.25,
    "TC209": 0.23,
    "TC210": 0.27,
}
"""Probabilities below which a finding of a sure rule is no error, and none at all where the rule itself only warns; by
code, none at all whatever the rule says.

These and the limits below were chosen on the quotes of ``seeds/tuning`` and their written edits, by what each step
costs and finds in cross-validation; the more edits of other kinds there are, the less probable each finding becomes.
"""
ERRORS = {"TC202": 0.4, "TC203": 0.22, "TC204": 0.6, "TC209": 0.55, "TC210": 0.4}
ERRORS_SHOWN = {"TC101": 0.75, "TC102": 0.7}
"""Those below which a finding of a code is no error, where not that of all: of sure rules, and of what is shown.

A lost "not" counts as an error somewhat below the others: that of the samples stands little above it.
"""
LIMITS_OF_PROPOSALS = {
    "error": 0.85,
    "warning": 0.36,
    "TC202": 0.18,
    "TC203": 0.15,
    "TC204": 0.15,
    "TC205": 0.15,
    "TC206": 0.15,
    "TC207": 0.6,
    "TC209": 0.23,
    UNLISTED: 0.22,
    UNLISTED_OF_TWO: 0.55,
}
"""The same for what is only proposed; a code stands for the warnings of its check.

Of words of three versions that no list knows, by cross-validation, .2 shows 197 of 1,023 written and planted drifts
with 17 of 1,570 other proposals, .3 shows 115 with five. In two versions .5 shows 116 of 383 with 18 of 350.
"""
LEAST = {"warning": 0.0, "TC101": 0.15, "TC102": 0.15, "TC207": 0.05}
"""What is shown for other reasons goes below it. Of written and planted defects in three versions by cross-validation
941 of 941 losses stay, 789 of 799 additions and 44 of 46 exchanged roles, with all but a few of 84 alarms: those of
passages are for the limits of :mod:`training.fit_lacking`.
"""

OF_ROWS = ("TC201",)
"""Checks that are fitted on rows alone: no quote of the seeds has a passage that says something else altogether."""
FREE = 3.0
"""Weight of a clean quote of the seeds beside an untouched row; defective quotes weigh together as much more as rows
that drift do.
"""

OUT = Path(__file__).parent.parent / "transcheck" / "checks" / "data" / "confidence.json"


WRITTEN = Path(__file__).parent / "quote_drifts.tsv"
"""Edits of honest quotes of the seeds, in the form of ``drifts.tsv`` (:mod:`training.drift_written`), with the id of
the quote for the key of a text.
"""
HALF = 0.5
"""Share of the weight of drifting quotes that planted defects have; written edits have the rest."""


class Line(NamedTuple):
    """A finding by its code, features and weight, and whether it is real; ``group``: the row or quote it comes from."""

    code: str
    values: tuple[float, ...]
    real: bool
    weight: float = 1.0
    group: str = ""


def edits(path: Path = WRITTEN) -> dict[str, list[Edit]]:
    """Return the edits of a file by the quotes that they are made in; ValueError for a line that is none."""
    found: dict[str, list[Edit]] = {}
    for edit in read_edits(path):
        found.setdefault(edit.key, []).append(edit)
    return found


def lines(encoder: Encoder, texts: Sequence[Texts], drift: Drift, rng: random.Random) -> Iterator[Line]:
    """Yield code, features and whether it is real of every finding."""
    for number, whole in enumerate(texts):
        langs = list(LANGS) if number % 3 else rng.sample(LANGS, 2)
        versions = {x: whole[x] for x in LANGS if x in langs}
        before = _found(encoder, versions)
        known = {(f.code, f.lang) for f, _ in before}
        yield from (Line(f.code, values, False, 1.0, f"row {number}") for f, values in before)
        for _ in range(DRIFTS):
            fault = rng.choice(list(versions))
            text = _drifting(versions[fault], fault, rng.choice(texts)[fault], drift, rng)
            if text is None:
                continue
            for f, values in _found(encoder, {**versions, fault: text}):
                real = f.lang in (fault, None) and (f.code, f.lang) not in known
                yield Line(f.code, values, real, 1.0, f"row {number}")


def of_seeds(encoder: Encoder, share: int = 0, parts: int = 1) -> Iterator[Line]:
    """Yield the findings on the quotes of ``seeds/tuning``, every ``parts``-th from ``share`` on."""
    seeds = list(read_seeds("tuning"))
    defective = sum(bool(seed.defects) for seed in seeds)
    more = HALF * FREE * DRIFTS * (len(seeds) - defective) / max(1, defective)
    for seed in seeds[share::parts]:
        for f, values in _found(encoder, {v.lang: v.text for v in seed.document.versions}):
            if f.code not in OF_ROWS:
                real, weight = any(_meant(f, d) for d in seed.defects), more if seed.defects else FREE
                yield Line(f.code, values, real, weight, group(seed.document.id))


def of_edits(encoder: Encoder, share: int = 0, parts: int = 1) -> Iterator[Line]:
    """Yield the findings that written edits of honest quotes of ``seeds/tuning`` bring about, in every ``parts``-th
    quote from ``share`` on.
    """
    written = edits()
    quotes = [seed.document for seed in read_seeds("tuning") if not seed.defects and seed.document.id in written]
    weight = HALF * _weight(quotes, written)
    for quote in quotes[share::parts]:
        texts = {v.lang: v.text for v in quote.versions}
        known = _told(encoder, texts)
        for edit in written[quote.id]:
            yield from _brought(encoder, texts, edit, known, weight)


def of_pairs(encoder: Encoder, rng: random.Random, share: int = 0, parts: int = 1) -> Iterator[Line]:
    """Yield the findings on two versions of each honest quote of ``seeds/tuning``, and what every third edit brings
    about beside one other version.
    """
    written = {quote: found[::3] for quote, found in edits().items()}
    quotes = [seed.document for seed in read_seeds("tuning") if not seed.defects]
    weight = _weight(quotes, written)
    for quote in quotes[share::parts]:
        texts = {v.lang: v.text for v in quote.versions}
        honest = {x: texts[x] for x in sorted(rng.sample(LANGS, 2), key=LANGS.index)}
        for f, values in _found(encoder, honest):
            if f.code not in OF_ROWS:
                yield Line(f.code, values, False, FREE, group(quote.id))
        for edit in written.get(quote.id, ()):
            langs = {edit.lang, rng.choice([x for x in LANGS if x != edit.lang])}
            two = {x: texts[x] for x in LANGS if x in langs}
            yield from _brought(encoder, two, edit, _told(encoder, two), weight)


Told = frozenset[tuple[str, Lang | None, str]]
"""Findings by code, version and text."""


def _told(encoder: Encoder, texts: Texts) -> Told:
    return frozenset((f.code, f.lang, f.span.text) for f, _ in _found(encoder, texts))


def _brought(encoder: Encoder, texts: Texts, edit: Edit, known: Told, weight: float) -> Iterator[Line]:
    """Yield the findings that an edit of one of the texts adds to the known ones.

    Those in the version that a drift is in are real; those elsewhere, and what a true wording brings about, are not.
    """
    text = texts[edit.lang]
    edited = text[: edit.start] + edit.new + text[edit.end :]  # with its lines, unlike Edit.applied
    for f, values in _found(encoder, {**texts, edit.lang: edited}):
        if f.code not in OF_ROWS and (f.code, f.lang, f.span.text) not in known:
            real = edit.kind != TRUE and f.lang in (edit.lang, None)
            yield Line(f.code, values, real, weight, group(edit.key))


def _weight(quotes: Sequence[Document], written: Mapping[str, Sequence[Edit]]) -> float:
    """Return the weight of an edit that lets drifts weigh as much more than honest quotes as rows that drift do."""
    drifts = sum(edit.kind != TRUE for quote in quotes for edit in written.get(quote.id, ()))
    return FREE * DRIFTS * len(quotes) / max(1, drifts)


def group(quote: str) -> str:
    """Return what the id of a quote has in common with those of the same quote mended or with another defect."""
    return quote.rstrip("rbc")


def _meant(finding: Finding, defect: dict[str, Any]) -> bool:
    """Tell whether a finding is about a planted defect: on its version, or on none, and in its place."""
    if finding.lang not in (defect["lang"], None):
        return False
    mine = [p for p in (finding.span, *finding.counterparts) if p.end > p.start]
    return any(
        p.lang == d["lang"] and p.start < max(d["end"], d["start"] + 1) and d["start"] < p.end
        for d in (defect, *defect["counterparts"])
        for p in mine
    )


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
    sure, proposed = ([x for x in data if (x.values[rule] <= weak) == side] for side in (False, True))
    return {
        "sure": _fitted(sure, WEIGHED) | {"limits": LIMITS, "errors": ERRORS},
        "proposed": _fitted(proposed, PROPOSING) | {"limits": LIMITS_OF_PROPOSALS},
        "shown": _fitted(sure, SHOWN) | {"limits": LEAST, "errors": ERRORS_SHOWN},
        "prior": PRIOR,
    }


def _fitted(data: Sequence[Line], codes: Sequence[str]) -> dict[str, Any]:
    """Fit the weights and a bias for each check; log-odds are moved to :data:`PRIOR`."""
    from sklearn.linear_model import LogisticRegression

    counts = Counter(line.code for line in data)
    chosen = [line for line in data if line.code in codes]
    x = np.array([line.values for line in chosen])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    flags = np.array([[float(line.code == c) for c in codes] for line in chosen])
    labels = np.array([int(line.real) for line in chosen])
    model = LogisticRegression(max_iter=2000, C=1.0, fit_intercept=True)
    of_lines = np.array([line.weight for line in chosen])
    model.fit(np.concatenate([(x - mean) / scale, flags], axis=1), labels, sample_weight=of_lines)
    weights = np.where(x.std(axis=0) > 0, model.coef_[0][: len(FEATURES)] / scale, 0.0)
    # of DRIFTS + 1 runs of a row all but one drift here
    moved = math.log(PRIOR * (DRIFTS + 1) / DRIFTS)
    common = float(model.intercept_[0] - (weights * mean).sum() + moved)
    biases = {c: round(common + float(b), 4) for c, b in zip(codes, model.coef_[0][len(FEATURES) :], strict=True)}
    log.info("%d findings, %.2f real; %s", len(chosen), labels.mean(), dict(counts))
    return {"weights": [round(float(w), 4) for w in weights], "bias": biases}


def make(encoder: Encoder, texts: Sequence[Texts], out: Path, jobs: int | None = None, seed: int = 1) -> None:
    """Fit and write the file; the findings are made by ``jobs`` processes, which changes nothing in them."""
    drift = Drift([(lang, text) for row in texts for lang, text in row.items()], encoder)
    part = partial(_part, encoder, texts, drift, seed)
    with get_context("fork").Pool(jobs, _take, (part,)) as pool:
        tasks = [(name, share) for share in range(PARTS) for name in ("edits", "rows", "pairs", "seeds")]
        data = [line for found in pool.imap(_run, tasks, chunksize=1) for line in found]
    out.write_text(json.dumps(fit(data), indent=1) + "\n", encoding="utf-8")


_TAKEN: list[Callable[[tuple[str, int]], list[Line]]] = []


def _take(part: Callable[[tuple[str, int]], list[Line]]) -> None:
    _TAKEN.append(part)


def _run(task: tuple[str, int]) -> list[Line]:
    return _TAKEN[0](task)


def _part(encoder: Encoder, texts: Sequence[Texts], drift: Drift, seed: int, task: tuple[str, int]) -> list[Line]:
    """Return every :data:`PARTS`-th of the findings of a kind."""
    kind, share = task
    rng = random.Random(f"{kind} {share} {seed}")
    if kind == "rows":
        return list(lines(encoder, texts[share::PARTS], drift, rng))
    if kind == "pairs":
        return list(of_pairs(encoder, rng, share, PARTS))
    return list((of_seeds if kind == "seeds" else of_edits)(encoder, share, PARTS))


def main() -> None:
    """Fit on the held-out pairs that ``python -m training`` has set apart."""
    parser = argparse.ArgumentParser(prog="python -m training.fit_confidence", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder of python -m training")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    _, held = pickle.loads((options.work / "split.pickle").read_bytes())
    make(load_encoder(), triples([p for p in held if p.source in NEAR]), OUT)


if __name__ == "__main__":
    main()
