"""TC204: how strongly a thing is said: must or may, ordered or asked, certainly or perhaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from transcheck.checks.base import Check, Context, Example, fault_of_two
from transcheck.checks.confidence import WEAK
from transcheck.checks.facing import facing
from transcheck.text.modality import Modal, explained, members_of, modals, opposed_classes, worth
from transcheck.types import Cell, Finding, Lang, Place, Row, Severity, Span

MODALITY = Check(
    code="TC204",
    slug="modality-changed",
    category="modality",
    severity="error",
    precision="medium",
    summary="One version states as an order, a duty or a certainty what others ask, allow or suppose, or vice versa.",
    examples=(
        Example(
            ("ru", "Суд должен пересмотреть приговор."),
            ("en", "The court may review the sentence."),
            ("en", "The court must review the sentence."),
        ),
        Example(
            ("uk", "Командир наказав відступити."),
            ("ru", "Командир попросил отступить."),
            ("ru", "Командир приказал отступить."),
        ),
        Example(
            ("en", "He was certainly there that night."),
            ("uk", "Тієї ночі він, можливо, був там."),
            ("uk", "Тієї ночі він точно був там."),
        ),
    ),
)
CHECKS = (MODALITY,)

FACING = 0.5
"""Share of the words around that must place two opposed modals opposite each other."""
_LINKED = 0.45
"""Cosine from which words that two modals govern are the same; two unrelated words seldom reach it."""
_SURELY = 0.75
"""Cosine of one pair from which the others need to be related only."""
_ABOUT = 6
"""Words from what a modal governs among which, within its clause, other means for it stand."""
_MARK = re.compile(r"[.,;:!?…—–]\s")
_ASIDE = re.compile(r",(\s*\w+(?:\s+\w+)?),")
"""A word or two between commas, which end no clause."""
_DOUBTS = ("hedge", "might")
"""Classes by which any place of a version may voice a doubt."""
_RELATED = 0.3
"""Cosine that even the least alike pair must reach where more than one pair is needed."""


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every version that weakens or strengthens what the others say."""
    for row in context.rows:
        filled = row.filled
        if len(filled) < 2:
            continue
        found = {cell.lang: modals(cell.text, cell.lang) for cell in filled}
        findings = list(_opposed(row, context, found, filled))
        if not findings and len(filled) == 3:
            findings = list(_outvoted(row, context, found, filled)) or list(_lost(row, context, found, filled))
        yield from findings or _proposed(row, context, found, filled)


def _proposed(
    row: Row, context: Context, found: dict[Lang, tuple[Modal, ...]], filled: Sequence[Cell]
) -> Iterator[Finding]:
    """Propose the two words of opposed classes that face each other best, where nothing of their own class does."""
    best: tuple[float, Finding] | None = None
    against = {(a, b) for a, b, *_ in opposed_classes()}
    for x, y in combinations(filled, 2):
        for m, n in product(found[x.lang], found[y.lang]):
            if m.negated or n.negated or not {(m.kind, n.kind), (n.kind, m.kind)} & against:
                continue
            if _matched(m, x, y, found, context) or _matched(n, y, x, found, context):
                continue
            near = _facing(m, x, n, y, context)
            if near >= FACING and (best is None or near > best[0]):
                best = near, _proposal((m, x), (n, y), row, found, context)
    if best is not None:
        yield best[1]


def _outvoted(
    row: Row, context: Context, found: dict[Lang, tuple[Modal, ...]], filled: Sequence[Cell]
) -> Iterator[Finding]:
    """Yield the word of one version for which both others have one of the opposed class, said of the same words,
    whatever else the row has.
    """
    told: set[tuple[Lang, int]] = set()
    classes = [
        (x, y, three, needed)
        for a, b, three, _, needed in opposed_classes()
        for x, y in ((a, b), (b, a))
        if three != "none" and "will" not in (a, b)
    ]
    for (mine, theirs, severity, needed), z in product(classes, filled):
        others = [c.lang for c in filled if c.lang != z.lang]
        opposite = {x: [m for m in found[x] if m.kind == theirs] for x in others}
        for n in (n for n in found[z.lang] if n.kind == mine and not n.negated and (z.lang, n.start) not in told):
            chosen = _linked({z.lang: [n], **opposite}, row, context, needed)
            # of its own class, and said of the first of the words that it governs
            alike = ({z.lang: [_nearest(n)], x: [_nearest(m) for m in found[x] if m.kind == mine]} for x in others)
            if not chosen or any(_linked(pair, row, context, 1) for pair in alike):
                continue
            told.add((z.lang, n.start))
            kinds = dict.fromkeys(others, theirs) | {z.lang: mine}
            places = {x: _at(chosen[x], x, row, context) for x in (z.lang, *others)}
            said = ", ".join(f"{x}: “{p.text}” [{kinds[x]}]" for x, p in places.items())
            yield _finding(severity, z.lang, f"strength differs: {said}", list(places.values()), row)


def _nearest(modal: Modal) -> Modal:
    return replace(modal, governed=modal.governed[:1])


def _facing(m: Modal, x: Cell, n: Modal, y: Cell, context: Context) -> float:
    return facing(context, x, Span(m.start, m.end), y, Span(n.start, n.end))


def _matched(m: Modal, x: Cell, y: Cell, found: dict[Lang, tuple[Modal, ...]], context: Context) -> bool:
    """Tell whether a word of the same class faces ``m`` in ``y``."""
    return any(n.kind == m.kind and _facing(m, x, n, y, context) >= FACING for n in found[y.lang])


def _proposal(
    one: tuple[Modal, Cell],
    two: tuple[Modal, Cell],
    row: Row,
    found: dict[Lang, tuple[Modal, ...]],
    context: Context,
) -> Finding:
    """Put two opposed modals on the version that a third, or the declared source, speaks against."""
    held = {cell.lang: (m, cell) for m, cell in (one, two)}
    pair = (one[1].lang, two[1].lang)
    lang = fault_of_two(context, row, pair, lambda x, third: _matched(*held[x], third, found, context))
    ordered = sorted((one, two), key=lambda o: o[1].lang != lang)
    places = [_at(m, cell.lang, row, context) for m, cell in ordered]
    said = ", ".join(f"{c.lang}: “{p.text}” [{m.kind}]" for (m, c), p in zip(ordered, places, strict=True))
    return replace(_finding("warning", lang, f"strength differs: {said}", places, row), score=WEAK)


def _opposed(
    row: Row, context: Context, found: dict[Lang, tuple[Modal, ...]], filled: Sequence[Cell]
) -> Iterator[Finding]:
    """Two versions have one class (and not its opposite), another the opposite (and not that class)."""
    for a, b, three, two, needed in opposed_classes():
        states: dict[Lang, str] = {}
        for cell in filled:
            classes = {m.kind for m in found[cell.lang]}
            states[cell.lang] = {(True, False): "a", (False, True): "b", (True, True): "both"}.get(
                (a in classes, b in classes), "none"
            )
        if "both" in states.values() or not {"a", "b"} <= set(states.values()):
            continue
        held = [x for x, s in states.items() if s != "none"]
        kinds = {"a": a, "b": b}
        chosen = _linked({x: [m for m in found[x] if m.kind == kinds[states[x]]] for x in held}, row, context, needed)
        if not chosen:
            continue
        lang: Lang | None = None
        if len(held) == 3:
            lang = next(x for x in held if [states[y] for y in held].count(states[x]) == 1)
        elif len(filled) == 3:
            continue
        elif context.document.source_lang in held:
            lang = next(x for x in held if x != context.document.source_lang)
        severity = three if len(held) == 3 else two
        other = next(x for x in held if x != lang)
        if lang is not None and (
            _explained(kinds[states[other]], lang, row, chosen[lang])
            or (kinds[states[lang]] == "may" and any(_explained("may", x, row, chosen[x]) for x in held if x != lang))
        ):
            continue
        order = sorted(held, key=lambda x: x != lang)
        if severity == "none" or (lang is None and _either(order, states, kinds, row, chosen)):
            continue
        places = [_at(chosen[x], x, row, context) for x in order]
        said = ", ".join(f"{x}: “{p.text}” [{kinds[states[x]]}]" for x, p in zip(order, places, strict=True))
        yield _finding(severity, lang, f"strength differs: {said}", places, row)


def _linked(candidates: dict[Lang, list[Modal]], row: Row, context: Context, needed: int = 2) -> dict[Lang, Modal]:
    """Return one modal a version such that ``needed`` pairs are said of the same words; empty if there are none."""
    words = {x: context.encoder.words(row.cell(x).text) for x in candidates}
    vectors = {
        (x, m): words[x][1][[i for i, w in enumerate(words[x][0]) if any(w.overlaps(g) for g in m.governed)]]
        for x, ms in candidates.items()
        for m in ms
        if not m.negated
    }
    best: tuple[float, dict[Lang, Modal]] = (_LINKED, {})
    for choice in product(*([m for m in ms if not m.negated] for ms in candidates.values())):
        named = list(zip(candidates, choice, strict=True))
        products = [vectors[p] @ vectors[q].T for p, q in combinations(named, 2)]
        scores = sorted((float(v.max()) if v.size else 0.0 for v in products), reverse=True)
        alike = scores[:needed][-1] if needed == 1 or scores[-1] >= _RELATED else 0.0
        if scores[0] >= _SURELY and scores[-1] >= _RELATED:
            alike = max(alike, _LINKED)
        if alike >= best[0]:
            best = (alike, dict(named))
    return best[1]


def _rendered(modal: Modal, there: Lang, lang: Lang, row: Row, context: Context) -> bool:
    """Tell whether the version in ``lang`` has the words that a modal of another version governs."""
    words, vectors = context.encoder.words(row.cell(there).text)
    mine = vectors[[i for i, w in enumerate(words) if any(w.overlaps(g) for g in modal.governed)]]
    alike = mine @ context.encoder.words(row.cell(lang).text)[1].T
    return bool(alike.size) and float(alike.max()) >= _LINKED


def _at(modal: Modal, lang: Lang, row: Row, context: Context) -> Place:
    start = row.cell(lang).place.start
    return context.place(lang, start + modal.start, start + modal.end)


def _either(
    held: Sequence[Lang], states: dict[Lang, str], kinds: dict[str, str], row: Row, chosen: dict[Lang, Modal]
) -> bool:
    """Tell whether either of two versions can be explained by the other."""
    return any(_explained(kinds[states[y]], x, row, chosen[x]) for x, y in (held[:2], held[1::-1]))


_QUESTION = re.compile(r"[^.!?…]*\?[\s»”\"’']*")
"""One sentence that asks."""


def _lost(
    row: Row, context: Context, found: dict[Lang, tuple[Modal, ...]], filled: Sequence[Cell]
) -> Iterator[Finding]:
    """A class that two versions have and the third lacks, or that one has alone."""
    told = False
    for kind, directions in worth().items():
        members = members_of(kind)
        having = [c.lang for c in filled if any(m.kind in members and not m.negated for m in found[c.lang])]
        lacking = [c.lang for c in filled if c.lang not in having]
        if told and len(members) > 1:
            continue
        if len(having) == 2:
            lang, severity = lacking[0], directions["lost"]
            chosen = _linked({x: [m for m in found[x] if m.kind in members] for x in having}, row, context)
            if severity == "none" or not chosen or _explained_about(members, lang, chosen, row, context):
                continue
            if _QUESTION.fullmatch(row.cell(lang).text):  # it states nothing
                continue
            if not all(_rendered(m, x, lang, row, context) for x, m in chosen.items()):
                if kind == "might":
                    continue
                severity = "warning"
            places = [_at(chosen[x], x, row, context) for x in having]
            said = ", ".join(f"“{p.text}” ({x})" for x, p in zip(having, places, strict=True))
            message = f"{lang} states without reserve what the others qualify: {said}"
            if kind == "might":
                message = f"{lang} lacks what the others have: {said}"
            told = True
            yield _finding(severity, lang, message, [row.cell(lang).place, *places], row)
        elif len(having) == 1:
            lang, severity = having[0], directions["added"]
            if severity == "none" or any(_explained(kind, x, row) for x in lacking):
                continue
            modal = next(m for m in found[lang] if m.kind == kind and not m.negated)
            if any(m.start == modal.start and m.kind not in (kind, "possible") for m in found[lang]):
                continue
            place = _at(modal, lang, row, context)
            rest = [row.cell(x).place for x in lacking]
            message = f"“{place.text}” ({lang}) has no counterpart in {' and '.join(lacking)}"
            yield _finding(severity, lang, message, [place, *rest], row)


def _explained_about(members: Sequence[str], lang: Lang, chosen: dict[Lang, Modal], row: Row, context: Context) -> bool:
    """Tell whether a version has, about the word that the modals of the others govern, other means for their class.

    Where it does not render that word, any place will do.
    """
    text = row.cell(lang).text
    if any(m.kind in _DOUBTS and not m.negated for m in modals(text, lang)):
        return True
    spans, vectors = context.encoder.words(text)
    at: list[int] = []
    for x, modal in chosen.items():
        words, rows = context.encoder.words(row.cell(x).text)
        mine = rows[[i for i, w in enumerate(words) if any(w.overlaps(g) for g in modal.governed[:2])]]
        alike = (mine @ vectors.T).max(axis=0) if mine.size and vectors.size else None
        if alike is None or float(alike.max()) < _LINKED:
            return any(_explained(kind, lang, row) for kind in members)
        at.append(int(alike.argmax()))
    first, last = max(0, min(at) - _ABOUT), min(len(spans) - 1, max(at) + _ABOUT)
    plain = _ASIDE.sub(lambda m: f" {m[1]} ", text)
    start = max((m.end() for m in _MARK.finditer(plain, spans[first].start, spans[min(at)].start)), default=-1)
    stop = _MARK.search(plain, spans[max(at)].end, spans[last].end)
    clause = text[max(start, spans[first].start) : stop.start() if stop else spans[last].end]
    return any(explained(kind, clause, lang) for kind in members)


def _explained(kind: str, lang: Lang, row: Row, besides: Modal | None = None) -> bool:
    """Tell whether a version renders a class by other means than the modal that is held against it."""
    return explained(kind, row.cell(lang).text, lang, Span(besides.start, besides.end) if besides else None)


def _finding(severity: str, lang: Lang | None, message: str, places: Sequence[Place], row: Row) -> Finding:
    level: Severity = "error" if severity == "error" else "warning"
    score = 0.85 if level == "error" else 0.6
    return Finding(
        MODALITY.code, MODALITY.category, level, lang, score, message, places[0], tuple(places[1:]), row.index
    )
