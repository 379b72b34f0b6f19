"""Train what tells a passage that was left out, or put in:
``python -m training.fit_lacking --train DIR --benchmarks DIR``.

Honest texts of three versions, the clean quotes of ``seeds/tuning`` and FLORES-200 dev, which may be trained on, as
they are and with a passage taken out of one or of two versions or put into one: by rule, and by people
(``training/quote_drifts.tsv``); for two versions also the edited pairs of ``training/drifts.tsv``. First the networks
that weigh words (:mod:`transcheck.checks.lacking`), then the trees that judge stretches
(:mod:`transcheck.checks.runs`), which see texts that the networks have not seen. Prints what is found at given shares
of the honest texts, each by the fit of others, and writes ``transcheck/checks/data/lacking.npz``.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import random
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from benchmarks.public import read
from benchmarks.seeds import read_seeds
from training.corpus import read_pairs
from training.drift_damage import Drift, passages, tidy, without
from training.drift_written import SOURCES, TRUE, Edit, by_text, key_of, plain, read_edits
from training.fit_confidence import edits as quote_edits
from training.fit_confidence import group
from transcheck.checks import lacking, runs
from transcheck.checks.coverage import Words, words_of
from transcheck.checks.drift import links
from transcheck.checks.lacking import ALONE, KINDS, PAIR, SHARED
from transcheck.encode import load_encoder
from transcheck.run.pipeline import context_of
from transcheck.types import LANGS, Cell, Document, Encoder, Lang, Place, Version

log = logging.getLogger("training.fit_lacking")

OUT = Path(__file__).parent.parent / "transcheck" / "checks" / "data" / "lacking.npz"
CLAUSES = 0.4
"""Share of what is taken out by rule that is a clause; the rest are phrases."""
PUT_IN = 0.4
"""Share of additions that are taken from another text; of the rest the two other versions lost what the third keeps."""
PLACES = 3
"""Rows of a text that something is taken out of, and put into."""
LINKED, ACCOUNTED = 0.25, 0.6
"""Likeness of words from which one is the other's counterpart, and share of the content words of a passage that must
have one for it to be taken out of the other versions.
"""
FREE = 4_000
"""Free but true wordings of training pairs."""
FOLDS = 4
HIDDEN = (48, 16)
STEPS, BATCH, RATE, DECAY, DROPPED = 4_000, 1_024, 3e-3, 1e-3, 0.1
"""Training of a network: steps, words a step, highest learning rate, weight decay, share of features left out."""
TREES: Mapping[str, Any] = {
    "max_iter": 250, "max_leaf_nodes": 6, "learning_rate": 0.04, "min_samples_leaf": 60, "l2_regularization": 5.0,
    "random_state": 1,
}  # fmt: skip
WRITTEN = 3.0
"""Weight of what people did beside what a rule did."""

LIMITS = {
    PAIR: {"error": 4.1, "warning": 3.4},
    SHARED: {"error": 4.0, "warning": 3.0},
    ALONE: {"error": 3.4, "warning": 2.8},
}
"""Log-odds from which what is lacking is told: of the honest quotes of ``seeds/tuning`` some 0.7 % reach each of the
lower ones and 0.3 % the upper ones, by the fit of others.
"""
CALIBRATION = OUT.parent / "calibration.json"

_MARKED = re.compile(r"…|\.\.\.|\[")
"""What shows an open cut, which is no omission."""

Texts = dict[Lang, str]
Range = tuple[int, int]
"""Where a passage begins and ends, in code points."""


class Case(NamedTuple):
    """A text as it is (``kind`` None) or with a passage lacking: the texts by version; ``at`` the version that lacks it
    or, with ALONE, has it; ``ranges`` the passage in the versions that have it; ``group`` the text it was made of.
    """

    source: str
    group: str
    texts: Texts
    kind: str | None = None
    at: Lang | None = None
    ranges: Mapping[Lang, Range] = {}


def honest(benchmarks: Path) -> Iterator[tuple[str, Texts]]:
    """Yield the clean texts and what they are known by."""
    for seed in read_seeds("tuning"):
        texts = {v.lang: v.text for v in seed.document.versions}
        if not seed.defects and not any(map(_MARKED.search, texts.values())):
            yield seed.document.id, texts
    for number, line in enumerate(read(benchmarks / "flores200" / "dev.tsv")):
        yield f"flores-{number}", {lang: line[lang] for lang in LANGS}


def of_seeds() -> Iterator[Case]:
    """Yield the quotes of ``seeds/tuning`` from which one passage was left out, or into which one was put."""
    for seed in read_seeds("tuning"):
        texts = {v.lang: v.text for v in seed.document.versions}
        if len(seed.defects) != 1 or any(map(_MARKED.search, texts.values())):
            continue
        (defect,) = seed.defects
        of, lang, start, end = group(seed.document.id), defect["lang"], defect["start"], defect["end"]
        if defect["category"] == "omission":
            ranges = {c["lang"]: (c["start"], c["end"]) for c in defect["counterparts"]}
            yield Case("written", of, texts, SHARED, lang, ranges)
        elif defect["category"] == "addition":
            yield Case("written", of, texts, ALONE, lang, {lang: (start, end)})


def of_text(
    name: str, texts: Texts, drift: Drift, donor: Texts, encoder: Encoder, rng: random.Random
) -> Iterator[Case]:
    """Yield the cases of one text of three versions."""
    of = group(name)
    yield Case("honest", of, texts)
    for edit in _quote_edits().get(name, ()):
        text = texts[edit.lang]
        edited = {**texts, edit.lang: text[: edit.start] + edit.new + text[edit.end :]}
        if edit.kind == TRUE:
            yield Case("free", of, edited)
        elif edit.kind == "lost":
            yield _lost("written", of, texts, edited, edit.lang, added(edited[edit.lang], text), encoder)
        elif edit.kind == "added":
            yield Case("written", of, edited, ALONE, edit.lang, {edit.lang: added(text, edited[edit.lang])})
    rows = [r for r in context_of(document(texts), encoder).rows if len(r.filled) == len(texts)]
    for row in rng.sample(rows, min(PLACES, len(rows))):
        fault, cells = rng.choice(LANGS), {c.lang: c.text for c in row.filled}
        cut = without(cells[fault], fault, "clause" if rng.random() < CLAUSES else "phrase", rng)
        if cut is not None and len(cells[fault].split()) - len(cut.split()) >= 2:
            edited = _with_cells(texts, row.cells, {fault: cut})
            yield _lost("rule", of, texts, edited, fault, added(edited[fault], texts[fault]), encoder)
    for row in rng.sample(rows, min(PLACES, len(rows))):
        fault, cells = rng.choice(LANGS), {c.lang: c.text for c in row.filled}
        if rng.random() < PUT_IN:
            made = drift.one(cells[fault], fault, rng.choice(("clause in", "phrase in")), rng)
            if made and len(made.split()) - len(cells[fault].split()) >= 2:
                edited = _with_cells(texts, row.cells, {fault: made})
                there = added(texts[fault], edited[fault])
                yield Case("rule", of, edited, ALONE, fault, {fault: there})
        elif (kept := kept_alone(encoder, cells, fault, rng)) is not None:
            passage, others = kept
            start = row.cell(fault).place.start
            there = start + passage[0], start + passage[1]
            yield Case("rule", of, _with_cells(texts, row.cells, others), ALONE, fault, {fault: there})
    if rows:
        row, lang = rng.choice(rows), rng.choice(LANGS)
        yield Case("replaced", of, _with_cells(texts, row.cells, {lang: donor[lang].split("\n")[0]}))


def _lost(
    source: str, group: str, texts: Texts, edited: Texts, fault: Lang, lost: Range, encoder: Encoder
) -> Case:  # fmt: skip
    """Return a case of omission: the passage in the others is what faces the lost words in the whole text."""
    whole = {x: words(encoder, x, t) for x, t in texts.items()}
    ranges = {x: there for x in texts if x != fault and (there := facing(whole[x], whole[fault], lost))}
    return Case(source, group, edited, SHARED, fault, ranges)


def added(before: str, after: str) -> Range:
    """Return where ``after`` has what ``before`` lacks."""
    start = _alike(before, after)
    return start, len(after) - _alike(before[start:][::-1], after[start:][::-1])


def _alike(a: str, b: str) -> int:
    """Return how many characters two texts begin with alike."""
    return next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def facing(a: Words, b: Words, passage: Range) -> Range | None:
    """Return what of ``a`` is counterpart to a passage of ``b``; None where nothing is."""
    if a.deep is None or b.deep is None:
        return None
    start, end = passage
    similar, matches = links(a.deep, b.deep)
    there = [
        i for i, j in matches if similar[i, j] > LINKED and start - 1 <= b.spans[j].start and b.spans[j].end <= end + 1
    ]
    return (a.spans[there[0]].start, a.spans[there[-1]].end) if there else None


def kept_alone(
    encoder: Encoder, texts: Texts, own: Lang, rng: random.Random
) -> tuple[Range, Texts] | None:  # fmt: skip
    """Return a passage of ``own`` and the other versions without it; None where it has no clear place in them."""
    mine = words(encoder, own, texts[own])
    found = passages(texts[own], own, "clause" if rng.random() < CLAUSES else "phrase", rng)
    if not found:
        return None
    start, end = rng.choice(found)
    chosen = [i for i, s in enumerate(mine.spans) if start <= s.start and s.end <= end]
    if not 2 <= len(chosen) <= len(mine.spans) / 2:
        return None
    rest = {x: _cut_out(mine, chosen, words(encoder, x, texts[x]), texts[x]) for x in texts if x != own}
    others = {x: t for x, t in rest.items() if t is not None}
    return ((start, end), others) if len(others) == len(rest) else None


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
    return cut if len(cut.split()) > 2 else None


def _with_cells(texts: Texts, cells: Sequence[Cell], new: Texts) -> Texts:
    """Return the texts with other text in some cells."""
    places = {c.lang: c.place for c in cells}
    return {
        x: t[: places[x].start] + new[x] + t[places[x].end :] if x in new else t for x, t in texts.items()
    }  # fmt: skip


def in_pairs(case: Case, rng: random.Random) -> Iterator[Case]:
    """Yield a case of three versions in two of them: an addition is what the other version lacks."""
    if case.kind is None:
        a, b = rng.sample(LANGS, 2)
        yield Case(case.source, case.group, {x: case.texts[x] for x in LANGS if x in (a, b)})
        return
    assert case.at is not None
    own, other = rng.choice(list(case.ranges) if case.kind == SHARED else [case.at]), case.at
    if case.kind == ALONE:
        other = rng.choice([x for x in LANGS if x != own])
    two = {x: case.texts[x] for x in LANGS if x in (own, other)}
    yield Case(case.source, case.group, two, PAIR, other, {own: case.ranges[own]})


class Edited(NamedTuple):
    """A training text with its edits, beside its translation."""

    lang: Lang
    text: str
    other: Lang
    beside: str
    edits: Sequence[Edit]


def edited_pairs(train: Path, rng: random.Random) -> Iterator[Edited]:
    """Yield the pairs of training texts with a written loss, addition or free wording on one side."""
    every = read_edits()
    free = [e for e in every if e.kind == TRUE]
    wanted = by_text([*(e for e in every if e.kind in ("lost", "added")), *rng.sample(free, min(FREE, len(free)))])
    used: set[tuple[Lang, str]] = set()
    for pair in read_pairs(train):
        if pair.source not in SOURCES:
            continue
        both = ((pair.lang_a, plain(pair.text_a)), (pair.lang_b, plain(pair.text_b)))
        for (lang, text), (other, beside) in (both, both[::-1]):
            key = lang, key_of(text)
            if key in wanted and key not in used:
                used.add(key)
                yield Edited(lang, text, other, beside, wanted[key])


def of_pair(pair: Edited, encoder: Encoder) -> Iterator[Case]:
    """Yield the cases of an edited pair, and the pair as it is."""
    lang, text, other, beside, edits = pair
    of = key_of(text)
    yield Case("pair", of, {lang: text, other: beside})
    for edit in edits:
        new = edit.applied(text)
        edited = {lang: new, other: beside}
        if edit.kind == TRUE:
            yield Case("pair free", of, edited)
        elif edit.kind == "added":
            there = added(text, new)
            yield Case("pair written", of, edited, PAIR, other, {lang: there})
        else:
            found = facing(words(encoder, other, beside), words(encoder, lang, text), added(new, text))
            if found:
                yield Case("pair written", of, edited, PAIR, lang, {other: found})


def document(texts: Texts) -> Document:
    """Return a document of the texts."""
    return Document("text", tuple(Version(x, texts[x], x) for x in LANGS if x in texts))


def words(encoder: Encoder, lang: Lang, text: str) -> Words:
    """Return the words of a text that is one cell."""
    return words_of(Cell(lang, (0,), Place(lang, 0, len(text), text)), encoder)


class Sample(NamedTuple):
    """Words of one version of a row: ``kind`` of the network, features [n, k], which of them are lacking [n]."""

    kind: str
    group: str
    features: NDArray[np.float32]
    lacking: NDArray[np.bool_]


def samples(case: Case, encoder: Encoder) -> Iterator[Sample]:
    """Yield the words of the rows of a case; of one with a passage lacking, those that the passage stands in."""
    if case.source == "replaced":
        return
    context = context_of(document(case.texts), encoder)
    held: runs.Cache = {}
    for row in context.rows:
        if len(row.filled) != len(case.texts):
            continue
        read = {c.lang: runs.words_at(context, row, c.lang, held) for c in row.filled}
        if any(w.deep is None for w in read.values()):
            continue
        if case.kind is None:
            views = [(PAIR, a, b) for a in read for b in read if a != b] if len(read) == 2 else []
            if len(read) == 3:
                views = [(SHARED, a, b) for a in read for b in read if a != b] + [(ALONE, a, a) for a in read]
            for kind, own, other in views:
                none = np.zeros(len(read[own].spans), np.bool_)
                yield Sample(kind, case.group, lacking.features(kind, read, own, other), none)
            continue
        assert case.at is not None
        for own, (start, end) in case.ranges.items():
            inside = np.array([s.start < end and start < s.end for s in read[own].spans])
            if inside.any():
                yield Sample(case.kind, case.group, lacking.features(case.kind, read, own, case.at), inside)


class Judged(NamedTuple):
    """A candidate of a case: features, and whether it is what is lacking; ``case`` is the number of the case."""

    kind: str
    group: str
    source: str
    case: int
    features: tuple[float, ...]
    real: bool


def judged(number: int, case: Case, encoder: Encoder) -> Iterator[Judged]:
    """Yield the candidates of a case: all of an honest one; of others that of the version and row with the passage."""
    context = context_of(document(case.texts), encoder)
    held: runs.Cache = {}
    for row in context.rows:
        if len(row.filled) != len(case.texts):
            continue
        for found in runs.candidates(context, row, held):
            if case.kind is None:
                yield Judged(found.kind, case.group, case.source, number, found.features, False)
            elif found.kind == case.kind and found.at == case.at and _meets(found, case, row, held):
                yield Judged(found.kind, case.group, case.source, number, found.features, True)


def _meets(found: runs.Candidate, case: Case, row: Any, held: runs.Cache) -> bool:
    """Tell whether a stretch of a candidate overlaps the passage of the case in some version."""
    for lang, run in found.runs.items():
        spans = held[row.index, lang].spans
        start, end = case.ranges.get(lang, (0, 0))
        if spans[run.first].start < end and start < spans[run.last - 1].end:
            return True
    return False


def fold_of(group: str) -> int:
    """Return which part of the data a group belongs to."""
    return zlib.crc32(group.encode()) % FOLDS


def network(data: Sequence[Sample], seed: int = 1) -> dict[str, NDArray[Any]]:
    """Train the network of one kind; returns what :func:`transcheck.checks.lacking.stored` holds of it."""
    import torch
    from torch import nn

    torch.manual_seed(seed)
    x, y = np.concatenate([s.features for s in data]), np.concatenate([s.lacking for s in data])
    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-4
    inputs = torch.from_numpy(np.clip((x - mean) / scale, -6, 6))
    labels = torch.from_numpy(y.astype(np.float32))
    sizes = (x.shape[1], *HIDDEN, 1)
    layers = [nn.Linear(a, b) for a, b in pairwise(sizes)]
    model = nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2])
    optimizer = torch.optim.AdamW(model.parameters(), RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, STEPS)
    for _ in range(STEPS):
        chosen = torch.randint(0, len(inputs), (BATCH,))
        given = inputs[chosen]
        given = given * (torch.rand_like(given) > DROPPED)
        loss = nn.functional.binary_cross_entropy_with_logits(model(given)[:, 0], labels[chosen])
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        schedule.step()
    held: dict[str, NDArray[Any]] = {"mean": mean.astype(np.float32), "scale": scale.astype(np.float32)}
    for number, layer in enumerate(layers):
        held[f"weight{number}"] = layer.weight.detach().numpy().astype(np.float16)
        held[f"bias{number}"] = layer.bias.detach().numpy().astype(np.float32)
    return held


def networks(data: Sequence[Sample], left_out: int | None = None) -> dict[str, NDArray[Any]]:
    """Train the networks of all kinds on all groups but those of a fold."""
    held: dict[str, NDArray[Any]] = {}
    for kind in KINDS:
        mine = [s for s in data if s.kind == kind and fold_of(s.group) != left_out]
        held |= {f"{kind}.{name}": value for name, value in network(mine).items()}
    return held


def trees(x: NDArray[np.float32], y: NDArray[np.bool_], weight: NDArray[np.float64]) -> Any:
    """Return fitted trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(**TREES).fit(x, y, sample_weight=weight)


def as_arrays(model: Any) -> dict[str, NDArray[Any]]:
    """Return fitted trees as :func:`transcheck.checks.trees.log_odds` reads them."""
    parts, roots, start = [], [], 0
    for (tree,) in model._predictors:
        roots.append(start)
        parts.append((start, tree.nodes))
        start += len(tree.nodes)
    leaf = np.concatenate([n["is_leaf"].astype(bool) for _, n in parts])
    left, right = (np.concatenate([n[side] for _, n in parts]) for side in ("left", "right"))
    return {
        "feature": np.where(leaf, -1, np.concatenate([n["feature_idx"] for _, n in parts])).astype(np.int8),
        "threshold": np.concatenate([n["num_threshold"] for _, n in parts]).astype(np.float32),
        "left": np.where(leaf, 0, left).astype(np.uint8),
        "right": np.where(leaf, 0, right).astype(np.uint8),
        "value": np.where(leaf, np.concatenate([n["value"] for _, n in parts]), 0.0).astype(np.float16),
        "roots": np.array(roots, np.uint16),
        "start": np.ravel(model._baseline_prediction).astype(np.float32),
    }


def fit_trees(found: Sequence[Judged], cases: Sequence[Case]) -> dict[str, NDArray[Any]]:
    """Fit the trees of all kinds; prints what is found of each source at given numbers of honest texts."""
    held: dict[str, NDArray[Any]] = {}
    for kind in KINDS:
        mine = [j for j in found if j.kind == kind]
        x, y = np.array([j.features for j in mine], np.float32), np.array([j.real for j in mine])
        weight = np.array([WRITTEN if "written" in j.source else 1.0 for j in mine])
        fold = np.array([fold_of(j.group) for j in mine])
        best = np.full(len(cases), -np.inf)
        for left_out in range(FOLDS):
            model = trees(x[fold != left_out], y[fold != left_out], weight[fold != left_out])
            chosen = np.flatnonzero(fold == left_out)
            np.maximum.at(best, [mine[i].case for i in chosen], model.decision_function(x[chosen]))
        _report(kind, best, cases)
        held |= {f"{kind}.{name}": value for name, value in as_arrays(trees(x, y, weight)).items()}
    return held


def _report(kind: str, best: NDArray[np.float64], cases: Sequence[Case]) -> None:
    versions = 2 if kind == PAIR else 3
    of: dict[str, list[int]] = {}
    for number, case in enumerate(cases):
        if len(case.texts) == versions and case.kind in (None, kind):
            name = "flores" if case.source == "honest" and case.group.startswith("flores") else case.source
            of.setdefault(name, []).append(number)
    honest_ones = np.sort(best[of["honest"]])[::-1]
    for share in (0.003, 0.005, 0.0075, 0.01, 0.015, 0.02):
        limit = honest_ones[int(share * len(honest_ones))]
        rates = ", ".join(f"{name} {(best[n] > limit).mean():.3f}" for name, n in sorted(of.items()))
        log.info("%s: above %.2f: %s", kind, limit, rates)
    log.info("%s: %s", kind, {name: len(n) for name, n in of.items()})


@cache
def _quote_edits() -> dict[str, list[Edit]]:
    return quote_edits()


@cache
def _encoder() -> Encoder:
    return load_encoder()


def _of_pair(pair: Edited) -> list[Case]:
    return list(of_pair(pair, _encoder()))


def _samples(case: Case) -> list[Sample]:
    return list(samples(case, _encoder()))


def _judged(task: tuple[int, Case]) -> list[Judged]:
    number, case = task
    with mock.patch.object(lacking, "stored", return_value=_NETWORKS[fold_of(case.group)]):
        return list(judged(number, case, _encoder()))


def _cases(task: tuple[str, Texts, Texts]) -> list[Case]:
    name, texts, donor = task
    rng = random.Random(f"{name} lacking")
    three = list(of_text(name, texts, _drift(), donor, _encoder(), rng))
    return [*three, *(two for case in three if case.kind is None or case.ranges for two in in_pairs(case, rng))]


_TEXTS: list[tuple[Lang, str]] = []
_NETWORKS: list[dict[str, NDArray[Any]]] = []
"""Those that have not seen a fold."""


@cache
def _drift() -> Drift:
    return Drift(_TEXTS, _encoder())


def main() -> None:
    """Make the data, train, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--train", type=Path, required=True, help="folder of the aligned pairs")
    parser.add_argument("--benchmarks", type=Path, required=True, help="folder of the public benchmarks")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    rng = random.Random(7)
    texts = list(honest(options.benchmarks))
    _TEXTS.extend((lang, text) for _, whole in texts for lang, text in whole.items())
    _drift()
    fork = get_context("fork")
    with fork.Pool(options.jobs) as pool:
        tasks = [(name, whole, rng.choice(texts)[1]) for name, whole in texts]
        cases = [case for made in pool.imap(_cases, tasks, chunksize=8) for case in made]
        planted = list(of_seeds())
        cases += [*planted, *(two for case in planted if case.ranges for two in in_pairs(case, rng))]
        log.info("%d cases of %d texts", len(cases), len(texts))
        pairs = edited_pairs(options.train, rng)
        cases += [case for made in pool.imap(_of_pair, pairs, chunksize=16) for case in made]
        log.info("%d cases with the edited pairs", len(cases))
        data = [s for made in pool.imap(_samples, cases, chunksize=16) for s in made]
        log.info("%d versions of rows", len(data))
    _NETWORKS.extend(networks(data, fold) for fold in range(FOLDS))
    held = networks(data)
    log.info("networks trained")
    with fork.Pool(options.jobs) as pool:
        found = [j for made in pool.imap(_judged, enumerate(cases), chunksize=16) for j in made]
    log.info("%d candidates", len(found))
    packed: dict[str, Any] = {**held, **fit_trees(found, cases)}
    np.savez_compressed(OUT, **packed)
    result = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    result["limits"] = LIMITS
    CALIBRATION.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info("written to %s: %d bytes", OUT, OUT.stat().st_size)


if __name__ == "__main__":
    main()
