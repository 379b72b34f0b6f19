"""Takes the quotations out of an article: what is speech, what belongs together, who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transcheck.quotes.attribute import attribute
from transcheck.quotes.indirect import indirect
from transcheck.quotes.paragraphs import paragraphs
from transcheck.quotes.people import People
from transcheck.quotes.sort import classify, end_mark, find_clauses, sentence_ends, surroundings
from transcheck.quotes.units import Sheet, Unit
from transcheck.quotes.verbs import reports_here
from transcheck.text.lexicon import table
from transcheck.text.speech import elisions, insertions, joined
from transcheck.types import Quote, Span, Version

_REMARK = re.compile(r"\([^()\n]{1,200}\)")
_LONGEST_CLAUSE = 30
"""Words of the author's between two stretches of one statement."""


def quotes(version: Version) -> tuple[Quote, ...]:
    """Return the quotations of an article in order: direct, partial and indirect speech, dialogue, block quotes.

    Titles, names in quotation marks and words held at a distance are no quotations. See :class:`Quote` for the places.
    """
    sheet = Sheet(version, paragraphs(version))
    classify(sheet)
    sheet.keep_speech()
    find_clauses(sheet)
    people = People(sheet.frame, sheet.lang, [s for u in sheet.units for s in sheet.spoken(u)], sheet.titles)
    spoken = _joined(sheet, list(sheet.units))
    said = attribute(sheet, people, spoken)
    found = [_quote(sheet, unit, s.person.name if s.person else "", s.at) for unit, s in zip(spoken, said, strict=True)]
    found += indirect(sheet, people, said)
    return tuple(sorted(found, key=lambda q: q.span))


def _joined(sheet: Sheet, units: Sequence[Unit]) -> list[Unit]:
    """Join what a reporting clause interrupts: "…," he said, "…"."""
    out: list[Unit] = []
    for unit in units:
        last = out[-1] if out else None
        if last is not None and _interrupted(sheet, last, unit):
            between = Span(last.outer.end, unit.outer.start)
            last.parts += unit.parts
            last.inside += [between, *unit.inside]
            last.outer = Span(last.outer.start, unit.outer.end)
            last.last = unit.last
            last.kind = "direct" if "direct" in (last.kind, unit.kind) else last.kind
            last.cues = [*last.cues, *(c for c in unit.cues if c not in last.cues)]
        else:
            out.append(unit)
    return out


def _interrupted(sheet: Sheet, one: Unit, other: Unit) -> bool:
    """Tell whether only a reporting clause parts two quotations of one paragraph."""
    if one.last != other.first or one.kind not in ("direct", "partial") or other.kind not in ("direct", "partial"):
        return False
    between = sheet.frame[one.outer.end : other.outer.start]
    words = re.findall(r"[^\W\d_]+", between)
    if not 1 <= len(words) <= _LONGEST_CLAUSE or sentence_ends(between):
        return False
    if not reports_here(between, sheet.lang) or between.rstrip().endswith(":"):
        return False
    ended = end_mark(sheet.text(one.parts[-1]))
    stripped = between.strip().rstrip('»”“"’› ')
    if stripped[-1:] == "." and _has_clause(sheet, other):
        return False  # each has its own: "…," said one. "…," said the other.
    resumed = other.parts[0].of(sheet.prose)[:1]
    if sheet.lang == "en":
        attached = ended in ",?!—–-…" or stripped[:1] in ",—–"
        goes_on = stripped[-1:] in ",—–" or (stripped[-1:] == "." and one.kind == "direct")
        return attached and goes_on and (stripped[-1:] == "." or resumed.islower() or one.kind == "direct")
    attached = stripped[:1] in ",—–-" or ended in ",?!…"
    return attached and stripped[-1:] in ".,—–-" and one.kind == "direct"


def _has_clause(sheet: Sheet, unit: Unit) -> bool:
    """Tell whether a clause behind a unit says who speaks it."""
    after = surroundings(sheet, sheet.units.index(unit))
    return after.attached and after.said_first


def _quote(sheet: Sheet, unit: Unit, name: str, at: Span | None) -> Quote:
    assert unit.kind is not None
    parts = tuple(unit.parts)
    return Quote(
        sheet.lang,
        unit.kind,
        joined(sheet.version.text, parts)[0],
        parts,
        name,
        at,
        tuple(Span(p.start + e.start, p.start + e.end) for p in parts for e in elisions(p.of(sheet.prose))),
        tuple(_insertions(sheet, parts)),
    )


def _insertions(sheet: Sheet, parts: Sequence[Span]) -> Iterator[Span]:
    """Yield an editor's words: all in square brackets that are no elision, and remarks signed in round ones."""
    signs = tuple(table("quotes")["editor"]["marks"])
    for part in parts:
        found = list(insertions(part.of(sheet.prose)))
        remarks = _REMARK.finditer(part.of(sheet.prose))
        found += [Span(*m.span()) for m in remarks if f"{m[0][1:-1].strip().lower()})".endswith(signs)]
        yield from (Span(part.start + s.start, part.start + s.end) for s in sorted(found))
