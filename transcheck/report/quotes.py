"""The quotations of articles as a list: text, JSON or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from transcheck.report.indented import dumps
from transcheck.report.json import SCHEMA_VERSION, quote_dict
from transcheck.report.positions import Locator
from transcheck.report.words import one_line, plural
from transcheck.types import Document, DocumentReport, Quote, Version

COLUMNS = (
    "origin",
    "line",
    "column",
    "unit",
    "lang",
    "kind",
    "speaker",
    "text",
    "start",
    "end",
    "elisions",
    "insertions",
)
"""Columns of the CSV table; ``elisions`` and ``insertions`` hold what stands there, parted by " | "."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An article and its quotations."""

    version: Version
    quotes: tuple[Quote, ...]

    def dicts(self) -> Iterator[dict[str, Any]]:
        """Yield each quotation with its places."""
        locator = Locator(DocumentReport(self.version.origin, Document(self.version.origin, (self.version,))))
        yield from (quote_dict(q, locator) for q in self.quotes)


def render(articles: Sequence[Listed], failures: Sequence[tuple[str, str]], format_: str, width: int) -> str:
    """Return the quotations of all articles; ``failures`` are (file, message) of those that could not be read.

    ``width`` is the columns that a line of text may fill, 0 for any.
    """
    if format_ == "json":
        found = [q for a in articles for q in a.dicts()]
        errors = [{"origin": name, "error": message} for name, message in failures]
        whole = {"schema_version": SCHEMA_VERSION, "quotes": found, "errors": errors}
        return dumps(whole) + "\n"
    if format_ == "csv":
        return _csv(articles)
    return "".join(f"{line}\n" for line in _lines(articles, width))


def _csv(articles: Sequence[Listed]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for article in articles:
        for found in article.dicts():
            marks = {k: " | ".join(p["text"] for p in found[k]) for k in ("elisions", "insertions")}
            writer.writerow(found | marks)
    return buffer.getvalue()


def _lines(articles: Sequence[Listed], width: int) -> Iterator[str]:
    total = 0
    for article in articles:
        found = list(article.dicts())
        total += len(found)
        yield one_line(f"{article.version.origin}  {article.version.lang}: {plural(len(found), 'quote')}")
        name = max((len(q["speaker"] or "–") for q in found), default=0)
        for quote in found:
            at = (
                f"{quote['line']}:{quote['column']}"
                if quote["unit"] == "line"
                else f"{quote['unit'][0]}{quote['line']}:{quote['column']}"
            )
            head = f"  {at:>9}  {quote['kind']:<8}  {(quote['speaker'] or '–'):<{min(name, 28)}}  "
            text = one_line(quote["text"])
            room = max(20, width - len(head)) if width else len(text)
            yield head + (text if len(text) <= room else text[: room - 2].rstrip() + " ⋯")
        yield ""
    yield f"{plural(len(articles), 'article')}, {plural(total, 'quote')}"
