"""Configuration files: ``transcheck.toml`` or ``pyproject.toml`` with ``[tool.transcheck]``; the closest one holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from transcheck.types import ConfigError

FILE_NAME = "transcheck.toml"
PYPROJECT = "pyproject.toml"
EXTEND = "extend"


def find_file(start: Path) -> Path | None:
    """Return the configuration file that holds for a folder, or None.

    That is the closest one, in the folder or above it, up to the root of the repository; no other is looked at. In one
    folder ``transcheck.toml`` goes before ``pyproject.toml``, which counts only where it has ``[tool.transcheck]``.

    Raises:
        ConfigError: a ``pyproject.toml`` on the way that is no TOML.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
        if (folder / PYPROJECT).is_file() and _section(folder / PYPROJECT) is not None:
            return folder / PYPROJECT
        if (folder / ".git").exists():
            return None
    return None


def repository(start: Path) -> Path | None:
    """Return the root of the git repository that a folder is in, or None."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / ".git").exists()), None)


def chain(path: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield a file with its table, then the one that it extends, and so on; ``extend`` is left out of the tables.

    Raises:
        ConfigError: a file that is missing, no TOML, extends itself, or has no section for transcheck.
    """
    seen: list[Path] = []
    following: Path | None = path
    while following is not None:
        path = following
        if path in seen:
            raise ConfigError(f"{seen[-1]}: extend leads back to {path}; a file cannot extend itself")
        seen.append(path)
        table = _section(path)
        if table is None:
            raise ConfigError(f"{path}: there is no [tool.transcheck] in it; add one, or name another file")
        extended = table.get(EXTEND)
        if extended is not None and (not isinstance(extended, str) or not extended):
            raise ConfigError(
                f'extend ({path}): {extended!r} is not the path of a file; write extend = "../transcheck.toml"'
            )
        yield path, {k: v for k, v in table.items() if k != EXTEND}
        following = (path.parent / Path(extended).expanduser()).resolve() if extended else None
        if following is not None and not following.is_file():
            raise ConfigError(
                f"extend ({path}): {following}: no such file; correct the path, which counts from {path.parent}"
            )


def _section(path: Path) -> dict[str, Any] | None:
    """Return the settings in a file, None for a ``pyproject.toml`` without any."""
    import tomllib

    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(f"{path}: {reason}") from error
    if path.name != PYPROJECT:
        return data
    tool = data.get("tool", {})
    section = tool.get("transcheck") if isinstance(tool, dict) else None
    if section is not None and not isinstance(section, dict):
        raise ConfigError(f"{path}: tool.transcheck is no table; write [tool.transcheck]")
    return section
