"""Train the critic: which words of two versions say the same, which are missing or changed, and whether the row drifts.

The words of both versions stand in one sequence. Each brings its static and its contextual vector and what it finds
when it looks for itself in the other version (soft attention in the manner of SimAlign's mutual matches, Jalili Sabet
et al. 2020); attention layers follow whose scores are biased by the similarities of each two words, so that the
alignment is given and only what it means is learnt. ``transcheck/checks/drift.py`` runs the same network by numpy.
"""

from __future__ import annotations

import itertools
import json
import logging
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from training.corpus import Pair
from training.critic import static_table
from training.drift_damage import KINDS
from training.drift_data import UNKNOWN, prepare
from training.drift_judged import prepare as prepare_judged
from training.drift_near import prepare as prepare_near
from training.drift_written import prepare as prepare_written
from transcheck.encode.contextual import ContextualEncoder
from transcheck.text import translations
from transcheck.types import LANGS, Lang

log = logging.getLogger("training.drift")

WIDTH, HEADS, LAYERS, INNER, SMALL, PAIRED = 96, 4, 3, 256, 48, 144
LOOKS, OWN, BETWEEN = 20, 12, 11
BATCH = 64
LAMBDA_ROW, LAMBDA_KIND, LAMBDA_QUALITY = 0.5, 0.2, 0.3
BLIND = 0.12
"""Share of batches without contextual vectors: the network also serves the static encoder."""
FORGOTTEN = 0.06
"""Share of words that the table of translations is made not to know, so that a missing entry is not trusted too much:
the table is learnt from the same pairs.
"""
SPACE = "▁"
"""What stands for the space before a word in the pieces of the vocabulary."""
JOINED = 0.12
"""Share of examples put together with another one, as rows of two sentences are."""
QUALITY = 0.22
"""Share of batches with judgements of machine translations."""
SHARES = {"made": 0.2, "written": 0.55, "near": 0.25}
"""Shares of the batches with drifts: those made by rule, those that people wrote, and texts nearly the same."""
STEPS = 20000
AVERAGED = 0.998
"""What the moving average of the weights keeps of itself at each step; the average is what is packaged, which sees
more than the weights that it is of.
"""
DROPPED = 0.15
"""Share of what enters and leaves the layers that is dropped in training: each pair is read many times."""
NOTHING = -1e4


class Keys:
    """Keys of the table of translations for words given as subwords of a packaged static encoder; each is made once."""

    def __init__(self, model: Path) -> None:
        stored = json.loads((model / "tokenizer.json").read_text(encoding="utf-8"))
        self._pieces = [piece for piece, _ in stored["model"]["vocab"]]
        self._known: dict[tuple[bytes, Lang], int] = {}

    def __call__(self, words: Sequence[NDArray[np.int32]], lang: Lang) -> NDArray[np.uint64]:
        """Return the keys of words of one language [n]."""
        return np.array([self._key(word, lang) for word in words], np.uint64)

    def _key(self, word: NDArray[np.int32], lang: Lang) -> int:
        entry = word.tobytes(), lang
        if entry not in self._known:
            text = "".join(self._pieces[i] for i in word).replace(SPACE, "")
            self._known[entry] = int(translations.keys([text], lang)[0])
        return self._known[entry]


@dataclass(slots=True, eq=False)
class Shard:
    """Examples as :func:`training.drift_data.save` writes them, in memory.

    ``keys`` [words] are those of the table of translations, ``scores`` [examples] judgements of quality, NaN where
    there are none.
    """

    lang: NDArray[np.int8]
    words: NDArray[np.int64]
    keys: NDArray[np.uint64]
    ids: NDArray[np.int32]
    subwords: NDArray[np.int64]
    context: NDArray[np.int8]
    flags: NDArray[np.int8]
    pairs: NDArray[np.int32]
    labels: NDArray[np.int8]
    starts: NDArray[np.int64]
    scores: NDArray[np.float32]

    @classmethod
    def load(cls, path: Path, keys: Keys) -> Shard:
        """Read a file."""
        stored = np.load(path)
        words, pairs = stored["words"], stored["pairs"]
        counts = np.diff(words)
        subwords = np.concatenate([[0], np.cumsum(stored["subwords"].astype(np.int64))])
        lengths = counts[pairs[:, 0]] + counts[pairs[:, 1]]
        scores = stored["scores"] if "scores" in stored else np.full(len(pairs), np.nan, np.float32)
        return cls(
            stored["lang"],
            words,
            keys_of(stored["ids"], subwords, np.repeat(stored["lang"], counts), keys),
            stored["ids"],
            subwords,
            stored["context"],
            stored["flags"],
            pairs,
            stored["labels"],
            np.concatenate([[0], np.cumsum(lengths)]),
            scores.astype(np.float32),
        )

    def size(self, example: int) -> int:
        """Words of both sides."""
        return int(self.starts[example + 1] - self.starts[example])


def keys_of(
    ids: NDArray[np.int32], subwords: NDArray[np.int64], langs: NDArray[np.int8], keys: Keys
) -> NDArray[np.uint64]:
    """Return the keys of words, given where their subwords begin [words + 1] and their languages [words]."""
    found = np.zeros(len(langs), np.uint64)
    words = [ids[a:b] for a, b in itertools.pairwise(subwords)]
    for number, lang in enumerate(LANGS):
        at = np.flatnonzero(langs == number)
        found[at] = keys([words[i] for i in at], lang)
    return found


@dataclass(slots=True, eq=False)
class Batch:
    """Examples side by side; words of both versions in one padded sequence [examples, longest].

    ``ids``/``offsets`` are static subwords of the words that ``mask`` marks; ``side`` is 0 or 1; ``rates`` [examples,
    longest, longest] is how often the one word is translated by the other, ``familiar`` how well its stem is known, and
    ``listed`` whether its renderings were written down.
    """

    ids: Tensor
    offsets: Tensor
    context: Tensor
    rates: Tensor
    familiar: Tensor
    listed: Tensor
    mask: Tensor
    side: Tensor
    lang: Tensor
    content: Tensor
    capital: Tensor
    index: Tensor
    count: Tensor
    labels: Tensor
    kinds: Tensor
    scores: Tensor


def collate(members: list[list[tuple[Shard, int]]], turned: Sequence[bool] = ()) -> Batch:
    """Put examples, each one or more joined, into a batch; those ``turned`` with their sides exchanged."""
    rows = []
    for number, parts in enumerate(members):
        first = int(bool(turned) and turned[number])
        sides: list[list[tuple[Shard, int]]] = [[], []]
        labels: list[list[NDArray[np.int8]]] = [[], []]
        for shard, e in parts:
            a, b, _ = shard.pairs[e]
            cut = shard.starts[e] + shard.words[a + 1] - shard.words[a]
            for s, (text, lab) in enumerate(
                ((a, shard.labels[shard.starts[e] : cut]), (b, shard.labels[cut : shard.starts[e + 1]]))
            ):
                sides[s ^ first].append((shard, int(text)))
                labels[s ^ first].append(lab)
        rows.append((sides, labels, parts[-1]))
    sizes = [[sum(int(s.words[t + 1] - s.words[t]) for s, t in side) for side in sides] for sides, _, _ in rows]
    longest = max(a + b for a, b in sizes)
    shape = (len(rows), longest)
    width = rows[0][0][0][0][0].context.shape[1]
    context = np.zeros((*shape, width), np.float32)
    mask, side = np.zeros(shape, bool), np.zeros(shape, np.int64)
    lang, flags = np.zeros(shape, np.int64), np.zeros(shape, np.int8)
    index, count = np.zeros(shape, np.float32), np.ones(shape, np.float32)
    known = np.full(shape, UNKNOWN, np.int64)
    keys = np.zeros(shape, np.uint64)
    ids, lengths = [], []
    for i, (sides, labels, _) in enumerate(rows):
        at = 0
        for s in (0, 1):
            begin = at
            for (shard, t), lab in zip(sides[s], labels[s], strict=True):
                w0, w1 = int(shard.words[t]), int(shard.words[t + 1])
                n = w1 - w0
                context[i, at : at + n] = shard.context[w0:w1]
                flags[i, at : at + n] = shard.flags[w0:w1]
                lang[i, at : at + n] = shard.lang[t]
                known[i, at : at + n] = lab
                keys[i, at : at + n] = shard.keys[w0:w1]
                ids.append(shard.ids[shard.subwords[w0] : shard.subwords[w1]])
                lengths.append(np.diff(shard.subwords[w0 : w1 + 1]))
                at += n
            side[i, begin:at] = s
            mask[i, begin:at] = True
            index[i, begin:at] = np.arange(at - begin)
            count[i, begin:at] = at - begin
    offsets = np.concatenate([[0], np.cumsum(np.concatenate(lengths))])[:-1]
    rates, familiar, listed = looked_up(keys, side, mask, lang)
    kinds = [max(int(s.pairs[e][2]) for s, e in parts) for parts in members]
    scores = [float(parts[-1][0].scores[parts[-1][1]]) for parts in members]
    return Batch(
        torch.from_numpy(np.concatenate(ids).astype(np.int64)),
        torch.from_numpy(offsets),
        functional.normalize(torch.from_numpy(context), dim=-1),
        torch.from_numpy(rates),
        torch.from_numpy(familiar),
        torch.from_numpy(listed),
        torch.from_numpy(mask),
        torch.from_numpy(side),
        torch.from_numpy(lang),
        torch.from_numpy((flags & 1).astype(np.float32)),
        torch.from_numpy((flags >> 1).astype(np.float32)),
        torch.from_numpy(index),
        torch.from_numpy(count),
        torch.from_numpy(known),
        torch.tensor(kinds),
        torch.tensor(scores),
    )


def looked_up(
    keys: NDArray[np.uint64], side: NDArray[np.int64], mask: NDArray[np.bool_], lang: NDArray[np.int64]
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Return rates [b, n, n], familiarity [b, n] and what is listed [b, n] of padded rows; each side of a row is in one
    language.
    """
    rates = np.zeros((*keys.shape, keys.shape[1]), np.float32)
    familiar, listed = np.zeros(keys.shape, np.float32), np.zeros(keys.shape, np.float32)
    for row in range(len(keys)):
        a, b = (np.flatnonzero(mask[row] & (side[row] == s)) for s in (0, 1))
        here, there = LANGS[lang[row, a[0]]], LANGS[lang[row, b[0]]]
        to, back = translations.rates(keys[row, a], keys[row, b], here, there)
        rates[row, a[0] : a[-1] + 1, b[0] : b[-1] + 1] = to
        rates[row, b[0] : b[-1] + 1, a[0] : a[-1] + 1] = back.T
        for at, other in ((a, there), (b, here)):
            familiar[row, at] = translations.familiar(keys[row, at], other)
            listed[row, at] = translations.listed(keys[row, at], other)
    return rates, familiar, listed


class Layer(nn.Module):
    """Attention with given biases, then a feed-forward step; both residual, normalised before."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.some = nn.Dropout(DROPPED)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """``x`` [b, n, WIDTH], ``bias`` [b, HEADS, n, n]."""
        b, n, _ = x.shape
        q, k, v = self.qkv(self.norm1(x)).view(b, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        x = x + self.some(self.out(mixed.transpose(1, 2).reshape(b, n, WIDTH)))
        out: Tensor = x + self.some(self.down(torch.relu(self.up(self.norm2(x)))))
        return out


class Network(nn.Module):
    """See the module. Returns word logits [b, n, 5] (kept, missing, changed; for judgements of machine translations:
    not rendered, wrong) and row logits [b, 2 + kinds] (drift, quality, kind of drift with none first).
    """

    def __init__(self, table: NDArray[np.float32], context: int) -> None:
        super().__init__()
        self.table = nn.EmbeddingBag.from_pretrained(torch.from_numpy(table), mode="sum", freeze=True)
        self.near = nn.Conv1d(table.shape[1] + 3, SMALL, 3, padding=1)
        self.small = nn.Linear(context + SMALL, PAIRED)
        self.scale = nn.Parameter(torch.tensor([8.0, 4.0, 4.0, 3.0, 2.0]))
        self.static = nn.Linear(table.shape[1], WIDTH, bias=False)
        self.context = nn.Linear(context, WIDTH, bias=False)
        self.enter = nn.Linear(LOOKS + OWN + 4 * PAIRED, WIDTH)
        self.bias = nn.Linear(BETWEEN, HEADS * LAYERS)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.norm = nn.LayerNorm(WIDTH)
        self.words = nn.Linear(WIDTH, 5)
        self.some = nn.Dropout(DROPPED)
        self.row = nn.Sequential(nn.Linear(4 * WIDTH, 96), nn.ReLU(), nn.Linear(96, 3 + len(KINDS)))

    def forward(self, batch: Batch, blind: bool = False, forgotten: float = 0.0) -> tuple[Tensor, Tensor]:
        """Run the network; ``blind``: without contextual vectors; ``forgotten``: share of words not in the table."""
        mask, side = batch.mask, batch.side
        sums = self.table(batch.ids, batch.offsets)
        length = sums.norm(dim=-1, keepdim=True).clamp_min(1e-6)
        unit = torch.zeros(*mask.shape, sums.shape[1])
        salience = torch.zeros(mask.shape)
        unit[mask] = sums / length
        salience[mask] = length.log()[:, 0]
        context = torch.zeros_like(batch.context) if blind else batch.context
        tongue = functional.one_hot(batch.lang, 3).float() * mask[:, :, None]
        near = self._near(torch.cat([unit, tongue], dim=2), batch)
        place = (batch.index + 0.5) / batch.count
        cross = (side[:, :, None] != side[:, None, :]) & mask[:, :, None] & mask[:, None, :]
        cos, deep, close = unit @ unit.transpose(1, 2), context @ context.transpose(1, 2), near @ near.transpose(1, 2)
        apart = (place[:, :, None] - place[:, None, :]).abs()
        known = (torch.rand(mask.shape) >= forgotten).float()
        familiar, rates = batch.familiar * known, batch.rates * known[:, :, None] * known[:, None, :]
        score = self.scale[0] * cos + self.scale[1] * deep + self.scale[2] * close - self.scale[3] * apart
        score = score + self.scale[4] * (rates + rates.transpose(1, 2))
        there = torch.softmax(score.masked_fill(~cross, NOTHING), dim=2) * mask[:, :, None]
        small = self.small(torch.cat([context, near], dim=2))
        seen = there @ small
        looks = self._looks(cos, deep, close, rates, score, there, place, cross)
        own = self._own(batch, salience, familiar, batch.listed * known, place, tongue)
        parts = [looks, own, small, seen, small * seen, (small - seen).abs()]
        x = self.some(self.static(unit) + self.context(context) + self.enter(torch.cat(parts, dim=2)))
        bias = self.bias(self._between(cos, deep, close, rates, apart, cross, batch))
        bias = bias.masked_fill(~mask[:, None, :, None], NOTHING).permute(0, 3, 1, 2)
        for number, layer in enumerate(self.layers):
            x = layer(x, bias[:, number * HEADS : (number + 1) * HEADS])
        x = self.norm(x) * mask[:, :, None]
        sides = [(x * (mask & (side == s))[:, :, None]) for s in (0, 1)]
        means = [s.sum(dim=1) / (mask & (side == k)).sum(dim=1, keepdim=True).clamp_min(1) for k, s in enumerate(sides)]
        whole = torch.cat([*means, sides[0].amax(dim=1), sides[1].amax(dim=1)], dim=1)
        return self.words(x), self.row(self.some(whole))

    def _near(self, x: Tensor, batch: Batch) -> Tensor:
        """Unit vectors of neighbourhoods; the two versions are neighbours nowhere."""
        mask, side = batch.mask, batch.side
        found = torch.zeros(*mask.shape, SMALL)
        for s in (0, 1):
            inside = (mask & (side == s))[:, :, None]
            found = found + self.near((x * inside).transpose(1, 2)).transpose(1, 2) * inside
        return functional.normalize(found, dim=-1) * mask[:, :, None]

    @staticmethod
    def _looks(
        cos: Tensor,
        deep: Tensor,
        close: Tensor,
        rates: Tensor,
        score: Tensor,
        there: Tensor,
        place: Tensor,
        cross: Tensor,
    ) -> Tensor:
        """Figures [b, n, LOOKS] of how a word finds itself in the other version."""
        hidden = [m.masked_fill(~cross, -1.0) for m in (cos, deep, close)]
        two = hidden[0].topk(2, dim=2).values
        best = score.masked_fill(~cross, NOTHING).argmax(dim=2, keepdim=True)
        chosen = [m.gather(2, best)[:, :, 0] for m in hidden]
        rival = [m.amax(dim=2).gather(1, best[:, :, 0]) for m in hidden]
        turned = rates.transpose(1, 2)
        both = (rates * turned).sqrt()
        taken = turned.gather(2, best)[:, :, 0]
        back = there.transpose(1, 2)
        entropy = -(there.clamp_min(1e-9).log() * there).sum(dim=2)
        return torch.stack(
            [
                two[:, :, 0],
                two[:, :, 0] - two[:, :, 1],
                hidden[1].amax(dim=2),
                hidden[2].amax(dim=2),
                *chosen,
                chosen[0] - rival[0],
                chosen[1] - rival[1],
                (there @ place[:, :, None])[:, :, 0] - place,
                there.amax(dim=2),
                entropy,
                back.sum(dim=2),
                (there * back).sum(dim=2),
                rates.amax(dim=2),
                turned.amax(dim=2),
                both.amax(dim=2),
                rates.gather(2, best)[:, :, 0],
                taken,
                taken - rates.amax(dim=2).gather(1, best[:, :, 0]),
            ],
            dim=2,
        )

    @staticmethod
    def _own(batch: Batch, salience: Tensor, familiar: Tensor, listed: Tensor, place: Tensor, tongue: Tensor) -> Tensor:
        """Figures [b, n, OWN] of a word and its version."""
        mask, side = batch.mask, batch.side
        weight = salience.exp() * mask
        first = (weight * (side == 0)).sum(1, keepdim=True), (weight * (side == 1)).sum(1, keepdim=True)
        sizes = ((mask & (side == 0)).sum(1, keepdim=True), (mask & (side == 1)).sum(1, keepdim=True))
        sign = torch.where(side == 0, 1.0, -1.0)
        longer = sign * (sizes[0].clamp_min(1) / sizes[1].clamp_min(1)).log()
        heavier = sign * (first[0].clamp_min(1e-6) / first[1].clamp_min(1e-6)).log()
        own = [salience, batch.content, batch.capital, place, longer, heavier, batch.count.log(), familiar, listed]
        return torch.cat([torch.stack(own, dim=2), tongue], dim=2)

    @staticmethod
    def _between(
        cos: Tensor, deep: Tensor, close: Tensor, rates: Tensor, apart: Tensor, cross: Tensor, batch: Batch
    ) -> Tensor:
        """Figures [b, n, n, BETWEEN] of two words."""
        step = batch.index[:, None, :] - batch.index[:, :, None]
        same = (batch.side[:, :, None] == batch.side[:, None, :]).float()
        over = cross.float()
        return torch.stack(
            [
                over,
                over * cos,
                over * deep,
                over * close,
                over * apart,
                same * (step == 1),
                same * (step == -1),
                same * torch.exp(-step.abs() / 4),
                same * deep,
                over * rates,
                over * rates.transpose(1, 2),
            ],
            dim=3,
        )


def loss_of(words: Tensor, rows: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of words, of the row and of the kind of drift."""
    known = batch.mask & (batch.labels != UNKNOWN)
    weight = (0.25 + 0.75 * batch.content) * known
    each = functional.cross_entropy(words[:, :, :3].transpose(1, 2), batch.labels.clamp_max(2), reduction="none")
    drifts = (batch.kinds > 0).float()
    whole = functional.binary_cross_entropy_with_logits(rows[:, 0], drifts)
    kind = functional.cross_entropy(rows[:, 2:], batch.kinds)
    return (each * weight).sum() / weight.sum().clamp_min(1) + LAMBDA_ROW * whole + LAMBDA_KIND * kind


def quality_loss(words: Tensor, rows: Tensor, batch: Batch) -> Tensor:
    """Cross-entropy of marked words, of either side by its own output, and squared error of the judgement."""
    known = batch.mask & (batch.labels != UNKNOWN)
    logits = torch.where(batch.side == 0, words[:, :, 3], words[:, :, 4])
    each = functional.binary_cross_entropy_with_logits(logits, batch.labels.clamp_max(1).float(), reduction="none")
    judged = ~batch.scores.isnan()
    apart = (rows[:, 1] - torch.nan_to_num(batch.scores)) ** 2 * judged
    return (each * known).sum() / known.sum().clamp_min(1) + apart.sum() / judged.sum().clamp_min(1)


class Sampler:
    """Draws batches of examples of like length.

    ``drifts``: which side is which does not matter, and some rows are joined.
    """

    def __init__(self, shards: list[Shard], seed: int, drifts: bool = True) -> None:
        self.rng = np.random.default_rng(seed)
        self.drifts = drifts
        self.all = [(s, e) for s in shards for e in range(len(s.pairs))]
        self.by_langs: dict[tuple[int, int], list[tuple[Shard, int]]] = {}
        for s, e in self.all:
            a, b, kind = s.pairs[e]
            if kind == 0 and s.size(e) <= 60:
                self.by_langs.setdefault((int(s.lang[a]), int(s.lang[b])), []).append((s, e))

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield batches without end."""
        while True:
            drawn = self.rng.integers(len(self.all), size=size * 12)
            found = [self._maybe_joined(self.all[i]) for i in drawn]
            found.sort(key=lambda parts: sum(s.size(e) for s, e in parts))
            for k in self.rng.permutation(12):
                turned = (self.rng.random(size) < 0.5).tolist() if self.drifts else ()
                yield collate(found[k * size : (k + 1) * size], turned)

    def _maybe_joined(self, item: tuple[Shard, int]) -> list[tuple[Shard, int]]:
        shard, e = item
        if not self.drifts or self.rng.random() >= JOINED or shard.size(e) > 60:
            return [item]
        a, b, _ = shard.pairs[e]
        others = self.by_langs.get((int(shard.lang[a]), int(shard.lang[b])), [])
        if not others:
            return [item]
        other = others[int(self.rng.integers(len(others)))]
        return [item, other] if self.rng.random() < 0.5 else [other, item]


class Mixed:
    """Draws whole batches of each of some samplers, as often as its share says."""

    def __init__(self, samplers: Sequence[tuple[Sampler, float]]) -> None:
        self.rng = np.random.default_rng(1)
        self.samplers = [sampler for sampler, _ in samplers]
        self.shares = [share for _, share in samplers]

    def batches(self, size: int) -> Iterator[Batch]:
        """Yield batches without end."""
        for sampler in self.samplers:
            sampler.rng = self.rng
        streams = [sampler.batches(size) for sampler in self.samplers]
        while True:
            yield next(streams[self.rng.choice(len(streams), p=self.shares)])


def train(
    model: Network,
    drifts: Sampler | Mixed,
    judged: Sampler,
    steps: int,
    checkpoint: Path,
    stop: int | None = None,
    rate: float = 2e-3,
    every: int = 50,
) -> None:
    """Train in place with AdamW, the rate falling as a cosine over ``steps``, up to ``stop``; resumes from what is kept
    ``every`` steps. ``model`` ends with the moving average of its weights (compare Izmailov et al. 2018).
    """
    learnt = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learnt, lr=rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / 200) * (0.02 + 0.49 * (1 + math.cos(math.pi * min(1.0, s / steps))))
    )
    first = 0
    average = [p.detach().clone() for p in learnt]
    if checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"], strict=False)
        average = state["average"]
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        first = state["step"]
    rng = np.random.default_rng([3, first])
    drifts.rng, judged.rng = np.random.default_rng([1, first]), np.random.default_rng([2, first])
    streams = drifts.batches(BATCH), judged.batches(BATCH)
    totals: dict[str, list[float]] = {"drift": [], "quality": []}
    started = time.time()
    for step in range(first, stop or steps):
        which = "quality" if rng.random() < QUALITY else "drift"
        batch = next(streams[which == "quality"])
        words, rows = model(batch, blind=rng.random() < BLIND, forgotten=FORGOTTEN)
        loss = quality_loss(words, rows, batch) * LAMBDA_QUALITY if which == "quality" else loss_of(words, rows, batch)
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(learnt, 1.0)
        optimiser.step()
        schedule.step()
        kept = min(AVERAGED, (step + 1) / (step + 20))
        for own, averaged in zip(learnt, average, strict=True):
            averaged.lerp_(own.detach(), 1 - kept)
        totals[which].append(float(loss.detach()))
        if (step + 1) % every == 0:
            told = " ".join(f"{k} {np.mean(v):.4f}" for k, v in totals.items() if v)
            log.info("step %d %s, %.2f s a step", step + 1, told, (time.time() - started) / every)
            totals, started = {"drift": [], "quality": []}, time.time()
            keep(model, average, optimiser, schedule, step + 1, checkpoint)
    for own, averaged in zip(learnt, average, strict=True):
        own.data.copy_(averaged)


def keep(
    model: Network,
    average: list[Tensor],
    optimiser: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    step: int,
    path: Path,
) -> None:
    """Write a checkpoint; a run cut short leaves the one before."""
    state = {k: v for k, v in model.state_dict().items() if not k.startswith("table")}
    new = path.with_suffix(".new")
    kept = {"optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "step": step}
    torch.save({"model": state, "average": average, **kept}, new)
    new.rename(path)


def export(model: Network, path: Path) -> None:
    """Write the weights, float16, for numpy."""
    arrays = {k: v.numpy().astype(np.float16) for k, v in model.state_dict().items() if not k.startswith("table")}
    np.savez_compressed(path, **arrays)


def make(
    pairs: Sequence[Pair],
    encoder: ContextualEncoder,
    model: Path,
    benchmarks: Path,
    work: Path,
    out: Path,
    threads: int,
) -> None:
    """Prepare, train and write the packaged weights.

    ``model`` is the folder of the packaged static encoder, ``benchmarks`` that of the judgements that may be trained
    on.
    """
    table, keys = static_table(model), Keys(model)
    files = {
        "made": prepare(pairs, encoder, table, work),
        "written": prepare_written(pairs, encoder, table, work),
        "near": prepare_near(pairs, encoder, table, work),
    }
    drifts = [Sampler([Shard.load(p, keys) for p in paths], seed) for seed, paths in enumerate(files.values(), 3)]
    judged = Sampler([Shard.load(p, keys) for p in prepare_judged(pairs, encoder, benchmarks, work)], 2, drifts=False)
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = Network(table, judged.all[0][0].context.shape[1])
    train(network, Mixed(list(zip(drifts, SHARES.values(), strict=True))), judged, STEPS, work / "drift.pt")
    export(network, out)
