"""Indirect speech: what a source says in the author's words. She said that …; за словами мера, …"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcheck.quotes.attribute import Said, resolved
from transcheck.quotes.mentions import BLANK
from transcheck.quotes.people import People
from transcheck.quotes.speakers import Cue, find_cue
from transcheck.quotes.units import Sheet
from transcheck.quotes.verbs import beginnings, gives_floor
from transcheck.text.lexicon import table
from transcheck.text.speech import frame_at, is_reporting
from transcheck.types import Quote, Span

_LEAST = 3
"""Words of a statement."""
_SENTENCE = re.compile(r"[.!?…]+[)\]]*(?=\s|$)")


def indirect(sheet: Sheet, people: People, said: Sequence[Said]) -> list[Quote]:
    """Return the statements reported in the author's words outside of all quotations."""
    found = []
    for span in _sentences(sheet):
        clause = _clause(sheet, people, span)
        if clause is None:
            continue
        statement, cue = clause
        offset = cue.mention.span.start if cue else span.start
        paragraph = sheet.paragraph(span.start)
        earlier = [s for s in said if s.at is None or s.at.start < offset]
        if cue is None and not any(s.person for s in earlier):
            continue  # nobody has been named who could have said it
        if cue is not None:
            who = resolved(people, cue, span.start, paragraph, earlier).person
        else:
            who = next((s.person for s in reversed(earlier) if s.person), None)
        text = statement.of(sheet.version.text)
        at = cue.mention.span if cue else None
        found.append(Quote(sheet.lang, "indirect", text, (statement,), who.name if who else "", at))
    return found


def _sentences(sheet: Sheet) -> Iterator[Span]:
    """Yield the author's sentences, and what stands behind the last quotation in one: …, adding that …"""
    for paragraph in sheet.paragraphs:
        if paragraph.kind != "paragraph":
            continue
        at = paragraph.span.start
        ends = [m.end() for m in _SENTENCE.finditer(sheet.frame, paragraph.span.start, paragraph.span.end)]
        for end in ends:
            quoted = sheet.frame.rfind(BLANK, at, end)
            start = at if quoted < 0 else quoted + 1
            if sheet.frame[start:end].strip(" .,"):
                yield Span(start, end)
            at = end


def _clause(sheet: Sheet, people: People, span: Span) -> tuple[Span, Cue | None] | None:
    """Return the reported statement of a sentence and who makes it, None for the one who spoke before."""
    at = people.within(span)
    openers = beginnings("that", sheet.lang)
    for i in at:
        word = people.words[i]
        frame = frame_at(people.words, i, sheet.lang)
        if frame:
            return _framed(sheet, people, span, i, frame)
        if not gives_floor(word.low, sheet.lang):
            continue
        cue = find_cue(people, Span(span.start, min(span.end, word.end + 80)))
        if cue is not None and not cue.verb:
            continue
        if i and people.words[i - 1].low in _AS[sheet.lang] and cue is not None and cue.mention.span.start > word.start:
            rest = _behind(sheet, cue.mention.span.end, span.end)
            return (rest, cue) if rest else None
        for j in range(i + 1, min(i + 9, at.stop)):
            gap = sheet.frame[people.words[j - 1].end : people.words[j].start]
            if re.search(r"[.:;!?]", gap):
                break
            if people.words[j].low in openers and ("," in gap or sheet.lang == "en"):
                if sheet.lang == "en" and sheet.frame[word.end : people.words[j].start].count(",") % 2:
                    break  # …, something that would seem …: the clause hangs on a noun
                return _statement(sheet, people.words[j].end, span.end, cue)
        bare = (
            sheet.lang == "en" and is_reporting(word.low, "en") and word.low not in table("reporting")["verbs"]["told"]
        )
        if bare and cue is not None and cue.mention.span.end <= word.start:
            following = people.words[i + 1].low if i + 1 < at.stop else ""
            ordinary = following in beginnings("prepositions", "en") or following in ("a", "an", "so", "nothing", "and")
            tied = sheet.frame[word.end : people.words[i + 1].start] == " " if following else False
            if tied and not ordinary:
                return _statement(sheet, word.end, span.end, cue)
    return None


_AS = {"ru": ("как",), "uk": ("як",), "en": ("as",)}


def _framed(sheet: Sheet, people: People, span: Span, at: int, words: int) -> tuple[Span, Cue | None] | None:
    """Return the statement of a sentence with a frame: За словами мера, …; По её словам, …"""
    last = people.words[at + words - 1]
    own = people.words[at + words - 2].low in beginnings("possessives", sheet.lang) if words > 1 else False
    cue = None if own else find_cue(people, span)
    if not own and (cue is None or cue.verb):
        return None
    rest = _behind(sheet, cue.mention.span.end if cue else last.end, span.end)
    return (rest, cue) if rest is not None else None


def _statement(sheet: Sheet, start: int, end: int, cue: Cue | None) -> tuple[Span, Cue | None] | None:
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
