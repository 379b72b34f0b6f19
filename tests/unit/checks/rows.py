"""Rows of one cell a version for the tests of checks, and an encoder that knows which words mean the same."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcheck.checks.base import Context
from transcheck.checks.confidence import WEAK
from transcheck.types import LANGS, Cell, Document, Finding, Lang, Row, Segment, Span, Version

CASES = Path(__file__).parents[2] / "cases"


class LinkedEncoder:
    """Gives the words of one link the same vector and every other word one of its own."""

    id = "test-links"
    dim = 512

    def __init__(self, links: Sequence[str] = ()) -> None:
        self._group = {w.lower(): i for i, link in enumerate(links) for w in link.split()}

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.stack([self._vector(t) for t in texts]) if texts else np.zeros((0, self.dim))
        return rows.astype(np.float32)

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        spans = tuple(Span(*m.span()) for m in re.finditer(r"\w+(?:['’-]\w+)*", text))
        return spans, self.encode([s.of(text) for s in spans])

    def context(self, text: str) -> None:
        """There is no contextual model."""

    def _vector(self, word: str) -> NDArray[np.float64]:
        group = self._group.get(word.lower())
        seed = group + 1 if group is not None else 1000 + sum(ord(c) * 7**i for i, c in enumerate(word.lower())) % 10**6
        vector = np.random.default_rng(seed).normal(size=self.dim)
        return vector / np.linalg.norm(vector)


def context(texts: Mapping[Lang, str], links: Sequence[str] = (), source: str = "", prefix: str = "") -> Context:
    """One row with a cell a version; ``prefix`` stands before every cell so that offsets are not those of the cell."""
    versions = tuple(Version(lang, prefix + texts[lang]) for lang in LANGS if lang in texts)
    cells = tuple(Cell(v.lang, (0,), v.place(len(prefix), len(v.text))) for v in versions)
    segments = {v.lang: (Segment(v.lang, 0, Span(len(prefix), len(v.text)), v.text[len(prefix) :]),) for v in versions}
    document = Document("case", versions, (("source_lang", source),) if source else ())
    return Context(document, (Row(0, cells),), segments, LinkedEncoder(links))


def cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of ``tests/cases/<name>.toml``."""
    found: list[dict[str, Any]] = tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]
    return found


def sure(findings: Iterable[Finding]) -> list[Finding]:
    """Return what a check is sure of, without what it only proposes."""
    return [f for f in findings if f.score > WEAK]


def run(case: Mapping[str, Any], check: Callable[[Context], Iterator[Finding]]) -> list[Finding]:
    """Return what ``check`` is sure of in a case, and hold that every place is where it says it is."""
    texts: dict[Lang, str] = {lang: case[lang] for lang in LANGS if lang in case}
    ctx = context(texts, case.get("links", ()), case.get("source", ""), prefix="— ")
    findings = list(check(ctx))
    for finding in findings:
        for place in (finding.span, *finding.counterparts):
            version = ctx.document.version(place.lang)
            assert version is not None
            assert version.text[place.start : place.end] == place.text
    return sure(findings)
