"""Gives every quotation its speaker: the clause beside it, the sentence around, the speaker before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from transcheck.quotes.mentions import BLANK
from transcheck.quotes.people import People, Person
from transcheck.quotes.sort import sentence_ends, surroundings
from transcheck.quotes.speakers import Cue, find_cue, gender_of_pronoun, gender_of_verb, last_before
from transcheck.quotes.units import Sheet, Unit
from transcheck.quotes.verbs import gives_floor
from transcheck.types import Span

_GOES_ON = re.compile(r"[\s,]*(?:and|but|и|а|но|і|й|та|але)\s")
_NEAR = 1
"""Paragraphs over which a speaker goes on without being named anew."""
_SURE = 1.5
"""From this weight a clause is not weighed against the others."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who spoke a unit (None: nobody is named), the place that says so, the paragraph, and whether a clause does."""

    person: Person | None
    at: Span | None
    paragraph: int
    sure: bool = True


def attribute(sheet: Sheet, people: People, units: Sequence[Unit]) -> list[Said]:
    """Return the speaker of each unit."""
    said: list[Said] = []
    for number in range(len(units)):
        said.append(_speaker(sheet, people, units, number, said))
    # a clause behind the second of two quotations side by side speaks for the first too
    for number in range(len(units) - 2, -1, -1):
        one, other = units[number], units[number + 1]
        if not said[number].sure and said[number + 1].sure and one.last == other.first:
            between = sheet.frame[one.outer.end : other.outer.start]
            if len(re.findall(r"[^\W\d_]+", between)) <= 3:
                said[number] = said[number + 1]
    return said


def _speaker(sheet: Sheet, people: People, units: Sequence[Unit], number: int, said: Sequence[Said]) -> Said:
    unit = units[number]
    if unit.speaker:
        return Said(Person(unit.speaker, []), None, unit.last)
    cue = _cue(sheet, people, unit)
    if cue is not None:
        return resolved(people, cue, unit.outer.start, unit.last, said)
    return _unnamed(sheet, people, units, number, said)


def _cue(sheet: Sheet, people: People, unit: Unit) -> Cue | None:
    """Return the best cue of the clauses beside a unit."""
    found: list[Cue] = []
    for span in unit.cues:
        text = span.of(sheet.frame)
        if _GOES_ON.match(text) and span.end <= unit.outer.start and _verb_opens(people, span):
            continue  # the subject is that of the sentence's beginning: he called it “…” and said “…”
        tied = unit.kind == "dialogue" or span == unit.credit or span in unit.inside
        tied = tied or re.match(r"\s*,?\s*[—–]", text) is not None
        heading = sheet.in_heading(unit)
        cue = find_cue(people, span, quiet=tied or text.rstrip().endswith(":") or heading)
        if cue is not None:
            found.append(cue)
            if tied or cue.weight > _SURE:
                break
    return max(found, key=lambda c: c.weight, default=None)


def _verb_opens(people: People, span: Span) -> bool:
    """Tell whether a verb of saying follows the first word of a clause."""
    words = [people.words[i].low for i in people.within(span)][1:3]
    return any(gives_floor(w, people.lang) for w in words)


def resolved(people: People, cue: Cue, offset: int, paragraph: int, said: Sequence[Said]) -> Said:
    """Turn a mention into a speaker; a pronoun is the last speaker or the one last spoken of, whichever comes later."""
    mention, gender = cue.mention, gender_of_verb(cue.verb, people.lang)
    if mention.kind != "pronoun":
        person = people.who.get(mention) or Person(mention.text, [])
        if gender and mention.kind == "role" and person.gender not in ("", gender):
            other = last_before(people, mention.span.start, gender)
            person = other[1] if other else person
        person.gender = person.gender or (gender if mention.kind == "name" else "")
        return Said(person, mention.span, paragraph)
    if mention.text in ("тот", "той", "та"):
        before = next((s for s in reversed(said) if s.person and s.person is not said[-1].person), None)
        return Said(before.person if before else None, mention.span, paragraph, sure=before is not None)
    gender = gender_of_pronoun(mention, people.lang) or gender
    last = next((s for s in reversed(said) if s.person and s.person.gender in ("", gender)), None)
    spoken_of = last_before(people, min(offset, mention.span.start), gender)
    if (
        last is not None
        and last.person
        and (spoken_of is None or (last.at and last.at.start >= spoken_of[0].span.start))
    ):
        last.person.gender = last.person.gender or gender
        return Said(last.person, mention.span, paragraph)
    if spoken_of is None:
        return Said(None, None, paragraph, sure=False)
    spoken_of[1].gender = spoken_of[1].gender or gender
    return Said(spoken_of[1], mention.span, paragraph)


def _unnamed(sheet: Sheet, people: People, units: Sequence[Unit], number: int, said: Sequence[Said]) -> Said:
    """Find the speaker of a unit that has no clause of its own."""
    unit = units[number]
    last = said[-1] if said else Said(None, None, -9)
    turn = _turn(units, number, said)
    if turn is not None:
        return turn
    here = _spoken_of_here(sheet, people, units, number, said)
    if here is not None:
        return here
    if number and units[number - 1].last == unit.first and last.person:
        return Said(last.person, last.at, unit.last, sure=False)
    for span, quiet in _sentences_near(sheet, unit):
        cue = find_cue(people, span, quiet=quiet)
        if cue is not None:
            return resolved(people, cue, unit.outer.start, unit.last, said)
        if quiet and span.of(sheet.frame).rstrip().endswith(":"):
            break  # the author goes on about the one just spoken of: she read from a notebook:
    else:
        if last.person and unit.first - last.paragraph <= _NEAR:
            return Said(last.person, last.at, unit.last, sure=False)
    spoken_of = last_before(people, unit.outer.start, "")
    if spoken_of is None:
        return Said(None, None, unit.last, sure=False)
    return Said(spoken_of[1], spoken_of[0].span, unit.last, sure=False)


def _spoken_of_here(
    sheet: Sheet, people: People, units: Sequence[Unit], number: int, said: Sequence[Said]
) -> Said | None:
    """Return the one of whom the author speaks right before a quotation, in a sentence of the same paragraph."""
    unit = units[number]
    start = sheet.paragraphs[unit.first].span.start
    if number and units[number - 1].last == unit.first:
        start = units[number - 1].outer.end
        between = sheet.frame[start : unit.outer.start]
        if not sentence_ends(between + BLANK) and not between.rstrip().endswith(":"):
            return None
    if unit.kind == "dialogue" or not sheet.frame[start : unit.outer.start].strip():
        return None
    cue = find_cue(people, Span(start, unit.outer.start))
    found = last_before(people, unit.outer.start, "", start)
    if cue is not None:
        return resolved(people, cue, unit.outer.start, unit.last, said)
    if found is None:
        return None
    return Said(found[1], found[0].span, unit.last, sure=False)


def _turn(units: Sequence[Unit], number: int, said: Sequence[Said]) -> Said | None:
    """Return the other speaker of a dialogue, whose turn it is when nobody is named."""
    unit = units[number]
    if unit.inside or not number or not said[-1].person or unit.first - units[number - 1].last != 1:
        return None
    if not (unit.kind == "dialogue" or (unit.kind == "direct" and _question(units[number - 1]))):
        return None
    other = next((s for s in reversed(said) if s.person and s.person is not said[-1].person), None)
    if other is None or unit.first - other.paragraph > 3:
        return None
    return Said(other.person, None, unit.last, sure=False)


def _question(unit: Unit) -> bool:
    return unit.kind == "dialogue"


def _sentences_near(sheet: Sheet, unit: Unit) -> Iterator[tuple[Span, bool]]:
    """Yield the sentences around a unit that may name its speaker, and whether they may do so without a verb."""
    setting = surroundings(sheet, sheet.units.index(unit))
    paragraph = sheet.paragraphs[unit.first].span
    before = Span(paragraph.start, setting.before.start)
    if BLANK not in before.of(sheet.frame) and before.of(sheet.frame).strip():
        yield _last_sentence(sheet, before), False
    if unit.first:
        previous = sheet.paragraphs[unit.first - 1].span
        ends = previous.of(sheet.frame).rstrip().endswith(":")
        if ends or BLANK not in previous.of(sheet.frame):
            yield _last_sentence(sheet, previous), ends or BLANK not in previous.of(sheet.frame)
    after = Span(setting.after.end, sheet.paragraphs[unit.last].span.end)
    if not after.of(sheet.frame).strip(" .") and unit.last + 1 < len(sheet.paragraphs) and unit.kind != "dialogue":
        following = sheet.paragraphs[unit.last + 1]
        after = following.span if following.kind == "paragraph" else after
    if after.of(sheet.frame).strip(f" .{BLANK}"):
        yield _first_sentence(sheet, after), False


def _last_sentence(sheet: Sheet, span: Span) -> Span:
    text = span.of(sheet.frame).rstrip()
    cut = max(text[:-1].rfind(c) for c in (". ", "! ", "? ", "… "))
    return Span(span.start + cut + 2 if cut >= 0 else span.start, span.end)


def _first_sentence(sheet: Sheet, span: Span) -> Span:
    text = span.of(sheet.frame)
    skipped = len(text) - len(text.lstrip(" .!?…"))
    match = re.search(r"[.!?…]\s", text[skipped:])
    return Span(span.start, span.start + skipped + match.start() + 1) if match else span
