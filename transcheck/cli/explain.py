"""``transcheck explain``: why a finding was made."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from transcheck.cli import last
from transcheck.cli.output import require_writable, write_text

if TYPE_CHECKING:
    from transcheck.read.kept import Kept


def explain(
    finding: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", help="Beginning of a finding's fingerprint, as JSON shows it.", show_default=False
        ),
    ] = None,
    last_: Annotated[bool, typer.Option("--last", help="Explain every finding of the last run.")] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="A JSON report to look in; default: the last run."),
    ] = None,
    svg: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE", help="Write the similarities of words as a picture as well."),
    ] = None,
) -> None:
    """Show why a finding was made: how the words match, what spoke for it and what against.

    Findings are those of the last compare, audit or check, or of a report written with --output json=FILE.
    """
    from transcheck.run.explain import explain_kept

    chosen = _chosen(finding, last_, report)
    require_writable(svg)
    explanations = explain_kept(chosen)
    from transcheck.report import explain as shown

    write_text("\n".join(shown.render(e) for e in explanations), None)
    if svg is not None:
        write_text(shown.render_svg(explanations[0]), svg)


def _chosen(finding: str | None, last_: bool, report: Path | None) -> list[Kept]:
    """Return the findings that are meant; ConfigError where there is none, or where a picture would be of several."""
    from transcheck.read.kept import read_kept
    from transcheck.types import ConfigError

    if finding is None and not last_:
        raise ConfigError("nothing to explain: give the fingerprint of a finding, or --last")
    source = report or last.path()
    if report is None and not source.exists():
        raise ConfigError("no run is kept; run compare, audit or check first, or give a report with --report FILE")
    kept = read_kept(source)
    chosen = [k for k in kept if finding is None or k.finding.fingerprint.startswith(finding)]
    if not chosen:
        known = ", ".join(f"{k.finding.fingerprint} ({k.finding.code})" for k in kept[:10]) or "none"
        raise ConfigError(f"no finding {finding or ''} in {source}; there are: {known}")
    return chosen
