"""Contrastive losses of the contextual encoder: over texts, with a memory of negatives, and over subwords."""

from __future__ import annotations

import torch
from torch.nn.functional import cross_entropy, normalize

from training.recipe import Recipe


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
