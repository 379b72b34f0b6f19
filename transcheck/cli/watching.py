"""``transcheck check --watch``: the run again whenever a file changes that it may be about."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Generator, Sequence
from pathlib import Path

import typer

Changed = Collection[tuple[object, str]]
"""Files that changed, each with how."""

INTERRUPTED = 130
"""The exit code of a run that was interrupted before it had found anything."""

_DEBOUNCE = 400
"""Milliseconds for which changes are gathered."""

_PAUSE = 300
"""Milliseconds after which it is looked whether to go on waiting."""

_NAMED = 3
_SETTINGS = (".toml", ".json", ".tbx", ".xml")
_CLEAR = "\033[2J\033[3J\033[H"


def watch(once: Callable[[], int], folders: Sequence[Path], outputs: Collection[Path], *, quiet: bool = False) -> int:
    """Call ``once`` now and after every change in the folders, until Ctrl-C; return the last exit code that it gave.

    ``outputs`` are files that ``once`` writes itself. An error in the first run is raised; one in a later run is said,
    since the next change may mend it.

    Raises:
        ConfigError: the package that watches files is not installed.
    """
    code = INTERRUPTED
    try:
        for number, changed in enumerate(_changes(folders, outputs)):
            if number and not changed:
                continue
            if number:
                _clear()
                if not quiet:
                    typer.echo(f"changed: {_named(changed)}", err=True)
                code = _again(once)
            else:  # the files are watched from here on: what changes during the run is not missed
                code = once()
            if not quiet:
                typer.echo(f"watching {', '.join(map(str, folders))}; Ctrl-C ends", err=True)
    except KeyboardInterrupt:
        pass
    return code


def _again(once: Callable[[], int]) -> int:
    from transcheck.types import TranscheckError

    try:
        return once()
    except TranscheckError as error:
        typer.echo(f"error: {error}", err=True)
        return 2


def _named(changed: Changed) -> str:
    """Return the names of the first few files that changed, and how many more there are."""
    from transcheck.run.check import shown

    names = sorted({str(shown(Path(name))) for _, name in changed})
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _changes(folders: Sequence[Path], outputs: Collection[Path]) -> Generator[Changed, None, None]:
    """Yield nothing as soon as the files are watched, then changes, and nothing again where there are none."""
    from transcheck.types import ConfigError

    try:
        from watchfiles import watch as changes
    except ModuleNotFoundError as error:
        raise ConfigError("--watch needs watchfiles; run: pip install 'transcheck[lsp]'") from error
    written = {path.resolve() for path in outputs}
    roots = [folder.resolve() for folder in folders]

    def wanted(_: object, name: str) -> bool:
        path = Path(name)
        return path not in written and concerns(path, roots)

    yield from changes(*roots, watch_filter=wanted, debounce=_DEBOUNCE, rust_timeout=_PAUSE, yield_on_timeout=True)


def concerns(path: Path, roots: Sequence[Path]) -> bool:
    """Tell whether a file may be a text, a table, a setting, terms or suppressions, and lies in no hidden folder."""
    from transcheck.read.articles import SUFFIXES
    from transcheck.read.bilingual import is_bilingual
    from transcheck.read.records import is_table

    suffix = path.suffix.lower()
    if not (suffix in SUFFIXES or suffix in _SETTINGS or is_bilingual(path) or is_table(path)):
        return False
    below = next((path.relative_to(root) for root in roots if path.is_relative_to(root)), path)
    return not any(part.startswith(".") for part in below.parts[:-1])


def _clear() -> None:
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
        sys.stdout.flush()
