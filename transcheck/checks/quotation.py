"""TC502: quotation marks lost or put on. TC503: an elision that changes the sense of what it leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from transcheck.checks.base import Check, Context, Example
from transcheck.checks.cuts import innocent
from transcheck.checks.facing import gap, rendering
from transcheck.text.negation import Negation, negations
from transcheck.text.speech import (
    conditions,
    count_words,
    elisions,
    gives_name,
    has_marks,
    is_wrapped,
    limits,
    quotations,
    reports,
    speaks_unmarked,
    words_of,
)
from transcheck.text.words import is_function_word
from transcheck.types import Cell, Finding, Lang, Place, Row, Span

QUOTATION = Check(
    code="TC502",
    slug="quotation",
    category="quotation",
    severity="warning",
    precision="medium",
    summary="A passage is in direct speech in some versions and in the author's own words in another.",
    examples=(
        Example(
            ("ru", "Он сказал: «Мы не стреляли в людей». «Приказа не было», — добавил он."),
            ("en", "He said that they had not shot at people. “There was no order given,” he added."),
            ("en", "He said: “We did not shoot at people.” “There was no order given,” he added."),
        ),
        Example(
            ("en", "“We did not open the gate,” the guard said. “Nobody had asked us to,” he added."),
            ("uk", "Охоронець сказав, що вони не відчиняли воріт. «Нас ніхто про це не просив», — додав він."),
            ("uk", "«Ми не відчиняли воріт», — сказав охоронець. «Нас ніхто про це не просив», — додав він."),
        ),
        Example(
            ("uk", "«Ми не бачили наказу», — сказав лейтенант. «Нам його прочитали вголос», — додав він."),
            ("ru", "Лейтенант сказал, что они не видели приказа. «Нам его прочитали вслух», — добавил он."),
            ("ru", "«Мы не видели приказа», — сказал лейтенант. «Нам его прочитали вслух», — добавил он."),
        ),
    ),
)
ELISION = Check(
    code="TC503",
    slug="elision-swallows",
    category="quotation",
    severity="error",
    precision="medium",
    summary="A cut marked with … takes away a negation, condition, limit, hedge or subject that the others have.",
    examples=(
        Example(
            ("ru", "Мы готовы уйти, если нам дадут гарантии, но не раньше весны."),
            ("en", "We are ready to leave … in spring."),
            ("en", "We are ready to leave if we are given guarantees … but not before spring."),
        ),
        Example(
            ("en", "We are ready to open the border, if the shelling stops, as early as Monday."),
            ("uk", "Ми готові відкрити кордон … вже в понеділок."),
            ("uk", "Ми готові відкрити кордон, якщо припиняться обстріли, вже в понеділок."),
        ),
        Example(
            ("uk", "Ми повернемося додому, якщо розмінують дорогу, але не раніше осені."),
            ("ru", "Мы вернёмся домой … осенью."),
            ("ru", "Мы вернёмся домой, если разминируют дорогу … но не раньше осени."),
        ),
    ),
)
CHECKS = (QUOTATION, ELISION)

_BREAK: Final = re.compile(r"[.!?;][\"»”’)]*\s+(?=\S)")
"""The end of a sentence or of a clause that could be one."""
QUOTED_WORDS = 3
"""Fewer words in quotation marks are a title or a word held at a distance, which translators mark freely."""
SPOKEN_WORDS = 4
"""From so many words they are direct speech, with a capital or without."""
KEPT = 0.4
"""From this cosine a word that a negation denies is still there in the version cut short."""

_CUT_REACH: Final = 2
"""Rows about a passage in which a mark may stand for its quotation marks too; what is cut leaves rows empty."""


def check(ctx: Context) -> Iterator[Finding]:
    """Yield TC502 and TC503."""
    yield from _quotations(ctx)
    for found in swallowed_within(ctx):
        row = ctx.rows[found.row or 0]
        if found.lang is None or not innocent(ctx, row.cell(found.lang), row.filled):
            yield found


def _quotations(ctx: Context) -> Iterator[Finding]:
    """Yield TC502 where direct speech of one side is the author's text of the other; once for neighbouring rows."""
    direct = {v.lang: quotations(v.text) for v in ctx.document.versions}
    last: tuple[int, Lang | None] | None = None
    for position, row in enumerate(ctx.rows):
        cells = row.filled
        quoted = {c.lang: _quoted(ctx, c, direct[c.lang]) for c in cells}
        plain = [c.lang for c in cells if not _marked(c, direct[c.lang]) and not speaks_unmarked(c.text, c.lang)]
        if _may_be_cut(ctx, position, plain, [c.lang for c in cells]):
            continue
        full = [lang for lang, place in quoted.items() if place is not None]
        if len(cells) < 2 or not plain or not full or len(plain) + len(full) < len(cells):
            continue
        fault = _fault(ctx, plain, full, direct)
        if fault is None or any(_shifted(ctx, position, lang, full[0], direct) for lang in plain):
            continue
        at, lang = fault
        repeated = last == (position - 1, lang)
        last = (position, lang)
        if repeated:
            continue
        if _narrated(ctx, position, plain, [quoted[lang] for lang in full], direct):
            continue
        if not _framed(ctx, position, cells, plain, [quoted[lang] for lang in full]):
            continue
        places = {c.lang: quoted[c.lang] or c.place for c in cells}
        sure = len(cells) == 3
        yield Finding(
            code=QUOTATION.code,
            category=QUOTATION.category,
            severity="error" if sure else "warning",
            lang=lang,
            score=0.8 if sure else 0.5,
            message=("quotation marks are missing" if at in plain else "these words are quoted")
            + f" in {at}, not so in the others",
            span=places[at],
            counterparts=tuple(place for other, place in places.items() if other != at),
            row=row.index,
        )


def _may_be_cut(ctx: Context, position: int, plain: Sequence[Lang], langs: Sequence[Lang]) -> bool:
    """Tell whether a version without quotation marks here has more marked cuts than another about here."""
    near = ctx.rows[max(0, position - _CUT_REACH) : position + _CUT_REACH + 1]
    marks = {lang: sum(len(elisions(row.cell(lang).text)) for row in near) for lang in langs}
    return any(marks[lang] > min(marks.values()) for lang in plain)


def _narrated(
    ctx: Context,
    position: int,
    plain: Sequence[Lang],
    places: Sequence[Place | None],
    direct: Mapping[Lang, Sequence[Span]],
) -> bool:
    """Tell whether dialogue behind dashes, which runs to the end of its line, may hold the author's words here."""
    dashed = all(
        p is not None and (v := ctx.document.version(p.lang)) is not None and v.text[p.start - 1 : p.start].isspace()
        for p in places
    )
    if not dashed:
        return False
    near = [c for r in ctx.rows[max(0, position - 1) : position + 2] for c in r.filled if c.lang in plain]
    return any(s.overlaps(c.place.span) for c in near for s in direct[c.lang])


def _framed(
    ctx: Context, position: int, cells: Sequence[Cell], plain: Sequence[Lang], places: Sequence[Place | None]
) -> bool:
    """Tell whether somebody is said to speak: in every version, or in both that quote where the third does not.

    Few words are quoted where a thing is given a name, which needs no such verb; two versions must agree on them.
    """
    longest = min(count_words(p.text) for p in places if p is not None)
    if len(plain) == 1 and len(cells) == 3:
        quoting = [c for c in cells if c.lang not in plain]
        begun = all(p is not None and p.text.lstrip()[:1].islower() for p in places)
        near = [(c, c.text if begun else _around(ctx, position, c.lang)) for c in quoting]
        if (begun or longest >= SPOKEN_WORDS) and all(
            reports(text, c.lang) or gives_name(text, c.lang) for c, text in near
        ):
            return True
    return longest >= SPOKEN_WORDS and all(reports(_around(ctx, position, c.lang), c.lang) for c in cells)


def _fault(
    ctx: Context, plain: Sequence[Lang], full: Sequence[Lang], direct: Mapping[Lang, Sequence[Span]]
) -> tuple[Lang, Lang | None] | None:
    """Return the version to show and the one at fault; None when two versions differ and one never quotes."""
    texts = {v.lang: v.text for v in ctx.document.versions}
    if any(not direct[lang] for lang in plain) and any(is_wrapped(texts[lang]) for lang in full):
        return None
    if len(full) == 1 and len(plain) == 2 and is_wrapped(texts[full[0]]):
        return None  # all of it is set in quotation marks there, which tells nothing of this passage
    if len(plain) + len(full) == 3:
        lone = plain[0] if len(plain) == 1 else full[0]
        return lone, lone
    if not any(count_words(s.of(texts[plain[0]])) >= QUOTED_WORDS for s in direct[plain[0]]):
        return None
    source = ctx.document.source_lang
    fault = full[0] if source == plain[0] else plain[0] if source == full[0] else None
    return fault or plain[0], fault


def _quoted(ctx: Context, cell: Cell, direct: Sequence[Span]) -> Place | None:
    """Return the longest quotation in the cell when it has enough words."""
    inside = [
        Span(max(s.start, cell.place.start), min(s.end, cell.place.end)) for s in direct if s.overlaps(cell.place.span)
    ]
    places = [ctx.place(cell.lang, s.start, s.end) for s in inside]
    longest = max(places, key=lambda p: count_words(p.text), default=None)
    return longest if longest is not None and count_words(longest.text) >= QUOTED_WORDS else None


def _marked(cell: Cell, direct: Sequence[Span]) -> bool:
    """Tell whether anything in the cell may stand for direct speech: a quotation, a lone mark, a dialogue dash."""
    return any(s.overlaps(cell.place.span) for s in direct) or has_marks(cell.text)


def _shifted(ctx: Context, position: int, lang: Lang, other: Lang, direct: Mapping[Lang, Sequence[Span]]) -> bool:
    """Tell whether a neighbouring row has quotation marks in ``lang`` and none in ``other``."""
    for near in (position - 1, position + 1):
        if 0 <= near < len(ctx.rows):
            cells = {c.lang: c for c in ctx.rows[near].filled}
            here = lang in cells and _marked(cells[lang], direct[lang])
            if here and (other not in cells or not _marked(cells[other], direct[other])):
                return True
    return False


def swallowed_within(ctx: Context) -> Iterator[Finding]:
    """Yield TC503 where a version cut short loses what the word lists know: a negation, a condition, a limit."""
    for row in ctx.rows:
        cells = row.filled
        counted = {c.lang: len(elisions(c.text)) for c in cells}
        for cell in cells:
            others = [c for c in cells if c is not cell]
            if not others or counted[cell.lang] <= max(counted[o.lang] for o in others):
                continue
            inner, last = _cuts(cell)
            if not inner and not (last and len(others) > 1):
                continue
            long = len(cell.text) > (0.92 if len(others) > 1 else 0.75) * min(len(o.text) for o in others)
            lost = _lost(ctx, cell, others, [*inner, *last], words_only=long)
            if lost is not None:
                yield _swallowed(ctx, row, cell, (inner or last)[0], lost)
                break


def _lost(
    ctx: Context, cell: Cell, others: Sequence[Cell], marks: Sequence[Span], *, words_only: bool
) -> dict[Lang, Span] | None:
    """Return the negation or condition of every other version that the cut takes from a statement that is kept.

    A cut of a word or two (``words_only``) can take no more than a limit along.
    """
    found = [_lost_limits(ctx, cell, others, marks), _lost_subjects(ctx, cell, others)]
    if not words_only:
        found = [_lost_conditions(ctx, cell, others), _lost_negations(ctx, cell, others), *found]
    return next((lost for lost in found if len(lost) == len(others)), None)


def _lost_conditions(ctx: Context, cell: Cell, others: Sequence[Cell]) -> dict[Lang, Span]:
    """Conditions that the others have in excess; whether the kept statement depends on one is not examined."""
    mine = conditions(cell.text, cell.lang)
    lost: dict[Lang, Span] = {}
    for other in others:
        theirs = conditions(other.text, other.lang)
        if len(theirs) > len(mine) and (len(others) > 1 or not mine):
            lost[other.lang] = theirs[0]
    return lost


def _lost_negations(ctx: Context, cell: Cell, others: Sequence[Cell]) -> dict[Lang, Span]:
    """A negation is lost where a word that it denies is still there; with its whole clause it takes nothing along."""
    mine = [n for n in negations(cell.text, cell.lang) if n.strong]
    lost: dict[Lang, Span] = {}
    sure = 0
    for other in others:
        theirs = [n for n in negations(other.text, other.lang) if n.strong]
        kept = [n for n in theirs if _is_kept(ctx, n, other, cell)]
        sure += len(kept) > len(mine)
        if len(theirs) > len(mine) and (len(others) > 1 or (kept and not mine)):
            lost[other.lang] = (kept or theirs)[0].span
    return lost if sure else {}


def _lost_limits(ctx: Context, cell: Cell, others: Sequence[Cell], marks: Sequence[Span]) -> dict[Lang, Span]:
    """Words such as "only" that the others have where the cut is, before a word that is still there."""
    if limits(cell.text, cell.lang):
        return {}
    none = Span(0, 0)
    lost: dict[Lang, Span] = {}
    for other in others:
        gaps = [gap(ctx, cell, mark.start, other) for mark in marks]
        for word, after in limits(other.text, other.lang):
            here = any(word.overlaps(g) or after.start in (g.start, g.end) for g in gaps)
            if here and rendering(ctx, other, after, cell, none) >= KEPT:
                lost[other.lang] = word
                break
    return lost


def _lost_subjects(ctx: Context, cell: Cell, others: Sequence[Cell]) -> dict[Lang, Span]:
    """A cut inside a sentence that runs the beginning of one sentence into the end of another leaves the latter
    without its subject: we do not deny [the leak. We deny] that it reached the river.
    """
    lost: dict[Lang, Span] = {}
    for other in others:
        for mark in _cuts(cell)[0]:
            between = gap(ctx, cell, mark.start, other)
            breaks = list(_BREAK.finditer(other.text, between.start, between.end))
            if not breaks:
                continue
            halves = Span(between.start, breaks[0].start()), Span(breaks[-1].end(), between.end)
            if all(_says_something(half.of(other.text), other.lang) for half in halves):
                lost[other.lang] = halves[1]
                break
    return lost


def _says_something(text: str, lang: Lang) -> bool:
    return any(not is_function_word(w.low, lang) for w in words_of(text))


def _is_kept(ctx: Context, negation: Negation, other: Cell, cell: Cell) -> bool:
    """Tell whether a word that ``negation`` denies in ``other`` has its rendering in ``cell``."""
    none = Span(0, 0)
    return any(rendering(ctx, other, span, cell, none) >= KEPT for span in negation.denied)


def _cuts(cell: Cell) -> tuple[list[Span], list[Span]]:
    """Return the elisions inside a sentence and those that end the cell; between sentences they cut nothing short."""
    inner: list[Span] = []
    last: list[Span] = []
    for mark in elisions(cell.text):
        before, after = cell.text[: mark.start].rstrip(), cell.text[mark.end :].lstrip(' \u00a0»”"’.,;')
        stammer = bool(before and after) and before.split()[-1].lower() == after.split()[0].lower().strip(",")
        if not before or before[-1] in ".!?" or stammer:
            continue
        if not after or after[0].isupper():
            last.append(mark)  # the end of a sentence is cut off
        elif after[0].islower():
            inner.append(mark)
    return inner, last


def _swallowed(ctx: Context, row: Row, cell: Cell, mark: Span, lost: Mapping[Lang, Span]) -> Finding:
    start = cell.place.start
    places = tuple(
        ctx.place(lang, row.cell(lang).place.start + s.start, row.cell(lang).place.start + s.end)
        for lang, s in lost.items()
    )
    kept = ", ".join(f"{p.lang}: {p.text}" for p in places)
    sure = len(lost) > 1
    return Finding(
        code=ELISION.code,
        category=ELISION.category,
        severity="error" if sure else "warning",
        lang=cell.lang,
        score=0.8 if sure else 0.5,
        message=f"the elision in {cell.lang} takes away what the others have ({kept})",
        span=ctx.place(cell.lang, start + mark.start, start + mark.end),
        counterparts=places,
        row=row.index,
    )


def _around(ctx: Context, position: int, lang: Lang) -> str:
    """Return the cells of the row and of its neighbours, for alignments that are off by one."""
    near = ctx.rows[max(0, position - 1) : position + 2]
    return "\n".join(c.text for r in near for c in r.filled if c.lang == lang)
