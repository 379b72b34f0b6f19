"""Versions that stand beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.read.groups import find_groups, read_groups
from transcheck.read.records import Failure
from transcheck.types import Document, InputError


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    texts = {"ru": "Мы дома.", "uk": "Ми вдома.", "en": "We are at home."}
    names = [
        "a.ru.md", "a.uk.md", "a.en.md", "sub/b.ru.txt", "sub/b.ua.txt", "lone.en.md", ".hidden/c.ru.md",
        ".hidden/c.uk.md", ".d.ru.md", ".d.uk.md", "notes-en.md", "notes-ru.md", "e.ru.rtf", "e.uk.rtf",
    ]  # fmt: skip
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        lang = name.split(".")[-2].replace("ua", "uk")[-2:]
        path.write_text(texts[lang], encoding="utf-8")
    (tmp_path / "README.md").write_text("Readme", encoding="utf-8")
    return tmp_path


def test_groups_of_a_folder(tree: Path) -> None:
    found = find_groups([tree])
    assert [(Path(i).relative_to(tree).as_posix(), list(files)) for i, files in found.groups] == [
        ("a", ["ru", "uk", "en"]),
        ("sub/b", ["ru", "uk"]),
    ]
    assert found.lone == (tree / "lone.en.md",)


def test_a_file_stands_for_its_group_once(tree: Path) -> None:
    found = find_groups([tree / "a.uk.md", tree / "a.en.md", tree / "sub"])
    assert [Path(i).name for i, _ in found.groups] == ["a", "b"]
    assert found.groups[0][1] == {lang: tree / f"a.{lang}.md" for lang in ("ru", "uk", "en")}


def test_a_file_without_language_or_sibling_is_lone(tree: Path) -> None:
    assert find_groups([tree / "README.md"]).lone == (tree / "README.md",)
    messages = [r.message for r in read_groups([tree / "README.md", tree / "lone.en.md"]) if isinstance(r, Failure)]
    assert "name the versions README.ru.md" in messages[0]
    assert "add lone.ru.md or lone.uk.md" in messages[1]


def test_a_group_that_cannot_be_read_does_not_stop_the_others(tree: Path) -> None:
    (tree / "a.uk.md").write_bytes(b"\x00")
    first, second, lone = read_groups([tree])
    assert isinstance(first, Failure)
    assert "a.uk.md" in first.message
    assert isinstance(second, Document)
    assert second.id.endswith("sub/b")
    assert second.langs == ("ru", "uk")
    assert isinstance(lone, Failure)


def test_two_files_in_one_language_are_refused(tree: Path) -> None:
    (tree / "a.ua.md").write_text("Ми вдома.", encoding="utf-8")
    with pytest.raises(InputError, match="both the uk version"):
        find_groups([tree])


def test_nothing_to_check_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"NAME\.ru\.md"):
        find_groups([tmp_path])
    with pytest.raises(InputError, match="no such file"):
        find_groups([tmp_path / "x"])
