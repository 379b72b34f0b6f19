"""A run makes the one command that it is of; what is said and done is as with all of them."""

from __future__ import annotations

from typing import Any

import pytest
import typer.main
from typer.testing import CliRunner

from transcheck.cli.app import app, application


def _commands(application: typer.Typer) -> dict[str, Any]:
    root: Any = typer.main.get_command(application)
    return dict(root.commands)


@pytest.mark.parametrize("name", ["compare", "check", "baseline", "version"])
def test_one_command_is_as_it_is_among_all(name: str) -> None:
    alone = application(name)
    assert list(_commands(alone)) == [name]
    results = [CliRunner().invoke(a, [name, "--help"], prog_name="transcheck") for a in (alone, app)]
    assert results[0].exit_code == 0
    assert results[0].output == results[1].output


@pytest.mark.parametrize("only", [None, "--help", "--version", "comparison", ""])
def test_what_names_no_command_leaves_all(only: str | None) -> None:
    assert list(_commands(application(only))) == list(_commands(app))
