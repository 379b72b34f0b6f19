"""``transcheck check``: the files of an editorial repository, as a linter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from transcheck.cli import inputs, options, work
from transcheck.cli.output import name_failures, require_writable, write_text

if TYPE_CHECKING:
    from transcheck.types import Report

Format = Literal["text", "json", "github"]


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="Files or folders with name.ru.md, name.uk.md, name.en.md.", show_default=False
        ),
    ],
    model: options.Model = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print the findings.")] = "text",
    fail_on: options.FailLevel = None,
    output: options.Output = None,
    quiet: options.Quiet = False,
) -> None:
    """Check versions that lie beside each other.

    They are called name.ru.md, name.uk.md, name.en.md (or .txt). Prints path:line:col: severity code message, one
    finding a line; --format github prints annotations.
    """
    config = work.settings(model, fail_on)
    require_writable(output)
    report = work.run(lambda: inputs.groups(paths), config, progress=not quiet)
    write_text(_render(report, format_, quiet=quiet), output)
    if format_ != "json":
        name_failures(report)
    raise typer.Exit(report.exit_code)


def _render(report: Report, format_: Format, *, quiet: bool) -> str:
    from transcheck.report import github, json, lines

    if format_ == "json":
        return json.render(report)
    return github.render(report) if format_ == "github" else lines.render(report, quiet=quiet)
