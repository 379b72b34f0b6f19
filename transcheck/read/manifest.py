"""A manifest of articles: a table with the columns id, ru, uk, en that name files instead of holding texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from transcheck.read.articles import read_version
from transcheck.read.groups.model import Unsaved, unsaved_content
from transcheck.read.records import Failure, read_records
from transcheck.types import Document, InputError

Only = Callable[[Sequence[Path]], bool]
"""Tells of the files of a text whether it is to be read."""


def read_manifest(path: Path, unsaved: Unsaved | None = None, only: Only | None = None) -> Iterator[Document | Failure]:
    """Yield the articles of each line; files are looked for beside the manifest. Further columns are kept in ``meta``.

    ``unsaved`` takes the place of what the disk has; ``only`` chooses the lines that are read.

    Raises:
        InputError: the manifest itself cannot be read; see :func:`transcheck.read.records.read_records`.
    """
    for item in read_records(path, unsaved_content(unsaved, path)):
        if isinstance(item, Failure):
            yield item
            continue
        files = _files(item, path)
        if only is not None and not only(files):
            continue
        try:
            versions = tuple(
                read_version(file, v.lang, unsaved_content(unsaved, file))
                for file, v in zip(files, item.versions, strict=True)
            )
        except InputError as error:
            yield Failure(item.id, f"{path}, {item.id}: {error}")
        else:
            yield replace(item, versions=versions, articles=True, file="")


def manifest_files(path: Path, unsaved: Unsaved | None = None) -> list[Path]:
    """Return the files that a manifest names; InputError where it cannot be read."""
    items = read_records(path, unsaved_content(unsaved, path))
    return [file for item in items if isinstance(item, Document) for file in _files(item, path)]


def _files(item: Document, manifest: Path) -> list[Path]:
    return [manifest.parent / v.text.strip() for v in item.versions]
