"""From groups to documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.read.groups import Layout, find_groups, read_group, read_groups
from transcheck.read.records import Failure
from transcheck.types import Document

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: uk\\n"\n\nmsgid "Good"\nmsgstr "Добре"\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    texts = {
        "a.ru.md": "Мы дома.",
        "a.uk.md": "Ми вдома.",
        "b.ru.md": "Мы.",
        "b.uk.md": "Ми.",
        "lone.en.md": "At home.",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "README.md").write_text("Readme", encoding="utf-8")
    return tmp_path


def test_a_group_that_cannot_be_read_does_not_stop_the_others(folder: Path) -> None:
    (folder / "a.uk.md").write_bytes(b"\x00")
    (folder / "m.po").write_text(PO, encoding="utf-8")
    (folder / "bad.po").write_text("msgid", encoding="utf-8")
    first, second, bad, unit, lone = read_groups([Path()])
    assert isinstance(first, Failure)
    assert "a.uk.md" in first.message
    assert isinstance(second, Document)
    assert (second.id, second.langs, second.versions[1].origin) == ("b", ("ru", "uk"), "b.uk.md")
    assert isinstance(bad, Failure)
    assert bad.message.startswith("bad.po")
    assert isinstance(unit, Document)
    assert unit.langs == ("uk", "en")
    assert isinstance(lone, Failure)


def test_why_a_text_is_alone(folder: Path) -> None:
    (folder / "uk").mkdir()
    (folder / "uk" / "c.md").write_text("Ми.", encoding="utf-8")
    found = read_groups([Path(p) for p in ("README.md", "lone.en.md", "uk/c.md")])
    messages = {f.id: f.message for f in found if isinstance(f, Failure)}
    assert "name the versions README.ru.md" in messages["README.md"]
    assert "add lone.ru.md or lone.uk.md" in messages["lone.en.md"]
    assert "add the ru version or the en version" in messages["uk/c.md"]


def test_what_is_not_saved_takes_the_place_of_the_file(folder: Path) -> None:
    unsaved = {Path("a.uk.md"): "Нас не було вдома.".encode()}
    (group,) = find_groups([Path("a.uk.md")], Layout(folder), unsaved).groups
    document = read_group(group, unsaved)
    assert isinstance(document, Document)
    assert [v.text for v in document.versions] == ["Мы дома.", "Нас не було вдома."]
