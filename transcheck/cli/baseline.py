"""``transcheck baseline``: the findings that are known and do not count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from transcheck.cli import inputs, options, work
from transcheck.cli.command import Command
from transcheck.cli.output import name_failures, write_text

if TYPE_CHECKING:
    from transcheck.run.baseline import Baseline
    from transcheck.run.config import Config
    from transcheck.types import DocumentReport, Report

Format = Literal["text", "json"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Write, show or prune the file of known findings.")


@app.command(cls=Command)
def write(
    paths: options.Texts = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="TEXT", help="Why the new entries stay.")
    ] = "known when the baseline was written",
    author: Annotated[
        str | None,
        typer.Option("--author", metavar="NAME", help="Who says so; default: your name in git.", show_default=False),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DATE", help="Their last day, such as 2027-01-31.", show_default=False),
    ] = None,
    baseline: options.Baseline = None,
    model: options.Model = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
) -> None:
    """Check the texts and write what is found as known.

    Entries whose findings are still there stay as they are; those of texts that were checked and have them no more go.
    """
    from transcheck.run.git import author as known_author

    day = _day(until)
    config, file, old = _begin(paths, baseline, model, config_file, isolated)
    report, every = _check(paths or [], config, quiet=quiet)
    kept = old.pruned(every, complete=work.everything(config, paths or []))
    name = known_author(config.root or Path()) if author is None else author
    new = kept.extended(report.documents, reason=reason, author=name, until=day)
    new.write(file)
    dropped, added = len(old.entries) - len(kept.entries), len(new.entries) - len(kept.entries)
    counts = f"{added:,} new, {len(kept.entries):,} kept, {dropped:,} dropped"
    _done(report, f"{file}: {len(new.entries):,} known ({counts})", quiet)


@app.command(cls=Command)
def prune(
    paths: options.Texts = None,
    baseline: options.Baseline = None,
    model: options.Model = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
    quiet: options.Quiet = False,
) -> None:
    """Check the texts and drop the entries that are not needed any more, or are out of date."""
    config, file, old = _begin(paths, baseline, model, config_file, isolated, must_exist=True)
    report, every = _check(paths or [], config, quiet=quiet)
    kept = old.pruned(every, complete=work.everything(config, paths or []))
    if kept != old:
        kept.write(file)
    dropped = len(old.entries) - len(kept.entries)
    _done(report, f"{file}: {len(kept.entries):,} known ({dropped:,} dropped)", quiet)


@app.command(cls=Command)
def show(
    baseline: options.Baseline = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print the entries.")] = "text",
) -> None:
    """Show the known findings, and why they stay; nothing is checked."""
    _, _, found = _begin(None, baseline, None, config_file, isolated, must_exist=True)
    write_text(found.render() if format_ == "json" else _text(found), None)


def _begin(
    paths: Sequence[Path] | None,
    baseline: Path | None,
    model: str | None,
    config_file: Path | None,
    isolated: bool,
    *,
    must_exist: bool = False,
) -> tuple[Config, Path, Baseline]:
    """Return the settings, the path of the baseline, and what it holds; nothing where it is yet to be written."""
    from transcheck.run.baseline import Baseline, load
    from transcheck.run.check import shown
    from transcheck.run.known import default_baseline

    given = {"model": model, "baseline": baseline and str(baseline)}
    config = work.settings(given, paths or [], file=config_file, isolated=isolated)
    file = shown(Path(config.baseline.value) if config.baseline.value is not None else default_baseline(config))
    return config, file, load(file) if must_exist or file.exists() else Baseline(origin=str(file))


def _check(paths: Sequence[Path], config: Config, *, quiet: bool) -> tuple[Report, Sequence[DocumentReport]]:
    """Return the report without a baseline, and the documents with the findings that the configuration leaves out."""
    every: list[DocumentReport] = []

    def keep(reports: Sequence[DocumentReport]) -> Sequence[DocumentReport]:
        every.extend(reports)
        return reports

    with work.means(config) as means:
        find = inputs.finder(paths, config, {})
        report = work.check(find, config, silence=(keep,), means=means, progress=not quiet)
    return report, every


def _done(report: Report, line: str, quiet: bool) -> None:
    """Say what was done and what could not be checked, and end: with 2 for the latter, else with 0."""
    if not quiet:
        typer.echo(line)
    name_failures(report)
    raise typer.Exit(2 if report.exit_code == 2 else 0)


def _day(until: str | None) -> str:
    from transcheck.run.sidecar import as_date
    from transcheck.types import ConfigError

    if until is None:
        return ""
    day = as_date(until)
    if day is None:
        raise ConfigError(f"--until: {until!r} is no date; write it as 2027-01-31")
    return day.isoformat()


def _text(baseline: Baseline) -> str:
    from transcheck.report.words import one_line, plural

    lines: list[str] = []
    for entry in baseline.entries:
        said = ", ".join(p for p in (entry.author, entry.date, entry.until and f"until {entry.until}") if p)
        lines.append(f"{entry.document}: {entry.code} {entry.excerpt} [{entry.fingerprint}]")
        lines.append(f"    {entry.reason or 'no reason given'}{f' ({said})' if said else ''}")
    lines.append(f"{baseline.origin}: {plural(len(baseline.entries), 'known finding')}")
    return "".join(f"{one_line(line)}\n" for line in lines)
