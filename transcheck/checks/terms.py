"""TC205: a loaded term replaced by the opposed one; TC206: a harsh word softened or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from transcheck.checks.base import Check, Context, Example
from transcheck.checks.confidence import WEAK
from transcheck.checks.contrast import Conflict, borne_out, conflicts, report, weight
from transcheck.checks.facing import facing
from transcheck.checks.fields import Swap, named, proposals, swaps
from transcheck.checks.quantities import FIELDS
from transcheck.text.lexicon import Matcher, table
from transcheck.types import Cell, Finding, Lang, Place, Row, Severity, Span

TERMINOLOGY = Check(
    code="TC205",
    slug="loaded-term",
    category="terminology",
    severity="error",
    precision="high",
    summary="One version names a thing by a loaded term opposed to that of the others: war/special operation.",
    examples=(
        Example(
            ("uk", "Війна триває третій рік."),
            ("ru", "Специальная военная операция идёт третий год."),
            ("ru", "Война идёт третий год."),
        ),
        Example(
            ("ru", "Город был оккупирован в марте."),
            ("en", "The city was liberated in March."),
            ("en", "The city was occupied in March."),
        ),
        Example(
            ("en", "He spoke about the annexation of Crimea."),
            ("uk", "Він говорив про приєднання Криму."),
            ("uk", "Він говорив про анексію Криму."),
        ),
    ),
)

SOFTENED = Check(
    code="TC206",
    slug="softened",
    category="softened",
    severity="error",
    precision="high",
    summary="A curse or a harsh word is weaker than in the other versions, or gone.",
    examples=(
        Example(
            ("ru", "Пошли вы на хуй, — сказал он."),
            ("en", "“Go away,” he said."),
            ("en", "“Go fuck yourselves,” he said."),
        ),
        Example(
            ("en", "It is fucking cold here, he said."),
            ("uk", "Тут дуже холодно, сказав він."),
            ("uk", "Тут охуєнно холодно, сказав він."),
        ),
        Example(
            ("uk", "Вони довбані суки, сказала вона."),
            ("ru", "Они плохие люди, сказала она."),
            ("ru", "Они ебаные суки, сказала она."),
        ),
    ),
)

CHECKS = (TERMINOLOGY, SOFTENED)

HARSH = 3
"""The level of an obscenity or a vulgarity."""
_FACING = 0.5
"""Share of the words around that must place two words opposite each other."""
_CRUDE = 2
"""That of what is crude or abusive."""

_ELISION = re.compile(r"\[\s*(?:…|\.\.\.)\s*\]|\(\s*(?:…|\.\.\.)\s*\)|…|\.\.\.")


def check(context: Context) -> Iterator[Finding]:
    """Yield the findings of both checks of this module."""
    yield from terminology(context)
    yield from softened(context)


def terminology(context: Context) -> Iterator[Finding]:
    """Yield a finding for every row in which a version holds the term opposed to that of the others."""
    for row in context.rows:
        found: list[Finding] = []
        for conflict in conflicts(row, context, "terms"):
            severity = weight("terms", conflict)
            if severity is not None and borne_out(conflict, row, context):
                found.append(report(TERMINOLOGY, conflict, row, severity, _message))
        yield from found
        fields = [f for f in named("fields") if f not in FIELDS]
        for swap in swaps(row, context, fields):
            if not any(f.lang in (None, swap.lang) for f in found):
                yield _swapped(swap, row)
        for swap in proposals(row, context, fields):
            yield replace(_swapped(swap, row), severity="warning", score=WEAK)


def _swapped(swap: Swap, row: Row) -> Finding:
    others = ", ".join(f"{p.lang}: “{p.text}”" for p in swap.others)
    lang = swap.place.lang
    return Finding(
        TERMINOLOGY.code,
        TERMINOLOGY.category,
        TERMINOLOGY.severity,
        swap.lang,
        0.85,
        f"another thing is named: {lang}: “{swap.place.text}” [{swap.has}], {others} [{swap.wants}]",
        swap.place,
        swap.others,
        row.index,
    )


def _message(conflict: Conflict) -> str:
    names = dict(zip("ab", table("terms")[conflict.entry]["name"], strict=True))
    said = ", ".join(f"{lang}: “{place.text}” [{names[state]}]" for lang, state, place in conflict.places)
    return f"opposed terms for the same thing: {said}"


@dataclass(frozen=True, slots=True)
class Harsh:
    """The harshest word of a version: its ``level`` 0 (none) to 4, and its place (the whole cell if there is none)."""

    level: int
    place: Place
    masked: bool = False


def softened(context: Context) -> Iterator[Finding]:
    """Yield a finding for every version that is clearly weaker than the harshest."""
    for row in context.rows:
        filled = row.filled
        if len(filled) >= 2:
            yield from _softened(row, {cell.lang: _with_strays(cell, row, context) for cell in filled}, context)


def _with_strays(cell: Cell, row: Row, context: Context) -> Harsh:
    """Return the harshest word of a cell or of the rows around it that lack a version: what was split off there."""
    found = harshest(cell, context)
    at = next((i for i, r in enumerate(context.rows) if r.index == row.index), -1)
    for step in (-1, 1) if at >= 0 else ():
        i = at + step
        while 0 <= i < len(context.rows) and len(context.rows[i].filled) < len(context.rows[i].cells):
            stray = next((harshest(c, context) for c in context.rows[i].filled if c.lang == cell.lang), None)
            if stray is not None and stray.level > found.level:
                found = stray
            i += step
        if 0 <= i < len(context.rows):
            found = max(found, _shifted(cell.lang, context.rows[i], context), key=lambda h: h.level)
    return found


def _shifted(lang: Lang, row: Row, context: Context) -> Harsh:
    """Return the harsh word of a neighbouring row that no other version has there: the alignment put it off by one."""
    levels = {c.lang: harshest(c, context) for c in row.filled}
    mine = levels.get(lang, Harsh(0, row.cell(lang).place))
    alone = all(mine.level - other.level >= 2 for x, other in levels.items() if x != lang)
    return mine if alone and mine.level >= HARSH else replace(mine, level=0, masked=False)


def _softened(row: Row, levels: dict[Lang, Harsh], context: Context) -> Iterator[Finding]:
    for lang, mine in levels.items():
        others = {x: h for x, h in levels.items() if x != lang}
        severity = _severity(mine, list(others.values()), len(levels))
        proposed = severity is None and _agreed(mine, others, row, context)
        if not (severity or proposed) or mine.masked or _ELISION.search(row.cell(lang).text):
            continue
        harsher = [(x, h) for x, h in others.items() if proposed or _clearly(h, mine) or h.level >= _CRUDE]
        said = ", ".join(f"“{h.place.text}” ({x})" for x, h in harsher)
        has = f"only “{mine.place.text}”" if mine.level else "nothing of the kind"
        yield Finding(
            SOFTENED.code,
            SOFTENED.category,
            severity or "warning",
            lang,
            {"error": 0.9, "warning": 0.6, None: WEAK}[severity],
            f"the harsh {said} is softened: {lang} has {has}",
            mine.place,
            tuple(h.place for _, h in harsher),
            row.index,
        )


def _agreed(mine: Harsh, others: dict[Lang, Harsh], row: Row, context: Context) -> bool:
    """Tell whether two other versions have words, however mild, that face one another, and this one has none."""
    if mine.level or len(others) < 2 or not all(h.level for h in others.values()):
        return False
    spots: list[tuple[Cell, Span]] = []
    for x, h in others.items():
        cell = row.cell(x)
        if not cell.place.start <= h.place.start <= h.place.end <= cell.place.end:  # of a row beside
            return False
        spots.append((cell, Span(h.place.start - cell.place.start, h.place.end - cell.place.start)))
    (a, p), (b, q) = spots
    return facing(context, a, p, b, q) >= _FACING


def _severity(mine: Harsh, others: Sequence[Harsh], versions: int) -> Severity | None:
    """Weigh a version against the others: error where both are clearly harsher, warning where the only other is, or
    where of two the one is and the other crude at least, and nothing here is even mild.
    """
    harsher = [h for h in others if _clearly(h, mine)]
    if versions == 3:
        if len(harsher) == 2:
            return "error"
        return "warning" if harsher and not mine.level and min(h.level for h in others) >= _CRUDE else None
    return "warning" if harsher else None


def _clearly(other: Harsh, mine: Harsh) -> bool:
    """Tell whether ``other`` is clearly harsher: an obscenity or vulgarity against something two levels below."""
    return other.level >= HARSH and other.level - mine.level >= 2


def harshest(cell: Cell, context: Context) -> Harsh:
    """Return the harshest word of a cell; a masked or bleeped form counts as an obscenity, since it marks one."""
    start = cell.place.start
    masked = _masked().search(cell.text)
    if masked is not None:
        return Harsh(4, context.place(cell.lang, start + masked.start(), start + masked.end()), masked=True)
    best: tuple[int, int, int] | None = None
    for hit in _curses(cell.lang).find(cell.text):
        level = int(hit.key)
        if best is None or level > best[0]:
            best = (level, hit.start, hit.end)
    if best is None:
        return Harsh(0, cell.place)
    return Harsh(best[0], context.place(cell.lang, start + best[1], start + best[2]))


@lru_cache(maxsize=8)
def _curses(lang: Lang) -> Matcher:
    data = table("profanity")
    return Matcher(
        ((str(level), form) for level in (4, 3, 2, 1) for form in data[f"level{level}"]["words"][lang]), lang
    )


@lru_cache(maxsize=1)
def _masked() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in table("profanity")["masked"]["patterns"]), re.IGNORECASE)
