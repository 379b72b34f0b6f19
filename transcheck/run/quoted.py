"""Articles on one event, judged quotation by quotation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from transcheck.checks import quoting
from transcheck.checks.confidence import weigh
from transcheck.checks.quote_places import check_places
from transcheck.checks.quoting import Quoted
from transcheck.encode.remember import Remembering
from transcheck.run.excerpt import Excerpt, excerpt
from transcheck.run.fingerprint import stamp_all
from transcheck.run.pipeline import context_of, gathered
from transcheck.run.resolve import resolve
from transcheck.run.statements import Statement, statements
from transcheck.types import (
    NO_TERMS,
    Document,
    DocumentReport,
    Encoder,
    Finding,
    InputError,
    Lang,
    Place,
    Row,
    Termbase,
    Version,
)


def judge_quotes(document: Document, encoder: Encoder, termbase: Termbase = NO_TERMS) -> Iterator[DocumentReport]:
    """Yield a report for every statement that one of the articles quotes, in order; ids are ``document#number``.

    Places are those of the articles. Raises InputError when no article quotes anybody.
    """
    encoder = Remembering(encoder)
    found = statements(document, encoder)
    if not found:
        names = ", ".join(v.origin or v.lang for v in document.versions)
        raise InputError(
            f"{document.id}: no quotation found in {names}; to compare the whole texts, use 'transcheck compare'"
        )
    yield from stamp_all(
        [_judge(document, f"{document.id}#{n}", s, found, encoder, termbase) for n, s in enumerate(found, 1)]
    )


def _judge(
    document: Document,
    identity: str,
    statement: Statement,
    found: Sequence[Statement],
    encoder: Encoder,
    termbase: Termbase,
) -> DocumentReport:
    excerpts = _excerpts(document, statement)
    quotes = tuple(q for there in statement.quotes.values() for q in there)
    rows: tuple[Row, ...] = ()
    findings: list[Finding] = []
    if len(excerpts) > 1:
        versions = tuple(Version(lang, e.text, e.version.origin) for lang, e in excerpts.items())
        context = context_of(Document(identity, versions, document.meta), encoder, termbase)
        quoted = Quoted(context, statement.quotes, {v.lang: v.text for v in document.versions})
        plain = list(weigh(gathered(context), context))
        judged = resolve(quoting.judge(quoted, plain), context.rows)
        rows = tuple(_row(excerpts, row) for row in context.rows)
        findings = [_finding(excerpts, f) for f in judged]
    findings += check_places(
        document, statement.quotes, statement.told, [s.quotes for s in found], statement.transcribed
    )
    return DocumentReport(identity, document, rows, tuple(findings), quotes=quotes)


def _excerpts(document: Document, statement: Statement) -> dict[Lang, Excerpt]:
    """Return what each version quotes, and what a transcript has."""
    out: dict[Lang, Excerpt] = {}
    for version in document.versions:
        quotes = statement.quotes.get(version.lang)
        if quotes:
            out[version.lang] = excerpt(version, [p for q in quotes for p in q.parts])
        elif version.lang in statement.transcribed:
            out[version.lang] = excerpt(version, statement.told[version.lang])
    return out


def _place(excerpts: Mapping[Lang, Excerpt], place: Place) -> Place:
    return excerpts[place.lang].place(place.start, place.end)


def _row(excerpts: Mapping[Lang, Excerpt], row: Row) -> Row:
    return replace(row, cells=tuple(replace(c, place=_place(excerpts, c.place)) for c in row.cells))


def _finding(excerpts: Mapping[Lang, Excerpt], finding: Finding) -> Finding:
    return replace(
        finding,
        span=_place(excerpts, finding.span),
        counterparts=tuple(_place(excerpts, p) for p in finding.counterparts),
    )
