"""Names that differ between the versions of a row: one person or place in one version, another in the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from transcheck.checks.base import Check, Context, Disagreement, Example, triangulate
from transcheck.checks.facing import facing
from transcheck.checks.name_evidence import Item
from transcheck.checks.name_evidence import evidence as name_evidence
from transcheck.checks.places import changed_places, inside_a_word
from transcheck.text.names import (
    SAME_SLAVIC,
    Name,
    kinds,
    likeness,
    names,
    other_surname,
    same,
    same_frame,
    slavic,
    with_patronymics,
    witnessed,
)
from transcheck.text.speakers import roles
from transcheck.types import Cell, Finding, Lang, Place, Row, Span

NAME_CHANGED = Check(
    code="TC304",
    slug="name-changed",
    category="name",
    severity="error",
    precision="high",
    summary="A person, place or organisation of one version is another one in the others.",
    examples=(
        Example(
            ("ru", "Максим вернулся в Харьков."),
            ("en", "Mykola returned to Kharkiv."),
            ("en", "Maxim returned to Kharkiv."),
        ),
        Example(
            ("uk", "Вони стояли під Херсоном."), ("ru", "Они стояли под Харьковом."), ("ru", "Они стояли под Херсоном.")
        ),
        Example(("en", "We drove from Izium."), ("uk", "Ми їхали з Бахмута."), ("uk", "Ми їхали з Ізюма.")),
    ),
)
CHECKS = (NAME_CHANGED,)

UNLIKE = 0.5
"""Below this likeness two names cannot be two spellings of one."""
UNLIKE_BESIDE_AGREEMENT = 0.58
"""The same where two other versions agree, which is evidence of its own."""
STRANGE = 0.35
"""Below this likeness they are surely two names, if neither is a word that is translated."""
TRANSLATED = 0.4
"""From this cosine, over the median of its row, a word of another version is the translation of a name."""
DOUBTFUL = 0.25
"""From this cosine it may be one."""

PATRONYMIC = 0.72
"""Below this likeness two patronymics are those of two fathers: Николаевич and Миколайович are alike by 0.8."""
FACING = 0.5
"""Share of the words around that must place two names opposite each other."""

_PEOPLE = frozenset({"person", "first"})


@dataclass(frozen=True, slots=True)
class NameChange:
    """A name for which other versions of the row have another: its place, theirs, and the version at fault if known."""

    row: int
    lang: Lang | None
    at: Place
    others: tuple[Place, ...]
    score: float
    sure: bool = True


def changes(ctx: Context) -> Iterator[NameChange]:
    """Yield every name that another name replaces, row by row, attributions included."""
    for row in ctx.rows:
        told: list[Place] = []
        for change in (*_by_name(ctx, row), *_by_place(ctx, row)):
            if not any(p.lang == change.at.lang and p.span.overlaps(change.at.span) for p in told):
                told.append(change.at)
                yield change


def _by_place(ctx: Context, row: Row) -> Iterator[NameChange]:
    """Yield the places for which a version speaks of another, by whatever word it does."""
    for fault, lang, span, spots in changed_places(ctx, row):
        at, *others = (_at(row.cell(x), s) for x, s in ((lang, span), *spots))
        yield NameChange(row.index, fault, at, tuple(others), 0.9)


def _by_name(ctx: Context, row: Row) -> Iterator[NameChange]:
    """Yield the names that another name replaces, those of a kind first."""
    cells = row.filled
    evidence = name_evidence(tuple((c.lang, c.text) for c in cells)) if len(cells) > 1 else None
    if evidence is None:
        return
    displaced: list[Disagreement[Item]] = []
    for disagreement in triangulate(
        evidence, lambda _a, x, _b, y: x.group == y.group, ctx.document.source_lang, partial(_related, len(cells))
    ):
        change = _change(ctx, row, disagreement)
        if change is not None:
            yield change
        elif len(disagreement.others) == len(cells) - 1:
            displaced.append(disagreement)
    for disagreement in displaced:
        answered = {i.group for lang, items in evidence.items() if lang != disagreement.at for i in items}
        alone = [i for i in evidence[disagreement.at] if i.group not in answered]
        change = _displaced(ctx, row, disagreement, alone)
        if change is not None:
            yield change


def check(ctx: Context) -> Iterator[Finding]:
    """Yield TC304 for every changed name that is not the speaker of an attribution (those are TC501)."""
    from transcheck.checks.attribution import claimed

    yield from _patronymics(ctx)
    found = tuple(changes(ctx))
    taken = claimed(ctx) if found else frozenset()
    for change in found:
        if any(
            p.lang == lang and p.start < end and start < p.end
            for p in (change.at, *change.others)
            for lang, start, end in taken
        ):
            continue
        yield _finding(change)


def _finding(change: NameChange) -> Finding:
    return Finding(
        code=NAME_CHANGED.code,
        category=NAME_CHANGED.category,
        severity="error" if change.sure else "warning",
        lang=change.lang,
        score=change.score,
        message=message(change),
        span=change.at,
        counterparts=change.others,
        row=change.row,
    )


def _patronymics(ctx: Context) -> Iterator[Finding]:
    """Yield a finding for every patronymic that is another one in the other versions of its row."""
    for row in ctx.rows:
        found = {c.lang: with_patronymics(c.text, c.lang) for c in row.filled}
        found = {lang: tuple(held) for lang, held in found.items() if held}
        if len(found) < 2 or len(set(map(len, found.values()))) > 1:
            continue
        for same_place in zip(*found.values(), strict=True):
            items = dict(zip(found, ((n,) for n in same_place), strict=True))
            for odd in triangulate(items, _same_patronymic, ctx.document.source_lang, lambda *_: True):
                if odd.there is None or not odd.others:
                    continue
                at = _place(row, odd.at, odd.there)
                others = tuple(_place(row, lang, n) for lang, n in odd.others)
                change = NameChange(row.index, odd.lang, at, others, 0.8, sure=len(odd.others) > 1)
                yield _finding(change)


def _same_patronymic(_a: Lang, x: Name, _b: Lang, y: Name) -> bool:
    return bool(x.entities & y.entities) or likeness(x, y) >= PATRONYMIC


def message(change: NameChange) -> str:
    """Return the sentence that quotes the name of every version."""
    others = ", ".join(f"{p.lang}: {p.text}" for p in change.others)
    return f"name differs: {change.at.lang}: {change.at.text} ≠ {others}"


def _related(versions: int, _a: Lang, x: Item, _b: Lang, y: Item) -> bool:
    """Tell whether one name may stand where the other stood: both firm, of one kind, and surely unlike."""
    if x.stand_in or y.stand_in or not (x.name.firm and y.name.firm):
        return False
    mine, yours = kinds(x.name), kinds(y.name)
    known = bool(x.name.entities and y.name.entities)
    if other_surname(x.name, y.name):
        return True
    if not known and slavic(x.name, y.name):
        return not (x.partial or y.partial) and likeness(x.name, y.name) < SAME_SLAVIC
    if not known:
        unlike = likeness(x.name, y.name) < (UNLIKE if versions < 3 else UNLIKE_BESIDE_AGREEMENT)
        return not (x.partial or y.partial) and unlike and not same_frame(x.name, y.name)
    alike = bool(mine & yours) or bool(mine & _PEOPLE and yours & _PEOPLE)
    return alike or (versions < 3 and "org" not in mine | yours and likeness(x.name, y.name) < STRANGE)


def _change(ctx: Context, row: Row, found: Disagreement[Item]) -> NameChange | None:
    if found.there is None or not found.others:
        return None
    others = [(lang, item) for lang, item in found.others if not item.stand_in]
    if found.there.stand_in or not others:
        return None
    items = [(found.at, found.there), *others]
    if any(_elsewhere(ctx, row, lang, item.name, {o for o, _ in items if o != lang}) for lang, item in items):
        return None
    endings = any(other_surname(found.there.name, i.name) or slavic(found.there.name, i.name) for _, i in others)
    people = all(_introduced(row.cell(lang), i.name) for lang, i in items)
    surname = people and len(others) > 1 and not found.there.name.entities
    near = 0.0 if endings or surname else translated(ctx, row, [(lang, i.name) for lang, i in items])
    if near >= ctx.options.get("name_translated", TRANSLATED):
        return None
    mine, cell = found.there.name, row.cell(found.at)
    if max(_facing(ctx, cell, mine, row.cell(lang), i.name) for lang, i in others) < FACING:
        return None
    agreed = len(others) > 1
    known = all(i.name.entities for _, i in items)
    if not (agreed or known or len(row.filled) == 2):
        return None
    at = _place(row, found.at, mine)
    places = tuple(_place(row, lang, i.name) for lang, i in others)
    # what the table does not know and nothing introduces may be the translation of a word, or oddly spelt
    strange = near < DOUBTFUL and max(likeness(found.there.name, i.name) for _, i in others) < STRANGE
    sure = (agreed and (known or people or endings or strange)) or (known and len(row.filled) < 3 and near < DOUBTFUL)
    return NameChange(row.index, found.lang, at, places, _score(items, near), sure)


def _displaced(ctx: Context, row: Row, lost: Disagreement[Item], own: Sequence[Item]) -> NameChange | None:
    """Return the name, of whatever kind, that one version has where the others agree on one that it lacks."""
    others = [(lang, item.name) for lang, item in lost.others if not item.stand_in]
    if not others or any(item.partial for _, item in lost.others) or _translatable(lost.others):
        return None
    theirs = {lang for lang, _ in lost.others}
    if any(_elsewhere(ctx, row, lang, name, {lost.at}) for lang, name in others):
        return None
    cell, found = row.cell(lost.at), []
    if inside_a_word(frozenset[int]().union(*(item.name.entities for _, item in lost.others)), cell.text):
        return None
    for item in own:
        name = item.name
        if not name.firm or item.stand_in or item.partial or _elsewhere(ctx, row, lost.at, name, theirs):
            continue
        if any(witnessed(name, row.cell(lang).text) for lang in theirs) or not all(_unlike(name, n) for _, n in others):
            continue
        near = translated(ctx, row, [(lost.at, name), *others])
        places = min(_facing(ctx, cell, name, row.cell(lang), n) for lang, n in others)
        if near < DOUBTFUL and places >= FACING:
            found.append((places, -near, -name.start, name))
    if not found:
        return None
    places, near, _, name = max(found)
    spots = tuple(_place(row, lang, n) for lang, n in others)
    items = [(lost.at, Item(-1, name)), *lost.others]
    sure = len(row.filled) > 2 or all(i.name.entities for _, i in items)
    return NameChange(row.index, lost.lang, _place(row, lost.at, name), spots, _score(items, -near), sure)


def _translatable(agreed: Sequence[tuple[Lang, Item]]) -> bool:
    """Tell whether what two versions agree on may be words with a capital letter: a Cup, a House, a State Department.

    What Russian and Ukrainian share may be translated into English, unless the table of names knows it.
    """
    found = frozenset[str]().union(*(kinds(item.name) for _, item in agreed))
    return "org" in found or (found == {"unknown"} and (len(agreed) < 2 or "en" not in {lang for lang, _ in agreed}))


def _unlike(a: Name, b: Name) -> bool:
    """Tell whether two names are surely two; another spelling of one that the table knows it would mostly know too."""
    if a.entities and b.entities:
        return not a.entities & b.entities
    return likeness(a, b) < (UNLIKE if a.entities or b.entities else STRANGE) and not same_frame(a, b)


def _facing(ctx: Context, a: Cell, mine: Name, b: Cell, yours: Name) -> float:
    return facing(ctx, a, Span(mine.start, mine.end), b, Span(yours.start, yours.end))


def _introduced(cell: Cell, name: Name) -> bool:
    """Tell whether a first name or an office stands next to the name: what it names is a person then."""
    if not kinds(name).isdisjoint(_PEOPLE):
        return True
    before, after = cell.text[: name.start].rstrip(), cell.text[name.end :].lstrip()
    around = (before.rsplit(None, 1)[-1:], after.split(None, 1)[:1])
    beside = [word.strip('.,:;»”"') for words in around for word in words]
    people = any(
        not kinds(n).isdisjoint(_PEOPLE) and (n.end >= len(before) > n.start or 0 <= n.start - name.end <= 1)
        for n in names(cell.text, cell.lang)
    )
    return people or any(roles(word, cell.lang) for word in beside)


def _score(items: Sequence[tuple[Lang, Item]], near: float) -> float:
    known = sum(bool(i.name.entities) for _, i in items)
    return round(min(1.0, 0.6 + 0.3 * known / len(items) + (0.1 if len(items) > 2 else 0.0) - 0.4 * max(near, 0.0)), 2)


def translated(ctx: Context, row: Row, items: Sequence[tuple[Lang, Name]]) -> float:
    """Return how near some word of another version comes in meaning to one of the names, over what is usual there.

    A name that is translated (the Happy Prince, the Security Council) is near its translation; a true name is near
    nothing but itself. Names that the table knows are not looked up.
    """
    nearest, odd = 0.0, items[0][0]
    for lang, name in items:
        if name.entities:
            continue
        own = ctx.encoder.words(name.text)[1].mean(axis=0)
        vector = own / max(1e-6, float((own @ own) ** 0.5))
        for other, _ in items:
            if other != lang and odd in (lang, other):
                _, vectors = ctx.encoder.words(row.cell(other).text)
                if len(vectors):
                    cosines = sorted(float(c) for c in vectors @ vector)
                    nearest = max(nearest, cosines[-1] - cosines[len(cosines) // 2])
    return nearest


def _place(row: Row, lang: Lang, name: Name) -> Place:
    return _at(row.cell(lang), Span(name.start, name.end))


def _at(cell: Cell, span: Span) -> Place:
    start = cell.place.start
    return Place(cell.lang, start + span.start, start + span.end, span.of(cell.text))


def _elsewhere(ctx: Context, row: Row, lang: Lang, name: Name, others: set[Lang]) -> bool:
    """Tell whether the neighbouring rows hold ``name`` in another version but not in its own: a shifted alignment."""
    position = next((i for i, r in enumerate(ctx.rows) if r.index == row.index), None)
    if position is None:
        return False
    for near in (position - 1, position + 1):
        if not 0 <= near < len(ctx.rows):
            continue
        cells = {c.lang: c for c in ctx.rows[near].cells if not c.empty}
        if lang in cells and _holds(cells[lang], name):
            continue
        if any(o in cells and _holds(cells[o], name) for o in others):
            return True
    return False


def _holds(cell: Cell, name: Name) -> bool:
    return any(same(name, other) for other in names(cell.text, cell.lang)) or witnessed(name, cell.text)
