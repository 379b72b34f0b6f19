"""Train the static encoder: one vector a subword, a sentence is their mean.

The module and the saved folder are those of sentence-transformers (``StaticEmbedding`` after model2vec and Aarsen's
static models); the in-batch contrastive loss in both directions (Feng et al. 2022, LaBSE) is its
``MultipleNegativesSymmetricRankingLoss`` with one similarity matrix instead of two and equal texts masked. The loop is
our own: texts are tokenised once and the embedding's gradient is sparse.
"""

from __future__ import annotations

import json
import logging
import math
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

log = logging.getLogger(__name__)

CHECKPOINT_STEPS = 500


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the result; stored beside the checkpoint.

    ``temperature`` divides the cosines; ``dropout`` is the share of subwords left out of a text in a step; ``epochs``
    counts drawings of the weighted corpus.
    """

    dimensions: int = 512
    batch: int = 2048
    epochs: float = 5.0
    learning_rate: float = 0.02
    warmup: float = 0.05
    temperature: float = 0.045
    dropout: float = 0.1
    max_tokens: int = 96
    seed: int = 20261122


@dataclass(frozen=True, slots=True)
class TokenisedPairs:
    """Two ragged arrays of token ids: ``flat[offsets[i]:offsets[i + 1]]`` is text i.

    ``keys`` are equal for equal texts; ``weights`` say how often a pair is drawn per epoch.
    """

    flat_a: np.ndarray
    offsets_a: np.ndarray
    keys_a: np.ndarray
    flat_b: np.ndarray
    offsets_b: np.ndarray
    keys_b: np.ndarray
    weights: np.ndarray

    def __len__(self) -> int:
        return len(self.weights)


def text_keys(flat: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    """Return an int64 a text, equal for equal texts."""
    texts = (flat[offsets[i] : offsets[i + 1]].tobytes() for i in range(len(offsets) - 1))
    return np.array([int.from_bytes(blake2b(t, digest_size=8).digest(), "big", signed=True) for t in texts])


def draw_epoch(weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return shuffled pair indices; a pair of weight 2.3 comes twice or three times."""
    whole = np.floor(weights).astype(np.int64)
    counts = whole + (rng.random(len(weights)) < weights - whole)
    indices = np.repeat(np.arange(len(weights)), counts)
    rng.shuffle(indices)
    return indices


def _bag(
    flat: np.ndarray, offsets: np.ndarray, rows: np.ndarray, recipe: Recipe, rng: np.random.Generator
) -> dict[str, torch.Tensor]:
    """Gather texts as the features that ``StaticEmbedding`` takes, leaving out a share of the subwords."""
    starts = offsets[rows]
    lengths = np.minimum(offsets[rows + 1] - starts, recipe.max_tokens)
    total = int(lengths.sum())
    bounds = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    positions = np.arange(total) - np.repeat(bounds - starts, lengths)
    ids = flat[positions]
    if recipe.dropout:
        keep = rng.random(total) >= recipe.dropout
        keep[bounds[lengths > 0]] |= lengths[lengths > 0] <= 2
        owner = np.repeat(np.arange(len(rows)), lengths)[keep]
        ids = ids[keep]
        counts = np.bincount(owner, minlength=len(rows))
        bounds = np.concatenate([[0], np.cumsum(counts)[:-1]])
    return {"input_ids": torch.from_numpy(ids.astype(np.int64)), "offsets": torch.from_numpy(bounds.astype(np.int64))}


def repeats_of(keys: np.ndarray) -> np.ndarray:
    """Return [m, 2] index pairs (i, j), i != j, of equal texts in a batch."""
    order = np.argsort(keys, kind="stable")
    cuts = np.flatnonzero(np.diff(keys[order])) + 1
    groups = [g for g in np.split(order, cuts) if len(g) > 1]
    found = [(i, j) for g in groups for i in g for j in g if i != j]
    return np.array(found, dtype=np.int64).reshape(-1, 2)


def symmetric_loss(
    vectors_a: torch.Tensor, vectors_b: torch.Tensor, temperature: float, repeats: np.ndarray | None = None
) -> torch.Tensor:
    """In-batch contrastive loss, mean of both directions; float [n, d] a side, row i of one translates row i of the
    other.

    ``repeats`` names pairs (i, j) that hold the same text and so are no negatives of one another.
    """
    unit_a, unit_b = (torch.nn.functional.normalize(v, dim=1) for v in (vectors_a, vectors_b))
    logits = unit_a @ unit_b.T / temperature
    if repeats is not None and len(repeats):
        mask = torch.zeros_like(logits, dtype=torch.bool)
        mask[repeats[:, 0], repeats[:, 1]] = True
        logits = logits.masked_fill(mask, -torch.inf)
    return (-logits.diagonal() + (torch.logsumexp(logits, 1) + torch.logsumexp(logits, 0)) / 2).mean()


Batch = tuple[dict[str, torch.Tensor], dict[str, torch.Tensor], np.ndarray]


def batches(pairs: TokenisedPairs, recipe: Recipe) -> Iterator[Batch]:
    """Yield both sides' features and their repeats for ``recipe.epochs`` epochs, without partial batches."""
    rng = np.random.default_rng(recipe.seed)
    steps = total_steps(pairs, recipe)
    done = 0
    while done < steps:
        order = draw_epoch(pairs.weights, rng)
        for at in range(0, len(order) - recipe.batch + 1, recipe.batch):
            if done == steps:
                return
            rows = order[at : at + recipe.batch]
            yield (
                _bag(pairs.flat_a, pairs.offsets_a, rows, recipe, rng),
                _bag(pairs.flat_b, pairs.offsets_b, rows, recipe, rng),
                np.concatenate([repeats_of(pairs.keys_a[rows]), repeats_of(pairs.keys_b[rows])]),
            )
            done += 1


def total_steps(pairs: TokenisedPairs, recipe: Recipe) -> int:
    """Number of optimiser steps that the recipe asks for."""
    return int(recipe.epochs * float(pairs.weights.sum()) / recipe.batch)


class RowAdam:
    """Adam that touches only the rows with a gradient (lazy moments), for one embedding table.

    torch's SparseAdam does the same with a coalesce and an index-select more per moment; this one works in place.
    """

    def __init__(self, weight: torch.Tensor, betas: tuple[float, float] = (0.9, 0.999), eps: float = 1e-8) -> None:
        self.weight = weight
        self.first = torch.zeros_like(weight)
        self.second = torch.zeros_like(weight)
        self.steps = torch.zeros(len(weight))
        self.betas = betas
        self.eps = eps

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        """Apply and clear the sparse gradient."""
        grad = self.weight.grad
        if grad is None:
            raise RuntimeError("no gradient: call backward() first")
        grad = grad.coalesce()
        rows, values = grad.indices()[0], grad.values()
        self.steps[rows] += 1
        count = self.steps[rows][:, None]
        b1, b2 = self.betas
        first = self.first[rows].mul_(b1).add_(values, alpha=1 - b1)
        second = self.second[rows].mul_(b2).addcmul_(values, values, value=1 - b2)
        self.first[rows] = first
        self.second[rows] = second
        denominator = (second / (1 - b2**count)).sqrt_().add_(self.eps)
        self.weight.data[rows] -= learning_rate * (first / (1 - b1**count)) / denominator
        self.weight.grad = None


def train(tokenizer: Tokenizer, pairs: TokenisedPairs, recipe: Recipe, work: Path) -> SentenceTransformer:
    """Train and return the model; a checkpoint every ``CHECKPOINT_STEPS`` in ``work`` is resumed from."""
    torch.manual_seed(recipe.seed)
    module = StaticEmbedding(tokenizer, embedding_dim=recipe.dimensions)
    module.embedding.sparse = True
    torch.nn.init.normal_(module.embedding.weight, std=1.0 / math.sqrt(recipe.dimensions))
    model = SentenceTransformer(modules=[module], device="cpu")
    optimiser = RowAdam(module.embedding.weight)
    checkpoint = work / "checkpoint.pt"
    done = _resume(checkpoint, module, optimiser, recipe)
    steps = total_steps(pairs, recipe)
    started = time.monotonic()
    running = 0.0
    for step, (side_a, side_b, repeats) in enumerate(batches(pairs, recipe)):
        if step < done:
            continue
        vectors_a, vectors_b = (module(side)["sentence_embedding"] for side in (side_a, side_b))
        loss = symmetric_loss(vectors_a, vectors_b, recipe.temperature, repeats)
        torch.autograd.backward(loss)
        optimiser.step(recipe.learning_rate * _schedule(step, steps, recipe.warmup))
        running += float(loss.detach())
        if (step + 1) % 50 == 0:
            log.info("step %d/%d loss %.4f %.0f s", step + 1, steps, running / 50, time.monotonic() - started)
            running = 0.0
        if (step + 1) % CHECKPOINT_STEPS == 0:
            _checkpoint(checkpoint, step + 1, module, optimiser, recipe)
    module.embedding.sparse = False
    return model


def _schedule(step: int, steps: int, warmup: float) -> float:
    """Linear warm-up, then a linear fall to zero; a factor of the learning rate."""
    rise = max(1.0, warmup * steps)
    return min((step + 1) / rise, max(0.0, (steps - step) / max(1.0, steps - rise)))


def _checkpoint(path: Path, step: int, module: StaticEmbedding, optimiser: RowAdam, recipe: Recipe) -> None:
    """Write the state to a temporary name, then rename: a cut run never leaves half a file."""
    state = {
        "step": step,
        "recipe": json.dumps(asdict(recipe)),
        "weight": module.embedding.weight.data,
        "first": optimiser.first,
        "second": optimiser.second,
        "steps": optimiser.steps,
    }
    partial = path.with_suffix(".partial")
    torch.save(state, partial)
    partial.replace(path)


def _resume(path: Path, module: StaticEmbedding, optimiser: RowAdam, recipe: Recipe) -> int:
    """Load a checkpoint of the same recipe; return the number of steps already done."""
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    if state["recipe"] != json.dumps(asdict(recipe)):
        log.warning("%s belongs to another recipe and is ignored", path)
        return 0
    module.embedding.weight.data.copy_(state["weight"])
    for name in ("first", "second", "steps"):
        getattr(optimiser, name).copy_(state[name])
    return int(state["step"])
