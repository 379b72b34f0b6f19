"""Numbers, dates and units that differ between the versions of a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from transcheck.checks.base import Check, Context, Disagreement, Example, fault_of_two, touching, triangulate
from transcheck.checks.confidence import WEAK
from transcheck.checks.facing import facing, inside, point
from transcheck.checks.fields import FACING, Swap, proposals, swaps
from transcheck.checks.quantity_derived import without_derived
from transcheck.checks.quantity_facts import FIRM, LOOSE, SMALL_WORD, Fact, facts_of, is_share, scaled
from transcheck.text.dates import Date
from transcheck.text.facts import same, same_value, stretch, unsaid
from transcheck.text.quantity import Quantity
from transcheck.text.units import dimension
from transcheck.types import LANGS, Cell, Finding, Lang, Place, Row, Severity

NUMBER = Check(
    code="TC301",
    slug="number-changed",
    category="number",
    severity="error",
    precision="high",
    summary="A number of one version is another one in the others, is missing, or is found in this version alone.",
    examples=(
        Example(
            ("ru", "Там было около 14 тысяч человек."),
            ("en", "There were about 40,000 people there."),
            ("en", "There were about fourteen thousand people there."),
        ),
        Example(
            ("uk", "Нас тримали двадцять п'ять діб."),
            ("ru", "Нас держали тридцать пять суток."),
            ("ru", "Нас держали 25 суток."),
        ),
        Example(
            ("en", "We lost 312 houses."),
            ("uk", "Ми втратили 321 будинок."),
            ("uk", "Ми втратили триста дванадцять будинків."),
        ),
    ),
)
DATE = Check(
    code="TC302",
    slug="date-changed",
    category="date",
    severity="error",
    precision="high",
    summary="A day, month, year, weekday, decade or century of one version is another one in the others.",
    examples=(
        Example(
            ("ru", "Это случилось 24 февраля 2022 года."),
            ("en", "It happened on 24 March 2022."),
            ("en", "It happened on Feb. 24, 2022."),
        ),
        Example(
            ("uk", "Ми виїхали у вівторок."),
            ("ru", "Мы выехали в четверг."),
            ("ru", "Мы выехали во вторник."),
        ),
        Example(
            ("en", "The siege ended in March 2023."),
            ("uk", "Облога закінчилася в травні 2023 року."),
            ("uk", "Облога закінчилася в березні 2023 року."),
        ),
    ),
)
UNIT = Check(
    code="TC303",
    slug="unit-changed",
    category="unit",
    severity="error",
    precision="high",
    summary="A number keeps its digits and changes its unit or currency; true conversions are no findings.",
    examples=(
        Example(
            ("ru", "До границы оставалось 5 километров."),
            ("en", "It was 5 miles to the border."),
            ("en", "It was about three miles to the border."),
        ),
        Example(
            ("en", "He weighed 60 kilos."),
            ("uk", "Він важив 60 фунтів."),
            ("uk", "Він важив 60 кг."),
        ),
        Example(
            ("uk", "За дорогу ми заплатили 300 гривень."),
            ("ru", "За дорогу мы заплатили 300 рублей."),
            ("ru", "За дорогу мы заплатили 300 гривен."),
        ),
    ),
)
CHECKS = (NUMBER, DATE, UNIT)

FIELDS = {
    "time": DATE,
    "season": DATE,
    "day": DATE,
    "relative": DATE,
    "span": UNIT,
    "times": NUMBER,
    "ordinal": NUMBER,
}
"""The fields of words for times and quantities, and what a swap in them is."""
_DIFFERS = {DATE.code: "date differs", UNIT.code: "unit differs", NUMBER.code: "number differs"}

RANKS = 20
"""Ordinals in words up to this one name floors, classes and ranks, which may go by a name: in the final year."""

_ELISION = re.compile(r"…|\.\.\.|\[\s*\]")


def check(context: Context) -> Iterator[Finding]:
    """Yield TC301, TC302 and TC303 for every row that at least two versions fill."""
    facts = scaled([{c.lang: facts_of(c) for c in row.filled} for row in context.rows])
    found: list[tuple[Finding, Fact | None]] = []
    for i, row in enumerate(context.rows):
        if len(facts[i]) > 1 and any(facts[i].values()):
            near = {lang: _near(facts, i, lang) for lang in facts[i]}
            found.extend(_row(context, row, facts[i], near))
    yield from _unmoved(found)
    for row, mine in zip(context.rows, facts, strict=True):
        words = list(_words(context, row, mine))
        yield from words
        if len(mine) > 1:
            yield from _loose(context, row, mine, words)


def _words(context: Context, row: Row, facts: dict[Lang, tuple[Fact, ...]]) -> Iterator[Finding]:
    """Yield what is said in words of times and quantities and swapped: yesterday, in winter, last month, twice.

    Where it is not plain, and stands in no figure, which is compared exactly, it is proposed.
    """
    known: list[Finding] = []
    figures = [f.place for held in facts.values() for f in held]
    clocks = [f.place for held in facts.values() for f in held if getattr(f.item, "kind", "") == "time-of-day"]
    for field, check in FIELDS.items():
        for swap in swaps(row, context, [field]):
            if not _within((swap.place, *swap.others), clocks):
                known.append(_swapped(check, swap, row))
                yield known[-1]
        for swap in proposals(row, context, [field]):
            proposed = replace(_swapped(check, swap, row), severity="warning", score=WEAK)
            counted = _within((swap.place, *swap.others), figures if field == "span" else clocks)
            if not counted and not any(touching(f, proposed) for f in known):
                known.append(proposed)
                yield proposed


def _within(some: Sequence[Place], others: Sequence[Place]) -> bool:
    """Tell whether any of the places overlaps one of the others."""
    return any(p.lang == q.lang and p.start < q.end and q.start < p.end for p in some for q in others)


def _loose(
    context: Context, row: Row, facts: dict[Lang, tuple[Fact, ...]], known: Sequence[Finding]
) -> Iterator[Finding]:
    """Propose the two numbers that face each other best of which one at least says too little for the rules."""
    best: tuple[float, Finding] | None = None
    for a, b in combinations(row.filled, 2):
        for x, y in product(facts[a.lang], facts[b.lang]):
            if LOOSE not in (x.strength, y.strength) or not _counts(x, y):
                continue
            if any(same_value(x.item, o.item) for o in facts[b.lang]):
                continue
            if any(same_value(y.item, o.item) for o in facts[a.lang]):
                continue
            near = facing(context, a, inside(a, x.place), b, inside(b, y.place))
            if near >= FACING and (best is None or near > best[0]):
                best = near, _proposal(context, row, facts, x, y)
    if best is not None and not any(touching(f, best[1]) for f in known):
        yield best[1]


def _counts(x: Fact, y: Fact) -> bool:
    """Tell whether both are numbers above one, neither of them a code nor vague."""
    return all(
        isinstance(i, Quantity) and i.low > 1 and i.kind not in ("code", "vague") and i.other is None
        for i in (x.item, y.item)
    )


def _proposal(context: Context, row: Row, facts: dict[Lang, tuple[Fact, ...]], x: Fact, y: Fact) -> Finding:
    """Put two numbers on the version that a third, or the declared source, speaks against."""
    held = {f.place.lang: f for f in (x, y)}

    def backed(lang: Lang, third: Cell) -> bool:
        return any(same_value(held[lang].item, o.item) for o in facts[third.lang])

    lang = fault_of_two(context, row, (x.place.lang, y.place.lang), backed)
    here, there = (y, x) if lang == y.place.lang else (x, y)
    message = f'number differs: {here.place.lang} "{here.place.text}" where {there.place.lang} "{there.place.text}"'
    return Finding(NUMBER.code, NUMBER.category, "warning", lang, WEAK, message, here.place, (there.place,), row.index)


def _swapped(check: Check, swap: Swap, row: Row) -> Finding:
    others = ", ".join(f'{p.lang} "{p.text}"' for p in swap.others)
    message = f'{_DIFFERS[check.code]}: {swap.place.lang} "{swap.place.text}" where {others}'
    return Finding(
        check.code, check.category, check.severity, swap.lang, 0.8, message, swap.place, swap.others, row.index
    )


def _unmoved(found: Sequence[tuple[Finding, Fact | None]]) -> Iterator[Finding]:
    """Yield the findings but for what a version lacks in one row and has too much in another: it stands elsewhere."""
    rest = list(found)
    while rest:
        finding, fact = rest.pop(0)
        pair = next((p for p in rest if fact is not None and _elsewhere(finding, fact, *p)), None)
        if pair is None:
            yield finding
        else:
            rest.remove(pair)


def _elsewhere(finding: Finding, fact: Fact, other: Finding, moved: Fact | None) -> bool:
    lang = (finding.span if finding.span.text else other.span).lang
    here = {finding.span.lang, other.span.lang} == {lang} and bool(finding.span.text) != bool(other.span.text)
    return here and moved is not None and finding.row != other.row and same_value(fact.item, moved.item)


def _near(facts: Sequence[dict[Lang, tuple[Fact, ...]]], i: int, lang: Lang) -> tuple[Fact, ...]:
    """Return what ``lang`` has in the row and the two beside it: alignment may split a passage differently."""
    return tuple(f for j in (i, i - 1, i + 1) if 0 <= j < len(facts) for f in facts[j].get(lang, ()))


def _row(
    context: Context, row: Row, facts: dict[Lang, tuple[Fact, ...]], near: dict[Lang, tuple[Fact, ...]]
) -> Iterator[tuple[Finding, Fact | None]]:
    """Yield the findings of a row, each with the fact that one side lacks altogether."""
    source = context.document.source_lang
    apart: set[Fact] = set()
    evidence = without_derived(row, facts, {lang: tuple(_settled(facts, near, lang)) for lang in facts}, near)

    def agree(a: Lang, x: Fact, b: Lang, y: Fact) -> bool:
        return same_value(x.item, y.item) and not (_meets(x, evidence[b], y) and _meets(y, evidence[a], x))

    for found in triangulate(evidence, agree, source, _related):
        apart.update(f for _, f in found.others)
        if found.there is not None:
            apart.add(found.there)
        finding = _judge(context, row, found, near)
        if finding is not None:
            lone = found.there is None or not found.others
            yield finding, (found.there or found.others[0][1]) if lone else None
    rest = {lang: tuple(f for f in evidence[lang] if f not in apart) for lang in evidence}
    for found in triangulate(rest, lambda _a, x, _b, y: same(x.item, y.item), source, _unit_only):
        if found.there is not None and found.others:
            yield _finding(context, row, found, UNIT, "error", 0.9), None


def _meets(x: Fact, others: Sequence[Fact], but: Fact) -> bool:
    """Tell whether a fact that ``but`` puts otherwise (eighteen hours, six o'clock) is there in its own figure too."""
    one, two = x.item, but.item
    if not isinstance(one, Quantity) or not isinstance(two, Quantity) or one.low == two.low:
        return False
    return any(isinstance(o.item, Quantity) and o.item.low == one.low for o in others if o is not but)


def _settled(facts: dict[Lang, tuple[Fact, ...]], near: dict[Lang, tuple[Fact, ...]], lang: Lang) -> Iterator[Fact]:
    """Yield the facts of ``lang`` except repetitions and those that another version has in a row beside this one."""
    for fact in facts[lang]:
        elsewhere = [
            other
            for other in facts
            if other != lang
            and not any(same_value(fact.item, f.item) for f in facts[other])
            and any(same_value(fact.item, f.item) for f in near[other])
        ]
        if not elsewhere:
            yield fact


def _related(_a: Lang, x: Fact, _b: Lang, y: Fact) -> bool:
    """Tell whether two facts that differ may stand for one another."""
    a, b = x.item, y.item
    if isinstance(a, Date) and isinstance(b, Date):
        return any(
            getattr(a, n) is not None and getattr(b, n) is not None
            for n in ("day", "month", "year", "weekday", "decade", "century")
        )
    if isinstance(a, Date) or isinstance(b, Date):
        date, number = (a, b) if isinstance(a, Date) else (b, a)
        if not isinstance(number, Quantity) or not isinstance(date, Date) or not date.year:
            return False
        return number.kind == "year" or (number.kind == "ordinal" and date.day is None and 10 <= number.low < 100)
    if is_share(a) and is_share(b):
        return (a.unit is None) == (b.unit is None)
    if LOOSE in (x.strength, y.strength) or (a.kind == "vague") != (b.kind == "vague"):
        return False
    if (a.kind == "code") != (b.kind == "code"):
        return False
    return a.unit is None or b.unit is None or dimension(a.unit) == dimension(b.unit)


def _unit_only(_a: Lang, x: Fact, _b: Lang, y: Fact) -> bool:
    return same_value(x.item, y.item)


def _judge(context: Context, row: Row, found: Disagreement[Fact], near: dict[Lang, tuple[Fact, ...]]) -> Finding | None:
    """Return the finding that a disagreement deserves, None where languages differ freely."""
    having = [f for f in (found.there, *(f for _, f in found.others)) if f is not None]
    if found.there is not None and found.others and all(_unsaid(found.there, f, near) for _, f in found.others):
        return None
    check_ = DATE if any(isinstance(f.item, Date) for f in having) else NUMBER
    agreed = [f.strength for _, f in found.others]
    if found.there is not None and found.others:
        # Where two versions agree, the plainer of the two tells how much the third one's difference says.
        weakest = min(found.there.strength, max(agreed) if found.lang and len(agreed) > 1 else min(agreed))
        if all(is_share(f.item) for f in having):
            weakest = FIRM if len(agreed) > 1 else LOOSE
        sure = weakest == FIRM or (weakest == SMALL_WORD and (len(found.others) > 1 or _same_kind(having)))
        severity: Severity = "error" if sure else "warning"
        return None if weakest == LOOSE else _finding(context, row, found, check_, severity, 0.5 + 0.15 * weakest)
    weakest = min(f.strength for f in having)
    if weakest < FIRM or all(f.aside for f in having):
        return None  # a small number may be implied: of the three of us, alone, monthly
    lacking = _lacking(row, found)
    item = having[0].item
    if isinstance(item, Quantity) and item.kind == "ordinal" and item.form == "words" and item.low <= RANKS:
        return None
    if isinstance(item, Quantity) and any(stretch(item, c.text, c.lang) for c in lacking):
        return None
    if any(_ELISION.search(_around(context, c)) for c in lacking):
        return None
    if all(any(same_value(having[0].item, f.item) for f in near[c.lang]) for c in lacking):
        return None
    return _finding(context, row, found, check_, "error", 0.4 + 0.15 * weakest)


def _unsaid(x: Fact, y: Fact, near: dict[Lang, tuple[Fact, ...]]) -> bool:
    """Tell whether two numbers are one amount in a unit that one of them or both leave unsaid."""
    a, b = x.item, y.item
    if isinstance(a, Date) or isinstance(b, Date):
        return False
    beside = {f.place.lang: [q.item for q in near[f.place.lang] if isinstance(q.item, Quantity)] for f in (x, y)}
    return unsaid(a, b, beside[y.place.lang]) or unsaid(b, a, beside[x.place.lang])


def _same_kind(facts: Sequence[Fact]) -> bool:
    """Tell whether items that differ are dates, or numbers of one known unit."""
    if all(isinstance(f.item, Date) for f in facts):
        return True
    known = {f.item.unit if isinstance(f.item, Quantity) else None for f in facts}
    return len(known) == 1 and None not in known


def _lacking(row: Row, found: Disagreement[Fact]) -> list[Cell]:
    having = {lang for lang, _ in found.others} | ({found.at} if found.there is not None else set())
    return [c for c in row.filled if c.lang not in having]


def _around(context: Context, cell: Cell) -> str:
    """Return the text of a cell with the few signs around it, where an elision may be marked."""
    version = context.document.version(cell.lang)
    return cell.text if version is None else version.text[max(0, cell.place.start - 6) : cell.place.end + 6]


_NAMES = {"TC301": "number", "TC302": "date", "TC303": "unit"}


def _message(found: Disagreement[Fact], row: Row, code: str) -> str:
    what = _NAMES[code]
    others = ", ".join(f'{lang} "{fact.place.text}"' for lang, fact in found.others)
    if found.there is None:
        return f"{what} missing: {found.at} has none where {others}"
    here = f'{found.at} "{found.there.place.text}"'
    if found.others:
        return f"{what} differs: {here} where {others}"
    lacking = " and ".join(c.lang for c in row.filled if c.lang != found.at)
    return f"{what} added: {here} where {lacking} {'has' if ' ' not in lacking else 'have'} none"


def _finding(
    context: Context, row: Row, found: Disagreement[Fact], check_: Check, severity: Severity, score: float
) -> Finding:
    span = found.there.place if found.there is not None else _point(context, row, found)
    return Finding(
        code=check_.code,
        category=check_.category,
        severity=severity,
        lang=found.lang,
        score=round(score, 2),
        message=_message(found, row, check_.code),
        span=span,
        counterparts=tuple(fact.place for _, fact in sorted(found.others, key=lambda o: LANGS.index(o[0]))),
        row=row.index,
    )


def _point(context: Context, row: Row, found: Disagreement[Fact]) -> Place:
    """Return the point in the lacking cell that lies as far in as the item does in the version that has it."""
    lang, fact = found.others[0]
    return point(context, row.cell(found.at), row.cell(lang), fact.place)
