"""The configuration as people and editors read it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import jsonschema
import pytest

from transcheck.run.config import KEYS, Config, keys, load_config
from transcheck.run.config.texts import (
    as_dict,
    make_schema,
    plain,
    show,
    template,
    write_template,
)
from transcheck.types import ConfigError


def _uncommented() -> str:
    return re.sub(r"(?m)^# (?=[a-z-]+ = )", "", template()).replace("extend =", "# extend =")


def test_the_template_is_empty_as_it_is_and_right_when_uncommented(tmp_path: Path) -> None:
    assert tomllib.loads(template()) == {}
    (tmp_path / "transcheck.toml").write_text(_uncommented(), encoding="utf-8")
    config = load_config({}, {}, tmp_path)
    assert all(s.origin == str(tmp_path / "transcheck.toml") for s in plain(config).values())
    assert set(tomllib.loads(_uncommented())) == set(keys())


def test_what_is_shown_could_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "transcheck.toml").write_text(_uncommented(), encoding="utf-8")
    config = load_config({}, {"TRANSCHECK_LONE": "error"}, tmp_path)
    shown = show(config)
    assert re.search(r'^lone = "error" +# TRANSCHECK_LONE$', shown, flags=re.MULTILINE)
    assert shown.startswith(f"# file: {tmp_path / 'transcheck.toml'}\n# root: {tmp_path}\n")
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "transcheck.toml").write_text(shown, encoding="utf-8")
    again = load_config({}, {}, tmp_path / "again")
    assert {k: s.value for k, s in plain(again).items()} == {k: s.value for k, s in plain(config).items()}
    assert "# model is not set" in show(Config())


def test_the_same_as_values() -> None:
    values = as_dict(Config())
    assert (values["file"], values["root"]) == (None, None)
    assert values["settings"]["fail-on"] == {"value": "error", "origin": "default"}
    assert list(values["settings"]) == list(keys())
    json.dumps(values)


def test_the_schema_takes_what_the_reader_takes() -> None:
    validator = jsonschema.Draft7Validator(make_schema())
    validator.validate(tomllib.loads(_uncommented()))
    wrong = [
        'failon = "note"', 'fail-on = "fatal"', "model = 1", 'ignore = "TC2"', 'require = ["de"]', "groups = 1",
        'per-language = { ua = { ignore = ["TC2"] } }', 'per-language = { uk = { ignored = [] } }',
        'severity = { TC3 = "high" }', 'groups = [[]]',
    ]  # fmt: skip
    for text in wrong:
        assert not validator.is_valid(tomllib.loads(text)), text


def test_the_template_is_written_once(tmp_path: Path) -> None:
    path = write_template(tmp_path)
    assert path.read_text("utf-8") == template()
    with pytest.raises(ConfigError, match=r"transcheck\.toml: there is a configuration already"):
        write_template(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (other / "pyproject.toml").write_text("[tool.transcheck]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"pyproject\.toml: there is a configuration already"):
        write_template(other)
    with pytest.raises(ConfigError, match="cannot be written"):
        write_template(tmp_path / "missing")


def test_every_key_is_explained() -> None:
    for key in KEYS:
        assert key.help.endswith("."), key.name
        assert key.default == getattr(Config(), key.field).value
