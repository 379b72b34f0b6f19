"""From the articles on one event to their statements: what each language quotes, and which quotations are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from transcheck.align import anchors
from transcheck.align.matching import Limits, Passage, groups, link, trace
from transcheck.encode.remember import Remembering
from transcheck.quotes.extract import quotes
from transcheck.run.excerpt import excerpt
from transcheck.text.people import same_speaker
from transcheck.text.sentences import segment
from transcheck.types import Document, Lang, Quote, Segment, Span, Version

Floats = NDArray[np.float32]

_NARRATED = 4
"""Words from which a sentence of the author's may tell what another article quotes."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said: ``quotes`` by language, several where an article quotes it in pieces; ``told`` the places
    where an article says it in its own words; ``transcribed`` names the versions among these that are transcripts.
    """

    quotes: Mapping[Lang, tuple[Quote, ...]]
    told: Mapping[Lang, tuple[Span, ...]] = field(default_factory=dict)
    transcribed: frozenset[Lang] = frozenset()

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages that have it, quoted or told."""
        return tuple(sorted({*self.quotes, *self.told}, key=("ru", "uk", "en").index))


@dataclass(slots=True)
class _Side:
    version: Version
    quotes: tuple[Quote, ...]
    passages: list[Passage]
    sentences: list[Segment]
    vectors: Floats


def statements(document: Document, encoder: Remembering, limits: Limits | None = None) -> tuple[Statement, ...]:
    """Return the statements of articles on one event, in the order of the first article that has each.

    Indirect speech counts where another article quotes it. A version without any quotation is taken for a transcript:
    its sentences are looked through for every quotation of the others.
    """
    limits = limits or Limits()
    found = {v.lang: quotes(v) for v in document.versions}
    sides = _sides(document, found, encoder)
    links = {
        (a, b): link(sides[a].passages, sides[b].passages, _speakers(sides[a].quotes, sides[b].quotes), limits)
        for a, b in combinations(sides, 2)
    }
    out = []
    for group in groups({lang: len(s.passages) for lang, s in sides.items()}, links):
        chosen = {lang: tuple(sides[lang].quotes[i] for i in members) for lang, members in group.items()}
        if all(q.kind == "indirect" for found_there in chosen.values() for q in found_there):
            continue
        fullest = max(
            (sides[lang].passages[i] for lang, members in group.items() for i in members),
            key=lambda p: float(p.weights.sum()),
        )
        told = _told(group, sides, fullest, limits)
        out.append(Statement(chosen, told, frozenset(lang for lang in told if not sides[lang].quotes)))
    return tuple(out)


def _told(
    group: Mapping[Lang, Sequence[int]], sides: Mapping[Lang, _Side], passage: Passage, limits: Limits
) -> dict[Lang, tuple[Span, ...]]:
    """Return where the articles that do not quote a statement say it in their own words."""
    out: dict[Lang, tuple[Span, ...]] = {}
    for lang, side in sides.items():
        if lang in group:
            continue
        ranges = trace(passage, side.vectors, limits)
        if ranges:
            out[lang] = tuple(Span(side.sentences[a].span.start, side.sentences[b - 1].span.end) for a, b in ranges)
    return out


def _sides(document: Document, found: Mapping[Lang, tuple[Quote, ...]], encoder: Remembering) -> dict[Lang, _Side]:
    """Cut quotations and the rest of the articles into sentences and encode them all at once."""
    spoken: dict[Lang, list[tuple[Segment, ...]]] = {}
    rest: dict[Lang, list[Segment]] = {}
    for version in document.versions:
        lang = version.lang
        spoken[lang] = [segment(excerpt(version, q.parts).text, lang) for q in found[lang]]
        rest[lang] = _narration(version, found[lang])
    clauses = any(q.kind in ("partial", "indirect") for there in found.values() for q in there)
    pieces = {lang: [_pieces(q) if clauses else [] for q in spoken[lang]] for lang in spoken}
    texts = [s.text for lang in spoken for q in spoken[lang] for s in q]
    texts += [t for lang in spoken for q in pieces[lang] for t in q] + [s.text for lang in rest for s in rest[lang]]
    encoder.encode(texts)  # all at once, which is faster; what follows finds them remembered
    sides = {}
    for version in document.versions:
        lang = version.lang
        passages = [
            Passage(
                encoder.encode([s.text for s in sentences]),
                np.array([max(1, len(s.text)) for s in sentences], np.float32),
                encoder.encode([s.text for s in sentences] + parts),
                frozenset().union(*anchors(sentences, lang)) if sentences else frozenset(),
                quote.span.start / max(1, len(version.text)),
            )
            for quote, sentences, parts in zip(found[lang], spoken[lang], pieces[lang], strict=True)
        ]
        sides[lang] = _Side(version, found[lang], passages, rest[lang], encoder.encode([s.text for s in rest[lang]]))
    return sides


def _pieces(sentences: Sequence[Segment]) -> list[str]:
    """Return the clauses of sentences that have several, and each two in a row."""
    out = []
    for sentence in sentences:
        spans = [Span(c.start - sentence.span.start, c.end - sentence.span.start) for c in sentence.clauses]
        if len(spans) > 1:
            out += [s.of(sentence.text) for s in spans]
            out += [Span(a.start, b.end).of(sentence.text) for a, b in pairwise(spans) if len(spans) > 2]
    return [t for t in out if len(t.split()) >= 2]


def _narration(version: Version, found: Sequence[Quote]) -> list[Segment]:
    """Return the sentences that hold no quotation."""
    prose = version.prose or version.text
    blocks = None if version.blocks is None else [b.span for b in version.blocks]
    taken = [p for q in found for p in q.parts]
    return [
        s
        for s in segment(prose, version.lang, blocks)
        if len(s.text.split()) >= _NARRATED and not any(s.span.overlaps(t) for t in taken)
    ]


def _speakers(a: Sequence[Quote], b: Sequence[Quote]) -> Floats:
    """Return [len(a), len(b)]: 1 for the same speaker, -1 for another, 0 where nothing tells."""
    value = {True: 1.0, False: -1.0, None: 0.0}
    table = [[value[same_speaker(x.speaker, x.lang, y.speaker, y.lang)] for y in b] for x in a]
    return np.array(table, np.float32).reshape(len(a), len(b))
