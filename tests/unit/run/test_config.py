from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.run.config import Config, Setting, find_file, keys, load_config
from transcheck.types import ConfigError


def _file(folder: Path, text: str) -> Path:
    path = folder / "transcheck.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults(tmp_path: Path) -> None:
    assert load_config({}, {}, tmp_path) == Config(Setting(None), Setting("error"))


def test_each_source_wins_over_the_one_before_and_is_remembered(tmp_path: Path) -> None:
    path = _file(tmp_path, 'fail-on = "note"\n')
    environ = {"TRANSCHECK_FAIL_ON": "warning"}
    assert load_config({}, {}, tmp_path).fail_on == Setting("note", str(path))
    assert load_config({}, environ, tmp_path).fail_on == Setting("warning", "TRANSCHECK_FAIL_ON")
    assert load_config({"fail_on": "never"}, environ, tmp_path).fail_on == Setting("never", "command line")
    assert load_config({"fail_on": None}, {"TRANSCHECK_FAIL_ON": ""}, tmp_path).fail_on.value == "note"


def test_the_nearest_file_holds_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    path = _file(tmp_path, 'model = "a/b"\n')
    inner = tmp_path / "repo" / "docs"
    inner.mkdir(parents=True)
    assert find_file(inner) == path.resolve()
    (tmp_path / "repo" / ".git").mkdir()
    assert find_file(inner) is None
    nearer = _file(tmp_path / "repo", "")
    assert find_file(inner) == nearer.resolve()


def test_a_folder_named_in_the_file_is_taken_from_there(tmp_path: Path) -> None:
    (tmp_path / "models" / "ours").mkdir(parents=True)
    _file(tmp_path, 'model = "models/ours"\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    value = load_config({}, {}, inner).model.value
    assert value is not None
    assert Path(value) == (tmp_path / "models" / "ours").resolve()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('failon = "note"', r"unknown key 'failon'; did you mean 'fail-on'\?"),
        ("zzz = 1", "unknown key 'zzz'; the keys are model, fail-on"),
        ('fail-on = "fatal"', "'fatal' is none of error, warning, note, never"),
        ("model = 1", "not the name of a model"),
        ("model = ", "transcheck.toml"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(ConfigError, match=message) as error:
        load_config({}, {}, tmp_path)
    assert str(path) in str(error.value)


def test_what_is_wrong_in_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="TRANSCHECK_FAIL_ON"):
        load_config({}, {"TRANSCHECK_FAIL_ON": "fatal"}, tmp_path)


def test_keys_are_written_with_hyphens() -> None:
    assert keys() == ("model", "fail-on")
