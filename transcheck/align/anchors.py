"""What survives translation: the numbers and names of a segment as keys that are equal across the languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcheck.text.names import names
from transcheck.text.reporting import without_reporting
from transcheck.types import Lang, Segment

_DIGITS = re.compile(r"\d+(?:[\u00a0\u202f .,]\d{3})*(?!\d)|\d+")


def anchors(segments: Sequence[Segment], lang: Lang) -> tuple[frozenset[str], ...]:
    """Return the keys of each segment: digit strings without grouping, and names as table rows or sound skeletons."""
    return tuple(frozenset(_keys(without_reporting(s.text, lang), lang)) for s in segments)


def _keys(text: str, lang: Lang) -> Iterator[str]:
    """Yield the keys of one text."""
    for match in _DIGITS.finditer(text):
        digits = "".join(c for c in match.group() if c.isdigit())
        yield f"#{digits}"
    for name in names(text, lang):
        if name.entities:
            yield f"@{min(name.entities)}"
        elif name.firm and name.keys:
            yield f"~{name.keys[-1]}"
