"""``transcheck rules``: what is checked, and one check explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from transcheck.cli import options
from transcheck.cli.output import require_writable, write_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from transcheck.checks.base import Check

Format = Literal["text", "json", "markdown"]


def rules(
    codes: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CODE]...", help="Explain these, e.g. TC301 or number; default: list all."),
    ] = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print the list.")] = "text",
    output: options.Output = None,
) -> None:
    """List or explain the checks."""
    from transcheck.checks.registry import CHECKS

    checks = chosen(CHECKS, codes or [])
    require_writable(output)
    if format_ == "json":
        import json

        text = json.dumps([as_dict(c) for c in checks], ensure_ascii=False, indent=2) + "\n"
    elif format_ == "markdown":
        text = markdown(checks)
    elif codes:
        text = "\n".join(explanation(c) for c in checks)
    else:
        text = "".join(f"{c.code}  {c.severity:<8}{c.category:<13}{c.slug:<24}{c.summary}\n" for c in checks)
    write_text(text, output)


def chosen(checks: Sequence[Check], codes: Sequence[str]) -> list[Check]:
    """Return the checks with these codes or slugs, all for none; ConfigError names the nearest for an unknown one."""
    if not codes:
        return list(checks)
    by_name = {name.lower(): c for c in checks for name in (c.code, c.slug)}
    for code in codes:
        if code.lower() not in by_name:
            import difflib

            from transcheck.types import ConfigError

            near = difflib.get_close_matches(code.lower(), by_name, n=1, cutoff=0.4)
            hint = f"; did you mean {near[0].upper() if near[0].startswith('tc') else near[0]}?" if near else ""
            raise ConfigError(f"no check is called {code}{hint} (transcheck rules lists them)")
    return list(dict.fromkeys(by_name[c.lower()] for c in codes))


def explanation(check: Check) -> str:
    """Return what ``transcheck rules CODE`` prints about a check."""
    lines = [
        f"{check.code} {check.slug}",
        f"  {check.summary}",
        f"  category {check.category}, severity {check.severity}, precision {check.precision}",
        f"  {check.url}",
    ]
    for example in check.examples:
        pairs = (("      ", example.source), ("wrong ", example.wrong), ("right ", example.right))
        lines += ["", *(f"  {label}{lang}  {text}" for label, (lang, text) in pairs)]
    return "\n".join(lines) + "\n"


def markdown(checks: Sequence[Check]) -> str:
    """Return docs/findings.md: a table of the checks, and a section for each with its examples."""
    lines = [
        "# Checks",
        "",
        "What transcheck looks for. Each check has a code, which never changes, and a name; both work wherever checks",
        "are chosen. `precision` says how often such a finding is real. `make docs` writes this page from the checks",
        "themselves; `transcheck rules CODE` prints the same.",
        "",
        "| code | name | category | severity | precision | what it finds |",
        "|---|---|---|---|---|---|",
    ]
    for c in checks:
        anchor = f"[{c.code}](#{c.code.lower()}-{c.slug})"
        lines.append(f"| {anchor} | {c.slug} | {c.category} | {c.severity} | {c.precision} | {c.summary} |")
    for c in checks:
        # The anchor is what every format links to; the heading's own changes with the name.
        lines += ["", f'<a id="{c.code.lower()}"></a>', "", f"## {c.code} {c.slug}", "", c.summary, ""]
        lines += [f"Category {c.category}, severity {c.severity}, precision {c.precision}."]
        if c.examples:
            lines += ["", "| one version | another, wrong | right |", "|---|---|---|"]
        for example in c.examples:
            cells = (f"**{lang}** {_in_table(text)}" for lang, text in (example.source, example.wrong, example.right))
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _in_table(text: str) -> str:
    """Return a text so that a cell of a Markdown table shows all of it: column marks, tags, comments and paragraphs."""
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n\n", "<br><br>")


def as_dict(check: Check) -> dict[str, Any]:
    """Return the metadata of a check as plain values, with the page that explains it."""
    from dataclasses import asdict

    return {**asdict(check), "url": check.url}
