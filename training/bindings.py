"""Train the bindings: which word stands with which, the part of a sentence's vector that sees who did what to whom.

A sum of word vectors cannot tell "Anna hit Boris" from "Boris hit Anna". The bindings are a sum over subwords of the
elementwise product of what a subword is with what stands around it, both projected (a low-rank form of Smolensky's
tensor products, 1990; pooling by Hadamard products after Kim et al. 2017). What stands around it are the static vectors
of its neighbours, weighted by distance and side, and, once the contextual layers are trained beside it, their output.

This step trains the static half alone, which takes minutes: in-batch contrast, and damaged translations, of which
exchanged roles are the most.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn.functional import normalize, softplus

from training import static
from training.batches import Corpus
from training.contrast import related
from training.corpus import Pair
from training.damage import Damage

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the result.

    ``reach`` is how many subwords before and behind one stand around it; ``pairs`` are drawn, of which the texts of at
    most ``max_tokens`` subwords are damaged; the learning rate falls to zero over the last ``decay`` of the steps.
    """

    dimensions: int = 384
    reach: int = 8
    steps: int = 500
    batch: int = 512
    pairs: int = 300_000
    max_tokens: int = 64
    rate: float = 3e-3
    warmup: int = 50
    decay: float = 0.5
    temperature: float = 0.05
    seed: int = 20261126


class Bindings(torch.nn.Module):
    """Projections of the bindings: of static rows [s] (``left``, ``right``), of the layers' output [h] (``role``).

    ``near`` float32 [2 reach, d] holds the weights of the neighbours, from ``reach`` before a subword to ``reach``
    behind it.
    """

    def __init__(self, static_width: int, width: int, dimensions: int, reach: int) -> None:
        super().__init__()
        self.reach = reach
        self.left = torch.nn.Parameter(torch.randn(static_width, dimensions) / static_width**0.5)
        self.right = torch.nn.Parameter(torch.randn(static_width, dimensions) / static_width**0.5)
        distances = torch.tensor([[1 / abs(o)] for o in self.offsets()])
        self.near = torch.nn.Parameter(distances * (1 + 0.5 * torch.randn(2 * reach, dimensions)))
        self.role = torch.nn.Parameter(torch.zeros(width, dimensions))

    def offsets(self) -> list[int]:
        """Return the places of the neighbours, as ``near`` has them."""
        return [o for o in range(-self.reach, self.reach + 1) if o]

    def forward(self, rows: torch.Tensor, hidden: torch.Tensor | None = None) -> torch.Tensor:
        """Return unit vectors [n, d] of texts given by static rows [n, t, s], zero at padding, and hidden [n, t, h]."""
        left, right = rows @ self.left, rows @ self.right
        length = left.shape[1]
        total = (left * (hidden @ self.role)).sum(1) if hidden is not None else torch.zeros_like(left[:, 0])
        for weights, o in zip(self.near, self.offsets(), strict=True):
            if abs(o) < length:
                here, there = slice(max(0, -o), length - max(0, o)), slice(max(0, o), length + min(0, o))
                total = total + (left[:, here] * right[:, there]).sum(1) * weights
        return normalize(total, dim=1)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text in the place of side ``side`` (0 or 1) of pair ``index``."""

    index: int
    side: int
    ids: list[int]


def damaged_texts(
    pairs: Sequence[Pair], indices: Ints, damage: Damage, vocabulary: Tokenizer, recipe: Recipe, processes: int
) -> dict[int, list[Damaged]]:
    """Return damaged texts of the pairs at ``indices`` [m], m > 0, by index: roles where they can be exchanged, else
    now and then another kind."""
    parts = [(part, [pairs[i] for i in part]) for part in np.array_split(indices, max(1, len(indices) // 2000))]
    with get_context("fork").Pool(processes, _begin, (damage, vocabulary, recipe)) as pool:
        found = [d for part in pool.imap(_damage_part, parts) for d in part]
    by_index: dict[int, list[Damaged]] = {}
    for d in found:
        by_index.setdefault(d.index, []).append(d)
    return by_index


_given: tuple[Damage, Tokenizer, Recipe]
"""What every process of the pool works with: too large to be sent with every part."""


def _begin(*given: Any) -> None:
    global _given
    _given = given


def _damage_part(part: tuple[Ints, list[Pair]]) -> list[Damaged]:
    (indices, pairs), (damage, vocabulary, recipe) = part, _given
    rng = random.Random(f"{recipe.seed} {indices[0]}")
    made = [
        (int(index), side, text)
        for index, p in zip(indices, pairs, strict=True)
        for side, (text_of, lang) in enumerate(((p.text_a, p.lang_a), (p.text_b, p.lang_b)))
        if (text := damage.likely(text_of, lang, rng))
    ]
    encodings = vocabulary.encode_batch_fast([text for *_, text in made], add_special_tokens=False)
    return [
        Damaged(index, side, e.ids[: recipe.max_tokens])
        for (index, side, _), e in zip(made, encodings, strict=True)
        if e.ids
    ]


def batches(tokens: static.TokenisedPairs, drawn: Ints, recipe: Recipe) -> Iterator[Ints]:
    """Yield batches of the pairs ``drawn`` [m] for ever, int64 [n] each, of like length."""
    rng = np.random.default_rng(recipe.seed)
    lengths = np.maximum(np.diff(tokens.offsets_a), np.diff(tokens.offsets_b))
    while True:
        order = rng.permutation(drawn)
        for at in range(0, len(order), 64 * recipe.batch):
            block = order[at : at + 64 * recipe.batch]
            block = block[np.argsort(lengths[block], kind="stable")]
            cuts = range(0, len(block), recipe.batch)
            for i in rng.permutation(len(cuts)):
                yield block[cuts[i] : cuts[i] + recipe.batch]


def static_length(rows: Floats) -> float:
    """Return the mean length of static rows [n, s]."""
    return float(np.linalg.norm(rows, axis=1).mean())


def scaled(rows: Floats) -> torch.Tensor:
    """Return static rows [n, s] of mean length 1, and a zero row behind them."""
    zero = np.zeros((1, rows.shape[1]), dtype=np.float32)
    return torch.from_numpy(np.concatenate([rows / np.float32(static_length(rows)), zero]))


def train(
    corpus: Corpus,
    vocabulary: Tokenizer,
    rows: Floats,
    damage: Damage,
    width: int,
    recipe: Recipe,
    threads: int,
) -> Bindings:
    """Train over static ``rows`` float32 [n, s] of ``vocabulary`` and return the bindings.

    Pairs are drawn by the weights of ``corpus``. ``width`` is that of the layers whose output the bindings will read;
    nothing of it is learnt here.
    """
    torch.manual_seed(recipe.seed)
    bindings = Bindings(rows.shape[1], width, recipe.dimensions, recipe.reach)
    rng = np.random.default_rng(recipe.seed)
    chance = corpus.weights / corpus.weights.sum()
    drawn = np.unique(rng.choice(len(chance), recipe.pairs, p=chance))
    hard = damaged_texts(corpus.pairs, drawn, damage, vocabulary, recipe, threads)
    table = scaled(rows)
    optimiser = torch.optim.Adam([p for n, p in bindings.named_parameters() if n != "role"], lr=recipe.rate)
    started, total = time.monotonic(), 0.0
    for step, indices in zip(range(recipe.steps), batches(corpus.tokens, drawn, recipe), strict=False):
        fall = (recipe.steps - step) / (recipe.decay * recipe.steps)
        for group in optimiser.param_groups:
            group["lr"] = recipe.rate * min((step + 1) / recipe.warmup, 1.0, fall)
        loss = _loss(bindings, table, corpus, indices, hard, recipe)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
        total += float(loss.detach())
        if (step + 1) % 100 == 0:
            log.info("bindings %d/%d %.4f %.0f s", step + 1, recipe.steps, total / 100, time.monotonic() - started)
            total = 0.0
    return bindings


def _loss(
    bindings: Bindings,
    table: torch.Tensor,
    corpus: Corpus,
    indices: Ints,
    hard: dict[int, list[Damaged]],
    recipe: Recipe,
) -> torch.Tensor:
    """Contrast of the bindings alone and beside the static vectors, and the same two for damaged translations."""

    def read(ids: list[list[int]]) -> torch.Tensor:
        given = table[padded(ids, len(table) - 1)]
        return torch.cat([bindings(given), normalize(given.sum(1), dim=1)], 1)

    d, tokens = bindings.left.shape[1], corpus.tokens
    a, b = (
        read([flat[offsets[i] : offsets[i + 1]].tolist() for i in indices])
        for flat, offsets in ((tokens.flat_a, tokens.offsets_a), (tokens.flat_b, tokens.offsets_b))
    )
    marks = corpus.marks(indices)
    repeats = torch.nonzero(related(marks, marks).fill_diagonal_(False)).numpy()
    loss = static.symmetric_loss(a[:, :d], b[:, :d], recipe.temperature, repeats) / 4
    loss = loss + static.symmetric_loss(a, b, recipe.temperature, repeats) / 2
    wrong = [(at, w) for at, i in enumerate(indices) for w in hard.get(int(i), ())]
    if wrong:
        c = read([w.ids for _, w in wrong])
        at = torch.tensor([at for at, _ in wrong])
        kept = torch.where(torch.tensor([w.side == 1 for _, w in wrong])[:, None], a[at], b[at])
        excess = kept * c - a[at] * b[at]
        alone, both = excess[:, :d].sum(1), excess.sum(1) / 2
        loss = loss + softplus(torch.stack([alone, both]) / recipe.temperature).mean(1).sum()
    return loss


def padded(ids: Sequence[Sequence[int]], padding: int) -> torch.Tensor:
    """Return texts' subwords, int64 [n, t], with ``padding`` behind the shorter ones."""
    longest = max(len(i) for i in ids)
    out = np.full((len(ids), longest), padding, dtype=np.int64)
    for row, one in zip(out, ids, strict=True):
        row[: len(one)] = one
    return torch.from_numpy(out)


def from_state(state: dict[str, torch.Tensor]) -> Bindings:
    """Return bindings with these parameters."""
    (static_width, dimensions), width = state["left"].shape, len(state["role"])
    bindings = Bindings(static_width, width, dimensions, len(state["near"]) // 2)
    bindings.load_state_dict(state)
    return bindings


def load(path: Path) -> Bindings:
    """Return bindings that :func:`save` wrote.

    Raises:
        ValueError: when the file holds something else.
    """
    try:
        return from_state(torch.load(path, weights_only=True))
    except (KeyError, RuntimeError) as error:
        raise ValueError(f"{path} holds no bindings ({error}); delete it to have them trained anew") from error


def save(bindings: Bindings, path: Path) -> None:
    """Write ``bindings`` to ``path``, under another name first: a cut run never leaves half a file."""
    partial = path.with_suffix(".partial")
    torch.save(bindings.state_dict(), partial)
    partial.replace(path)
