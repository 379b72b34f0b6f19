"""Train the critic, which tells for each word of one version whether the other lacks it.

The network reads the similarities of static word vectors, of neighbourhoods of words (a convolution over them), and
what a word finds when it looks for itself in the other version (soft attention); a stack of convolutions along the
words then decides. It is small enough for numpy at run time (:mod:`transcheck.checks.critic`).
"""

from __future__ import annotations

import logging
import math
import pickle
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.calibrate import reserved
from training.corpus import Pair
from training.critic_data import LIMITS, Example, Side, example, join, read_sides
from transcheck.encode.embedded import read_safetensors
from transcheck.types import Encoder

log = logging.getLogger("training.critic")

NEIGHBOURHOOD = 64
"""Dimensions of the vector of a word among its neighbours."""
HIDDEN = 96
LOOKS = 14
"""Figures of how a word finds itself in the other version; see :meth:`Critic.looks`."""
NOTHING = -1e4
STEPS = 5500
BATCH = 96
BLOCK = 20
"""Neighbouring pairs that are taken together, so that a passage can be made of several."""


class Critic(nn.Module):
    """Logits [batch, words of a] that b lacks the word, and logits [batch] that b lacks anything of a."""

    def __init__(self, table: NDArray[np.float32]) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag.from_pretrained(torch.from_numpy(table), mode="sum", freeze=True)
        self.near = nn.Conv1d(table.shape[1] + 3, NEIGHBOURHOOD, 3, padding=1)
        self.small = nn.Linear(NEIGHBOURHOOD, 32)
        self.scale = nn.Parameter(torch.tensor([8.0, 4.0, 3.0]))
        self.enter = nn.Linear(LOOKS + 6 + 4 * 32, HIDDEN)
        self.along = nn.ModuleList([nn.Conv1d(HIDDEN, HIDDEN, 5, padding=2) for _ in range(3)])
        self.leave = nn.Linear(HIDDEN, 1)
        self.row = nn.Sequential(nn.Linear(2 * HIDDEN, 32), nn.ReLU(), nn.Linear(32, 1))

    def side(self, batch: Batch, which: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Unit word vectors, unit neighbourhood vectors, places in the text (0 to 1), log salience."""
        sums = self.table(batch.ids[which], batch.offsets[which])
        length = sums.norm(dim=-1, keepdim=True).clamp_min(1e-6)
        count, longest = batch.masks[which].shape
        unit = torch.zeros(count, longest, sums.shape[1])
        salience = torch.zeros(count, longest)
        unit[batch.masks[which]] = sums / length
        salience[batch.masks[which]] = length.log()[:, 0]
        lang = functional.one_hot(batch.langs[:, which], 3).float()[:, None, :].expand(-1, longest, -1)
        lang = lang * batch.masks[which][:, :, None]
        near = self.near(torch.cat([unit, lang], dim=2).transpose(1, 2)).transpose(1, 2)
        near = functional.normalize(near, dim=-1) * batch.masks[which][:, :, None]
        total = batch.masks[which].sum(dim=1, keepdim=True).float()
        place = (torch.arange(longest)[None, :] + 0.5) / total
        return unit, near, place, salience

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """See the class."""
        a, near_a, place_a, salience = self.side(batch, 0)
        b, near_b, place_b, salience_b = self.side(batch, 1)
        mask_a, mask_b = batch.masks
        cosine, close = a @ b.transpose(1, 2), near_a @ near_b.transpose(1, 2)
        apart = (place_a[:, :, None] - place_b[:, None, :]).abs()
        score = self.scale[0] * cosine + self.scale[1] * close - self.scale[2] * apart
        both = mask_a[:, :, None] & mask_b[:, None, :]
        there = torch.softmax(score.masked_fill(~both, NOTHING), dim=2)
        back = torch.softmax(score.masked_fill(~both, NOTHING), dim=1)
        looks = self.looks(cosine, close, score, there, back, place_a, place_b, both)
        sizes = mask_a.sum(1).float(), mask_b.sum(1).float()
        longer = (sizes[0] / sizes[1]).log()[:, None].expand_as(place_a)
        weight = (salience.exp() * mask_a).sum(1), (salience_b.exp() * mask_b).sum(1)
        heavier = (weight[0] / weight[1].clamp_min(1e-6)).clamp_min(1e-6).log()[:, None].expand_as(place_a)
        size = sizes[0].log()[:, None].expand_as(place_a)
        own = torch.stack([salience, batch.content, place_a, longer, heavier, size], dim=2)
        seen = there @ near_b
        mine, other = self.small(near_a), self.small(seen)
        parts = [looks, own, mine, other, mine * other, (mine - other).abs()]
        x = torch.relu(self.enter(torch.cat(parts, dim=2))) * mask_a[:, :, None]
        for layer in self.along:
            x = (x + torch.relu(layer(x.transpose(1, 2)).transpose(1, 2))) * mask_a[:, :, None]
        words = self.leave(x)[:, :, 0]
        top = x.masked_fill(~mask_a[:, :, None], 0.0).amax(dim=1)
        mean = x.sum(dim=1) / sizes[0][:, None]
        return words, self.row(torch.cat([top, mean], dim=1))[:, 0]

    def looks(
        self,
        cosine: Tensor,
        close: Tensor,
        score: Tensor,
        there: Tensor,
        back: Tensor,
        place_a: Tensor,
        place_b: Tensor,
        both: Tensor,
    ) -> Tensor:
        """Figures [batch, words of a, LOOKS] of how a word finds itself in the other version."""
        hidden = cosine.masked_fill(~both, -1.0), close.masked_fill(~both, -1.0)
        two = hidden[0].topk(min(2, hidden[0].shape[2]), dim=2).values
        first, second = two[:, :, 0], two[:, :, -1]
        close_best = hidden[1].amax(dim=2)
        best = score.masked_fill(~both, NOTHING).argmax(dim=2, keepdim=True)
        rival = hidden[0].amax(dim=1)
        rival_close = hidden[1].amax(dim=1)
        chosen, chosen_close = cosine.gather(2, best)[:, :, 0], close.gather(2, best)[:, :, 0]
        at_best = rival.gather(1, best[:, :, 0]), rival_close.gather(1, best[:, :, 0])
        received = (back * both).sum(dim=2)
        returned = (there * back * both).sum(dim=2)
        expected = (there * place_b[:, None, :]).sum(dim=2)
        sharp = (there * both).amax(dim=2)
        spread = -(there.clamp_min(1e-9).log() * there * both).sum(dim=2)
        soft = (there * cosine).sum(dim=2)
        soft_close = (there * close).sum(dim=2)
        return torch.stack(
            [
                first,
                first - second,
                close_best,
                chosen,
                chosen_close,
                chosen - at_best[0],
                chosen_close - at_best[1],
                received,
                returned,
                expected - place_a,
                sharp,
                spread,
                soft,
                soft_close,
            ],
            dim=2,
        )


class Batch:
    """Examples padded to a common length; the word lists of the two sides are flat."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.ids, self.offsets, self.masks = [], [], []
        for which in (0, 1):
            words = [w for e in examples for w in (e.a, e.b)[which]]
            sizes = [len((e.a, e.b)[which]) for e in examples]
            self.ids.append(torch.from_numpy(np.concatenate(words).astype(np.int64)))
            ends = np.cumsum([0, *(len(w) for w in words)])[:-1]
            self.offsets.append(torch.from_numpy(ends.astype(np.int64)))
            self.masks.append(torch.arange(max(sizes))[None, :] < torch.tensor(sizes)[:, None])
        self.langs = torch.tensor([e.langs for e in examples])
        shape = self.masks[0].shape
        self.content, self.missing, self.weight = (torch.zeros(shape) for _ in range(3))
        for index, e in enumerate(examples):
            size = len(e.a)
            self.content[index, :size] = torch.from_numpy(e.content[0].astype(np.float32))
            self.missing[index, :size] = torch.from_numpy(e.missing)
            self.weight[index, :size] = torch.from_numpy(e.weight)
        self.any = torch.tensor([float((e.missing * e.weight).sum() > 0) for e in examples])


class Sampler:
    """Endless damaged examples: one to three neighbouring pairs joined, in a random direction."""

    def __init__(self, pairs: Sequence[tuple[str, Side, Side]], seed: int) -> None:
        self.pairs = pairs
        self.rng = np.random.default_rng(seed)
        self.places: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for index, (source, a, b) in enumerate(pairs):
            self.places[source, a.lang, b.lang].append(index)
        self.group = {i: (key, at) for key, found in self.places.items() for at, i in enumerate(found)}

    def draw(self, kind: str | None = None) -> Example:
        """Return one example."""
        key, at = self.group[int(self.rng.integers(len(self.pairs)))]
        there = self.places[key]
        count = int(self.rng.choice([1, 2, 3], p=[0.6, 0.25, 0.15]))
        chosen = [self.pairs[i] for i in there[at : at + count]]
        other = self.pairs[there[min(len(there) - 1, max(0, at + int(self.rng.integers(-6, 9))))]]
        if other[1] in [c[1] for c in chosen]:
            other = self.pairs[there[int(self.rng.integers(len(there)))]]
        a, b = [c[1] for c in chosen], [c[2] for c in chosen]
        donor = other[1], other[2]
        if self.rng.random() < 0.5:
            a, b, donor = b, a, (donor[1], donor[0])
        return example(join(a, b), join(b, a), donor, self.rng, kind)

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield batches of examples of like length."""
        while True:
            found = sorted((self.draw() for _ in range(size * 8)), key=lambda e: len(e.a) + len(e.b))
            for k in self.rng.permutation(8):
                yield Batch(found[k * size : (k + 1) * size])


def loss_of(model: Critic, batch: Batch) -> Tensor:
    """Weighted cross-entropy of the words plus that of the rows."""
    words, rows = model(batch)
    each = functional.binary_cross_entropy_with_logits(words, batch.missing, weight=batch.weight, reduction="sum")
    whole = functional.binary_cross_entropy_with_logits(rows, batch.any)
    return each / batch.weight.sum().clamp_min(1.0) + 0.3 * whole


def train(model: Critic, sampler: Sampler, steps: int, size: int, checkpoint: Path, every: int = 200) -> None:
    """Train in place with Adam, the learning rate falling as a cosine; resumes from what is kept ``every`` steps."""
    learnt = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=2e-3, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / 200) * (0.5 + 0.5 * math.cos(math.pi * min(1.0, s / steps)))
    )
    first = 0
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"], strict=False)
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["step"]
        sampler.rng = np.random.default_rng([1, first])
    total, started = 0.0, time.time()
    for step, batch in zip(range(first, steps), sampler.batches(size), strict=False):
        loss = loss_of(model, batch)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimiser.step()
        schedule.step()
        total += float(loss.detach())
        if (step + 1) % every == 0:
            log.info("step %d loss %.4f, %.2f s a step", step + 1, total / every, (time.time() - started) / every)
            total, started = 0.0, time.time()
            state = {k: v for k, v in model.state_dict().items() if not k.startswith("table")}
            torch.save(
                {
                    "model": state,
                    "optimiser": optimiser.state_dict(),
                    "schedule": schedule.state_dict(),
                    "step": step + 1,
                },
                checkpoint,
            )


def export(model: Critic, path: Path) -> None:
    """Write the weights, float16, for numpy."""
    arrays = {k: v.numpy().astype(np.float16) for k, v in model.state_dict().items() if not k.startswith("table")}
    np.savez_compressed(path, **arrays)


def prepare(pairs: Sequence[Pair], encoder: Encoder, vocabulary: Tokenizer) -> list[tuple[str, Side, Side]]:
    """Read the sides of as many pairs of each source as ``critic_data.LIMITS`` says, in blocks of neighbours."""
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.source in LIMITS:
            by_source[pair.source].append(pair)
    found: list[tuple[str, Side, Side]] = []
    for source, all_pairs in by_source.items():
        step = max(1, len(all_pairs) // LIMITS[source])
        chosen = [p for i, p in enumerate(all_pairs) if (i // BLOCK) % step == 0]
        found += read_sides(chosen[: LIMITS[source]], encoder, vocabulary)
        log.info("%s: %d pairs read", source, len(found))
    return found


def make(pairs: Sequence[Pair], encoder: Encoder, model: Path, work: Path, out: Path, threads: int) -> None:
    """Prepare, train and write the packaged weights; ``model`` is the folder of the packaged static encoder.

    Texts that limits and probabilities are fitted on are left out.
    """
    kept_away = reserved(pairs)
    pairs = [p for p in pairs if p.text_a not in kept_away and p.text_b not in kept_away]
    vocabulary = Tokenizer.from_file(str(model / "tokenizer.json"))
    prepared = work / "critic.pickle"
    if not prepared.exists():
        prepared.write_bytes(pickle.dumps(prepare(pairs, encoder, vocabulary)))
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    critic = Critic(static_table(model))
    train(critic, Sampler(pickle.loads(prepared.read_bytes()), seed=1), STEPS, BATCH, work / "critic.pt")
    export(critic, out)


def static_table(model: Path) -> NDArray[np.float32]:
    """Return the weighted subword vectors of a packaged static encoder, float32 [subwords, dim]."""
    tensors = read_safetensors(model / "model.safetensors")
    rows, weights = tensors["embeddings"].astype(np.float32), tensors["weights"].astype(np.float32)
    table: NDArray[np.float32] = rows * weights[:, None]
    return table
