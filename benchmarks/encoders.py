"""Encoders compared: ``python -m benchmarks.encoders --data DIR [--model NAME …]`` (see README.md beside this file).

Prints one table for the packaged encoders and every ``--model``, with published figures of others, and writes
``results/encoders.md``, ``.json`` and ``.svg``. Minimal pairs are made here from FLORES-200 dev.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from statistics import median

import numpy as np
from scipy.stats import spearmanr

from benchmarks.public import PAIRS, read, tatoeba, texts
from training.damage import KINDS, Damage
from transcheck.encode import FAST, load_encoder
from transcheck.types import LANGS, Encoder, Lang

RESULTS = Path(__file__).parent / "results"
MODELS = Path(str(resources.files("transcheck") / "models"))

Row = dict[str, float | str | None]

PUBLISHED = {
    "LaBSE": ("sentence-transformers__LaBSE", 1800.0),
    "multilingual MiniLM": ("sentence-transformers__paraphrase-multilingual-MiniLM-L12-v2", 471.0),
    "mE5-small": ("intfloat__multilingual-e5-small", 471.0),
}
"""Models to print beside ours: their name in ``published.tsv`` and the size of their weights in MB."""

MOST = 1000
"""Minimal pairs of a kind that are used."""

WORDS = 20
SPEED = (
    "commander said that nobody in the town had seen soldiers cross this old bridge before evening because they left "
    "their trucks near a river"
)
"""How many words the sentences have that speed is measured with, and which."""


def main() -> None:
    """Measure every encoder and write the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.encoders", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public benchmarks")
    parser.add_argument("--model", action="append", default=[], help="another encoder (repeatable)")
    options = parser.parse_args()
    rows = [
        {**measure(load_encoder(name), options.data, _size(name)), "load seconds": load_seconds(name)}
        for name in (None, FAST, *options.model)
    ]
    rows += published(options.data)
    print(render(rows))
    if not options.model:
        save(rows)


def measure(encoder: Encoder, data: Path, size: float | None) -> Row:
    """Return all figures of one encoder; None where the data is missing."""
    row: Row = {"encoder": encoder.id, "MB": size}
    for lang in ("ru", "uk"):
        pairs = tatoeba(data, lang)
        row[f"Tatoeba {lang}"] = retrieval(encoder, [x for x, _ in pairs], [y for _, y in pairs]) if pairs else None
    for name in ("flores", "wmt24"):
        found = texts(data, name)
        errors = [
            100 - retrieval(encoder, [r[x] for r in found], [r[y] for r in found])
            for a, b in (PAIRS if found else ())
            for x, y in ((a, b), (b, a))
        ]
        row[f"{name} error mean"] = float(np.mean(errors)) if errors else None
        row[f"{name} error worst"] = max(errors) if errors else None
    for part in ("ru", "en-ru"):
        found = read(data / "stsb_ru" / f"{part}-dev.tsv")
        row[f"STS {part}"] = similarity(encoder, found) if found else None
    for kind, (right, count) in minimal_pairs(encoder, data).items():
        row[kind] = right
        row[f"{kind} pairs"] = count
    row["words BAD"] = rendered_words(encoder, data)
    row["sentences a second"] = speed(encoder)
    return row


def retrieval(encoder: Encoder, queries: Sequence[str], targets: Sequence[str]) -> float:
    """Per cent of ``queries`` whose nearest target by cosine is their own."""
    cosine = encoder.encode(queries) @ encoder.encode(targets).T
    return 100 * float((cosine.argmax(axis=1) == np.arange(len(queries))).mean())


def similarity(encoder: Encoder, rows: Sequence[dict[str, str]]) -> float:
    """Spearman correlation, x 100, of cosines with human scores."""
    first, second = [c for c in rows[0] if c not in ("id", "score")]
    a, b = (encoder.encode([r[side] for r in rows]) for side in (first, second))
    return 100 * float(spearmanr((a * b).sum(axis=1), [float(r["score"]) for r in rows]).statistic)


def minimal_pairs(encoder: Encoder, data: Path) -> dict[str, tuple[float, int]]:
    """Per cent of sentences nearer to their true translation than to the same damaged in one fact, and how many."""
    rows = read(data / "flores200" / "dev.tsv")
    damage = Damage((lang, r[lang]) for r in rows for lang in LANGS)
    figures = {}
    for kind in KINDS if rows else ():
        rng = random.Random(f"minimal pairs {kind}")
        found: list[tuple[str, str, str]] = []
        for r in rows:
            for lang in LANGS:
                variants = damage.variants(r[lang], lang, kind, rng)
                if variants:
                    other: Lang = rng.choice([x for x in LANGS if x != lang])
                    found.append((r[other], r[lang], rng.choice(variants)))
        found = rng.sample(found, min(MOST, len(found)))
        source, true, damaged = (encoder.encode([f[i] for f in found]) for i in range(3))
        figures[kind] = 100 * float(((source * true).sum(1) > (source * damaged).sum(1)).mean()), len(found)
    return figures


def rendered_words(encoder: Encoder, data: Path) -> float | None:
    """AUC, x 100, of 1 - the best cosine with a word of the other side for words marked BAD in mlqe_pe ru-en dev."""
    from sklearn.metrics import roc_auc_score

    path = data / "mlqe_pe_ru-en" / "dev.jsonl"
    if not path.exists():
        return None
    scores: list[float] = []
    labels: list[bool] = []
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            item = json.loads(line)
            source, target = str(item["src_tok"]), str(item["mt_en"])
            (spans, a), (_, b) = encoder.words_in_context(source), encoder.words_in_context(target)
            if not len(a) or not len(b):
                continue
            best = dict(zip((s.start for s in spans), (a @ b.T).max(axis=1), strict=True))
            at = 0
            for word, tag in zip(source.split(), item["src_tags"], strict=True):
                at = source.index(word, at)
                if at in best:
                    scores.append(1 - float(best[at]))
                    labels.append(tag == "BAD")
                at += len(word)
    return 100 * float(roc_auc_score(labels, scores))


def speed(encoder: Encoder) -> float:
    """Different sentences of 20 words encoded in a second on the cores of this process."""
    words = SPEED.split()
    rng = random.Random(1)
    sentences = [" ".join(rng.choices(words, k=WORDS)) for _ in range(400)]
    encoder.encode(sentences[:20])
    started = time.perf_counter()
    encoder.encode(sentences)
    return len(sentences) / (time.perf_counter() - started)


def load_seconds(model: str | None) -> float:
    """Median time of ``load_encoder`` in a fresh interpreter, what it imports included."""
    code = (
        "import time; started = time.perf_counter(); from transcheck.encode import load_encoder; "
        f"load_encoder({model!r}); print(time.perf_counter() - started)"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True) for _ in range(5)]
    return median(float(r.stdout) for r in runs)


def published(data: Path) -> list[Row]:
    """Figures that others published, from ``published.tsv``."""
    rows = read(data / "published.tsv")
    columns = {
        "Tatoeba ru": ("Tatoeba", "test", "rus-eng", "accuracy"),
        "Tatoeba uk": ("Tatoeba", "test", "ukr-eng", "accuracy"),
        "STS ru": ("STSBenchmarkMultilingualSTS", "dev", "ru", "main"),
    }
    found: list[Row] = []
    for label, (name, size) in PUBLISHED.items() if rows else ():
        row: Row = {"encoder": f"{label} (published)", "MB": size}
        for column, (task, split, subset, key) in columns.items():
            values = [
                r[key] for r in rows if (r["model"], r["task"], r["split"], r["subset"]) == (name, task, split, subset)
            ]
            row[column] = float(values[0]) if values else None
        found.append(row)
    return found


def _size(model: str | None) -> float | None:
    """MB of the packaged folders that an encoder reads, or of the folder that ``model`` names."""
    folders = [MODELS] if model is None else [MODELS / "static"] if model == FAST else [Path(model)]
    sizes = [f.stat().st_size for folder in folders for f in folder.rglob("*") if f.is_file()]
    return sum(sizes) / 1e6 if sizes else None


def render(rows: Sequence[Row]) -> str:
    """Return the figures as Markdown, an encoder a column."""
    names = [c for c in rows[0] if c != "encoder"]
    lines = ["| figure | " + " | ".join(str(r["encoder"]) for r in rows) + " |", "|---|" + "---|" * len(rows)]
    lines += [f"| {n} | " + " | ".join(_cell(r.get(n)) for r in rows) + " |" for n in names]
    return "\n".join(lines) + "\n"


def _cell(value: float | str | None) -> str:
    return "" if value is None else value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def save(rows: Sequence[Row]) -> None:
    """Write the table, the figures and the plot."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "encoders.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    (RESULTS / "encoders.md").write_text(f"# Encoders\n\n{render(rows)}", encoding="utf-8")
    plot(rows, RESULTS / "encoders.svg")


def plot(rows: Sequence[Row], path: Path) -> None:
    """Draw Tatoeba accuracy against size, and against speed where it was measured."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "transcheck"
    from matplotlib import pyplot as plt

    figure, panels = plt.subplots(1, 2, figsize=(9, 3.8), sharey=True, layout="constrained")
    for axes, column in zip(panels, ("MB", "sentences a second"), strict=True):
        for row in rows:
            values = [row.get(c) for c in (column, "Tatoeba ru", "Tatoeba uk")]
            if all(isinstance(v, float) for v in values):
                x, ru, uk = (float(v) for v in values if v is not None)
                at = (x, (ru + uk) / 2)
                axes.scatter(*at, s=28)
                axes.annotate(str(row["encoder"]), at, (0, 6), textcoords="offset points", size=8, ha="center")
        axes.set_xscale("log")
        axes.set_xlabel(column)
        axes.margins(x=0.35, y=0.2)
        axes.grid(alpha=0.3)
    panels[0].set_ylabel("Tatoeba to English, per cent")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    main()
