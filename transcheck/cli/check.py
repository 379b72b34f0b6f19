"""``transcheck check``: the texts of an editorial repository, as a linter."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from transcheck.cli import inputs, options, targets, watching, work

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
    termbase: options.Termbase = None,
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
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again whenever a file changes, until Ctrl-C. Needs transcheck[lsp].")
    ] = False,
) -> None:
    """Check the texts of a repository.

    Files that are versions of one text are found by their names, folders and front matter, or by the patterns of the
    configuration; a file stands for all its versions. Prints path:line:col: severity code message, one finding a line.
    """
    given: dict[str, object] = {
        "model": model, "select": select, "extend_select": extend_select, "ignore": ignore, "require": require,
        "lone": lone, "manifest": manifest and str(manifest), "fail_on": "never" if exit_zero else fail_on,
        "fail_levels": {} if exit_zero else None, "baseline": baseline and str(baseline),
        "cache_dir": cache_dir and str(cache_dir), "termbase": termbase,
    }  # fmt: skip
    named, unsaved = _standard_input(paths or [], stdin_filename, watched=watch)
    planned = targets.plan(format_, output, text="concise")
    with work.apart(wanted=watch and no_cache) as folder:
        given |= {"cache_dir": folder} if folder else {}
        run = _Run(
            named, unsaved, given, config_file, isolated, planned, since, not no_baseline, bool(folder) or not no_cache,
            jobs, statistics, quiet, verbose, no_color,
        )  # fmt: skip
        raise typer.Exit(_watch(run) if watch else run.once())


@dataclass(frozen=True, slots=True)
class _Run:
    """What was asked for on the command line, to be done once or again and again; the model is loaded once."""

    paths: Sequence[Path]
    unsaved: Mapping[Path, bytes]
    given: Mapping[str, object]
    file: Path | None
    isolated: bool
    planned: Sequence[targets.Target]
    since: str | None
    baseline: bool
    cached: bool
    processes: int | None
    statistics: bool
    quiet: bool
    verbose: bool
    no_color: bool
    encoders: work.Encoders = field(default_factory=work.Encoders)

    def settings(self) -> Config:
        """Return the settings as they are now."""
        return work.settings(self.given, self.paths, file=self.file, isolated=self.isolated)

    def once(self) -> int:
        """Check, print and write; return the exit code."""
        config = self.settings()
        known = work.known(config, self.paths, baseline=self.baseline, since=self.since)
        find = inputs.finder(self.paths, config, self.unsaved)
        with work.means(config, cached=self.cached, processes=self.processes) as means:
            report = work.check(
                find, config,
                known=known, unsaved=self.unsaved, means=means, encoders=self.encoders, progress=not self.quiet,
            )  # fmt: skip
        self._deliver(report, config)
        return report.exit_code

    def _deliver(self, report: Report, config: Config) -> None:
        counted = [t for t in self.planned if t.path is None and t.format.name in ("concise", "full")]
        planned = [t for t in self.planned if not (self.statistics and t in counted)]
        try:
            targets.deliver(report, planned, quiet=True, no_color=self.no_color)
        finally:
            if self.statistics:
                _count(report, to_stdout=bool(counted))
            _sum_up(report, config, quiet=self.quiet, verbose=self.verbose)


def _watch(run: _Run) -> int:
    outputs = [t.path for t in run.planned if t.path is not None]
    return watching.watch(run.once, _watched(run.paths, run.settings()), outputs, quiet=run.quiet)


def _watched(named: Sequence[Path], config: Config) -> list[Path]:
    """Return the folders in which a change may matter: the root, and what is named outside of it."""
    root = (config.root or Path()).resolve()
    others = [p if p.is_dir() else p.parent for p in named if not p.resolve().is_relative_to(root)]
    return [root, *dict.fromkeys(others)]


def _standard_input(
    paths: Sequence[Path], name: Path | None, *, watched: bool
) -> tuple[Sequence[Path], Mapping[Path, bytes]]:
    """Return what is checked, and the text of the standard input under the name that it is to have."""
    from transcheck.types import ConfigError

    if name is None:
        return paths, {}
    if watched:
        raise ConfigError("--watch and --stdin-filename: the standard input has one text, and does not change")
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
