"""Saved web pages in one file (.mhtml, .mht): the HTML of the page itself, without its pictures and frames."""

from __future__ import annotations

import codecs
import re
from email.message import Message

from transcheck.read.decode import MAX_BYTES, MAX_CHARS, decode, too_large
from transcheck.types import InputError

_PAGES = ("text/html", "application/xhtml+xml")

_REMEDY = "save the page again as 'Webpage, Single File' or as .html"

_NESTED = 50
"""With more parts that hold parts a file is refused: the parser compares every line with every boundary around it."""

_HOLDERS = re.compile(rb"(?:\A|[\r\n])content-type:\s*(?:multipart|message)/", re.IGNORECASE)
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096
"""Bytes of the page in which its encoding is declared."""

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_KNOWN = re.compile(r"utf-(?:8|16|32)(?:-sig|-[lb]e)?|cp\d+|koi8-[rut]|iso8859-\d+|mac-cyrillic")
"""Encodings that are taken when declared, as Python names them."""


def read_mhtml(data: bytes, name: str) -> str:
    """Return the HTML of a saved page: the root of the file, or its first page.

    Lines and columns of what is read from it are those of this HTML once it is decoded, not of the file around it.
    ``name`` is used in messages only.

    Raises:
        InputError: the file holds no page, or one that cannot be decoded.
    """
    import email
    from email.policy import compat32

    if len(data) > MAX_BYTES:
        raise InputError(too_large(name, len(data)))
    if len(_HOLDERS.findall(data)) > _NESTED:
        raise InputError(f"{name}: too many parts inside of parts for a saved page; {_REMEDY}")
    message = email.message_from_bytes(data, policy=compat32)
    page = _root(message)
    content = None if page is None else page.get_payload(decode=True)
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise InputError(f"{name}: there is no web page (text/html) in this file; {_REMEDY}")
    return _decoded(content, page.get_content_charset(), name)


def _root(message: Message) -> Message | None:
    """Return the part that is the page: the one that ``start`` names, or the first."""
    start = message.get_param("start")
    pages = [part for part in message.walk() if part.get_content_type() in _PAGES]
    for part in pages:
        if isinstance(start, str) and _id(str(part.get("Content-ID", ""))) == _id(start):
            return part
    return pages[0] if pages else None


def _id(text: str) -> str:
    return text.strip().removeprefix("<").removesuffix(">")


def _decoded(content: bytes, charset: str | None, name: str) -> str:
    """Decode a page by what its part declares, or UTF-8, or what the page declares, or what it looks like."""
    meta = _META.search(content[:_HEAD])
    named = [_encoding(charset), "utf-8", _encoding(meta[1].decode("ascii", "replace") if meta else None)]
    if named[0] == "cp1252":  # servers declare it for whatever they send
        named[:2] = reversed(named[:2])
    for encoding in named:
        text = _text(content, encoding)
        if text is not None and len(text) <= MAX_CHARS and not _CONTROL.search(text):
            return text
    return decode(content, name)


def _encoding(declared: str | None) -> str | None:
    """Return the name of a declared encoding; None where it is none that pages are written in."""
    try:
        name = codecs.lookup(declared or "").name
    except (LookupError, ValueError):
        return None
    if name == "iso8859-1":
        return "cp1252"
    return name if _KNOWN.fullmatch(name) else None


def _text(content: bytes, encoding: str | None) -> str | None:
    """Return the text in an encoding, byte order mark removed; None where it is in another."""
    try:
        return content.decode(encoding).removeprefix("\ufeff") if encoding else None
    except UnicodeError:
        return None
