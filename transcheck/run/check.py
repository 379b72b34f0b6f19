"""``transcheck check``: the texts of a repository, group by group; the one path from files to a report.

Groups are found, read, compared, and what the configuration says of checks, paths and languages is applied; then
findings are silenced. What was not checked is never silent: it is an error, or stands among the skipped files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from transcheck.read.articles import read_version
from transcheck.read.groups import (
    Groups,
    Layout,
    Lone,
    Unsaved,
    find_groups,
    unsaved_content,
    why_alone,
)
from transcheck.read.manifest import Only
from transcheck.run.config import Config
from transcheck.run.fingerprint import distinct, seen_from, stamp
from transcheck.run.missing import missing_versions
from transcheck.run.parts import Part, parts_of
from transcheck.run.pool import Means, check_parts
from transcheck.run.selection import Selection
from transcheck.run.sidecar import ReadText, read_text
from transcheck.run.suppress import suppress_all
from transcheck.run.termbase import load_termbase
from transcheck.types import Document, DocumentReport, Encoder, InputError, Report, Skipped

Silencer = Callable[[Sequence[DocumentReport]], Sequence[DocumentReport]]
"""Moves findings of the documents of a run to those that do not count; see :class:`transcheck.types.Suppressed`."""


def layout(config: Config) -> Layout:
    """Return where and how versions are looked for."""
    patterns = tuple(patterns for patterns in config.groups.value if patterns != ("auto",))
    return Layout(config.root, patterns, ("auto",) in config.groups.value, config.exclude.value)


def find(paths: Sequence[Path], config: Config, unsaved: Unsaved | None = None) -> Groups:
    """Find the groups of some paths; of those of the configuration, or of the working directory, where there are none.

    Raises:
        InputError: nothing to check was found.
    """
    given = list(paths) or [Path(p) for p in config.paths.value] or [Path()]
    return find_groups(given, layout(config), unsaved, empty=config.manifest.value is not None)


def check_repository(
    found: Groups,
    config: Config,
    encoder: Encoder,
    *,
    unsaved: Unsaved | None = None,
    silence: Sequence[Silencer] = (),
    read: ReadText = read_text,
    only: Only | None = None,
    means: Means | None = None,
    on_progress: Callable[[], None] | None = None,
) -> Report:
    """Check every group; what cannot be read or compared is a document of status ``error`` beside the others.

    Suppressions in the files and in the lists beside them, which ``read`` reads, are applied to all findings, then
    ``silence`` in its order; then checks are chosen. ``only`` chooses the texts of a manifest by their files. With
    ``means`` the work is shared by processes, and what is known from earlier runs is not done again.
    """
    selection = Selection(config)
    manifest = None if config.manifest.value is None else shown(Path(config.manifest.value))
    items = list(parts_of(found, manifest, unsaved, only))
    parts = [i for i in items if isinstance(i, Part)]
    checked = check_parts(parts, encoder, means, on_progress, load_termbase(config))
    reports: list[DocumentReport] = []
    for item in items:
        made = next(checked) if isinstance(item, Part) else (DocumentReport(item.id, error=item.message),)
        reports += (_with_missing(_from_root(report, config), config) for report in made)
    single = [lone for lone in found.lone if config.require.value and lone.lang is not None]
    reports += (_single(lone, config, unsaved) for lone in single)
    silenced: Sequence[DocumentReport] = suppress_all(distinct(reports), read=read)
    for step in silence:
        silenced = step(silenced)
    judged = [selection.apply(report) for report in silenced]
    at = len(judged) - len(single)
    empty = [lone for lone, r in zip(single, judged[at:], strict=True) if not (r.findings or r.suppressed or r.error)]
    alone = [_alone(lone, config) for lone in found.lone if lone not in single or lone in empty]
    kept = [*judged[:at], *(r for r in judged[at:] if r.findings or r.suppressed or r.error)]
    chosen = (*kept, *(r for r in alone if isinstance(r, DocumentReport)))
    skipped = (*(s for s in alone if isinstance(s, Skipped)), *_left_out(found, config))
    return Report(chosen, encoder.id, config.fail_on.value, selection.fail_levels(), skipped)


def shown(path: Path) -> Path:
    """Return a path as messages name it: from the working directory, where the file is below it."""
    here = Path.cwd()
    whole = Path(os.path.abspath(path))
    return whole.relative_to(here) if whole.is_relative_to(here) else path


def _from_root(report: DocumentReport, config: Config) -> DocumentReport:
    """Return the report on a record or unit with an id that is the same from whatever folder the run is started."""
    if report.document is None or not report.document.file:
        return report
    path, root = Path(os.path.abspath(report.document.file)), config.root or Path.cwd()
    return seen_from(report, path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix())


def _with_missing(report: DocumentReport, config: Config) -> DocumentReport:
    """Add a finding for every required language in which there is no version."""
    if report.document is None or report.error is not None or not config.require.value:
        return report
    missing = missing_versions(report.document, config.require.value)
    return stamp(replace(report, findings=(*missing, *report.findings))) if missing else report


def _single(lone: Lone, config: Config, unsaved: Unsaved | None) -> DocumentReport:
    """Return the report on a text of which versions are required that are not there."""
    try:
        version = read_version(lone.path, lone.lang, unsaved_content(unsaved, lone.path))
    except InputError as error:
        return DocumentReport(lone.id, error=str(error))
    return _with_missing(DocumentReport(lone.id, Document(lone.id, (version,))), config)


def _alone(lone: Lone, config: Config) -> DocumentReport | Skipped:
    """Return what becomes of a text without another version of which none is required: an error, or nothing."""
    path = str(lone.path)
    if config.lone.value == "error" or (config.lone.value == "named" and lone.named):
        return DocumentReport(path, error=why_alone(lone))
    return Skipped(path, "alone", why_alone(lone), settled=config.lone.value == "ignore")


def _left_out(found: Groups, config: Config) -> Iterator[Skipped]:
    for path in found.untold:
        yield Skipped(str(path), "untold", why_alone(Lone(path, None, False, "")))
    for path in found.excluded:
        yield Skipped(str(path), "excluded", f"{path}: excluded ({config.exclude.origin})", settled=True)
