"""Blobs by key in one sqlite file that several processes share; what it holds can be thrown away at any time.

Nothing that goes wrong with the file stops the work: it is said once, and what cannot be read is computed again.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

APPLICATION = 0x54434B31
"""``application_id`` of our files (sqlite, "pragma application_id"): the letters TCK1."""

SUFFIX = ".sqlite"

_DAY = 86_400
_PATIENCE = 10.0
"""Seconds to wait for another process that writes."""
_MOMENT = 0.05
"""Seconds that a process needs to put an empty file in the place of a damaged one."""
_AT_ONCE = 400
"""Keys asked for in one query."""
_PAGE = 16_384
"""Bytes of a page: several vectors of sentences, or a report."""
_FULL = 0.8
"""What is kept, of the limit, when the limit is passed."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS blobs (
    key BLOB PRIMARY KEY,
    used INTEGER NOT NULL,
    value BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS by_use ON blobs (used);
"""


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """What a store holds: number of blobs and the size of its file in bytes."""

    path: Path
    entries: int
    size: int


class Store:
    """A file of blobs of at most about ``limit`` bytes, the ones longest unused going first.

    ``warn`` is told once what is wrong with the file: not ours or damaged (it is then made anew), not writable (it is
    then only read), not usable at all (the store then holds nothing). Writes of a process are seen by all others;
    whoever writes the same key last wins. Not for use by several threads at once.
    """

    def __init__(self, path: Path, limit: int, warn: Callable[[str], None]) -> None:
        self.path = path
        self._limit, self._warn, self._warned = limit, warn, False
        self._connection: sqlite3.Connection | None = None
        self._writable = True
        self._touched: set[bytes] = set()
        self._open()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """Return the blobs of those of ``keys`` that are there."""
        return self._try(lambda connection: self._get(connection, keys), {})

    def put(self, blobs: Mapping[bytes, bytes]) -> None:
        """Keep blobs; those of a key that is there already are replaced."""
        if blobs and self._writable:
            self._try(lambda connection: self._put(connection, blobs), None)

    def clear(self) -> int:
        """Throw everything away; return how many blobs there were."""
        return self._try(_clear, 0) if self._writable else 0

    def info(self) -> StoreInfo:
        """Return how much is there."""
        entries = self._try(_count, 0)
        return StoreInfo(self.path, entries, sum(p.stat().st_size for p in _files(self.path) if p.exists()))

    def close(self) -> None:
        """Note what was used and close the file."""
        if self._touched and self._writable:
            self._try(self._note, None)
        self._touched = set()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> None:
        try:
            self._connection = _connected(self.path)
            return
        except _Foreign as error:
            self._say(f"{self.path}: {error}; it is made anew")
        except (OSError, sqlite3.OperationalError) as error:
            self._read_only(error)
            return
        except sqlite3.DatabaseError as error:
            self._say(f"{self.path}: the cache is damaged ({error}); it is made anew")
        if not self._renewed():
            self._renew()

    def _renewed(self) -> bool:
        """Tell whether another process has made the file anew meanwhile, and open it."""
        try:
            self._connection = _connected(self.path)
        except (OSError, sqlite3.Error, _Foreign):
            return False
        return True

    def _renew(self) -> None:
        """Begin with an empty file in the place of one that cannot be used."""
        try:
            for path in _files(self.path):
                path.unlink(missing_ok=True)
            self._connection = _connected(self.path)
        except (OSError, sqlite3.Error, _Foreign) as error:
            self._give_up(error)

    def _read_only(self, error: Exception) -> None:
        """Read a file in a place where nothing can be written, or do without."""
        self._writable = False
        self._say(f"{self.path}: the cache cannot be written ({_reason(error)}); nothing is kept")
        try:
            if self.path.is_file():
                self._connection = _connect(self.path, read_only=True)
        except (OSError, sqlite3.Error, _Foreign):
            self._connection = None

    def _give_up(self, error: Exception) -> None:
        self._say(f"{self.path}: the cache cannot be used ({_reason(error)}); the work goes on without it")
        self._connection, self._writable = None, False

    def _say(self, message: str) -> None:
        if not self._warned:
            self._warned = True
            self._warn(message)

    def _try(self, act: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Do something with the file; one that turns out damaged is made anew, one that stays locked is left alone."""
        if self._connection is None:
            return otherwise
        try:
            return act(self._connection)
        except sqlite3.OperationalError as error:
            self._writable = False
            self._say(f"{self.path}: the cache cannot be written ({error}); nothing more is kept")
        except sqlite3.DatabaseError as error:
            self._say(f"{self.path}: the cache is damaged ({error}); it is made anew")
            self._connection.close()
            self._connection = None
            self._renew()
        return otherwise

    def _get(self, connection: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for at in range(0, len(keys), _AT_ONCE):
            some = keys[at : at + _AT_ONCE]
            marks = ",".join("?" * len(some))
            for key, value, used in connection.execute(
                f"SELECT key, value, used FROM blobs WHERE key IN ({marks})", some
            ):
                found[key] = value
                if used < _today():
                    self._touched.add(key)
        return found

    def _put(self, connection: sqlite3.Connection, blobs: Mapping[bytes, bytes]) -> None:
        rows = [(key, _today(), value) for key, value in blobs.items()]
        with _transaction(connection):
            connection.executemany("INSERT OR REPLACE INTO blobs (key, used, value) VALUES (?, ?, ?)", rows)
        if _used(connection) > self._limit:
            self._evict(connection)

    def _note(self, connection: sqlite3.Connection) -> None:
        with _transaction(connection):
            connection.executemany(
                "UPDATE blobs SET used = ? WHERE key = ?", [(_today(), key) for key in self._touched]
            )

    def _evict(self, connection: sqlite3.Connection) -> None:
        """Drop the blobs longest unused."""
        with _transaction(connection):
            surplus = _count(connection) * (1 - self._limit * _FULL / _used(connection))
            connection.execute(
                "DELETE FROM blobs WHERE key IN (SELECT key FROM blobs ORDER BY used LIMIT ?)", (int(surplus) + 1,)
            )
        # frees a page a step: a statement has to be stepped to its end, which "execute" does not do without rows
        connection.executescript("PRAGMA incremental_vacuum")


def _count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM blobs").fetchone()[0])


def _clear(connection: sqlite3.Connection) -> int:
    with _transaction(connection):
        count = _count(connection)
        connection.execute("DELETE FROM blobs")
    connection.execute("VACUUM")
    return count


class _Foreign(Exception):
    """The file is a database, but not one of ours."""


def _connected(path: Path) -> sqlite3.Connection:
    """Open a file of ours, or make one; once more where another process took it away while it was opened."""
    try:
        return _connect(path)
    except sqlite3.OperationalError:
        time.sleep(_MOMENT)
        return _connect(path)


def _connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open a file of ours, or make one."""
    if not read_only:
        path.parent.mkdir(parents=True, exist_ok=True)
    # A file that nobody can write need not be locked, and its folder takes no lock files.
    mode = "?mode=ro&immutable=1" if read_only else ""
    connection = sqlite3.connect(
        path.absolute().as_uri() + mode, uri=True, timeout=_PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN")  # both of one moment: another process may be laying out the file
        (found,) = connection.execute("PRAGMA application_id").fetchone()
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.execute("COMMIT")
        if found == APPLICATION:
            return connection
        if tables or found:
            raise _Foreign("this is no cache of transcheck")
        _create(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _create(connection: sqlite3.Connection) -> None:
    """Lay out a new file; another process may be doing the same."""
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    _write_ahead(connection)
    with _transaction(connection):
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Turn on the write-ahead log, in which readers and a writer do not wait for one another.

    sqlite does not wait for a lock here, whatever its timeout; a file system that cannot do it keeps the journal.
    """
    ends = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            return
        except sqlite3.OperationalError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.02)


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Take the write lock, and commit or roll back; a reader that became a writer could not wait for the lock."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # not after an error that sqlite itself rolled back for
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _used(connection: sqlite3.Connection) -> int:
    """Return the bytes of the pages that hold something."""
    size, pages, free = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
    )
    return int(size * (pages - free))


def _files(path: Path) -> Iterable[Path]:
    """Return a database and the files that sqlite puts beside it."""
    return [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]


def _reason(error: Exception) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else str(error)


def _today() -> int:
    return int(time.time()) // _DAY
