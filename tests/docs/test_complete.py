"""Nothing that a user can meet is left out of the docs, and nothing in them is made up.

Pages and parts that are made from the program are compared with it in test_pages.py; here is what people write about.
"""

from __future__ import annotations

import json as stdlib_json
import re
from importlib import import_module
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

import transcheck
from tools.docs import made
from tools.docs.commands import commands, options
from tools.docs.pages import DOCS, ROOT
from transcheck.checks.registry import CHECKS
from transcheck.cli.options import FormatName
from transcheck.read import articles, bilingual, records
from transcheck.report import json
from transcheck.report.formats import FORMATS
from transcheck.report.frame import DOCUMENT_COLUMNS, FINDING_COLUMNS
from transcheck.run.config import KEYS
from transcheck.types import CATEGORIES, SEVERITIES
from transcheck.types.quote import QuoteKind
from transcheck.types.report import Verdict

PAGES = {path.relative_to(DOCS).as_posix(): path.read_text("utf-8") for path in sorted(DOCS.rglob("*.md"))}
WRITTEN = {name: text for name, text in PAGES.items() if name not in made.PAGES}


def section(page: str, heading: str) -> str:
    """Return what stands below a heading of the second level."""
    return PAGES[page].split(f"\n## {heading}\n")[1].split("\n## ")[0]


def code_of(text: str) -> str:
    """Return what is marked as code on a page, in fences and in lines."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`|^    .*$", text, flags=re.DOTALL | re.MULTILINE))


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda x: x if isinstance(x, str) else "")
def test_every_command_is_told_of_where_it_is_used(name: str, command: Any) -> None:
    if not hasattr(command, "commands"):
        assert any(f"transcheck {name}" in text for text in WRITTEN.values())


def test_every_option_is_told_of_where_it_is_used() -> None:
    told = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", "\n".join(map(code_of, WRITTEN.values()))))
    for name, command in commands():
        for parameter in command.params:
            spelled = {o for o in (*parameter.opts, *parameter.secondary_opts) if o.startswith("-")}
            assert not spelled or spelled & told, f"{name} {spelled}"


def test_every_option_on_a_page_exists() -> None:
    known = {option for _, command in commands() for option in options(command)} | {"--help", "--version"}
    for name, text in WRITTEN.items():
        for line in re.findall(r"transcheck [a-z]+[^`\n]*|`--[a-z][^`\n]*`", code_of(text)):
            ours = re.split(r"\||&&|;", line)[0]
            found = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", ours)) - known
            assert not found, f"{name}: {line}"


@pytest.mark.parametrize("command", ["quotes", "rules", "groups", "config", "baseline"])
def test_every_format_of_a_list_can_be_chosen(command: str) -> None:
    formats = get_args(import_module(f"transcheck.cli.{command}").Format)
    assert f"One of {', '.join(f'`{f}`' for f in formats)}." in section("reference/cli.md", command)


def test_every_format_of_a_report_has_a_section() -> None:
    assert re.findall(r"^## ([a-z]+)$", PAGES["formats.md"], flags=re.MULTILINE) == [f.name for f in FORMATS]


@pytest.mark.parametrize("name", [f.name for f in FORMATS if f.name not in ("json", "html", "svg") and not f.binary])
def test_every_format_of_text_is_shown(name: str) -> None:
    assert "```console\n$ transcheck check" in section("formats.md", name)


def test_the_option_knows_every_format_that_is_text() -> None:
    assert get_args(FormatName) == ("text", *(f.name for f in FORMATS if not f.binary))


def test_every_exit_code_is_explained() -> None:
    table = PAGES["reference/exit-codes.md"].split("\n## ")[0]
    assert re.findall(r"^\| (\d+) \|", table, flags=re.MULTILINE) == ["0", "1", "2"]


def test_every_configuration_key_has_a_section_with_an_example() -> None:
    for key in (*(k.name for k in KEYS), "extend"):
        own = PAGES["reference/configuration.md"].split(f"\n### {key}\n")[1].split("\n### ")[0]
        assert "\nType: " in own
        assert f"```toml\n{key} = " in own


def test_every_environment_variable_that_is_read_is_explained() -> None:
    read = set()
    for path in (ROOT / "transcheck").rglob("*.py"):
        code = path.read_text("utf-8")
        read |= set(re.findall(r"environ(?:\.get\(|\[)\s*\"([A-Z][A-Z_]+)\"(?!\]\s*=)", code))
        read |= {name for name in ("NO_COLOR", "FORCE_COLOR") if f'"{name}"' in code}
    assert read >= {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_WORKSPACE"}
    assert {f"`{name}`" for name in read} <= set(
        re.findall(r"`\w+`", section("reference/configuration.md", "Environment"))
    )


def test_every_name_of_the_library_is_explained() -> None:
    for name in transcheck.__all__:
        assert f"`transcheck.{name}" in PAGES["reference/python.md"], name


def test_every_suffix_that_is_read_is_listed() -> None:
    listed = set(re.findall(r"`(\.\w+)`", PAGES["reference/files.md"]))
    assert {*articles.SUFFIXES, *bilingual.FORMATS, *records.FORMATS} <= listed


def test_every_column_of_the_tables_is_listed() -> None:
    for name, columns in (("csv", FINDING_COLUMNS), ("xlsx", DOCUMENT_COLUMNS)):
        for column in columns:
            assert f"`{column}`" in section("formats.md", name), column


def test_every_kind_of_quote_and_every_verdict_is_explained() -> None:
    for name in (*get_args(QuoteKind), *get_args(Verdict)):
        assert re.search(rf"^\| `{name}` \|", PAGES["guide/audit.md"], flags=re.MULTILINE), name


def test_every_check_is_on_its_page() -> None:
    assert re.findall(r"^## (TC\d+) ", PAGES["findings.md"], flags=re.MULTILINE) == [c.code for c in CHECKS]


def test_every_check_that_a_page_names_exists() -> None:
    known = {c.code for c in CHECKS} | {"TC999"}
    for name, text in PAGES.items():
        assert set(re.findall(r"\bTC\d{3}\b", text)) <= known, name


def test_the_example_of_json_fits_the_schema_and_shows_every_field() -> None:
    example = stdlib_json.loads(re.findall(r"```json\n(.*?)```", PAGES["json.md"], flags=re.DOTALL)[0])
    jsonschema.Draft202012Validator(json.schema()).validate(example)
    document = json.schema()["$defs"]["document"]["properties"]
    assert set(example["documents"][0]) | {"error"} == set(document)
    assert set(example["documents"][0]["suppressed"][0]) == set(json.schema()["$defs"]["finding"]["properties"])


def test_every_field_of_json_is_explained() -> None:
    for part, prefix in (("document", "documents[]."), ("finding", "findings[].")):
        for name in json.schema()["$defs"][part]["properties"]:
            if name not in ("rows", "findings"):
                assert f"| `{prefix}{name}` |" in PAGES["json.md"]
    explained = re.search(r"^\| `findings\[\]\.category` \| (.*) \|$", PAGES["json.md"], flags=re.MULTILINE)
    assert explained
    assert re.split(r", | or ", explained[1]) == list(CATEGORIES)
    assert all(f"`{severity}`" in PAGES["json.md"] for severity in SEVERITIES)


def test_links_from_the_readme_lead_somewhere() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)#:]+)(?:#([^)]*))?\)", readme)
    assert len(links) > 5
    for link, anchor in links:
        assert (ROOT / link).exists(), link
        if anchor:
            headings = re.findall(r"^#+ (.*)$", (ROOT / link).read_text("utf-8"), flags=re.MULTILINE)
            assert anchor in [re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in headings], link


def test_no_page_speaks_of_the_place_where_it_was_written() -> None:
    for path in (*DOCS.rglob("*.md"), ROOT / "README.md", Path(ROOT / "mkdocs.yml")):
        assert not re.search(r"/work/|/root/|/tmp/|TODO|FIXME", path.read_text("utf-8")), path.name
