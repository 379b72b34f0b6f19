"""The typer application."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from transcheck.cli import audit, baseline, cache, check, compare, config, explain, groups, lsp, quotes, rules, version
from transcheck.cli.command import Command

EPILOG = (
    "Exit codes: 0 clean; 1 findings at or above --fail-on; "
    "2 something could not be read, decoded, aligned or configured."
)


class Group(TyperGroup):
    """Turns every error that a user can act on into one line and exit code 2."""

    def invoke(self, ctx: Any) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            from transcheck.types import TranscheckError  # not needed, and not cheap, for --help

            if not isinstance(error, TranscheckError):
                raise
            typer.echo(f"error: {error}", err=True)
            raise typer.Exit(2) from error


_COMMANDS = {
    f.__name__: f
    for f in (
        compare.compare, quotes.quotes, audit.audit, check.check, groups.groups, explain.explain, lsp.lsp, rules.rules,
        version.version,
    )
}  # fmt: skip
_GROUPS = {"baseline": baseline.app, "config": config.app, "cache": cache.app}


def application(only: str | None = None) -> typer.Typer:
    """Return the application, with one command alone where ``only`` names it.

    The rest of a run needs no other, and typer would make them all, which takes a tenth of a second.
    """
    app = typer.Typer(
        name="transcheck",
        cls=Group,
        help="Check the Russian, Ukrainian and English versions of a quote or an article against each other.",
        epilog=EPILOG,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        pretty_exceptions_show_locals=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(root)
    known = only in _COMMANDS or only in _GROUPS
    for name, function in _COMMANDS.items():
        if name == only or not known:
            app.command(cls=Command, epilog=EPILOG)(function)
    for name, group in _GROUPS.items():
        if name == only or not known:
            app.add_typer(group, name=name, epilog=EPILOG)
    return app


def root(
    show_version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=version.callback, is_eager=True)
    ] = False,
) -> None:
    """Check the Russian, Ukrainian and English versions of a quote or an article against each other."""


app = application()
