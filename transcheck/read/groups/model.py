"""What grouping is told, and what it finds."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from transcheck.read.records import Failure
from transcheck.types import LANGS, Lang

AUTO = "auto"
"""Stands among patterns for all the layouts that are known without them."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where versions are looked for, and how.

    ``root`` is the folder whose texts belong together: versions of a text are found anywhere in it, patterns and
    ``exclude`` are written for it, ids count from it. None: only what stands near a path is looked at. ``patterns`` are
    lists of patterns that describe one layout together, such as ``content/{lang}/**/{name}.md``; with ``auto`` the
    known layouts hold for files that no pattern fits. ``exclude`` are globs of what is never looked at.
    """

    root: Path | None = None
    patterns: tuple[tuple[str, ...], ...] = ()
    auto: bool = True
    exclude: tuple[str, ...] = ()


Unsaved = Mapping[Path, bytes]
"""What files hold, or will hold, that is not what the disk has."""


def unsaved_content(unsaved: Unsaved | None, path: Path) -> bytes | None:
    """Return what is to be taken for the content of a file, however its path is written; None for what the disk has."""
    if not unsaved or path in unsaved:
        return unsaved[path] if unsaved else None
    alike = (known for known in unsaved if known.name == path.name)
    here = os.path.abspath(path)
    return next((unsaved[known] for known in alike if os.path.abspath(known) == here), None)


@dataclass(frozen=True, slots=True)
class Group:
    """The two or three files that are versions of one text, in the order of ``LANGS``.

    ``id`` is the path from the root without language and suffix, or the key that front matter gives; ``layout`` says
    in a few words what showed that they belong together.
    """

    id: str
    files: tuple[tuple[Lang, Path], ...]
    layout: str

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages that there are."""
        return tuple(lang for lang, _ in self.files)

    @property
    def missing(self) -> tuple[Lang, ...]:
        """The languages that there are not."""
        return tuple(lang for lang in LANGS if lang not in self.langs)


@dataclass(frozen=True, slots=True)
class Lone:
    """A text without another version; ``lang`` is None where nothing tells its language, ``named`` tells that it was
    named itself and not met in a folder, ``id`` is what its group would be called.
    """

    path: Path
    lang: Lang | None
    named: bool
    id: str


@dataclass(frozen=True, slots=True)
class Groups:
    """Everything that was found for the paths given.

    ``tables`` are files that hold several languages by themselves: PO, XLIFF, TMX, and tables that were named.
    ``lone`` are texts whose language is told, or that were named, and that have no other version; ``untold`` texts met
    in folders of which nothing tells a language; ``excluded`` files that were named although they are excluded.
    ``problems`` are paths and groups that cannot be told, each with what to do about it.
    """

    groups: tuple[Group, ...] = ()
    tables: tuple[Path, ...] = ()
    lone: tuple[Lone, ...] = ()
    untold: tuple[Path, ...] = ()
    excluded: tuple[Path, ...] = ()
    problems: tuple[Failure, ...] = field(default=())
