"""TC203: a negation that one version has and the others lack."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from transcheck.checks.base import Check, Context, Example
from transcheck.checks.negation_evidence import Gap, Side, gaps, side, weigh
from transcheck.checks.negation_implied import implicit
from transcheck.text.lexicon import table
from transcheck.text.negation import negations
from transcheck.types import LANGS, Finding, Lang, Place, Row, Severity

NEGATION = Check(
    code="TC203",
    slug="negation-changed",
    category="negation",
    severity="error",
    precision="high",
    summary="One version denies what the others state, or states what they deny.",
    examples=(
        Example(
            ("ru", "Свидетель не видел нападавших."),
            ("en", "The witness saw the attackers."),
            ("en", "The witness did not see the attackers."),
        ),
        Example(
            ("uk", "Ми не підписали угоду."),
            ("ru", "Мы подписали соглашение."),
            ("ru", "Мы не подписали соглашение."),
        ),
        Example(
            ("en", "The soldiers left the village."),
            ("uk", "Солдати не залишили село."),
            ("uk", "Солдати залишили село."),
        ),
    ),
)
CHECKS = (NEGATION,)

_FIRST = 1
"""Index of the feature that tells how like the denied word its place in the other version is."""
_HARD = 3
"""Index of the feature that weighs the lexical negations beside the denied word."""
_ACCOUNTED = 0.5
"""Weight of a lexical negation from which it accounts for what the other version denies."""
_ELISION = re.compile(r"…|\.\.\.")
_BESIDE = 2
"""Words by which two gaps may point apart and still mean the same place."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A version ``at`` that lacks (``kind`` lost) or adds a negation: the gaps that show it, and its log-odds."""

    at: Lang
    kind: str
    gaps: tuple[tuple[Lang, Lang, Gap], ...]
    score: float
    features: tuple[float, ...]


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every row in which one version denies what the others do not deny."""
    for row in context.rows:
        if len(row.filled) < 2:
            continue
        found = {cell.lang: negations(cell.text, cell.lang) for cell in row.filled}
        if not any(n.strong for ns in found.values() for n in ns):
            yield from implicit(NEGATION, row, context)
            continue
        sides = {cell.lang: side(cell, context) for cell in row.filled}
        doubts = _three(sides) if len(sides) == 3 else _two(sides, context.document.source_lang)
        doubt = max(doubts, key=lambda d: d.score, default=None)
        judged = list(_judge(doubt, row, sides, context)) if doubt is not None else []
        yield from judged or implicit(NEGATION, row, context)


def _all_gaps(sides: Mapping[Lang, Side]) -> dict[tuple[Lang, Lang], list[Gap]]:
    return {(x, y): gaps(sides[x], sides[y]) for x in sides for y in sides if x != y}


def _two(sides: Mapping[Lang, Side], source: str | None) -> list[Doubt]:
    """Every gap is a doubt; the translation is at fault where the source is declared."""
    found = []
    for (x, y), missing in _all_gaps(sides).items():
        for gap in missing:
            kind = "added" if source == y else "lost"
            at = x if kind == "added" else y
            found.append(Doubt(at, kind, ((x, y, gap),), gap.score, gap.features))
    return found


def _three(sides: Mapping[Lang, Side]) -> list[Doubt]:
    """A version lacks what both others have, or has what both others lack."""
    every = _all_gaps(sides)
    doubts = []
    for lang in sides:
        p, q = (x for x in sides if x != lang)
        doubts += [
            _doubt(lang, "lost", (p, lang, first), (q, lang, second), sides)
            for first in every[p, lang]
            for second in every[q, lang]
        ]
        there = {g.negation: g for g in every[lang, q]}
        doubts += [
            _doubt(lang, "added", (lang, p, gap), (lang, q, there[gap.negation]), sides)
            for gap in every[lang, p]
            if gap.negation in there
        ]
    return doubts


def _doubt(
    lang: Lang, kind: str, p: tuple[Lang, Lang, Gap], q: tuple[Lang, Lang, Gap], sides: Mapping[Lang, Side]
) -> Doubt:
    """Combine the evidence of two gaps: each alone, and how well they agree."""
    f, h = p[2].features, q[2].features
    low, high = sorted((p[2].score, q[2].score))
    beside, alike = _agreement(kind, p, q, sides)
    features = (
        1.0,
        low,
        high,
        min(f[1], h[1]),
        max(f[1], h[1]),
        f[3] + h[3],
        f[4] + h[4],
        f[5] + h[5],
        f[7] + h[7],
        max(f[11], h[11]),
        max(f[12], h[12]),
        f[13] + h[13],
        beside,
        alike,
        max(f[20], h[20]),
        min(f[23], h[23]),
        min(f[25], h[25]),
    )
    return Doubt(
        lang,
        kind,
        (p, q),
        weigh(kind, features) + max(p[2].stated, q[2].stated, 0.0) + min(p[2].stated, q[2].stated, 0.0),
        features,
    )


def _agreement(
    kind: str, p: tuple[Lang, Lang, Gap], q: tuple[Lang, Lang, Gap], sides: Mapping[Lang, Side]
) -> tuple[float, float]:
    """Return whether two gaps point at one place, and how alike the words are that they deny or point at."""
    if kind == "lost":
        there = sides[p[1]]
        places = [there.index(g.word) for g in (p[2], q[2]) if g.word is not None]
        beside = len(places) == 2 and abs((places[0] or 0) - (places[1] or 0)) <= _BESIDE
        left = sides[p[0]].vectors[sides[p[0]].indices(p[2].negation.denied)]
        right = sides[q[0]].vectors[sides[q[0]].indices(q[2].negation.denied)]
    else:
        beside = False
        left, right = (sides[y].vectors[sides[y].indices([g.word] if g.word is not None else [])] for _, y, g in (p, q))
    product = left @ right.T
    return float(beside), float(product.max()) if product.size else 0.0


def _judge(doubt: Doubt, row: Row, sides: Mapping[Lang, Side], context: Context) -> Iterator[Finding]:
    """Turn a doubt into a finding where it is strong enough; a marked cut may hold the negation."""
    limits = table("negation")["score"]
    scale = doubt.kind if len(doubt.gaps) == 2 else "pair"
    severity: Severity | None = None
    if doubt.score >= limits["warning"][scale]:
        severity = "error" if doubt.score >= limits["error"][scale] else "warning"
    if severity is None or _accounted(doubt):
        return
    if not _found(doubt, limits["found"][scale]):
        severity = "warning"
    lacking = {y for _, y, _ in doubt.gaps}
    if severity == "error" and any(_ELISION.search(sides[y].text) for y in lacking):
        severity = "warning"
    yield _finding(doubt, severity, row, sides, context)


def _found(doubt: Doubt, least: float) -> bool:
    """Tell whether the denied word itself, not only its neighbours, stands in a version without the negation."""
    plain = all(gap.negation.kind != "without" for _, _, gap in doubt.gaps)
    return plain and max(gap.features[_FIRST] for _, _, gap in doubt.gaps) >= least


def _accounted(doubt: Doubt) -> bool:
    """Tell whether lexical negations say what seems to be missing; one at the version at fault shows in both gaps."""
    weights = [gap.features[_HARD] for _, _, gap in doubt.gaps]
    return (sum(weights) / len(weights) if doubt.kind == "lost" else max(weights)) >= _ACCOUNTED


def _finding(doubt: Doubt, severity: Severity, row: Row, sides: Mapping[Lang, Side], context: Context) -> Finding:
    places: dict[Lang, Place] = {}
    for x, y, gap in doubt.gaps:
        first, last = gap.negation.span, gap.negation.denied[:1]
        ends = [first, *last] if last and last[0].start - first.end < 40 and last[0].start >= first.start else [first]
        begin, end = min(s.start for s in ends), max(s.end for s in ends)
        places[x] = context.place(x, sides[x].start + begin, sides[x].start + end)
        cell = row.cell(y).place
        word = gap.word
        places[y] = cell if word is None else context.place(y, sides[y].start + word.start, sides[y].start + word.end)
    known = len(doubt.gaps) == 2 or context.document.source_lang in places
    order = sorted(places, key=lambda x: (x != doubt.at, LANGS.index(x)))
    deniers = [x for x in LANGS if x in {g[0] for g in doubt.gaps}]
    others = [x for x in LANGS if x in {g[1] for g in doubt.gaps}]
    said = " and ".join(f"“{places[x].text}” ({x})" for x in deniers)
    plain = " and ".join(f"“{_short(places[x].text)}” ({x})" for x in others)
    deny, state = ("denies" if len(deniers) == 1 else "deny"), ("states" if len(others) == 1 else "state")
    message = f"{said} {deny} what {plain} {state}"
    return Finding(
        NEGATION.code,
        NEGATION.category,
        severity,
        doubt.at if known else None,
        round(1.0 / (1.0 + math.exp(-1.5 - doubt.score)), 3),
        message,
        places[order[0]],
        tuple(places[x] for x in order[1:]),
        row.index,
    )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
