"""Indirect speech: what a source says in the author's words. She said that …; за словами мера, …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcheck.quotes.attribute import Said, resolved
from transcheck.quotes.mentions import BLANK
from transcheck.quotes.people import People
from transcheck.quotes.speakers import Cue, find_cue
from transcheck.quotes.units import Sheet
from transcheck.quotes.verbs import beginnings
from transcheck.text.speech import frame_at, is_reporting
from transcheck.types import Quote, Span

_LEAST = 3
"""Words of a statement."""
_SENTENCE = re.compile(r"[.!?…]+[)\]]*(?=\s|$)")
_BARE = frozenset(
    (
        "said",
        "says",
        "added",
        "adds",
        "stated",
        "claimed",
        "claims",
        "insisted",
        "insists",
        "warned",
        "explained",
        "argued",
        "noted",
        "admitted",
        "confirmed",
        "announced",
        "testified",
        "recalled",
    )
)
"""English verbs behind which "that" may be left out."""


def indirect(sheet: Sheet, people: People, said: Sequence[Said]) -> list[Quote]:
    """Return the statements reported in the author's words outside of all quotations."""
    found = []
    for span in _sentences(sheet):
        if BLANK in span.of(sheet.frame):
            continue
        clause = _clause(sheet, people, span)
        if clause is not None:
            statement, cue = clause
            earlier = [s for s in said if s.at is None or s.at.start < cue.mention.span.start]
            who = resolved(people, cue, span.start, sheet.paragraph(span.start), earlier).person
            text = statement.of(sheet.version.text)
            found.append(Quote(sheet.lang, "indirect", text, (statement,), who.name if who else "", cue.mention.span))
    return found


def _sentences(sheet: Sheet) -> Iterator[Span]:
    for paragraph in sheet.paragraphs:
        if paragraph.kind != "paragraph":
            continue
        at = paragraph.span.start
        for match in _SENTENCE.finditer(sheet.frame, paragraph.span.start, paragraph.span.end):
            yield Span(at, match.end())
            at = match.end()


def _clause(sheet: Sheet, people: People, span: Span) -> tuple[Span, Cue] | None:
    """Return the reported statement of a sentence and who makes it."""
    at = people.within(span)
    openers = beginnings("that", sheet.lang)
    for i in at:
        word = people.words[i]
        frame = frame_at(people.words, i, sheet.lang)
        if frame:
            cue = find_cue(people, span)
            if cue is None or cue.verb:
                continue
            rest = _behind(sheet, cue.mention.span.end, span.end)
            if rest is not None:
                return rest, cue
        if not is_reporting(word.low, sheet.lang):
            continue
        cue = find_cue(people, Span(span.start, min(span.end, word.end + 80)))
        if cue is None or not cue.verb:
            continue
        for j in range(i + 1, min(i + 9, at.stop)):
            gap = sheet.frame[people.words[j - 1].end : people.words[j].start]
            opens = people.words[j].low in openers and ("," in gap or sheet.lang == "en")
            if opens:
                start = people.words[j].end
                return _statement(sheet, start, span.end, cue)
        if sheet.lang == "en" and word.low in _BARE and cue.mention.span.end <= word.start:
            following = people.words[i + 1].low if i + 1 < at.stop else ""
            if (
                following
                and following not in beginnings("prepositions", "en")
                and following not in ("a", "an", "so", "nothing")
            ):
                return _statement(sheet, word.end, span.end, cue)
    return None


def _statement(sheet: Sheet, start: int, end: int, cue: Cue) -> tuple[Span, Cue] | None:
    span = _trimmed(sheet, start, end)
    return (span, cue) if len(re.findall(r"\w+", span.of(sheet.prose))) >= _LEAST else None


def _behind(sheet: Sheet, start: int, end: int) -> Span | None:
    """Return what follows the speaker of a frame: За словами мера, …"""
    comma = re.match(r"[^.!?,;:]{0,60},\s*", sheet.frame[start:end])
    if comma is None:
        return None
    span = _trimmed(sheet, start + comma.end(), end)
    return span if len(re.findall(r"\w+", span.of(sheet.prose))) >= _LEAST else None


def _trimmed(sheet: Sheet, start: int, end: int) -> Span:
    text = sheet.prose[start:end]
    left = len(text) - len(text.lstrip(" ,\u00a0"))
    return Span(start + left, max(start + left, start + len(text.rstrip(" .!?…"))))
