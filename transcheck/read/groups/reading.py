"""From groups to documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from transcheck.read.articles import read_version
from transcheck.read.bilingual import is_bilingual, read_units
from transcheck.read.groups.find import find_groups
from transcheck.read.groups.model import Group, Groups, Layout, Lone, Unsaved, unsaved_content
from transcheck.read.names import parted
from transcheck.read.records import Failure, read_records
from transcheck.types import LANGS, Document, InputError, Lang


def read_groups(
    found: Groups | Sequence[Path], layout: Layout | None = None, unsaved: Unsaved | None = None
) -> Iterator[Document | Failure]:
    """Read what was found, or is found for paths; whatever cannot be read is a failure beside the others.

    A text without another version is a failure as well.

    Raises:
        InputError: see :func:`find_groups`.
    """
    if not isinstance(found, Groups):
        found = find_groups(found, layout, unsaved)
    for group in found.groups:
        yield read_group(group, unsaved)
    for path in found.tables:
        yield from read_table(path)
    yield from found.problems
    for lone in found.lone:
        yield Failure(str(lone.path), why_alone(lone))


def read_group(group: Group, unsaved: Unsaved | None = None) -> Document | Failure:
    """Read the versions of one group; ``unsaved`` takes the place of what the disk has."""
    try:
        versions = tuple(read_version(path, lang, unsaved_content(unsaved, path)) for lang, path in group.files)
    except InputError as error:
        return Failure(group.id, str(error))
    return Document(group.id, versions)


def read_table(path: Path, data: bytes | None = None) -> Iterator[Document | Failure]:
    """Read a table or a file of translators record by record; what cannot be read is a failure beside the others.

    ``data`` is what the file holds, where that is not what the disk has.
    """
    try:
        yield from read_units(path, data) if is_bilingual(path) else read_records(path, data)
    except InputError as error:
        yield Failure(str(path), str(error))


def why_alone(lone: Lone) -> str:
    """Return the message for a text without another version: what to add, or what to leave out."""
    path, named = lone.path, parted(lone.path.stem)
    if lone.lang is None:
        name = path.stem
        return (
            f"{path}: the name tells no language; name the versions {name}.ru.md, {name}.uk.md, {name}.en.md (or .txt)"
        )
    if named.lang == lone.lang:
        wanted = [f"{named.base}.{other}{path.suffix}".lstrip(".") for other in _others(lone.lang)]
    else:
        wanted = [f"the {other} version" for other in _others(lone.lang)]
    return f"{path}: no other version stands beside it; add {' or '.join(wanted)}, or leave the file out"


def _others(lang: Lang) -> list[Lang]:
    return [other for other in LANGS if other != lang]
