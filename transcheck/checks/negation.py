"""TC203: a negation that one version has and the others lack."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transcheck.checks.base import Check, Context, Example
from transcheck.text.lexicon import table
from transcheck.text.negation import Negation, negations
from transcheck.types import LANGS, Cell, Finding, Lang, Place, Row, Severity, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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

_NEAR = 3
_FIRST_BONUS = 0.25
_STRONG_BONUS = 0.3
_ADVERBS = ("limit", "time", "instead")
_LIKE = 0.45
_HARD = 3
"""Index of the feature that weighs the lexical negations beside the denied word."""
_ACCOUNTED = 0.6
"""Weight of a lexical negation from which it accounts for what the other version denies."""
_ELISION = re.compile(r"…|\.\.\.")


@dataclass(frozen=True, slots=True)
class Side:
    """A cell with its negations and word vectors; spans count from the start of the cell."""

    lang: Lang
    text: str
    start: int
    negations: tuple[Negation, ...]
    words: tuple[Span, ...]
    vectors: NDArray[np.float32]

    def index(self, span: Span) -> int | None:
        """Return the index of the word that overlaps ``span``."""
        return next((i for i, w in enumerate(self.words) if w.overlaps(span)), None)

    def indices(self, spans: Sequence[Span]) -> list[int]:
        """Return the indices of the words that overlap any of ``spans``, in the order of the spans."""
        found = [self.index(s) for s in spans]
        return [i for i in found if i is not None]


@dataclass(frozen=True, slots=True)
class Gap:
    """A negation that another version does not render.

    ``word`` is the place there of the word that is denied here (None: no such word), ``similarity`` how sure that is;
    ``score`` is the probability that the other version says the opposite.
    """

    negation: Negation
    word: Span | None
    similarity: float
    features: tuple[float, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A version ``at`` that lacks (``kind`` lost) or adds a negation: the gaps that show it, and its log-odds."""

    at: Lang
    kind: str
    gaps: tuple[tuple[Lang, Lang, Gap], ...]
    score: float


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every row in which one version denies what the others do not deny."""
    for row in context.rows:
        if len(row.filled) < 2:
            continue
        found = {cell.lang: negations(cell.text, cell.lang) for cell in row.filled}
        if not any(n.strong for ns in found.values() for n in ns):
            continue
        sides = {cell.lang: side(cell, context) for cell in row.filled}
        doubts = _three(sides) if len(sides) == 3 else _two(sides, context.document.source_lang)
        doubt = max(doubts, key=lambda d: d.score, default=None)
        if doubt is not None:
            yield from _judge(doubt, row, sides, context)


def _all_gaps(sides: Mapping[Lang, Side]) -> dict[tuple[Lang, Lang], list[Gap]]:
    return {(x, y): gaps(sides[x], sides[y]) for x in sides for y in sides if x != y}


def _two(sides: Mapping[Lang, Side], source: str | None) -> list[Doubt]:
    """Every gap is a doubt; the translation is at fault where the source is declared."""
    found = []
    for (x, y), missing in _all_gaps(sides).items():
        for gap in missing:
            kind = "added" if source == y else "lost"
            at = x if kind == "added" else y
            found.append(Doubt(at, kind, ((x, y, gap),), gap.score))
    return found


def _three(sides: Mapping[Lang, Side]) -> list[Doubt]:
    """A version lacks what both others have, or has what both others lack."""
    every = _all_gaps(sides)
    doubts = []
    for lang in sides:
        p, q = (x for x in sides if x != lang)
        if every[p, lang] and every[q, lang]:
            first, second = (max(every[x, lang], key=lambda g: g.score) for x in (p, q))
            doubts.append(_doubt(lang, "lost", (p, lang, first), (q, lang, second)))
        there = {g.negation: g for g in every[lang, q]}
        doubts += [
            _doubt(lang, "added", (lang, p, gap), (lang, q, there[gap.negation]))
            for gap in every[lang, p]
            if gap.negation in there
        ]
    return doubts


def _doubt(lang: Lang, kind: str, p: tuple[Lang, Lang, Gap], q: tuple[Lang, Lang, Gap]) -> Doubt:
    """Combine the evidence of two gaps."""
    f, h = p[2].features, q[2].features
    low, high = sorted((p[2].score, q[2].score))
    features = (
        1.0,
        low,
        high,
        min(f[1], h[1]),
        f[3] + h[3],
        f[4] + h[4],
        f[5] + h[5],
        f[7] + h[7],
        max(f[11], h[11]),
        max(f[12], h[12]),
        f[13] + h[13],
    )
    return Doubt(lang, kind, (p, q), _dot(kind, features))


def _judge(doubt: Doubt, row: Row, sides: Mapping[Lang, Side], context: Context) -> Iterator[Finding]:
    """Turn a doubt into a finding where it is strong enough; a marked cut may hold the negation."""
    limits = table("negation")["score"]
    scale = doubt.kind if len(doubt.gaps) == 2 else "pair"
    severity: Severity | None = None
    if doubt.score >= limits["warning"][scale]:
        severity = "error" if doubt.score >= limits["error"][scale] else "warning"
    if severity is None or max(gap.features[_HARD] for _, _, gap in doubt.gaps) >= _ACCOUNTED:
        return
    lacking = {y for _, y, _ in doubt.gaps}
    if severity == "error" and any(_ELISION.search(sides[y].text) for y in lacking):
        severity = "warning"
    yield _finding(doubt, severity, row, sides, context)


def _finding(
    doubt: Doubt, severity: Severity, row: Row, sides: Mapping[Lang, Side], context: Context
) -> Finding:
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


def side(cell: Cell, context: Context) -> Side:
    """Prepare a cell: its negations, words and vectors."""
    words, vectors = context.encoder.words(cell.text)
    return Side(cell.lang, cell.text, cell.place.start, negations(cell.text, cell.lang), words, vectors)


def gaps(a: Side, b: Side) -> list[Gap]:
    """Return the strong negations of ``a`` that no negation of ``b`` renders, each with the evidence in ``b``."""
    strong = [n for n in a.negations if n.strong]
    if not strong or not b.words:
        return []
    cosine = a.vectors @ b.vectors.T
    left = _unmatched(a, b, strong, cosine)
    return [_gap(n, a, b, cosine, len(left)) for n in left]


def _unmatched(a: Side, b: Side, strong: Sequence[Negation], cosine: NDArray[np.float32]) -> list[Negation]:
    """Match strong negations one to one, most alike first, and return those of ``a`` that are left."""
    others = [n for n in b.negations if n.formal]
    pairs = sorted(
        (
            (_likeness(n, m, a, b, cosine) + _STRONG_BONUS * m.strong, i, j)
            for i, n in enumerate(strong)
            for j, m in enumerate(others)
        ),
        reverse=True,
    )
    used_a: set[int] = set()
    used_b: set[int] = set()
    for _, i, j in pairs:
        if i not in used_a and j not in used_b:
            used_a.add(i)
            used_b.add(j)
    return [n for i, n in enumerate(strong) if i not in used_a]


def _likeness(n: Negation, m: Negation, a: Side, b: Side, cosine: NDArray[np.float32]) -> float:
    rows, columns = a.indices(n.denied), b.indices(m.denied)
    alike = max((float(cosine[i, j]) for i in rows for j in columns), default=0.0)
    distance = abs(n.start / max(1, len(a.text)) - m.start / max(1, len(b.text)))
    return alike - 0.5 * distance


def _gap(n: Negation, a: Side, b: Side, cosine: NDArray[np.float32], count: int) -> Gap:
    """Look in ``b`` for the word that ``n`` denies and describe what stands around it."""
    rows = a.indices(n.denied)
    word, first = _best(rows[:1], cosine)
    other, rest = _best(rows[1:], cosine)
    at = word if first >= rest - _FIRST_BONUS else other
    row = rows[0] if at is word and rows else None
    hard, soft, far = _weak(a, b, cosine, at, n)
    strong = [m for m in b.negations if m.strong]
    features: tuple[float, ...] = (
        1.0,
        first,
        rest,
        min(hard, 2.0),
        min(soft, 2.0),
        min(far, 3.0),
        float(at is not None and any(at in b.indices(m.denied)[:1] for m in strong)),
        float(row is not None and at is not None and int(cosine[:, at].argmax()) == row),
        _shift(n, a, b, at),
        math.log(len(b.words)),
        abs(math.log(len(b.words) / max(1, len(a.words)))),
        float(n.kind == "without"),
        float(n.kind == "pronoun"),
        float(count - 1),
        min(float(len(strong)), 3.0),
        float(any(m.kind == "question" for m in (*a.negations, *b.negations))),
        float(cosine.max(axis=1).mean()),
        float(len(n.denied) == 0),
    )
    features += (max(0.0, _LIKE - first), first * features[6])
    return Gap(n, b.words[at] if at is not None else None, max(first, rest), features, _dot("pair", features))


def _dot(weights: str, features: Sequence[float]) -> float:
    return math.fsum(w * f for w, f in zip(table("negation")["score"][weights], features, strict=True))


def _best(rows: Sequence[int], cosine: NDArray[np.float32]) -> tuple[int | None, float]:
    """Return the column most like any of ``rows`` and its cosine."""
    if not rows:
        return None, 0.0
    block = cosine[list(rows)]
    column = int(block.max(axis=0).argmax())
    return column, float(block[:, column].max())


def _shift(n: Negation, a: Side, b: Side, at: int | None) -> float:
    if at is None:
        return 1.0
    return abs(n.start / max(1, len(a.text)) - b.words[at].start / max(1, len(b.text)))


def _weak(
    a: Side, b: Side, cosine: NDArray[np.float32], at: int | None, n: Negation
) -> tuple[float, float, float]:
    """Weigh the weak negations of ``b``: lexical ones near the denied word, adverbs near it, and any elsewhere.

    One that has a counterpart of its own in ``a`` weighs less, unless that counterpart is what ``n`` denies.
    """
    mine = {*a.indices(n.denied), *a.indices((n.span,))}
    rows = [i for i in range(len(a.words)) if i not in mine]
    hard = soft = far = 0.0
    for m in b.negations:
        places = b.indices((m.span, *m.denied)) if not m.strong else []
        if not places:
            continue
        claimed = float(cosine[rows][:, places].max()) if rows else 0.0
        weight = 1.0 - max(0.0, min(1.0, claimed))
        if at is None or min(abs(j - at) for j in places) > _NEAR:
            far += weight
        elif m.kind in _ADVERBS:
            soft += weight
        else:
            hard += weight
    return hard, soft, far
