"""The report as Markdown, for a comment on a pull request or the summary of a job: short first, both sides folded away.

Texts are inert: they make no markup, mention nobody and link to nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from transcheck.report.entries import Entry, entries, failures, worst_first
from transcheck.report.marks import MISSING, Marks, Run, shorten
from transcheck.report.paths import Base
from transcheck.report.words import failure, headline, one_line, plural, suppressed, tally
from transcheck.types import SEVERITIES, DocumentReport, Place, Report, Severity, help_url

COMMENT = 60_000
"""Code points of a comment: GitHub takes 65,536."""

SUMMARY = 250_000
"""Code points of a job summary, of which GitHub takes a mebibyte."""

MARKER = "<!-- transcheck -->"
"""The first line, by which a comment is found again and renewed."""

_LISTED = 20
"""Findings in the table; the others are folded away with their documents."""

_KEEP = 90
_SIGNS: dict[Severity, str] = {"error": "🔴", "warning": "🟠", "note": "🔵"}
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]|(?<=[@#!])(?=\w)|(?<=:)(?=//)")


def render(report: Report, base: Base | None = None, *, limit: int = COMMENT) -> str:
    """Return at most ``limit`` code points; what does not fit is counted in the last line."""
    base = base or Base()
    found = list(entries(report))
    pieces = [_head(report), *_not_checked(report), *_table(worst_first(found), base)]
    out = [MARKER]
    room = limit - len(MARKER) - 200  # for the last line
    left_out = 0
    for piece in pieces:
        if len(piece) + 2 <= room:
            out.append(piece)
            room -= len(piece) + 2
    for document, of_document in _by_document(found):
        block, shown = _details(document, of_document, base, room)
        left_out += len(of_document) - shown
        if shown:
            out.append(block)
            room -= len(block) + 2
    if left_out:
        out.append(f"_{plural(left_out, 'finding')} more in the whole report, for which there is no room here._")
    return "\n\n".join(out) + "\n"


def plain(text: str) -> str:
    """Return a text on one line in which nothing has a meaning for Markdown, HTML or those whom it names."""
    return _SPECIAL.sub(lambda m: f"&#{ord(m[0])};" if m[0] else "&#8203;", one_line(text))


def _head(report: Report) -> str:
    counts = report.counts()
    failed = len(failures(report))
    checked = len(report.documents) - failed
    icon = _SIGNS[next(s for s, n in counts.items() if n)] if any(counts.values()) else "⚪" if failed else "🟢"
    lines = [f"### {icon} transcheck: {tally(counts)}"]
    told = [f"{plural(checked, 'document')} checked"]
    if failed:
        told.append(f"**{plural(failed, 'document')} not checked**")
    silent = suppressed(report)
    if silent:
        told.append(silent)
    return "\n\n".join([*lines, ", ".join(told) + "."])


def _not_checked(report: Report) -> Iterator[str]:
    failed = failures(report)
    if failed:
        yield "\n".join(f"- ⚠️ {plain(failure(d))}" for d in failed[:_LISTED])
    if len(failed) > _LISTED:
        yield f"and {plural(len(failed) - _LISTED, 'document')} more not checked"


def _table(found: Sequence[Entry], base: Base) -> Iterator[str]:
    if not found:
        return
    lines = ["| | check | where | what |", "|---|---|---|---|"]
    for entry in found[:_LISTED]:
        finding = entry.finding
        check = f"[{finding.code}]({help_url(finding.code)}) {finding.category}"
        where = _code(entry.where(finding.span, base))
        lines.append(f"| {_SIGNS[finding.severity]} | {check} | {where} | {plain(finding.message)} |")
    yield "\n".join(lines)


def _by_document(found: Sequence[Entry]) -> list[tuple[DocumentReport, list[Entry]]]:
    """Return the documents with findings, those with the most severe first."""
    groups: dict[int, list[Entry]] = defaultdict(list)
    for entry in found:
        groups[id(entry.document)].append(entry)
    made = [(of[0].document, of) for of in groups.values()]
    return sorted(made, key=lambda g: [-sum(e.finding.severity == s for e in g[1]) for s in SEVERITIES])


def _details(document: DocumentReport, found: Sequence[Entry], base: Base, room: int) -> tuple[str, int]:
    """Return a folded block of the findings that there is ``room`` for, and their number."""
    counts = {s: sum(e.finding.severity == s for e in found) for s in SEVERITIES}
    head = f"<details>\n<summary><b>{plain(document.id)}</b>: {tally(counts)}</summary>"
    blocks = [head]
    size = len(head) + len("\n\n</details>")
    for entry in worst_first(found):
        block = _finding(entry, base)
        if size + len(block) + 2 > room:
            break
        blocks.append(block)
        size += len(block) + 2
    return "\n\n".join([*blocks, "</details>"]), len(blocks) - 1


def _finding(entry: Entry, base: Base) -> str:
    finding = entry.finding
    title = headline(finding).replace(finding.code, f"[{finding.code}]({help_url(finding.code)})", 1)
    lines = [f"{_SIGNS[finding.severity]} {title}: {plain(finding.message)}", "", "| | | |", "|---|---|---|"]
    lines += [
        f"| {place.lang} | {_code(entry.where(place, base))} | {_excerpt(entry, place)} |" for place in entry.places
    ]
    return "\n".join(lines)


def _excerpt(entry: Entry, place: Place) -> str:
    """Return the sentence around a place with the place in bold, or the place alone where it is in no row."""
    rows = {r.index: r for r in entry.document.rows}
    row = rows.get(entry.finding.row) if entry.finding.row is not None else None
    runs = [Run(place.text or MISSING)]
    for cell in row.cells if row else ():
        if row and cell.lang == place.lang:
            runs = Marks([entry.finding]).runs(cell, row.index)
    return "".join(f"<b>{plain(r.text)}</b>" if r.mark else plain(r.text) for r in shorten(runs, _KEEP))


def _code(text: str) -> str:
    return f"<code>{plain(text)}</code>"
