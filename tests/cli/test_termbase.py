"""``--termbase`` and the setting of the same name, from files to the exit code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

TABLE = "concept\tru\tuk\tru-forbidden\tnote\nferry\tпаром\tпором\tкорабль\tit has no keel\n"
SAYS = (
    "error TC208 forbidden term for [ferry]: ru “Корабль”, where uk “Пором”; allowed in ru: паром (it has no keel) [ru]"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.ru.txt").write_text("Корабль ходит двенадцать раз в день.", encoding="utf-8")
    (tmp_path / "a.uk.txt").write_text("Пором ходить дванадцять разів на день.", encoding="utf-8")
    (tmp_path / "terms.tsv").write_text(TABLE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


FAST = ("--model", "fast")
COMPARE = ("compare", "a.ru.txt", "a.uk.txt", "--format", "concise", *FAST)
CHECK = ("check", "a.ru.txt", "--no-cache", *FAST)


@pytest.mark.parametrize("command", [COMPARE, CHECK], ids=lambda c: c[0])
def test_the_option(folder: Path, invoke: Callable[..., Any], command: tuple[str, ...]) -> None:
    assert "TC208" not in invoke(*command).stdout
    result = invoke(*command, "--termbase", "terms.tsv")
    assert SAYS in result.stdout
    assert result.exit_code == 1


def test_the_setting(folder: Path, invoke: Callable[..., Any]) -> None:
    (folder / "transcheck.toml").write_text('termbase = ["terms.tsv"]\n', encoding="utf-8")
    assert SAYS in invoke(*CHECK).stdout
    assert SAYS in invoke(*COMPARE).stdout
    assert "TC208" not in invoke(*CHECK, "--ignore", "termbase").stdout


def test_tables_of_quotes(folder: Path, invoke: Callable[..., Any]) -> None:
    (folder / "q.csv").write_text("id,ru,uk\n1,Корабль ушёл.,Пором пішов.\n", encoding="utf-8")
    result = invoke("audit", "q.csv", "--format", "concise", "--termbase", "terms.tsv", *FAST)
    assert SAYS in result.stdout


@pytest.mark.parametrize("command", [COMPARE, CHECK, ("audit", "a.ru.txt", "a.uk.txt", *FAST)], ids=lambda c: c[0])
def test_a_broken_termbase_is_no_finding(folder: Path, invoke: Callable[..., Any], command: tuple[str, ...]) -> None:
    (folder / "terms.tsv").write_text(TABLE.replace("note", "notes"), encoding="utf-8")
    result = invoke(*command, "--termbase", "terms.tsv")
    assert result.exit_code == 2
    assert "termbase (command line): terms.tsv, line 1: unknown column 'notes'; did you mean 'note'?" in " ".join(
        result.stderr.split()
    )
