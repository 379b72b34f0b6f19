"""The tables of ``transcheck/text/data``, read fast: much of the time to start is theirs.

They are TOML. ``tomllib`` is written in Python and slow; nearly every value in the tables is also JSON, or all but, and
``json`` reads it in C. What is not goes to ``tomllib``, one statement at a time.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

_STATEMENT = r"\n(?=\[[\w.-]+\][ \t]*(?:\n|\Z)|(?:[\w-]+|\"[^\"\n]+\")[ \t]*=)"
"""Where a statement begins: a heading, or a key and its sign; other lines go on with the one before."""

_REMARK = r"\n[ \t]*#.*"
_KEY = r"([{,]\s*)([\w-]+)\s*="
_COMMA = r",(?=\s*\])"


def read_table(name: str) -> dict[str, Any]:
    """Return ``transcheck/text/data/<name>.toml``, parsed anew; FileNotFoundError when there is none."""
    return parse(files("transcheck.text").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, Any]:
    """Return what ``tomllib.loads`` returns, for TOML without arrays of tables, dotted keys and multi-line strings
    that hold a line with a key.

    Raises:
        tomllib.TOMLDecodeError: when a statement is no TOML.
    """
    root: dict[str, Any] = {}
    here = root
    for statement in re.split(_STATEMENT, re.sub(_REMARK, "", "\n" + text)):
        if not statement.strip():
            continue
        if statement[0] == "[":
            here = root
            for part in statement.strip()[1:-1].split("."):
                here = here.setdefault(part, {})
        else:
            here.update(_statement(statement))
    return root


def _statement(text: str) -> dict[str, Any]:
    key, _, value = text.partition("=")
    try:
        return {key.strip().strip('"'): _value(value.strip())}
    except ValueError:
        import tomllib

        return tomllib.loads(text)


def _value(text: str) -> Any:
    """Return the value that ``text`` is in TOML; ValueError when that cannot be had from ``json``."""
    if text[:3] == '"""' == text[-3:] and "\\" not in text:
        return text[3:-3].removeprefix("\n")
    if '\\" =' in text:
        raise ValueError("a quotation mark and a sign within a string")
    if '"' not in text:  # strings between single quotes, which have no escapes
        text = text.replace("\\", "\\\\").replace("'", '"')
    return json.loads(_comma().sub("", _key().sub(r'\1"\2":', text.replace('" =', '":'))))


@cache
def _key() -> re.Pattern[str]:
    return re.compile(_KEY)


@cache
def _comma() -> re.Pattern[str]:
    return re.compile(_COMMA)
