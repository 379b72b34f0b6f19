"""The language of a text that no name tells."""

from __future__ import annotations

from pathlib import Path

from transcheck.read.articles import read_version
from transcheck.read.text import MARKDOWN, PLAIN
from transcheck.types import InputError, Lang

_ENOUGH = 20_000
"""Bytes of a plain text from which its language is told."""


def language_of_text(path: Path, data: bytes | None = None) -> Lang | None:
    """Return the language that a text is in, None where it cannot be told or the file not be read.

    What is wrong with a file is said by who reads it as a version.
    """
    from transcheck.read.decode import decode
    from transcheck.text.detect import detect

    try:
        if path.suffix.lower() in MARKDOWN | PLAIN:
            if data is None:
                with path.open("rb") as file:
                    data = file.read(_ENOUGH)
            return detect(decode(_whole(data[:_ENOUGH]), str(path))).lang
        return read_version(path).lang
    except (InputError, OSError):
        return None


def _whole(data: bytes) -> bytes:
    """Return the bytes up to the end of the last whole line: a letter that is cut through is in no encoding."""
    cut = data.rfind(b"\n")
    return data[: cut + 1] if len(data) == _ENOUGH and cut > 0 else data
