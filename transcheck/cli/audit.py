"""``transcheck audit``: published quotes, in tables or in articles, one by one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from transcheck.cli import inputs, options, work
from transcheck.cli.output import (
    cannot_write,
    name_failures,
    require_writable,
    text_width,
    wants_color,
    write_text,
)

if TYPE_CHECKING:
    from transcheck.types import Report

Format = Literal["text", "json"]


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
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to show the result.")] = "text",
    fail_on: options.FailLevel = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE: .csv, .xlsx, .parquet or .json."),
    ] = None,
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
    config = work.settings(model, fail_on)
    _require_known_suffix(output)
    require_writable(output)
    report = work.run(lambda: inputs.audited(paths or [], manifest), config, progress=not quiet)
    if output is not None:
        _write_table(report, output)
    _show(report, format_, written=output is not None, quiet=quiet, no_color=no_color)
    if format_ != "json":
        name_failures(report)
    raise typer.Exit(report.exit_code)


def _require_something(paths: list[str] | None, manifest: Path | None) -> None:
    from transcheck.types import ConfigError

    if not paths and manifest is None:
        raise ConfigError("nothing to audit: give articles, folders or tables, or --manifest FILE")


def _require_known_suffix(output: Path | None) -> None:
    from transcheck.report.frame import SUFFIXES
    from transcheck.types import ConfigError

    if output is not None and output.suffix.lower() not in SUFFIXES:
        raise ConfigError(f"{output}: the name must end in one of {', '.join(SUFFIXES)}")


def _write_table(report: Report, output: Path) -> None:
    if output.suffix.lower() == ".json":
        from transcheck.report import json

        write_text(json.render(report), output)
        return
    from transcheck.report.frame import write

    with cannot_write(output):
        write(report, output)


def _show(report: Report, format_: str, *, written: bool, quiet: bool, no_color: bool) -> None:
    if written:
        from transcheck.report.words import summary

        if not quiet:
            typer.echo(summary(report))
    elif format_ == "json":
        from transcheck.report import json

        write_text(json.render(report), None)
    else:
        from transcheck.report import terminal

        color = wants_color(sys.stdout, no_color=no_color)
        write_text(terminal.render(report, width=text_width(sys.stdout), color=color, quiet=quiet), None)
