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
        elif only is None or only(listed_files(item, path)):
            yield read_listed(path, item, unsaved)


def read_listed(manifest: Path, item: Document, unsaved: Unsaved | None = None) -> Document | Failure:
    """Read the articles that a line of a manifest names."""
    try:
        versions = tuple(
            read_version(file, v.lang, unsaved_content(unsaved, file))
            for file, v in zip(listed_files(item, manifest), item.versions, strict=True)
        )
    except InputError as error:
        return Failure(item.id, f"{manifest}, {item.id}: {error}")
    return replace(item, versions=versions, articles=True, file="")


def manifest_files(path: Path, unsaved: Unsaved | None = None) -> list[Path]:
    """Return the files that a manifest names; InputError where it cannot be read."""
    items = read_records(path, unsaved_content(unsaved, path))
    return [file for item in items if isinstance(item, Document) for file in listed_files(item, path)]


def listed_files(item: Document, manifest: Path) -> list[Path]:
    """Return the files that a line of a manifest names, in the order of its versions."""
    return [manifest.parent / v.text.strip() for v in item.versions]
