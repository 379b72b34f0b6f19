"""``config`` shows what holds, begins a file, and describes it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "transcheck.toml").write_text('fail-on = "note"\nignore = ["TC2"]\n', encoding="utf-8")
    (tmp_path / "inner").mkdir()
    return tmp_path


def test_show_names_the_origin_of_every_value(
    invoke: Callable[..., Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCHECK_LONE", "error")
    file = folder / "transcheck.toml"
    for arguments in ((), ("inner",), (str(folder / "inner"),), ("--config", "transcheck.toml")):
        shown = {line.split(" = ")[0]: line for line in invoke("config", "show", *arguments).stdout.splitlines()}
        assert shown["fail-on"].split() == ["fail-on", "=", '"note"', "#", str(file)]
        assert shown["lone"].split() == ["lone", "=", '"error"', "#", "TRANSCHECK_LONE"]
        assert shown["require"].split() == ["require", "=", "[]", "#", "default"]
    values = json.loads(invoke("config", "show", "--format", "json").stdout)
    assert values["file"] == str(file)
    assert values["settings"]["ignore"] == {"value": ["TC2"], "origin": str(file)}
    isolated = json.loads(invoke("config", "show", "--isolated", "--format", "json").stdout)
    assert (isolated["file"], isolated["settings"]["fail-on"]["origin"]) == (None, "default")


def test_show_says_what_is_wrong(invoke: Callable[..., Any], folder: Path) -> None:
    (folder / "transcheck.toml").write_text("ignored = []\n", encoding="utf-8")
    result = invoke("config", "show")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean 'ignore'?" in result.stderr


def test_init_writes_once(invoke: Callable[..., Any], folder: Path) -> None:
    result = invoke("config", "init", "inner")
    assert (result.exit_code, result.stdout) == (0, f"{Path('inner/transcheck.toml')} written\n")
    again = invoke("config", "init", "inner")
    assert again.exit_code == 2
    assert "it is not overwritten" in again.stderr
    assert invoke("config", "init").exit_code == 2, "there is one in the working directory"


def test_schema(invoke: Callable[..., Any]) -> None:
    schema = json.loads(invoke("config", "schema").stdout)
    validator = jsonschema.Draft7Validator(schema)
    assert validator.is_valid({"fail-on": "note"})
    assert not validator.is_valid({"failon": "note"})
