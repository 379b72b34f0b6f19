"""What is made in docs/ is what the program makes now; ``make docs`` writes it anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from tools.docs import examples, made
from tools.docs.commands import commands
from tools.docs.pages import DOCS, filled, parts

PAGES = sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))
WITH_EXAMPLES = [name for name in PAGES if examples.count((DOCS / name).read_text("utf-8"))]


def _differs(name: str) -> str:
    return f"docs/{name}: read the difference; if it is meant, run: make docs"


@pytest.mark.parametrize("name", made.PAGES)
def test_a_made_page_is_what_the_program_says(name: str) -> None:
    assert (DOCS / name).read_text("utf-8") == made.PAGES[name](), _differs(name)


@pytest.mark.parametrize("name", [n for n in PAGES if n not in made.PAGES])
def test_the_made_parts_of_a_page_are_what_the_program_says(name: str) -> None:
    text = (DOCS / name).read_text("utf-8")
    assert text.count("<!-- made: ") == text.count("<!-- end -->") == len(parts(text))
    assert filled(text, made.PARTS) == text, _differs(name)


def test_every_part_that_can_be_made_stands_on_a_page() -> None:
    assert {part for name in PAGES for part in parts((DOCS / name).read_text("utf-8"))} == set(made.PARTS)


@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_on_a_page_print_what_it_shows(name: str, request: pytest.FixtureRequest) -> None:
    path = DOCS / name
    ran = examples.run(path.read_text("utf-8"))
    if request.config.getoption("--update-golden"):
        path.write_text(ran, encoding="utf-8", newline="\n")
    assert ran == path.read_text("utf-8"), f"docs/{name}: read the difference; if it is meant, run: make golden"


def test_a_session_is_run_command_by_command_in_a_folder_of_its_own(tmp_path: Path) -> None:
    page = (
        "Write\n\n```toml title=\"a/b.toml\"\nkey = 1\n```\n\n1. then\n\n   ```console\n   $ cat a/b.toml\n   old\n"
        "   $ echo one \\\n     two; pwd\n   ```\n\n```console\n$ echo error >&2\n```\n\nIt is\n\n"
        "```python\nprint('ё')\n```\n\nprints\n\n```text\nold\n```\n"
    )  # fmt: skip
    assert examples.count(page) == 3
    ran = examples.run(page)
    session = (
        "   $ cat a/b.toml\n   key = 1\n   $ echo one \\\n     two; pwd\n   one two\n   /home/you/transcheck\n   ```\n"
    )
    assert session in ran
    assert "$ echo error >&2\nerror\n```" in ran
    assert "prints\n\n```text\nё\n```\n" in ran
    assert examples.run(ran) == ran


def test_an_example_that_breaks_is_no_example() -> None:
    with pytest.raises(RuntimeError, match="nonsense"):
        examples.run("\n```python\nnonsense\n```\n\nprints\n\n```text\n```\n")


def test_a_part_that_nothing_makes_is_an_error() -> None:
    with pytest.raises(KeyError, match="nonsense"):
        filled("<!-- made: nonsense -->\n<!-- end -->", made.PARTS)


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=lambda x: x if isinstance(x, str) else "")
def test_every_argument_and_option_says_what_it_is(name: str, command: Any) -> None:
    assert command.help
    for parameter in command.params:
        assert parameter.help, parameter.name


def test_the_help_of_a_command_lists_its_arguments_once() -> None:
    shown = dict(commands())["check"].get_help(click.Context(dict(commands())["check"]))
    assert shown.count("  [PATH]...  Files or folders; a file stands for all its versions.") == 1
