"""Makes the n-gram profiles of Russian, Ukrainian and English that ``transcheck.text.detect`` reads.

The files have langdetect's own format: ``freq`` (n-gram to count), ``n_words`` (all n-grams of length 1, 2, 3) and
``name``. Counts are parts per million, so that every source weighs what is asked of it however long it is. For Russian
and Ukrainian the counts of one n-gram keep their sum but are divided between the two languages by logistic regression
over passages without a telling letter: those are what the profiles are asked about, and a divided count makes
langdetect's product of ratios the probability itself instead of a boast of many dependent n-grams.

    python -m training.profiles --data DIR [--out transcheck/text/data/profiles]
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from training.corpus import Pair, read_pairs, split
from transcheck.text.detect import PPM, grams, telling, words
from transcheck.types import LANGS, Lang

OUT = Path(__file__).parent.parent / "transcheck" / "text" / "data" / "profiles"

KEPT = {1: 40, 2: 1200, 3: 5000}
"""Most frequent n-grams kept a length."""

RARE = 10
"""An n-gram seen in fewer passages without telling letters is divided as it was counted."""

RIDGE = 3.0
"""Penalty on the squared weights of the regression; 3, 10 and 30 differ by 0.1 points on held-out sentences."""

SOURCES = {
    "tatoeba_opus": 4.0,
    "wmt": 4.0,
    "zelensky_speeches_resistinua": 2.0,
    "bilinguator_books": 2.0,
    "wesnoth2015": 1.0,
    "sy_transcripts": 1.0,
    "renpy_tutorial": 1.0,
    "shattered_pixel_dungeon": 1.0,
    "opensource_guide": 0.5,
    "privacyguides": 0.5,
    "udhr": 0.2,
}
"""Share of each source in a profile; everyday sentences and prose near published quotes count most."""

HUMAN = ("opusmt-testsets:", "wmt22-A", "wmt23-refA")
"""Details of ``wmt`` whose two sides were written by people."""

CYRILLIC = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґ'")
LATIN = frozenset("abcdefghijklmnopqrstuvwxyz'")

Shares = dict[str, float]
"""Parts per million of each n-gram."""

Texts = dict[str, dict[str, list[list[str]]]]
"""Words of every distinct text by language and source."""


def texts(pairs: Iterable[Pair]) -> Texts:
    """Return the words of every distinct text of the chosen sources."""
    seen: set[tuple[str, str]] = set()
    found: Texts = {lang: {} for lang in LANGS}
    for pair in pairs:
        if pair.source not in SOURCES or (pair.source == "wmt" and not pair.detail.startswith(HUMAN)):
            continue
        for lang, text in ((pair.lang_a, pair.text_a), (pair.lang_b, pair.text_b)):
            if (lang, text) not in seen:
                seen.add((lang, text))
                alphabet = LATIN if lang == "en" else CYRILLIC
                found[lang].setdefault(pair.source, []).append([w for w in words(text) if alphabet.issuperset(w)])
    return found


def count(by_source: Mapping[str, Sequence[Sequence[str]]]) -> Shares:
    """Return the n-grams of one language in parts per million of their length, weighted by source."""
    totals: Shares = {}
    for source, sentences in by_source.items():
        counted = Counter(word for sentence in sentences for word in sentence)
        weight = SOURCES[source] / sum(counted.values())
        for word, number in counted.items():
            for gram in grams(word):
                totals[gram] = totals.get(gram, 0.0) + weight * number
    sums = {n: sum(v for g, v in totals.items() if len(g) == n) for n in KEPT}
    return {g: PPM * v / sums[len(g)] for g, v in totals.items()}


def passages(sentences: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Yield the runs of words without a telling letter: all that the profiles are asked about."""
    for sentence in sentences:
        run: list[str] = []
        for word in sentence:
            if telling(word):
                if run:
                    yield run
                run = []
            else:
                run.append(word)
        if run:
            yield run


def regress(found: Texts) -> dict[str, float]:
    """Return the weight of each n-gram for Russian against Ukrainian, in nats.

    Logistic regression, both languages weighing the same, ridge penalty, L-BFGS.
    """
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    examples = [(run, lang) for lang in ("ru", "uk") for own in found[lang].values() for run in passages(own)]
    counted = Counter(g for run, _ in examples for word in run for g in grams(word) if len(g) > 1)
    index = {g: i for i, g in enumerate(sorted(g for g, n in counted.items() if n >= RARE))}
    rows, columns = [], []
    for row, (run, _) in enumerate(examples):
        here = [index[g] for word in run for g in grams(word) if g in index]
        rows.extend([row] * len(here))
        columns.extend(here)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(examples), len(index)))
    sides = np.array([1.0 if lang == "ru" else -1.0 for _, lang in examples])
    russian = float((sides > 0).sum())
    share = np.where(sides > 0, len(sides) / (2 * russian), len(sides) / (2 * (len(sides) - russian)))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sides * (matrix @ weights)
        slope = -share * sides / (1 + np.exp(np.clip(margin, -50, 50)))
        value = float((share * np.logaddexp(0, -margin)).sum() + RIDGE / 2 * weights @ weights)
        return value, matrix.T @ slope + RIDGE * weights

    fitted = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return {g: float(fitted.x[i]) for g, i in index.items()}


def divide(ru: Shares, uk: Shares, weights: Mapping[str, float]) -> tuple[Shares, Shares]:
    """Divide the sum of each n-gram's counts by the regression's weight; what it has not weighed stays as counted."""
    out: tuple[Shares, Shares] = ({}, {})
    for gram in sorted(ru.keys() | uk.keys()):
        a, b = ru.get(gram, 0.0), uk.get(gram, 0.0)
        if gram in weights:
            # Large enough that one part per million is a fine step.
            both = max(a + b, 60.0)
            a = both / (1 + math.exp(-weights[gram]))
            b = both - a
        elif len(gram) > 1 and not telling(gram.strip()):
            a = b = (a + b) / 2
        out[0][gram], out[1][gram] = a, b
    return out


def chosen(counts: Shares, weights: Mapping[str, float]) -> set[str]:
    """Return the n-grams worth keeping: the most frequent, those that tell much counting more."""
    keep: set[str] = set()
    for length, number in KEPT.items():
        worth = {g: v * (0.2 + abs(weights.get(g, 0.0))) for g, v in counts.items() if len(g) == length}
        keep.update(sorted(worth, key=lambda g: (-worth[g], g))[:number])
    return keep


def profile(counts: Shares, keep: set[str], lang: Lang) -> str:
    """Return a profile as langdetect reads it, n-grams sorted by length and letters."""
    freq = {g: round(counts[g]) for g in sorted(keep, key=lambda g: (len(g), g)) if round(counts.get(g, 0.0)) > 0}
    made = {"freq": freq, "n_words": [PPM, PPM, PPM], "name": lang}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n"


def make(pairs: Iterable[Pair]) -> dict[Lang, str]:
    """Return the three profiles."""
    found = texts(pairs)
    weights = regress(found)
    ru, uk = divide(count(found["ru"]), count(found["uk"]), weights)
    en = count(found["en"])
    both = chosen({g: v + uk[g] for g, v in ru.items()}, weights)
    return {
        "ru": profile(ru, both, "ru"),
        "uk": profile(uk, both, "uk"),
        "en": profile(en, {g for n in KEPT for g in _top(en, n)}, "en"),
    }


def _top(counts: Shares, length: int) -> list[str]:
    """Return the most frequent n-grams of one length; half as many trigrams do for English."""
    own = sorted((g for g in counts if len(g) == length), key=lambda g: (-counts[g], g))
    return own[: KEPT[length] // (2 if length == 3 else 1)]


def main() -> None:
    """Read the training split and write one profile a language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of aligned pairs (*.tsv.gz)")
    parser.add_argument("--out", type=Path, default=OUT, help="folder of the profiles")
    options = parser.parse_args()
    pairs = split(list(read_pairs(options.data)))[0]
    options.out.mkdir(parents=True, exist_ok=True)
    for lang, text in make(pairs).items():
        (options.out / lang).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
