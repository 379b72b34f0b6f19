"""TC203: a negation that one version has and the others lack."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from transcheck.checks.base import Check, Context, Example
from transcheck.checks.confidence import WEAK
from transcheck.checks.cuts_read import cuts
from transcheck.checks.negation_evidence import Gap, gap, gaps
from transcheck.checks.negation_features import NAMES
from transcheck.checks.negation_implied import implicit
from transcheck.checks.negation_model import log_odds
from transcheck.checks.negation_sides import Pairing, Side, pairing, side
from transcheck.text.lexicon import fold, table
from transcheck.text.negation import is_form_word, negations
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

_ELISION = re.compile(r"…|\.\.\.")
_SAME_DENIED = 0.3
"""Cosine that a lexical negation's words and those of a strong one must reach to say the same."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A version ``at`` that lacks (``kind`` lost) or adds a negation: the gaps that show it, and its log-odds.

    ``agreed`` tells whether the negations of the two others, where there are two, render one another.
    """

    at: Lang
    kind: str
    gaps: tuple[tuple[Lang, Lang, Gap], ...]
    score: float
    features: tuple[float, ...]
    agreed: bool = True


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every row in which one version denies what the others do not deny."""
    for row in context.rows:
        if len(row.filled) < 2:
            continue
        if not any(n.strong for cell in row.filled for n in negations(cell.text, cell.lang)):
            yield from implicit(NEGATION, row, context)
            continue
        sides = {cell.lang: side(cell, context) for cell in row.filled}
        told = (d for d in doubts(sides, context.document.source_lang) if not _cut_away(d, sides, context))
        doubt = max(told, key=lambda d: d.score, default=None)
        judged = list(_judge(doubt, row, sides, context)) if doubt is not None else []
        sure = [f for f in judged if f.score > WEAK]
        yield from sure or list(implicit(NEGATION, row, context)) or judged


def _cut_away(doubt: Doubt, sides: Mapping[Lang, Side], context: Context) -> bool:
    """Tell whether a negation that a version lacks stands in what a marked cut of it left out: that is for TC503."""
    return all(
        any(
            cut.swallowed.start <= g.negation.start and g.negation.end <= cut.swallowed.end
            for cut in cuts(context.encoder, sides[y].text, y, sides[x].text, x)
        )
        for x, y, g in doubt.gaps
    )


def doubts(sides: Mapping[Lang, Side], source: str | None = None) -> list[Doubt]:
    """Return every way in which a version of a row may lack or add a negation, with its log-odds."""
    pairings = {(x, y): pairing(sides[x], sides[y]) for x in sides for y in sides if x != y}
    return _three(sides, pairings) if len(sides) == 3 else _two(pairings, source)


def _two(pairings: Mapping[tuple[Lang, Lang], Pairing], source: str | None) -> list[Doubt]:
    """Every gap is a doubt; the translation is at fault where the source is declared."""
    found = []
    for (x, y), pair in pairings.items():
        for found_gap in gaps(pair):
            kind = "added" if source == y else "lost"
            at = x if kind == "added" else y
            bonus = table("negation")["score"]["clear"] if found_gap.clear else 0.0
            found.append(Doubt(at, kind, ((x, y, found_gap),), found_gap.score + bonus, found_gap.features))
    return found


def _three(sides: Mapping[Lang, Side], pairings: Mapping[tuple[Lang, Lang], Pairing]) -> list[Doubt]:
    """A version lacks what both others have, or has what both others lack."""
    every = {key: gaps(pair) for key, pair in pairings.items()}
    found = []
    for lang in sides:
        p, q = (x for x in sides if x != lang)
        left, right = (_sources(x, lang, every, pairings) for x in (p, q))
        rest = float(len(every[p, q]) + len(every[q, p]))
        found += [
            _doubt("lost", (p, lang, first), (q, lang, second), rest, pairings)
            for first in left
            for second in right
            if first.negation.strong or second.negation.strong or first.negation.kind == second.negation.kind
        ]
        there = {g.negation: g for g in every[lang, q]}
        rest = float(len(every[p, lang]) + len(every[q, lang]))
        found += [
            _doubt("added", (lang, p, g), (lang, q, there[g.negation]), rest, pairings)
            for g in every[lang, p]
            if g.negation in there
        ]
    return [d for d in found if d is not None]


def _sources(
    x: Lang, lang: Lang, every: Mapping[tuple[Lang, Lang], list[Gap]], pairings: Mapping[tuple[Lang, Lang], Pairing]
) -> list[Gap]:
    """Return the negations of ``x`` that ``lang`` may lack: unrendered strong ones, and words that imply one."""
    found = pairings[x, lang]
    count = len(every[x, lang]) + 1
    return [*every[x, lang], *(gap(n, found, count) for n in found.a.implied if found.b.words)]


def _doubt(
    kind: str,
    p: tuple[Lang, Lang, Gap],
    q: tuple[Lang, Lang, Gap],
    rest: float,
    pairings: Mapping[tuple[Lang, Lang], Pairing],
) -> Doubt | None:
    """Combine the evidence of two gaps: each alone, and how well they agree."""
    agreement = _agreement(kind, p, q, pairings)
    strong = p[2].negation.strong and q[2].negation.strong
    if not strong and agreement[2] < _SAME_DENIED:
        return None
    scores = sorted((p[2].score, q[2].score))
    pairs = list(zip(p[2].features, q[2].features, strict=True))
    features = (*(min(v) for v in pairs), *(max(v) for v in pairs), *scores, *agreement, rest)
    outright = max(p[2].outright, q[2].outright)
    if kind == "lost" and strong and agreement[0] and p[2].clear and q[2].clear:
        outright += table("negation")["score"]["clear"]
    return Doubt(
        p[1] if kind == "lost" else p[0],
        kind,
        (p, q),
        log_odds(kind, features) + outright,
        features,
        agreement[0] > 0.0 or not strong,
    )


def _agreement(
    kind: str,
    p: tuple[Lang, Lang, Gap],
    q: tuple[Lang, Lang, Gap],
    pairings: Mapping[tuple[Lang, Lang], Pairing],
) -> tuple[float, float, float, float]:
    """Return whether two gaps render one another and point at one place, and how alike what they deny is."""
    if kind == "added":
        between = pairings[p[1], q[1]]
        alike = _most(
            between, *(s.indices([g.word] if g.word else []) for s, g in ((between.a, p[2]), (between.b, q[2])))
        )
        return 1.0, 0.0, alike, alike
    between, there = pairings[p[0], q[0]], pairings[p[0], p[1]].b
    first, second = p[2].negation, q[2].negation
    places = [there.index(g.word) for g in (p[2], q[2]) if g.word is not None]
    distance = abs((places[0] or 0) - (places[1] or 0)) if len(places) == 2 else 10
    rows, columns = between.a.indices(first.denied), between.b.indices(second.denied)
    alike = _most(between, rows, columns)
    beside = float(min(distance, 10))
    return float((first, second) in between.pairs), beside, alike, _most(between, rows[:1], columns[:1])


def _most(between: Pairing, rows: Sequence[int], columns: Sequence[int]) -> float:
    return float(between.cosine[list(rows)][:, list(columns)].max()) if rows and columns else 0.0


def _judge(doubt: Doubt, row: Row, sides: Mapping[Lang, Side], context: Context) -> Iterator[Finding]:
    """Turn a doubt into a finding where it is strong enough; a marked cut may hold the negation."""
    limits = table("negation")["score"]
    scale = doubt.kind if len(doubt.gaps) == 2 else "pair"
    severity: Severity | None = None
    if doubt.score >= limits["warning"][scale]:
        severity = "error" if doubt.score >= limits["error"][scale] else "warning"
    if severity is None or (scale != "pair" and not _grounded(doubt, sides)):
        # of three versions two speak for or against a negation; what they leave in doubt is idiom, mostly
        if scale == "pair":
            proposed = _finding(doubt, "warning", row, sides, context)
            yield replace(proposed, score=min(WEAK, round(1.0 / (1.0 + math.exp(-doubt.score)), 3)))
        return
    if max(g.similarity for _, _, g in doubt.gaps) < limits["found"][scale] or not doubt.agreed:
        severity = "warning"
    lacking = {y for _, y, _ in doubt.gaps}
    if severity == "error" and any(_ELISION.search(sides[y].text) for y in lacking):
        severity = "warning"
    yield _finding(doubt, severity, row, sides, context)


def _grounded(doubt: Doubt, sides: Mapping[Lang, Side]) -> bool:
    """Tell whether every version that lacks the negation states something like what is denied.

    Its word must be like the denied one in a comparison, and must not be a word of form in any where it is unlike.
    """
    limits = table("negation")["ground"]
    if max(g.similarity for _, _, g in doubt.gaps) < limits["rendered"] and not any(
        g.outright for _, _, g in doubt.gaps
    ):
        return False
    for _, y, g in doubt.gaps:
        if g.similarity < limits["form"] and (g.word is None or is_form_word(fold(g.word.of(sides[y].text)), y)):
            return False
    first, odd = NAMES.index("first"), NAMES.index("unexplained")
    replaced = [g.features[first] < limits["first"] and g.features[odd] > limits["strange"] for _, _, g in doubt.gaps]
    return not all(replaced)


def _finding(doubt: Doubt, severity: Severity, row: Row, sides: Mapping[Lang, Side], context: Context) -> Finding:
    places: dict[Lang, Place] = {}
    for x, y, missing in doubt.gaps:
        first, last = missing.negation.span, missing.negation.denied[:1]
        ends = [first, *last] if last and last[0].start - first.end < 40 and last[0].start >= first.start else [first]
        begin, end = min(s.start for s in ends), max(s.end for s in ends)
        places[x] = context.place(x, sides[x].start + begin, sides[x].start + end)
        cell = row.cell(y).place
        word = missing.word
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
