"""The quick fix for a finding that is right as it is: a suppression, for which the editor only writes the reason.

Until there is a reason, the suppression is a finding itself (TC902) and suppresses nothing: no click silences a check.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lsprotocol import types as lsp

from transcheck.lsp.desk import Desk, Ruler, real
from transcheck.lsp.hover import overlap
from transcheck.lsp.shown import Mark
from transcheck.read.articles import HTML
from transcheck.read.text import MARKDOWN
from transcheck.report.entries import Entry
from transcheck.report.positions import Position
from transcheck.run.fingerprint import is_whole
from transcheck.run.sidecar import SUFFIX
from transcheck.types import Place

GO_TO = "transcheck.goTo"
"""The command that shows where the reason is to be written; its arguments are the name of the file and a position."""

_LISTED = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")
_TABLED = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*\|.*\|[ \t]*\Z")
_INDENT = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_WORDS = 60
"""Code points of a place that a list names it by, cut where a word ends."""


@dataclass(frozen=True, slots=True)
class Able:
    """What the client can do: edits of one version of a document alone, edits with places to fill in, files that an
    edit makes, documents that it is to show."""

    versions: bool = False
    snippets: bool = False
    new_files: bool = False
    shows: bool = False


@dataclass(frozen=True, slots=True)
class _Insertion:
    """Text to put into a file at a position, with the reason to be written behind ``before``."""

    path: Path
    at: lsp.Position
    before: str
    after: str
    made: bool = False

    def reason_at(self, ruler: Ruler) -> lsp.Position:
        """Return where the reason stands once the text is in."""
        lines = self.before.split("\n")
        start = self.at.character if len(lines) == 1 else 0
        return lsp.Position(self.at.line + len(lines) - 1, start + ruler.units(lines[-1]))


def fixes(found: Sequence[Mark], span: lsp.Range, desk: Desk, able: Able) -> list[lsp.CodeAction]:
    """Return the quick fixes for what is marked in a range; none for a text that has changed since it was checked."""
    out = []
    for mark in found:
        if mark.entry is None or mark.place is None or mark.entry.finding.category == "suppression":
            continue
        known = desk.document(mark.path)
        if not overlap(mark.diagnostic.range, span) or (known and known.version != mark.version):
            continue
        insertion = _insertion(mark.entry, mark.place, desk)
        if insertion is not None and ((able.versions and able.new_files) or not insertion.made):
            out.append(_action(mark, insertion, desk, able))
    return out


def _action(mark: Mark, insertion: _Insertion, desk: Desk, able: Able) -> lsp.CodeAction:
    at = insertion.reason_at(Ruler("", desk.encoding))
    arguments = [desk.uri(insertion.path), {"line": at.line, "character": at.character}]
    name = insertion.path.name
    place = f" in {name}" if name.endswith(SUFFIX) else ""
    return lsp.CodeAction(
        title=f"Suppress {mark.diagnostic.code} here{place}: write the reason",
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=[mark.diagnostic],
        edit=_edit(insertion, desk, able),
        command=lsp.Command("Write the reason", GO_TO, arguments=arguments)
        if able.shows and not able.snippets
        else None,
    )


def _edit(insertion: _Insertion, desk: Desk, able: Able) -> lsp.WorkspaceEdit:
    uri, known = desk.uri(insertion.path), desk.document(insertion.path)
    here = lsp.Range(insertion.at, insertion.at)
    plain = lsp.TextEdit(here, insertion.before + insertion.after)
    if not able.versions:
        return lsp.WorkspaceEdit({uri: [plain]})
    value = f"{_escaped(insertion.before)}${{1:reason}}{_escaped(insertion.after)}"
    edit = lsp.SnippetTextEdit(here, lsp.StringValue(value)) if able.snippets else plain
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri, known.version if known else None)
    changes: list[lsp.CreateFile | lsp.TextDocumentEdit] = [lsp.TextDocumentEdit(document, [edit])]
    if insertion.made:
        changes.insert(0, lsp.CreateFile(uri, options=lsp.CreateFileOptions(ignore_if_exists=True)))
    return lsp.WorkspaceEdit(document_changes=changes)


def _escaped(text: str) -> str:
    return re.sub(r"([\\$}])", r"\\\1", text)


def _insertion(entry: Entry, place: Place, desk: Desk) -> _Insertion | None:
    """Return what suppresses a finding at a place: a comment where the format has some, else an entry in a list."""
    path = Path(entry.locator.path(place.lang))
    if not is_whole(entry.finding) and entry.locator.lined(place.lang):
        suffix = path.suffix.lower()
        if suffix in MARKDOWN:
            return _in_markdown(entry, place, path, desk)
        if suffix in HTML:
            return _in_html(entry, place, path, desk)
        if suffix == ".po":
            return _in_po(entry, place, path, desk)
    elif path.suffix.lower() in MARKDOWN | HTML:  # about the version as a whole
        ruler = Ruler(desk.text(path), desk.encoding)
        end = lsp.Position(len(ruler.lines) - 1, ruler.units(ruler.lines[-1]))
        gap = "\n\n" if ruler.lines[-1] else "\n"
        return _Insertion(path, end, f"{gap}<!-- transcheck: ignore-file[{entry.finding.code}] ", " -->\n")
    return _in_list(entry, place, path, desk)


def _in_markdown(entry: Entry, place: Place, path: Path, desk: Desk) -> _Insertion:
    """Return a comment above the block, or behind the line where the block is an item of a list or a row of a table."""
    ruler = Ruler(desk.text(path), desk.encoding)
    at = entry.locator.start(place)
    line = ruler.lines[at.line - 1]
    comment = f"<!-- transcheck: ignore[{entry.finding.code}] "
    if _TABLED.match(line):
        return _Insertion(path, ruler.position(Position(at.line, line.rindex("|") + 1)), comment, " --> ")
    first = _first_line(entry, place, at)
    if _LISTED.match(ruler.lines[first - 1]):
        end = Position(at.line, len(line.rstrip()) + 1)
        return _Insertion(path, ruler.position(end), f" {comment}", " -->")
    indent = _INDENT.match(ruler.lines[first - 1])
    lead = indent.group() if indent else ""
    return _Insertion(path, lsp.Position(first - 1, 0), f"{lead}{comment}", " -->\n")


def _first_line(entry: Entry, place: Place, at: Position) -> int:
    """Return the line in which the block of a place begins."""
    version = entry.locator.version(place.lang)
    held = [b.span for b in version.blocks or () if b.span.start <= place.start <= b.span.end]
    return entry.locator.start(version.place(held[-1].start, held[-1].end)).line if held else at.line


def _in_html(entry: Entry, place: Place, path: Path, desk: Desk) -> _Insertion:
    """Return a comment right behind the words, which is about what their block has on their line."""
    ruler = Ruler(desk.text(path), desk.encoding)
    comment = f"<!-- transcheck: ignore[{entry.finding.code}] "
    return _Insertion(path, ruler.position(entry.locator.end(place)), comment, " -->")


def _in_po(entry: Entry, place: Place, path: Path, desk: Desk) -> _Insertion:
    """Return a comment of a translator above the entry."""
    ruler = Ruler(desk.text(path), desk.encoding)
    first = entry.locator.start(place).line
    while first > 1 and ruler.lines[first - 2].strip() and not _ends(ruler.lines[first - 2], ruler.lines[first - 1]):
        first -= 1
    return _Insertion(path, lsp.Position(first - 1, 0), f"# transcheck: ignore[{entry.finding.code}] ", "\n")


def _ends(above: str, line: str) -> bool:
    """Tell whether an entry of a catalogue ends between two of its lines, without a blank one."""
    translated = not above.lstrip().startswith(("#", "msgid", "msgctxt"))
    return translated and line.lstrip().startswith(("#", "msgid ", "msgctxt"))


def _in_list(entry: Entry, place: Place, path: Path, desk: Desk) -> _Insertion:
    """Return an entry for the list beside a file."""
    file = path.with_name(path.name + SUFFIX)
    text = desk.text(file)
    ruler = Ruler(text, desk.encoding)
    end = lsp.Position(len(ruler.lines) - 1, ruler.units(ruler.lines[-1]))
    gap = "" if not text else "\n" if text.endswith("\n") else "\n\n"
    before = f'{gap}[[ignore]]\ncode = "{entry.finding.code}"\n{_named(entry, place)}\nreason = "'
    return _Insertion(file, end, before, '"\n', made=not real(file).exists() and desk.document(file) is None)


def _named(entry: Entry, place: Place) -> str:
    """Return the line of an entry that names a finding: by words of one of its sides, else by its fingerprint."""
    for side in (place, *(p for p in entry.places if p is not place)):
        words = " ".join(side.text.split())
        if len(words) > _WORDS:
            words = words[: _WORDS + 1].rpartition(" ")[0]
        if any(map(str.isalnum, words)) and not is_whole(entry.finding):
            escaped = words.replace("\\", "\\\\").replace('"', '\\"')
            return f'text = "{escaped}"'
    return f'fingerprint = "{entry.finding.fingerprint}"'
