"""``transcheck groups``: which files are versions of one text, and which versions are missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from transcheck.cli import inputs, options, work
from transcheck.cli.output import write_text

if TYPE_CHECKING:
    from transcheck.read.groups import Group, Groups
    from transcheck.run.config import Config

Format = Literal["text", "json"]


def groups(
    paths: options.Texts = None,
    config_file: options.ConfigFile = None,
    isolated: options.Isolated = False,
    require: options.Require = None,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How to print the groups.")] = "text",
    output: options.Output = None,
) -> None:
    """List the files that are versions of one text, and the versions that are missing.

    Nothing is compared. The exit code is 2 where something cannot be told, 1 where a required version is missing.
    """
    from transcheck.cli.output import require_writable

    config = work.settings({"require": require}, paths or [], file=config_file, isolated=isolated)
    require_writable(output)
    found = inputs.groups(paths or [], config, {})
    if format_ == "json":
        import json

        write_text(json.dumps(as_dict(found, config), ensure_ascii=False, indent=2) + "\n", output)
    else:
        write_text("".join(f"{line}\n" for line in _lines(found, config)), output)
    for problem in found.problems:
        typer.echo(f"error: {problem.message}", err=True)
    lacking = any(set(config.require.value) - set(g.langs) for g in found.groups) or bool(
        config.require.value and found.lone
    )
    raise typer.Exit(2 if found.problems else int(lacking))


def as_dict(found: Groups, config: Config) -> dict[str, Any]:
    """Return what was found as plain values, described in docs/guide/repository.md."""
    return {
        "schema_version": 1,
        "root": str(config.root) if config.root else None,
        "groups": [
            {
                "id": group.id,
                "files": {lang: path.as_posix() for lang, path in group.files},
                "missing": list(missing(group.langs, config)),
                "layout": group.layout,
            }
            for group in found.groups
        ],
        "tables": [path.as_posix() for path in found.tables],
        "alone": [{"file": text.path.as_posix(), "lang": text.lang} for text in found.lone],
        "untold": [path.as_posix() for path in found.untold],
        "excluded": [path.as_posix() for path in found.excluded],
        "problems": [problem.message for problem in found.problems],
    }


def missing(langs: tuple[str, ...], config: Config) -> tuple[str, ...]:
    """Return the languages that are missing beside some: of those that are required, or of all."""
    from transcheck.types import LANGS

    return tuple(lang for lang in config.require.value or LANGS if lang not in langs)


def _lines(found: Groups, config: Config) -> list[str]:
    lines: list[str] = []
    for group in found.groups:
        lines += _group_lines(group, config)
    lines += [f"{path}  (a table of texts)" for path in found.tables]
    for text in found.lone:
        lines.append(f"{text.path}  (alone: {text.lang or 'nothing tells its language'})")
    counted = [
        (len(found.groups), "group", "groups"),
        (len(found.tables), "table", "tables"),
        (len(found.lone), "text alone", "texts alone"),
        (len(found.untold), "file whose name tells no language", "files whose names tell no language"),
        (len(found.excluded), "excluded file", "excluded files"),
        (len(found.problems), "problem", "problems"),
    ]
    lacking = sum(bool(missing(g.langs, config)) for g in found.groups)
    parts = [f"{number:,} {one if number == 1 else several}" for number, one, several in counted if number]
    return [*lines, f"{', '.join(parts)}; {lacking:,} with a version missing"]


def _group_lines(group: Group, config: Config) -> list[str]:
    absent = missing(group.langs, config)
    head = f"{group.id}  ({group.layout}" + (f"; missing: {', '.join(absent)})" if absent else ")")
    return [head, *(f"  {lang}  {Path(path)}" for lang, path in group.files)]
