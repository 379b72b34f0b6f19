"""From settings and items to a report; the only way from the command line into the pipeline."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transcheck.run.config import Config
    from transcheck.types import Report


def settings(model: str | None, fail_on: str | None) -> Config:
    """Return the settings of the run; ConfigError where one is wrong."""
    from transcheck.run.config import load_config

    return load_config({"model": model, "fail_on": fail_on})


def run(items: Callable[[], Iterable[Any]], config: Config, *, progress: bool = False) -> Report:
    """Load the encoder, then read and check the items; ModelError before anything is read.

    ``items`` makes the documents and failures; with ``progress`` their number is shown on the error stream, if that is
    a terminal.
    """
    from transcheck.encode import load_encoder
    from transcheck.run.batch import run_documents

    encoder = load_encoder(config.model.value)
    with _progress(progress and sys.stderr.isatty()) as advance:
        return run_documents(items(), encoder, config.fail_on.value, on_progress=advance)


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
