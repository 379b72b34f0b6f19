"""Parts checked in one process and in several, with what was found before and without."""

from __future__ import annotations

import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from transcheck.encode import Deferred
from transcheck.read.groups import find_groups
from transcheck.run import pool as module
from transcheck.run.batch import check_item
from transcheck.run.cache import Cache, program
from transcheck.run.parts import Part, group_part, parts_of
from transcheck.run.pool import Means, check_parts
from transcheck.types import DocumentReport

Found = list[tuple[DocumentReport, ...]]


@pytest.fixture
def repository(tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of seven groups, one of which cannot be compared, and a file of translators."""
    folder = tmp_path / "repository"
    folder.mkdir()
    for path in (root / "samples" / "newsroom" / "content").glob("ferry.*.md"):
        shutil.copy(path, folder)
    for name in ("a", "b", "c", "d", "e"):
        for lang, text in (("ru", "Суд отложили на 5 дней."), ("uk", "Суд відклали на 6 днів.")):
            (folder / f"{name}.{lang}.txt").write_text(text, encoding="utf-8")
    (folder / "empty.ru.txt").write_text("", encoding="utf-8")
    (folder / "empty.uk.txt").write_text("Суд.", encoding="utf-8")
    (folder / "site.po").write_text(
        'msgid ""\nmsgstr "Language: uk\\n"\n\nmsgid "Five days"\nmsgstr "Шість днів"\n', encoding="utf-8"
    )
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    cache = Cache(tmp_path / "cache", pytest.fail)
    yield cache
    cache.close()


def _parts() -> list[Part]:
    return [p for p in parts_of(find_groups([Path()])) if isinstance(p, Part)]


def _run(cache: Cache | None = None, processes: int = 1) -> Found:
    return list(check_parts(_parts(), Deferred("fast"), Means(cache, processes)))


def _unable(*_: object) -> Iterator[DocumentReport]:
    raise AssertionError("nothing was to be checked")


def test_one_process_finds_what_documents_by_themselves_have(repository: Path) -> None:
    encoder = Deferred("fast").load()
    plain = [r for part in _parts() for item in part.documents() for r in check_item(item, encoder)]
    assert [r for reports in _run() for r in reports] == plain
    assert {r.status for r in plain} == {"ok", "error"}
    assert sum(len(r.findings) for r in plain) > 5


def test_the_number_of_processes_changes_nothing(
    repository: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = _run()
    monkeypatch.setattr(module, "_FEW", 1)
    progress: list[int] = []
    parts = _parts()
    made = list(check_parts(parts, Deferred("fast"), Means(None, 3), lambda: progress.append(1)))
    assert made == alone
    assert repr(made) == repr(alone)
    assert len(progress) == len(parts)
    assert _run(cache, 2) == alone
    assert multiprocessing.active_children() == []


def test_the_order_of_the_parts_changes_no_report(repository: Path) -> None:
    parts = _parts()
    backwards = list(check_parts(parts[::-1], Deferred("fast")))
    assert backwards[::-1] == _run()


def test_a_second_run_checks_nothing_and_finds_the_same(
    repository: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = _run(cache)
    monkeypatch.setattr(module, "_make", _unable)
    encoder = Deferred("fast")
    second = list(check_parts(_parts(), encoder, Means(cache, 2)))
    assert second == first
    assert repr(second) == repr(first)
    assert not encoder.loaded


def test_only_what_changed_is_checked_again(repository: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _run(cache)
    (repository / "c.uk.txt").write_text("Суд відклали на 5 днів.", encoding="utf-8")
    checked = []
    make = module._make
    monkeypatch.setattr(module, "_make", lambda task, *a: checked.append(task.part.id) or make(task, *a))
    second = _run(cache)
    assert checked == ["c"]
    ids = [r[0].id for r in first]
    assert [a == b for a, b in zip(first, second, strict=True)] == [i != "c" for i in ids]
    assert second[ids.index("c")][0].findings == ()
    shutil.copy(repository / "a.uk.txt", repository / "c.uk.txt")
    assert _run(cache) == first
    assert checked == ["c"]


def test_the_model_and_the_program_make_it_all_anew(
    repository: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(cache)
    monkeypatch.setattr(module, "_make", _unable)
    with pytest.raises(AssertionError, match="nothing was to be checked"):
        list(check_parts(_parts(), Deferred(None), Means(cache)))
    monkeypatch.setattr("transcheck.run.cache.program", lambda: program() + "x")
    with pytest.raises(AssertionError, match="nothing was to be checked"):
        _run(cache)


def test_unsaved_text_is_what_is_checked(repository: Path, cache: Cache) -> None:
    before = _run(cache)
    group = next(g for g in find_groups([Path()]).groups if g.id == "a")
    path = dict(group.files)["uk"]
    part = group_part(group, {path: "Суд відклали на 5 днів.".encode(), Path("other"): b""})
    assert dict(part.unsaved).keys() == {path}
    assert [r.findings for r in next(check_parts([part], Deferred("fast"), Means(cache)))] == [()]
    assert _run(cache) == before


def test_what_changed_under_the_reader_is_not_kept(
    repository: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = Part.documents

    def changed(part: Part) -> object:
        found = documents(part)
        if part.id == "a":
            (repository / "a.uk.txt").write_text("Суд відклали на 7 днів.", encoding="utf-8")
        return found

    monkeypatch.setattr(Part, "documents", changed)
    entries = len(_run(cache))
    assert cache.results.info().entries == entries - 1


def test_the_work_goes_on_here_where_a_process_is_killed(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = _run()

    def killed(*_: object) -> Iterator[object]:
        yield module._Made(alone[0], stable=True)
        raise BrokenProcessPool("killed")

    monkeypatch.setattr(module, "_FEW", 1)
    monkeypatch.setattr(module, "_by_others", killed)
    assert _run(None, 2) == alone


def test_two_runs_at_once_share_a_cache(repository: Path, tmp_path: Path, root: Path) -> None:
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from transcheck.encode import Deferred; from transcheck.read.groups import find_groups\n"
        "from transcheck.run.cache import Cache; from transcheck.run.parts import parts_of\n"
        "from transcheck.run.pool import Means, check_parts\n"
        "cache = Cache(Path(sys.argv[2]), print)\n"
        "parts = list(parts_of(find_groups([Path()])))\n"
        "print(list(check_parts(parts, Deferred('fast'), Means(cache)))); cache.close()\n"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(root), str(tmp_path / "shared")], stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=600)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0]
    assert said == [repr(_run()) + "\n"] * 3
