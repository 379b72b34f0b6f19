"""Word documents (.docx), read by zipfile and expat.

Kept, in the order of the document: paragraphs, tables row by row, text boxes once (after the paragraph that they hang
on), hyperlinks, fields with what they show, content controls, and what tracked changes insert or move here. Left out:
what they delete or move away, hidden text, tables of contents, headers and footers, footnotes and endnotes, comments,
alternative texts of pictures, charts and diagrams.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from transcheck.read.decode import MAX_CHARS
from transcheck.read.extract import Builder, Extracted
from transcheck.read.xml import parse_xml
from transcheck.types import BlockKind, InputError

MAX_PART = 100_000_000
"""Largest part of a document that is unpacked, in bytes."""

MAX_RATIO = 200
"""How many times its packed size a part of more than ``FREE_PART`` bytes may have."""

FREE_PART = 10_000_000
"""Size in bytes from which ``MAX_RATIO`` holds."""

_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_MATH = (
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "http://purl.oclc.org/ooxml/officeDocument/math",
)
_PREFIXES = {
    **dict.fromkeys(_WORD, "w"),
    **dict.fromkeys(_MATH, "m"),
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE = "open it in Word or LibreOffice and save it as .docx"


def read_docx(data: bytes, name: str) -> Extracted:
    """Return the running text of a Word document; ``name`` is used in messages.

    Places are the number of the paragraph, counted from 1 over all paragraphs kept that are not blank, and the
    character in it. A tab and a line break are one character, a hyphen that does not break is U+2011; hyphens shown at
    line ends only are left out.

    Raises:
        InputError: no .docx file, one that is encrypted, broken or too large when unpacked, or one without text.
    """
    archive = _archive(data, name)
    main = _main_part(archive, name)
    styles = _Styles()
    part = str(PurePosixPath(main).parent / "styles.xml")
    if part in archive.namelist():
        parse_xml(_part(archive, part, name), f"{name}, {part}", styles)
    body = _Body(styles, name, main)
    parse_xml(_part(archive, main, name), f"{name}, {main}", body)
    found = body.builder.extracted("paragraph")
    if not found.text:
        raise InputError(f"{name}: the document holds no text; put the text of one version into it or leave it out")
    return found


def _archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Open the archive, or say what the file is instead."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError(f"{name}: the document is encrypted; open it with its password and save it without one")
        raise InputError(f"{name}: this is a document of the old Word format (.doc); {_SAVE}")
    if data.startswith(b"{\\rtf"):
        raise InputError(f"{name}: this is an RTF document; {_SAVE}")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise InputError(f"{name}: no Word document, or a damaged one ({error}); {_SAVE}") from error


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    """Return the name of the part with the text: as the package says, which is nearly always word/document.xml."""
    if "_rels/.rels" in archive.namelist():
        relations = _Relations()
        parse_xml(_part(archive, "_rels/.rels", name), f"{name}, _rels/.rels", relations)
        if relations.document in archive.namelist():
            return relations.document
    if "word/document.xml" not in archive.namelist():
        raise InputError(f"{name}: word/document.xml is missing, so this is no Word document; {_SAVE}")
    return "word/document.xml"


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Unpack a part of the document, within the limits."""
    place = f"{name}, {part}"
    info = archive.getinfo(part)
    if info.flag_bits & 1:
        raise InputError(f"{place}: the part is encrypted; save the document without a password")
    ratio = info.file_size / max(1, info.compress_size)
    if info.file_size > MAX_PART or (info.file_size > FREE_PART and ratio > MAX_RATIO):
        raise InputError(
            f"{place}: {info.file_size:,} bytes when unpacked, {ratio:,.0f} times its packed size, are more than is "
            "read; split the document, or save it again"
        )
    try:
        with archive.open(info) as packed:
            return packed.read(MAX_PART)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"{place}: damaged ({error}); {_SAVE}") from error


def _name(name: str) -> str:
    """Return the name of an element or attribute with its usual prefix."""
    namespace, _, local = name.rpartition(" ")
    prefix = _PREFIXES.get(namespace, "?" if namespace else "")
    return f"{prefix}:{local}" if prefix else local


def _value(attributes: Mapping[str, str], local: str = "val") -> str | None:
    return next((attributes[f"{w} {local}"] for w in _WORD if f"{w} {local}" in attributes), None)


class _Relations:
    """Finds the part with the text."""

    document = ""

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        if attributes.get("Type", "").endswith("/officeDocument"):
            self.document = attributes.get("Target", "").lstrip("/")

    def end(self, name: str) -> None: ...

    def text(self, data: str, line: int, column: int) -> None: ...


_KINDS: tuple[tuple[BlockKind | None, str], ...] = (
    (None, r"toc ?\d|toc ?heading"),
    ("caption", r"caption|название объекта|назва об['’ʼ]єкта"),
    ("quote", r"(?:intense ?)?quote|block ?text|quotations|(?:\w+ )?цитата"),
    ("heading", r"heading|title|subtitle|заголовок|название|назва|подзаголовок|підзаголовок"),
)
"""How the names of styles begin, in this order; None: the paragraph is left out."""


def _named(style: str) -> tuple[BlockKind | None] | None:
    """Return the kind that the name of a style tells, in a tuple, or None where it tells nothing."""
    for kind, pattern in _KINDS:
        if re.match(rf"(?:{pattern})(?![^\W\d_])", style.lower()):
            return (kind,)
    return None


def _is_level(value: str | None) -> bool:
    """Tell whether an outline level is a heading's; 9 is that of running text."""
    return value is not None and value.isdigit() and int(value) < 9


class _Styles:
    """Tells what kind of paragraph a style stands for: by its name, its outline level, or the style it is based on."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._levels: dict[str, str] = {}
        self._style = ""

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        tag = _name(name)
        if tag == "w:style":
            self._style = _value(attributes, "styleId") or ""
        kept = {"w:name": self._names, "w:basedOn": self._bases, "w:outlineLvl": self._levels}.get(tag)
        if kept is not None and self._style:
            kept[self._style] = _value(attributes) or ""

    def end(self, name: str) -> None:
        if _name(name) == "w:style":
            self._style = ""

    def text(self, data: str, line: int, column: int) -> None: ...

    def kind(self, style: str) -> BlockKind | None:
        """Return the kind of the paragraphs of a style, None for those left out."""
        seen: set[str] = set()
        while style and style not in seen:
            seen.add(style)
            told = _named(self._names.get(style, style))
            if told:
                return told[0]
            if _is_level(self._levels.get(style)):
                return "heading"
            style = self._bases.get(style, "")
        return "paragraph"


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as far as it is read, and the paragraphs of text boxes in it."""

    pieces: list[str] = field(default_factory=list)
    kind: BlockKind | None = "paragraph"
    goes_on: bool = False
    inner: list[_Paragraph] = field(default_factory=list)


_CHARACTERS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
_LEFT_OUT = frozenset({"w:del", "w:moveFrom", "w:rt"})
_EMBEDDED = frozenset({"w:altChunk", "w:subDoc"})
_OFF = frozenset({"0", "false", "off"})


class _Body:
    """Follows the elements of the text; ``_skipped`` is the level of the element that is being left out, or 0."""

    def __init__(self, styles: _Styles, name: str, part: str) -> None:
        self.builder = Builder()
        self._styles = styles
        self._name = name
        self._part = part
        self._stack: list[str] = []
        self._chosen: list[bool] = []
        self._open: list[_Paragraph] = []
        self._waiting: _Paragraph | None = None
        self._skipped = 0
        self._number = 0
        self._length = 0

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        tag = _name(name)
        parent = self._stack[-1] if self._stack else ""
        self._stack.append(tag)
        if self._skipped:
            return
        if tag in _EMBEDDED:
            raise InputError(f"{self._name}, {self._part}: the document embeds another, which is not read; {_SAVE}")
        if tag == "w:p":
            self._begin()
        elif tag.startswith("mc:"):
            self._alternative(tag)
        elif parent in ("w:pPr", "w:rPr", "w:trPr"):
            self._property(tag, parent, attributes)
        elif tag in _LEFT_OUT:
            self._skipped = len(self._stack)
        elif parent == "w:r" and self._open:
            self._open[-1].pieces.append(_CHARACTERS.get(tag) or _symbol(tag, attributes))

    def end(self, name: str) -> None:
        level, tag = len(self._stack), self._stack.pop()
        if self._skipped:
            self._skipped = 0 if level == self._skipped else self._skipped
        elif tag == "mc:AlternateContent":
            self._chosen.pop()
        elif tag == "w:p":
            self._close(self._open.pop())
        elif tag in ("w:body", "w:tc") and not self._open:
            self._flush()

    def text(self, data: str, line: int, column: int) -> None:
        if not self._skipped and self._open and self._stack[-1] in ("w:t", "m:t"):
            self._open[-1].pieces.append(data)

    def _alternative(self, tag: str) -> None:
        """Take the first of several forms of one content."""
        if tag == "mc:AlternateContent":
            self._chosen.append(False)
        elif self._chosen and self._chosen[-1]:
            self._skipped = len(self._stack)
        elif self._chosen:
            self._chosen[-1] = True

    def _property(self, tag: str, parent: str, attributes: Mapping[str, str]) -> None:
        """Take a property of a paragraph, a run or a row; the element that has it is two levels up."""
        owner = self._stack[-3] if len(self._stack) > 2 else ""
        value = _value(attributes)
        if tag.endswith("Change"):
            self._skipped = len(self._stack)
        elif parent == "w:rPr" and owner == "w:pPr" and tag in _LEFT_OUT and self._open:
            self._open[-1].goes_on = True
        elif (parent == "w:trPr" and tag == "w:del") or (tag == "w:vanish" and owner == "w:r" and value not in _OFF):
            self._skipped = len(self._stack) - 2
        elif parent == "w:pPr" and self._open:
            paragraph = self._open[-1]
            if tag == "w:pStyle":
                paragraph.kind = self._styles.kind(value or "")
            elif tag == "w:outlineLvl" and paragraph.kind == "paragraph" and _is_level(value):
                paragraph.kind = "heading"

    def _begin(self) -> None:
        """Begin a paragraph, or go on with one whose end a tracked change deletes."""
        paragraph, self._waiting = (self._waiting if not self._open else None) or _Paragraph(), None
        paragraph.kind, paragraph.goes_on = "paragraph", False
        self._open.append(paragraph)

    def _close(self, paragraph: _Paragraph) -> None:
        if self._open:
            self._open[-1].inner.append(paragraph)
        elif paragraph.goes_on:
            self._waiting = paragraph
        else:
            self._emit(paragraph)

    def _flush(self) -> None:
        """Finish a paragraph that no other one follows."""
        paragraph, self._waiting = self._waiting, None
        if paragraph:
            self._emit(paragraph)

    def _emit(self, paragraph: _Paragraph) -> None:
        """Hand a paragraph on, and those of its text boxes after it."""
        text = "".join(paragraph.pieces)
        if paragraph.kind and text.strip():
            self._number += 1
            self._length += len(text)
            self.builder.add(text, self._number, 1)
            self.builder.end_block(paragraph.kind)
        if self._length > MAX_CHARS:
            raise InputError(f"{self._name}: more than the {MAX_CHARS:,} characters that are read; split the document")
        for inner in paragraph.inner:
            self._emit(inner)


def _symbol(tag: str, attributes: Mapping[str, str]) -> str:
    """Return the character of a w:sym; those of symbol fonts stand in the private area and are ornaments."""
    code = _value(attributes, "char") or ""
    if tag != "w:sym" or not re.fullmatch(r"[0-9A-Fa-f]{4}", code) or "D800" <= code.upper() <= "F8FF":
        return ""
    return chr(int(code, 16))
