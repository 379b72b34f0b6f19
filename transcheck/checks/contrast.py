"""TC202: one version says the opposite of the others: antonyms, quantifiers, comparatives, connectives."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Literal, cast

from transcheck.checks.base import Check, Context, Example, fault_of_two
from transcheck.checks.confidence import WEAK
from transcheck.checks.facing import facing, inside, rendering
from transcheck.text.lexicon import Hit, opposed, table
from transcheck.text.negation import negations
from transcheck.text.words import is_function_word
from transcheck.types import Cell, Encoder, Finding, Lang, Place, Row, Severity, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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

OPPOSITE = 0.45
"""From this cosine to a listed word a word that is not listed may mean the same …"""
NEARER = 0.08
"""… if no word of its version is as near, within this, to what the other version has."""

_BOUNDS = "at-least-at-most"
"""The entry whose words deny nothing, though some hold a negation: *не меньше*, *no more than*."""
_SENTENCE_END = re.compile(r"[.!?…]")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Opposed concepts in one row: ``lang`` is the version at fault (None: unknown), ``places`` the words by version.

    ``places`` begins with the version at fault, or with the first where that is unknown; ``agreed`` tells whether two
    versions agree against it, ``listed`` whether both words stand in the table.
    """

    entry: str
    lang: Lang | None
    places: tuple[tuple[Lang, State, Place], ...]
    agreed: bool
    listed: bool = True


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every row in which a version holds the opposite of what the others hold.

    Opposites that stand in one place, without what else makes sure, are yielded with the score ``WEAK``.
    """
    for row in context.rows:
        for conflict in conflicts(row, context, "contrast"):
            severity = weight("contrast", conflict)
            if severity is None or _rhetorical(conflict, context) or _turned(conflict, row):
                continue
            if borne_out(conflict, row, context):
                yield report(CONTRAST, conflict, row, severity, _message)
        for conflict in _opposite_each_other(row, context):
            if not _rhetorical(conflict, context):
                score = WEAK if conflict.listed else WEAK / 2
                yield replace(report(CONTRAST, conflict, row, "warning", _message), score=score)


def _opposite_each_other(row: Row, context: Context) -> Iterator[Conflict]:
    """Yield for each entry the two opposed words that face each other best and face nothing of their own side.

    Unlike :func:`conflicts` it looks at two words rather than at all that a version holds of either side.
    """
    filled = row.filled
    found = {cell.lang: _hits(cell, "contrast") for cell in filled}
    for entry in sorted({entry for hits in found.values() for entry in hits}):
        sides = {x: [(part, h) for part, h in hits.get(entry, ()) if part != "both"] for x, hits in found.items()}
        best: tuple[float, Conflict] | None = None
        for a, b in combinations(filled, 2):
            for part, hit in sides[a.lang]:
                for other, against in sides[b.lang]:
                    if part == other or _answered(part, hit, a, b, sides, context):
                        continue
                    if _answered(other, against, b, a, sides, context):
                        continue
                    near = _faces(hit, a, against, b, context)
                    if near >= FACING and (best is None or near > best[0]):
                        best = near, _of_two(entry, (part, hit, a), (other, against, b), row, sides, context)
        if best is not None:
            yield best[1]
            continue
        implied = _implied(entry, sides, row, context)
        if implied is not None:
            yield replace(implied, listed=False)


def _implied(
    entry: str, sides: Mapping[Lang, Sequence[tuple[str, Hit]]], row: Row, context: Context
) -> Conflict | None:
    """Return the word of an entry that faces a word, not in the table, which is nearer to its opposites than to it."""
    best: tuple[float, Conflict] | None = None
    for a in row.filled:
        spans_a, mine = context.encoder.words(a.text)
        for b in row.filled:
            if a is b or sides[b.lang]:
                continue
            if any(n.strong for c in (a, b) for n in negations(c.text, c.lang)):
                continue  # what is denied may be the opposite
            spans_b, theirs = context.encoder.words(b.text)
            for part, hit in sides[a.lang]:
                at = [i for i, s in enumerate(spans_a) if s.start < hit.end and hit.start < s.end]
                if len(at) != 1 or not len(theirs):
                    continue
                own = float((theirs @ mine[at[0]]).max())
                if own >= RENDERED:
                    continue
                opposites = _vectors(entry, "b" if part == "a" else "a", a.lang, cast("Hashable", context.encoder))
                if not len(opposites):
                    continue
                near = (theirs @ opposites.T).max(axis=1)
                there = int(near.argmax())
                more = float(near[there]) - own
                if near[there] < OPPOSITE or more < NEARER:
                    continue
                span = spans_b[there]
                if is_function_word(span.of(b.text), b.lang):
                    continue
                if facing(context, a, Span(hit.start, hit.end), b, span) < FACING:
                    continue
                other = Hit(hit.key, span.start, span.end, span.of(b.text), 0, 0)
                if best is None or more > best[0]:
                    opposed_part = "b" if part == "a" else "a"
                    found = _of_two(entry, (part, hit, a), (opposed_part, other, b), row, sides, context)
                    best = more, found
    return best[1] if best is not None else None


@lru_cache(maxsize=4096)
def _vectors(entry: str, part: str, lang: Lang, encoder: Hashable) -> NDArray[np.float32]:
    """Return the unit vectors of the words that a side of an entry spells out, float32 [words, d]."""
    forms = " ".join(f for f in table("contrast")[entry][part][lang] if f.isalpha())
    vectors: NDArray[np.float32] = cast("Encoder", encoder).words(forms)[1]
    return vectors


def _faces(hit: Hit, a: Cell, other: Hit, b: Cell, context: Context) -> float:
    return facing(context, a, Span(hit.start, hit.end), b, Span(other.start, other.end))


def _answered(
    part: str, hit: Hit, a: Cell, b: Cell, sides: Mapping[Lang, Sequence[tuple[str, Hit]]], context: Context
) -> bool:
    """Tell whether a word of the same side faces ``hit`` in ``b``."""
    return any(p == part and _faces(hit, a, h, b, context) >= FACING for p, h in sides[b.lang])


def _of_two(
    entry: str,
    one: tuple[str, Hit, Cell],
    two: tuple[str, Hit, Cell],
    row: Row,
    sides: Mapping[Lang, Sequence[tuple[str, Hit]]],
    context: Context,
) -> Conflict:
    """Put two opposed words on the version that a third, or the declared source, speaks against."""
    held = {one[2].lang: one, two[2].lang: two}

    def backed(lang: Lang, third: Cell) -> bool:
        part, hit, cell = held[lang]
        return _answered(part, hit, cell, third, sides, context)

    lang = fault_of_two(context, row, (one[2].lang, two[2].lang), backed)
    ordered = sorted((one, two), key=lambda x: x[2].lang != lang)
    places = tuple(
        (cell.lang, cast("State", part), context.place(cell.lang, start + hit.start, start + hit.end))
        for part, hit, cell in ordered
        for start in (cell.place.start,)
    )
    return Conflict(entry, lang, places, lang is not None)


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
    mine = inside(cell, place)
    against = [(row.cell(x), inside(row.cell(x), p)) for x, s, p in others if s != state]
    near = max(facing(context, cell, mine, other, span) for other, span in against)
    elsewhere = [rendering(context, cell, mine, other, span) for other, span in against]
    if not conflict.agreed and len(row.filled) > 2:
        return False  # the silent third says it in words of its own, and so may either of the two
    if conflict.agreed:
        return near >= FACING and min(elsewhere) < RENDERED and max(elsewhere) < RENDERED_SURELY
    back = [rendering(context, other, span, cell, mine) for other, span in against]
    return near >= FACING_ALONE and max(*elsewhere, *back) < RENDERED


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
        found.setdefault(entry, []).append(("both" if inverted and entry != _BOUNDS else part, hit))
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
