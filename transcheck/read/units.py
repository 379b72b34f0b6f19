"""What the readers of bilingual files hand on: units of two or more sides, each text with its places in the file."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from transcheck.read.decode import MAX_BYTES, decode
from transcheck.read.extract import Extracted
from transcheck.types import InputError

Role = Literal["source", "target", "variant"]
"""What a side is: a ``variant`` stands beside others of equal right, as in TMX."""

_SINGLE_BYTE = frozenset({"cp1251", "cp1252", "cp866", "koi8-r", "koi8-u", "iso8859-1", "iso8859-5", "mac-cyrillic"})
"""Encodings that are taken as declared where the file is no UTF-8."""


@dataclass(frozen=True, slots=True)
class Side:
    """One language of a unit; ``code`` is its language as the file declares it, empty where it does not."""

    role: Role
    code: str
    text: Extracted


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of translation.

    ``id`` is its name within the file, ``line`` where it begins, ``source`` the declared language of the original.
    ``left_out`` says why it is not compared (two or three words), ``error``, with its place, why it cannot be.
    ``comments`` are those on it that speak to this program: what each says, and its line.
    """

    id: str
    line: int
    sides: tuple[Side, ...] = ()
    source: str = ""
    left_out: str = ""
    error: str = ""
    comments: tuple[tuple[str, int], ...] = ()


def decode_declared(data: bytes, name: str, declaration: re.Pattern[bytes]) -> str:
    """Return the text of a file that may declare its encoding in group 1 of ``declaration``.

    A mark at the beginning or well-formed UTF-8 wins over the declaration, the declaration over a guess.

    Raises:
        InputError: see :func:`transcheck.read.decode.decode`.
    """
    found = declaration.search(data[:10_000])
    encoding = _known(found.group(1).decode("ascii", "replace")) if found else None
    if encoding and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            try:
                data = data.decode(encoding).encode("utf-8")
            except UnicodeDecodeError as error:
                raise InputError(
                    f"{name}: byte {error.start} is no {encoding}, which the file declares; save it as UTF-8"
                ) from error
    return decode(data, name, MAX_BYTES)


def _known(declared: str) -> str | None:
    """Return the codec of a declared single-byte encoding, None for any other."""
    try:
        codec = codecs.lookup(declared).name
    except LookupError:
        return None
    return codec if codec in _SINGLE_BYTE else None
