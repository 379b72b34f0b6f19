"""What is checked by itself: the files that are versions of one text, or one file that holds several texts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from transcheck.read.groups import Group, Groups, Unsaved, read_group, unsaved_content
from transcheck.read.groups.reading import read_table
from transcheck.read.manifest import Only, listed_files, read_listed
from transcheck.read.records import Failure, read_records
from transcheck.types import Document, InputError


@dataclass(frozen=True, slots=True)
class Part:
    """Files that are checked together: the versions of a text, or one file that holds several texts.

    ``files`` are languages ("" for a file of several) and paths; ``read(given, unsaved)`` returns the documents in
    them, or why they cannot be read, and is a function of a module, since other processes call it. ``unsaved`` takes
    the place of what the disk has. ``options`` is whatever else changes what is found, in any fixed form.
    """

    id: str
    files: tuple[tuple[str, Path], ...]
    read: Callable[[Any, Unsaved], Iterable[Document | Failure]]
    given: Any
    unsaved: Unsaved = field(default_factory=dict)
    options: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """What findings depend on besides the contents of the files."""
        return self.id, self.read.__module__, self.read.__qualname__, self.options

    def documents(self) -> Sequence[Document | Failure]:
        """Read the files."""
        return list(self.read(self.given, self.unsaved))

    def contents(self) -> tuple[tuple[str, str, str], ...] | None:
        """Return language, name and digest of every file; None where one cannot be read."""
        found = []
        for lang, path in self.files:
            data = unsaved_content(self.unsaved, path)
            digest = _digest(path) if data is None else hashlib.sha256(data).hexdigest()
            if digest is None:
                return None
            found.append((lang, str(path), digest))
        return tuple(found)


def parts_of(
    found: Groups, manifest: Path | None = None, unsaved: Unsaved | None = None, only: Only | None = None
) -> Iterator[Part | Failure]:
    """Yield the groups that were found, the tables, what a manifest names, and what cannot be told or read.

    ``unsaved`` takes the place of what the disk has; ``only`` chooses the lines of the manifest by their files.
    """
    yield from (group_part(group, unsaved) for group in found.groups)
    yield from (table_part(path, unsaved) for path in found.tables)
    if manifest is not None:
        yield from _listed(manifest, unsaved, only)
    yield from found.problems


def group_part(group: Group, unsaved: Unsaved | None = None) -> Part:
    """Return the versions of one text."""
    return Part(group.id, group.files, _read_group, group, _of((p for _, p in group.files), unsaved))


def table_part(path: Path, unsaved: Unsaved | None = None) -> Part:
    """Return a file that holds several texts."""
    return Part(str(path), (("", path),), _read_table, path, _of([path], unsaved))


def _listed(manifest: Path, unsaved: Unsaved | None, only: Only | None) -> Iterator[Part | Failure]:
    """Yield what the lines of a manifest name."""
    try:
        for item in read_records(manifest, unsaved_content(unsaved, manifest)):
            if isinstance(item, Failure):
                yield item
                continue
            files = listed_files(item, manifest)
            if only is None or only(files):
                named = tuple((v.lang, file) for v, file in zip(item.versions, files, strict=True))
                about = repr((str(manifest), item))
                yield Part(item.id, named, _read_listed, (manifest, item), _of(files, unsaved), about)
    except InputError as error:
        yield Failure(str(manifest), str(error))


def _of(paths: Iterable[Path], unsaved: Unsaved | None) -> Unsaved:
    """Return what of the unsaved texts is that of some paths."""
    found = {path: unsaved_content(unsaved, path) for path in paths}
    return {path: data for path, data in found.items() if data is not None}


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _read_group(group: Group, unsaved: Unsaved) -> Iterable[Document | Failure]:
    return [read_group(group, unsaved)]


def _read_table(path: Path, unsaved: Unsaved) -> Iterable[Document | Failure]:
    return read_table(path, unsaved_content(unsaved, path))


def _read_listed(given: tuple[Path, Document], unsaved: Unsaved) -> Iterable[Document | Failure]:
    found = read_listed(*given, unsaved)
    return [replace(found, articles=False) if isinstance(found, Document) else found]
