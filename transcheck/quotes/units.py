"""What stands in quotation marks or behind a dash, before it is known what of it is speech."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from transcheck.quotes.clauses import Turn, turn
from transcheck.quotes.marks import Pairing
from transcheck.quotes.mentions import BLANK
from transcheck.quotes.paragraphs import DASH, Paragraph
from transcheck.types import Lang, QuoteKind, Span, Version


@dataclass(slots=True)
class Unit:
    """A quotation as the marks show it: ``outer`` with its marks, ``parts`` of speech in it, ``inside`` the author's
    clauses in it; ``first`` and ``last`` number its paragraphs; ``kind`` None until it is known to be speech.
    """

    outer: Span
    parts: list[Span]
    inside: list[Span]
    first: int
    last: int
    kind: QuoteKind | None = None
    mark: str = ""
    speaker: str = ""
    credit: Span | None = None
    cues: list[Span] = field(default_factory=list)


class Sheet:
    """An article laid out: its prose, its paragraphs, its units, and the author's words alone (``frame``)."""

    def __init__(self, version: Version, paragraphs: Sequence[Paragraph]) -> None:
        self.version, self.paragraphs = version, paragraphs
        self.lang: Lang = version.lang
        self.prose = version.prose or version.text
        self.units = sorted(self._units(), key=lambda u: u.outer)
        self.titles: list[Span] = []
        self.frame = self._frame()

    def keep_speech(self) -> None:
        """Leave the units out that are no speech: what stands in their marks is the author's."""
        self.titles = [u.outer for u in self.units if u.kind is None]
        self.units = [u for u in self.units if u.kind is not None]
        self.frame = self._frame()

    def paragraph(self, offset: int) -> int:
        """Return the number of the paragraph that holds an offset."""
        return next(i for i, p in enumerate(self.paragraphs) if p.span.start <= offset <= p.span.end)

    def in_heading(self, unit: Unit) -> bool:
        """Tell whether a unit stands in a heading, or in the first paragraph, which is one where no format says so."""
        return unit.first == 0 or self.paragraphs[unit.first].kind == "heading"

    def text(self, span: Span) -> str:
        """Return the prose of a span."""
        return span.of(self.prose)

    def _units(self) -> Iterator[Unit]:
        run: list[int] = []
        speaking = self._speaking()
        for number, paragraph in enumerate(self.paragraphs):
            alone = paragraph.kind in ("heading", "cue", "caption") or number in speaking
            if run and (alone or paragraph.kind != self.paragraphs[run[-1]].kind):
                yield from self._run(run)
                run = []
            if paragraph.kind == "cue":
                yield Unit(paragraph.span, [paragraph.span], [], number, number, "direct", "", paragraph.speaker)
            elif number in speaking:
                yield self._dialogue(number, speaking[number])
            elif alone:
                yield from self._run([number])
            else:
                run.append(number)
        if run:
            yield from self._run(run)

    def _speaking(self) -> dict[int, Turn]:
        """Return the paragraphs of dialogue: they open with a dash, and one at least has an author's clause."""
        found: dict[int, Turn] = {}
        for number, paragraph in enumerate(self.paragraphs):
            match = DASH.match(self.prose, paragraph.span.start, paragraph.span.end)
            if match and paragraph.kind in ("paragraph", "quote"):
                span = Span(match.end(), paragraph.span.end)
                spoken = turn(self.prose, span, self.lang, self._quoted(span))
                if spoken.author or (self.text(span).rstrip()[-1:] in ".!?…" and paragraph.kind == "paragraph"):
                    found[number] = spoken
        told = [n for n, t in found.items() if t.author]
        dashes = [n for n in found if self.text(self.paragraphs[n].span).lstrip()[0] in "—–" and self.lang != "en"]
        return found if told or dashes else {}

    def _quoted(self, span: Span) -> list[Span]:
        pairs = Pairing(self.version.text, self.prose, [span]).quoted()
        return [Span(q.parts[0].start, q.parts[-1].end) for q in pairs]

    def _dialogue(self, number: int, found: Turn) -> Unit:
        span = self.paragraphs[number].span
        return Unit(span, list(found.speech), list(found.author), number, number, "dialogue", "—")

    def _run(self, numbers: Sequence[int]) -> Iterator[Unit]:
        """Yield the units of neighbouring paragraphs of one kind."""
        spans = [self.paragraphs[n].span for n in numbers]
        if self.paragraphs[numbers[0]].kind == "quote" and (block := self._block(numbers)) is not None:
            yield block
            return
        for quoted in Pairing(self.version.text, self.prose, spans).quoted():
            parts: list[Span] = []
            inside: list[Span] = []
            for part in quoted.parts:
                found = turn(self.prose, part, self.lang, self._quoted(part))
                if found.author:
                    parts += found.speech
                    inside += found.author
                else:
                    parts.append(part)
            parts = [p for p in parts if len(p)]
            if parts and any(c.isalnum() for p in parts for c in self.text(p)):
                outer = Span(quoted.parts[0].start - 1, quoted.parts[-1].end + quoted.closed)
                first, last = self.paragraph(parts[0].start), self.paragraph(parts[-1].start)
                yield Unit(outer, parts, inside, first, last, None, quoted.mark)

    def _block(self, numbers: Sequence[int]) -> Unit | None:
        """Return the quotation that a block set apart is, without its marks and its credit; None for a common text."""
        spans = [self.paragraphs[n].span for n in numbers]
        credit = None
        match = re.match(r"\s*(?:[—–-]|―)\s*", self.text(spans[-1]))
        if len(spans) > 1 and (match or (len(self.text(spans[-1]).split()) <= 8 and self._unsaid(spans[-1]))):
            credit = Span(spans[-1].start + (match.end() if match else 0), spans[-1].end)
            spans = spans[:-1]
        elif (tail := re.search(r"[.!?…»”\"]\s+[—–―]\s*(?P<x>[^.!?…—–]{3,80})$", self.text(spans[-1]))) is not None:
            last = spans[-1]
            credit = Span(last.start + tail.start("x"), last.end)
            spans = [*spans[:-1], Span(last.start, last.start + tail.start() + 1)]
        quoted = Pairing(self.version.text, self.prose, spans).quoted()
        whole = quoted and sum(len(p) for p in quoted[0].parts) >= sum(map(len, spans)) - 4 * len(spans)
        if (
            quoted
            and not whole
            and self.prose[quoted[0].parts[0].start - 2 : quoted[0].parts[0].start - 1].strip() == ""
        ):
            opening = quoted[0].parts[0].start - 1 == spans[0].start
            if opening:
                return None
        parts = list(quoted[0].parts) if whole else spans
        return Unit(Span(spans[0].start, spans[-1].end), parts, [], numbers[0], numbers[-1], "block", ">", "", credit)

    def _unsaid(self, span: Span) -> bool:
        """Tell whether a line is no sentence: it ends without a mark and begins with a capital."""
        text = self.text(span).strip()
        return text[-1:] not in '.!?…»”"' and text[:1].isupper()

    def _frame(self) -> str:
        chars = list(self.prose)
        for unit in self.units:
            for start, end in ((u.start, u.end) for u in self.spoken(unit)):
                chars[start:end] = [c if c in "\r\n" else BLANK for c in chars[start:end]]
        return "".join(chars)

    def spoken(self, unit: Unit) -> Iterator[Span]:
        """Yield what of a unit is not the author's, its marks with it."""
        edges = [unit.outer.start, *(e for a in unit.inside for e in (a.start, a.end)), unit.outer.end]
        for start, end in list(pairwise(edges))[::2]:
            yield Span(start, end)
