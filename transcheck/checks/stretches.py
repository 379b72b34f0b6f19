"""Passages left out of a row, added to it, or openly cut: metadata, and what is missing inside a row with text.

What both this module and :mod:`transcheck.checks.passages` need to make a finding stands here too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

from transcheck.checks.base import Check, Context, Example, fault_among
from transcheck.checks.coverage import (
    FEATURES,
    Lack,
    Stretch,
    Words,
    absent,
    calibration,
    joined,
    lack,
    logistic,
    part_of,
    triple_features,
    typical_ratio,
    words_of,
)
from transcheck.checks.triple import alone, shared
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

_ELSEWHERE = 1.0
"""How much less likely to be missing, in log-odds, words are that stand in the rows beside."""
_THERE = -0.5
"""Log-odds, for either of two versions, below which words stand in the rows beside."""
_STRAY = 2
"""Words of a neighbouring clause that a stretch may catch."""
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

_MOST_OF_IT, _NEARLY = 0.6, 1.0
"""Share of a cell from which a stretch is most of it; log-odds below the limit of a warning that still count there."""


def stretches(context: Context, row: Row, cache: dict[tuple[int, Lang], Words]) -> Iterator[Finding]:
    """Yield the omission or addition inside a row that is likeliest, if it is likely enough."""
    langs = [c.lang for c in row.filled]
    if len(langs) == 3 and (sure := list(_shared(context, row, cache)) or list(_alone(context, row, cache))):
        yield from sure
        return
    found = _lacks(context, row, cache)
    if len(langs) == 2:
        yield from _two_versions(context, row, found, cache)
        return
    odds, fault, added = _likeliest(found, langs)
    severity = _severity(odds, calibration()["limits"]["addition" if added else "omission"])
    if severity is None:
        return
    others = [o for o in langs if o != fault]
    pairs = [(fault, o) if added else (o, fault) for o in others]
    best = max(pairs, key=lambda p: found[p].logit)
    stretch = found[best].stretch
    if stretch is None or _beside(context, row, stretch, *best, cache):
        return
    if added:
        points = [_point(context, row, stretch.first, fault, o, cache) for o in others]
        yield _stretch_finding(context, row, ADDITION, severity, fault, odds, stretch, fault, points)
        return
    point = _point(context, row, stretch.first, best[0], fault, cache)
    spans = [(lang, found[lang, other].stretch) for lang, other in pairs]
    places = [_place(context, s, lang) for lang, s in spans if s is not None]
    yield from _omitted(context, row, severity, fault, odds, point, places)


def _shared(context: Context, row: Row, cache: dict[tuple[int, Lang], Words]) -> Iterator[Finding]:
    """Yield what two versions of three share and the third lacks, where it is likely enough."""
    words = {c.lang: words_at(context, row, c.lang, cache) for c in row.filled}
    hypotheses = [(logistic(calibration()["shared"], s.features), x, s) for x in words if (s := shared(words, x))]
    odds, fault, lacking = max(hypotheses, key=lambda h: h[0], default=(-math.inf, None, None))
    severity = _severity(odds, calibration()["limits"]["shared"])
    if severity is None or fault is None or lacking is None:
        return
    parts = {x: part_of(words[x], run.first, run.last) for x, run in lacking.runs.items()}
    if all(float(p.salience.sum()) >= _MOST_OF_IT * float(words[x].salience.sum()) for x, p in parts.items()):
        return  # nothing was left out, something else is said
    if all(_around(context, row, part, x, fault, cache) < _THERE for x, part in parts.items()):
        return
    first = next(iter(parts))
    point = _point(context, row, lacking.runs[first].first, first, fault, cache)
    places = [context.place(x, p.spans[0].start, p.spans[-1].end) for x, p in parts.items()]
    yield from _omitted(context, row, severity, fault, odds, point, places)


def _alone(context: Context, row: Row, cache: dict[tuple[int, Lang], Words]) -> Iterator[Finding]:
    """Yield what one version of three has and both others lack, where it is likely enough."""
    words = {c.lang: words_at(context, row, c.lang, cache) for c in row.filled}
    limits = calibration()["limits"]["alone"]
    found = ((x, a, logistic(calibration()["alone"], a.features)) for x in words if (a := alone(words, x)))
    told = [(odds - limits[x]["warning"], x, a, odds) for x, a, odds in found if odds >= limits[x]["warning"]]
    if not told:
        return
    _, fault, added, odds = max(told, key=lambda t: t[0])
    part = part_of(words[fault], added.first, added.last)
    if float(part.salience.sum()) >= _MOST_OF_IT * float(words[fault].salience.sum()):
        return  # nothing was put in, something else is said
    others = [x for x in words if x != fault]
    if all(_around(context, row, part, fault, other, cache) < _THERE for other in others):
        return
    severity = _severity(odds, limits[fault])
    if severity is not None:
        place = context.place(fault, part.spans[0].start, part.spans[-1].end)
        points = [_point(context, row, added.first, fault, other, cache) for other in others]
        yield finding(ADDITION, severity, fault, probability(odds), place, points, row)


def _lacks(context: Context, row: Row, cache: dict[tuple[int, Lang], Words]) -> dict[tuple[Lang, Lang], Lack]:
    """Return for every ordered pair of filled cells what the second lacks of the first."""
    model = calibration()["stretch"]
    words = {c.lang: words_at(context, row, c.lang, cache) for c in row.filled}
    return {(a, b): lack(words[a], words[b], model, typical_ratio(a, b)) for a in words for b in words if a != b}


def _likeliest(found: dict[tuple[Lang, Lang], Lack], langs: Sequence[Lang]) -> tuple[float, Lang, bool]:
    """Return log-odds, version at fault and kind (added or omitted) of the hypothesis that exceeds its limit most."""
    hypotheses: list[tuple[float, float, Lang, bool]] = []
    for fault in langs:
        x, y = (o for o in langs if o != fault)
        for added in (False, True):
            kind = "addition" if added else "omission"
            odds = logistic(calibration()[kind][fault], triple_features(found, fault, (x, y), added))
            hypotheses.append((odds - calibration()["limits"][kind]["warning"], odds, fault, added))
    return max(hypotheses)[1:]


def _two_versions(
    context: Context, row: Row, found: dict[tuple[Lang, Lang], Lack], cache: dict[tuple[int, Lang], Words]
) -> Iterator[Finding]:
    """With two versions the one that lacks words is at fault only when it is the declared translation."""
    (lang, other), lacking = max(found.items(), key=lambda item: item[1].logit)
    severity = _severity(lacking.logit, calibration()["limits"]["two"])
    stretch = lacking.stretch
    if severity is None or stretch is None or _replaced(found.values()):
        return
    if _beside(context, row, stretch, lang, other, cache):
        return
    fault = fault_among(context, [lang, other])
    point = _point(context, row, stretch.first, lang, other, cache)
    if fault == lang:
        yield _stretch_finding(context, row, ADDITION, severity, fault, lacking.logit, stretch, lang, [point])
        return
    place = _place(context, stretch, lang)
    yield from _omitted(context, row, severity, fault, lacking.logit, point, [place])


def _replaced(found: Iterable[Lack]) -> bool:
    """Whether each version lacks most of the other: nothing was left out, something else is said."""
    least, share = calibration()["limits"]["two"]["warning"], FEATURES.index("share")
    return all(
        x.stretch is not None and x.logit >= least - _NEARLY and x.stretch.features[share] >= _MOST_OF_IT for x in found
    )


def _beside(
    context: Context, row: Row, stretch: Stretch, lang: Lang, other: Lang, cache: dict[tuple[int, Lang], Words]
) -> bool:
    """Whether the next rows of ``other`` have the stretch: its sentences end elsewhere."""
    part = part_of(words_at(context, row, lang, cache), stretch.first, stretch.last)
    return _beside_all(context, row, part, lang, other, cache)


def _beside_all(
    context: Context, row: Row, part: Words, lang: Lang, other: Lang, cache: dict[tuple[int, Lang], Words]
) -> bool:
    """Whether the next rows of ``other`` have the words ``part`` of ``lang``."""
    wider = _around(context, row, part, lang, other, cache)
    alone = absent(part, words_at(context, row, lang, cache), words_at(context, row, other, cache))
    return wider < 0 and wider < alone - _ELSEWHERE


def _around(
    context: Context, row: Row, part: Words, lang: Lang, other: Lang, cache: dict[tuple[int, Lang], Words]
) -> float:
    """Return the mean log-odds that ``other`` lacks the words ``part`` of ``lang`` in the row and those beside it."""
    near = [r for r in context.rows if abs(r.index - row.index) <= 1 and not r.cell(other).empty]
    if len(near) < 2:
        return math.inf
    # the words beside render those beside the stretch first of all
    whole = joined([words_at(context, r, lang, cache) for r in near], lang)
    return absent(part, whole, joined([words_at(context, r, other, cache) for r in near], other))


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


def _stretch_finding(
    context: Context,
    row: Row,
    spec: Check,
    severity: Severity,
    fault: Lang | None,
    odds: float,
    stretch: Stretch,
    lang: Lang,
    points: list[Place],
) -> Finding:
    """A finding whose span is a stretch of ``lang``."""
    place = _place(context, stretch, lang)
    return finding(spec, severity, fault, probability(odds), place, points, row)


def _place(context: Context, stretch: Stretch, lang: Lang) -> Place:
    """Return the place of a stretch without the words of the clauses before and after it that it may have caught.

    These are one or two, less than half as likely to be missing as the words of the stretch are on average.
    """
    whole = stretch.span
    text = context.place(lang, whole.start, whole.end).text
    stray = stretch.odds < stretch.odds.mean() / 2
    start, end = whole.start, whole.end
    for clause in (c for segment in context.segments[lang] for c in segment.clauses):
        before = len(text[: max(0, clause.start - whole.start)].split())
        after = len(text[max(0, clause.end - whole.start) :].split())
        if whole.start < clause.start < whole.end and before <= _STRAY and stray[:before].all():
            start = clause.start
        if whole.start < clause.end < whole.end and after <= _STRAY and stray[-after:].all():
            end = clause.end
    return context.place(lang, start, max(start, end))


def _point(
    context: Context, row: Row, first: int, lang: Lang, other: Lang, cache: dict[tuple[int, Lang], Words]
) -> Place:
    """Return the zero-width place in ``other`` after the counterpart of the word before the stretch from ``first``."""
    a, b = words_at(context, row, lang, cache), words_at(context, row, other, cache)
    cell = row.cell(other)
    at = cell.place.start
    if first > 0 and len(b.spans):
        nearest = int((b.vectors @ a.vectors[first - 1]).argmax())
        at = b.spans[nearest].end
    return context.place(other, at, at)


def _severity(odds: float, limits: dict[str, float]) -> Severity | None:
    """Return the severity that the log-odds reach."""
    if odds >= limits["error"]:
        return "error"
    return "warning" if odds >= limits["warning"] else None


def probability(odds: float) -> float:
    """Log-odds to a probability of two decimals."""
    return round(1.0 / (1.0 + math.exp(-odds)), 2)


def words_at(context: Context, row: Row, lang: Lang, cache: dict[tuple[int, Lang], Words]) -> Words:
    """Return the words of a cell, read once."""
    key = (row.index, lang)
    if key not in cache:
        cache[key] = words_of(row.cell(lang), context.encoder)
    return cache[key]


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
