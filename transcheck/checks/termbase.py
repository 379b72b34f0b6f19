"""TC208: what the editor's termbase forbids, wants to stand unchanged, or requires.

The words are found in all their forms (:mod:`transcheck.checks.glossary`). A forbidden word is an error where another
version has an allowed one for the same thing; it is a warning where none has, since it may mean something else there,
and a note where all versions say so, as in the words of somebody who is quoted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from transcheck.checks.base import Check, Context, Example
from transcheck.checks.facing import point
from transcheck.checks.glossary import Use, covering, glossary
from transcheck.text.lexicon import tokens
from transcheck.text.translit import alike, skeleton
from transcheck.types import Cell, Concept, Finding, Lang, Place, Row, Severity

TERMBASE = Check(
    code="TC208",
    slug="termbase",
    category="terminology",
    severity="error",
    precision="high",
    summary="A word that the editor's termbase forbids, or one that it requires or keeps unchanged, missing.",
    examples=(
        Example(
            ("uk", "Вторгнення почалося на світанку."),
            ("ru", "Спецоперация началась на рассвете."),
            ("ru", "Вторжение началось на рассвете."),
        ),
        Example(
            ("ru", "Поезд из Киева пришёл утром."),
            ("en", "The train from Kiev arrived in the morning."),
            ("en", "The train from Kyiv arrived in the morning."),
        ),
        Example(
            ("en", "The occupation of the peninsula lasted eight years."),
            ("uk", "Возз’єднання півострова тривало вісім років."),
            ("uk", "Окупація півострова тривала вісім років."),
        ),
    ),
)
CHECKS = (TERMBASE,)

SOUNDS: Final = 0.8
"""Likeness of two words from which one is the other in another script."""

_SCORES: Final[Mapping[Severity, float]] = {"error": 0.95, "warning": 0.7, "note": 0.5}


@dataclass(frozen=True, slots=True)
class _Found:
    """A row with the terms in each of its filled cells."""

    row: Row
    uses: Mapping[Lang, tuple[Use, ...]]

    def of(self, lang: Lang, concept: int, *, forbidden: bool) -> list[Use]:
        """Return the allowed or the forbidden terms of a concept in a version."""
        return [u for u in self.uses.get(lang, ()) if u.concept == concept and u.term.forbidden is forbidden]

    def count(self, lang: Lang, concept: int) -> int:
        """Return how often a version names a concept, by whatever term."""
        return sum(u.concept == concept for u in self.uses.get(lang, ()))


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every forbidden term, and for every concept that a version has to name and does not."""
    if not context.termbase.concepts:
        return
    terms = glossary(context.termbase)
    rows = [_Found(row, {c.lang: terms.uses(c.text, c.lang) for c in row.filled}) for row in context.rows]
    for number, found in enumerate(rows):
        yield from _forbidden(context, found)
        yield from _missing(context, found, [*rows[max(0, number - 1) : number], *rows[number + 1 : number + 2]])


def _forbidden(context: Context, found: _Found) -> Iterator[Finding]:
    """Yield a finding for every forbidden term of a row."""
    for lang, uses in found.uses.items():
        seen: Counter[int] = Counter()
        for use in uses:
            if not use.term.forbidden:
                continue
            named, severity = _weighed(found, lang, use)
            turn = seen[use.concept]
            seen[use.concept] += 1
            if severity == "error" or not covering(uses, use):
                others = {x: there[min(turn, len(there) - 1)] for x, there in named.items()}
                yield _used(context, found.row, lang, use, others, severity)


def _weighed(found: _Found, lang: Lang, use: Use) -> tuple[dict[Lang, list[Use]], Severity]:
    """Return what speaks against a forbidden term in the other versions, or with it, and how severe it is.

    A version that has the allowed term more often speaks against it only where it has fewer forbidden ones.
    """
    concept = use.concept
    own = {f: len(found.of(lang, concept, forbidden=f)) for f in (False, True)}
    allowed = {x: found.of(x, concept, forbidden=False) for x in found.uses if x != lang}
    alike = {x: found.of(x, concept, forbidden=True) for x in allowed}
    against = {x: a for x, a in allowed.items() if len(a) > own[False] and len(alike[x]) < own[True]}
    if against:
        return against, "error"
    return ({}, "warning") if not alike or not all(alike.values()) else (alike, "note")


def _used(context: Context, row: Row, lang: Lang, use: Use, others: Mapping[Lang, Use], severity: Severity) -> Finding:
    concept = context.termbase.concepts[use.concept]
    there = ", ".join(f"{x} “{u.text}”" for x, u in others.items())
    joined = {"error": f", where {there}", "note": f", as in {there}", "warning": ""}[severity]
    listed = concept.allowed(lang)
    instead = f"; allowed in {lang}: {', '.join(listed)}" if listed else ""
    why = use.term.note or concept.note
    return Finding(
        TERMBASE.code,
        TERMBASE.category,
        severity,
        lang,
        _SCORES[severity],
        f"forbidden term for [{concept.name}]: {lang} “{use.text}”{joined}{instead}" + (f" ({why})" if why else ""),
        _place(context, row.cell(lang), use),
        tuple(_place(context, row.cell(x), u) for x, u in others.items()),
        row.index,
    )


def _missing(context: Context, found: _Found, near: Sequence[_Found]) -> Iterator[Finding]:
    """Yield a finding for every version that lacks a required or kept concept which another one names.

    ``near`` are the rows before and after: what stands there in excess was put into another sentence.
    """
    named = sorted({u.concept for uses in found.uses.values() for u in uses if not u.term.forbidden})
    for number in named:
        concept = context.termbase.concepts[number]
        if not (concept.required or concept.kept):
            continue
        having = {x: u[0] for x in found.uses if (u := found.of(x, number, forbidden=False))}
        asked = [x for x in found.uses if concept.allowed(x)]
        for lang in asked:
            if found.count(lang, number) or any(n.count(lang, number) > _most(n, number, having) for n in near):
                continue
            yield _lacking(context, found.row, lang, concept, having, all(x in having for x in asked if x != lang))


def _most(found: _Found, concept: int, langs: Mapping[Lang, Use]) -> int:
    return max(found.count(lang, concept) for lang in langs)


def _lacking(
    context: Context, row: Row, lang: Lang, concept: Concept, having: Mapping[Lang, Use], alone: bool
) -> Finding:
    """Return the finding on a version that lacks a term; ``alone``: all others that could have it do."""
    cell = row.cell(lang)
    there = ", ".join(f"{x} “{u.text}”" for x, u in having.items())
    counterparts = tuple(_place(context, row.cell(x), u) for x, u in having.items())
    changed = _changed(context, cell, concept.allowed(lang)) if concept.kept else None
    severity: Severity = "error" if changed is not None else "warning" if alone else "note"
    if changed is not None:
        message = f"to be kept unchanged: {lang} “{changed.text}”, where {there}"
    elif concept.kept:
        message = f"to be kept unchanged: {lang} lacks {there}"
    else:
        listed = ", ".join(concept.allowed(lang))
        message = f"required term for [{concept.name}]: {lang} has none, where {there}; allowed in {lang}: {listed}"
    if changed is None:
        (other, _), place = next(iter(having.items())), counterparts[0]
        changed = point(context, cell, row.cell(other), place)
    return Finding(
        TERMBASE.code,
        TERMBASE.category,
        severity,
        lang,
        _SCORES[severity],
        message + (f" ({concept.note})" if concept.note else ""),
        changed,
        counterparts,
        row.index,
    )


def _changed(context: Context, cell: Cell, kept: Sequence[str]) -> Place | None:
    """Return the word that sounds like one that was to be kept: Старлинк for Starlink."""
    sounds = [skeleton(term) for term in kept if term.isalpha()]
    for token in tokens(cell.text):
        heard = skeleton(token.folded)
        if any(heard[:1] == s[:1] and alike(heard, s) >= SOUNDS for s in sounds if s):
            return context.place(cell.lang, cell.place.start + token.start, cell.place.start + token.end)
    return None


def _place(context: Context, cell: Cell, use: Use) -> Place:
    return context.place(cell.lang, cell.place.start + use.start, cell.place.start + use.end)
