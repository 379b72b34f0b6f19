"""Where words begin and end, for word vectors of any encoder."""

from __future__ import annotations

import re

from transcheck.types import Span

_WORD = re.compile(r"\w+(?:[’'ʼ\u0301-]\w+)*")


def word_spans(text: str) -> tuple[Span, ...]:
    """Return the words of ``text`` (letters and digits, inner apostrophes and hyphens) as code-point spans."""
    return tuple(Span(m.start(), m.end()) for m in _WORD.finditer(text))
