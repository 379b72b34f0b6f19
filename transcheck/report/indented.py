"""Indented JSON, written several times as fast as by ``json.dumps``, whose fast half knows no indentation."""

from __future__ import annotations

import json
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False).encode


def dumps(value: Any) -> str:
    """Return what ``json.dumps(value, ensure_ascii=False, indent=2)`` returns; keys of dicts are strings."""
    return _text(value, "\n")


def _text(value: Any, gap: str) -> str:
    """Return the JSON of a value; ``gap`` is the line break and indentation before what stands around it."""
    inner = f"{gap}  "
    if isinstance(value, dict) and value:
        members = [f"{_encode(key)}: {_text(member, inner)}" for key, member in value.items()]
        return f"{{{inner}{f',{inner}'.join(members)}{gap}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{inner}{f',{inner}'.join([_text(member, inner) for member in value])}{gap}]"
    return repr(value) if type(value) is int else _encode(value)
