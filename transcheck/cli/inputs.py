"""From what was given on the command line to documents; the only way from it into the readers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transcheck.read.groups import Groups
    from transcheck.read.records import Failure
    from transcheck.run.config import Config
    from transcheck.types import Document, Lang, Version

STDIN = "-"


def require_one_kind(files: Sequence[str], declared: Mapping[Lang, Path], texts: Mapping[Lang, str]) -> None:
    """Raise ConfigError unless ``compare`` was given files, or texts, or the standard input alone."""
    from transcheck.types import ConfigError

    if not (files or declared or texts):
        raise ConfigError("nothing to compare: give two or three files, --text-ru/--text-uk/--text-en, or -")
    if STDIN in files and (len(files) > 1 or declared or texts):
        raise ConfigError("- stands alone: the standard input brings all the versions, as JSON with ru, uk and en")
    if texts and (files or declared):
        raise ConfigError("give either files or texts, not both")


def one_document(
    files: Sequence[str], declared: Mapping[Lang, Path], texts: Mapping[Lang, str]
) -> Iterable[Document | Failure]:
    """Return what ``compare`` was given: one document, or the records on the standard input."""
    from transcheck.read.documents import document_from_files, document_from_texts
    from transcheck.read.records import is_table
    from transcheck.types import InputError

    if STDIN in files:
        return standard_input()
    if texts:
        return [document_from_texts(texts)]
    paths = [Path(f) for f in files]
    for path in (*paths, *declared.values()):
        if is_table(path):
            raise InputError(f"{path}: compare takes texts, and this is a table; run: transcheck audit {path}")
    return [document_from_files([*paths, *declared.values()], {path: lang for lang, path in declared.items()})]


def standard_input() -> Iterator[Document | Failure]:
    """Read JSON records from the standard input: one object, an array of them, or one a line."""
    from transcheck.read.records import read_record_bytes

    return read_record_bytes(sys.stdin.buffer.read(), "standard input")


def audited(paths: Sequence[str], manifest: Path | None = None) -> Iterator[Document | Failure]:
    """Read what ``audit`` was given: tables and bilingual files record by record, articles group by group.

    What cannot be read is a failure beside the others. Two or three articles whose names say nothing of each other
    are one group.
    """
    from transcheck.read.bilingual import is_bilingual, read_units
    from transcheck.read.manifest import read_manifest
    from transcheck.read.records import Failure, is_table, read_records
    from transcheck.types import InputError

    articles: list[Path] = []
    for given in paths:
        path = Path(given)
        try:
            if given == STDIN:
                yield from standard_input()
            elif is_bilingual(path):
                yield from read_units(path)
            elif is_table(path):
                yield from read_records(path)
            elif path.exists():
                articles.append(path)
            else:
                yield Failure(given, f"{given}: no such file or folder; check the name")
        except InputError as error:
            yield Failure(given, str(error))
    if articles:
        yield from _articles(articles)
    if manifest is not None:
        try:
            yield from read_manifest(manifest)
        except InputError as error:
            yield Failure(str(manifest), str(error))


def _articles(paths: Sequence[Path]) -> Iterator[Document | Failure]:
    from transcheck.read.documents import document_from_files
    from transcheck.read.groups import find_groups, read_groups
    from transcheck.read.records import Failure
    from transcheck.types import Document, InputError

    try:
        found = replace(find_groups(paths), tables=())
        alone = [text.path for text in found.lone]
        if not (found.groups or found.problems) and 2 <= len(alone) <= 3 and not any(p.is_dir() for p in paths):
            yield replace(document_from_files(alone), articles=True)
            return
        for item in read_groups(found):
            yield replace(item, articles=True) if isinstance(item, Document) else item
    except InputError as error:
        yield Failure(", ".join(map(str, paths)), str(error))


def each_article(paths: Sequence[str], declared: Lang | None) -> Iterator[Version | Failure]:
    """Read every article by itself, those of folders too; what cannot be read is a failure beside the others."""
    from transcheck.read.articles import read_version
    from transcheck.read.bilingual import is_bilingual, read_units
    from transcheck.read.groups import article_files
    from transcheck.read.records import Failure
    from transcheck.types import InputError

    for given in paths:
        try:
            files = tuple(article_files(Path(given)))
        except InputError as error:
            yield Failure(given, str(error))
            continue
        for path in files:
            try:
                if is_bilingual(path):
                    for unit in read_units(path):
                        yield from (unit,) if isinstance(unit, Failure) else unit.versions
                else:
                    yield read_version(path, declared)
            except InputError as error:
                yield Failure(str(path), str(error))


def finder(paths: Sequence[Path], config: Config, unsaved: Mapping[Path, bytes]) -> Callable[..., Groups]:
    """Return :func:`groups` for these arguments; given other unsaved content, it takes that."""
    return lambda other=None: groups(paths, config, unsaved if other is None else other)


def groups(paths: Sequence[Path], config: Config, unsaved: Mapping[Path, bytes]) -> Groups:
    """Find the files that are versions of one text, for paths, those of the configuration or the working directory."""
    from transcheck.run.check import find

    return find(paths, config, unsaved)
