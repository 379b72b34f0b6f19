"""The docs name every command, option, exit code, configuration key, format, check and JSON field."""

from __future__ import annotations

import json as stdlib_json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import typer

from transcheck.checks.registry import CHECKS
from transcheck.cli.app import app
from transcheck.cli.options import FormatName
from transcheck.cli.rules import markdown
from transcheck.report import json
from transcheck.report.formats import FORMATS
from transcheck.report.frame import DOCUMENT_COLUMNS, FINDING_COLUMNS
from transcheck.run.config import KEYS, keys

ROOT = Path(__file__).parents[2]
CLI = (ROOT / "docs" / "cli.md").read_text("utf-8")
JSON = (ROOT / "docs" / "json.md").read_text("utf-8")
FORMATS_PAGE = (ROOT / "docs" / "formats.md").read_text("utf-8")
COMMANDS: dict[str, Any] = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def _options() -> Iterator[tuple[str, str]]:
    """Yield every option with its command; those of ``config show`` belong to ``config``."""
    for name, command in COMMANDS.items():
        parts = getattr(command, "commands", {}).values()
        for parameter in (*command.params, *(p for part in parts for p in part.params)):
            for option in (*parameter.opts, *parameter.secondary_opts):
                if option.startswith("-"):
                    yield name, option


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_a_section(command: str) -> None:
    assert f"\n## {command}\n" in CLI


def test_every_part_of_a_command_is_named() -> None:
    for name, command in COMMANDS.items():
        for part in getattr(command, "commands", {}):
            assert f"transcheck {name} {part}" in CLI


@pytest.mark.parametrize(("command", "option"), list(dict.fromkeys(_options())))
def test_every_option_is_documented(command: str, option: str) -> None:
    shared = CLI.split("## Options of every checking command")[1].split("\n## ")[0]
    own = CLI.split(f"\n## {command}\n")[1].split("\n## ")[0]
    assert re.search(rf"{option}\b", shared + own), f"{command} {option}"


def test_every_option_in_the_docs_exists() -> None:
    known = {option for _, option in _options()} | {"--help", "--version"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", CLI)) <= known


@pytest.mark.parametrize("command", ["quotes", "rules", "groups", "config", "baseline"])
def test_every_format_of_a_list_is_documented(command: str) -> None:
    formats = get_args(import_module(f"transcheck.cli.{command}").Format)
    own = CLI.split(f"\n## {command}\n")[1].split("\n## ")[0]
    assert "`--format " + r"\|".join(formats) + "`" in own


def test_every_format_of_a_report_is_documented() -> None:
    table = CLI.split("\n## Formats\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([a-z]+)` \|([^|]*)\| (.*) \|$", table, flags=re.MULTILINE)
    found = [(name, tuple(re.findall(r"`([^`]+)`", ends)), summary) for name, ends, summary in rows]
    assert found[0][0] == "text"
    assert found[1:] == [(f.name, f.suffixes, f.summary) for f in FORMATS]


def test_every_format_has_a_section() -> None:
    assert re.findall(r"^## ([a-z]+)$", FORMATS_PAGE, flags=re.MULTILINE) == [f.name for f in FORMATS]


def test_the_option_knows_every_format_that_is_text() -> None:
    assert get_args(FormatName) == ("text", *(f.name for f in FORMATS if not f.binary))


def test_every_exit_code_is_documented() -> None:
    table = CLI.split("## Exit codes")[1].split("\n## ")[0]
    assert re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE) == ["0", "1", "2"]


def test_every_configuration_key_is_documented() -> None:
    table = CLI.split("## Configuration")[1]
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|(.*)\|$", table, flags=re.MULTILINE))
    assert tuple(rows) == keys()
    for key in KEYS:
        assert re.findall(r"`(TRANSCHECK_\w+)`", rows[key.name]) == ([key.variable] if key.variable else [])
        assert key.help.replace("|", "\\|") in rows[key.name]


def test_every_column_of_the_tables_is_documented() -> None:
    for section, columns in (("csv", FINDING_COLUMNS), ("xlsx", DOCUMENT_COLUMNS)):
        own = FORMATS_PAGE.split(f"\n## {section}\n")[1].split("\n## ")[0]
        for name in columns:
            assert f"`{name}`" in own, name


def test_the_example_in_the_docs_fits_the_schema_and_shows_every_field() -> None:
    example = stdlib_json.loads(re.findall(r"```json\n(.*?)```", JSON, flags=re.DOTALL)[0])
    jsonschema.Draft202012Validator(json.schema()).validate(example)
    document = json.schema()["$defs"]["document"]["properties"]
    assert set(example["documents"][0]) | {"error"} == set(document)
    assert set(example["documents"][0]["suppressed"][0]) == set(json.schema()["$defs"]["finding"]["properties"])


def test_every_field_is_explained() -> None:
    for part, prefix in (("document", "documents[]."), ("finding", "findings[].")):
        for name in json.schema()["$defs"][part]["properties"]:
            if name not in ("rows", "findings"):
                assert f"| `{prefix}{name}` |" in JSON


def test_the_findings_page_is_what_the_checks_say() -> None:
    page = (ROOT / "docs" / "findings.md").read_text("utf-8")
    assert page == markdown(CHECKS), "run: make docs"


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [*(ROOT / "docs").glob("*.md"), ROOT / "README.md"]:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"
