"""From what was given on the command line to documents; the only way from it into the readers."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transcheck.read.records import Failure
    from transcheck.types import Document, Lang

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


def tables(paths: Sequence[str]) -> Iterator[Document | Failure]:
    """Read every table; one that cannot be read is a failure beside the others."""
    from transcheck.read.records import Failure, read_records
    from transcheck.types import InputError

    for path in paths:
        try:
            yield from standard_input() if path == STDIN else read_records(Path(path))
        except InputError as error:
            yield Failure(path, str(error))


def groups(paths: Sequence[Path]) -> Iterator[Document | Failure]:
    """Read the versions that lie beside each other below the paths."""
    from transcheck.read.groups import read_groups

    return read_groups(paths)
