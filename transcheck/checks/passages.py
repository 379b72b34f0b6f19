"""Passages: silently left out or added, openly cut, moved; and rows whose versions no longer mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from transcheck.checks.base import Check, Context, Example, fault_among
from transcheck.checks.coverage import BOUND, BRACKETED, Words, absent, calibration, covered, joined, words_of
from transcheck.checks.runs import Cache, words_at
from transcheck.checks.stretches import (
    ADDITION,
    ELISION,
    OMISSION,
    finding,
    open_cut,
    probability,
    stretches,
)
from transcheck.types import Cell, Encoder, Finding, Lang, Place, Row, Severity

REORDERED = Check(
    "TC104", "passage-moved", "reordered", "warning", "medium",
    "A passage stands at another place than in the other versions.",
    (
        Example(("ru", "Сначала был взрыв. Потом приехала полиция."),
                ("en", "Then the police came. First there was an explosion."),
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
        Example(("en", "The witness refused to answer the question."), ("uk", "Річка вийшла з берегів."),
                ("uk", "Свідок відмовився відповідати на запитання.")),
        Example(("uk", "Лікарня залишилася без світла."), ("ru", "Команда выиграла кубок."),
                ("ru", "Больница осталась без света.")),
    ),
)  # fmt: skip
CHECKS = (OMISSION, ADDITION, ELISION, REORDERED, MEANING)

_INSERTION = re.compile(r"\s*[«„“\"]?(?:\[[^\[\]]*\]|\([^()]*\))[.,;»”\"]?\s*")
_SAME_PASSAGE = 0.5
"""Mean coverage in both directions from which a missing and an added passage are one that moved."""
_FREE = 0.06
"""How far below it an idiom of one version may lie while the two others stay close to one another."""
_UNRELATED = 0.15
"""How far below the strict limit a cosine must lie for an error: free renderings of short sentences come near it."""
_STRANGE = 0.1
"""Cosine below which a version is suspect whatever its length, when the others are nearer by ``_CLEAR``."""
_CLEAR = 0.35
"""See ``_STRANGE``."""
_SENTENCE = 3
"""Content words from which the loss of a whole segment is an error."""
_LIKE = 2.5
"""Factor up to which two passages are of like length."""
_CLAUSE = 3
"""Content words that every version of a row must have for its meaning to be judged by the cosine."""
_NEAR = 3
"""Rows to either side in which a passage that seems lost may have been merged."""


def check(context: Context) -> Iterator[Finding]:
    """Yield omissions, additions, open cuts, moves and meaning differences, row by row."""
    cache: Cache = {}
    found: list[Finding] = []
    for row in context.rows:
        if row.moved:
            found.append(_moved(context, row))
        if len(row.filled) < len(row.cells):
            found.extend(_gap(context, row, cache))
        if len(row.filled) >= 2:
            inside = list(stretches(context, row, cache))
            found.extend(inside)
            if not any(f.severity != "note" for f in inside) and _comparable(context, row, cache):
                found.extend(_meaning(context, row))
    yield from _reunite(context, found)


def _reunite(context: Context, found: list[Finding]) -> Iterator[Finding]:
    """Take together what is missing here and added there: the same passage moved, or one rendered by another."""
    loose = [f for f in found if f.code in (OMISSION.code, ADDITION.code)]
    gone: set[int] = set()
    for f in loose:
        for g in loose:
            if f is g or {id(f), id(g)} & gone:
                continue
            match = _same_passage(context, f, g)
            if match is not None:
                gone |= {id(f), id(g)}
                yield from _elsewhere(context, f, g, match)
            elif f.code == OMISSION.code and g.code == ADDITION.code and _rendered(context, f, g):
                gone |= {id(f), id(g)}
    yield from (f for f in found if id(f) not in gone)


def _elsewhere(context: Context, f: Finding, g: Finding, match: tuple[Place, Place]) -> Iterator[Finding]:
    """A passage that stands in another row; where the rows are next to each other, sentences only end elsewhere."""
    if abs((f.row or 0) - (g.row or 0)) <= 1 and f.lang != g.lang:
        return
    here, there = match
    fault = f.lang if f.lang == g.lang else None
    at, other = (here, there) if here.lang == fault or fault is None else (there, here)
    row = context.rows[(f if f.code == ADDITION.code else g).row or 0]
    yield finding(REORDERED, "warning", fault, 0.75, at, [other], row)


def _rendered(context: Context, lost: Finding, added: Finding) -> bool:
    """Whether an added passage stands where the same version lacks one of like length that it may well translate."""
    if lost.lang is None or lost.lang != added.lang or abs((lost.row or 0) - (added.row or 0)) > 1:
        return False
    texts = [added.span.text, *(p.text for p in lost.counterparts if p.text)]
    sizes = [len(text.split()) for text in texts]
    if max(sizes) > _LIKE * min(sizes):
        return False
    vectors = context.encoder.encode(texts)
    strict, _ = _meaning_limits(context.encoder, min(sizes))
    return float((vectors[1:] @ vectors[0]).max()) >= strict - 2 * _FREE


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


# --- whole segments -------------------------------------------------------------------------------------------------


def _gap(context: Context, row: Row, cache: Cache) -> Iterator[Finding]:
    """A row with an empty cell: one version lacks the segment, or one alone has it."""
    filled = row.filled
    empty = [c for c in row.cells if c.empty]
    if all(_INSERTION.fullmatch(c.text) for c in filled):
        return
    if any(_marked_at(context, c) for c in empty):
        yield finding(ELISION, "note", empty[0].lang, 1.0, empty[0].place, [c.place for c in filled], row)
        return
    size = max(_content(words_at(context, row, c.lang, cache)) for c in filled)
    if size == 0:
        return
    odds = min(lost(context, row, c, e, cache) for c in filled for e in empty)
    limits = calibration()["lost"]["two" if len(row.cells) == 2 else "three"]
    if odds < limits["warning"]:
        return
    severity: Severity = "error" if size >= _SENTENCE and odds >= limits["error"] else "warning"
    if size < 2:
        severity = "note"
    score = probability(odds)
    if len(row.cells) == 3 and len(filled) == 1:
        yield finding(ADDITION, severity, filled[0].lang, score, filled[0].place, [c.place for c in empty], row)
    elif len(row.cells) == 3:
        yield finding(OMISSION, severity, empty[0].lang, score, empty[0].place, [c.place for c in filled], row)
    else:
        fault = fault_among(context, [c.lang for c in row.cells])
        added = fault is not None and fault == filled[0].lang
        spec = ADDITION if added else OMISSION
        span, other = (filled[0].place, empty[0].place) if added else (empty[0].place, filled[0].place)
        yield finding(spec, severity, fault, score, span, [other], row)


def _content(words: Words) -> int:
    """Number of content words that are not passed over."""
    return int((words.content & ~words.passed_over).sum())


def lost(context: Context, row: Row, cell: Cell, empty: Cell, cache: Cache) -> float:
    """Return the mean log-odds that no neighbouring cell of the version that lacks a passage took it in."""
    mine = words_at(context, row, cell.lang, cache)
    least = BOUND
    if not mine.spans:
        return least
    for other in context.rows[max(0, row.index - _NEAR) : row.index + _NEAR + 1]:
        if other.cell(empty.lang).empty:
            continue
        beside = words_at(context, other, cell.lang, cache)
        order = (mine, beside) if row.index < other.index else (beside, mine)
        whole = joined(order, cell.lang)
        least = min(least, absent(mine, whole, words_at(context, other, empty.lang, cache)))
    return least


def _marked_at(context: Context, cell: Cell) -> bool:
    """Whether an elision mark stands where the passage is missing."""
    version = context.document.version(cell.lang)
    if version is None:
        raise KeyError(cell.lang)
    at = cell.place.start
    before, after = version.text[max(0, at - 8) : at], version.text[at : at + 12]
    left = re.search(r"(?:…|\.\.\.)[\])>›]?[»”’\"“.,;]*\s*$", before)
    right = re.match(r"[\s»”’\"“.,;]*[«„“\"‘]?[\[(<‹]?(?:…|\.\.\.)", after)
    return left is not None or right is not None


# --- moves and meaning ----------------------------------------------------------------------------------------------


def _moved(context: Context, row: Row) -> Finding:
    """A row one of whose cells stands elsewhere than its neighbours say."""
    fault = row.moved[0] if len(row.moved) == 1 else fault_among(context, row.moved)
    at = row.cell(fault or row.moved[0])
    others = [c.place for c in row.filled if c.lang != at.lang]
    return finding(REORDERED, "warning", fault, 0.8, at.place, others, row)


def _comparable(context: Context, row: Row, cache: Cache) -> bool:
    """Whether the cosines of a row tell of its meaning: no version is openly cut or hardly more than an exclamation."""
    return all(
        not open_cut(row, c.lang) and _content(words_at(context, row, c.lang, cache)) >= _CLAUSE for c in row.filled
    )


def _meaning(context: Context, row: Row) -> Iterator[Finding]:
    """Compare the cosines of a row with those below which hardly any true translation lies."""
    langs = [c.lang for c in row.filled]
    length = min(len(c.text.split()) for c in row.filled)
    strict, loose = _meaning_limits(context.encoder, length)
    cosines = _cosines(context, row)
    if len(langs) == 2:
        cosine = next(iter(cosines.values()))
        if cosine < strict:
            fault = fault_among(context, langs)
            at = row.cell(fault or langs[0])
            severity: Severity = "error" if cosine < strict - _UNRELATED else "warning"
            others = [c.place for c in row.filled if c.lang != at.lang]
            yield finding(MEANING, severity, fault, _below(cosine, strict, loose), at.place, others, row)
        return
    agreeing = max(cosines, key=lambda pair: cosines[pair])
    odd = next(lang for lang in langs if lang not in agreeing)
    apart = max(value for pair, value in cosines.items() if pair != agreeing)
    margin = cosines[agreeing] - apart
    limit = max(strict - _FREE, _STRANGE) if margin >= _CLEAR else strict - _FREE
    if apart >= limit or margin < 0.1:
        return
    severity = "error" if apart < max(strict - _UNRELATED, _STRANGE / 2) else "warning"
    others = [row.cell(lang).place for lang in agreeing]
    yield finding(MEANING, severity, odd, _below(apart, strict, loose), row.cell(odd).place, others, row)


def _cosines(context: Context, row: Row) -> dict[tuple[Lang, Lang], float]:
    """Return the cosines of every two versions, without what stands in brackets where that makes them more alike."""
    cosines = dict(row.similarities)
    texts = {c.lang: BRACKETED.sub(" ", c.text) for c in row.filled}
    if any(texts[c.lang] != c.text for c in row.filled) and all(t.strip() for t in texts.values()):
        vectors = dict(zip(texts, context.encoder.encode(list(texts.values())), strict=True))
        return {(a, b): max(value, float(vectors[a] @ vectors[b])) for (a, b), value in cosines.items()}
    return cosines


def _meaning_limits(encoder: Encoder, words: int) -> tuple[float, float]:
    """Return the cosines that 0.1 % and 0.5 % of true translations of this length fall below.

    They were measured for the packaged encoders; another model is held to the lower ones, those of the static encoder.
    """
    tables = calibration()["meaning"]
    table = tables.get(encoder.id, tables["transcheck-static"])
    for low, high in pairwise([*table["words"], 10**9]):
        if low <= words < high:
            index = table["words"].index(low)
            return table["strict"][index], table["loose"][index]
    return table["strict"][0], table["loose"][0]


def _below(cosine: float, strict: float, loose: float) -> float:
    """Confidence that grows as the cosine falls below the loose limit."""
    return round(min(0.99, 0.6 + 0.35 * (loose - cosine) / max(0.01, loose - strict + 0.05)), 2)
