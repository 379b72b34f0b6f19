"""What survives translation: the numbers and names of a segment as keys that are equal across the languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transcheck.text.names import names
from transcheck.text.numbers import scan
from transcheck.text.reporting import without_reporting
from transcheck.types import Lang, Segment


def anchors(segments: Sequence[Segment], lang: Lang) -> tuple[frozenset[str], ...]:
    """Return the keys of each segment: values of numbers, years, days, and names as table rows or sound skeletons."""
    return tuple(frozenset(_keys(without_reporting(s.text, lang), lang)) for s in segments)


def _keys(text: str, lang: Lang) -> Iterator[str]:
    """Yield the keys of one text."""
    quantities, dates = scan(text, lang)
    for quantity in quantities:
        if quantity.form != "loose":
            yield f"#{quantity.low}"
    for date in dates:
        yield from (f"#{part}" for part in (date.year, date.day) if part)
    for name in names(text, lang):
        if name.entities:
            yield f"@{min(name.entities)}"
        elif name.firm and name.keys:
            yield f"~{name.keys[-1]}"
