"""Termbases of the configuration, and what depends on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.encode import Deferred
from transcheck.read.groups import find_groups
from transcheck.run import pool
from transcheck.run.cache import Cache
from transcheck.run.config import Config, load_config
from transcheck.run.parts import Part, parts_of
from transcheck.run.pool import Means, check_parts
from transcheck.run.termbase import load_termbase, read_termbases
from transcheck.types import NO_TERMS, ConfigError, Termbase

TABLE = "concept\tru\tuk\tru-forbidden\nferry\tпаром\tпором\tкорабль\n"


def _file(folder: Path, text: str = TABLE, name: str = "terms.tsv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_none_is_none() -> None:
    assert load_termbase(Config()) == NO_TERMS


def test_paths_count_from_the_file_that_names_them(tmp_path: Path) -> None:
    _file(tmp_path)
    (tmp_path / "transcheck.toml").write_text('termbase = ["terms.tsv"]', encoding="utf-8")
    (tmp_path / "inner").mkdir()
    config = load_config({}, {}, tmp_path / "inner")
    assert config.termbase.origin == str((tmp_path / "transcheck.toml").resolve())
    assert [c.name for c in load_termbase(config).concepts] == ["ferry"]


def test_the_command_line_and_the_environment_win(tmp_path: Path) -> None:
    (tmp_path / "transcheck.toml").write_text('termbase = ["no.tsv"]', encoding="utf-8")
    one, two = _file(tmp_path), _file(tmp_path, TABLE.replace("ferry", "boat"), "b.tsv")
    config = load_config({"termbase": [str(one), str(two)]}, {}, tmp_path)
    assert [c.name for c in load_termbase(config).concepts] == ["ferry", "boat"]
    config = load_config({}, {"TRANSCHECK_TERMBASE": f"{two}"}, tmp_path)
    assert [c.name for c in load_termbase(config).concepts] == ["boat"]


def test_what_is_wrong_names_setting_file_and_line(tmp_path: Path) -> None:
    path = _file(tmp_path, "ru\tflags\nпаром\tmust\n")
    with pytest.raises(ConfigError, match=r"^termbase \(x\): .*terms\.tsv, line 2: 'must' is not a flag"):
        read_termbases([path], "termbase (x)")
    with pytest.raises(ConfigError, match=r"^termbase \(x\): .*no\.tsv: no such file; check the name"):
        read_termbases([tmp_path / "no.tsv"], "termbase (x)")


def test_the_digest_tells_contents_apart(tmp_path: Path) -> None:
    one, two = _file(tmp_path), _file(tmp_path, TABLE.replace("паром", "судно"), "b.tsv")
    same = _file(tmp_path, TABLE, "c.tsv")
    digests = [read_termbases(paths, "x").digest for paths in ([one], [two], [one, two], [two, one], [same])]
    assert digests[0] == digests[4]
    assert len({*digests, NO_TERMS.digest}) == 5


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Part]:
    (tmp_path / "a.ru.txt").write_text("Корабль ходит двенадцать раз в день.", encoding="utf-8")
    (tmp_path / "a.uk.txt").write_text("Пором ходить дванадцять разів на день.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return [p for p in parts_of(find_groups([Path()])) if isinstance(p, Part)]


def _codes(parts: list[Part], terms: Termbase, means: Means | None = None) -> list[str]:
    found = check_parts(parts, Deferred("fast"), means, termbase=terms)
    return [f.code for reports in found for report in reports for f in report.findings]


@pytest.mark.slow
def test_what_is_kept_holds_for_the_same_terms_alone(
    parts: list[Part], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(tmp_path / "cache", pytest.fail)
    terms = read_termbases([_file(tmp_path)], "x")
    assert "TC208" not in _codes(parts, NO_TERMS, Means(cache))
    assert "TC208" in _codes(parts, terms, Means(cache))
    monkeypatch.setattr(pool, "_make", lambda *_: pytest.fail("nothing was to be checked"))
    assert "TC208" in _codes(parts, terms, Means(cache))
    assert "TC208" not in _codes(parts, NO_TERMS, Means(cache))
    cache.close()


@pytest.mark.slow
def test_other_processes_know_the_terms(parts: list[Part], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_FEW", 0.5)
    terms = read_termbases([_file(tmp_path)], "x")
    assert "TC208" in _codes(parts, terms, Means(None, 2))
