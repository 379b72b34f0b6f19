"""TC503 and TC505 on the words of a quotation, and which other findings on them are real.

The versions of one statement have been put side by side as a document of their own; a partial quote is a fragment, from
which nothing is missing that stands outside of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from transcheck.checks.base import Check, Context, Example, quote_finding
from transcheck.checks.cuts import innocent, swallowing, whole
from transcheck.checks.facing import gap, renderings
from transcheck.checks.insertions import insertions
from transcheck.checks.quotation import ELISION as SWALLOWED
from transcheck.checks.quotation import swallowed_within
from transcheck.text.lexicon import table
from transcheck.text.negation import negations
from transcheck.text.speech import WORD, conditions, elisions, is_reporting, words_of
from transcheck.types import Cell, Finding, Lang, Quote, Row, Span

TRUNCATED = Check(
    code="TC505",
    slug="truncated-quote",
    category="quotation",
    severity="error",
    precision="medium",
    summary="A partial quote leaves out the negation or the condition that governs its words.",
    examples=(
        Example(
            ("uk", "«Я не вірю, що місто впаде до весни», — сказав комендант."),
            ("en", "The commandant said that “the city will fall before spring.”"),
            ("en", "The commandant said: “I don’t believe that the city will fall before spring.”"),
        ),
        Example(
            ("en", "“We will open the border if the shelling stops,” the minister said."),
            ("ru", "Министр заявил, что они «откроют границу»."),
            ("ru", "Министр заявил, что они «откроют границу, если прекратятся обстрелы»."),
        ),
        Example(
            ("ru", "«Я не говорю, что деньги украл директор», — сказала депутат."),
            ("uk", "Депутатка сказала, що «гроші вкрав директор»."),
            ("uk", "Депутатка сказала: «Я не кажу, що гроші вкрав директор»."),
        ),
    ),
)
CHECKS = (TRUNCATED,)


_MARKS: Final = ' \n«„“”"‘’‹›'
_SOON: Final = 4
"""Words behind a fragment after which nothing narrows it any more."""
_ANY_CATEGORY: Final = frozenset(("language", "untranslated"))


@dataclass(frozen=True, slots=True)
class Quoted:
    """The versions of one statement: ``context`` compares their words, ``quotes`` says how each article has them,
    ``articles`` are the texts of these.
    """

    context: Context
    quotes: Mapping[Lang, tuple[Quote, ...]]
    articles: Mapping[Lang, str]

    @property
    def fragments(self) -> tuple[Lang, ...]:
        """The versions that quote some words within a sentence of their own."""
        return tuple(lang for lang, there in self.quotes.items() if all(q.kind == "partial" for q in there))


def judge(quoted: Quoted, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings on the words of a statement that are real in a quotation, and TC503, TC504 and TC505.

    Nothing is missing from a fragment that stands outside of what it quotes; whole sentences before the first or behind
    the last that a version quotes are left out openly, and become notes.
    """
    rows = {row.index: row for row in quoted.context.rows}
    own = list(_own(quoted))
    spared: set[Lang] = set()
    if not quoted.fragments:
        listed = {f.lang for f in (*own, *findings) if f.code == SWALLOWED.code and f.lang is not None}
        cells = whole(quoted.context)
        spared = {c.lang for c in cells if c.lang in listed and innocent(quoted.context, c, cells)}
        own = [f for f in own if f.code != SWALLOWED.code or f.lang not in spared]
        own += swallowing(SWALLOWED, quoted.context, cells, listed)
    swallowed = {(f.row, f.lang) for f in own if f.code == SWALLOWED.code}
    truncated = {f.row for f in own if f.code == TRUNCATED.code}
    for finding in findings:
        if finding.code == SWALLOWED.code and finding.lang in spared:
            continue
        if finding.code == "TC203" and finding.row in truncated:
            continue  # the fragment lacks the negation because it is cut, which is said already
        if finding.code == "TC101" and (finding.row, finding.lang) in swallowed:
            continue
        if finding.category in _ANY_CATEGORY or finding.row is None:
            yield finding
            continue
        row = rows[finding.row]
        if any(_outside(quoted, row, finding, lang) for lang in quoted.fragments):
            continue
        if finding.code in ("TC101", "TC102") and _edge(quoted, row, finding):
            lang = finding.lang or "one version"
            yield replace(finding, severity="note", message=f"the quotation in {lang} begins later or ends earlier")
        elif finding.code == "TC101" and _within_cut(quoted, row, finding):
            yield replace(finding, severity="note", message=f"left out by the cut in {finding.lang}, which is marked")
        else:
            yield finding
    yield from own


def _own(quoted: Quoted) -> Iterator[Finding]:
    for row in quoted.context.rows:
        if len(row.filled) > 1:
            yield from insertions(quoted.context, row, quoted.articles)
            yield from _truncated(quoted, row)
            yield from _listed(quoted.context, row)


def _listed(ctx: Context, row: Row) -> Iterator[Finding]:
    yield from _swallowed(ctx, row)
    yield from _unhedged(ctx, row)


def listed_cuts(ctx: Context) -> set[Lang]:
    """Return the versions of a statement in which the word lists find fault with a cut."""
    found = [*swallowed_within(ctx), *(f for row in ctx.rows if len(row.filled) > 1 for f in _listed(ctx, row))]
    return {f.lang for f in found if f.lang is not None}


def _outside(quoted: Quoted, row: Row, finding: Finding, lang: Lang) -> bool:
    """Tell whether all that a finding holds against fragment ``lang`` stands outside of what it quotes."""
    places = [p for p in (finding.span, *finding.counterparts) if p.text and p.lang != lang]
    mine = [p for p in (finding.span, *finding.counterparts) if p.text and p.lang == lang]
    cell = row.cell(lang)
    if cell.empty:
        return finding.category in ("omission", "addition", "meaning", "reordered") or not mine
    if finding.code == "TC201":
        return True
    if mine or not places or finding.lang not in (lang, None):
        return False
    regions = {other.lang: covered(quoted.context, cell, other) for other in row.filled if other.lang != lang}
    return all(
        (r := regions.get(p.lang)) is not None
        and (p.end <= r.start + 1 or p.start >= r.end - 1 or len(p.text) > 3 * len(r))
        for p in places
    )


def _edge(quoted: Quoted, row: Row, finding: Finding) -> bool:
    """Tell whether whole sentences are missing before the first or behind the last one that a version has."""
    for cell in row.cells:
        if cell.empty and finding.lang in (cell.lang, None):
            filled = [i for i, r in enumerate(quoted.context.rows) if not r.cell(cell.lang).empty]
            at = quoted.context.rows.index(row)
            return not filled or at < filled[0] or at > filled[-1]
    return False


def _within_cut(quoted: Quoted, row: Row, finding: Finding) -> bool:
    """Tell whether a missing sentence lies within a cut that is marked inside the sentence before or behind it."""
    rows = quoted.context.rows
    at = rows.index(row)
    lang = finding.lang
    if lang is None or not row.cell(lang).empty:
        return False
    before = next((r.cell(lang) for r in reversed(rows[:at]) if not r.cell(lang).empty), None)
    after = next((r.cell(lang) for r in rows[at + 1 :] if not r.cell(lang).empty), None)
    near = [c for c in (before, after) if c is not None]
    return any(re.match(r"\s*[a-zа-яёіїєґ]", c.text[m.end :]) for c in near for m in elisions(c.text))


def covered(ctx: Context, fragment: Cell, other: Cell) -> Span | None:
    """Return the stretch of ``other`` (code points of its version) whose words have renderings in ``fragment``."""
    hits = [there for _, there in renderings(ctx, fragment, other)]
    if not hits:
        return None
    start = other.place.start
    return Span(start + min(s.start for s in hits), start + max(s.end for s in hits))


def _truncated(quoted: Quoted, row: Row) -> Iterator[Finding]:
    """Yield TC505 where all other versions deny or limit what a fragment states."""
    ctx = quoted.context
    for lang in quoted.fragments:
        cell = row.cell(lang)
        others = [c for c in row.filled if c.lang != lang and c.lang not in quoted.fragments]
        if cell.empty or not others:
            continue
        lost = {c.lang: s for c in others if (s := _governing(ctx, cell, c)) is not None}
        if len(lost) == len(others):
            places = tuple(ctx.place(other, s.start, s.end) for other, s in lost.items())
            kept = ", ".join(f"{p.lang}: {p.text}" for p in places)
            yield quote_finding(
                TRUNCATED, lang, len(others), f"the quote in {lang} is cut so that it lacks what governs it ({kept})",
                cell.place, places, row.index,
            )  # fmt: skip


def _swallowed(ctx: Context, row: Row) -> Iterator[Finding]:
    """Yield TC503 where a cut between two sentences takes the condition of the second along."""
    for cell in row.filled:
        others = [c for c in row.filled if c.lang != cell.lang]
        version = ctx.document.version(cell.lang)
        assert version is not None
        at = _cut_before_sentence(version.text, cell)
        if at is None or conditions(cell.text, cell.lang):
            continue
        lost = {c.lang: s[0] for c in others if (s := conditions(c.text, c.lang))}
        if len(lost) == len(others):
            places = tuple(
                ctx.place(c.lang, c.place.start + lost[c.lang].start, c.place.start + lost[c.lang].end) for c in others
            )
            kept = ", ".join(f"{p.lang}: {p.text}" for p in places)
            message = f"the elision in {cell.lang} takes away the condition that the others have ({kept})"
            yield quote_finding(
                SWALLOWED, cell.lang, len(others), message, ctx.place(cell.lang, at.start, at.end), places, row.index
            )


def _unhedged(ctx: Context, row: Row) -> Iterator[Finding]:
    """Yield TC503 where a cut takes along what holds a statement at a distance: … they claim that …"""
    for cell in row.filled:
        others = [c for c in row.filled if c.lang != cell.lang]
        version = ctx.document.version(cell.lang)
        assert version is not None
        reach = max(0, cell.place.start - 8)
        marks = elisions(version.text[reach : cell.place.end + 4])
        if not marks:
            continue
        gaps = {c.lang: [gap(ctx, cell, reach + m.start - cell.place.start, c) for m in marks] for c in others}
        for kind, name in ((_hedges, "hedge"), (_turns, "contrast"), (_ascribed, "attribution")):
            lost = {}
            for other in others if not any(kind(cell)) else ():
                inside = (s for s in kind(other) if any(s.overlaps(place) for place in gaps[other.lang]))
                if (found := next(inside, None)) is not None:
                    lost[other.lang] = found
            if len(lost) == len(others):
                places = tuple(
                    ctx.place(c.lang, c.place.start + lost[c.lang].start, c.place.start + lost[c.lang].end)
                    for c in others
                )
                kept = ", ".join(f"{p.lang}: {p.text}" for p in places)
                message = f"the elision in {cell.lang} drops the {name} that the others have ({kept})"
                at = ctx.place(cell.lang, reach + marks[0].start, reach + marks[0].end)
                yield quote_finding(SWALLOWED, cell.lang, len(others), message, at, places, row.index)
                break


def _hedges(cell: Cell) -> Iterator[Span]:
    """Yield the words of a cell that hold it at a distance: they claim, allegedly, I think, as far as I know."""
    listed = tuple(table("quotes")["hedges"][cell.lang])
    words = words_of(cell.text)
    for word in words:
        if word.low.startswith(listed):
            yield Span(word.start, word.end)
    for phrase in table("quotes")["doubts"][cell.lang]:
        parts = phrase.split()
        for i in range(len(words) - len(parts) + 1):
            if [w.low for w in words[i : i + len(parts)]] == parts:
                yield Span(words[i].start, words[i + len(parts) - 1].end)


def _turns(cell: Cell) -> Iterator[Span]:
    """Yield the words behind a comma that turn what was said round: but, however."""
    turning = table("quotes")["adversative"][cell.lang]
    for word in words_of(cell.text):
        if word.low in turning and cell.text[: word.start].rstrip()[-1:] in (",", "—", "–", ";"):
            yield Span(word.start, word.end)


def _ascribed(cell: Cell) -> Iterator[Span]:
    """Yield the verbs by which the speaker ascribes what follows to somebody else: the investigator told me that …"""
    words = words_of(cell.text)
    that, me = table("quotes")["that"][cell.lang], table("quotes")["first_person"][cell.lang][:2]
    for i, word in enumerate(words):
        if is_reporting(word.low, cell.lang):
            before, after = words[max(0, i - 3) : i], words[i + 1 : i + 4]
            if any(w.low in that for w in after) and not any(w.low in me for w in before):
                yield Span(word.start, word.end)


def _cut_before_sentence(text: str, cell: Cell) -> Span | None:
    """Return the elision right before a cell or between sentences in it, as code points of the version."""
    reach = max(0, cell.place.start - 8)
    for mark in elisions(text[reach : cell.place.end]):
        before, after = text[: reach + mark.start].rstrip(), text[reach + mark.end : cell.place.end].lstrip()
        opens = not before.strip(_MARKS)
        if (opens or before[-1:] in (".", "!", "?", "…")) and after[:1].isupper():
            return Span(reach + mark.start, reach + mark.end)
    return None


def _governing(ctx: Context, fragment: Cell, other: Cell) -> Span | None:
    """Return the negation or condition of ``other`` that stands outside of the fragment's words and governs them."""
    region = covered(ctx, fragment, other)
    if region is None:
        return None
    start = other.place.start
    inner = Span(region.start - start, region.end - start)
    mine = [n for n in negations(fragment.text, fragment.lang) if n.strong]
    theirs = [n for n in negations(other.text, other.lang) if n.strong]
    if len(theirs) > len(mine):
        for n in theirs:
            denies = any(s.overlaps(inner) for s in n.denied)
            if n.end <= inner.start and (denies or _leads(other, Span(n.end, inner.start))):
                return Span(start + n.start, start + n.end)
    if not conditions(fragment.text, fragment.lang):
        for c in conditions(other.text, other.lang):
            between = other.text[min(c.end, inner.end) : max(c.start, inner.start)]
            if not c.overlaps(inner) and between.count(",") <= 1 and not re.search(r"[.!?…]\s|[;:—–]", between):
                return Span(start + c.start, start + c.end)
    return _narrowed(other, inner)


def _narrowed(cell: Cell, inner: Span) -> Span | None:
    """Return the words right behind a fragment that narrow what it says (code points of the version): one thing and not
    another, or only at a time when something is not so.
    """
    rest = re.split(r"[.!?…;:]", cell.text[inner.end :], maxsplit=1)[0]
    words = words_of(rest)
    listed = table("quotes")
    for i, word in enumerate(words[: _SOON + 1]):
        if rest[: word.start].rstrip()[-1:] not in (",", "—", "–"):
            continue
        phrase = " ".join(w.low for w in words[i : i + 2])
        contrast = phrase in listed["rather"][cell.lang]
        timed = word.low in listed["whenever"][cell.lang] and any(
            n.strong for n in negations(rest[word.start :], cell.lang)
        )
        if contrast or timed:
            at = cell.place.start + inner.end
            return Span(at + word.start, at + words[min(i + 1, len(words) - 1)].end)
    return None


def _leads(cell: Cell, gap: Span) -> bool:
    """Tell whether the words between a negation and a fragment let the one govern the other: not … that …"""
    text = gap.of(cell.text)
    if re.search(r"[.!?;:…]", text) or len(WORD.findall(text)) > 8:
        return False
    that = {w.lower() for w in WORD.findall(text)} & set(table("quotes")["that"][cell.lang])
    return bool(that) or len(WORD.findall(text)) <= 1
