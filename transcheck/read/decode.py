"""Bytes to text: UTF-8, UTF-16, windows-1251 and KOI8-U are recognised, everything else is refused with a remedy."""

from __future__ import annotations

import codecs
import math
import re
from functools import lru_cache

from transcheck.text.detect import gram_frequencies
from transcheck.types import InputError

MAX_BYTES = 50_000_000
"""Largest file that is read."""

MAX_CHARS = 5_000_000
"""Longest text that is checked, in code points; about 800,000 words."""

SAMPLE = 40_000
"""Bytes looked at to choose between encodings."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LEGACY = (("cp1251", 0.5), ("koi8-u", 0.0))
"""Encodings and what is added to their score: windows-1251 is far more common."""

_REMEDY = "save it as UTF-8 and try again"

_PLAUSIBLE = -7.8
"""Mean log frequency of letter pairs from which a reading counts as Russian or Ukrainian: sentences read rightly lie
near -5.5 and single words above -7.5, wrong readings below -8."""

_ODD_CASE = 12.0
"""Taken from the sum for every small letter followed by a capital, as when KOI8 is read as windows-1251."""

_STRANGE = 14.0
"""Taken from the sum for every character that no plain text holds, such as box drawings."""

_PUNCTUATION = frozenset("‘’“”„…–—«»•©®™№\xa0")
_TYPICAL = _PUNCTUATION | frozenset("\t\r\n‐‑‒―‹›‰ЁёІіЇїЄєҐґЎў")


def decode(data: bytes, name: str, limit: int = MAX_CHARS) -> str:
    """Return the text of a file, byte order mark removed, line ends as they are.

    ``name`` is used in messages only, ``limit`` is the longest text taken, in code points. Offsets into the result
    are the offsets of every later stage.

    Raises:
        InputError: for a file that is empty, too large, binary, or in none of the known encodings.
    """
    if len(data) > MAX_BYTES:
        raise InputError(too_large(name, len(data)))
    if not data.strip():
        raise InputError(f"{name}: the file is empty; put the text of one version into it or leave it out")
    text = _decode(data, name)
    if len(text) > limit:
        raise InputError(f"{name}: {len(text):,} characters are more than the {limit:,} that are read; split the file")
    if not text.strip("\ufeff\u200b \t\r\n\x0b\x0c\xa0"):
        raise InputError(f"{name}: the file holds only blanks; put the text of one version into it or leave it out")
    return text


def too_large(name: str, size: int) -> str:
    """Return the message for a file of ``size`` bytes that is over the limit."""
    return f"{name}: {size:,} bytes are more than the {MAX_BYTES:,} that are read; split the file"


def _decode(data: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name)
    wide = _wide(data)
    if wide:
        return _strictly(data, wide, name)
    control = _control_pattern().search(data)
    if control:
        raise InputError(
            f"{name}: byte {control.start()} is 0x{control.group()[0]:02x}, so this is a binary file and no text; "
            "export the text as .txt or .md in UTF-8"
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, name, error)


def _strictly(data: bytes, encoding: str, name: str) -> str:
    """Decode, or say where it breaks."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        broken = f"broken {encoding.upper()} at byte {error.start} ({error.reason})"
        raise InputError(f"{name}: {broken}; {_REMEDY}") from error
    control = re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text)
    if control:
        raise InputError(
            f"{name}: character {control.start()} is U+{ord(control.group()):04X}, so this is a binary file and no "
            "text; export the text as .txt or .md in UTF-8"
        )
    return text


@lru_cache(maxsize=1)
def _control_pattern() -> re.Pattern[bytes]:
    return re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def _wide(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark: nearly all its units are of Latin, Cyrillic or common punctuation."""
    sample = data[: SAMPLE - SAMPLE % 2]
    if len(data) % 2 or not _control_pattern().search(sample):
        return None
    best, share = None, 0.95
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample.decode(encoding, errors="replace")
        common = sum(map(_common, text)) / len(text)
        if common > share:
            best, share = encoding, common
    return best


def _common(char: str) -> bool:
    """Tell whether a character is usual in plain text of the three languages."""
    return " " <= char <= "~" or "А" <= char <= "я" or char in _TYPICAL


def _legacy(data: bytes, name: str, error: UnicodeDecodeError) -> str:
    """Choose between the single-byte encodings by letter statistics; ``error`` says where UTF-8 failed."""
    sample = data[:SAMPLE]
    lenient = sample.decode("utf-8", errors="replace")
    broken = lenient.count("\ufffd")
    if sum(c > "\x7f" for c in lenient) - broken > broken:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(f"{name}: broken UTF-8 at byte {error.start}, line {line} ({error.reason}); {_REMEDY}")
    best, score = "", -math.inf
    for encoding, bias in _LEGACY:
        found = _score(sample, encoding) + bias
        if found > score:
            best, score = encoding, found
    if score < _PLAUSIBLE:
        raise InputError(
            f"{name}: the encoding is none of UTF-8, UTF-16, windows-1251 and KOI8-U (byte {error.start} is "
            f"0x{data[error.start]:02x}); {_REMEDY}"
        )
    return _strictly(data, best, name)


def _score(sample: bytes, encoding: str) -> float:
    """Return the mean log frequency of the Cyrillic letter pairs of a reading; 0: only punctuation is beyond ASCII."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -math.inf
    beyond = [c for c in text if c > "\x7f"]
    if encoding == "cp1251" and len(beyond) < 0.1 * len(text) and _PUNCTUATION.issuperset(beyond):
        return 0.0
    frequencies = gram_frequencies()
    total, pairs = 0.0, 0
    for word in re.findall(r"\w*[^\W\x00-\x7f]\w*", text):
        padded = f" {word.lower()} "
        for i in range(len(padded) - 1):
            total += math.log(frequencies.get(padded[i : i + 2], 0.0) + 1e-6)
        total -= _ODD_CASE * len(re.findall(r"[а-яёіїєґ][А-ЯЁІЇЄҐ]", word))
        pairs += len(padded) - 1
    strange = sum(not _common(c) for c in beyond)
    return (total - _STRANGE * strange) / (pairs + strange) if pairs + strange else -math.inf
