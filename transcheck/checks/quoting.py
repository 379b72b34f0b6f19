"""TC502, TC501 and TC504 to TC507 on quotations as quotations: who is quoted, what the marks and brackets do to the words.

The versions of one statement have been put side by side as a document of their own; a partial quote is a fragment, from
which nothing is missing that stands outside of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from transcheck.checks.base import Check, Context
from transcheck.checks.quotation import ELISION as SWALLOWED
from transcheck.text.lexicon import table
from transcheck.text.negation import negations
from transcheck.text.people import same_speaker
from transcheck.text.speech import conditions, elisions
from transcheck.text.words import is_function_word
from transcheck.types import LANGS, Cell, Document, Finding, Lang, Place, Quote, Row, Severity, Span

INSERTION = Check(
    code="TC504",
    slug="insertion",
    category="quotation",
    severity="error",
    precision="medium",
    summary="An editor's [insertion] changes the sense, or brackets stand around the speaker's own words, or are missing.",
    examples=(),
)
TRUNCATED = Check(
    code="TC505",
    slug="truncated-quote",
    category="quotation",
    severity="error",
    precision="medium",
    summary="A partial quote leaves the negation or the condition out that governs its words.",
    examples=(),
)
UNSUPPORTED = Check(
    code="TC506",
    slug="unsupported-quote",
    category="quotation",
    severity="warning",
    precision="medium",
    summary="A quotation of which no other version knows anything.",
    examples=(),
)
STITCHED = Check(
    code="TC507",
    slug="stitched-quote",
    category="quotation",
    severity="error",
    precision="medium",
    summary="Statements made apart are run together as one quotation, and nothing marks the seam.",
    examples=(),
)

MATCH: Final = 0.45
"""From this cosine a mutual best match of two words is taken for a rendering."""
_SPOKEN: Final = 0.66
"""Share of an insertion's content words that a version says itself from which they are the speaker's."""
_APART: Final = 12
"""Words of the author's between two quotations from which they are apart."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_BRACKETS: Final = re.compile(r"\[[^\[\]\n]{1,200}\]")
_ANY_CATEGORY: Final = frozenset(("language", "untranslated"))


@dataclass(frozen=True, slots=True)
class Quoted:
    """The versions of one statement: ``context`` compares their words, ``quotes`` says how each article has them."""

    context: Context
    quotes: Mapping[Lang, tuple[Quote, ...]]

    @property
    def fragments(self) -> tuple[Lang, ...]:
        """The versions that quote some words within a sentence of their own."""
        return tuple(lang for lang, there in self.quotes.items() if all(q.kind == "partial" for q in there))


def weigh(quoted: Quoted, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield the findings on the words of a statement that are real in a quotation.

    Nothing is missing from a fragment that stands outside of what it quotes; whole sentences before the first or behind
    the last that a version quotes are left out openly, and become notes.
    """
    rows = {row.index: row for row in quoted.context.rows}
    swallowed = {
        (f.row, f.lang) for row in quoted.context.rows if len(row.filled) > 1 for f in _swallowed(quoted.context, row)
    }
    for finding in findings:
        if finding.code == "TC101" and (finding.row, finding.lang) in swallowed:
            continue
        if finding.category in _ANY_CATEGORY or finding.row is None:
            yield finding
            continue
        row = rows[finding.row]
        if any(_outside(quoted, row, finding, lang) for lang in quoted.fragments):
            continue
        edge = finding.code in ("TC101", "TC102") and _edge(quoted, row, finding)
        yield replace(finding, severity="note") if edge else finding


def check(quoted: Quoted) -> Iterator[Finding]:
    """Yield TC504 and TC505."""
    for row in quoted.context.rows:
        if len(row.filled) > 1:
            yield from _insertions(quoted.context, row)
            yield from _truncated(quoted, row)
            yield from _swallowed(quoted.context, row)


def check_places(
    document: Document,
    quotes: Mapping[Lang, tuple[Quote, ...]],
    told: Mapping[Lang, tuple[Span, ...]],
    others: Sequence[Mapping[Lang, tuple[Quote, ...]]],
    transcribed: frozenset[Lang] = frozenset(),
) -> Iterator[Finding]:
    """Yield TC501, TC502, TC506 and TC507, whose places are those of the articles.

    ``told`` has the places where an article says in its own words what the others quote, ``others`` the quotations of
    all statements, ``transcribed`` the versions that are transcripts.
    """
    yield from _unsupported(document, quotes, told, transcribed)
    yield from _misattributed(document, quotes)
    yield from _requoted(document, quotes, {lang: p for lang, p in told.items() if lang not in transcribed})
    yield from _stitched(document, quotes, others)


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


def covered(ctx: Context, fragment: Cell, other: Cell) -> Span | None:
    """Return the stretch of ``other`` (code points of its version) whose words have renderings in ``fragment``."""
    spans_a, rows_a = ctx.encoder.words(fragment.text)
    spans_b, rows_b = ctx.encoder.words(other.text)
    if not spans_a or not spans_b:
        return None
    similar = rows_a @ rows_b.T
    best = similar.argmax(axis=0)
    hits = [
        j
        for i, j in enumerate(similar.argmax(axis=1))
        if best[j] == i and similar[i, j] >= MATCH and not is_function_word(spans_b[j].of(other.text), other.lang)
    ]
    if not hits:
        return None
    start = other.place.start
    return Span(start + min(spans_b[j].start for j in hits), start + max(spans_b[j].end for j in hits))


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
            yield _finding(
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
        if at is None or _strict_conditions(cell.text, cell.lang):
            continue
        lost = {c.lang: s[0] for c in others if (s := _strict_conditions(c.text, c.lang))}
        if len(lost) == len(others):
            places = tuple(
                ctx.place(c.lang, c.place.start + lost[c.lang].start, c.place.start + lost[c.lang].end) for c in others
            )
            kept = ", ".join(f"{p.lang}: {p.text}" for p in places)
            message = f"the elision in {cell.lang} takes away the condition that the others have ({kept})"
            yield _finding(
                SWALLOWED, cell.lang, len(others), message, ctx.place(cell.lang, at.start, at.end), places, row.index
            )


def _cut_before_sentence(text: str, cell: Cell) -> Span | None:
    """Return the elision right before a cell or between sentences in it, as code points of the version."""
    reach = max(0, cell.place.start - 8)
    for mark in elisions(text[reach : cell.place.end]):
        before, after = text[: reach + mark.start].rstrip(), text[reach + mark.end : cell.place.end].lstrip()
        if before[-1:] in (".", "!", "?", "…") and after[:1].isupper():
            return Span(reach + mark.start, reach + mark.end)
    return None


def _strict_conditions(text: str, lang: Lang) -> list[Span]:
    """Return the words that open a condition, those of mere limits (only) left out."""
    return [s for s in conditions(text, lang) if s.of(text).lower() not in ("только", "лише", "тільки", "only")]


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
    limits = [c for c in conditions(other.text, other.lang) if not c.overlaps(inner)]
    if len(limits) and not conditions(fragment.text, fragment.lang):
        near = [
            c
            for c in limits
            if not re.search(r"[.!?…]\s", other.text[min(c.end, inner.end) : max(c.start, inner.start)])
        ]
        if near:
            return Span(start + near[0].start, start + near[0].end)
    return None


def _leads(cell: Cell, gap: Span) -> bool:
    """Tell whether the words between a negation and a fragment let the one govern the other: not … that …"""
    text = gap.of(cell.text)
    if re.search(r"[.!?;:…]", text) or len(_WORD.findall(text)) > 8:
        return False
    that = {w.lower() for w in _WORD.findall(text)} & set(table("quotes")["that"][cell.lang])
    return bool(that) or "," not in text


def _insertions(ctx: Context, row: Row) -> Iterator[Finding]:
    """Yield TC504: an insertion that changes the sense, brackets around spoken words, an insertion without brackets."""
    bracketed = {c.lang: _inserted(c) for c in row.filled}
    for cell in row.filled:
        others = [c for c in row.filled if c.lang != cell.lang]
        for span in bracketed[cell.lang]:
            place = ctx.place(cell.lang, cell.place.start + span.start, cell.place.start + span.end)
            if _turns(span.of(cell.text)[1:-1], cell.text[: span.start], cell.lang):
                message = f"the words that an editor inserted in {cell.lang} add to the sense: {place.text}"
            elif all(_says(ctx, cell, span, c, bracketed[c.lang]) for c in others) and _content(
                span.of(cell.text), cell.lang
            ):
                message = (
                    f"brackets in {cell.lang} stand around words that the others have as the speaker's: {place.text}"
                )
            else:
                continue
            yield _finding(INSERTION, cell.lang, len(others), message, place, tuple(c.place for c in others), row.index)
        unmarked = len(others) > 1 and not bracketed[cell.lang] and all(bracketed[c.lang] for c in others)
        if unmarked and all(_says(ctx, c, bracketed[c.lang][0], cell, []) for c in others):
            places = tuple(
                ctx.place(c.lang, c.place.start + bracketed[c.lang][0].start, c.place.start + bracketed[c.lang][0].end)
                for c in others
            )
            message = f"what the others have as an editor's [insertion] stands in {cell.lang} as the speaker's words"
            yield _finding(INSERTION, cell.lang, len(others), message, cell.place, places, row.index)


def _inserted(cell: Cell) -> list[Span]:
    cuts = elisions(cell.text)
    found = (Span(m.start(), m.end()) for m in _BRACKETS.finditer(cell.text))
    return [s for s in found if not any(s.overlaps(c) for c in cuts)]


def _content(text: str, lang: Lang) -> list[str]:
    """Return the content words of an insertion that are no names: those explain who or what a pronoun stands for."""
    return [w for w in _WORD.findall(text) if not is_function_word(w, lang) and not w[0].isupper()]


@lru_cache(maxsize=3)
def _adding(lang: Lang) -> frozenset[str]:
    return frozenset(table("quotes")["adding"][lang])


def _turns(inserted: str, before: str, lang: Lang) -> bool:
    """Tell whether an insertion denies, limits, says by whose doing, or who somebody was: that is the speaker's to say."""
    if any(n.strong for n in negations(inserted, lang)) or conditions(inserted, lang):
        return True
    low = inserted.lower().strip()
    if any(low == p or low.startswith(p + " ") for p in _adding(lang)):
        return True
    words = re.findall(r"[\w'’-]+", before.lower())[-1:]
    if not words or before.rstrip()[-1:] in ".,!?":
        return False
    listed = table("quotes")
    whose = low.split(" ")[0] in listed["from"][lang] and words[0] in listed["crowd"][lang]
    return words[0] in listed["indefinite"][lang] or whose


def _says(ctx: Context, cell: Cell, span: Span, other: Cell, brackets: Sequence[Span]) -> bool:
    """Tell whether ``other`` says the content words of ``span`` itself, outside of its own brackets."""
    spans_a, rows_a = ctx.encoder.words(cell.text)
    spans_b, rows_b = ctx.encoder.words(other.text)
    mine = [
        i
        for i, s in enumerate(spans_a)
        if s.overlaps(span) and s.of(cell.text) in _content(span.of(cell.text), cell.lang)
    ]
    free = [j for j, s in enumerate(spans_b) if not any(s.overlaps(b) for b in brackets)]
    if not mine or not free:
        return False
    outside = [i for i, s in enumerate(spans_a) if not s.overlaps(span)]
    similar = rows_a @ rows_b[free].T
    said = 0
    for i in mine:
        j = int(similar[i].argmax())
        taken = bool(outside) and float(similar[outside, j].max()) > float(similar[i, j])
        said += similar[i, j] >= MATCH and not taken
    return said >= _SPOKEN * len(mine)


def _unsupported(
    document: Document,
    quotes: Mapping[Lang, tuple[Quote, ...]],
    told: Mapping[Lang, tuple[Span, ...]],
    transcribed: frozenset[Lang],
) -> Iterator[Finding]:
    if len(quotes) > 1 or told:
        return
    (lang, there), *_ = quotes.items()
    version = document.version(lang)
    assert version is not None
    others = [v for v in document.versions if v.lang != lang]
    if not others:
        return
    names = ", ".join(v.lang for v in others)
    span = there[0].span
    points = tuple(v.place(0, 0) for v in others)
    message = f"no counterpart of this quotation in {names}"
    sure = len(others) > 1 or bool(transcribed)
    yield Finding(
        "TC506",
        "quotation",
        "warning",
        lang,
        0.7 if sure else 0.5,
        message,
        version.place(span.start, span.end),
        points,
    )


def _misattributed(document: Document, quotes: Mapping[Lang, tuple[Quote, ...]]) -> Iterator[Finding]:
    """Yield TC501 where one article names another speaker than the others do."""
    named = {lang: there[0] for lang, there in quotes.items() if _is_named(document, there[0])}
    langs = [lang for lang in LANGS if lang in named]
    different = {
        (a, b): same_speaker(named[a].speaker, a, named[b].speaker, b) is False
        for i, a in enumerate(langs)
        for b in langs[i + 1 :]
    }
    if len(langs) == 2 and all(different.values()):
        yield _attribution(document, named, None, langs)
    for lang in langs if len(langs) == 3 else []:
        if all(d == (lang in pair) for pair, d in different.items()):
            yield _attribution(document, named, lang, langs)


def _is_named(document: Document, quote: Quote) -> bool:
    version = document.version(quote.lang)
    if quote.named_at is None or version is None or not quote.speaker:
        return False
    return quote.named_at.of(version.text).lower() not in (
        *table("quotes")["gender"][quote.lang], *table("quotes")["others"][quote.lang]
    )  # fmt: skip


def _attribution(document: Document, named: Mapping[Lang, Quote], lang: Lang | None, langs: Sequence[Lang]) -> Finding:
    places = {x: document.version(x).place(named[x].named_at.start, named[x].named_at.end) for x in langs}  # type: ignore[union-attr]
    first = lang or langs[0]
    who = ", ".join(f"{x}: {named[x].speaker}" for x in langs)
    return Finding(
        "TC501", "attribution", "error" if lang else "warning", lang, 0.75 if lang else 0.5,
        f"the quotation is given to different speakers ({who})", places[first],
        tuple(p for x, p in places.items() if x != first),
    )  # fmt: skip


def _requoted(
    document: Document, quotes: Mapping[Lang, tuple[Quote, ...]], told: Mapping[Lang, tuple[Span, ...]]
) -> Iterator[Finding]:
    """Yield TC502 where one article alone quotes what the others tell, or alone tells what the others quote."""
    spans = {lang: there[0].span for lang, there in quotes.items()} | {lang: there[0] for lang, there in told.items()}
    direct = [lang for lang in quotes if any(q.kind != "indirect" for q in quotes[lang])]
    indirect = [lang for lang in spans if lang not in direct]
    if not direct or not indirect:
        return
    lang: Lang | None = None
    if len(spans) == 3:
        lang = direct[0] if len(direct) == 1 else indirect[0]
    first = lang or direct[0]
    places = {x: document.version(x).place(s.start, s.end) for x, s in spans.items()}  # type: ignore[union-attr]
    how = "only reports" if first in indirect else "puts in quotation marks"
    other = "quote" if first in indirect else "only report"
    severity: Severity = "warning" if lang else "note"
    rest = ", ".join(x for x in spans if x != first)
    yield Finding(
        "TC502", "quotation", severity, lang, 0.6 if lang else 0.4, f"{first} {how} what {rest} {other}", places[first],
        tuple(p for x, p in places.items() if x != first),
    )  # fmt: skip


def _stitched(
    document: Document, quotes: Mapping[Lang, tuple[Quote, ...]], others: Sequence[Mapping[Lang, tuple[Quote, ...]]]
) -> Iterator[Finding]:
    """Yield TC507 where one quotation is several, made apart, in all other versions."""
    for lang, there in quotes.items():
        rest = {x: q for x, q in quotes.items() if x != lang}
        if (
            len(there) != 1
            or not rest
            or any(len(q) < 2 or not _apart(document, x, q, others) for x, q in rest.items())
        ):
            continue
        if there[0].elisions or len(there[0].parts) > 1:
            continue
        version = document.version(lang)
        assert version is not None
        span = there[0].span
        places = tuple(document.version(x).place(q.span.start, q.span.end) for x, there in rest.items() for q in there)  # type: ignore[union-attr]
        message = f"{lang} runs together what was said apart"
        yield _finding(STITCHED, lang, len(rest), message, version.place(span.start, span.end), places, None)


def _apart(
    document: Document, lang: Lang, pieces: Sequence[Quote], others: Sequence[Mapping[Lang, tuple[Quote, ...]]]
) -> bool:
    """Tell whether more than a reporting clause stands between the pieces."""
    version = document.version(lang)
    assert version is not None
    ordered = sorted(q.span for q in pieces)
    for one, other in zip(ordered, ordered[1:], strict=False):
        between = Span(one.end, max(one.end, other.start))
        speech = any(q.span.overlaps(between) for s in others for q in s.get(lang, ()) if q not in pieces)
        if speech or len(_WORD.findall(between.of(version.text))) >= _APART or "\n\n" in between.of(version.text):
            return True
    return False


def _finding(
    of: Check, lang: Lang, others: int, message: str, span: Place, counterparts: tuple[Place, ...], row: int | None
) -> Finding:
    sure = others > 1
    severity: Severity = "error" if sure else "warning"
    return Finding(of.code, of.category, severity, lang, 0.75 if sure else 0.5, message, span, counterparts, row)
