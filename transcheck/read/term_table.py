"""A termbase as an editor keeps it in a spreadsheet: tabs between the columns, a concept a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from transcheck.read.terms import Draft, draft, flags_of, misnamed, nearest
from transcheck.types import LANGS, InputError, Lang, Term

_FORBIDDEN = "forbidden"
_COLUMNS: Mapping[str, tuple[Lang, bool] | None] = {
    "concept": None,
    **{lang: (lang, False) for lang in LANGS},
    **{f"{lang}-{_FORBIDDEN}": (lang, True) for lang in LANGS},
    "flags": None,
    "note": None,
}
"""The columns that are known, those of terms with their language and whether they forbid."""

_NEEDED = "at least one of these is needed: " + ", ".join(name for name, about in _COLUMNS.items() if about)
_LONG_CODES: Mapping[str, Lang] = {"rus": "ru", "ukr": "uk", "eng": "en"}
"""Codes that other formats know, and a table does not."""

_APART = re.compile(r"(?<!\d)[,;]|[,;](?!\d)")
"""What stands between terms by mistake; within a number it is a part of it."""

_PAIRED = (('"', '"'), ("«", "»"), ("„“”", "„“”"))
_REMARK = "#"
_NEAR = 0.75
"""Likeness from which an unknown column is taken for a known one that is misspelt."""


def read_table(text: str, name: str) -> list[Draft]:
    """Return the concepts of a table.

    The header names the columns, in any order; those of other names are the editor's own. Blank rows and rows that
    begin with # are passed over. Several terms in a cell have | between them.

    Raises:
        InputError: no header, a column that stands twice or is misspelt, more cells than columns, an unknown flag.
    """
    (line, header), *rows = _rows(text, name) or [(1, [])]
    columns = _columns(header, f"{name}, line {line}")
    return [_draft(columns, fields, f"{name}, line {at}", at) for at, fields in rows]


def _rows(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Return the rows that say something, each with the line that it begins in.

    Some programs put cells in quotation marks and others write all marks as they are: what is broken as the first is
    read as the second.
    """
    try:
        found = list(_parsed(text, csv.QUOTE_MINIMAL))
    except csv.Error:
        try:
            found = list(_parsed(text, csv.QUOTE_NONE))
        except csv.Error as error:
            raise InputError(f"{name}: not a table with tabs ({error}); save it as TSV again") from error
    return [(at, row) for at, row in found if any(f.strip() for f in row) and not row[0].lstrip().startswith(_REMARK)]


def _parsed(text: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True, quoting=quoting)
    line = 1
    for fields in reader:
        yield line, fields
        line = reader.line_num + 1


def _columns(header: Sequence[str], where: str) -> list[str]:
    """Return the names of the columns, "" for one that is the editor's own."""
    found = []
    for given in header:
        column = re.sub(r"[\s_-]+", "-", given.strip().lower())
        meant = _meant(column)
        if meant is not None:
            raise InputError(f"{where}: unknown column {given.strip()!r}; write {meant!r}")
        if column and column not in _COLUMNS and _means_another(column):
            hint = nearest(column, list(_COLUMNS), "the columns are")
            raise InputError(f"{where}: unknown column {given.strip()!r}{hint}")
        if column in _COLUMNS and column in found:
            raise InputError(f"{where}: the column {column!r} stands there twice; rename one of the two")
        found.append(column if column in _COLUMNS else "")
    if not any(_COLUMNS[c] for c in found if c):
        listed = ", ".join(repr(c.strip()) for c in header if c.strip()) or "none"
        raise InputError(f"{where}: the columns are {listed}; {_NEEDED}, with tabs between them")
    return found


def _meant(column: str) -> str | None:
    """Return the column that one is which does not name its language by its code: uk-forbidden for ua-forbidden."""
    named = column.removesuffix(f"-{_FORBIDDEN}")
    lang = _LONG_CODES.get(named) or misnamed(named)
    return None if lang is None else lang + column[len(named) :]


def _means_another(column: str) -> bool:
    """Tell whether an unknown column is most likely a known one: a check that is silently not made is worst."""
    import difflib

    language = column.split("-")[0] in LANGS
    return language or bool(difflib.get_close_matches(column, list(_COLUMNS), n=1, cutoff=_NEAR))


def _draft(columns: Sequence[str], fields: Sequence[str], where: str, line: int) -> Draft:
    if any(f.strip() for f in fields[len(columns) :]):
        raise InputError(
            f"{where}: {len(fields)} cells under {len(columns)} columns; take out the tabs that are too many"
        )
    cells = {c: f.strip() for c, f in zip(columns, fields, strict=False) if c}
    terms = [
        Term(about[0], text, about[1])
        for column, about in _COLUMNS.items()
        if about is not None
        for text in _terms(cells.get(column, ""), where)
    ]
    note = " ".join(cells.get("note", "").split())
    return draft(cells.get("concept", ""), terms, flags_of(cells.get("flags", ""), where), note, line)


def _terms(cell: str, where: str) -> Iterator[str]:
    """Yield the terms of a cell; InputError for signs with which a term would never be found."""
    for term in (" ".join(part.split()) for part in cell.split("|") if part.strip()):
        between = _APART.search(term)
        if between:
            raise InputError(f"{where}: {between.group()!r} in a term; between terms stands |")
        for opening, closing in _PAIRED:
            opened, closed = (sum(term.count(c) for c in signs) for signs in (opening, closing))
            if opened != closed or (opening == closing and opened % 2):
                mark = next(c for c in term if c in opening + closing)
                raise InputError(f"{where}: {mark!r} in a term is without its counterpart; take it out")
        yield term
