"""Fit the numbers of ``transcheck/checks/data/calibration.json`` on held-out human translations.

Positives are the same pairs with a clause or phrase removed from one side, or a clause of another text inserted.
Nothing of ``data/eval`` is read.
"""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.corpus import Pair
from transcheck.checks import coverage
from transcheck.encode import FAST, load_encoder
from transcheck.run.pipeline import context_of
from transcheck.text.sentences import segment
from transcheck.types import LANGS, Cell, Document, Encoder, Lang, Place, Version

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


Typical = dict[str, float]


def typical_ratios(encoder: Encoder, rows: Sequence[Texts]) -> Typical:
    """Median log ratio of the total salience of two versions, for every ordered pair of languages."""
    totals = [{lang: float(encoder.salience(text).sum()) for lang, text in row.items()} for row in rows]
    return {
        f"{a}-{b}": round(float(np.median([np.log(t[a] / t[b]) for t in totals if t[a] > 0 and t[b] > 0])), 4)
        for a in LANGS
        for b in LANGS
        if a != b
    }


def pair_features(
    encoder: Encoder, a: tuple[Lang, str], b: tuple[Lang, str], typical: Typical
) -> tuple[float, ...] | None:
    """Features of the stretch of ``a`` that ``b`` covers least."""
    words_a, words_b = (coverage.words_of(cell(*side), encoder) for side in (a, b))
    stretch = coverage.likeliest_missing(words_a, words_b, typical[f"{a[0]}-{b[0]}"])
    return stretch.features if stretch else None


def fit_logistic(x: Floats, y: NDArray[np.int64]) -> dict[str, Any]:
    """Logistic regression on standardised features, returned on the original scale."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=500).fit((x - mean) / scale, y)
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (weights * mean).sum())
    return {"weights": [round(float(w), 5) for w in weights], "bias": round(bias, 5)}


def fit_stretch(encoder: Encoder, pairs: Sequence[Pair], typical: Typical, rng: random.Random) -> dict[str, Any]:
    """Fit the log-odds that one side lacks something of the other."""
    rows: list[tuple[float, ...]] = []
    labels: list[int] = []
    for pair in pairs:
        for a, b in (((pair.lang_a, pair.text_a), (pair.lang_b, pair.text_b)),) * 2:
            side_a, side_b = (a, b) if rng.random() < 0.5 else (b, a)
            less = without_passage(side_b[1], side_b[0], rng)
            for label, text in ((0, side_b[1]), (1, less)):
                features = text and pair_features(encoder, side_a, (side_b[0], text), typical)
                if features:
                    rows.append(features)
                    labels.append(label)
    return fit_logistic(np.array(rows), np.array(labels))


LOST = {"two": {"error": 2.5, "warning": 1.0}, "three": {"error": 1.5, "warning": 0.5}}
"""Mean log-odds from which a whole segment without a counterpart is lost and not taken in by its neighbours.

In held-out documents of one to four sentences 0.4 % of the clean rows of two versions reach the lower limit and 0.2 %
the upper one, and so do 88 % and 78 % of the sentences that were dropped; with three versions 0.2 %, 0.2 %, 83 %, 77 %.
"""

SHARES = {"error": 0.003, "warning": 0.004}
"""Shares of the clean rows of held-out documents that may be called an omission or addition of words; of rows of three
versions each of the two."""


def lacks(
    encoder: Encoder, texts: Texts, model: dict[str, Any], typical: Typical
) -> dict[tuple[Lang, Lang], coverage.Lack]:
    """What each version lacks of each other."""
    words = {lang: coverage.words_of(cell(lang, text), encoder) for lang, text in texts.items()}
    return {
        (a, b): coverage.lack(words[a], words[b], model, typical[f"{a}-{b}"]) for a in words for b in words if a != b
    }


def fit_triples(
    encoder: Encoder, texts: Sequence[Texts], model: dict[str, Any], typical: Typical, rng: random.Random
) -> dict[str, dict[str, Any]]:
    """Fit omission and addition by each version in rows of three; the limits are fitted later, on documents.

    Negatives are clean rows and rows with another defect, a passage replaced by another among them. Russian and
    Ukrainian resemble each other more than either resembles English, so each version at fault has a model of its own.
    """
    rows: dict[tuple[bool, Lang], list[tuple[tuple[float, ...], int]]] = {
        (added, lang): [] for added in (False, True) for lang in LANGS
    }
    for versions in texts:
        fault = rng.choice(LANGS)
        for defect, damaged in _damaged(versions, fault, rng.choice(texts)[fault], rng):
            found = lacks(encoder, damaged, model, typical)
            for (added, lang), data in rows.items():
                others = _others(lang)
                features = coverage.triple_features(found, lang, others, added)
                data.append((features, int(defect is added and lang == fault)))
    result: dict[str, dict[str, Any]] = {"omission": {}, "addition": {}}
    for (added, lang), data in rows.items():
        x, y = np.array([features for features, _ in data]), np.array([label for _, label in data])
        result[_kind(added)][lang] = fit_logistic(x, y)
    return result


def _others(lang: Lang) -> tuple[Lang, Lang]:
    """Return the two other languages."""
    x, y = (o for o in LANGS if o != lang)
    return x, y


def _kind(added: bool) -> str:
    """Return the name of a hypothesis in the calibration file."""
    return "addition" if added else "omission"


def paragraphs(texts: Sequence[Texts], rng: random.Random) -> list[Texts]:
    """Join one to four neighbouring texts of the same languages, as quotes of several sentences are."""
    joined: list[Texts] = []
    at = 0
    while at < len(texts):
        size = rng.randint(1, 4)
        block = [t for t in texts[at : at + size] if set(t) == set(texts[at])]
        joined.append({lang: " ".join(t[lang] for t in block) for lang in block[0]})
        at += size
    return joined


def rows_of(encoder: Encoder, texts: Texts) -> list[Texts]:
    """Align a clean document as a run does and return its rows with text in every version."""
    versions = tuple(Version(lang, text, lang) for lang, text in texts.items())
    rows = context_of(Document("clean", versions), encoder).rows
    return [{c.lang: c.text for c in row.cells} for row in rows if len(row.filled) == len(row.cells)]


def fit_limits(encoder: Encoder, result: dict[str, Any], documents: Sequence[Texts]) -> None:
    """Enter the log-odds that the allowed shares of rows of clean documents exceed, for two versions and for three."""
    highest: dict[str, list[float]] = {"two": [], "omission": [], "addition": []}
    for texts in documents:
        for row in rows_of(encoder, texts):
            found = lacks(encoder, row, result["stretch"], result["typical"])
            if len(row) == 2:
                highest["two"].append(max(lack.logit for lack in found.values()))
                continue
            for added in (False, True):
                models = result[_kind(added)]
                features = {lang: coverage.triple_features(found, lang, _others(lang), added) for lang in LANGS}
                highest[_kind(added)].append(max(coverage.logistic(models[x], f) for x, f in features.items()))
    log.info("%d rows of two versions, %d of three", len(highest["two"]), len(highest["omission"]))
    result["limits"] = {
        name: {level: round(float(np.quantile(odds, 1 - share)), 3) for level, share in SHARES.items()}
        for name, odds in highest.items()
    }


def _damaged(versions: Texts, fault: Lang, donor: str, rng: random.Random) -> list[tuple[bool | None, Texts]]:
    """The row itself and with a passage replaced (None), with one removed (False) and with one inserted (True)."""
    less, more = without_passage(versions[fault], fault, rng), with_passage(versions[fault], fault, donor, rng)
    other = less and with_passage(less, fault, donor, rng)
    made: list[tuple[bool | None, str | None]] = [(None, versions[fault]), (None, other), (False, less), (True, more)]
    return [(defect, {**versions, fault: text}) for defect, text in made if text]


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


def calibrate(encoder: Encoder, held_out: Sequence[Pair], rows: Sequence[Texts], out: Path, seed: int) -> None:
    """Fit everything and write the file."""
    rng = random.Random(seed)
    pairs = [p for p in held_out if human(p) and min(len(p.text_a.split()), len(p.text_b.split())) >= 4]
    news = [p for p in held_out if human(p) and p.source in {"wmt", "tatoeba_opus"}]
    typical = typical_ratios(encoder, rows)
    model = fit_stretch(encoder, pairs, typical, rng)
    result = {
        "model": encoder.id,
        "typical": typical,
        "stretch": model,
        **fit_triples(encoder, rows, model, typical, rng),
        "meaning": {e.id: meaning_table(e, news) for e in (encoder, load_encoder(FAST))},
        "lost": LOST,
    }
    two: list[Texts] = [{p.lang_a: p.text_a, p.lang_b: p.text_b} for p in pairs]
    fit_limits(encoder, result, paragraphs(two, rng) + paragraphs(rows, rng))
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
