"""``transcheck audit``: published quotes, in tables or in articles, one by one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from transcheck.cli import inputs, options, targets, work


def audit(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH...",
            help="Articles (.html, .md, .txt, .docx, .pdf, .srt …) or folders of them; tables with columns id, ru, uk, "
            "en (JSON Lines, CSV, TSV, XLSX, Parquet); PO, XLIFF or TMX; or - for JSON records on the standard input.",
            show_default=False,
        ),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option("--manifest", metavar="FILE", help="A table with columns id, ru, uk, en that names articles."),
    ] = None,
    model: options.Model = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
    select: options.Select = None,
    ignore: options.Ignore = None,
    termbase: options.Termbase = None,
    format_: options.Format = None,
    fail_on: options.FailLevel = None,
    output: options.Outputs = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Check every quote of articles or tables.

    The quotes of articles called name.ru.html, name.uk.html, name.en.html are matched and judged one by one: faithful,
    edited openly, drifted or unsupported. A version without quotation marks is taken for the transcript.

    Columns of a table: id, and any two of ru, uk, en; source_lang, speaker, url, date and any further column are passed
    on. What cannot be checked does not stop the others; the exit code is then 2.
    """
    _require_something(paths, manifest)
    given = {"model": model, "select": select, "ignore": ignore, "termbase": termbase, "fail_on": fail_on}
    config = work.settings(given, file=config_file, isolated=isolated)
    planned = targets.plan(format_, output, text="full")
    report = work.run(lambda: inputs.audited(paths or [], manifest), config, progress=not quiet)
    targets.deliver(report, planned, quiet=quiet, no_color=no_color)
    raise typer.Exit(report.exit_code)


def _require_something(paths: list[str] | None, manifest: Path | None) -> None:
    from transcheck.types import ConfigError

    if not paths and manifest is None:
        raise ConfigError("nothing to audit: give articles, folders or tables, or --manifest FILE")
