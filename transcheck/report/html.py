"""The report as one HTML file that needs nothing else: the versions side by side, marked, with filters.

Texts come from outside: all of them are escaped, and the page's own policy lets no script run but the one in it.
"""

from __future__ import annotations

import base64
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import groupby
from string import Template

from transcheck.report.entries import Entry, entries
from transcheck.report.marks import MISSING, Marks, Run
from transcheck.report.paths import Base
from transcheck.report.verdicts import places
from transcheck.report.words import (
    LANGUAGE_NAMES,
    SUPPRESSION_WORDS,
    VERDICT_WORDS,
    at_fault,
    one_line,
    plural,
    summary,
    tally,
)
from transcheck.types import SEVERITIES, DocumentReport, Lang, Report, Row, Severity, help_url
from transcheck.version import VERSION

FOLDED = 3
"""A longer stretch of rows without findings is folded."""

_UNDECIDED = "none"
"""Stands for the version at fault where two versions cannot tell."""


def render(report: Report, base: Base | None = None) -> str:
    """Return the page. Documents without findings are named at its end."""
    base = base or Base()
    found: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries(report, suppressed=True):
        found[id(entry.document)].append(entry)
    shown = [d for d in report.documents if found[id(d)] or d.error is not None]
    everything = [e for d in shown for e in found[id(d)]]
    style, script = _part("report.css"), _part("report.js")
    return Template(_part("report.html")).substitute(
        generator=f"transcheck {VERSION}",
        policy=_policy(style, script),
        title=escape(f"transcheck: {summary(report)}"),
        style=style,
        script=script,
        summary=escape(summary(report)),
        counts=_counts(report),
        filters=_filters(everything, shown),
        contents=_contents(shown, found),
        documents="\n".join(_document(n, d, found[id(d)], base) for n, d in enumerate(shown, 1)),
        clean=_clean([d for d in report.documents if not (found[id(d)] or d.error is not None)]),
        footer=_footer(report),
    )


def _part(name: str) -> str:
    return files("transcheck.report").joinpath("templates", name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Return a policy that allows this style and this script and nothing else, no address and no attribute handler."""

    def digest(text: str) -> str:
        return "sha256-" + base64.b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")

    return (
        f"default-src 'none'; style-src '{digest(style)}'; script-src '{digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _text(text: str) -> str:
    return escape(one_line(text))


def _counts(report: Report) -> str:
    numbers = [(s, n, s if n == 1 else f"{s}s") for s, n in report.counts().items()]
    silent = sum(len(d.suppressed) for d in report.documents)
    failed = sum(d.error is not None for d in report.documents)
    numbers.append(("silent", silent, "suppressed"))  # type: ignore[arg-type]
    if failed:
        numbers.append(("error", failed, "not checked"))
    items = (f'<li class="{kind if n else "none"}"><b>{n}</b>{words}</li>' for kind, n, words in numbers)
    return f'<ul class="counts">{"".join(items)}</ul>'


def _filters(found: Sequence[Entry], shown: Sequence[DocumentReport]) -> str:
    """Return the form, hidden until the script has read it."""
    loud = [e for e in found if e.by is None]
    severities = Counter(e.finding.severity for e in loud)
    langs = Counter(e.finding.lang or _UNDECIDED for e in loud)
    codes = Counter((e.finding.code, e.finding.category) for e in found)
    names: dict[str, str] = dict(LANGUAGE_NAMES) | {_UNDECIDED: "undecided"}
    boxes = "".join(_box("severity", s, s, severities[s]) for s in SEVERITIES)
    versions = "".join(_box("lang", lang, name, langs[lang]) for lang, name in names.items())
    options = "".join(
        f'<option value="{escape(code)}">{escape(code)} {escape(category)} ({n})</option>'
        for (code, category), n in sorted(codes.items())
    )
    documents = "".join(f'<option value="d{n}">{_text(d.id)}</option>' for n, d in enumerate(shown, 1))
    silent = sum(e.by is not None for e in found)
    extra = f"<fieldset><legend>also</legend>{_box('silent', '1', 'suppressed', silent, checked=False)}</fieldset>"
    return (
        '<form class="filters" hidden>'
        '<div><label class="label" for="q">words</label><input type="search" id="q" name="q"></div>'
        f"<fieldset><legend>severity</legend>{boxes}</fieldset>"
        f"<fieldset><legend>version at fault</legend>{versions}</fieldset>"
        f"{extra if silent else ''}"
        '<div><label class="label" for="code">check</label>'
        f'<select id="code" name="code"><option value="">all</option>{options}</select></div>'
        '<div><label class="label" for="document">document</label>'
        f'<select id="document" name="document"><option value="">all</option>{documents}</select></div>'
        "</form>"
    )


def _box(name: str, value: str, words: str, number: int, *, checked: bool = True) -> str:
    state = " checked" if checked else ""
    return (
        f'<label><input type="checkbox" name="{name}" value="{value}"{state}>{words}'
        f'<span class="n">{number}</span></label>'
    )


def _contents(shown: Sequence[DocumentReport], found: dict[int, list[Entry]]) -> str:
    if len(shown) < 2:
        return ""
    items = []
    for n, document in enumerate(shown, 1):
        counts = Counter(e.finding.severity for e in found[id(document)] if e.by is None)
        dots = "".join(f'<span class="dot {s}" title="{s}s">{counts[s]}</span>' for s in SEVERITIES if counts[s])
        failed = '<span class="dot error">not checked</span>' if document.error is not None else ""
        name = _text(document.id)
        items.append(
            f'<li><a href="#d{n}"><span class="name" title="{name}">{name}</span>'
            f'<span class="n">{dots}{failed}</span></a></li>'
        )
    return f'<nav class="contents" aria-label="Documents"><h2>documents</h2><ol>{"".join(items)}</ol></nav>'


def _document(number: int, document: DocumentReport, found: Sequence[Entry], base: Base) -> str:
    kind = "document unchecked" if document.error is not None else "document"
    parts = [
        f'<section class="{kind}" id="d{number}" data-name="{_text(document.id.lower())}">',
        f"<h2>{_text(document.id)}</h2>",
        f'<p class="about">{_about(document, found)}</p>',
    ]
    if document.error is not None:
        parts.append(f'<p class="failed">not checked: {_text(document.error)}</p>')
    if not document.rows:
        parts += [f'<blockquote lang="{q.lang}">{_text(q.text)}</blockquote>' for q in document.quotes]
    numbered = list(enumerate(found))
    known = {r.index for r in document.rows}
    parts += [_finding(n, e, base) for n, e in numbered if e.finding.row not in known]
    if document.rows:
        parts.append(_table(document, numbered, base))
    return "\n".join([*parts, "</section>"])


def _about(document: DocumentReport, found: Sequence[Entry]) -> str:
    counts: dict[Severity, int] = {s: sum(e.finding.severity == s and e.by is None for e in found) for s in SEVERITIES}
    silent = sum(e.by is not None for e in found)
    told = []
    if document.quotes and document.verdict:
        told.append(f'<span class="verdict {document.verdict}">{VERDICT_WORDS[document.verdict]}</span>')
        told += [_text(t) for t in (document.speaker, ", ".join(places(document))) if t]
    if document.error is None:
        told += [plural(len(document.rows), "row")] if document.rows else []
        told.append(tally(counts))
    if silent:
        told.append(f"{silent} suppressed")
    return " · ".join(told)


def _table(document: DocumentReport, numbered: Sequence[tuple[int, Entry]], base: Base) -> str:
    by_row: dict[int | None, list[tuple[int, Entry]]] = defaultdict(list)
    for n, entry in numbered:
        by_row[entry.finding.row].append((n, entry))
    marks = Marks(document.findings, (s.finding for s in document.suppressed), apart=True)
    langs = [c.lang for c in document.rows[0].cells]
    origins = {v.lang: v.origin for v in document.document.versions} if document.document else {}
    heads = "".join(_column(lang, origins.get(lang, ""), base) for lang in langs)
    parts = [f'<table><thead><tr><th scope="col"></th>{heads}</tr></thead>']
    for clean, group in groupby(document.rows, key=lambda r: r.index not in by_row):
        rows = list(group)
        fold = ' class="clean"' if clean and len(rows) > FOLDED else ""
        parts.append(f"<tbody{fold}>")
        for row in rows:
            parts.append(_row(row, marks, "clean" if clean else "found"))
            if not clean:
                notes = "".join(_finding(n, e, base) for n, e in by_row[row.index])
                parts.append(f'<tr class="notes"><td></td><td colspan="{len(langs)}">{notes}</td></tr>')
        parts.append("</tbody>")
    return "\n".join([*parts, "</table>"])


def _column(lang: Lang, origin: str, base: Base) -> str:
    file = f"<code>{_text(base.path(origin))}</code>" if origin else ""
    return f'<th scope="col">{LANGUAGE_NAMES[lang]}{file}</th>'


def _row(row: Row, marks: Marks, kind: str) -> str:
    cells = "".join(
        f'<td lang="{c.lang}" data-name="{LANGUAGE_NAMES[c.lang]}">{"".join(map(_run, marks.runs(c, row.index)))}</td>'
        for c in row.cells
    )
    return f'<tr class="row {kind}"><th scope="row" class="number">{row.index + 1}</th>{cells}</tr>'


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.mark is None:
        return f'<span class="missing" title="nothing here">{MISSING}</span>' if run.text == MISSING else text
    kinds = [run.mark.severity, *(["fault"] if run.mark.fault else []), *(["silent"] if run.mark.silent else [])]
    return f'<mark class="{" ".join(kinds)}" data-f="{" ".join(map(str, run.findings))}">{text}</mark>'


def _finding(number: int, entry: Entry, base: Base) -> str:
    finding = entry.finding
    kinds = ["finding", finding.severity, *(["silent"] if entry.by else [])]
    identity = escape(f"f-{entry.identity}")
    where = "".join(f"<li><b>{p.lang}</b> <code>{_text(entry.where(p, base))}</code></li>" for p in entry.places)
    return (
        f'<article class="{" ".join(kinds)}" id="{identity}" tabindex="-1" data-n="{number}" '
        f'data-severity="{finding.severity}" data-code="{escape(finding.code)}" '
        f'data-lang="{finding.lang or _UNDECIDED}">'
        f'<p class="what"><span class="severity">{finding.severity}</span>'
        f'<a href="{escape(help_url(finding.code))}" rel="noreferrer">{escape(finding.code)}</a>'
        f"<span>{escape(finding.category)}</span><span>{escape(at_fault(finding))}</span>"
        f'<span class="quiet">certainty {finding.score:.0%}</span>'
        f'<a class="self" href="#{identity}" aria-label="link to this finding">#</a></p>'
        f'<p class="message">{_text(finding.message)}</p>{_because(entry)}<ul class="places">{where}</ul></article>'
    )


def _because(entry: Entry) -> str:
    if entry.by is None:
        return ""
    told = "; ".join(filter(None, (entry.by.origin, entry.by.reason)))
    return f'<p class="because">suppressed {SUPPRESSION_WORDS[entry.by.kind]}{": " if told else ""}{_text(told)}</p>'


def _clean(documents: Sequence[DocumentReport]) -> str:
    if not documents:
        return ""
    items = "".join(f"<li>{_text(d.id)}</li>" for d in documents)
    head = f"{plural(len(documents), 'document')} without findings"
    return f'<details class="clean-list"><summary>{head}</summary><ul>{items}</ul></details>'


def _footer(report: Report) -> str:
    keys: Iterator[str] = (
        f"<kbd>{key}</kbd> {words}"
        for key, words in (("j", "next"), ("k", "before"), ("/", "search"), ("x", "show all"), ("Esc", "leave"))
    )
    return f"<p>transcheck {VERSION}, model {_text(report.model)}, fails from: {report.fail_on}. {' '.join(keys)}</p>"
