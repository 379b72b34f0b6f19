"""Blobs in a file that several processes share and that anything may happen to."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from transcheck import store as module
from transcheck.store import APPLICATION, Store

A, B, C = (bytes([n]) * 32 for n in (1, 2, 3))
MB = 2**20


class Warnings(list[str]):
    """Keeps what it is told."""

    def __call__(self, message: str) -> None:
        self.append(message)


@pytest.fixture
def warnings() -> Warnings:
    return Warnings()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "x.sqlite"


def _reopened(path: Path, warnings: Warnings) -> dict[bytes, bytes]:
    store = Store(path, MB, warnings)
    found = store.get([A, B, C])
    store.close()
    return found


def test_what_is_put_is_there_for_the_next_process(path: Path, warnings: Warnings) -> None:
    store = Store(path, MB, warnings)
    store.put({A: b"one", B: b""})
    store.put({A: b"two"})
    assert store.get([A, B, C]) == {A: b"two", B: b""}
    assert store.info().entries == 2
    store.close()
    assert _reopened(path, warnings) == {A: b"two", B: b""}
    assert warnings == []
    assert sorted(p.name for p in path.parent.iterdir()) == ["x.sqlite"]


def test_many_keys_at_once(path: Path, warnings: Warnings) -> None:
    store = Store(path, 8 * MB, warnings)
    blobs = {n.to_bytes(32, "big"): str(n).encode() for n in range(3000)}
    store.put(blobs)
    assert store.get([*blobs, A]) == blobs
    store.close()


def test_clear_leaves_an_empty_small_file(path: Path, warnings: Warnings) -> None:
    store = Store(path, 8 * MB, warnings)
    store.put({A: b"x" * MB, B: b"y"})
    assert store.info().size > MB
    assert store.clear() == 2
    assert store.get([A, B]) == {}
    store.close()
    assert path.stat().st_size < MB / 4


def test_the_longest_unused_go_first(path: Path, warnings: Warnings, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000 * 86_400
    monkeypatch.setattr(time, "time", lambda: now)
    keys = [n.to_bytes(32, "big") for n in range(20)]
    store = Store(path, MB, warnings)
    store.put({key: bytes(40_000) for key in keys})
    store.close()
    now += 86_400
    store = Store(path, MB, warnings)
    assert set(store.get(keys[:3])) == set(keys[:3])
    store.close()
    now += 86_400
    store = Store(path, MB, warnings)
    store.put({n.to_bytes(32, "big"): bytes(40_000) for n in range(100, 110)})
    left = store.get(keys)
    assert set(keys[:3]) <= set(left)
    assert len(left) < len(keys)
    assert len(store.get([n.to_bytes(32, "big") for n in range(100, 110)])) == 10
    store.close()
    assert path.stat().st_size <= MB * 1.1
    assert warnings == []


@pytest.mark.parametrize(
    "content", [b"", b"no database at all, but long enough to look like a page of one" * 20, b"SQLite format 3\0" * 99]
)
def test_a_file_that_is_no_database_is_made_anew(path: Path, warnings: Warnings, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    store = Store(path, MB, warnings)
    store.put({A: b"one"})
    store.close()
    assert _reopened(path, warnings) == {A: b"one"}
    assert len(warnings) == bool(content)
    assert all(str(path) in w and "damaged" in w for w in warnings)


def test_a_file_damaged_in_the_middle_is_made_anew(path: Path, warnings: Warnings) -> None:
    store = Store(path, 8 * MB, warnings)
    store.put({n.to_bytes(32, "big"): bytes(3000) for n in range(500)})
    store.close()
    data = bytearray(path.read_bytes())
    data[20_000:] = b"\xff" * (len(data) - 20_000)
    path.write_bytes(data)
    store = Store(path, 8 * MB, warnings)
    store.get([n.to_bytes(32, "big") for n in range(500)])
    store.put({A: b"one"})
    assert store.get([A]) == {A: b"one"}
    store.close()
    assert len(warnings) == 1
    assert "damaged" in warnings[0]
    assert _reopened(path, warnings) == {A: b"one"}


def test_a_database_of_somebody_else_is_made_anew(path: Path, warnings: Warnings) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE blobs (a, b)")
        connection.commit()
    store = Store(path, MB, warnings)
    store.put({A: b"one"})
    store.close()
    assert _reopened(path, warnings) == {A: b"one"}
    assert warnings == [f"{path}: this is no cache of transcheck; it is made anew"]


def test_a_place_where_nothing_can_be_written_costs_nothing_but_a_warning(tmp_path: Path, warnings: Warnings) -> None:
    (tmp_path / "file").write_text("x")
    path = tmp_path / "file" / "folder" / "x.sqlite"
    store = Store(path, MB, warnings)
    store.put({A: b"one"})
    assert store.get([A]) == {}
    assert store.clear() == 0
    assert store.info().entries == 0
    store.close()
    assert len(warnings) == 1
    assert warnings[0].startswith(f"{path}: the cache cannot be written")


def test_a_file_that_cannot_be_written_is_read(path: Path, warnings: Warnings, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(path, MB, warnings)
    store.put({A: b"one"})
    store.close()
    connect: Callable[..., sqlite3.Connection] = module._connect

    def refused(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
        if not read_only:
            raise sqlite3.OperationalError("attempt to write a readonly database")
        return connect(path, read_only=True)

    monkeypatch.setattr(module, "_connect", refused)
    store = Store(path, MB, warnings)
    store.put({B: b"two"})
    assert store.get([A, B]) == {A: b"one"}
    store.close()
    assert warnings == [f"{path}: the cache cannot be written (attempt to write a readonly database); nothing is kept"]


def test_a_file_that_stays_locked_is_left_alone(
    path: Path, warnings: Warnings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.1)
    store = Store(path, MB, warnings)
    store.put({A: b"one"})
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        store.put({B: b"two"})
        assert store.get([A, B]) == {A: b"one"}
    store.put({C: b"three"})
    store.close()
    assert _reopened(path, warnings) == {A: b"one"}
    assert warnings == [f"{path}: the cache cannot be written (database is locked); nothing more is kept"]


WRITER = """
import sys
from pathlib import Path
from transcheck.store import Store

def warn(message):
    print(message)

number, path = int(sys.argv[1]), Path(sys.argv[2])
for turn in range(8):
    store = Store(path, 64 * 2**20, warn)
    for at in range(5):
        keys = [(1000 * (10 * turn + at) + n).to_bytes(32, "big") for n in range(number, number + 40)]
        store.put({key: key * 50 for key in keys})
        assert all(value == key * 50 for key, value in store.get(keys).items())
    store.close()
"""


@pytest.mark.parametrize("damaged", [False, True], ids=["new", "damaged"])
def test_processes_write_at_once(path: Path, warnings: Warnings, root: Path, damaged: bool) -> None:
    if damaged:
        path.parent.mkdir()
        path.write_bytes(b"no database" * 400)
    started = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(20 * n), str(path)],
            cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for n in range(4)
    ]  # fmt: skip
    for process in started:
        said, errors = process.communicate(timeout=600)
        assert (process.returncode, errors) == (0, "")
        assert all("made anew" in line for line in said.splitlines())
        assert damaged or said == ""
    store = Store(path, 64 * MB, warnings)
    keys = [(1000 * k + n).to_bytes(32, "big") for k in range(80) for n in range(100)]
    found = store.get(keys)
    assert all(value == key * 50 for key, value in found.items())
    store.close()
    assert warnings == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION,)
    if not damaged:
        assert len(found) == 8 * 5 * 100
