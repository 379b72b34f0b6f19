"""``transcheck config``: what holds and why, a file to begin with, a schema for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from transcheck.cli import options, work
from transcheck.cli.command import Command
from transcheck.cli.output import write_text

Format = Literal["text", "json"]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show, begin or describe the configuration.")


@app.command(cls=Command)
def show(
    path: Annotated[
        Path | None,
        typer.Argument(metavar="[PATH]", help="A file or folder; default: the working directory.", show_default=False),
    ] = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print the settings.")] = "text",
) -> None:
    """Show every setting that holds for a path, and where each was set."""
    from transcheck.run.config import texts

    config = work.settings({}, [path] if path else [], file=config_file, isolated=isolated)
    if format_ == "json":
        import json

        write_text(json.dumps(texts.as_dict(config), ensure_ascii=False, indent=2) + "\n", None)
    else:
        write_text(texts.show(config), None)


@app.command(cls=Command)
def init(
    folder: Annotated[
        Path,
        typer.Argument(metavar="[FOLDER]", help="Where to write it; default: the working directory."),
    ] = Path(),
) -> None:
    """Write a transcheck.toml in which every setting is explained; one that is there is not overwritten."""
    from transcheck.run.config import texts

    typer.echo(f"{texts.write_template(folder)} written")


@app.command(cls=Command)
def schema() -> None:
    """Print the JSON Schema of the configuration, for editors that complete and check it."""
    from transcheck.run.config import texts

    write_text(texts.schema_text(), None)
