"""``transcheck version``."""

from __future__ import annotations

import typer


def version() -> None:
    """Print the version."""
    from transcheck.version import VERSION

    typer.echo(f"transcheck {VERSION}")


def callback(value: bool) -> None:
    """Print the version and exit, for the option ``--version``."""
    if value:
        version()
        raise typer.Exit
