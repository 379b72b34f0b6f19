"""The files that grouping looks at: those given, those below given folders, and those around them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from transcheck.read.articles import SUFFIXES
from transcheck.read.globs import matches
from transcheck.read.groups.model import Layout
from transcheck.read.names import code_lang, parted
from transcheck.types import InputError

Given = Literal["named", "met", "around"]
"""Whether a file was named itself, lies in a folder that was, or is only where its versions may be."""

_NEVER = frozenset({"node_modules", "__pycache__", "site-packages", "bower_components"})
_UP = 3
"""Folders above a file in which a folder of another language is looked for, where there is no root."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as messages name it, its path from the root (or the working directory) with ``/``, and how it came in."""

    path: Path
    rel: str
    given: Given


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


class Collected:
    """The files of a run, each once however it is reached; what was given first gives it its name."""

    def __init__(self, layout: Layout, unsaved: Collection[Path] = ()) -> None:
        self._layout = layout
        self._base = os.path.realpath(layout.root or Path.cwd())
        self._here = os.path.realpath(Path.cwd())
        self._files: dict[str, File] = {}
        self._unsaved = {_real(p): p for p in unsaved}
        self.excluded: list[Path] = []

    @property
    def files(self) -> Sequence[File]:
        """The files, in the order of their paths from the root."""
        return sorted(self._files.values(), key=lambda f: f.rel.split("/"))

    def add(self, path: Path) -> bool:
        """Take in what a path stands for and what may be versions of it; False where there is no such path."""
        if path.is_dir():
            for file, real in self._below(path):
                self._put(file, "met", real)
        elif path.exists() or _real(path) in self._unsaved:
            if self._left_out(self._rel(_real(path))):
                self.excluded.append(path)
                return True
            self._put(path, "named", _real(path))
        else:
            return False
        if self._layout.root is None or not self._inside(_real(path)):
            for file in self._near(path):
                self._put(file, "around", _real(file))
        return True

    def add_root(self) -> None:
        """Take in the whole tree below the root as what versions may be among."""
        if self._layout.root is not None:
            for file, real in self._below(self._layout.root):
                self._put(file, "around", real)
            for real, file in self._unsaved.items():
                self._put(file, "around", real)

    def _put(self, path: Path, given: Given, real: str) -> None:
        known = self._files.get(real)
        if known is not None and (given == "around" or known.given == "named"):
            return
        rel = self._rel(real)
        if not self._left_out(rel):
            self._files[real] = File(self._shown(real, path), rel, given)

    def _left_out(self, rel: str) -> bool:
        return bool(self._layout.exclude) and matches(rel, self._layout.exclude)

    def _inside(self, real: str) -> bool:
        return real == self._base or real.startswith(self._base.rstrip(os.sep) + os.sep)

    def _rel(self, real: str) -> str:
        inside = self._inside(real)
        rel = real[len(self._base.rstrip(os.sep)) + 1 :] if inside else real
        return (rel or ".") if os.sep == "/" else rel.replace(os.sep, "/")

    def _shown(self, real: str, path: Path) -> Path:
        """Return a path as messages name it: from the working directory, one outside of the root as it was given."""
        if real.startswith(self._here.rstrip(os.sep) + os.sep):
            return Path(real[len(self._here.rstrip(os.sep)) + 1 :])
        return Path(os.path.relpath(real, self._here)) if self._layout.root and self._inside(real) else path

    def _below(self, folder: Path) -> Iterator[tuple[Path, str]]:
        """Yield the files below a folder, each with its one name; sorted, links to folders not followed."""
        base = _real(folder)
        ignored = _ignored(base) if self._inside(base) and self._layout.root is not None else frozenset()

        def left_out(real: str) -> bool:
            return real in ignored or self._left_out(self._rel(real))

        for root, folders, names in os.walk(folder):
            real = os.path.normpath(os.path.join(base, os.path.relpath(root, folder)))
            folders[:] = [f for f in _kept(folders) if not left_out(os.path.join(real, f))]
            shown = Path(root)
            for name in sorted(names):
                whole = os.path.join(real, name)
                if not name.startswith(".") and whole not in ignored:
                    yield shown / name, whole

    def _near(self, path: Path) -> Iterator[Path]:
        """Yield what may be a version of a path by its name alone: its neighbours, and its like in other folders."""
        folder = path if path.is_dir() else path.parent
        if folder is not path and folder.is_dir():
            yield from (p for p in sorted(folder.iterdir()) if p.is_file() and not p.name.startswith("."))
        for like in self._alike(path):
            if path.is_dir():
                yield from (file for file, _ in self._below(like))
            elif like.parent.is_dir():
                base = parted(path.stem).base
                yield from (p for p in sorted(like.parent.iterdir()) if parted(p.stem).base == base and p.is_file())

    @staticmethod
    def _alike(path: Path) -> Iterator[Path]:
        parts = path.parts
        for depth, part in enumerate(parts[:-1] if not path.is_dir() else parts):
            if code_lang(part):
                top, rest = Path(*parts[:depth]), parts[depth + 1 :]
                yield from (f.joinpath(*rest) for f in _language_folders(top))
                yield top.joinpath(*rest)
        for up in range(min(_UP, len(parts) - 1) + 1):
            split = len(parts) - 1 - up
            yield from (f.joinpath(*parts[split:]) for f in _language_folders(Path(*parts[:split])))


def shown(path: Path) -> Path:
    """Return a path as messages and groups name it: from the working directory, else as it is."""
    real, here = _real(path), os.path.realpath(Path.cwd())
    return Path(os.path.relpath(real, here)) if real.startswith(here.rstrip(os.sep) + os.sep) else path


def _language_folders(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if code_lang(p.name) and p.is_dir())
    except OSError:  # a folder that is not there, or closed to us, has none that we could read
        return []


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder, sorted, hidden files and folders and those of saved pages left out, links to
    folders not followed."""
    for root, folders, names in os.walk(folder):
        folders[:] = _kept(folders)
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(root) / name


def _kept(folders: Sequence[str]) -> list[str]:
    return sorted(
        f for f in folders if not f.startswith(".") and not f.endswith(("_files", ".files")) and f not in _NEVER
    )


def _real(path: Path) -> str:
    """Return the one name of a file: its folder without links, the file itself as it is called."""
    if path.name in ("", ".."):
        return os.path.realpath(path)
    return os.path.join(os.path.realpath(path.parent), path.name)


def _ignored(folder: str) -> frozenset[str]:
    """Return the files and folders that git ignores below a folder, none where git knows nothing of it."""
    if not any(os.path.exists(os.path.join(up, ".git")) for up in (folder, *map(str, Path(folder).parents))):
        return frozenset()
    # a repository may name a program to ask for changes: files are data, none of them is run
    listing = ["ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory"]
    try:
        command = ["git", "-c", "core.fsmonitor=false", *listing]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):  # without git nothing is known to be ignored
        return frozenset()
    names = os.fsdecode(done.stdout).split("\0") if done.returncode == 0 else []
    found = frozenset(os.path.normpath(os.path.join(folder, n)) for n in names if n)
    return frozenset() if os.path.normpath(folder) in found else found
