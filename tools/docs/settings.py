"""The parts of the page of the configuration that are made from its keys and its JSON Schema."""

from __future__ import annotations

from typing import Any

from tools.docs.pages import cell, table


def overview() -> str:
    """Return a table of the keys with environment variable, option and default."""
    from transcheck.run.config import KEYS

    offered = _options()
    rows = []
    for key in KEYS:
        option = f"--{key.name}"
        rows.append(
            (
                f"[`{key.name}`](#{key.name})",
                f"`{key.variable}`" if key.variable else "",
                f"`{option}`" if option in offered else "",
                f"`{_toml(key)}`" if _toml(key) else "unset",
            )
        )
    rows.append(("[`extend`](#extend)", "", "", "unset"))
    return table(("key", "environment", "option", "default"), rows)


def sections() -> str:
    """Return a section for every key: what it means, its type, its default and an example."""
    from transcheck.run.config import KEYS
    from transcheck.run.config.texts import make_schema

    properties = make_schema()["properties"]
    lines: list[str] = []
    for key in KEYS:
        default = f"Default: `{_toml(key)}`." if _toml(key) else "Default: unset."
        lines += [f"### {key.name}\n", f"{_escaped(key.help)}\n", f"Type: {_type(properties[key.name])}. {default}\n"]
        lines += [f"```toml\n{key.name} = {key.example}\n```\n"]
    lines += ["### extend\n", f"{_escaped(properties['extend']['description'])}\n", "Type: text. Default: unset.\n"]
    lines += ['```toml\nextend = "../transcheck.toml"\n```\n']
    return "\n".join(lines)


def _options() -> set[str]:
    from tools.docs.commands import commands, options

    return {o for _, command in commands() for o in options(command)}


def _toml(key: Any) -> str:
    """Return the default as a file writes it, "" for none."""
    from transcheck.run.config import Config
    from transcheck.run.config.texts import plain, toml

    value = plain(Config())[key.name].value
    return "" if value is None else cell(toml(value))


def _type(schema: dict[str, Any], *, many: bool = False) -> str:
    """Return what a JSON Schema asks for, in words; ``many`` of them where a list or a table holds such."""
    if "enum" in schema:
        named = ", ".join(f"`{o}`" for o in schema["enum"])
        return named if many else f"one of {named}"
    if "anyOf" in schema:
        return " or ".join(_type(s, many=many) for s in schema["anyOf"])
    if schema["type"] == "array":
        return f"{'lists' if many else 'list'} of {_type(schema['items'], many=True)}"
    if schema["type"] == "object":
        return f"{'tables' if many else 'table'} {_of_table(schema)}"
    one = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}[schema["type"]]
    return f"{one}s" if many and "`" not in one else one


def _of_table(schema: dict[str, Any]) -> str:
    if "properties" in schema:
        return "with " + "; ".join(f"`{k}`, a {_type(s)}" for k, s in schema["properties"].items())
    keys = _type(schema.get("propertyNames") or {"type": "string"}, many=True)
    return f"from {keys} to {_type(schema['additionalProperties'], many=True)}"


def _escaped(text: str) -> str:
    return text.replace("*", "\\*").replace("[", "\\[").replace("<", "&lt;")
