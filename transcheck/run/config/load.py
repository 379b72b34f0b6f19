"""From the default, the files, the environment and the command line to one tree."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from transcheck.run.config.files import chain, find_file, repository
from transcheck.run.config.keys import KEYS, Key, keys
from transcheck.run.config.kinds import Where, nearest
from transcheck.run.config.tree import Config, Setting
from transcheck.types import ConfigError

COMMAND_LINE = "command line"


def load_config(
    command_line: Mapping[str, object],
    environ: Mapping[str, str] | None = None,
    start: Path | None = None,
    *,
    file: Path | None = None,
    isolated: bool = False,
) -> Config:
    """Return the settings of a run; ConfigError for an unknown key or a value that a setting cannot have.

    ``command_line`` has the options that were given, by the names of the fields (None: not given; lists and tables may
    be texts with commas). The file is the closest one to ``start`` (default: the working directory), ``file`` itself
    where that is given, whose patterns then count from the working directory, and none where ``isolated``.
    """
    start = start or Path.cwd()
    found = None if isolated else _given(file) if file is not None else find_file(start)
    settings = _from_files(found) if found is not None else {}
    settings |= _from_environment(os.environ if environ is None else environ)
    for key in KEYS:
        value = command_line.get(key.field)
        if value is not None:
            settings[key.field] = _setting(key, _parsed(key, value), COMMAND_LINE, None)
    return Config(**settings, file=found, root=_root(found, start, given=file is not None))


def _given(file: Path) -> Path:
    if not file.is_file():
        raise ConfigError(f"--config {file}: no such file; check the name")
    return file.resolve()


def _root(found: Path | None, start: Path, *, given: bool) -> Path | None:
    if found is None:
        return repository(start)
    return Path.cwd() if given else found.parent


def _from_files(path: Path) -> dict[str, Any]:
    by_name = {key.name: key for key in KEYS}
    settings: dict[str, Any] = {}
    for origin, table in chain(path):
        for name, value in table.items():
            if name not in by_name:
                raise ConfigError(f"{origin}: unknown key {name!r}{nearest(name, keys(), 'the keys are')}")
            key = by_name[name]
            setting = _setting(key, value, str(origin), origin.parent)
            settings.setdefault(key.field, setting)
    return settings


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    return {
        key.field: _setting(key, _parsed(key, environ[key.variable]), key.variable, None)
        for key in KEYS
        if key.variable is not None and environ.get(key.variable)
    }


def _parsed(key: Key, value: object) -> object:
    return key.kind.parse(value) if isinstance(value, str) else value


def _setting(key: Key, value: object, origin: str, folder: Path | None) -> Setting[Any]:
    return Setting(key.kind.read(value, Where(key.name, origin, folder)), origin)
