"""``transcheck check``: the files of an editorial repository, as a linter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from transcheck.cli import inputs, options, targets, work


def check(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH...", help="Files or folders with name.ru.md, name.uk.md, name.en.md.", show_default=False
        ),
    ],
    model: options.Model = None,
    format_: options.Format = None,
    fail_on: options.FailLevel = None,
    output: options.Outputs = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Check versions that lie beside each other.

    They are called name.ru.md, name.uk.md, name.en.md (or .txt). Prints path:line:col: severity code message, one
    finding a line; --format github prints annotations.
    """
    config = work.settings(model, fail_on)
    planned = targets.plan(format_, output, text="concise")
    report = work.run(lambda: inputs.groups(paths), config, progress=not quiet)
    targets.deliver(report, planned, quiet=quiet, no_color=no_color)
    raise typer.Exit(report.exit_code)
