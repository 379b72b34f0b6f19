"""Who speaks and what is quoted: other speakers, quotation marks lost or put on, elisions that cut a negation off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from transcheck.checks.base import Check, Context, Example, triangulate
from transcheck.checks.names import DOUBTFUL, UNLIKE, NameChange, changes, translated
from transcheck.text.names import Name, likeness, names, same, witnessed
from transcheck.text.negation import negations
from transcheck.text.speech import (
    Attribution,
    attributions,
    conditions,
    count_words,
    elisions,
    has_marks,
    is_wrapped,
    quotations,
    reports,
    roles,
)
from transcheck.types import Cell, Finding, Lang, Place, Row, Span

ATTRIBUTION = Check(
    code="TC501",
    slug="attribution",
    category="attribution",
    severity="error",
    precision="high",
    summary="One version lets somebody else speak.",
    examples=(
        Example(
            ("ru", "«Доказательств нет», — заявил судья."),
            ("en", "“There is no evidence,” the prosecutor said."),
            ("en", "“There is no evidence,” the judge said."),
        ),
        Example(
            ("uk", "За словами лікарки, поранених було двоє."),
            ("ru", "По словам мэра, раненых было двое."),
            ("ru", "По словам врача, раненых было двое."),
        ),
        Example(
            ("en", "Maxim said he had no choice."),
            ("uk", "Андрій сказав, що не мав вибору."),
            ("uk", "Максим сказав, що не мав вибору."),
        ),
    ),
)
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
    ),
)
ELISION = Check(
    code="TC503",
    slug="elision-swallows",
    category="quotation",
    severity="error",
    precision="medium",
    summary="A cut marked with … takes a negation or a condition away that the other versions have.",
    examples=(
        Example(
            ("ru", "Мы готовы уйти, если нам дадут гарантии, но не раньше весны."),
            ("en", "We are ready to leave … in spring."),
            ("en", "We are ready to leave if we are given guarantees … but not before spring."),
        ),
    ),
)
CHECKS = (ATTRIBUTION, QUOTATION, ELISION)

QUOTED_WORDS = 4
"""Fewer words in quotation marks are a title or a word held at a distance, which translators mark freely."""


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """Speakers that differ in a row: the place at fault (or the first), the others, the version at fault if known."""

    row: int
    lang: Lang | None
    at: Place
    others: tuple[Place, ...]
    score: float


def check(ctx: Context) -> Iterator[Finding]:
    """Yield TC501, TC502 and TC503."""
    yield from _speakers(ctx)
    yield from _quotations(ctx)
    yield from _elisions(ctx)


def _speakers(ctx: Context) -> Iterator[Finding]:
    for change in conflicts(ctx):
        others = ", ".join(f"{p.lang}: {p.text}" for p in change.others)
        yield Finding(
            code=ATTRIBUTION.code,
            category=ATTRIBUTION.category,
            severity="error",
            lang=change.lang,
            score=change.score,
            message=f"said by another: {change.at.lang}: {change.at.text} ≠ {others}",
            span=change.at,
            counterparts=change.others,
            row=change.row,
        )


def conflicts(ctx: Context) -> Iterator[SpeakerChange]:
    """Yield the speakers that differ: by office, by name, or because a changed name stands where a speaker does."""
    taken: set[tuple[Lang, int]] = set()
    for position, row in enumerate(ctx.rows):
        cells = [c for c in row.cells if not c.empty]
        said = {c.lang: attributions(c.text, c.lang) for c in cells}
        if sum(map(bool, said.values())) < 2:
            continue
        said = {lang: found for lang, found in said.items() if found}
        for change in _conflict(ctx, position, row, said):
            taken.update((p.lang, p.start) for p in (change.at, *change.others))
            yield change
    for name_change in changes(ctx):
        places = (name_change.at, *name_change.others)
        if name_change.sure and speaks(ctx, name_change) and not any((p.lang, p.start) in taken for p in places):
            yield SpeakerChange(
                name_change.row, name_change.lang, name_change.at, name_change.others, name_change.score
            )


def speaks(ctx: Context, change: NameChange) -> bool:
    """Tell whether a changed name is the speaker of an attribution in every version that has one there."""
    row = next(r for r in ctx.rows if r.index == change.row)
    return all(_speaks(row.cell(p.lang), p) for p in (change.at, *change.others))


def claimed(ctx: Context) -> frozenset[tuple[Lang, int, int]]:
    """Return the places of speakers that TC501 reports, so that no other check reports them again."""
    return frozenset((p.lang, p.start, p.end) for c in conflicts(ctx) for p in (c.at, *c.others))


def _speaks(cell: Cell, place: Place) -> bool:
    inside = Span(place.start - cell.place.start, place.end - cell.place.start)
    return any(a.speaker.overlaps(inside) for a in attributions(cell.text, cell.lang))


def _conflict(
    ctx: Context, position: int, row: Row, said: Mapping[Lang, Sequence[Attribution]]
) -> Iterator[SpeakerChange]:
    """Compare the attributions of a row; one of whom the others speak in the row or beside it is no other speaker."""
    texts = {lang: _around(ctx, position, lang) for lang in said}

    def same_speaker(a: Lang, x: Attribution, b: Lang, y: Attribution) -> bool:
        if x.roles and y.roles:
            differ = _surplus(x.roles, a, b, texts) and _surplus(y.roles, b, a, texts) and x.roles.isdisjoint(y.roles)
            named = any(_held(n, b, texts[b]) for n in x.names)
            return not differ or (named and len(texts) < 3)
        if x.names and y.names and not x.roles and not y.roles:
            met = any(likeness(n, m) >= UNLIKE for n in x.names for m in y.names)
            return met or any(_held(n, b, texts[b]) for n in x.names) or any(_held(n, a, texts[a]) for n in y.names)
        return True

    for found in triangulate(said, same_speaker, ctx.document.source_lang):
        if found.there is None or not found.others:
            continue
        pairs = [(found.at, found.there), *found.others]
        if any(same_speaker(found.at, found.there, lang, other) for lang, other in found.others):
            continue
        if not all(a.roles for _, a in pairs) and _translation(ctx, row, pairs):
            continue
        at, *others = (_place(row, lang, a) for lang, a in pairs)
        yield SpeakerChange(row.index, found.lang, at, tuple(others), 0.9 if len(pairs) > 2 else 0.75)


def _translation(ctx: Context, row: Row, pairs: Sequence[tuple[Lang, Attribution]]) -> bool:
    """Tell whether some speaker's name is a word that the other versions translate."""
    first = [(lang, a.names[0]) for lang, a in pairs if a.names]
    return translated(ctx, row, first) > DOUBTFUL


def _surplus(offices: frozenset[str], lang: Lang, other: Lang, texts: Mapping[Lang, str]) -> bool:
    """Tell whether one version speaks more often of these offices than the other does."""
    mine, yours = roles(texts[lang], lang), roles(texts[other], other)
    return sum(r in offices for r in mine) > sum(r in offices for r in yours)


def _held(name: Name, lang: Lang, text: str) -> bool:
    return any(same(name, other) for other in names(text, lang)) or witnessed(name, text)


def _around(ctx: Context, position: int, lang: Lang) -> str:
    """Return the cells of the row and of its neighbours, for alignments that are off by one."""
    near = ctx.rows[max(0, position - 1) : position + 2]
    return "\n".join(c.text for r in near for c in r.filled if c.lang == lang)


def _place(row: Row, lang: Lang, said: Attribution) -> Place:
    cell = row.cell(lang)
    start = cell.place.start
    return Place(lang, start + said.speaker.start, start + said.speaker.end, said.speaker.of(cell.text))


def _quotations(ctx: Context) -> Iterator[Finding]:
    """Yield TC502 where direct speech of one side is the author's text of the other; once for neighbouring rows."""
    direct = {v.lang: quotations(v.text) for v in ctx.document.versions}
    last: tuple[int, Lang | None] | None = None
    for position, row in enumerate(ctx.rows):
        cells = row.filled
        quoted = {c.lang: _quoted(ctx, c, direct[c.lang]) for c in cells}
        plain = [c.lang for c in cells if not _marked(c, direct[c.lang])]
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
        places = {c.lang: quoted[c.lang] or c.place for c in cells}
        sure = len(cells) == 3 and all(reports(_around(ctx, position, c.lang), c.lang) for c in cells)
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


def _fault(
    ctx: Context, plain: Sequence[Lang], full: Sequence[Lang], direct: Mapping[Lang, Sequence[Span]]
) -> tuple[Lang, Lang | None] | None:
    """Return the version to show and the one at fault; None when two versions differ and one never quotes."""
    texts = {v.lang: v.text for v in ctx.document.versions}
    if any(not direct[lang] for lang in plain) and any(is_wrapped(texts[lang]) for lang in full):
        return None
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


def _elisions(ctx: Context) -> Iterator[Finding]:
    """Yield TC503 where the version with more elisions is the shorter one and has fewer negations or conditions."""
    for row in ctx.rows:
        cells = row.filled
        if len(cells) < 2:
            continue
        counted = {c.lang: len(elisions(c.text)) for c in cells}
        for cell in cells:
            others = [c for c in cells if c is not cell]
            inner, last = _cuts(cell)
            if (not inner and (not last or len(others) < 2)) or counted[cell.lang] <= max(
                counted[o.lang] for o in others
            ):
                continue
            if len(cell.text) > (0.92 if len(others) > 1 else 0.75) * min(len(o.text) for o in others):
                continue
            mine = _reservations(cell)
            theirs = [_reservations(o) for o in others]
            lost = [
                k
                for k in range(2)
                if all(len(t[k]) > len(mine[k]) for t in theirs) and (len(others) > 1 or not mine[k])
            ]
            if lost:
                yield _swallowed(ctx, row, cell, others, [t[lost[0]] for t in theirs])
                break


def _cuts(cell: Cell) -> tuple[list[Span], list[Span]]:
    """Return the elisions inside a sentence and those that end the cell; between sentences they cut nothing short."""
    inner: list[Span] = []
    last: list[Span] = []
    for mark in elisions(cell.text):
        before, after = cell.text[: mark.start].rstrip(), cell.text[mark.end :].lstrip(' \u00a0»”"’.,;')
        stammer = bool(before and after) and before.split()[-1].lower() == after.split()[0].lower().strip(",")
        if not before or before[-1] in ".!?" or stammer:
            continue
        if not after:
            last.append(mark)
        elif after[0].islower():
            inner.append(mark)
    return inner, last


def _reservations(cell: Cell) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the negations that deny by themselves and the conditions of a cell."""
    denied = tuple(n.span for n in negations(cell.text, cell.lang) if n.strong)
    return denied, conditions(cell.text, cell.lang)


def _swallowed(ctx: Context, row: Row, cell: Cell, others: Sequence[Cell], theirs: Sequence[Sequence[Span]]) -> Finding:
    inner, last = _cuts(cell)
    mark = (inner or last)[0]
    start = cell.place.start
    places = tuple(
        ctx.place(o.lang, o.place.start + s[0].start, o.place.start + s[0].end)
        for o, s in zip(others, theirs, strict=True)
    )
    kept = ", ".join(f"{p.lang}: {p.text}" for p in places)
    sure = len(others) > 1 or mark.of(cell.text)[0] in "[(<"
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
