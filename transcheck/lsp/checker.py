"""Checks the text that is being written, with the other versions of it; made for one thread, apart from the editor's.

The model is loaded once. Whatever goes wrong is an answer like any other: a mark that says what to do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from transcheck.encode import load_encoder
from transcheck.encode.remember import Remembering
from transcheck.lsp.desk import Desk, real
from transcheck.lsp.shown import Mark, marks, not_checked
from transcheck.read.groups import Groups
from transcheck.run.check import find
from transcheck.run.config import Setting, load_config
from transcheck.run.known import Known, check_known, load_baseline
from transcheck.types import Encoder, TranscheckError

THREADS = 1
"""Threads of the model: a changed text has a few new sentences, for which waiting threads would cost more than they
save, and the editor is on the same machine."""

_RENEWED = 200
"""Checks after which the vectors of sentences that were met are forgotten."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found: ``files`` are all that were looked at, ``marks`` what is to be shown in them."""

    files: tuple[Path, ...]
    marks: tuple[Mark, ...]


class Checker:
    """Checks groups, one after the other; ``load`` makes the encoder of a model."""

    def __init__(self, load: Callable[[str | None], Encoder] = lambda model: load_encoder(model, THREADS)) -> None:
        self._load = load
        self._loaded: dict[str | None, Encoder] = {}
        self._vectors: dict[str | None, Remembering] = {}
        self._checks = 0

    def check(self, path: Path, desk: Desk) -> Outcome:
        """Check the group of a file, as its versions stand on the desk, else on the disk.

        A text without another version is no error while it is written, unless the configuration says so.
        """
        path = real(path)
        try:
            config = replace(load_config({}, start=path.parent), manifest=Setting(None))
            unsaved = {p: d.text.encode("utf-8", "replace") for p, d in desk.opened.items()}
            found = _quiet(find([path], config, unsaved))
            files = _files(found, path)
            if not (found.groups or found.tables or found.problems or found.lone):
                return Outcome(files, ())
            encoder, known = self._encoder(config.model.value), Known(load_baseline(config))
            report = check_known(lambda _: found, config, encoder, known, unsaved=unsaved)
        except TranscheckError as error:
            return Outcome((path,), (not_checked(path, str(error), desk),))
        return Outcome(files, tuple(marks(report, desk, files)))

    def _encoder(self, model: str | None) -> Encoder:
        self._checks += 1
        if self._checks % _RENEWED == 0:
            self._vectors.clear()
        if model not in self._loaded:
            self._loaded[model] = self._load(model)
        return self._vectors.setdefault(model, Remembering(self._loaded[model]))


def _quiet(found: Groups) -> Groups:
    """Return what was found as if it had been met in a folder: a text alone is then left out and no error."""
    return replace(found, lone=tuple(replace(text, named=False) for text in found.lone))


def _files(found: Groups, path: Path) -> tuple[Path, ...]:
    """Return the files of what was found, the one that was asked about first."""
    every = [path, *(real(p) for g in found.groups for _, p in g.files), *map(real, found.tables)]
    return tuple(dict.fromkeys(every))
