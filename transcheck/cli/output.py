"""Where results go: the standard output or a file that is known to be writable before the work begins."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer

if TYPE_CHECKING:
    from transcheck.types import Report

DEFAULT_WIDTH = 100
"""Columns of text that does not go to a terminal."""


def require_writable(path: Path | None) -> None:
    """Raise ConfigError unless a file can be written at ``path``; leaves no empty file behind."""
    if path is None:
        return
    existed = path.exists()
    with cannot_write(path), path.open("ab"):
        pass
    if not existed:
        path.unlink()


@contextmanager
def cannot_write(target: object) -> Iterator[None]:
    """Turn a failed write into an error that names the target."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        from transcheck.types import ConfigError

        raise ConfigError(f"{target}: cannot be written: {error.strerror or error}") from error


def write_text(text: str, path: Path | None) -> None:
    """Write to a file as UTF-8, or to the standard output; a reader that has gone away is no error."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # the name of a file may be no Unicode
    if path is not None:
        with cannot_write(path):
            path.write_text(text, encoding="utf-8", newline="\n")
        return
    try:
        with cannot_write("standard output"):
            sys.stdout.write(text)
            sys.stdout.flush()
    except BrokenPipeError:
        # What is still buffered would raise again when the interpreter closes the stream.
        with open(os.devnull, "w") as devnull:
            os.dup2(devnull.fileno(), sys.stdout.fileno())


def wants_color(stream: TextIO, *, no_color: bool = False, environ: Mapping[str, str] | None = None) -> bool:
    """Tell whether to colour: never with ``--no-color`` or NO_COLOR, always with FORCE_COLOR, else on a terminal."""
    env = os.environ if environ is None else environ
    if no_color or env.get("NO_COLOR"):
        return False
    if env.get("FORCE_COLOR"):
        return True
    return stream.isatty() and env.get("TERM") != "dumb"


def text_width(stream: TextIO) -> int:
    """Return the columns to fill: those of the terminal, of COLUMNS, or ``DEFAULT_WIDTH``."""
    import shutil

    if stream.isatty() or os.environ.get("COLUMNS"):
        return shutil.get_terminal_size().columns
    return DEFAULT_WIDTH


def name_failures(report: Report) -> None:
    """Name on the error stream every document that was not checked."""
    from transcheck.report.words import failure

    for document in report.documents:
        if document.error is not None:
            typer.echo(f"error: {failure(document)}", err=True)
