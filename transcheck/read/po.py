"""Gettext catalogues: the entries of a PO file, every piece of their strings with its line and column.

Strings may go over several lines and hold the escapes of C. Entries that are obsolete (``#~``) and the header are no
units. An entry ends with a blank line or a comment after its translation, or where the next one begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from transcheck.read.comments import said
from transcheck.read.extract import Builder, Extracted
from transcheck.read.units import Side, Unit

CHARSET = re.compile(rb"charset=([A-Za-z0-9_.:-]+)")
"""How a catalogue declares its encoding."""

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_FORM = 'write msgid "text" or msgstr "text", with \\" for a quotation mark inside'
_Piece = tuple[str, int, int]


@dataclass(slots=True)
class _Entry:
    """An entry as far as it is read; ``fields`` maps keywords to the pieces of their strings."""

    line: int = 0
    fuzzy: bool = False
    fields: dict[str, list[_Piece]] = field(default_factory=dict)
    last: str = ""
    error: str = ""
    comments: list[tuple[str, int]] = field(default_factory=list)


def po_units(text: str) -> list[Unit]:
    """Return the units of a PO or POT file in order; an entry with a mistake is a unit with an error.

    Of an entry with plural forms, the plural of the original and the last form of the translation are taken. The
    languages are those of the header, X-Source-Language and Language. Comments on the header are on all of them.
    """
    entries = list(_entries(text))
    header = next((_header(e) for e in entries if _is_header(e)), {})
    above = [c for e in entries if _is_header(e) for c in e.comments]
    units = (_unit(e, header) for e in entries if not _is_header(e))
    return [replace(u, comments=(*above, *u.comments)) if above else u for u in units]


def _entries(text: str) -> Iterator[_Entry]:
    """Yield the entries, the header among them."""
    entry = _Entry()
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        content = line.strip()
        comment = content.startswith("#")
        complete = _translated(entry) or bool(entry.error)
        if (complete and (comment or not content)) or (_begins(content) and ("msgid" in entry.fields or entry.error)):
            yield entry
            entry = _Entry()
        if comment:
            entry.fuzzy = entry.fuzzy or re.match(r"#,(?:.*[,\s])?fuzzy\s*(?:,|\Z)", content) is not None
            says = said(content[2:] if content.startswith("#.") else content[1:])
            if says is not None:
                entry.comments.append((says, number))
        elif content:
            _read_line(entry, line, number)
    if entry.fields or entry.error:
        yield entry


def _begins(content: str) -> bool:
    return re.match(r"msg(?:ctxt|id)\b", content) is not None


def _translated(entry: _Entry) -> bool:
    return any(keyword.startswith("msgstr") for keyword in entry.fields)


def _read_line(entry: _Entry, line: str, number: int) -> None:
    """Add a line of an entry to it."""
    found = re.match(r"\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)?[ \t]*(?=\")", line)
    if not found or not (found.group(1) or entry.last):
        column = len(line) - len(line.lstrip()) + 1
        _fail(entry, number, column, f"neither a keyword nor a string stands here; {_FORM}")
        return
    keyword = found.group(1)
    if keyword:
        if keyword in entry.fields:
            _fail(entry, number, 1, f"a second {keyword} in one entry; part the entries by a blank line")
        entry.last = keyword
        entry.fields.setdefault(keyword, [])
        if keyword == "msgid":
            entry.line = number
    body = re.compile(r'"((?:[^"\\]|\\.)*)"\s*\Z').match(line, found.end())
    if not body:
        _fail(entry, number, found.end() + 1, f"the string does not end with a quotation mark of its own; {_FORM}")
        return
    try:
        entry.fields[entry.last].extend(_pieces(body.group(1), number, body.start(1) + 1))
    except UnicodeDecodeError:
        _fail(entry, number, body.start(1) + 1, "the escaped bytes are no UTF-8; write the letters themselves")


def _fail(entry: _Entry, line: int, column: int, what: str) -> None:
    """Note the first mistake of an entry."""
    entry.line = entry.line or line
    entry.error = entry.error or f"line {line}, column {column}: {what}"


def _pieces(body: str, line: int, column: int) -> Iterator[_Piece]:
    """Yield what a string stands for: runs of plain characters, and each escape as a piece of its own."""
    for match in re.finditer(r"(?P<bytes>(?:\\[0-7]{1,3}|\\x[0-9A-Fa-f]{1,2})+)|\\(?P<char>.)|[^\\]+", body):
        value = match.group()
        if match.group("bytes"):
            codes = re.findall(r"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))", value)
            value = bytes(int(x, 16) if x else int(o, 8) & 255 for x, o in codes).decode("utf-8")
        elif match.group("char"):
            value = _ESCAPES.get(match.group("char"), match.group("char"))
        yield value, line, column + match.start()


def _is_header(entry: _Entry) -> bool:
    empty = "msgid" in entry.fields and not _plain(entry, "msgid")
    return empty and "msgctxt" not in entry.fields and _translated(entry) and not entry.error


def _plain(entry: _Entry, keyword: str) -> str:
    return "".join(text for text, _, _ in entry.fields.get(keyword, ()))


def _header(entry: _Entry) -> Mapping[str, str]:
    """Return the fields of the header, names in small letters."""
    pairs = (line.partition(":") for line in _plain(entry, "msgstr").splitlines())
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def _unit(entry: _Entry, header: Mapping[str, str]) -> Unit:
    if not entry.error and "msgid" not in entry.fields:
        _fail(entry, entry.line or 1, 1, f"{entry.last} without a msgid; add it")
    if not entry.error and not _translated(entry):
        _fail(entry, entry.line, 1, "msgid without a msgstr; add it")
    identity = str(entry.line)
    if entry.error:
        return Unit(identity, entry.line, error=entry.error)
    forms = [keyword for keyword in entry.fields if keyword.startswith("msgstr")]
    last = max(forms, key=lambda keyword: int(re.sub(r"\D", "", keyword) or 0))
    original = "msgid_plural" if "msgid_plural" in entry.fields else "msgid"
    source = header.get("x-source-language", "")
    sides = (
        Side("source", source, _extracted(entry.fields[original])),
        Side("target", header.get("language", ""), _extracted(entry.fields[last])),
    )
    left_out = "fuzzy" if entry.fuzzy else ""
    return Unit(identity, entry.line, sides, source, left_out, comments=tuple(entry.comments))


def _extracted(pieces: list[_Piece]) -> Extracted:
    builder = Builder()
    for text, line, column in pieces:
        builder.add(text, line, column)
    return builder.extracted("line")
