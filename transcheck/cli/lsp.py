"""``transcheck lsp``: findings in an editor, while texts are written."""

from __future__ import annotations

from typing import Annotated

import typer


def lsp(
    stdio: Annotated[
        bool, typer.Option("--stdio", help="Speak over the standard streams: the only way, so that it may be left out.")
    ] = False,
) -> None:
    """Run a language server on the standard streams, for editors.

    What is open is checked with the other versions of it, saved or not. Settings are those of the configuration file
    that is closest to a text. Needs the extra transcheck[lsp].
    """
    from transcheck.types import ConfigError

    try:
        from transcheck.lsp.server import server
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in ("pygls", "lsprotocol"):
            raise ConfigError("the language server needs pygls; run: pip install 'transcheck[lsp]'") from error
        raise
    made = server()
    made.start_io()
    raise typer.Exit(0 if made.bidden else 1)  # as the protocol has it
