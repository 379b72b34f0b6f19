"""Where words begin and end, for word vectors of any encoder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from transcheck.types import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WORD = re.compile(r"\w+(?:[’'ʼ\u0301-]\w+)*")


def word_spans(text: str) -> tuple[Span, ...]:
    """Return the words of ``text`` (letters and digits, inner apostrophes and hyphens) as code-point spans."""
    return tuple(Span(m.start(), m.end()) for m in _WORD.finditer(text))


def owners(spans: Sequence[Span], offsets: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return for each subword, given its place, the index of its word and whether it lies in one [len(offsets)].

    ``spans`` holds at least one word, ``offsets`` at least one subword.
    """
    import numpy as np

    ends = np.array([end for _, end in offsets])
    owner = np.searchsorted(np.array([s.start for s in spans]), ends - 1, side="right") - 1
    return owner, (owner >= 0) & (ends <= np.array([s.end for s in spans])[owner])
