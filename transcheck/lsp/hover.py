"""What is told of the findings under the pointer: the message, both sides, and what the check is about."""

from __future__ import annotations

from collections.abc import Sequence

from lsprotocol import types as lsp

from transcheck.checks.registry import CHECKS
from transcheck.lsp.desk import Desk
from transcheck.lsp.shown import Mark, range_of
from transcheck.report.entries import Entry
from transcheck.report.markdown import plain
from transcheck.report.marks import MISSING
from transcheck.report.words import headline
from transcheck.types import Check, Place, help_url

_CHECKS: dict[str, Check] = {check.code: check for check in CHECKS}


def hover(found: Sequence[Mark], at: lsp.Position, desk: Desk, *, markdown: bool) -> lsp.Hover | None:
    """Return what is told at a position, as Markdown or as plain text; None where nothing is marked."""
    here = [m for m in found if m.entry is not None and within(m.diagnostic.range, at)]
    if not here:
        return None
    told = [_markdown(m.entry, desk) if markdown else _text(m.entry) for m in here if m.entry is not None]
    kind = lsp.MarkupKind.Markdown if markdown else lsp.MarkupKind.PlainText
    return lsp.Hover(lsp.MarkupContent(kind, "\n\n---\n\n".join(told)), here[0].diagnostic.range)


def within(span: lsp.Range, at: lsp.Position) -> bool:
    """Tell whether a position is in a range or at one of its ends."""
    return _key(span.start) <= _key(at) <= _key(span.end)


def overlap(a: lsp.Range, b: lsp.Range) -> bool:
    """Tell whether two ranges share a position, their ends counted."""
    return _key(a.start) <= _key(b.end) and _key(b.start) <= _key(a.end)


def _key(at: lsp.Position) -> tuple[int, int]:
    return at.line, at.character


def _markdown(entry: Entry, desk: Desk) -> str:
    finding = entry.finding
    lines = [f"**{plain(headline(finding))}**", "", plain(entry.message), ""]
    for place in entry.places:
        link = f"[{plain(_where(entry, place))}](<{_link(entry, place, desk)}>)"
        lines.append(f"- {place.lang} {link}: {plain(place.text) or MISSING}")
    if check := _CHECKS.get(finding.code):
        lines += ["", f"{plain(check.summary)} [{check.slug}]({help_url(check.code)})"]
    return "\n".join(lines)


def _text(entry: Entry) -> str:
    finding = entry.finding
    lines = [headline(finding), entry.message]
    lines += [f"{p.lang} {_where(entry, p)}: {' '.join(p.text.split()) or MISSING}" for p in entry.places]
    if check := _CHECKS.get(finding.code):
        lines.append(f"{check.summary} {help_url(check.code)}")
    return "\n".join(lines)


def _where(entry: Entry, place: Place) -> str:
    locator = entry.locator
    name = locator.path(place.lang).replace("\\", "/").rsplit("/", 1)[-1]
    return f"{name}:{locator.start(place).line}" if locator.lined(place.lang) else f"{name}, {locator.within(place)}"


def _link(entry: Entry, place: Place, desk: Desk) -> str:
    line = range_of(entry, place, desk).start.line + 1
    return f"{desk.uri(entry.locator.path(place.lang))}#L{line}"
