"""XML by expat, hardened: nothing declared or loaded, a limit to the depth, exact places, and errors with a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from xml.parsers import expat

from transcheck.types import InputError

MAX_DEPTH = 250
"""Elements inside each other; documents of office programs have fewer than fifty."""

XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
"""The attribute ``xml:lang`` as handlers get it."""

_REMEDY = "repair the place, or export the file again"


class Handler(Protocol):
    """Takes what :func:`parse_xml` finds.

    A name in a namespace is the address of the namespace, a blank and the local name. ``line`` and ``column`` count
    from 1, columns in code points. A call of ``text`` never goes over a line end, and its code points stand one after
    the other in the file: a reference such as ``&amp;`` is a call of its own.
    """

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        """Take a start tag."""

    def end(self, name: str) -> None:
        """Take an end tag."""

    def text(self, data: str, line: int, column: int) -> None:
        """Take a run of character data."""


def parse_xml(source: str | bytes, name: str, handler: Handler, *, doctype: bool = False) -> None:
    """Parse a whole document, calling ``handler`` for what it holds.

    Text is taken as decoded, whatever encoding its declaration names. ``doctype``: a document type that only names a
    file is allowed, and the file is not loaded.

    Raises:
        InputError: broken XML, a document type or entity declaration, an undefined entity, too many levels.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = False
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    _refuse_declarations(parser, name, doctype=doctype)
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise InputError(f"{_place(parser, name)}: more than {MAX_DEPTH} elements inside each other; {_REMEDY}")
        handler.start(tag, attributes, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(tag)

    def text(data: str) -> None:
        handler.text(data, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(source, True)
    except expat.ExpatError as error:
        place = f"{name}, line {error.lineno}, column {error.offset + 1}"
        reason = expat.ErrorString(error.code) or "not well-formed"
        raise InputError(f"{place}: broken XML ({reason}); {_REMEDY}") from error
    except (LookupError, ValueError) as error:  # an encoding that Python does not know or cannot map to one byte
        raise InputError(f"{name}: the encoding that the XML declares cannot be read; save it as UTF-8") from error


def _refuse_declarations(parser: expat.XMLParserType, name: str, *, doctype: bool) -> None:
    """Refuse all that could name, load or multiply content that does not stand in the document itself."""

    def declared(_name: str, _system: str | None, _public: str | None, subset: bool) -> None:
        if subset or not doctype:
            raise InputError(
                f"{_place(parser, name)}: a document type with declarations (<!DOCTYPE …>) is not read; "
                "remove it and write what its entities stand for"
            )

    def entity(*_: object) -> None:
        raise InputError(f"{_place(parser, name)}: entity declarations are not read; write the text in their place")

    def skipped(entity_name: str, _parameter: bool) -> None:
        raise InputError(
            f"{_place(parser, name)}: the entity &{entity_name}; is not defined; write the character itself, or its "
            "number such as &#160;"
        )

    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = entity
    parser.SkippedEntityHandler = skipped


def _place(parser: expat.XMLParserType, name: str) -> str:
    return f"{name}, line {parser.CurrentLineNumber}, column {parser.CurrentColumnNumber + 1}"
