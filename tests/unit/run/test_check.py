"""A repository of texts, from its files to a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from transcheck.encode import load_encoder
from transcheck.run.check import check_repository, find, layout
from transcheck.run.config import Config, Setting
from transcheck.types import DocumentReport, Encoder, InputError, Report

RU = "Мы вышли к реке в шесть утра. Нас было четырнадцать, и никто не стрелял.\n"
UK = "Ми вийшли до річки о шостій ранку. Нас було чотирнадцятеро, і ніхто не стріляв.\n"
EN = "We reached the river at six in the morning. There were forty of us, and nobody fired.\n"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder("fast")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    files = {"a.ru.md": RU, "a.uk.md": UK, "sub/b.ru.md": RU, "sub/b.uk.md": UK, "lone.en.md": EN, "README.md": EN}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def _config(**values: Any) -> Config:
    return Config(**{name: Setting(value, "test") for name, value in values.items()}, root=Path.cwd())


def _check(encoder: Encoder, config: Config, *paths: str, unsaved: Mapping[Path, bytes] | None = None) -> Report:
    found = find([Path(p) for p in paths], config, unsaved)
    return check_repository(found, config, encoder, unsaved=unsaved)


def _found(report: Report) -> dict[str, list[tuple[str, str | None]]]:
    return {d.id: [(f.code, f.lang) for f in d.findings] for d in report.documents}


def test_every_group_is_a_document_and_what_is_not_checked_is_named(folder: Path, encoder: Encoder) -> None:
    (folder / "bad.ru.md").write_bytes(b"\x00")
    (folder / "bad.uk.md").write_text(UK, encoding="utf-8")
    report = _check(encoder, _config(exclude=("sub/b.uk.md",)), ".", "sub/b.uk.md")
    assert [(d.id, d.status) for d in report.documents] == [("a", "ok"), ("bad", "error")]
    assert [(s.path, s.reason, s.settled) for s in report.skipped] == [
        ("lone.en.md", "alone", False),
        ("sub/b.ru.md", "alone", False),
        ("README.md", "untold", False),
        ("sub/b.uk.md", "excluded", True),
    ]
    assert report.skipped[-1].message == "sub/b.uk.md: excluded (test)"


@pytest.mark.parametrize(
    ("lone", "named", "status"),
    [
        ("error", "lone.en.md", "error"),
        ("error", ".", "error"),
        ("named", "lone.en.md", "error"),
        ("named", ".", ""),
        ("ignore", "lone.en.md", ""),
        ("ignore", ".", ""),
    ],
)
def test_a_text_alone(folder: Path, encoder: Encoder, lone: str, named: str, status: str) -> None:
    report = _check(encoder, _config(lone=lone), named)
    errors = [d.id for d in report.documents if d.error]
    assert errors == (["lone.en.md"] if status else [])
    assert [(s.path, s.settled) for s in report.skipped if s.reason == "alone"] == (
        [] if status else [("lone.en.md", lone == "ignore")]
    )


def test_a_required_version_that_is_missing_is_a_finding(folder: Path, encoder: Encoder) -> None:
    report = _check(encoder, _config(require=("ru", "uk", "en")))
    assert _found(report) == {
        "a": [("TC105", "en")],
        "sub/b": [("TC105", "en")],
        "lone": [("TC105", "ru"), ("TC105", "uk")],
    }
    assert [s.reason for s in report.skipped] == ["untold"]
    assert len({f.fingerprint for f in report.findings}) == 4
    first = report.findings[0]
    assert (first.message, first.span.start, first.span.end) == ("there is no en version beside a.ru.md, a.uk.md", 0, 0)


def test_what_is_said_in_a_file_holds_for_its_missing_versions(folder: Path, encoder: Encoder) -> None:
    for name, text in (("a.ru.md", RU), ("lone.en.md", EN)):
        comment = "<!-- transcheck: ignore-file[TC105] not to be translated -->\n\n"
        (folder / name).write_text(comment + text, encoding="utf-8")
    report = _check(encoder, _config(require=("ru", "uk", "en")), "a.ru.md", "lone.en.md")
    assert _found(report) == {"a": [], "lone": []}
    assert [len(d.suppressed) for d in report.documents] == [1, 2]
    assert report.exit_code == 0


def test_a_required_version_that_nobody_asks_for_leaves_a_text_alone(folder: Path, encoder: Encoder) -> None:
    report = _check(encoder, _config(require=("ru", "uk", "en"), ignore=("TC105",)))
    assert _found(report) == {"a": [], "sub/b": []}
    assert [s.path for s in report.skipped if s.reason == "alone"] == ["lone.en.md"]


def test_what_an_editor_has_not_saved_is_what_is_checked(folder: Path, encoder: Encoder) -> None:
    unsaved = {folder / "a.en.md": EN.encode()}
    report = _check(encoder, _config(), "a.ru.md", unsaved=unsaved)
    assert _found(report) == {"a": [("TC301", "en")]}
    assert not (folder / "a.en.md").exists()


def test_a_manifest_is_checked_besides_as_whole_texts(folder: Path, encoder: Encoder) -> None:
    (folder / "list.csv").write_text("id,ru,en\none,a.ru.md,lone.en.md\ntwo,a.ru.md,gone.md\n", encoding="utf-8")
    report = _check(encoder, _config(manifest="list.csv"), "sub")
    assert _found(report) == {"sub/b": [], "one": [("TC301", None)], "two": []}
    errors = [d.error for d in report.documents if d.error]
    assert len(errors) == 1
    assert "gone.md: no such file" in errors[0]
    (folder / "empty").mkdir()
    assert list(_found(_check(encoder, _config(manifest="list.csv"), "empty"))) == ["one", "two"]
    broken = _check(encoder, _config(manifest="no.csv"), "sub")
    assert [d.status for d in broken.documents] == ["ok", "error"]


def test_the_paths_of_the_configuration_and_what_is_found_nowhere(folder: Path, encoder: Encoder) -> None:
    assert list(_found(_check(encoder, _config(paths=("sub",))))) == ["sub/b"]
    (folder / "empty").mkdir()
    with pytest.raises(InputError, match="empty: no texts found"):
        find([Path("empty")], _config())


def test_the_layout_of_the_configuration() -> None:
    found = layout(_config(groups=(("a/{lang}/{name}.md",), ("auto",)), exclude=("x",)))
    assert (found.patterns, found.auto, found.exclude) == ((("a/{lang}/{name}.md",),), True, ("x",))
    assert not layout(_config(groups=(("a/{lang}/{name}.md",),))).auto


def test_silencers_come_in_their_order_and_see_every_report(folder: Path, encoder: Encoder) -> None:
    seen: list[list[str]] = []

    def look(reports: Sequence[DocumentReport]) -> Sequence[DocumentReport]:
        seen.append([d.id for d in reports])
        return reports

    def first(reports: Sequence[DocumentReport]) -> Sequence[DocumentReport]:
        return reports[:1]

    report = check_repository(find([], _config()), _config(), encoder, silence=[look, first, look])
    assert seen == [["a", "sub/b"], ["a"]]
    assert [d.id for d in report.documents] == ["a"]
