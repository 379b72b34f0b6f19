"""The folder of what was found, and what its keys depend on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from transcheck.encode import Deferred
from transcheck.encode import deferred as deferred_module
from transcheck.run import cache as module
from transcheck.run.cache import Cache, clear, info, part_key, program
from transcheck.run.codec import to_bytes
from transcheck.types import DocumentReport

CONTENTS = (("ru", "a.ru.md", "1f"), ("uk", "a.uk.md", "2f"))
REPORT = DocumentReport("a", error="a: no text")


def _key(about: tuple[str, ...] = ("a",), contents: tuple[tuple[str, str, str], ...] = CONTENTS) -> bytes:
    return part_key(Deferred("fast"), about, contents)


def test_what_is_kept_is_there_again(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "cache"
    cache = Cache(folder, pytest.fail)
    cache.put(b"k" * 32, to_bytes([REPORT]))
    cache.put(b"b" * 32, b"broken")
    cache.close()
    cache = Cache(folder, pytest.fail)
    assert cache.get([b"k" * 32, b"b" * 32, b"n" * 32]) == {b"k" * 32: (REPORT,)}
    cache.close()
    assert (folder / ".gitignore").read_text() == "*\n"
    assert (folder / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55\n")
    assert [i.entries for i in info(folder, pytest.fail)] == [2]
    assert clear(folder, pytest.fail) == 2
    assert [i.entries for i in info(folder, pytest.fail)] == [0]


def test_a_folder_that_was_there_is_left_as_it_is(tmp_path: Path) -> None:
    Cache(tmp_path, pytest.fail).close()
    assert [p.name for p in tmp_path.iterdir()] == ["results.sqlite"]


def test_there_may_be_no_cache(tmp_path: Path) -> None:
    assert info(tmp_path / "none", pytest.fail) == []
    assert clear(tmp_path / "none", pytest.fail) == 0
    assert list(tmp_path.iterdir()) == []


def test_the_key_names_everything_that_findings_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    one = _key()
    assert one == _key()
    assert len(one) == 32
    others = [
        _key(("b",)),
        _key(("a", "")),
        _key(contents=(("ru", "a.ru.md", "1f"), ("uk", "a.uk.md", "2e"))),
        _key(contents=(("ru", "a.ru.md", "1f"), ("uk", "b.uk.md", "2f"))),
        _key(contents=(("ru", "a.ru.md", "1f"), ("en", "a.uk.md", "2f"))),
        _key(contents=CONTENTS[:1]),
        part_key(Deferred(None), ("a",), CONTENTS),
    ]
    monkeypatch.setattr(deferred_module, "revision", lambda _: "another")
    others.append(_key())
    monkeypatch.undo()
    monkeypatch.setattr(module, "program", lambda: "another")
    others.append(_key())
    assert len({one, *others}) == 10


def test_nothing_is_kept_of_a_model_that_cannot_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferred_module, "revision", lambda _: None)
    assert _key() == b""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package in the place of the program."""
    folder = tmp_path / "transcheck"
    for name in ("__init__.py", "checks/a.py", "text/data/a.toml", "cli/app.py", "report/json.py", "models/x/w.bin"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("1", encoding="utf-8")
    monkeypatch.setattr(module, "_PACKAGE", folder)
    return folder


def _program() -> str:
    program.cache_clear()
    return program()


@pytest.mark.parametrize(
    ("name", "matters"),
    [
        ("checks/a.py", True), ("text/data/a.toml", True), ("checks/new.py", True), ("checks/cli/new.py", True),
        ("cli/app.py", False), ("report/json.py", False), ("models/x/w.bin", False),
        ("checks/__pycache__/a.pyc", False),
    ],
)  # fmt: skip
def test_code_and_tables_are_told_by_their_content(package: Path, name: str, matters: bool) -> None:
    before = _program()
    path = package / name
    about = path.stat() if path.exists() else None
    path.parent.mkdir(exist_ok=True)
    path.write_text("2", encoding="utf-8")
    if about:  # a change that neither size nor time shows
        os.utime(path, ns=(about.st_atime_ns, about.st_mtime_ns))
    assert (_program() != before) is matters
    if about:
        path.write_text("1", encoding="utf-8")
        assert _program() == before
    program.cache_clear()


def test_packages_and_the_interpreter_matter(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {_program()}
    monkeypatch.setattr(module, "versions", lambda names: [f"{n} 0" for n in names])
    seen.add(_program())
    monkeypatch.setattr(module.sys, "version_info", (3, 99))
    seen.add(_program())
    assert len(seen) == 3
    program.cache_clear()


def test_packages_that_texts_are_read_with_are_all_named(root: Path) -> None:
    import tomllib

    needed = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    names = {n.split(">")[0] for n in needed}
    shown = {"openpyxl", "pandas", "pyarrow", "rich", "typer"}  # tables of records, terminals
    assert names - shown <= {*module._PACKAGES, "onnxruntime"}
    assert set(module._PACKAGES) <= names
