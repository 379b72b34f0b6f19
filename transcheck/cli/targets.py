"""One run, many outputs: what goes to the standard output, and what to which file."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from transcheck.cli.output import cannot_write, name_failures, require_writable, text_width, wants_color, write_text

if TYPE_CHECKING:
    from transcheck.report.formats import Format, Options
    from transcheck.report.paths import Base
    from transcheck.types import Report

STDOUT = "-"
TEXT = "text"
"""Not a format but whatever a command prints for people: ``full`` or ``concise``."""


@dataclass(frozen=True, slots=True)
class Target:
    """A format and where it goes: a file, or None for the standard output."""

    format: Format
    path: Path | None = None


def plan(format_: str | None, outputs: Sequence[str] | None, *, text: str) -> tuple[Target, ...]:
    """Return the targets that ``--format`` and ``--output`` ask for, each known to be writable.

    ``text`` is the format that a command prints for people. The standard output has ``format_`` (default: ``text``)
    unless files without a format of their own take its place: then a summary is all that it has.

    Raises:
        ConfigError: for an unknown format, a name that tells none, a target named twice or not writable.
    """
    from transcheck.report.formats import format_named
    from transcheck.types import ConfigError

    default = format_named(text if format_ in (None, TEXT) else str(format_))
    given = [_target(output, default, text, explicit=format_ is not None) for output in outputs or ()]
    plain = [target for target, named in given if not named]
    targets = [target for target, _ in given]
    unplaced = not plain or (format_ is not None and all(t.format != default for t in plain))
    if unplaced and all(t.path is not None for t in targets):
        targets.insert(0, Target(default))
    twice = [path for path, times in Counter(str(t.path or STDOUT) for t in targets).items() if times > 1]
    if twice:
        name = "the standard output" if twice[0] == STDOUT else twice[0]
        raise ConfigError(f"{name}: two outputs go there; give each its own --output FORMAT=FILE")
    for target in targets:
        if target.path is None and target.format.binary:
            name = target.format.name
            raise ConfigError(f"{name} is no text: write it to a file, --output {name}=FILE")
        require_writable(target.path)
    return tuple(targets)


def deliver(report: Report, targets: Sequence[Target], *, quiet: bool = False, no_color: bool = False) -> None:
    """Write the report to every target, and name on the error stream what was not checked.

    A target that cannot be written stops no other; it is an error in the end.

    Raises:
        ConfigError: when something could not be written.
    """
    from transcheck.cli import last
    from transcheck.types import ConfigError

    last.keep(report)
    problems = []
    for target in targets:
        try:
            _write(report, target, quiet=quiet, no_color=no_color)
        except ConfigError as error:
            problems.append(str(error))
    if any(t.format.name == "github" for t in targets):
        _summarise_job(report)
    shown = [t.format for t in targets if t.path is None]
    if not shown and not quiet:
        from transcheck.report.words import summary

        write_text(summary(report) + "\n", None)
    if not any(f.alone for f in shown):
        name_failures(report)
    if problems:
        raise ConfigError("; ".join(problems))


def _target(output: str, default: Format, text: str, *, explicit: bool) -> tuple[Target, bool]:
    """Return the target of one ``--output`` and whether it names its format."""
    from transcheck.report.formats import FORMATS, format_named

    name, equals, file = output.partition("=")
    if equals and re.fullmatch(r"[a-z]+", name):
        known = [f.name for f in FORMATS]
        if name not in (*known, TEXT):
            raise _unknown(name, known)
        return Target(format_named(text if name == TEXT else name), _path(file, output)), True
    return Target(_guessed(output, default, explicit=explicit), _path(output, output)), output == STDOUT


def _path(file: str, output: str) -> Path | None:
    from transcheck.types import ConfigError

    if not file:
        raise ConfigError(f"--output {output!r} names no file; write FORMAT=FILE, or - for the standard output")
    return None if file == STDOUT else Path(file)


def _guessed(file: str, default: Format, *, explicit: bool) -> Format:
    """Return the format of a plain file: as its name ends, else that of ``--format``, else text."""
    from transcheck.report.formats import FORMATS, format_of_file
    from transcheck.types import ConfigError

    found = format_of_file(file)
    if found is not None:
        return found
    suffix = Path(file).suffix.lower()
    if not explicit and suffix not in ("", ".txt", ".text", ".log", ".out"):
        known = ", ".join(s for f in FORMATS for s in f.suffixes)
        raise ConfigError(f"{file}: {suffix} tells no format; write --output FORMAT={file}, or a name with {known}")
    return default


def _unknown(name: str, known: Sequence[str]) -> Exception:
    import difflib

    from transcheck.types import ConfigError

    near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]!r}? The formats" if near else "the formats"
    return ConfigError(f"--output: unknown format {name!r}; {hint} are text, {', '.join(known)}")


def _write(report: Report, target: Target, *, quiet: bool, no_color: bool) -> None:
    made = target.format.make(report, _options(target, quiet=quiet, no_color=no_color))
    if isinstance(made, str):
        write_text(("\ufeff" if target.format.mark and target.path else "") + made, target.path)
    elif target.path is not None:
        with cannot_write(target.path):
            target.path.write_bytes(made)


def _summarise_job(report: Report) -> None:
    """Add the report to the summary of the job, where GitHub Actions names a file for it.

    Nobody asked for this file by name, so one that cannot be written is a warning.
    """
    name = os.environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    from transcheck.report.markdown import SUMMARY, render

    text = render(report, repository(), limit=SUMMARY)
    try:
        with Path(name).open("a", encoding="utf-8", newline="\n", errors="replace") as file:
            file.write(text)
    except OSError as error:
        reason = error.strerror or error
        typer.echo(f"warning: {name}: the job summary cannot be written: {reason}", err=True)


def _options(target: Target, *, quiet: bool, no_color: bool) -> Options:
    from transcheck.checks.registry import CHECKS
    from transcheck.report.formats import Options

    color = target.path is None and wants_color(sys.stdout, no_color=no_color)
    return Options(text_width(sys.stdout), color, quiet, CHECKS, repository())


def repository() -> Base:
    """Return the folder of the run and the root above it: as the CI names it, else where .git stands."""
    from transcheck.report.paths import Base

    folder = Path.cwd()
    named = os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR")
    candidates = [Path(named).resolve()] if named else []
    candidates += [f for f in (folder, *folder.parents) if (f / ".git").exists()]
    root = next((c for c in candidates if folder.is_relative_to(c)), folder)
    return Base(root.as_posix(), folder.as_posix())
