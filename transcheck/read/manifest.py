"""A manifest of articles: a table with the columns id, ru, uk, en that name files instead of holding texts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from transcheck.read.articles import read_version
from transcheck.read.records import Failure, read_records
from transcheck.types import Document, InputError


def read_manifest(path: Path) -> Iterator[Document | Failure]:
    """Yield the articles of each line; files are looked for beside the manifest. Further columns are kept in ``meta``.

    Raises:
        InputError: the manifest itself cannot be read; see :func:`transcheck.read.records.read_records`.
    """
    for item in read_records(path):
        if isinstance(item, Failure):
            yield item
            continue
        try:
            versions = tuple(read_version(path.parent / v.text.strip(), v.lang) for v in item.versions)
        except InputError as error:
            yield Failure(item.id, f"{path}, {item.id}: {error}")
        else:
            yield replace(item, versions=versions, articles=True)
