"""Passages: silently left out or added, openly cut, moved; and rows whose versions no longer mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from transcheck.checks.base import Check, Context, Example
from transcheck.checks.coverage import (
    Lack,
    Stretch,
    Words,
    calibration,
    covered,
    lack,
    logistic,
    triple_features,
    typical_ratio,
    words_of,
)
from transcheck.types import Cell, Finding, Lang, Place, Row, Severity

OMISSION = Check(
    "TC101", "passage-omitted", "omission", "error", "high",
    "A passage of the other versions is missing, and nothing marks the cut.",
    (
        Example(("ru", "Мы уехали утром, а дом сгорел ночью."), ("en", "We left in the morning."),
                ("en", "We left in the morning, and the house burned down at night.")),
        Example(("en", "They took the phones and beat the driver."), ("uk", "Вони забрали телефони."),
                ("uk", "Вони забрали телефони й побили водія.")),
        Example(("uk", "Лікар вижив, але втратив ногу."), ("ru", "Врач выжил."), ("ru", "Врач выжил, но потерял ногу.")),
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
        Example(("uk", "Потяг не прийшов."), ("ru", "Поезд не пришёл, и люди начали кричать."), ("ru", "Поезд не пришёл.")),
    ),
)  # fmt: skip
ELISION = Check(
    "TC103", "open-cut", "omission", "note", "high",
    "A passage is left out and an ellipsis or [...] says so.",
    (
        Example(("ru", "Мы шли ночью, потому что днём стреляли."), ("en", "We walked at night…"),
                ("en", "We walked at night because there was shooting by day.")),
        Example(("en", "I saw two men and a dog."), ("uk", "Я бачив двох чоловіків […]."), ("uk", "Я бачив двох чоловіків і собаку.")),
        Example(("uk", "Вода є, хліба немає."), ("ru", "Вода есть…"), ("ru", "Вода есть, хлеба нет.")),
    ),
)  # fmt: skip
REORDERED = Check(
    "TC104", "passage-moved", "reordered", "warning", "medium",
    "A passage stands at another place than in the other versions.",
    (
        Example(("ru", "Сначала был взрыв. Потом приехала полиция."), ("en", "Then the police came. First there was an explosion."),
                ("en", "First there was an explosion. Then the police came.")),
        Example(("en", "He signed the paper. They let him go."), ("uk", "Його відпустили. Він підписав папір."),
                ("uk", "Він підписав папір. Його відпустили.")),
        Example(("uk", "Ми молилися. Потім настала тиша."), ("ru", "Потом настала тишина. Мы молились."),
                ("ru", "Мы молились. Потом настала тишина.")),
    ),
)  # fmt: skip
MEANING = Check(
    "TC201", "meaning-differs", "meaning", "warning", "medium",
    "The versions of a passage resemble each other less than almost all true translations do.",
    (
        Example(("ru", "Дети спали в подвале."), ("en", "The price of bread has doubled."),
                ("en", "The children slept in the basement.")),
        Example(("en", "The court adjourned until May."), ("uk", "Ми любимо літні вечори біля моря."),
                ("uk", "Суд оголосив перерву до травня.")),
        Example(("uk", "Лікарня залишилася без світла."), ("ru", "Команда выиграла кубок."), ("ru", "Больница осталась без света.")),
    ),
)  # fmt: skip
CHECKS = (OMISSION, ADDITION, ELISION, REORDERED, MEANING)

_MARK = re.compile(r"[\[(]\s*(?:…|\.\.\.?)\s*[\])]|…|\.\.\.")
_INSERTION = re.compile(r"\s*[«„“\"]?(?:\[[^\[\]]*\]|\([^()]*\))[.,;»”\"]?\s*")
_SAME_PASSAGE = 0.5
"""Mean coverage in both directions from which a missing and an added passage are one that moved."""
_UNRELATED = 0.12
"""How far below the strict limit a cosine must lie for an error: free renderings of short sentences come near it."""
_SENTENCE = 3
"""Content words from which the loss of a whole segment is an error."""
_NEAR = 3
"""Rows to either side in which a passage that seems lost may have been merged."""


def check(context: Context) -> Iterator[Finding]:
    """Yield omissions, additions, open cuts, moves and meaning differences, row by row."""
    cache: dict[tuple[int, Lang], Words] = {}
    found: list[Finding] = []
    for row in context.rows:
        if row.moved:
            found.append(_moved(context, row))
        if len(row.filled) < len(row.cells):
            found.extend(_gap(context, row, cache))
        if len(row.filled) >= 2:
            stretches = list(_stretches(context, row, cache))
            found.extend(stretches)
            if not any(f.severity != "note" for f in stretches):
                found.extend(_meaning(context, row))
    yield from _reunite(context, found)


def _reunite(context: Context, found: list[Finding]) -> Iterator[Finding]:
    """Turn a passage missing here and a like passage added there into one that was moved."""
    loose = [f for f in found if f.code in (OMISSION.code, ADDITION.code)]
    gone: set[int] = set()
    for f in loose:
        for g in loose:
            if f is g or {id(f), id(g)} & gone:
                continue
            match = _same_passage(context, f, g)
            if match is not None:
                gone |= {id(f), id(g)}
                here, there = match
                fault = f.lang if f.lang == g.lang else None
                at, other = (here, there) if here.lang == fault or fault is None else (there, here)
                row = context.rows[(f if f.code == ADDITION.code else g).row or 0]
                yield _finding(REORDERED, "warning", fault, 0.75, at, [other], row)
    yield from (f for f in found if id(f) not in gone)


def _same_passage(context: Context, f: Finding, g: Finding) -> tuple[Place, Place] | None:
    """Return the two places when what one finding misses is what the other has."""
    for p in (f.span, *f.counterparts):
        for q in (g.span, *g.counterparts):
            if p.lang == q.lang or not p.text or not q.text:
                continue
            lacking = any(o.lang == q.lang and not o.text for o in (f.span, *f.counterparts))
            if not lacking or not any(o.lang == p.lang and not o.text for o in (g.span, *g.counterparts)):
                continue
            a, b = (words_of(Cell(x.lang, (0,), x), context.encoder) for x in (p, q))
            if min(len(a.spans), len(b.spans)) >= 3 and min(_share(a, b), _share(b, a)) >= _SAME_PASSAGE:
                return p, q
    return None


def _share(a: Words, b: Words) -> float:
    """Salience-weighted mean coverage of the words of ``a`` by those of ``b``."""
    total = float(a.salience.sum())
    return float((covered(a, b) * a.salience).sum()) / total if total else 0.0


def _words(context: Context, row: Row, lang: Lang, cache: dict[tuple[int, Lang], Words]) -> Words:
    """Return the words of a cell, read once."""
    key = (row.index, lang)
    if key not in cache:
        cache[key] = words_of(row.cell(lang), context.encoder)
    return cache[key]


def _fault(context: Context, candidates: Sequence[Lang]) -> Lang | None:
    """Return the translation among two versions when the source language is declared."""
    source = context.document.source_lang
    return next((x for x in candidates if x != source), None) if source in candidates else None


# --- whole segments -------------------------------------------------------------------------------------------------


def _gap(context: Context, row: Row, cache: dict[tuple[int, Lang], Words]) -> Iterator[Finding]:
    """A row with an empty cell: one version lacks the segment, or one alone has it."""
    filled = row.filled
    empty = [c for c in row.cells if c.empty]
    if all(_INSERTION.fullmatch(c.text) for c in filled):
        return
    if any(_marked_at(context, c) for c in empty):
        yield _finding(ELISION, "note", empty[0].lang, 1.0, empty[0].place, [c.place for c in filled], row)
        return
    absorbed = max(_absorbed(context, row, c, e, cache) for c in filled for e in empty)
    limits = calibration()["absorbed"]
    if absorbed >= limits["warning"]:
        return
    size = max(int(_words(context, row, c.lang, cache).content.sum()) for c in filled)
    severity: Severity = "error" if size >= _SENTENCE and absorbed < limits["error"] else "warning"
    score = round(min(0.99, 1.0 - absorbed / 2), 2)
    if len(row.cells) == 3 and len(filled) == 1:
        yield _finding(ADDITION, severity, filled[0].lang, score, filled[0].place, [c.place for c in empty], row)
    elif len(row.cells) == 3:
        yield _finding(OMISSION, severity, empty[0].lang, score, empty[0].place, [c.place for c in filled], row)
    else:
        fault = _fault(context, [c.lang for c in row.cells])
        added = fault is not None and fault == filled[0].lang
        spec = ADDITION if added else OMISSION
        span, other = (filled[0].place, empty[0].place) if added else (empty[0].place, filled[0].place)
        yield _finding(spec, severity, fault, score, span, [other], row)


def _absorbed(context: Context, row: Row, cell: Cell, empty: Cell, cache: dict[tuple[int, Lang], Words]) -> float:
    """Return how well the words of a lost passage are covered by the neighbouring cells of the version that lacks it."""
    mine = _words(context, row, cell.lang, cache)
    best = 0.0
    for other in context.rows[max(0, row.index - _NEAR) : row.index + _NEAR + 1]:
        near = other.cell(empty.lang)
        if not near.empty:
            best = max(best, _share(mine, _words(context, other, empty.lang, cache)))
    return best


def _marked_at(context: Context, cell: Cell) -> bool:
    """Whether an elision mark stands where the passage is missing."""
    version = context.document.version(cell.lang)
    if version is None:
        raise KeyError(cell.lang)
    at = cell.place.start
    before, after = version.text[max(0, at - 8) : at], version.text[at : at + 12]
    left = re.search(r"(?:…|\.\.\.)[\])]?[»”’\"“]*\s*$", before)
    right = re.match(r"[\s»”’\"“.]*[«„“\"‘]?[\[(]?(?:…|\.\.\.)", after)
    return left is not None or right is not None


# --- stretches inside a row -----------------------------------------------------------------------------------------


def _lacks(context: Context, row: Row, cache: dict[tuple[int, Lang], Words]) -> dict[tuple[Lang, Lang], Lack]:
    """Return for every ordered pair of filled cells what the second lacks of the first."""
    model = calibration()["stretch"]
    words = {c.lang: _words(context, row, c.lang, cache) for c in row.filled}
    return {(a, b): lack(words[a], words[b], model, typical_ratio(a, b)) for a in words for b in words if a != b}


def _stretches(context: Context, row: Row, cache: dict[tuple[int, Lang], Words]) -> Iterator[Finding]:
    """Yield the omission or addition inside a row that is likeliest, if it is likely enough."""
    found = _lacks(context, row, cache)
    langs = [c.lang for c in row.filled]
    if len(langs) == 2:
        yield from _two_versions(context, row, found, cache)
        return
    odds, fault, added = _likeliest(found, langs)
    severity = _severity(odds, calibration()["addition" if added else "omission"][fault]["limits"])
    if severity is None:
        return
    others = [o for o in langs if o != fault]
    pairs = [(fault, o) if added else (o, fault) for o in others]
    best = max(pairs, key=lambda p: found[p].logit)
    stretch = found[best].stretch
    if stretch is None:
        return
    if added:
        points = [_point(context, row, stretch, fault, o, cache) for o in others]
        yield _stretch_finding(context, row, ADDITION, severity, fault, odds, stretch, fault, points)
        return
    point = _point(context, row, stretch, best[0], fault, cache)
    spans = [(lang, found[lang, other].stretch) for lang, other in pairs]
    places = [context.place(lang, s.span.start, s.span.end) for lang, s in spans if s is not None]
    yield from _omitted(context, row, severity, fault, odds, point, places)


def _likeliest(found: dict[tuple[Lang, Lang], Lack], langs: Sequence[Lang]) -> tuple[float, Lang, bool]:
    """Return log-odds, version at fault and kind (added or omitted) of the hypothesis that exceeds its limit most."""
    best: tuple[float, float, Lang, bool] | None = None
    for fault in langs:
        x, y = (o for o in langs if o != fault)
        for added in (False, True):
            model = calibration()["addition" if added else "omission"][fault]
            odds = logistic(model, triple_features(found, fault, (x, y), added))
            margin = odds - model["limits"]["warning"]
            if best is None or margin > best[0]:
                best = (margin, odds, fault, added)
    if best is None:
        raise ValueError("a row of three versions is needed")
    return best[1:]


def _two_versions(
    context: Context, row: Row, found: dict[tuple[Lang, Lang], Lack], cache: dict[tuple[int, Lang], Words]
) -> Iterator[Finding]:
    """With two versions the one that lacks words is at fault only when it is the declared translation."""
    (lang, other), lacking = max(found.items(), key=lambda item: item[1].logit)
    severity = _severity(lacking.logit, calibration()["two_limits"])
    stretch = lacking.stretch
    if severity is None or stretch is None:
        return
    fault = _fault(context, [lang, other])
    point = _point(context, row, stretch, lang, other, cache)
    if fault == lang:
        yield _stretch_finding(context, row, ADDITION, severity, fault, lacking.logit, stretch, lang, [point])
        return
    place = context.place(lang, stretch.span.start, stretch.span.end)
    yield from _omitted(context, row, severity, fault, lacking.logit, point, [place])


def _omitted(
    context: Context, row: Row, severity: Severity, fault: Lang | None, odds: float, point: Place, places: list[Place]
) -> Iterator[Finding]:
    """An omission, or a note where the version that lacks the words has an elision mark that the others have not."""
    if open_cut(row, point.lang):
        yield _finding(ELISION, "note", point.lang, 1.0, point, places, row)
        return
    yield _finding(OMISSION, severity, fault, _probability(odds), point, places, row)


def open_cut(row: Row, lang: Lang) -> bool:
    """Whether the cell of ``lang`` has more elision marks than any other cell of the row."""
    mine = len(_MARK.findall(row.cell(lang).text))
    return mine > max(len(_MARK.findall(c.text)) for c in row.filled if c.lang != lang) if mine else False


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
    place = context.place(lang, stretch.span.start, stretch.span.end)
    return _finding(spec, severity, fault, _probability(odds), place, points, row)


def _point(
    context: Context, row: Row, stretch: Stretch, lang: Lang, other: Lang, cache: dict[tuple[int, Lang], Words]
) -> Place:
    """Return the zero-width place in ``other`` after the counterpart of the word before the stretch."""
    a, b = _words(context, row, lang, cache), _words(context, row, other, cache)
    cell = row.cell(other)
    at = cell.place.start
    if stretch.first > 0 and len(b.spans):
        nearest = int((b.vectors @ a.vectors[stretch.first - 1]).argmax())
        at = b.spans[nearest].end
    return context.place(other, at, at)


def _severity(odds: float, limits: dict[str, float]) -> Severity | None:
    """Return the severity that the log-odds reach."""
    if odds >= limits["error"]:
        return "error"
    return "warning" if odds >= limits["warning"] else None


def _probability(odds: float) -> float:
    """Log-odds to a probability of two decimals."""
    import math

    return round(1.0 / (1.0 + math.exp(-odds)), 2)


# --- moves and meaning ----------------------------------------------------------------------------------------------


def _moved(context: Context, row: Row) -> Finding:
    """A row one of whose cells stands elsewhere than its neighbours say."""
    fault = row.moved[0] if len(row.moved) == 1 else _fault(context, row.moved)
    at = row.cell(fault or row.moved[0])
    others = [c.place for c in row.filled if c.lang != at.lang]
    return _finding(REORDERED, "warning", fault, 0.8, at.place, others, row)


def _meaning(context: Context, row: Row) -> Iterator[Finding]:
    """Compare the cosines of a row with those below which hardly any true translation lies."""
    langs = [c.lang for c in row.filled]
    length = min(len(c.text.split()) for c in row.filled)
    strict, loose = _meaning_limits(length)
    cosines = {pair: value for pair, value in row.similarities}
    if len(langs) == 2:
        cosine = next(iter(cosines.values()))
        if cosine < loose:
            fault = _fault(context, langs)
            at = row.cell(fault or langs[0])
            severity: Severity = "error" if cosine < strict - _UNRELATED else "warning"
            others = [c.place for c in row.filled if c.lang != at.lang]
            yield _finding(MEANING, severity, fault, _below(cosine, strict, loose), at.place, others, row)
        return
    agreeing = max(cosines, key=lambda pair: cosines[pair])
    fault = next(lang for lang in langs if lang not in agreeing)
    apart = max(value for pair, value in cosines.items() if pair != agreeing)
    if apart >= loose or cosines[agreeing] - apart < 0.1:
        return
    severity = "error" if apart < strict - _UNRELATED else "warning"
    others = [row.cell(lang).place for lang in agreeing]
    yield _finding(MEANING, severity, fault, _below(apart, strict, loose), row.cell(fault).place, others, row)


def _meaning_limits(words: int) -> tuple[float, float]:
    """Return the cosines that 0.1 % and 0.5 % of true translations of this length fall below."""
    table = calibration()["meaning"]
    for low, high in pairwise([*table["words"], 10**9]):
        if low <= words < high:
            index = table["words"].index(low)
            return table["strict"][index], table["loose"][index]
    return table["strict"][0], table["loose"][0]


def _below(cosine: float, strict: float, loose: float) -> float:
    """Confidence that grows as the cosine falls below the loose limit."""
    return round(min(0.99, 0.6 + 0.35 * (loose - cosine) / max(0.01, loose - strict + 0.05)), 2)


_SAYS = {
    "TC101": "passage missing without a mark",
    "TC102": "passage added without brackets",
    "TC103": "passage left out, marked",
    "TC104": "passage at another place",
    "TC201": "meaning differs",
}


def _finding(
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
