"""``transcheck cache``: what is kept of earlier runs of ``check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from transcheck.cli import options, work
from transcheck.cli.command import Command

if TYPE_CHECKING:
    from transcheck.run.config import Config

Where = Annotated[
    Path | None,
    typer.Argument(metavar="[PATH]", help="A file or folder; default: the working directory.", show_default=False),
]

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show or empty the cache of a repository.")


@app.command(cls=Command)
def info(
    path: Where = None,
    cache_dir: options.CacheDir = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Show where vectors and results are kept, how many and how large."""
    from transcheck.run import cache

    config = _settings(path, cache_dir, config_file, isolated=isolated)
    typer.echo(f"{cache.place(config)} ({config.cache_dir.origin})")
    for store in cache.info(cache.place(config), _warn):
        typer.echo(f"  {store.path.stem}: {store.entries:,} in {store.size / 2**20:,.1f} MB")


@app.command(cls=Command)
def clear(
    path: Where = None,
    cache_dir: options.CacheDir = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
) -> None:
    """Empty the cache."""
    from transcheck.run import cache

    config = _settings(path, cache_dir, config_file, isolated=isolated)
    count = cache.clear(cache.place(config), _warn)
    typer.echo(f"{cache.place(config)}: {count:,} entries removed")


def _settings(path: Path | None, cache_dir: Path | None, file: Path | None, *, isolated: bool) -> Config:
    given = {"cache_dir": cache_dir and str(cache_dir)}
    return work.settings(given, [path] if path else [], file=file, isolated=isolated)


def _warn(message: str) -> None:
    typer.echo(f"warning: {message}", err=True)
