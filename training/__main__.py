"""One command from the aligned pairs to the packaged model: ``python -m training --data DIR --work DIR``.

Every step leaves its result in the work folder and is skipped when it is there; training resumes from its checkpoint.
"""

from __future__ import annotations

import argparse
import json
import logging
import pickle
import random
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from training import (
    calibrate,
    contextual,
    corpus,
    critic,
    drift,
    export,
    export_contextual,
    static,
    tokenizer,
    translations,
)
from training.recipe import Recipe
from transcheck.encode import load_contextual, load_encoder
from transcheck.encode.embedded import read_safetensors

if TYPE_CHECKING:
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

log = logging.getLogger("training")

VOCABULARY = 48_000
SENTENCES = 900_000
DIMENSIONS = 288
"""Dimensions kept of those trained; with int8 rows and the tokenizer the package stays under 16 MB."""

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "transcheck" / "models" / "static"
CONTEXTUAL = ROOT / "transcheck" / "models" / "contextual"
RANK = 296
"""Columns of the contextual encoder's table in the package, of the 384 that are trained."""
DIMENSIONS_OF_SENTENCES = 512
"""Length of the contextual encoder's sentence vectors, of the 1,056 that its three parts have together."""
SHARES = (0.5, 0.35, 0.15)
"""Shares of the static vector, the layers' mean and the bindings in the square of a packaged sentence vector, chosen on
held-out pairs, where those of training (``Recipe.shares``) retrieve 0.05 points less."""
CRITIC = ROOT / "transcheck" / "checks" / "data" / "critic.npz"
DRIFT = ROOT / "transcheck" / "checks" / "data" / "drift.npz"
TRANSLATIONS = ROOT / "transcheck" / "text" / "data" / "translations.npz"
CALIBRATION = ROOT / "transcheck" / "checks" / "data" / "calibration.json"


def main() -> None:
    """Run the steps that are not done yet."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of aligned pairs (*.tsv.gz)")
    parser.add_argument(
        "--benchmarks", type=Path, required=True, help="folder of benchmarks, none of whose sentences may be trained on"
    )
    parser.add_argument("--work", type=Path, required=True, help="folder for checkpoints, outside the repository")
    parser.add_argument("--threads", type=int, default=2, help="threads of torch")
    parser.add_argument(
        "--more-steps",
        type=_positive,
        metavar="N",
        help="train the packaged contextual encoder N steps further instead of making new encoders",
    )
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    options.work.mkdir(parents=True, exist_ok=True)
    train, held = _split(options.data, options.benchmarks, options.work)
    log.info("none of %d benchmark sentences is trained on", corpus.require_unseen(train + held, options.benchmarks))
    if options.more_steps:
        shutil.copy(MODEL / "tokenizer.json", options.work)
    vocabulary = _tokenizer(train, options.work)
    pairs = _tokenise(train, vocabulary, options.work)
    if not options.more_steps:
        _export(vocabulary, _train(vocabulary, pairs, options.work, options.threads), pairs)
    _contextual(train, held, pairs, vocabulary, options.work, options.threads, options.more_steps)
    if not options.more_steps:  # the static words that it reads are the same
        translations.make(train, corpus.source_weights(), TRANSLATIONS)
        critic.make(train, load_encoder(), MODEL, options.work, CRITIC, options.threads)
    drift.make(train, load_contextual(), MODEL, options.benchmarks, options.work, DRIFT, options.threads)
    _calibrate(held)


def _positive(text: str) -> int:
    """Read a number of at least one."""
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


def _split(data: Path, benchmarks: Path, work: Path) -> tuple[list[corpus.Pair], list[corpus.Pair]]:
    """Read and split the pairs, without those that hold a benchmark's sentence."""
    path = work / "split.pickle"
    if not path.exists():
        pairs = list(corpus.read_pairs(data))
        log.info("%d pairs read", len(pairs))
        path.write_bytes(pickle.dumps([corpus.unseen(part, benchmarks) for part in corpus.split(pairs)]))
    train, held = pickle.loads(path.read_bytes())
    log.info("%d pairs to train on, %d held out", len(train), len(held))
    return train, held


def _tokenizer(train: list[corpus.Pair], work: Path) -> Tokenizer:
    """Train the vocabulary."""
    path = work / "tokenizer.json"
    if not path.exists():
        tokenizer.build(train, VOCABULARY, SENTENCES, seed=1).save(str(path))
    return Tokenizer.from_file(str(path))


def _tokenise(train: list[corpus.Pair], vocabulary: Tokenizer, work: Path) -> static.TokenisedPairs:
    """Turn every text into token ids."""
    path = work / "tokens.npz"
    if not path.exists():
        flat_a, offsets_a = _ids(vocabulary, [p.text_a for p in train])
        flat_b, offsets_b = _ids(vocabulary, [p.text_b for p in train])
        by_source = corpus.source_weights()
        weights = np.array([by_source.get(p.source, 1.0) for p in train])
        weights[(np.diff(offsets_a) == 0) | (np.diff(offsets_b) == 0)] = 0.0
        np.savez(path, flat_a=flat_a, offsets_a=offsets_a, flat_b=flat_b, offsets_b=offsets_b, weights=weights)
    stored = dict(np.load(path))
    keys = {f"keys_{s}": static.text_keys(stored[f"flat_{s}"], stored[f"offsets_{s}"]) for s in ("a", "b")}
    return static.TokenisedPairs(**stored, **keys)


def _ids(vocabulary: Tokenizer, texts: list[str]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Token ids of all texts one after the other, and where each begins."""
    parts: list[NDArray[np.int32]] = []
    lengths: list[int] = []
    for at in range(0, len(texts), 20_000):
        for encoding in vocabulary.encode_batch_fast(texts[at : at + 20_000], add_special_tokens=False):
            parts.append(np.array(encoding.ids, dtype=np.int32))
            lengths.append(len(encoding.ids))
    return np.concatenate(parts), np.concatenate([[0], np.cumsum(lengths)])


def _train(vocabulary: Tokenizer, pairs: static.TokenisedPairs, work: Path, threads: int) -> NDArray[np.float32]:
    """Train, or load what an earlier run has finished."""
    import torch
    from sentence_transformers import SentenceTransformer

    folder = work / "model"
    if not folder.exists():
        torch.set_num_threads(threads)
        recipe = static.Recipe()
        log.info("recipe %s", json.dumps(asdict(recipe)))
        static.train(vocabulary, pairs, recipe, work).save(str(folder))
    model = SentenceTransformer(str(folder), device="cpu")
    module = cast("StaticEmbedding", model[0])
    weight: NDArray[np.float32] = module.embedding.weight.detach().numpy()
    return weight


def _export(vocabulary: Tokenizer, weight: NDArray[np.float32], pairs: static.TokenisedPairs) -> None:
    """Reduce, quantise and package."""
    rng = np.random.default_rng(0)
    chosen = rng.choice(np.flatnonzero(pairs.weights), 60_000, replace=False)
    sums = np.stack([weight[pairs.flat_a[pairs.offsets_a[i] : pairs.offsets_a[i + 1]]].sum(axis=0) for i in chosen])
    axes = export.principal_axes(sums, DIMENSIONS)
    rows, factors = export.quantise(weight @ axes)
    export.save(MODEL, vocabulary, rows, factors)
    size = sum(f.stat().st_size for f in MODEL.iterdir())
    log.info("packaged in %s, %.1f MB", MODEL, size / 1e6)


def _contextual(
    train: list[corpus.Pair],
    held: list[corpus.Pair],
    pairs: static.TokenisedPairs,
    vocabulary: Tokenizer,
    work: Path,
    threads: int,
    more_steps: int | None,
) -> None:
    """Train the contextual encoder on the packaged static one, package it and compare it with its float32 self.

    With ``more_steps`` it begins with the packaged weights instead of the teacher's.
    """
    tensors = read_safetensors(MODEL / "model.safetensors")
    rows = tensors["embeddings"].astype(np.float32) * tensors["weights"].astype(np.float32)[:, None]
    recipe = contextual.more(more_steps) if more_steps else Recipe()
    start = export_contextual.unpack(CONTEXTUAL) if more_steps else None
    student = contextual.make(train, pairs, vocabulary, rows, work, threads, recipe, start)
    layers, table = export_contextual.shorten(student.layers), student.merged()
    counts = np.bincount(np.concatenate([pairs.flat_a, pairs.flat_b]), minlength=len(table))
    counts[len(rows) :] = counts.max()
    small, projection = export_contextual.factorise(table[:-1], counts[:-1], RANK)
    whole = work / "contextual"
    export_contextual.save_for_sentence_transformers(layers, small @ projection, vocabulary, whole)
    sample = random.Random(1).sample([i for i, p in enumerate(train) if p.source in corpus.NEAR], 6000)
    ids = [
        flat[o[i] : o[i + 1]].tolist()
        for flat, o in ((pairs.flat_a, pairs.offsets_a), (pairs.flat_b, pairs.offsets_b))
        for i in sample[:200]
    ]
    export_contextual.save(layers, small, projection, student.bindings, rows, SHARES, ids, CONTEXTUAL)
    texts = [t for i in sample for t in (train[i].text_a, train[i].text_b)]
    export_contextual.reduce(CONTEXTUAL, texts, DIMENSIONS_OF_SENTENCES)
    export_contextual.verify(CONTEXTUAL, whole, [p for p in held if p.source in corpus.NEAR])
    log.info("packaged in %s, %.1f MB", CONTEXTUAL, sum(f.stat().st_size for f in CONTEXTUAL.iterdir()) / 1e6)


def _calibrate(held: list[corpus.Pair]) -> None:
    """Fit the thresholds of the checks on held-out pairs."""
    calibrate.calibrate(load_encoder(), [p for p in held if p.source in corpus.NEAR], CALIBRATION)
    log.info("calibrated in %s", CALIBRATION)


if __name__ == "__main__":
    main()
