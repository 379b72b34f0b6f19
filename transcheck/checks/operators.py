"""TC210: a small word that decides what is said is lost or added: only, most, almost, because, unless, allegedly.

Two versions have an operator in so many words, in one place, and the third has nothing that could render it; or one
has it and neither of the others anything of the kind. What may render an operator is listed generously for each
language (``operators.toml``), so that a free translation has it in some form: nothing is inferred from vectors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from typing import Final

from transcheck.checks.base import Check, Context, Example, fault_among
from transcheck.checks.coverage import BRACKETED
from transcheck.checks.facing import facing, point, translated
from transcheck.checks.stretches import open_cut
from transcheck.text.lexicon import Hit, Matcher, candidates, table
from transcheck.types import Cell, Finding, Lang, Place, Row, Severity

OPERATOR = Check(
    code="TC210",
    slug="operator-changed",
    category="meaning",
    severity="error",
    precision="high",
    summary="A small word that decides what is said is lost or added: only, most, almost, because, unless, allegedly.",
    examples=(
        Example(
            ("en", "Half the windows in the school are broken."),
            ("ru", "Окна в школе выбиты."),
            ("ru", "Половина окон в школе выбита."),
        ),
        Example(
            ("uk", "Більшість учнів виїхала ще до війни."),
            ("en", "The pupils left before the war."),
            ("en", "Most of the pupils left before the war."),
        ),
        Example(
            ("ru", "Суд впервые признал пытки доказанными."),
            ("uk", "Суд визнав тортури доведеними."),
            ("uk", "Суд уперше визнав тортури доведеними."),
        ),
    ),
)
CHECKS = (OPERATOR,)

FACING: Final = 0.5
"""Share of the words around that must place the words of two versions opposite each other."""
_STRICT, _LOOSE = "strict", "loose"

Hits = Mapping[Lang, Sequence[Hit]]
"""The forms of one operator in each version of a row."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every operator that one of three versions has lost, or has alone."""
    for row in context.rows:
        if len(row.filled) < 2:
            continue
        told: set[Place] = set()
        for name in _spoken_of(row):
            entry = table("operators")[name]
            found: Hits = {c.lang: matcher(name, c.lang).find(c.text) for c in row.filled}
            surely = {c.lang: _spoken(c, found[c.lang]) for c in row.filled}
            if not any(surely.values()):
                continue
            changed: Iterator[Finding] = iter(())
            if not all(translated(context, c, [o for o in row.filled if o is not c]) for c in row.filled):
                break  # another finding reports all of it
            if len(row.filled) > 2:
                changed = _of_three(name, row, context, found, surely)
            elif entry.get("two"):
                changed = _of_two(name, row, context, found, surely)
            for finding in changed:
                places = {p for p in (finding.span, *finding.counterparts) if p.text}
                if told.isdisjoint(places):  # one word may mean two operators: nearly
                    told |= places
                    yield finding


@cache
def _by_matcher(lang: Lang) -> dict[Matcher, str]:
    """Return the operators by what finds their strict forms alone."""
    return {Matcher(((_STRICT, x) for x in e[_STRICT][lang]), lang): name for name, e in table("operators").items()}


def _spoken_of(row: Row) -> list[str]:
    """Return the operators of which any version may hold a strict form, in the order of the table."""
    known = {c.lang: _by_matcher(c.lang) for c in row.filled}
    held = {known[c.lang][m] for c in row.filled for m in candidates(c.text, c.lang) if m in known[c.lang]}
    return [name for name in table("operators") if name in held]


@cache
def matcher(name: str, lang: Lang) -> Matcher:
    """Return what finds the forms of an operator; the key of a hit is ``strict`` or ``loose``."""
    entry = table("operators")[name]
    return Matcher(((kind, form) for kind in (_STRICT, _LOOSE) for form in entry[kind].get(lang, ())), lang)


def _against(name: str, cell: Cell) -> bool:
    """Tell whether a version holds a form that an operator must stand against to count as added, if it must at all."""
    return "against" not in table("operators")[name] or bool(_opposed(name, cell.lang).find(cell.text))


@cache
def _opposed(name: str, lang: Lang) -> Matcher:
    return Matcher((("", form) for form in table("operators")[name]["against"][lang]), lang)


def _spoken(cell: Cell, hits: Sequence[Hit]) -> list[Hit]:
    """Return the strict forms that do not stand in brackets."""
    added = [m.span() for m in BRACKETED.finditer(cell.text)]
    return [h for h in hits if h.key == _STRICT and not any(a <= h.start and h.end <= b for a, b in added)]


def _of_two(name: str, row: Row, context: Context, found: Hits, surely: Hits) -> Iterator[Finding]:
    """Of two versions the translation of a declared source is at fault."""
    a, b = row.filled
    for cell, other in ((a, b), (b, a)):
        if not surely[cell.lang] or _anywhere(name, row, other.lang, context, found) or open_cut(row, other.lang):
            continue
        place = _place(context, cell, surely[cell.lang][0])
        at = point(context, other, cell, place)
        fault = fault_among(context, (cell.lang, other.lang))
        span, rest = (at, place) if fault == other.lang else (place, at)
        message = f"{other.lang} has nothing for “{place.text}” ({cell.lang}) [{table('operators')[name]['name']}]"
        yield _finding("warning", fault, 0.6, message, span, [rest], row)


def _of_three(name: str, row: Row, context: Context, found: Hits, surely: Hits) -> Iterator[Finding]:
    entry = table("operators")[name]
    for cell in row.filled:
        x, y = (c for c in row.filled if c is not cell)
        if entry["lost"] != "none" and surely[x.lang] and surely[y.lang]:
            if _anywhere(name, row, cell.lang, context, found) or open_cut(row, cell.lang):
                continue
            places = _opposite(surely[x.lang], x, surely[y.lang], y, context)
            if places is not None:
                yield _lost(name, row, context, cell, places)
        elif entry.get("added") and surely[cell.lang] and all(_against(name, o) for o in (x, y)):
            if any(_anywhere(name, row, o.lang, context, found) for o in (x, y)):
                continue
            if not any(open_cut(row, o.lang) for o in (x, y)):
                yield _added(name, row, context, cell, surely[cell.lang][0], (x, y))


def _anywhere(name: str, row: Row, lang: Lang, context: Context, found: Hits) -> bool:
    """Tell whether a version has any form of an operator in a row, or in one beside it that lacks a version."""
    if found[lang]:
        return True
    beside = [r for r in context.rows if abs(r.index - row.index) == 1 and len(r.filled) < len(row.filled)]
    return any(c.lang == lang and matcher(name, lang).find(c.text) for r in beside for c in r.filled)


def _opposite(
    mine: Sequence[Hit], x: Cell, others: Sequence[Hit], y: Cell, context: Context
) -> tuple[Place, Place] | None:
    """Return the forms of two versions that face each other best."""
    best = max(
        ((facing(context, x, a.span, y, b.span), -a.start, a, b) for a, b in product(mine, others)),
        key=lambda f: f[:2],
    )
    return (_place(context, x, best[2]), _place(context, y, best[3])) if best[0] >= FACING else None


def _lost(name: str, row: Row, context: Context, cell: Cell, places: Sequence[Place]) -> Finding:
    said = " and ".join(f"“{p.text}” ({p.lang})" for p in places)
    at = point(context, cell, row.cell(places[0].lang), places[0])
    entry = table("operators")[name]
    message = f"{cell.lang} has nothing for {said} [{entry['name']}]"
    return _finding(entry["lost"], cell.lang, 0.85, message, at, places, row)


def _added(name: str, row: Row, context: Context, cell: Cell, hit: Hit, others: Sequence[Cell]) -> Finding:
    place = _place(context, cell, hit)
    meant = table("operators")[name]["name"]
    message = f"“{place.text}” ({cell.lang}) has no counterpart in {others[0].lang} and {others[1].lang} [{meant}]"
    return _finding("warning", cell.lang, 0.6, message, place, [point(context, o, cell, place) for o in others], row)


def _finding(
    severity: Severity, lang: Lang | None, score: float, message: str, span: Place, others: Sequence[Place], row: Row
) -> Finding:
    return Finding(OPERATOR.code, OPERATOR.category, severity, lang, score, message, span, tuple(others), row.index)


def _place(context: Context, cell: Cell, hit: Hit) -> Place:
    return context.place(cell.lang, cell.place.start + hit.start, cell.place.start + hit.end)
