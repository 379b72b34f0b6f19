"""Where a setting comes from, and what is said of a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.run.config import Config, LanguageRules, Setting, find_file, keys, load_config
from transcheck.types import ConfigError


def _file(folder: Path, text: str, name: str = "transcheck.toml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults(tmp_path: Path) -> None:
    assert load_config({}, {}, tmp_path) == Config()


def test_each_source_wins_over_the_one_before_and_is_remembered(tmp_path: Path) -> None:
    path = _file(tmp_path, 'fail-on = "note"\n')
    environ = {"TRANSCHECK_FAIL_ON": "warning"}
    assert load_config({}, {}, tmp_path).fail_on == Setting("note", str(path))
    assert load_config({}, environ, tmp_path).fail_on == Setting("warning", "TRANSCHECK_FAIL_ON")
    assert load_config({"fail_on": "never"}, environ, tmp_path).fail_on == Setting("never", "command line")
    assert load_config({"fail_on": None}, {"TRANSCHECK_FAIL_ON": ""}, tmp_path).fail_on.value == "note"


def test_lists_come_as_text_from_the_environment_and_the_command_line(tmp_path: Path) -> None:
    environ = {"TRANSCHECK_REQUIRE": "ru, uk", "TRANSCHECK_IGNORE": "TC2,omission"}
    config = load_config({"ignore": ["TC3"], "exclude": "a/,b/"}, environ, tmp_path)
    assert config.require == Setting(("ru", "uk"), "TRANSCHECK_REQUIRE")
    assert config.ignore == Setting(("TC3",), "command line")
    assert config.exclude.value == ("a/", "b/")


def test_the_nearest_file_holds_alone_up_to_the_root_of_the_repository(tmp_path: Path) -> None:
    path = _file(tmp_path, 'model = "a/b"\nfail-on = "note"\n')
    inner = tmp_path / "repo" / "docs"
    inner.mkdir(parents=True)
    assert find_file(inner) == path.resolve()
    (tmp_path / "repo" / ".git").mkdir()
    assert find_file(inner) is None
    assert load_config({}, {}, inner).root == (tmp_path / "repo").resolve()
    nearer = _file(tmp_path / "repo", 'fail-on = "warning"\n')
    config = load_config({}, {}, inner)
    assert (config.file, config.root) == (nearer.resolve(), nearer.parent.resolve())
    assert (config.fail_on.value, config.model.value) == ("warning", None), "nothing is merged"


def test_pyproject_counts_where_it_has_a_section(tmp_path: Path) -> None:
    outer = _file(tmp_path, 'fail-on = "note"')
    inner = _file(tmp_path / "a", "[tool.other]\nx = 1\n", "pyproject.toml")
    assert find_file(inner.parent) == outer.resolve()
    inner.write_text('[tool.transcheck]\nfail-on = "warning"\n', encoding="utf-8")
    assert load_config({}, {}, inner.parent).fail_on == Setting("warning", str(inner.resolve()))
    beside = _file(tmp_path / "a", 'fail-on = "never"')
    assert find_file(inner.parent) == beside.resolve()


def test_a_file_extends_another_by_whole_values(tmp_path: Path) -> None:
    base = _file(tmp_path, 'fail-on = "note"\nignore = ["TC1"]\nmanifest = "groups.csv"\n')
    path = _file(tmp_path / "a", 'extend = "../transcheck.toml"\nignore = ["TC2"]\n')
    config = load_config({}, {}, path.parent)
    assert config.fail_on == Setting("note", str(base.resolve()))
    assert config.ignore == Setting(("TC2",), str(path.resolve()))
    assert config.manifest.value == str(base.parent.resolve() / "groups.csv"), "a path counts from the file it is in"
    assert config.root == path.parent.resolve()


def test_a_file_that_is_named_and_none_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _file(tmp_path, 'fail-on = "note"')
    other = _file(tmp_path / "ci", 'fail-on = "warning"', "other.toml")
    monkeypatch.chdir(tmp_path)
    config = load_config({}, {}, file=other)
    assert (config.fail_on.value, config.root) == ("warning", Path.cwd())
    isolated = load_config({}, {}, isolated=True)
    assert (isolated.fail_on, isolated.file) == (Setting("error"), None)
    with pytest.raises(ConfigError, match=r"--config no\.toml: no such file"):
        load_config({}, {}, file=Path("no.toml"))


def test_a_folder_named_in_the_file_is_taken_from_there(tmp_path: Path) -> None:
    (tmp_path / "models" / "ours").mkdir(parents=True)
    _file(tmp_path, 'model = "models/ours"\n')
    inner = tmp_path / "inner"
    inner.mkdir()
    value = load_config({}, {}, inner).model.value
    assert value is not None
    assert Path(value) == (tmp_path / "models" / "ours").resolve()


def test_tables_and_patterns(tmp_path: Path) -> None:
    _file(
        tmp_path,
        """
        groups = ["content/{lang}/**/{name}.md", ["docs/{name}.md", "i18n/{lang}/{name}.md"], "quotes/*.csv", "auto"]
        [per-file-ignores]
        "archive/**" = ["TC2", "date-changed"]
        [per-language.uk]
        ignore = ["softened"]
        severity = { TC403 = "off" }
        [fail-levels]
        TC3 = "warning"
        """,
    )
    config = load_config({}, {}, tmp_path)
    assert config.groups.value == (
        ("content/{lang}/**/{name}.md",), ("docs/{name}.md", "i18n/{lang}/{name}.md"), ("quotes/*.csv",), ("auto",),
    )  # fmt: skip
    assert config.per_file_ignores.value == (("archive/**", ("TC2", "date-changed")),)
    assert config.per_language.value == (("uk", LanguageRules(("softened",), (), (("TC403", "off"),))),)
    assert config.fail_levels.value == (("TC3", "warning"),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('failon = "note"', r"unknown key 'failon'; did you mean 'fail-on'\?"),
        ('fail_on = "note"', r"unknown key 'fail_on'; did you mean 'fail-on'\?"),
        ("zzz = 1", "unknown key 'zzz'; the keys are model, fail-on"),
        ('fail-on = "fatal"', "'fatal' is none of error, warning, note, never"),
        ("model = 1", "not the name of a model"),
        ("model = ", "transcheck.toml"),
        ('ignore = "TC2"', r"ignore \(.*\): 'TC2' is no list; write \[\"TC2\""),
        ("ignore = [2]", "2 is not what chooses checks"),
        ('ignore = ["TC999"]', r"no check is chosen by 'TC999'; did you mean 'TC"),
        ('select = ["number-chnaged"]', r"did you mean 'number-changed'\?"),
        ('fail-levels = { TC3 = "high" }', r"fail-levels\.TC3 \(.*'high' is none of error"),
        ('severity = { TCX = "note" }', "no check is chosen by 'TCX'"),
        ("severity = []", r"\[\] is no table; write \{ TC3"),
        ('per-language = { ua = { ignore = ["TC2"] } }', "'ua' is none of ru, uk, en"),
        (
            'per-language = { uk = { ignored = ["TC2"] } }',
            r"per-language\.uk \(.*unknown key 'ignored'; did you mean 'ign",
        ),
        ("per-language = { uk = 1 }", "1 is no table"),
        ('groups = ["content/*/{name}.md"]', r"without \{lang\}"),
        ('groups = ["", "auto"]', "'' is no pattern of paths"),
        ("groups = 1", "1 is no list"),
        ('require = ["de"]', "'de' is none of ru, uk, en"),
        ('lone = "no"', "'no' is none of error, named, ignore"),
        ("exclude = [1]", "1 is not a pattern of paths"),
        ("extend = 1", "1 is not the path of a file"),
        ('extend = "no.toml"', r"no\.toml: no such file"),
        ('extend = "transcheck.toml"', "cannot extend itself"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, text: str, message: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(ConfigError, match=message) as error:
        load_config({}, {}, tmp_path)
    assert str(path) in str(error.value)


def test_a_pyproject_that_is_named_needs_a_section(tmp_path: Path) -> None:
    path = _file(tmp_path, "[tool.other]\n", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"there is no \[tool\.transcheck\]"):
        load_config({}, {}, file=path)
    path.write_text("[tool]\ntranscheck = 1\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"write \[tool\.transcheck\]"):
        load_config({}, {}, tmp_path)


def test_what_is_wrong_in_the_environment_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="TRANSCHECK_FAIL_ON"):
        load_config({}, {"TRANSCHECK_FAIL_ON": "fatal"}, tmp_path)


def test_keys_are_written_with_hyphens() -> None:
    assert {"model", "fail-on", "per-file-ignores", "cache-dir"} <= set(keys())
    assert not any("_" in key for key in keys())
