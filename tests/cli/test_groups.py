"""``groups`` lists what belongs together and what is missing."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RU, UK = "Мы вышли к реке, и никто не стрелял.", "Ми вийшли до річки, і ніхто не стріляв."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"content/ru/a.md": RU, "content/uk/a.md": UK, "b.ru.md": RU, "README.md": RU}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "m.po").write_text("", encoding="utf-8")
    return tmp_path


def test_groups_as_text(invoke: Callable[..., Any], folder: Path) -> None:
    result = invoke("groups")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "content/a  (content/{lang}/…; missing: en)",
        "  ru  content/ru/a.md",
        "  uk  content/uk/a.md",
        "m.po  (a table of texts)",
        "b.ru.md  (alone: ru)",
        "1 group, 1 table, 1 text alone, 1 file whose name tells no language; 1 with a version missing",
    ]


def test_groups_as_json(invoke: Callable[..., Any], folder: Path) -> None:
    (folder / "transcheck.toml").write_text('exclude = ["m.po"]', encoding="utf-8")
    found = json.loads(invoke("groups", ".", "m.po", "--format", "json", "--require", "ru,uk").stdout)
    assert found == {
        "schema_version": 1,
        "root": str(folder),
        "groups": [
            {
                "id": "content/a",
                "files": {"ru": "content/ru/a.md", "uk": "content/uk/a.md"},
                "missing": [],
                "layout": "content/{lang}/…",
            }
        ],
        "tables": [],
        "alone": [{"file": "b.ru.md", "lang": "ru"}],
        "untold": ["README.md"],
        "excluded": ["m.po"],
        "problems": [],
    }


def test_exit_codes(invoke: Callable[..., Any], folder: Path) -> None:
    assert invoke("groups", "content", "--require", "ru,uk").exit_code == 0
    assert invoke("groups", "content", "--require", "ru,en").exit_code == 1
    assert invoke("groups", "b.ru.md", "--require", "ru,uk").exit_code == 1
    (folder / "content" / "ua").mkdir()
    (folder / "content" / "ua" / "a.md").write_text(UK, encoding="utf-8")
    result = invoke("groups", "content")
    assert result.exit_code == 2
    assert "are both the uk version" in result.stderr
    assert invoke("groups", "missing").exit_code == 2
    assert invoke("groups", "--format", "xml").exit_code == 2


def test_groups_to_a_file(invoke: Callable[..., Any], folder: Path) -> None:
    assert invoke("groups", "-o", "groups.txt").stdout == ""
    assert (folder / "groups.txt").read_text("utf-8").startswith("content/a ")
