"""A second run of ``check``: the same in every byte, and without a model."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from transcheck.run import cache as module
from transcheck.run import pool

RU = "Мы вышли к реке в шесть утра. Нас было четырнадцать, и никто не стрелял.\n"
UK = "Ми вийшли до річки о шостій ранку. Нас було чотирнадцятеро, і ніхто не стріляв.\n"
EN = "We reached the river at six in the morning. There were forty of us, and nobody fired.\n"
HEAVY = {
    "langdetect", "markdown_it", "multiprocessing", "numpy", "onnxruntime", "openpyxl", "pandas", "pyarrow", "pypdf",
    "rich", "sentence_transformers", "sentencex", "tokenizers", "torch",
}  # fmt: skip


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    for number in range(3):
        for lang, text in (("ru", RU), ("uk", UK), ("en", EN)):
            path = folder / "content" / f"a{number}.{lang}.md"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"# {number}\n\n{text}", encoding="utf-8")
    (folder / "transcheck.toml").write_text('model = "fast"\n')
    monkeypatch.chdir(folder)
    monkeypatch.delenv("TRANSCHECK_NO_CACHE", raising=False)
    monkeypatch.delenv("TRANSCHECK_CACHE_DIR", raising=False)
    return folder


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of what is checked and not taken from the cache."""
    checked: list[str] = []
    make = pool._make
    monkeypatch.setattr(pool, "_make", lambda task, *a: checked.append(task.part.id) or make(task, *a))
    return checked


@pytest.mark.parametrize("format_", ["json", "sarif", "full", "csv"])
def test_a_second_run_says_the_same(
    repository: Path, invoke: Callable[..., Any], counted: list[str], format_: str
) -> None:
    fresh, again, anew = (invoke("check", "--format", format_, *a) for a in ((), (), ("--no-cache",)))
    assert counted == ["content/a0", "content/a1", "content/a2"] * 2
    assert fresh.exit_code == again.exit_code == anew.exit_code == 1
    assert fresh.stdout_bytes == again.stdout_bytes == anew.stdout_bytes
    assert fresh.stderr == again.stderr == anew.stderr


def test_a_second_run_imports_no_model_and_nothing_that_compares(repository: Path, root: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "transcheck", "check", "--jobs", "2", "--format", "concise"]
    runs = [
        subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
            env={"PYTHONPATH": str(root), "LC_ALL": "C"},
        )
        for _ in range(2)
    ]
    assert [r.returncode for r in runs] == [1, 1]
    assert runs[0].stdout == runs[1].stdout != ""
    imported = [set(re.findall(r"^import time:.*\|\s*([\w.]+)$", r.stderr, flags=re.MULTILINE)) for r in runs]
    tops = [{name.split(".")[0] for name in names} for names in imported]
    assert {"numpy", "tokenizers"} <= tops[0]
    assert tops[1] & (HEAVY - {"multiprocessing"}) == set()
    assert "transcheck.run.pipeline" in imported[0] - imported[1]


def test_other_options_choose_from_what_is_known(
    repository: Path, invoke: Callable[..., Any], counted: list[str]
) -> None:
    invoke("check")
    assert len(counted) == 3
    assert invoke("check", "--ignore", "TC3").exit_code == 0
    assert invoke("check", "--exit-zero", "content/a1.uk.md").exit_code == 0
    assert len(counted) == 3
    invoke("check", "--model", "fast", "content")
    assert len(counted) == 3


def test_a_new_suppression_is_seen(repository: Path, invoke: Callable[..., Any], counted: list[str]) -> None:
    invoke("check")
    path = repository / "content" / "a1.en.md"
    path.write_text(path.read_text("utf-8")[:-1] + " <!-- transcheck: ignore[TC301] so it is -->\n", encoding="utf-8")
    assert "1 suppressed" in invoke("check").stderr
    assert counted[3:] == ["content/a1"]


def test_where_it_lies(repository: Path, invoke: Callable[..., Any], tmp_path: Path) -> None:
    invoke("check", "content/a0.ru.md")
    folder = repository / ".transcheck_cache"
    assert {p.name for p in folder.iterdir()} >= {".gitignore", "CACHEDIR.TAG", "results.sqlite"}
    invoke("check", "--cache-dir", str(tmp_path / "other"))
    assert (tmp_path / "other" / "results.sqlite").is_file()
    (repository / "transcheck.toml").write_text('model = "fast"\ncache-dir = "mine"\n')
    invoke("check")
    assert (repository / "mine" / "results.sqlite").is_file()


@pytest.mark.parametrize("way", ["option", "environment"])
def test_without_it_nothing_is_kept(
    repository: Path, invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "environment":
        monkeypatch.setenv("TRANSCHECK_NO_CACHE", "1")
    invoke("check", *(["--no-cache"] if way == "option" else []))
    assert not (repository / ".transcheck_cache").exists()


def test_info_and_clear(repository: Path, invoke: Callable[..., Any]) -> None:
    folder = repository / ".transcheck_cache"
    assert invoke("cache", "info").stdout == f"{folder} (default)\n"
    assert invoke("cache", "clear").stdout == f"{folder}: 0 entries removed\n"
    assert not folder.exists()
    invoke("check")
    assert re.fullmatch(
        rf"{re.escape(str(folder))} \(default\)\n  results: 3 in \d+\.\d MB\n", invoke("cache", "info").stdout
    )
    assert invoke("cache", "clear", "content").stdout == f"{folder}: 3 entries removed\n"
    assert "results: 0 in" in invoke("cache", "info", "content/a0.ru.md").stdout
    other = invoke("cache", "info", "--cache-dir", "x")
    assert (other.stdout, other.exit_code) == ("x (command line)\n", 0)


def test_a_damaged_file_is_a_warning(repository: Path, invoke: Callable[..., Any]) -> None:
    plain = invoke("check")
    path = repository / ".transcheck_cache" / module.RESULTS
    path.write_bytes(b"no database " * 500)
    damaged = invoke("check")
    assert damaged.stdout == plain.stdout
    assert damaged.exit_code == plain.exit_code
    assert damaged.stderr.startswith(
        f"warning: {path}: the cache is damaged (file is not a database); it is made anew\n"
    )
    assert invoke("check").stderr == plain.stderr


def test_a_folder_that_cannot_be_made_is_a_warning(repository: Path, invoke: Callable[..., Any]) -> None:
    plain = invoke("check", "--no-cache")
    refused = invoke("check", "--cache-dir", "transcheck.toml/x")
    assert (refused.stdout, refused.exit_code) == (plain.stdout, plain.exit_code)
    first, *rest = refused.stderr.splitlines()
    assert first.startswith("warning: transcheck.toml/x/results.sqlite: the cache cannot be written")
    assert rest == plain.stderr.splitlines()
