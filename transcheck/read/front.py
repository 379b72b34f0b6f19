"""Front matter: what a text says of itself before it begins, between lines of ``---`` (YAML) or ``+++`` (TOML)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcheck.read.names import code_lang
from transcheck.types import InputError, Lang

SUFFIXES = frozenset({".md", ".markdown", ".mdown", ".html", ".htm"})
"""Suffixes of files that may begin with front matter."""

LANGUAGE_FIELDS = ("lang", "language", "locale")
KEY_FIELDS = ("translationKey", "translation_key", "translationkey", "translation_id", "page_id", "ref")
"""Fields whose value the versions of a text share."""

ORIGINAL_FIELDS = ("translation_of", "translationOf", "translation-of")
"""Fields that name the text of which this one is a version."""

_HEAD = 65_536
"""Bytes of a file in which its front matter must end."""

_TELLING = re.compile(
    rb"^[ \t]*[\"']?(?:" + "|".join((*LANGUAGE_FIELDS, *KEY_FIELDS, *ORIGINAL_FIELDS)).encode() + rb")[\"']?[ \t]*[:=]",
    re.MULTILINE,
)
_PLAIN = re.compile(
    r"""(?P<key>\w+): +(?P<quote>["']?)"""
    r"""(?!(?:true|false|yes|no|on|off|null)\b)(?P<value>[A-Za-z][\w./-]*)(?P=quote) *""",
    re.IGNORECASE,
)
"""A field whose value reads the same in YAML and as it stands."""

_FENCED = re.compile(
    rb"\A(?:\xef\xbb\xbf)?(---|\+\+\+)[ \t]*\r?\n(.*?)^(?:\1|\.\.\.)[ \t]*\r?$", re.DOTALL | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Front:
    """What front matter says of the versions of a text: its language, the key they share, and the text that it is a
    version of (a path, a key or a name, as written); each empty where nothing is said.
    """

    lang: Lang | None = None
    key: str = ""
    original: str = ""


def read_front(path: Path, data: bytes | None = None) -> Front:
    """Return the front matter of a file, of whose content only the beginning is read unless ``data`` gives it.

    Raises:
        InputError: front matter that says something of languages and is neither YAML nor TOML.
    """
    if path.suffix.lower() not in SUFFIXES:
        return Front()
    if data is None:
        try:
            with path.open("rb") as file:
                data = file.read(_HEAD)
        except OSError:  # who reads the text says what is wrong with the file
            return Front()
    match = _FENCED.match(data[:_HEAD])
    if match is None or not _TELLING.search(match.group(2)):
        return Front()
    toml = match.group(1) == b"+++"
    text = match.group(2).decode("utf-8", "replace")
    simple = None if toml else _simple(text)
    return _front(_fields(text, str(path), toml=toml) if simple is None else simple)


def _simple(text: str) -> dict[str, str] | None:
    """Return the telling fields where each stands at the top with a plain word for a value; None for anything else.

    Most front matter is like that, and the YAML reader takes a hundred times as long.
    """
    lines = [line.rstrip("\r") for line in text.split("\n") if _TELLING.match(line.encode())]
    found = {m["key"]: m["value"] for line in lines if (m := _PLAIN.fullmatch(line))}
    return found if len(found) == len(lines) else None


def _fields(text: str, name: str, *, toml: bool) -> Mapping[str, Any]:
    if toml:
        import tomllib

        try:
            return tomllib.loads(text.replace("\r\n", "\n"))
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{name}: the front matter is no TOML ({error}); correct it") from error
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        found = yaml.load(text, Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 2}" if mark is not None else ""
        reason = getattr(error, "problem", None) or "it cannot be read"
        raise InputError(f"{name}{where}: the front matter is no YAML ({reason}); correct it") from error
    return found if isinstance(found, dict) else {}


def _front(fields: Mapping[str, Any]) -> Front:
    lang = next((lang for f in LANGUAGE_FIELDS if (lang := code_lang(_text(fields.get(f))))), None)
    params = fields.get("params")
    every = {**params, **fields} if isinstance(params, dict) else fields
    key = next((v for f in KEY_FIELDS if (v := _text(every.get(f)))), "")
    original = next((v for f in ORIGINAL_FIELDS if (v := _text(every.get(f)))), "")
    return Front(lang, key, original)


def _text(value: object) -> str:
    """Return a plain value as text; lists, tables and nothing at all are empty."""
    return "" if value is None or isinstance(value, bool | list | dict) else str(value).strip()
