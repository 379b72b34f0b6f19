"""The recipe of the contextual encoder."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that decides the result; stored beside the checkpoint.

    ``tokens`` is the size of a batch: subwords a side, specials included. ``clustered`` is the share of batches made
    of alike texts. ``shares`` are those of the static vector, of the layers' mean and of the bindings in the square of
    a sentence's vector. ``memory`` is how many texts of the last steps are negatives. ``hard_from`` is the step from
    which damaged translations take part. ``distilled`` and ``hard`` weigh two of the losses; every ``taught``-th pair
    is shown to the teacher. ``decay`` is the share of the steps over which the learning rates fall to zero.
    """

    steps: int = 2100
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
