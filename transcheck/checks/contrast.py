"""TC202: one version says the opposite of the others: antonyms, quantifiers, comparatives, connectives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from transcheck.checks.base import Check, Context, Example
from transcheck.checks.facing import facing, rendering
from transcheck.text.lexicon import Hit, opposed, table
from transcheck.text.negation import negations
from transcheck.types import Cell, Finding, Lang, Place, Row, Severity, Span

State = Literal["a", "b", "both", "none"]

CONTRAST = Check(
    code="TC202",
    slug="opposite",
    category="meaning",
    severity="error",
    precision="high",
    summary="One version uses a word of the opposite meaning: all/some, before/after, rise/fall, because/although.",
    examples=(
        Example(
            ("ru", "Магазины открылись до войны."),
            ("en", "The shops closed before the war."),
            ("en", "The shops opened before the war."),
        ),
        Example(
            ("uk", "Міністр завжди підтверджував ці дані."),
            ("ru", "Министр всегда опровергал эти данные."),
            ("ru", "Министр всегда подтверждал эти данные."),
        ),
        Example(
            ("en", "Prices rose after the strike."),
            ("uk", "Після удару ціни впали."),
            ("uk", "Після удару ціни зросли."),
        ),
    ),
)
CHECKS = (CONTRAST,)

FACING = 0.5
"""Share of the words around that must place two opposed words opposite each other where two versions agree …"""
FACING_ALONE = 0.6
"""… and where nothing but the two words speaks for a conflict."""
APART = 0.25
"""Up to this share a word stands in another place, so that it says nothing of a conflict here."""
RENDERED = 0.45
"""From this cosine a word has its translation elsewhere in the other version, and is opposed to nothing there …"""
RENDERED_SURELY = 0.6
"""… and from this one, whatever a third version says."""

_SENTENCE_END = re.compile(r"[.!?…]")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Opposed concepts in one row: ``lang`` is the version at fault (None: unknown), ``places`` the words by version.

    ``places`` begins with the version at fault, or with the first where that is unknown; ``agreed`` tells whether two
    versions agree against it.
    """

    entry: str
    lang: Lang | None
    places: tuple[tuple[Lang, State, Place], ...]
    agreed: bool


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every row in which a version holds the opposite of what the others hold."""
    for row in context.rows:
        for conflict in conflicts(row, context, "contrast"):
            severity = weight("contrast", conflict)
            if severity is None or _rhetorical(conflict, context) or _turned(conflict, row):
                continue
            if borne_out(conflict, row, context):
                yield report(CONTRAST, conflict, row, severity, _message)


def weight(name: str, conflict: Conflict) -> Severity | None:
    """Return what a conflict is worth by its entry (``two``, ``three``) or the defaults of the table; None: nothing."""
    entry = table(name)[conflict.entry]
    if not conflict.agreed and entry.get("three") == "warning":
        return None
    value: str = entry.get("three", "error") if conflict.agreed else entry.get("two", "warning")
    return None if value == "none" else value  # type: ignore[return-value]


def report(
    kind: Check, conflict: Conflict, row: Row, severity: Severity, message: Callable[[Conflict], str]
) -> Finding:
    """Make a finding of a conflict."""
    (_, _, span), *others = conflict.places
    score = 0.9 if conflict.agreed else 0.6
    return Finding(
        kind.code,
        kind.category,
        severity,
        conflict.lang,
        score,
        message(conflict),
        span,
        tuple(place for _, _, place in others),
        row.index,
    )


def _message(conflict: Conflict) -> str:
    (lang, _, place), *others = conflict.places
    rest = ", ".join(f"“{p.text}” ({x})" for x, _, p in others)
    verb = "have" if len(others) > 1 else "has"
    if conflict.lang is None:
        return f"“{place.text}” ({lang}) is the opposite of {rest}"
    return f"“{place.text}” ({lang}) is the opposite of what the other version{'s' * (len(others) > 1)} {verb}: {rest}"


def conflicts(row: Row, context: Context, name: str, unless: frozenset[str] = frozenset()) -> Iterator[Conflict]:
    """Yield the conflicts of a row by the table ``name`` of opposed concepts, without the entries in ``unless``."""
    filled = row.filled
    if len(filled) < 2:
        return
    found = {cell.lang: _hits(cell, name) for cell in filled}
    entries = sorted({entry for hits in found.values() for entry in hits} - unless)
    for entry in entries:
        here = _local({cell.lang: found[cell.lang].get(entry, []) for cell in filled}, row, context)
        states = {cell.lang: _state(hits) for cell, hits in ((c, here[c.lang]) for c in filled)}
        conflict = _conflict(entry, states, here, filled, context)
        if conflict is not None:
            yield conflict


def _rhetorical(conflict: Conflict, context: Context) -> bool:
    """Tell whether all versions ask: has everyone forgotten us, and does anyone remember us, are one question."""
    for lang, _, place in conflict.places:
        version = context.document.version(lang)
        end = _SENTENCE_END.search(version.text, place.end) if version is not None else None
        if end is None or end.group() != "?":
            return False
    return True


def _turned(conflict: Conflict, row: Row) -> bool:
    """Tell whether the opposite is denied: never forgets, always remembers; nobody remembered, everyone forgot."""
    stated = {lang: state for lang, state, _ in conflict.places}
    found = {lang: _hits(row.cell(lang), "contrast") for lang in stated}
    entries = {entry for hits in found.values() for entry in hits} - {conflict.entry}
    for entry in entries:
        states = {lang: _state(hits.get(entry, ())) for lang, hits in found.items()}
        denied = {stated[lang] for lang, state in states.items() if state == "both"}
        outright = {stated[lang] for lang, state in states.items() if state in ("a", "b")}
        if len(denied) == len(outright) == 1 and denied != outright and "none" not in states.values():
            return True
    return False


def borne_out(conflict: Conflict, row: Row, context: Context) -> bool:
    """Tell whether the words stand in one place of the text and none of them is translated elsewhere."""
    (lang, state, place), *others = conflict.places
    cell = row.cell(lang)
    mine = _inside(cell, place)
    against = [(row.cell(x), _inside(row.cell(x), p)) for x, s, p in others if s != state]
    near = max(facing(context, cell, mine, other, span) for other, span in against)
    elsewhere = [rendering(context, cell, mine, other, span) for other, span in against]
    if not conflict.agreed and len(row.filled) > 2:
        return False  # the silent third says it in words of its own, and so may either of the two
    if conflict.agreed:
        return near >= FACING and min(elsewhere) < RENDERED and max(elsewhere) < RENDERED_SURELY
    back = [rendering(context, other, span, cell, mine) for other, span in against]
    return near >= FACING_ALONE and max(*elsewhere, *back) < RENDERED


def _inside(cell: Cell, place: Place) -> Span:
    """Return a place of the version as a span of the cell."""
    return Span(place.start - cell.place.start, place.end - cell.place.start)


def _hits(cell: Cell, name: str) -> dict[str, list[tuple[str, Hit]]]:
    """Return the hits of a cell by entry; a denied word stands for both sides, since *not open* may be *closed*."""
    found_negations = negations(cell.text, cell.lang)
    denied = [s for n in found_negations if n.formal for s in (n.span, *n.denied[:2])]
    found: dict[str, list[tuple[str, Hit]]] = {}
    for hit in opposed(name, cell.lang).find(cell.text):
        entry, _, part = hit.key.rpartition(".")
        if part == "skip":
            continue
        inverted = any(s.start < hit.end and hit.start < s.end for s in denied) or any(
            n.start < hit.start and hit.end <= n.end for n in found_negations
        )
        found.setdefault(entry, []).append(("both" if inverted else part, hit))
    return found


def _state(hits: Sequence[tuple[str, Hit]]) -> State:
    parts = {part for part, _ in hits}
    if not parts:
        return "none"
    if parts == {"a"}:
        return "a"
    return "b" if parts == {"b"} else "both"


def _local(found: dict[Lang, list[tuple[str, Hit]]], row: Row, context: Context) -> dict[Lang, list[tuple[str, Hit]]]:
    """Where one of three versions has both sides, keep there only what faces the words of the other two."""
    states = {x: _state(hits) for x, hits in found.items()}
    mixed = [x for x, s in states.items() if s == "both" and all(part != "both" for part, _ in found[x])]
    if len(found) != 3 or len(mixed) != 1 or "none" in states.values():
        return found
    (lang,) = mixed
    cell = row.cell(lang)

    def faces(hit: Hit) -> float:
        return min(
            max(facing(context, cell, Span(hit.start, hit.end), row.cell(x), Span(h.start, h.end)) for _, h in hits)
            for x, hits in found.items()
            if x != lang
        )

    near = {part: max(faces(h) for p, h in found[lang] if p == part) for part in ("a", "b")}
    kept = max(near, key=lambda part: near[part])
    if near[kept] < FACING_ALONE or min(near.values()) > APART:
        return found
    return {**found, lang: [(p, h) for p, h in found[lang] if p == kept and faces(h) >= FACING_ALONE]}


def _conflict(
    entry: str,
    states: dict[Lang, State],
    found: dict[Lang, list[tuple[str, Hit]]],
    filled: Sequence[Cell],
    context: Context,
) -> Conflict | None:
    """Decide whether the states contradict each other, and who is at fault."""
    if "both" in states.values() or not {"a", "b"} <= set(states.values()):
        return None
    held = [lang for lang, state in states.items() if state != "none"]
    lang: Lang | None = None
    if len(held) == 3:
        lang = next(x for x in held if [states[y] for y in held].count(states[x]) == 1)
    elif context.document.source_lang in held:
        lang = next(x for x in held if x != context.document.source_lang)
    order = sorted(held, key=lambda x: x != lang)
    cells = {cell.lang: cell for cell in filled}
    places = []
    for x in order:
        hit = found[x][0][1]
        start = cells[x].place.start
        places.append((x, states[x], context.place(x, start + hit.start, start + hit.end)))
    return Conflict(entry, lang, tuple(places), len(held) == 3)
