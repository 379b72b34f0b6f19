"""``transcheck check`` where findings are known already: by a baseline, or because they are older than a change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from transcheck.read.groups import Groups, Unsaved
from transcheck.read.manifest import Only, manifest_files
from transcheck.run.baseline import FILE_NAME, Baseline, load
from transcheck.run.check import Silencer, check_repository, shown
from transcheck.run.config import Config
from transcheck.run.git import Change, real
from transcheck.run.pool import Means
from transcheck.run.since import introduced, past, read_old, touched, went
from transcheck.types import DocumentReport, Encoder, InputError, Report

Find = Callable[..., Groups]
"""Finds the groups of a run; files in the mapping that it is given are taken to be there, with what that says they
hold."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a run takes for known: the entries of ``baseline``, and what is older than ``change``; None for neither.

    ``complete``: the run is on all texts that the baseline is about, so that an entry on any other is stale.
    """

    baseline: Baseline | None = None
    change: Change | None = None
    complete: bool = False


def find_baseline(config: Config) -> Path | None:
    """Return the baseline file that the configuration names, or the one in the root, None where there is none."""
    if config.baseline.value is not None:
        return Path(config.baseline.value)
    path = default_baseline(config)
    return path if path.exists() else None


def default_baseline(config: Config) -> Path:
    """Return where the baseline lies that no setting names."""
    return (config.root or Path.cwd()) / FILE_NAME


def load_baseline(config: Config) -> Baseline | None:
    """Return the baseline that holds, None where there is none; ConfigError where it is broken or was named in vain."""
    path = find_baseline(config)
    return None if path is None else load(shown(path))


def check_known(
    find: Find,
    config: Config,
    encoder: Encoder,
    known: Known,
    *,
    unsaved: Unsaved | None = None,
    silence: Sequence[Silencer] = (),
    means: Means | None = None,
    on_progress: Callable[[], None] | None = None,
) -> Report:
    """Check what ``find`` finds, of it only what a change touches, and put apart what is known.

    The report says which entries of the baseline are stale. What is known for several reasons stands under the first:
    a comment, the baseline, the change. ``silence`` comes before the baseline.
    """
    stale: list[str] = []

    def listed(reports: Sequence[DocumentReport]) -> Sequence[DocumentReport]:
        if known.baseline is None:
            return reports
        found, texts = known.baseline.apply(reports, complete=known.complete and known.change is None)
        stale.extend(texts)
        return found

    def checked(found: Groups, only: Only | None = None) -> Report:
        steps = (*silence, listed)
        return check_repository(
            found, config, encoder, unsaved=unsaved, silence=steps, only=only, means=means, on_progress=on_progress
        )

    if known.change is None:
        report = checked(find(unsaved))
    else:
        report = _since(find, config, encoder, _with_unsaved(known.change, unsaved), unsaved, means, checked)
    return replace(report, stale=tuple(stale))


def _since(
    find: Find,
    config: Config,
    encoder: Encoder,
    change: Change,
    unsaved: Unsaved | None,
    means: Means | None,
    checked: Callable[[Groups, Only], Report],
) -> Report:
    """Check what a change touches as it is now and as it was, and put apart what is older than the change."""
    gone = went(change)
    older = find({**(unsaved or {}), **gone}) if gone else None
    now = touched(find(unsaved), change, older)
    manifest = config.manifest.value
    whole = manifest is not None and Path(manifest) in change

    def new(files: Sequence[Path]) -> bool:
        return whole or change.touches(files)

    def before(files: Sequence[Path]) -> bool:
        return new(files) and all(change.old_name(file) is not None for file in files)

    report = checked(now, new)
    then = past(now, change, older, _manifest(config, unsaved))
    old = check_repository(
        then.groups,
        config,
        encoder,
        unsaved=then.unsaved,
        read=lambda path: read_old(change, path),
        only=before,
        means=means,
    )
    return replace(
        report, documents=introduced(report.documents, old.documents, change.revision), since=change.revision
    )


def _manifest(config: Config, unsaved: Unsaved | None) -> list[Path]:
    """Return the manifest and the files that it names; one that cannot be read is reported where it is read."""
    if config.manifest.value is None:
        return []
    path = shown(Path(config.manifest.value))
    try:
        return [path, *manifest_files(path, unsaved)]
    except InputError:
        return [path]


def _with_unsaved(change: Change, unsaved: Unsaved | None) -> Change:
    """Return a change with what an editor has not saved yet as part of it."""
    if not unsaved:
        return change
    return replace(change, before={**{real(p): change.old_name(p) for p in unsaved}, **change.before})
