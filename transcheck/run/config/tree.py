"""The settings of a run as one frozen tree."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Literal, TypeVar

from transcheck.types import FailOn, Lang, Severity

T = TypeVar("T")

Level = Literal[Severity, "off"]
Lonely = Literal["error", "named", "ignore"]
Selectors = tuple[str, ...]
"""Checks chosen by ``all``, a category, the beginning of a code (``TC2``), a code or a name."""


@dataclass(frozen=True, slots=True)
class Setting(Generic[T]):
    """A value and where it was set: "default", a file, an environment variable or "command line"."""

    value: T
    origin: str = "default"


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """What holds for findings against the version in one language, beside what holds for all."""

    ignore: Selectors = ()
    extend_select: Selectors = ()
    severity: tuple[tuple[str, Level], ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting of a run.

    ``model`` is the name or the folder of a sentence-transformers model, "fast" or None for the packaged ones;
    ``fail_on`` is the severity from which a finding fails the run, ``fail_levels`` the same for checks of their own.
    ``select``, ``ignore`` and ``extend_select`` choose the checks, ``per_file_ignores`` and ``per_language`` for paths
    and languages; ``severity`` changes how severe their findings are. ``termbase`` are files of the editor's terms.
    ``paths`` are checked where none are named, none for the working directory. ``groups`` are lists of patterns,
    ("auto",) for the known layouts; ``require`` the languages that every text must have; ``lone`` says when a text
    without another version is an error. ``baseline``, ``cache_dir`` and ``manifest`` are paths, None for none.

    ``file`` is the configuration file that holds, ``root`` the folder that patterns count from and in which versions
    are looked for: that of the file, else that of the repository; both None where there is none.
    """

    model: Setting[str | None] = Setting(None)
    fail_on: Setting[FailOn] = Setting("error")
    fail_levels: Setting[tuple[tuple[str, FailOn], ...]] = Setting(())
    select: Setting[Selectors] = Setting(("all",))
    ignore: Setting[Selectors] = Setting(())
    extend_select: Setting[Selectors] = Setting(())
    per_file_ignores: Setting[tuple[tuple[str, Selectors], ...]] = Setting(())
    per_language: Setting[tuple[tuple[Lang, LanguageRules], ...]] = Setting(())
    severity: Setting[tuple[tuple[str, Level], ...]] = Setting(())
    termbase: Setting[tuple[str, ...]] = Setting(())
    paths: Setting[tuple[str, ...]] = Setting(())
    groups: Setting[tuple[tuple[str, ...], ...]] = Setting((("auto",),))
    exclude: Setting[tuple[str, ...]] = Setting(())
    require: Setting[tuple[Lang, ...]] = Setting(())
    lone: Setting[Lonely] = Setting("named")
    manifest: Setting[str | None] = Setting(None)
    baseline: Setting[str | None] = Setting(None)
    cache_dir: Setting[str | None] = Setting(None)
    file: Path | None = None
    root: Path | None = None
