"""Suppressions for files that have no comments: ``FILE.transcheck.toml`` beside the file.

[[ignore]]
code = "TC301"
text = "forty"              # what stands at the place, in any of the versions; or fingerprint = "…"
reason = "the archive has forty"
until = 2027-01-31          # optional: from the day after it the finding is reported again
id = "12"                   # optional, of a table: the record

"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from transcheck.run.directives import unknown
from transcheck.run.fingerprint import DIGITS, plain
from transcheck.types import ConfigError

SUFFIX = ".transcheck.toml"
"""What is put behind the name of a file to name its list of suppressions."""

KEYS = ("code", "text", "fingerprint", "reason", "until", "id")

ReadText = Callable[[str], str | None]
"""Gives the content of a file, None where there is no such file."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; ``text`` is plain already (see :func:`transcheck.run.fingerprint.plain`)."""

    origin: str
    code: str = ""
    reason: str = ""
    text: str = ""
    fingerprint: str = ""
    id: str = ""
    flaw: str = ""


def read_text(path: str) -> str | None:
    """Return the content of a file, None where there is none; ConfigError where it cannot be read."""
    try:
        return Path(path).read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise ConfigError(f"{path}: cannot be read ({error}); save it as UTF-8") from error


def read_sidecar(file: str, read: ReadText, today: date) -> tuple[Entry, ...]:
    """Return the entries for a file, none where it has no list; one that cannot hold has a ``flaw``.

    Raises:
        ConfigError: the list is no TOML, or not made of ``[[ignore]]`` tables.
    """
    path = file + SUFFIX
    text = read(path)
    if text is None:
        return ()
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}; write [[ignore]] tables with code, text and reason") from error
    strange = [key for key in data if key != "ignore"]
    found = data.get("ignore", [])
    if strange or not isinstance(found, list) or not all(isinstance(e, dict) for e in found):
        what = f"unknown key {strange[0]!r}" if strange else "ignore is no list of tables"
        raise ConfigError(f"{path}: {what}; write [[ignore]] tables with code, text and reason")
    return tuple(_entry(e, f"{path}, entry {number}", today) for number, e in enumerate(found, 1))


def _entry(values: Mapping[str, Any], origin: str, today: date) -> Entry:
    until = values.get("until")
    texts = {key: str(values.get(key, "")).strip() for key in KEYS if key != "until"}
    return Entry(
        origin,
        texts["code"].upper(),
        texts["reason"],
        plain(texts["text"]),
        texts["fingerprint"].lower(),
        texts["id"],
        _flaw(values, texts, until, today),
    )


def _flaw(values: Mapping[str, Any], texts: Mapping[str, str], until: object, today: date) -> str:
    """Say what is wrong with an entry, or return nothing."""
    for key in values:
        if key not in KEYS:
            return f"unknown key {key!r}; the keys are {', '.join(KEYS)}"
    if not texts["code"]:
        return 'no code; write code = "TC301" with the check that is meant'
    if unknown([texts["code"].upper()]):
        return f"no check has a code that begins with {texts['code']}; see: transcheck rules"
    if not texts["reason"]:
        return 'no reason; write reason = "…"'
    if not plain(texts["text"]) and not texts["fingerprint"]:
        return 'neither text nor fingerprint; write text = "…" with some words of the place'
    if texts["fingerprint"] and not re.fullmatch(rf"[0-9a-fA-F]{{{DIGITS}}}", texts["fingerprint"]):
        return f"{texts['fingerprint']!r} is no fingerprint of {DIGITS} hexadecimal digits; copy it from --format json"
    if until is None:
        return ""
    day = as_date(until)
    if day is None:
        return f"until is no date ({until!r}); write until = 2027-01-31"
    return (
        f"out of date since {day}; look at the place again, then remove the entry or give it a new date"
        if day < today
        else ""
    )


def as_date(value: object) -> date | None:
    """Return a date, a time of a date or the text of a date as a date, None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
