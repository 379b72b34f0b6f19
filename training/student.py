"""The contextual encoder under training: a subword table, transformer layers, bindings, beside the static encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn.functional import embedding, normalize
from transformers import BertModel

from training import bindings as binding
from training.bindings import Bindings

Floats = NDArray[np.float32]

SPECIAL = ("[CLS]", "[SEP]", "[PAD]")
"""Rows after the static vocabulary, in this order."""

_ANCHORS = 24
"""Nearest English subwords whose rows are averaged for a new subword."""


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


def padded(ids: Sequence[Sequence[int]], size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return ids with [CLS] and [SEP], int64 [n, t], and the mask; ``size`` is the number of ordinary subwords."""
    tensor = binding.padded([[size, *one, size + 1] for one in ids], size + 2)
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
        # products in bfloat16 take half the time; what is summed up, normalised and compared stays float32
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.layers(inputs_embeds=inputs, attention_mask=mask.long()).last_hidden_state.float()
        weights = mask[..., None].float()
        mean = (hidden * weights).sum(1) / weights.sum(1)
        return Reading(hidden, normalize(rows.sum(1), dim=1), normalize(mean, dim=1), self.bindings(rows, hidden))

    @torch.no_grad()
    def merged(self) -> Floats:
        """Return the table that the layers read, float32 [n + 3, h]."""
        merged: Floats = (self.table + self.rows @ self.lexical).numpy()
        return merged
