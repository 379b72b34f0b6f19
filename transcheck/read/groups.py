"""Finds the versions of a text that stand beside each other: ``name.ru.md``, ``name.uk.md``, ``name.en.md``."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from transcheck.read.articles import SUFFIXES
from transcheck.read.documents import document_from_files
from transcheck.read.records import Failure
from transcheck.read.text import split_name
from transcheck.types import LANGS, Document, InputError, Lang


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups found, each an id and its two or three files, and the files without a sibling version."""

    groups: tuple[tuple[str, Mapping[Lang, Path]], ...]
    lone: tuple[Path, ...]


def read_groups(paths: Sequence[Path]) -> Iterator[Document | Failure]:
    """Find the groups and read them; a lone file or a group that cannot be read is a failure beside the others.

    Raises:
        InputError: see :func:`find_groups`.
    """
    found = find_groups(paths)
    for identity, files in found.groups:
        try:
            document = document_from_files(list(files.values()), {path: lang for lang, path in files.items()})
        except InputError as error:
            yield Failure(identity, str(error))
        else:
            yield replace(document, id=identity)
    for path in found.lone:
        yield Failure(str(path), _why_alone(path))


def _why_alone(path: Path) -> str:
    """Return the message for a file without a sibling version."""
    base, lang = split_name(path)
    if lang is None:
        name = path.stem
        return (
            f"{path}: the name tells no language; name the versions {name}.ru.md, {name}.uk.md, {name}.en.md (or .txt)"
        )
    wanted = " or ".join(f"{base}.{other}{path.suffix}".lstrip(".") for other in LANGS if other != lang)
    return f"{path}: no other version stands beside it; add {wanted}, or leave the file out"


def find_groups(paths: Sequence[Path]) -> Groups:
    """Find the groups in files and folders; a file stands for its whole group, each group is listed once.

    Folders are walked in order of names, hidden ones left out. In a folder only files count that some reader reads and
    whose name tells a language after a dot. The id is the path of the group without language and suffix.

    Raises:
        InputError: a path that does not exist, two files of a group in one language, or no file at all.
    """
    members: dict[tuple[Path, str, str], dict[Lang, Path]] = {}
    lone: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder; check the name")
        if path.is_dir():
            for file in _walk(path):
                _add(members, file)
            continue
        key = _key(path)
        if key is None:
            lone.append(path)
            continue
        for sibling in sorted(path.parent.iterdir()):
            if sibling.is_file() and _key(sibling) == key:
                _add(members, sibling)
    groups = []
    for (folder, base, _), found in members.items():
        if len(found) > 1:
            ordered: dict[Lang, Path] = {lang: found[lang] for lang in LANGS if lang in found}
            groups.append(((folder / base).as_posix() if base else folder.as_posix(), ordered))
        else:
            lone.extend(found.values())
    if not groups and not lone:
        names = ", ".join(str(p) for p in paths) or "nothing"
        raise InputError(f"{names}: no texts found; name them NAME.ru.md, NAME.uk.md, NAME.en.md (or .txt)")
    return Groups(tuple(groups), tuple(dict.fromkeys(lone)))


def article_files(path: Path) -> Iterator[Path]:
    """Yield a file, or the files of a folder and its subfolders that some reader reads, in order of their names.

    Raises:
        InputError: a path that does not exist, or a folder without such a file.
    """
    if not path.exists():
        raise InputError(f"{path}: no such file or folder; check the name")
    if not path.is_dir():
        yield path
        return
    found = [p for p in _walk(path) if p.suffix.lower() in SUFFIXES]
    if not found:
        raise InputError(f"{path}: no article found in this folder; readable are {', '.join(sorted(SUFFIXES))}")
    yield from found


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, sorted, hidden files and folders and those of saved pages left out, links to
    folders not followed."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and not f.endswith(("_files", ".files")))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(root) / name


def _key(path: Path) -> tuple[Path, str, str] | None:
    """Return what the versions of one text share: folder, name and suffix; None for a name without language."""
    suffix = path.suffix.lower()
    base, lang = split_name(path)
    if lang is None or suffix not in SUFFIXES or (base and path.stem[len(base)] != "."):
        return None
    return path.parent, base, suffix


def _add(members: dict[tuple[Path, str, str], dict[Lang, Path]], path: Path) -> None:
    """Put a file into its group."""
    key, lang = _key(path), split_name(path)[1]
    if key is None or lang is None:
        return
    other = members.setdefault(key, {}).setdefault(lang, path)
    if other != path:
        raise InputError(f"{path} and {other} are both the {lang} version of one text; rename or remove one of them")
