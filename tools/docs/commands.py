"""The page of the command line, made from the typer application."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tools.docs.pages import cell, table

HEAD = """\
# Commands and options

This page is made from the program by `make docs`; `transcheck COMMAND --help` prints the same.
What the exit codes mean stands in [Exit codes](exit-codes.md), what can be set once and for all in
[Configuration](configuration.md).

"""

SEE = {
    "compare": "[Compare translations](../guide/compare.md), [Files that are read](files.md)",
    "quotes": "[Audit published quotes](../guide/audit.md#what-an-article-quotes)",
    "audit": "[Audit published quotes](../guide/audit.md), [Formats](../formats.md)",
    "check": "[Check a repository](../guide/repository.md), [Formats](../formats.md)",
    "groups": "[Which files belong together](../guide/repository.md#which-files-belong-together)",
    "baseline": "[The baseline](../guide/suppress.md#the-baseline)",
    "config": "[Configuration](configuration.md)",
    "lsp": "[In an editor](../guide/editors.md)",
    "rules": "[Checks](../findings.md)",
}
"""What is to be read about a command besides."""


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command with its name; a command within another has both names."""
    import typer

    from transcheck.cli.app import app

    root: Any = typer.main.get_command(app)
    for name, command in root.commands.items():
        yield name, command
        for inner, part in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", part


def page() -> str:
    """Return the whole page."""
    listed = [(f"[`{name}`](#{_anchor(name)})", cell(_first(command.help))) for name, command in commands()]
    return HEAD + table(("command", "what it does"), listed) + "".join(_section(n, c) for n, c in commands())


def options(command: Any) -> list[str]:
    """Return every spelling of every option of a command."""
    return [o for p in command.params for o in (*p.opts, *p.secondary_opts) if o.startswith("-")]


def _section(name: str, command: Any) -> str:
    import click

    context = click.Context(command, info_name=f"transcheck {name}")
    usage = " ".join([context.info_name or "", *command.collect_usage_pieces(context)])
    level = "##" if " " not in name else "###"
    lines = [f"\n{level} {name}\n", f"```text\n{usage}\n```\n", f"{_prose(command.help)}\n"]
    shown = [(_names(p, context), _meaning(p)) for p in command.params if not getattr(p, "hidden", False)]
    if shown and not hasattr(command, "commands"):
        lines.append(table(("argument or option", "meaning"), shown))
    if name in SEE:
        lines.append(f"See also: {SEE[name]}.\n")
    return "\n".join(lines)


def _names(parameter: Any, context: Any) -> str:
    value = parameter.make_metavar(context).replace("|", " or ")
    if parameter.param_type_name == "argument":
        return f"`{value}`"
    names = ", ".join(f"`{o}`" for o in (*parameter.opts, *parameter.secondary_opts))
    takes = not (parameter.is_flag or parameter.count or _choices(parameter))
    return names + (f" `{value}`" if takes else "")


def _meaning(parameter: Any) -> str:
    text = cell(_escaped(parameter.help or ""))
    if found := _choices(parameter):
        text += f" One of {', '.join(f'`{c}`' for c in found)}."
    if parameter.required:
        text += " Required."
    return text


def _choices(parameter: Any) -> list[str]:
    return [str(c) for c in getattr(parameter.type, "choices", ())]


def _prose(text: str | None) -> str:
    return _escaped("\n\n".join(" ".join(p.split()) for p in re.split(r"\n\s*\n", (text or "").strip())))


def _first(text: str | None) -> str:
    return _escaped(re.split(r"\n\s*\n", (text or "").strip())[0])


def _anchor(name: str) -> str:
    return name.replace(" ", "-")


def _escaped(text: str) -> str:
    """Return a text of help with its options, files and variables as code, and nothing else taken for markup."""
    kept = text.replace("<", "&lt;").replace("*", "\\*").replace("[", "\\[")
    return re.sub(r"(?<![\w`-])(--[a-z][a-z-]*|[A-Z]+_[A-Z_]+(?:=\S)?)", r"`\1`", kept)
