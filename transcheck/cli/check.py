"""``transcheck check``: the texts of an editorial repository, as a linter."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from transcheck.cli import inputs, options, targets, work

if TYPE_CHECKING:
    from transcheck.run.config import Config
    from transcheck.types import Report


def check(
    paths: options.Texts = None,
    stdin_filename: Annotated[
        Path | None,
        typer.Option(
            "--stdin-filename",
            metavar="NAME",
            help="Check the standard input as the text of the file NAME, with the other versions of its group.",
            show_default=False,
        ),
    ] = None,
    manifest: options.Manifest = None,
    model: options.Model = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
    select: options.Select = None,
    extend_select: options.ExtendSelect = None,
    ignore: options.Ignore = None,
    require: options.Require = None,
    lone: options.Lone = None,
    format_: options.Format = None,
    fail_on: options.FailLevel = None,
    exit_zero: Annotated[
        bool, typer.Option("--exit-zero", help="Findings never make the exit code 1; 2 stays what it is.")
    ] = False,
    output: options.Outputs = None,
    no_cache: options.NoCache = False,
    cache_dir: options.CacheDir = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to work with; default: one for each core."),
    ] = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count the findings by check, language and document.")
    ] = False,
    quiet: options.Quiet = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Name every document and every file that was not checked.")
    ] = False,
    no_color: options.NoColor = False,
    baseline: options.Baseline = None,
    no_baseline: Annotated[
        bool, typer.Option("--no-baseline", help="Use no baseline: count findings that are known, too.")
    ] = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="REV",
            help="Report only what changed since a git revision, such as origin/main, introduced.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Check the texts of a repository.

    Files that are versions of one text are found by their names, folders and front matter, or by the patterns of the
    configuration; a file stands for all its versions. Prints path:line:col: severity code message, one finding a line.
    """
    given: dict[str, object] = {
        "model": model, "select": select, "extend_select": extend_select, "ignore": ignore, "require": require,
        "lone": lone, "manifest": manifest and str(manifest), "fail_on": "never" if exit_zero else fail_on,
        "fail_levels": {} if exit_zero else None, "baseline": baseline and str(baseline),
        "cache_dir": cache_dir and str(cache_dir),
    }  # fmt: skip
    named, unsaved = _standard_input(paths or [], stdin_filename)
    config = work.settings(given, named, file=config_file, isolated=isolated)
    planned = targets.plan(format_, output, text="concise")
    known = work.known(config, named, baseline=not no_baseline, since=since)
    find = inputs.finder(named, config, unsaved)
    with work.means(config, cached=not no_cache, processes=jobs) as means:
        report = work.check(find, config, known=known, unsaved=unsaved, means=means, progress=not quiet)
    counted = statistics and [t for t in planned if t.path is None and t.format.name in ("concise", "full")]
    try:
        targets.deliver(report, [t for t in planned if not (counted and t in counted)], quiet=True, no_color=no_color)
    finally:
        if statistics:
            _count(report, to_stdout=bool(counted))
        _sum_up(report, config, quiet=quiet, verbose=verbose)
    raise typer.Exit(report.exit_code)


def _standard_input(paths: Sequence[Path], name: Path | None) -> tuple[Sequence[Path], Mapping[Path, bytes]]:
    """Return what is checked, and the text of the standard input under the name that it is to have."""
    from transcheck.types import ConfigError

    if name is None:
        return paths, {}
    if paths:
        raise ConfigError("--stdin-filename stands alone: it names the one file that is checked, with its group")
    from transcheck.read.groups import shown

    return [shown(name)], {shown(name): sys.stdin.buffer.read()}


def _count(report: Report, *, to_stdout: bool) -> None:
    from transcheck.checks.registry import CHECKS
    from transcheck.report.tally import statistics

    typer.echo(statistics(report, CHECKS), nl=False, err=not to_stdout)


def _sum_up(report: Report, config: Config, *, quiet: bool, verbose: bool) -> None:
    """Say on the error stream what was checked, and what was not."""
    from transcheck.report.tally import details, summary

    if quiet:
        return
    lines: list[Any] = []
    if verbose:
        lines = [f"configuration: {config.file or 'none'}", f"model: {report.model}", *details(report)]
    for line in (*lines, summary(report)):
        typer.echo(line, err=True)
