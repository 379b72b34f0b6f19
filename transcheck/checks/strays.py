"""A few words inside a version that were left in the language of another, or slipped in from one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from transcheck.checks.base import Context
from transcheck.text.forms import FOREIGN, foreignness
from transcheck.text.romanised import romanised_stretches
from transcheck.text.strays import (
    Stretch,
    cyrillic_in_english,
    cyrillic_stretches,
    cyrillic_words,
    english_stretches,
    kept,
)
from transcheck.types import Cell, Lang, Place, Row, Span


@dataclass(frozen=True, slots=True)
class Stray:
    """Words of a version in ``language``; ``source`` is where the version in it has them, if it does."""

    row: Row
    place: Place
    language: Lang
    nats: float
    sure: bool
    source: Place | None


def stray_words(context: Context, lang: Lang) -> Iterator[Stray]:
    """Yield the stretches of a version that are in another language and not meant to be, none over another."""
    for row in context.rows:
        cell = row.cell(lang)
        if cell.empty:
            continue
        taken: list[Span] = []
        for stretch in _in_english(row, cell) if lang == "en" else _in_cyrillic(row, cell):
            if not any(stretch.span.overlaps(span) for span in taken):
                taken.append(stretch.span)
                yield _placed(context, row, cell, stretch)


def _placed(context: Context, row: Row, cell: Cell, stretch: Stretch) -> Stray:
    span, language = stretch.span, stretch.language
    place = context.place(cell.lang, cell.place.start + span.start, cell.place.start + span.end)
    source = None
    if stretch.copied is not None:
        start = row.cell(language).place.start
        source = context.place(language, start + stretch.copied.start, start + stretch.copied.end)
    return Stray(row, place, language, stretch.nats, stretch.sure, source)


def _in_cyrillic(row: Row, cell: Cell) -> Iterator[Stretch]:
    """Yield the words of the other Cyrillic language, and English ones; not those that English keeps too."""
    other: Lang = "uk" if cell.lang == "ru" else "ru"
    texts = {c.lang: c.text for c in row.filled}
    beside, english = texts.get(other), texts.get("en")
    for stretch in cyrillic_stretches(cell.text, cell.lang, beside):
        if english is None or not kept(stretch.words, english):
            yield stretch
    if english is not None and beside is not None:
        yield from cyrillic_words(cell.text, cell.lang, beside, english)
        for stretch in english_stretches(cell.text, cell.lang, english):
            if " ".join(stretch.words) not in " ".join(beside.lower().split()):
                yield stretch


def _in_english(row: Row, cell: Cell) -> Iterator[Stretch]:
    """Yield Cyrillic words, and romanised ones; not those that are as strange in the version where they stand."""
    sources = [(c.lang, c.text) for c in row.filled if c.lang != "en"]
    yield from cyrillic_in_english(cell.text, sources)
    for lang, text in sources:
        for stretch in romanised_stretches(cell.text, text, lang):
            if not all(foreignness(word, lang) >= FOREIGN for word in stretch.words if len(word) > 2):
                yield stretch
