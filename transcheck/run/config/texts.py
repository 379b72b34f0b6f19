"""The configuration as people and editors read it: what holds and why, a commented file to start with, a schema."""

from __future__ import annotations

import json
import re
import textwrap
from importlib.resources import files
from pathlib import Path
from typing import Any

from transcheck.run.config.files import EXTEND, FILE_NAME, PYPROJECT, find_file
from transcheck.run.config.keys import KEYS
from transcheck.run.config.tree import Config, LanguageRules, Setting
from transcheck.types import ConfigError

SCHEMA_NAME = "transcheck.schema.json"
_EXTEND_HELP = "Another configuration file, from this one's folder; what this file does not set is taken from there."
_WIDTH = 100


def plain(config: Config) -> dict[str, Setting[Any]]:
    """Return every setting by its name in the file, its value as JSON and TOML have it (None: not set)."""
    settings: dict[str, Setting[Any]] = {key.name: getattr(config, key.field) for key in KEYS}
    return {name: Setting(_plain(name, s.value), s.origin) for name, s in settings.items()}


def show(config: Config) -> str:
    """Return one line a setting, which could stand in a file, with its origin as a comment."""
    lines = [f"# file: {config.file or 'none'}", f"# root: {config.root or 'none: versions are looked for nearby'}"]
    rows = []
    for name, setting in plain(config).items():
        unset = setting.value is None
        rows.append((f"# {name} is not set" if unset else f"{name} = {toml(setting.value)}", setting.origin))
    width = min(60, max(len(left) for left, _ in rows))
    return "\n".join([*lines, *(f"{left:<{width}}  # {origin}" for left, origin in rows)]) + "\n"


def as_dict(config: Config) -> dict[str, Any]:
    """Return the same as plain values: ``file``, ``root`` and ``settings`` with ``value`` and ``origin`` each."""
    return {
        "file": str(config.file) if config.file else None,
        "root": str(config.root) if config.root else None,
        "settings": {name: {"value": s.value, "origin": s.origin} for name, s in plain(config).items()},
    }


def template() -> str:
    """Return a configuration file in which every key stands, explained and commented out."""
    lines = [
        "# Settings of transcheck; those that are commented out show an example.",
        "# The closest file to the texts holds, no other is merged in; transcheck config show tells what holds.",
        "",
        *_comment(_EXTEND_HELP),
        f'# {EXTEND} = "../{FILE_NAME}"',
    ]
    for key in KEYS:
        lines += ["", *_comment(key.help), f"# {key.name} = {key.example}"]
    return "\n".join(lines) + "\n"


def write_template(folder: Path) -> Path:
    """Write the commented file into a folder and return its path.

    Raises:
        ConfigError: there is a configuration in the folder already, or the file cannot be written.
    """
    path = folder / FILE_NAME
    known = find_file(folder) if folder.is_dir() else None
    if path.exists() or (known is not None and known.parent == folder.resolve()):
        named = path if path.exists() else folder / PYPROJECT
        raise ConfigError(f"{named}: there is a configuration already; it is not overwritten. Edit or remove it")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(template())
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def make_schema() -> dict[str, Any]:
    """Return the JSON Schema of a configuration file, made from the keys."""
    properties: dict[str, Any] = {EXTEND: {"type": "string", "minLength": 1, "description": _EXTEND_HELP}}
    for key in KEYS:
        default = plain(Config())[key.name].value
        described = {"description": key.help} | ({} if default is None else {"default": default})
        properties[key.name] = key.kind.schema() | described
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": f"transcheck: {FILE_NAME}, or [tool.transcheck] of {PYPROJECT}",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def schema_text() -> str:
    """Return the JSON Schema that the package holds."""
    return files("transcheck.run.config").joinpath(SCHEMA_NAME).read_text("utf-8")


def dump_schema() -> str:
    """Return the JSON Schema as the package ought to hold it."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=2) + "\n"


def toml(value: Any) -> str:
    """Return a plain value as TOML writes it on one line."""
    if isinstance(value, dict):
        pairs = ", ".join(f"{_bare(k)} = {toml(v)}" for k, v in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    if isinstance(value, list):
        return f"[{', '.join(toml(v) for v in value)}]"
    return json.dumps(value, ensure_ascii=False)


def _bare(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, LanguageRules):
        fields = {"ignore": value.ignore, "extend-select": value.extend_select, "severity": value.severity}
        return {k: _plain(k, v) for k, v in fields.items() if v}
    if name == "groups":
        return [layout[0] if len(layout) == 1 else list(layout) for layout in value]
    if name in _TABLES:
        return {key: _plain(key, item) for key, item in value}
    return [_plain("", v) for v in value] if isinstance(value, tuple) else value


_TABLES = ("fail-levels", "per-file-ignores", "per-language", "severity")


def _comment(text: str) -> list[str]:
    return [f"# {line}" for line in textwrap.wrap(text, _WIDTH)]
