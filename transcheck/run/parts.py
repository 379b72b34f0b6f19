"""What is checked by itself: the files that are versions of one text, or one file that holds several texts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transcheck.read.groups import Group, Groups, read_group
from transcheck.read.groups.reading import read_table
from transcheck.types import Document

if TYPE_CHECKING:
    from transcheck.run.batch import FailureLike


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are checked together: the versions of a text, or one file that holds several texts.

    ``files`` are languages ("" for a file of several) and paths; ``read(given, unsaved)`` returns the documents in
    them, or why they cannot be read, and is a function of a module, since other processes call it. ``unsaved`` takes
    the place of what the disk has. ``options`` is whatever else changes what is found, in any fixed form.
    """

    id: str
    files: tuple[tuple[str, Path], ...]
    read: Callable[[Any, Mapping[Path, bytes]], Iterable[Document | FailureLike]]
    given: Any
    unsaved: Mapping[Path, bytes] = field(default_factory=dict)
    options: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """What findings depend on besides the contents of the files."""
        return self.id, self.read.__module__, self.read.__qualname__, self.options

    def documents(self) -> Sequence[Document | FailureLike]:
        """Read the files."""
        return list(self.read(self.given, self.unsaved))

    def contents(self) -> tuple[tuple[str, str, str], ...] | None:
        """Return language, name and digest of every file; None where one cannot be read."""
        found = []
        for lang, path in self.files:
            data = self.unsaved.get(path)
            digest = _digest(path) if data is None else hashlib.sha256(data).hexdigest()
            if digest is None:
                return None
            found.append((lang, str(path), digest))
        return tuple(found)


def parts_of(found: Groups, unsaved: Mapping[Path, bytes] | None = None) -> list[Part]:
    """Return the groups that were found, then the tables; ``unsaved`` takes the place of what the disk has."""
    return [*(group_part(g, unsaved) for g in found.groups), *(table_part(p, unsaved) for p in found.tables)]


def group_part(group: Group, unsaved: Mapping[Path, bytes] | None = None) -> Part:
    """Return the versions of one text."""
    given = {path: (unsaved or {})[path] for _, path in group.files if path in (unsaved or {})}
    return Part(group.id, group.files, _read_group, group, given)


def table_part(path: Path, unsaved: Mapping[Path, bytes] | None = None) -> Part:
    """Return a file that holds several texts."""
    given = {path: unsaved[path]} if unsaved and path in unsaved else {}
    return Part(path.as_posix(), (("", path),), _read_table, path, given)


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _read_group(group: Group, unsaved: Mapping[Path, bytes]) -> Iterable[Document | FailureLike]:
    return [read_group(group, unsaved)]


def _read_table(path: Path, unsaved: Mapping[Path, bytes]) -> Iterable[Document | FailureLike]:
    return read_table(path, unsaved.get(path))
