"""Passages left out of a row, added to it, or openly cut: metadata, and what is missing inside a row with text.

What both this module and :mod:`transcheck.checks.passages` need to make a finding stands here too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from transcheck.checks.base import Check, Context, Example, fault_among
from transcheck.checks.coverage import calibration
from transcheck.checks.lacking import PAIR
from transcheck.checks.runs import Cache, Candidate, Run, candidates, words_at
from transcheck.types import Finding, Lang, Place, Row, Severity

OMISSION = Check(
    "TC101", "passage-omitted", "omission", "error", "high",
    "A passage of the other versions is missing, and nothing marks the cut.",
    (
        Example(("ru", "Мы уехали утром, а дом сгорел ночью."), ("en", "We left in the morning."),
                ("en", "We left in the morning, and the house burned down at night.")),
        Example(("en", "They took the phones and beat the driver."), ("uk", "Вони забрали телефони."),
                ("uk", "Вони забрали телефони й побили водія.")),
        Example(("uk", "Лікар вижив, але втратив ногу."), ("ru", "Врач выжил."),
                ("ru", "Врач выжил, но потерял ногу.")),
    ),
)  # fmt: skip
ADDITION = Check(
    "TC102", "passage-added", "addition", "error", "medium",
    "A passage stands in one version only and is not bracketed as an editor's insertion.",
    (
        Example(("ru", "Мост взорвали."), ("en", "The bridge was blown up, and everyone knows by whom."),
                ("en", "The bridge was blown up [on Monday].")),
        Example(("en", "The bus stopped."), ("uk", "Автобус зупинився, бо водій злякався пострілів."),
                ("uk", "Автобус зупинився.")),
        Example(("uk", "Потяг не прийшов."), ("ru", "Поезд не пришёл, и люди начали кричать."),
                ("ru", "Поезд не пришёл.")),
    ),
)  # fmt: skip
ELISION = Check(
    "TC103", "open-cut", "omission", "note", "high",
    "A passage is left out and an ellipsis or [...] says so.",
    (
        Example(("ru", "Мы шли ночью, потому что днём стреляли."), ("en", "We walked at night…"),
                ("en", "We walked at night because there was shooting by day.")),
        Example(("en", "I saw two men, and behind them ran a big black dog."), ("uk", "Я бачив двох чоловіків […]."),
                ("uk", "Я бачив двох чоловіків, а за ними біг великий чорний пес.")),
        Example(("uk", "Вода є, а хліба немає вже третій тиждень."), ("ru", "Вода есть…"),
                ("ru", "Вода есть, а хлеба нет уже третью неделю.")),
    ),
)  # fmt: skip

_STRAY = 2
"""Words of a neighbouring clause that a run may catch."""
_BRACKETED_MARK = re.compile(r"[\[(<‹]\s*(?:…|\.\.\.?)\s*[\])>›]")
_MARK = re.compile(rf"{_BRACKETED_MARK.pattern}|…|\.\.\.")
_MARK_REACH = 8
"""Characters around a cell among which a mark in brackets stands."""
_SAYS = {
    "TC101": "passage missing without a mark",
    "TC102": "passage added without brackets",
    "TC103": "passage left out, marked",
    "TC104": "passage at another place",
    "TC201": "meaning differs",
}


def stretches(context: Context, row: Row, cache: Cache) -> Iterator[Finding]:
    """Yield the omission or addition inside a row that is likeliest, if it is likely enough."""
    found = ((c, c.log_odds) for c in candidates(context, row, cache))
    told = [(odds - limits(c)["warning"], odds, c) for c, odds in found if odds >= limits(c)["warning"]]
    if not told:
        return
    _, odds, lacking = max(told, key=lambda t: t[0])
    severity: Severity = "error" if odds >= limits(lacking)["error"] else "warning"
    places = [_place(context, row, lang, run, cache) for lang, run in lacking.runs.items()]
    first = next(iter(lacking.runs))
    empty = [x for x in (c.lang for c in row.filled) if x not in lacking.runs]
    points = [_point(context, row, lacking.runs[first].first, first, lang, cache) for lang in empty]
    fault: Lang | None = lacking.at
    if lacking.kind == PAIR:
        # with two versions the one that lacks words is at fault only when it is the declared translation
        fault = fault_among(context, [first, lacking.at])
    if fault == first:
        yield finding(ADDITION, severity, fault, probability(odds), places[0], points, row)
    else:
        yield from _omitted(context, row, severity, fault, odds, points[0], places)


def limits(candidate: Candidate) -> dict[str, float]:
    """Return the log-odds from which a candidate is an error and a warning."""
    found: dict[str, float] = calibration()["limits"][candidate.kind]
    return found


def _omitted(
    context: Context, row: Row, severity: Severity, fault: Lang | None, odds: float, point: Place, places: list[Place]
) -> Iterator[Finding]:
    """An omission, or a note where the version that lacks the words has an elision mark that the others have not."""
    if open_cut(row, point.lang) or _cut_beside(context, row, point.lang):
        yield finding(ELISION, "note", point.lang, 1.0, point, places, row)
        return
    yield finding(OMISSION, severity, fault, probability(odds), point, places, row)


def open_cut(row: Row, lang: Lang) -> bool:
    """Whether the cell of ``lang`` has more elision marks than any other cell of the row."""
    mine = len(_MARK.findall(row.cell(lang).text))
    return mine > max(len(_MARK.findall(c.text)) for c in row.filled if c.lang != lang) if mine else False


def _cut_beside(context: Context, row: Row, lang: Lang) -> bool:
    """Whether an elision mark in brackets stands right before or behind the cell of ``lang``, and none in the others:
    between two sentences it belongs to either.
    """

    def marked(version: Lang) -> bool:
        place = row.cell(version).place
        before = context.place(version, max(0, place.start - _MARK_REACH), place.start).text.rstrip()
        after = context.place(version, place.end, place.end + _MARK_REACH).text.lstrip()
        return bool(_BRACKETED_MARK.match(after)) or any(
            m.end() == len(before) for m in _BRACKETED_MARK.finditer(before)
        )

    return marked(lang) and not any(marked(c.lang) for c in row.filled if c.lang != lang)


def _place(context: Context, row: Row, lang: Lang, run: Run, cache: Cache) -> Place:
    """Return the place of a run, without a word or two of the clause before that it caught, and with the small words at
    the beginning of its own.
    """
    words = words_at(context, row, lang, cache)
    spans, first, last = words.spans, run.first, run.last
    clauses = [c for segment in context.segments[lang] for c in segment.clauses]
    for clause in clauses:
        before = sum(s.start < clause.start for s in spans[first:last])
        if 0 < before <= _STRAY < last - first - before:
            first += before
    opening = next((c for c in clauses if c.start <= spans[first].start < c.end), None)
    if opening is not None:
        small = [i for i, s in enumerate(spans[:first]) if s.start >= opening.start]
        if len(small) <= _STRAY and not words.content[small].any():
            first -= len(small)
    return context.place(lang, spans[first].start, spans[last - 1].end)


def _point(context: Context, row: Row, first: int, lang: Lang, other: Lang, cache: Cache) -> Place:
    """Return the zero-width place in ``other`` after the counterpart of the word before the stretch from ``first``."""
    a, b = words_at(context, row, lang, cache), words_at(context, row, other, cache)
    cell = row.cell(other)
    at = cell.place.start
    if first > 0 and len(b.spans):
        nearest = int((b.vectors @ a.vectors[first - 1]).argmax())
        at = b.spans[nearest].end
    return context.place(other, at, at)


def probability(odds: float) -> float:
    """Log-odds to a probability of two decimals."""
    return round(1.0 / (1.0 + math.exp(-odds)), 2)


def finding(
    spec: Check, severity: Severity, fault: Lang | None, score: float, span: Place, others: list[Place], row: Row
) -> Finding:
    """Make a finding whose message quotes every version."""
    parts = [f"{p.lang} {_quote(p)}" for p in (span, *others)]
    return Finding(
        spec.code, spec.category, severity, fault, score, f"{_SAYS[spec.code]}: " + ", ".join(parts), span,
        tuple(others), row.index,
    )  # fmt: skip


def _quote(place: Place) -> str:
    """Return the text of a place in quotation marks, shortened, or that there is nothing."""
    if not place.text:
        return "has nothing"
    text = " ".join(place.text.split())
    return f"“{text if len(text) <= 80 else text[:77] + '…'}”"
