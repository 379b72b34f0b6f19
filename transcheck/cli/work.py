"""From settings and items to a report; the only way from the command line into the pipeline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from transcheck.encode import Deferred
    from transcheck.read.groups import Groups
    from transcheck.run.check import Silencer
    from transcheck.run.config import Config
    from transcheck.run.known import Known
    from transcheck.run.pool import Means
    from transcheck.types import Report

_MOST = 8
"""Processes that are started unasked; each takes about 250 MB."""


def settings(
    given: Mapping[str, object], paths: Sequence[Path] = (), *, file: Path | None = None, isolated: bool = False
) -> Config:
    """Return the settings of the run; ConfigError where one is wrong.

    ``given`` has the options by the names of the settings. The file that holds is the closest one to the paths, or to
    the working directory; paths for which different files hold cannot be checked in one run.
    """
    from transcheck.run.config import find_file, load_config
    from transcheck.types import ConfigError

    options = {name: _joined(value) for name, value in given.items()}
    folders = [path if path.is_dir() else path.parent for path in paths] or [Path()]
    if file is None and not isolated:
        holds_for = {folder: find_file(folder) for folder in dict.fromkeys(folders)}
        found = {holds_for[folder]: path for folder, path in zip(folders, paths or folders, strict=True)}
        if len(found) > 1:
            listed = "; ".join(f"{holds or 'none'} for {path}" for holds, path in found.items())
            raise ConfigError(f"different configurations hold: {listed}. Check the paths apart, or give --config FILE")
    return load_config(options, start=folders[0], file=file, isolated=isolated)


def _joined(value: object) -> object:
    """Return an option that was given several times, each with commas, as one list."""
    if not isinstance(value, list):
        return value
    return [part.strip() for item in value for part in str(item).split(",") if part.strip()]


def run(items: Callable[[], Iterable[Any]], config: Config, *, progress: bool = False) -> Report:
    """Load the encoder, then read and check the items; ModelError or ConfigError before anything is read.

    ``items`` makes the documents and failures; with ``progress`` their number is shown on the error stream, if that is
    a terminal.
    """
    from transcheck.encode import load_encoder
    from transcheck.run.batch import run_documents
    from transcheck.run.selection import selected
    from transcheck.run.termbase import load_termbase

    termbase = load_termbase(config)
    encoder = load_encoder(config.model.value)
    with _progress(progress and sys.stderr.isatty()) as advance:
        report = run_documents(items(), encoder, config.fail_on.value, advance, termbase)
    return selected(report, config)


class Encoders:
    """The models of runs that follow each other, each loaded once."""

    def __init__(self) -> None:
        self._known: dict[str | None, Deferred] = {}

    def of(self, model: str | None) -> Deferred:
        """Return the encoder of a model, not loaded before it is needed."""
        from transcheck.encode import Deferred

        return self._known.setdefault(model, Deferred(model))


def check(
    find: Callable[..., Groups],
    config: Config,
    *,
    known: Known | None = None,
    unsaved: Mapping[Path, bytes] | None = None,
    silence: Sequence[Silencer] = (),
    means: Means | None = None,
    encoders: Encoders | None = None,
    progress: bool = False,
) -> Report:
    """Find and check the groups of a repository; ModelError before anything is checked, where a model is needed.

    ``find`` may be given other unsaved content than ``unsaved``; see :func:`transcheck.run.known.check_known`.
    """
    from transcheck.run.known import Known, check_known

    encoder = (encoders or Encoders()).of(config.model.value)
    with _progress(progress and sys.stderr.isatty()) as advance:
        return check_known(
            find,
            config,
            encoder,
            known or Known(),
            unsaved=unsaved,
            silence=silence,
            means=means,
            on_progress=advance,
        )


@contextmanager
def means(config: Config, *, cached: bool = True, processes: int | None = None) -> Iterator[Means]:
    """Open the cache, if it is wanted, and say how many processes share the work: as many as cores, if nobody says.

    What is wrong with the cache is said on the error stream.
    """
    from transcheck.encode.contextual import cores
    from transcheck.run.cache import Cache, place
    from transcheck.run.pool import Means

    processes = processes or min(cores(), _MOST)
    if not cached:
        yield Means(None, processes)
        return
    cache = Cache(place(config), lambda message: typer.echo(f"warning: {message}", err=True))
    try:
        yield Means(cache, processes)
    finally:
        cache.close()


@contextmanager
def apart(*, wanted: bool) -> Iterator[str | None]:
    """Make a folder for a cache that does not outlive the run, where one is wanted."""
    if not wanted:
        yield None
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="transcheck-") as folder:
        yield folder


def known(config: Config, paths: Sequence[Path], *, baseline: bool = True, since: str | None = None) -> Known:
    """Return what is known before the run begins: the baseline, if there is one and it is wanted, and the change.

    Raises:
        ConfigError: the baseline is broken, or git knows no such change.
    """
    from transcheck.run.git import changes
    from transcheck.run.known import Known, load_baseline

    folders = [path if path.is_dir() else path.parent for path in paths]
    change = None if since is None else changes(since, config.root or (folders or [Path()])[0])
    return Known(load_baseline(config) if baseline else None, change, complete=everything(config, paths))


def everything(config: Config, paths: Sequence[Path]) -> bool:
    """Tell whether the paths of a run are all that its configuration is about."""
    root = (config.root or Path()).resolve()
    return not paths or any(root.is_relative_to(path.resolve()) for path in paths)


@contextmanager
def _progress(shown: bool) -> Iterator[Callable[[], None] | None]:
    if not shown:
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} documents checked"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("check", total=None)
        yield lambda: bar.advance(task)
