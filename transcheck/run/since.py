"""Only what a change introduced: which groups a change touches, how they were before it, and which findings are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from transcheck.read.articles import SUFFIXES
from transcheck.read.groups import Group, Groups, Lone
from transcheck.run.fingerprint import known_as, plain
from transcheck.run.git import Change
from transcheck.run.sidecar import SUFFIX, read_text
from transcheck.types import LANGS, DocumentReport, Finding, Lang, Suppressed, Suppression

_Key = tuple[str, frozenset[tuple[Lang, str]]]


@dataclass(frozen=True, slots=True)
class Past:
    """The groups that a change touches as they were before it: ``unsaved`` has what their files held then.

    A group has the id that it has now, so that its findings are known again where its files were renamed.
    """

    groups: Groups
    unsaved: Mapping[Path, bytes]


def touched(found: Groups, change: Change, older: Groups | None = None) -> Groups:
    """Return the groups, tables and texts of which a file, or the list beside it, was changed, renamed or made.

    ``older`` are the groups as they were, needed where files went (see :func:`went`): what has lost a version was
    touched. Problems stay that are on a file of the change, or on no file at all.
    """

    def here(path: Path) -> bool:
        return path in change or _list_changed(path, change)

    lost = [g for g in older.groups if any(_gone(p, change) for _, p in g.files)] if older else []
    left = {p for g in lost for _, p in g.files}
    return replace(
        found,
        groups=tuple(g for g in found.groups if any(here(p) or p in left for _, p in g.files)),
        tables=tuple(p for p in found.tables if here(p)),
        lone=tuple(x for x in found.lone if here(x.path) or x.path in left),
        untold=tuple(p for p in found.untold if here(p)),
        excluded=tuple(p for p in found.excluded if here(p)),
        problems=tuple(p for p in found.problems if not p.files or any(here(f) for f in p.files)),
    )


def went(change: Change) -> dict[Path, bytes]:
    """Return the texts that a change took away, with what they held: to be found among the texts once more."""
    held = change.contents(name for name in change.gone if PurePosixPath(name).suffix.lower() in SUFFIXES)
    return {change.top.joinpath(*name.split("/")): data for name, data in held.items()}


def past(found: Groups, change: Change, older: Groups | None = None, others: Iterable[Path] = ()) -> Past:
    """Return what :func:`touched` found as it was before the change; what is new has no past.

    ``others`` are files that are read besides, such as a manifest and what it names.
    """
    groups: list[Group] = []
    lone: list[Lone] = []
    names: dict[Path, str] = {}
    for identity, layout, now in _now(found):
        files = sorted((*_then(now, change, names), *_lost(now, change, older, names)), key=lambda f: LANGS.index(f[0]))
        if len(files) > 1:
            groups.append(Group(identity, tuple(files), layout))
        elif files:
            lone.append(Lone(files[0][1], files[0][0], False, identity))
    tables = [p for p in found.tables if change.old_name(p) is not None]
    names |= {p: name for p in (*tables, *others) if p in change and (name := change.old_name(p))}
    held = change.contents(names.values())
    unsaved = {path: held[name] for path, name in names.items() if name in held}
    return Past(Groups(tuple(groups), tuple(tables), tuple(lone)), unsaved)


def read_old(change: Change, path: str) -> str | None:
    """Return what a list of suppressions held before the change, None where there was none; see ``run.sidecar``."""
    if path not in change and not _gone(Path(path), change):
        return read_text(path)
    name = change.old_name(Path(path))
    held = change.contents([name]) if name else {}
    return held[name].decode("utf-8", "replace") if name in held else None


def introduced(
    reports: Sequence[DocumentReport], old: Sequence[DocumentReport], revision: str
) -> tuple[DocumentReport, ...]:
    """Return the reports with the findings that were there before moved to ``suppressed``.

    A finding is known by its fingerprint; where a version came or went, by its code and its words in the versions that
    were there before and after. Findings that were suppressed before do not count as having been there.
    """
    known = {f.fingerprint for r in old for f in r.findings}
    before = {known_as(r): r for r in old if r.document is not None}
    return tuple(_parted(r, known, before.get(known_as(r)), revision) for r in reports)


def _parted(report: DocumentReport, known: set[str], old: DocumentReport | None, revision: str) -> DocumentReport:
    alike = _alike(report, old)
    kept: list[Finding] = []
    put = list(report.suppressed)
    by = Suppression("since", "", revision)
    for finding in report.findings:
        key = _key(finding, alike[1])
        if finding.fingerprint in known:
            put.append(Suppressed(finding, by))
        elif key[1] and alike[0][key]:
            alike[0][key] -= 1
            put.append(Suppressed(finding, by))
        else:
            kept.append(finding)
    return report if len(kept) == len(report.findings) else replace(report, findings=tuple(kept), suppressed=tuple(put))


def _alike(report: DocumentReport, old: DocumentReport | None) -> tuple[Counter[_Key], frozenset[Lang]]:
    """Return the old findings by code and words in the common versions; none where the versions are the same."""
    if old is None or old.document is None or report.document is None:
        return Counter(), frozenset()
    common = frozenset(report.document.langs) & frozenset(old.document.langs)
    if set(report.document.langs) == set(old.document.langs):
        return Counter(), common
    return Counter(_key(f, common) for f in old.findings), common


def _key(finding: Finding, langs: frozenset[Lang]) -> _Key:
    places = (finding.span, *finding.counterparts)
    return finding.code, frozenset((p.lang, plain(p.text)) for p in places if p.lang in langs and p.text.strip())


def _now(found: Groups) -> Iterator[tuple[str, str, tuple[tuple[Lang, Path], ...]]]:
    """Yield what there is now: id, layout and files of each group and of each text without another version."""
    for group in found.groups:
        yield group.id, group.layout, group.files
    for lone in found.lone:
        if lone.lang is not None:
            yield lone.id, "", ((lone.lang, lone.path),)


def _then(files: Sequence[tuple[Lang, Path]], change: Change, names: dict[Path, str]) -> Iterator[tuple[Lang, Path]]:
    """Yield those of the files that there were, and note the old names of those that changed."""
    for lang, path in files:
        name = change.old_name(path)
        if name is not None:
            if path in change:
                names[path] = name
            yield lang, path


def _lost(
    files: Sequence[tuple[Lang, Path]], change: Change, older: Groups | None, names: dict[Path, str]
) -> Iterator[tuple[Lang, Path]]:
    """Yield the versions that went from a group, in languages that it has no other version in, and note their names."""
    now = {path for _, path in files}
    for group in older.groups if older else ():
        if now & {path for _, path in group.files}:
            for lang, path in group.files:
                if _gone(path, change) and lang not in {lang for lang, _ in files}:
                    names[path] = change.old_name(path) or ""
                    yield lang, path


def _gone(path: Path, change: Change) -> bool:
    return bool(change.gone) and change.old_name(path) in change.gone


def _list_changed(path: Path, change: Change) -> bool:
    beside = Path(f"{path}{SUFFIX}")
    return beside in change or _gone(beside, change)
