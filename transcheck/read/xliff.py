"""XLIFF 1.2 and 2, and TMX: the units of a file, every run of their texts with its line and column.

The text of elements that mark a stretch (g, mrk, pc, hi) is kept; codes of the original format (bpt, ept, ph, it, ut,
x and the like) are left out with all they hold, and a code for a line break becomes one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from transcheck.read.comments import said
from transcheck.read.extract import Builder, Extracted
from transcheck.read.units import Role, Side, Unit
from transcheck.read.xml import XML_LANG, parse_xml
from transcheck.types import InputError

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sc", "ec", "cp"})
_BREAKS = frozenset({"lb", "xlf:lb", "x-lb", "x-br", "x-html-br"})
_UNTOUCHED = frozenset({"new", "needs-translation", "initial"})
"""States in which a target that repeats its source is no translation."""


def xliff_units(text: str, name: str) -> list[Unit]:
    """Return the units of an XLIFF file in order: every trans-unit (1.2), every segment of a unit (2).

    Raises:
        InputError: broken XML, or another root element.
    """
    reader = _Xliff(name, "xliff")
    parse_xml(text, name, reader)
    return reader.units


def tmx_units(text: str, name: str) -> list[Unit]:
    """Return the units of a TMX file in order; the document type that TMX 1.4 names is not loaded.

    Raises:
        InputError: broken XML, or another root element.
    """
    reader = _Tmx(name, "tmx")
    parse_xml(text, name, reader, doctype=True)
    return reader.units


class _Reader:
    """Follows the elements and puts the texts of segments together; what a segment is, subclasses say."""

    def __init__(self, name: str, root: str) -> None:
        self.units: list[Unit] = []
        self.stack: list[str] = []
        self._name = name
        self._root = root
        self._namespace = ""
        self._builder: Builder | None = None
        self._level = 0
        self._muted = 0
        self._note = 0
        self._comments: list[tuple[str, int]] = []

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        """Take a start tag; elements of other namespaces than the root's have no name here."""
        namespace, _, local = name.rpartition(" ")
        if not self.stack:
            if local != self._root:
                raise InputError(
                    f"{self._name}, line {line}: the root element is <{local}> and not <{self._root}>; "
                    "give the file the suffix of its format"
                )
            self._namespace = namespace
        known = local if namespace == self._namespace else ""
        self.stack.append(known)
        if self._builder is None:
            self.opened(known, attributes, line)
            if known == "note":
                self._note = line
                self.fill()
        elif known in _CODES and not self._muted:
            self._muted = len(self.stack)
            kind = attributes.get("ctype") or attributes.get("type") or attributes.get("subType") or ""
            if kind.lower() in _BREAKS or attributes.get("subType") in _BREAKS:
                self._builder.add("\n", line, column)

    def end(self, name: str) -> None:
        """Take an end tag."""
        level, known = len(self.stack), self.stack.pop()
        if self._builder is not None and level == self._level:
            builder, self._builder = self._builder, None
            self._filled(known, builder.extracted("line"))
        elif self._builder is None:
            self.closed(known)
        elif level == self._muted:
            self._muted = 0

    def text(self, data: str, line: int, column: int) -> None:
        """Take character data."""
        if self._builder is not None and not self._muted:
            self._builder.add(data, line, column)

    def fill(self) -> None:
        """Begin to put together the text of the element that has just been opened."""
        self._builder, self._level, self._muted = Builder(), len(self.stack), 0

    def comments(self) -> tuple[tuple[str, int], ...]:
        """Return, once, what the notes since the last call say to this program, each with its line."""
        found, self._comments = tuple(self._comments), []
        return found

    def _filled(self, name: str, text: Extracted) -> None:
        if name == "note":
            says = said(text.text)
            if says is not None:
                self._comments.append((says, self._note))
            self.closed(name)
        else:
            self.filled(name, text)

    def opened(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """Take the start of an element outside a text."""

    def closed(self, name: str) -> None:
        """Take the end of an element outside a text."""

    def filled(self, name: str, text: Extracted) -> None:
        """Take the text of an element."""


class _Xliff(_Reader):
    """``source`` and ``target`` right inside a trans-unit or a segment; those of alternatives are passed over."""

    def __init__(self, name: str, root: str) -> None:
        super().__init__(name, root)
        self._codes = {"source": "", "target": ""}
        self._translate = [True]
        self._unit = ("", 0)
        self._segments: list[tuple[str, Unit]] = []
        self._sides: list[Side] = []
        self._side: tuple[Role, str] = ("source", "")
        self._segment = ("", 0)
        self._state = ""

    def opened(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """Note languages, units and segments, and begin the texts."""
        translate = attributes.get("translate")
        self._translate.append(self._translate[-1] if translate not in ("yes", "no") else translate == "yes")
        if name in ("xliff", "file"):
            for role, keys in (("source", ("srcLang", "source-language")), ("target", ("trgLang", "target-language"))):
                found = next((attributes[k] for k in keys if k in attributes), None)
                self._codes[role] = self._codes[role] if found is None else found
        elif name in ("trans-unit", "unit"):
            self._unit, self._segments = (attributes.get("id", ""), line), []
        if name in ("trans-unit", "segment"):
            self._segment, self._sides, self._state = (attributes.get("id", ""), line), [], attributes.get("state", "")
        elif name in ("source", "target") and self.stack[-2] in ("trans-unit", "segment"):
            self._side = ("source" if name == "source" else "target", attributes.get(XML_LANG) or self._codes[name])
            self._state = attributes.get("state", self._state)
            self.fill()

    def filled(self, name: str, text: Extracted) -> None:
        """Keep a side of the segment."""
        self._translate.pop()
        self._sides.append(Side(*self._side, text))

    def closed(self, name: str) -> None:
        """Finish a segment, and name the segments of a unit."""
        if name in ("trans-unit", "segment"):
            self._segments.append((self._segment[0], self._finished()))
        if name in ("trans-unit", "unit"):
            several, comments = len(self._segments) > 1, self.comments()
            for number, (identity, unit) in enumerate(self._segments, 1):
                base = self._unit[0] or str(self._unit[1])
                full = f"{base}/{identity or number}" if several else base
                self.units.append(replace(unit, id=full, comments=comments))
        self._translate.pop()

    def _finished(self) -> Unit:
        """Return the segment as a unit without a name."""
        line = self._segment[1]
        source = next((s for s in self._sides if s.role == "source"), None)
        targets = [s for s in self._sides if s.role == "target"]
        if source is None or len(self._sides) > 1 + len(targets) or len(targets) > 1:
            what = "no <source>" if source is None else "two elements <source> or <target>"
            return Unit(
                "", line, error=f"line {line}: {what} in one unit; give it one of each, or export the file again"
            )
        left_out = "" if self._translate[-1] else "not to be translated"
        if targets and self._state in _UNTOUCHED and targets[0].text.text == source.text.text:
            left_out = left_out or "untranslated"
        return Unit("", line, tuple(self._sides), source.code, left_out)


class _Tmx(_Reader):
    """``seg`` inside a ``tuv`` inside a ``tu``."""

    def __init__(self, name: str, root: str) -> None:
        super().__init__(name, root)
        self._source = ""
        self._unit = Unit("", 0)
        self._code = ""

    def opened(self, name: str, attributes: Mapping[str, str], line: int) -> None:
        """Note languages and units, and begin the texts."""
        if name == "header":
            self._source = attributes.get("srclang", "")
        elif name == "tu":
            source = attributes.get("srclang", self._source)
            self._unit = Unit(attributes.get("tuid") or str(line), line, source="" if source == "*all*" else source)
        elif name == "tuv":
            self._code = attributes.get(XML_LANG) or attributes.get("lang", "")
        elif name == "seg":
            self.fill()

    def filled(self, name: str, text: Extracted) -> None:
        """Keep a variant of the unit."""
        unit = self._unit
        self._unit = replace(unit, sides=(*unit.sides, Side("variant", self._code, text)))

    def closed(self, name: str) -> None:
        """Finish a unit."""
        if name == "tu":
            self.units.append(replace(self._unit, comments=self.comments()))
