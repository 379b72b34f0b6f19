"""Settings, made once: defaults < transcheck.toml < environment < command line; each remembers where it came from."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Generic, TypeVar, cast, get_args

from transcheck.types import ConfigError, FailOn

T = TypeVar("T")

FILE_NAME = "transcheck.toml"
ENVIRONMENT_PREFIX = "TRANSCHECK_"


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A value and where it was set: "default", a file, an environment variable or "command line"."""

    value: T
    origin: str = "default"


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of a run.

    ``model`` is the name or the folder of a sentence-transformers model, "fast" or None for the packaged ones;
    ``fail_on`` is the severity from which a finding fails the run.
    """

    model: Setting[str | None] = Setting(None)
    fail_on: Setting[FailOn] = Setting("error")


def load_config(
    command_line: Mapping[str, object], environ: Mapping[str, str] | None = None, start: Path | None = None
) -> Config:
    """Return the settings of a run; ConfigError for an unknown key or a value that a setting cannot have.

    ``command_line`` has the options that were given (None: not given); the file is ``transcheck.toml`` in ``start``
    (default: the working directory) or the nearest folder above it, up to the root of the repository.
    """
    settings: dict[str, Setting[Any]] = {}
    path = find_file(start or Path.cwd())
    if path is not None:
        settings |= _from_file(path)
    settings |= _from_environment(os.environ if environ is None else environ)
    settings |= {k: Setting(v, "command line") for k, v in command_line.items() if v is not None}
    for name, setting in settings.items():
        _check(name, setting)
    return Config(**settings)


def find_file(start: Path) -> Path | None:
    """Return the configuration file that holds for a folder, or None."""
    start = start.resolve()
    for folder in (start, *start.parents):
        path = folder / FILE_NAME
        if path.is_file():
            return path
        if (folder / ".git").exists():
            return None
    return None


def keys() -> tuple[str, ...]:
    """Return the names of the settings as they are written in the file."""
    return tuple(f.name.replace("_", "-") for f in fields(Config))


def _from_file(path: Path) -> dict[str, Setting[Any]]:
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path}: {error}") from error
    for key in data:
        if key not in keys():
            raise ConfigError(f"{path}: unknown key {key!r}{_nearest(key)}")
    settings = {key.replace("-", "_"): Setting(value, str(path)) for key, value in data.items()}
    model = data.get("model")
    if isinstance(model, str) and (path.parent / model).is_dir():
        settings["model"] = Setting(str(path.parent / model), str(path))
    return settings


def _from_environment(environ: Mapping[str, str]) -> dict[str, Setting[Any]]:
    names = {f.name: ENVIRONMENT_PREFIX + f.name.upper() for f in fields(Config)}
    return {name: Setting(environ[variable], variable) for name, variable in names.items() if environ.get(variable)}


def _check(name: str, setting: Setting[Any]) -> None:
    value, where = setting.value, f"{name.replace('_', '-')} ({setting.origin})"
    if name == "fail_on" and value not in get_args(FailOn):
        raise ConfigError(f"{where}: {value!r} is none of {', '.join(cast('tuple[str, ...]', get_args(FailOn)))}")
    if name == "model" and not (isinstance(value, str) and value):
        raise ConfigError(f"{where}: {value!r} is not the name of a model or the path of its folder")


def _nearest(key: str) -> str:
    import difflib

    near = difflib.get_close_matches(key.replace("_", "-"), keys(), n=1, cutoff=0.4)
    return f"; did you mean {near[0]!r}?" if near else f"; the keys are {', '.join(keys())}"
