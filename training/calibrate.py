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
from transcheck.text.sentences import segment
from transcheck.types import Cell, Encoder, Lang, Place

log = logging.getLogger(__name__)

Floats = NDArray[np.float64]
Texts = dict[Lang, str]

HUMAN = ("opusmt-testsets", "wmt22-A", "wmt23-refA")
"""Details of the wmt source that are human references."""

_MEANING_WORDS = [1, 4, 7, 13]


def human(pair: Pair) -> bool:
    """Whether a person translated the pair, as far as its source tells."""
    return pair.source != "wmt" or pair.detail.startswith(HUMAN)


def triples(pairs: Sequence[Pair]) -> list[Texts]:
    """Join English-Russian and English-Ukrainian pairs of one English text; human translations before others."""
    joined: dict[str, Texts] = {}
    for pair in sorted(pairs, key=human):
        sides: Texts = {pair.lang_a: pair.text_a, pair.lang_b: pair.text_b}  # type: ignore[dict-item]
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
    langs: tuple[Lang, ...] = ("ru", "uk", "en")
    return {
        f"{a}-{b}": round(float(np.median([np.log(t[a] / t[b]) for t in totals if t[a] > 0 and t[b] > 0])), 4)
        for a in langs
        for b in langs
        if a != b
    }


def pair_features(
    encoder: Encoder, a: tuple[Lang, str], b: tuple[Lang, str], typical: Typical
) -> tuple[float, ...] | None:
    """Features of the stretch of ``a`` that ``b`` covers least."""
    words_a, words_b = (coverage.words_of(cell(*side), encoder) for side in (a, b))
    found = coverage.covered(words_a, words_b)
    stretch = coverage.least_covered(words_a, words_b, found, typical[f"{a[0]}-{b[0]}"])
    return stretch.features if stretch else None


def fit_logistic(x: Floats, y: NDArray[np.int64]) -> dict[str, Any]:
    """Logistic regression on standardised features, returned on the original scale."""
    from sklearn.linear_model import LogisticRegression

    mean, scale = x.mean(axis=0), x.std(axis=0) + 1e-9
    model = LogisticRegression(max_iter=500).fit((x - mean) / scale, y)
    weights = model.coef_[0] / scale
    bias = float(model.intercept_[0] - (weights * mean).sum())
    return {"weights": [round(float(w), 5) for w in weights], "bias": round(bias, 5)}


def fit_stretch(
    encoder: Encoder, pairs: Sequence[Pair], typical: Typical, rng: random.Random
) -> tuple[dict[str, Any], dict[str, float]]:
    """Fit the log-odds that one side lacks something of the other; return the model and the limits of two versions."""
    rows: list[tuple[float, ...]] = []
    labels: list[int] = []
    seen = [0, 0]
    for pair in pairs:
        for a, b in (((pair.lang_a, pair.text_a), (pair.lang_b, pair.text_b)),) * 2:
            side_a, side_b = (a, b) if rng.random() < 0.5 else (b, a)
            less = without_passage(side_b[1], side_b[0], rng)  # type: ignore[arg-type]
            for label, text in ((0, side_b[1]), (1, less)):
                if text is None:
                    continue
                features = pair_features(encoder, side_a, (side_b[0], text), typical)  # type: ignore[arg-type]
                seen[label] += 1
                if features is not None:
                    rows.append(features)
                    labels.append(label)
    x, y = np.array(rows), np.array(labels)
    model = fit_logistic(x, y)
    odds = x @ np.array(model["weights"]) + model["bias"]
    found = limits(_with_silent(odds[y == 0], seen[0]), 0.0008, 0.006, FLOORS["two"])
    hits = {level: float((odds[y == 1] >= found[level]).sum()) / seen[1] for level in found}
    log.info("two versions: recall %s", hits)
    return model, found


def _with_silent(odds: Floats, count: int) -> Floats:
    """Add the rows without a stretch, which the lowest log-odds stand for."""
    return np.concatenate([odds, np.full(count - len(odds), -8.0)])


ABSORBED = {"error": 0.42, "warning": 0.47}
"""Coverage of a whole lost segment by its neighbours, below which it is lost: of the segments dropped from news
paragraphs 95 % lie below 0.40.
"""

FLOORS = {
    "two": {"error": 3.6, "warning": 2.6},
    "omission": {"error": 2.1, "warning": 1.9},
    "addition": {"error": 2.6, "warning": 2.0},
}
"""Least log-odds of a finding inside a row.

Those of three versions come from the clean quotes of ``seeds/tuning``: news and subtitles are translated more closely
than quotes are, and an idiom in one version looks like an addition. Those of two versions are set by hand,
on the careful side: nothing tells there which version is right.
"""


def limits(clean: Floats, error: float, warning: float, floors: dict[str, float] | None = None) -> dict[str, float]:
    """Log-odds that the given shares of clean rows exceed, but no less than the floors."""
    shares = {"error": error, "warning": warning}
    least = floors or dict.fromkeys(shares, -np.inf)
    return {k: round(max(least[k], float(np.quantile(clean, 1 - share))), 3) for k, share in shares.items()}


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
    """Fit omission and addition by each version in rows of three.

    Negatives are clean rows and rows with another defect. Russian and Ukrainian resemble each other more than either
    resembles English, so each version at fault has a model and limits of its own.
    """
    langs: tuple[Lang, ...] = ("ru", "uk", "en")
    rows: dict[tuple[bool, Lang], list[tuple[tuple[float, ...], int, bool]]] = {
        (kind, lang): [] for kind in (False, True) for lang in langs
    }
    for versions in texts:
        fault = rng.choice(langs)
        for defect, damaged in _damaged(versions, fault, rng.choice(texts)[fault], rng):
            found = lacks(encoder, damaged, model, typical)
            for (kind, lang), data in rows.items():
                x, y = (o for o in langs if o != lang)
                label = int(defect is kind and lang == fault)
                data.append((coverage.triple_features(found, lang, (x, y), kind), label, defect is None))
    result: dict[str, dict[str, Any]] = {"omission": {}, "addition": {}}
    for (kind, lang), data in rows.items():
        features, labels, clean = (np.array(column) for column in zip(*data, strict=True))
        fitted = fit_logistic(features, labels)
        odds = features[clean] @ np.array(fitted["weights"]) + fitted["bias"]
        fitted["limits"] = limits(odds, 0.0008, 0.0025, FLOORS["addition" if kind else "omission"])
        reached = features[labels == 1] @ np.array(fitted["weights"]) + fitted["bias"]
        hits = {level: round(float((reached >= limit).mean()), 3) for level, limit in fitted["limits"].items()}
        log.info("%s %s: recall %s", "addition" if kind else "omission", lang, hits)
        result["addition" if kind else "omission"][lang] = fitted
    return result


def _damaged(versions: Texts, fault: Lang, donor: str, rng: random.Random) -> list[tuple[bool | None, Texts]]:
    """The row itself (None), the row with a passage removed (False) and with one inserted (True)."""
    less, more = without_passage(versions[fault], fault, rng), with_passage(versions[fault], fault, donor, rng)
    found: list[tuple[bool | None, Texts]] = [(None, versions)]
    found += [(False, {**versions, fault: less})] if less else []
    found += [(True, {**versions, fault: more})] if more else []
    return found


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
    model, two = fit_stretch(encoder, pairs, typical, rng)
    three = fit_triples(encoder, rows, model, typical, rng)
    result = {
        "model": encoder.id,
        "typical": typical,
        "stretch": model,
        "two_limits": two,
        **three,
        "meaning": meaning_table(encoder, news),
        "absorbed": ABSORBED,
    }
    out.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
