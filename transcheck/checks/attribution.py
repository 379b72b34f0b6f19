"""TC501: who speaks. Another office or another name stands beside a reporting verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from transcheck.checks.base import Check, Context, Example, fault_of_two, triangulate
from transcheck.checks.names import DOUBTFUL, UNLIKE, NameChange, changes, translated
from transcheck.text.names import Name, kinds, likeness, names, same, witnessed
from transcheck.text.speakers import Attribution, attributions, organisations, roles
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
CHECKS = (ATTRIBUTION,)


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """Speakers that differ in a row: the place at fault (or the first), the others, the version at fault if known."""

    row: int
    lang: Lang | None
    at: Place
    others: tuple[Place, ...]
    score: float
    sure: bool = True


def check(ctx: Context) -> Iterator[Finding]:
    """Yield TC501."""
    yield from _speakers(ctx)


def _speakers(ctx: Context) -> Iterator[Finding]:
    for change in conflicts(ctx):
        others = ", ".join(f"{p.lang}: {p.text}" for p in change.others)
        yield Finding(
            code=ATTRIBUTION.code,
            category=ATTRIBUTION.category,
            severity="error" if change.sure else "warning",
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
        offices = tuple(_conflict(ctx, position, row, said))
        for change in offices or _represented(ctx, position, row, said):
            taken.update((p.lang, p.start) for p in (change.at, *change.others))
            yield change
    for name_change in changes(ctx):
        places = (name_change.at, *name_change.others)
        if _kept_office(ctx, name_change):
            continue
        if name_change.sure and speaks(ctx, name_change) and not any((p.lang, p.start) in taken for p in places):
            yield SpeakerChange(
                name_change.row, name_change.lang, name_change.at, name_change.others, name_change.score
            )


def _kept_office(ctx: Context, change: NameChange) -> bool:
    """Tell whether the speakers share an office and differ by name alone: the same speaker under a wrong name."""
    row = next(r for r in ctx.rows if r.index == change.row)
    offices: list[frozenset[str]] = []
    for place in (change.at, *change.others):
        cell = row.cell(place.lang)
        inside = Span(place.start - cell.place.start, place.end - cell.place.start)
        said = [a.roles for a in attributions(cell.text, cell.lang) if a.speaker.overlaps(inside)]
        offices.append(frozenset().union(*said))
    return bool(frozenset.intersection(*offices))


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
        by_office = all(a.roles for _, a in pairs)
        if not by_office and (_translation(ctx, row, pairs) or (len(pairs) < 3 and not _people(pairs))):
            continue
        fault = found.lang
        if by_office and len(pairs) == 2 and len(row.filled) > 2:
            fault = _spoken_against(ctx, position, row, pairs)
            pairs.sort(key=lambda p: p[0] != fault)
        sure = len(pairs) > 2 or not by_office or fault != found.lang
        at, *others = (_place(row, lang, a) for lang, a in pairs)
        yield SpeakerChange(row.index, fault, at, tuple(others), 0.9 if len(pairs) > 2 else 0.75, sure)


def _spoken_against(ctx: Context, position: int, row: Row, pairs: Sequence[tuple[Lang, Attribution]]) -> Lang | None:
    """Return which of two speakers a third version, where nobody is found to speak, has no word of."""
    held = dict(pairs)
    (one, _), (other, _) = pairs
    return fault_of_two(
        ctx,
        row,
        (one, other),
        lambda lang, third: not held[lang].roles.isdisjoint(roles(_around(ctx, position, third.lang), third.lang)),
    )


def _represented(
    ctx: Context, position: int, row: Row, said: Mapping[Lang, Sequence[Attribution]]
) -> Iterator[SpeakerChange]:
    """Yield the speakers of whom two versions say that they speak for one body and a third for another."""
    spoken = {lang: tuple(a for a in found if a.orgs) for lang, found in said.items()}
    if len(row.filled) < 3 or not all(spoken.get(c.lang) for c in row.filled):
        return
    mentioned = {lang: organisations(_around(ctx, position, lang), lang) for lang in spoken}

    def same_body(a: Lang, x: Attribution, b: Lang, y: Attribution) -> bool:
        return not x.orgs.isdisjoint(y.orgs)

    for found in triangulate(spoken, same_body, ctx.document.source_lang):
        if found.lang is None or found.there is None or len(found.others) < 2:
            continue
        agreed = frozenset.intersection(*(a.orgs for _, a in found.others))
        known_there = not agreed.isdisjoint(mentioned[found.lang])
        if known_there or any(not found.there.orgs.isdisjoint(mentioned[lang]) for lang, _ in found.others):
            continue
        at, *others = (_place(row, lang, a) for lang, a in [(found.at, found.there), *found.others])
        yield SpeakerChange(row.index, found.lang, at, tuple(others), 0.8)


def _people(pairs: Sequence[tuple[Lang, Attribution]]) -> bool:
    """Tell whether the table knows a person's name in every speaker."""
    return all(any(not kinds(n).isdisjoint(("person", "first")) for n in a.names) for _, a in pairs)


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
