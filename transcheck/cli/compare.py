"""``transcheck compare``: two or three versions side by side, with what differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from transcheck.cli import inputs, options, targets, work

if TYPE_CHECKING:
    from transcheck.types import Lang

T = TypeVar("T")


def compare(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Two or three text or Markdown files, in any order; or - for JSON records on the standard input.",
            show_default=False,
        ),
    ] = None,
    ru: Annotated[Path | None, typer.Option("--ru", metavar="FILE", help="The Russian version.")] = None,
    uk: Annotated[Path | None, typer.Option("--uk", metavar="FILE", help="The Ukrainian version.")] = None,
    en: Annotated[Path | None, typer.Option("--en", metavar="FILE", help="The English version.")] = None,
    text_ru: Annotated[str | None, typer.Option("--text-ru", metavar="TEXT", help="The Russian text itself.")] = None,
    text_uk: Annotated[str | None, typer.Option("--text-uk", metavar="TEXT", help="The Ukrainian text itself.")] = None,
    text_en: Annotated[str | None, typer.Option("--text-en", metavar="TEXT", help="The English text itself.")] = None,
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
    """Compare two or three versions side by side.

    The language of a file is found from its text, from a name such as quote.uk.txt, or is declared with --ru, --uk and
    --en.
    """
    declared = _given(ru, uk, en)
    texts = _given(text_ru, text_uk, text_en)
    inputs.require_one_kind(files or [], declared, texts)
    given = {"model": model, "select": select, "ignore": ignore, "termbase": termbase, "fail_on": fail_on}
    config = work.settings(given, file=config_file, isolated=isolated)
    planned = targets.plan(format_, output, text="full")
    report = work.run(lambda: inputs.one_document(files or [], declared, texts), config)
    targets.deliver(report, planned, quiet=quiet, no_color=no_color)
    raise typer.Exit(report.exit_code)


def _given(ru: T | None, uk: T | None, en: T | None) -> dict[Lang, T]:
    values: dict[Lang, T | None] = {"ru": ru, "uk": uk, "en": en}
    return {lang: value for lang, value in values.items() if value is not None}
