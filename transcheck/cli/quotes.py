"""``transcheck quotes``: what is quoted in articles, and who says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from transcheck.cli import inputs, options
from transcheck.cli.output import require_writable, text_width, write_text

if TYPE_CHECKING:
    from transcheck.types import Lang

Format = Literal["text", "json", "csv"]


def quotes(
    articles: Annotated[
        list[str],
        typer.Argument(
            metavar="ARTICLE...",
            help="Articles: .html, .mhtml, .md, .txt, .docx, .pdf, .srt, .vtt, .po, .xliff, .tmx; or folders of them.",
            show_default=False,
        ),
    ],
    lang: Annotated[
        Literal["ru", "uk", "en"] | None,
        typer.Option(
            "--lang", help="The language of the articles; default: from the name, else found.", show_default=False
        ),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print the quotes.")] = "text",
    direct: Annotated[bool, typer.Option("--direct", help="Leave indirect speech out.")] = False,
    output: options.Output = None,
) -> None:
    """List the quotes of articles with their speakers.

    Direct and partial quotes, dialogue, block quotes, and indirect speech marked as such; titles and words held at a
    distance are left out.
    """
    import sys

    from transcheck.quotes.extract import quotes as extract
    from transcheck.read.records import Failure
    from transcheck.report.quotes import Listed, render

    require_writable(output)
    listed: list[Listed] = []
    failures: list[Failure] = []
    for item in inputs.each_article(articles, _lang(lang)):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            listed.append(Listed(item, tuple(q for q in extract(item) if not (direct and q.kind == "indirect"))))
    width = 0 if output else text_width(sys.stdout)
    write_text(render(listed, [(f.id, f.message) for f in failures], format_, width), output)
    for failure in failures:
        typer.echo(f"error: {failure.message}", err=True)
    raise typer.Exit(2 if failures else 0)


def _lang(given: str | None) -> Lang | None:
    return given  # type: ignore[return-value]
