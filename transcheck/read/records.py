"""Tables of quotes: records with columns id, ru, uk, en from JSON Lines, CSV, TSV, XLSX and Parquet.

A record that cannot be checked becomes a :class:`Failure`; the others are still read. Nothing is guessed about values:
"NA", "null" and "007" stay what they are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transcheck.read.decode import MAX_BYTES, MAX_CHARS, decode
from transcheck.read.names import NAMES
from transcheck.read.text import read_bytes
from transcheck.types import LANGS, Document, InputError, Lang, Version

if TYPE_CHECKING:
    import pandas

FORMATS = {
    ".jsonl": "JSON Lines",
    ".ndjson": "JSON Lines",
    ".json": "JSON",
    ".csv": "CSV",
    ".tsv": "TSV",
    ".xlsx": "XLSX",
    ".parquet": "Parquet",
}
"""Suffixes of tables and what they are called."""

TOML = ".toml"

_NEEDED = "needed are 'id' and at least two of 'ru', 'uk', 'en'"


@dataclass(frozen=True, slots=True)
class Failure:
    """A record that could not be read: its id (or row number) and a message with the place and the remedy.

    ``files`` are those that it is about, where they exist and the id does not name them.
    """

    id: str
    message: str
    files: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class _Raw:
    """A record as read: its number from 1, where it stands, and its values or what is wrong with it."""

    number: int
    where: str
    values: Mapping[str, Any]
    error: str = ""


def is_table(path: Path) -> bool:
    """Tell whether a file is read as a table of records, by its suffix."""
    return path.suffix.lower() in FORMATS


def read_records(path: Path, data: bytes | None = None) -> Iterator[Document | Failure]:
    """Yield the documents of a table in its order, and a :class:`Failure` for every record that is none.

    ``data`` is what the file holds, where that is not what the disk has. A TOML file, which is no table unless it is
    named as one, has a ``[[group]]`` a record.

    A record without id gets its number, counted from 1. All columns beside id, ru, uk and en are kept in ``meta``.

    Raises:
        InputError: the file cannot be read, is in no known format, has no record or lacks the columns.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS and suffix != TOML:
        known = ", ".join(FORMATS)
        raise InputError(f"{path}: {suffix or 'no suffix'} is no table that can be read; save it as one of {known}")
    origin = str(path)
    data = read_bytes(path) if data is None else data
    if suffix in (".jsonl", ".ndjson", ".json"):
        return read_record_bytes(data, origin)
    if suffix == TOML:
        return _documents(_toml(decode(data, origin, MAX_BYTES), origin), origin)
    if suffix in (".csv", ".tsv"):
        raws = _separated(decode(data, origin, MAX_BYTES), origin, suffix)
    else:
        raws = _rows_of(_frame(path, suffix, data), origin, 2 if suffix == ".xlsx" else 1)
    return _documents(raws, origin)


def read_record_bytes(data: bytes, origin: str) -> Iterator[Document | Failure]:
    """Yield the documents of JSON records: one object, an array of them, or one a line; see :func:`read_records`.

    Raises:
        InputError: no text, or records without two of the columns ru, uk, en.
    """
    text = decode(data, origin, MAX_BYTES)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return _documents(_json_lines(text, origin), origin)
    values = whole if isinstance(whole, list) else [whole]
    raws = [_json_record(n, f"record {n}", value) for n, value in enumerate(values, 1)]
    _check_json(raws, origin)
    return _documents(raws, origin)


def documents_from_frame(frame: pandas.DataFrame, origin: str = "table") -> Iterator[Document | Failure]:
    """Yield the documents of a data frame with columns id, ru, uk, en; see :func:`read_records`.

    Raises:
        InputError: the frame has no row or lacks the columns.
    """
    return _documents(_rows_of(frame, origin, 1), origin)


def _documents(raws: Iterable[_Raw], origin: str) -> Iterator[Document | Failure]:
    """Turn raw records into documents or failures."""
    seen: dict[str, str] = {}
    for raw in raws:
        yield _document(raw, origin, seen)


def _document(raw: _Raw, origin: str, seen: dict[str, str]) -> Document | Failure:
    """Check one record; ``seen`` maps the ids of earlier ones to where they stand."""
    values = {str(k).strip(): v for k, v in raw.values.items()}
    columns = {k.lower(): k for k in values}
    given = _text(values.get(columns.get("id", "")))
    identity = (given or "").strip() or str(raw.number)
    place = f"{origin}, {raw.where}"
    if raw.error:
        return Failure(identity, f"{place}: {raw.error}")
    if identity in seen:
        return Failure(
            identity, f"{place}: the id {identity!r} stands at {seen[identity]} too; give every record its own"
        )
    seen[identity] = raw.where
    versions = []
    for lang in LANGS:
        value = values.get(columns.get(lang, ""))
        if value is None or _missing(value):
            continue
        if not isinstance(value, str):
            kind = type(value).__name__
            return Failure(identity, f"{place}: {lang!r} is no text but {kind} ({value!r:.40}); write it as text")
        problem = _unfit(value)
        if problem:
            return Failure(identity, f"{place}: {lang!r} {problem}")
        if value.strip():
            versions.append(Version(lang, value, f"{place}, {lang}"))
    if len(versions) < 2:
        have = f"only {versions[0].lang!r} is" if versions else "none is"
        return Failure(identity, f"{place}: {have} filled; fill at least two of 'ru', 'uk', 'en' or remove the record")
    kept = {columns.get(c) for c in ("id", *LANGS)}
    meta = tuple((k, _meta(k, v)) for k, v in values.items() if k not in kept)
    return Document(identity, tuple(versions), meta, file=origin)


def _unfit(text: str) -> str:
    """Say what makes a text unfit to be checked, or return nothing."""
    if len(text) > MAX_CHARS:
        return f"has {len(text):,} characters, more than the {MAX_CHARS:,} that are read; split the record"
    bad = re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f\ud800-\udfff]", text)
    if bad:
        return f"holds U+{ord(bad.group()):04X} at character {bad.start()}, which is no text; remove it"
    return ""


def _missing(value: object) -> bool:
    """Tell whether a scalar is a table's mark of an empty cell."""
    nan = isinstance(value, float) and value != value
    return value is None or nan or type(value).__name__ in ("NAType", "NaTType")


def _text(value: object) -> str | None:
    """Return a value as text, None for an empty cell; whole floats lose their fraction (spreadsheet ids)."""
    if _missing(value):
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (dict, list, bool)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def _meta(name: str, value: object) -> str:
    """Return a further column's value as text; the source language by its usual code."""
    text = _text(value) or ""
    if name.lower() == "source_lang":
        code: Lang | None = NAMES.get(text.strip().lower())
        return code or text
    return text


def _check_columns(found: Iterable[object], origin: str) -> None:
    """Refuse a table without at least two language columns."""
    names = [str(c).strip() for c in found]
    if len({n.lower() for n in names} & set(LANGS)) < 2:
        listed = ", ".join(repr(n) for n in names[:20]) or "none"
        raise InputError(f"{origin}: the columns are {listed}; {_NEEDED}: rename the columns")


def _json_lines(text: str, origin: str) -> list[_Raw]:
    """Return one record a line; blank lines are passed over."""
    raws: list[_Raw] = []
    for line, content in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if not content.strip():
            continue
        where, number = f"line {line}", len(raws) + 1
        try:
            value = json.loads(content)
        except (ValueError, RecursionError) as error:
            reason = str(error).replace("line 1 ", "")
            raws.append(_Raw(number, where, {}, f"broken JSON ({reason}); write one JSON object a line"))
            continue
        raws.append(_json_record(number, where, value))
    _check_json(raws, origin)
    return raws


def _json_record(number: int, where: str, value: object) -> _Raw:
    """Return a JSON value as a record, or as the error that it is none."""
    if isinstance(value, dict):
        return _Raw(number, where, value)
    return _Raw(number, where, {}, f"this is no JSON object but {type(value).__name__}; write {{...}}")


def _check_json(raws: Sequence[_Raw], origin: str) -> None:
    """Refuse JSON that holds no record, or none with two language columns."""
    if not raws:
        raise InputError(f"{origin}: there is no record; {_NEEDED}")
    if any(not raw.error for raw in raws):
        _check_columns(dict.fromkeys(k for raw in raws for k in raw.values), origin)


def _toml(text: str, origin: str) -> list[_Raw]:
    """Return the ``[[group]]`` tables of a TOML file."""
    import tomllib

    remedy = 'write a [[group]] table a record, with id = "…" and two of ru, uk, en'
    try:
        read = tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{origin}: broken TOML ({error}); {remedy}") from error
    groups = read.get("group")
    if list(read) != ["group"] or not isinstance(groups, list) or not all(isinstance(g, dict) for g in groups):
        raise InputError(f"{origin}: this holds no records; {remedy}")
    raws = [_Raw(n, f"group {n}", group) for n, group in enumerate(groups, 1)]
    _check_json(raws, origin)
    return raws


def _separated(text: str, origin: str, suffix: str) -> Iterator[_Raw]:
    """Yield the rows of a CSV or TSV file; the separator of a CSV is the one that parts the header best."""
    separator = "\t"
    if suffix == ".csv":
        header = text.lstrip("\r\n").split("\n", 1)[0]
        separator = max(",;\t", key=lambda s: (len(_header_langs(header, s)), header.count(s)))
    rows = list(_rows(text, separator, strict=True))
    if suffix == ".tsv" and any(error for _, _, error in rows):
        rows = list(_rows(text, separator, strict=False))
    if not rows:
        raise InputError(f"{origin}: the table has no header; {_NEEDED}")
    header_row = [c.strip() for c in rows[0][1]]
    _check_columns(header_row, origin)
    twice = [c for c in header_row if c and header_row.count(c) > 1]
    if twice:
        raise InputError(f"{origin}: the column {twice[0]!r} stands there twice; rename one of the two")
    if len(rows) == 1:
        raise InputError(f"{origin}: the table has a header and no rows; add records or leave the file out")
    return (_row(number, row, header_row) for number, row in enumerate(rows[1:], 1))


def _header_langs(header: str, separator: str) -> set[str]:
    """Return the language columns that a separator brings out of a header line."""
    return {c.strip().strip('"').lower() for c in header.split(separator)} & set(LANGS)


def _rows(text: str, separator: str, *, strict: bool) -> Iterator[tuple[int, list[str], str]]:
    """Yield (line, fields, error) for every row that is not blank; not strict: quotation marks are plain characters."""
    csv.field_size_limit(MAX_CHARS + 1)
    source = io.StringIO(text, newline="")
    if strict:
        reader = csv.reader(source, delimiter=separator, strict=True)
    else:
        reader = csv.reader(source, delimiter=separator, quoting=csv.QUOTE_NONE)
    while True:
        line = reader.line_num + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield line, [], str(error)
            continue
        if any(f.strip() for f in fields):
            yield line, fields, ""


def _row(number: int, row: tuple[int, list[str], str], header: list[str]) -> _Raw:
    """Join a row with the header, or say why it does not fit."""
    line, fields, error = row
    where = f"row {number} (line {line})"
    if error:
        return _Raw(number, where, {}, f'broken quoting ({error}); close every " and double those inside a field')
    if len(fields) > len(header) and any(f.strip() for f in fields[len(header) :]):
        problem = f"{len(fields)} fields under {len(header)} columns; put a field with the separator in it in quotes"
        return _Raw(number, where, dict(zip(header, fields, strict=False)), problem)
    padded = fields + [""] * (len(header) - len(fields))
    return _Raw(number, where, {h: f for h, f in zip(header, padded, strict=False) if h})


def _frame(path: Path, suffix: str, content: bytes) -> pandas.DataFrame:
    """Read a spreadsheet's first sheet or a Parquet file."""
    data = io.BytesIO(content)
    try:
        import pandas
    except ImportError as error:
        raise InputError(f"{path}: reading {FORMATS[suffix]} needs pandas; pip install 'transcheck[tables]'") from error
    try:
        if suffix == ".xlsx":
            return pandas.read_excel(data, dtype=object, keep_default_na=False, na_filter=False, engine="openpyxl")
        return pandas.read_parquet(data)
    except ImportError as error:
        raise InputError(f"{path}: reading {FORMATS[suffix]} needs {error.name}; pip install {error.name}") from error
    except Exception as error:  # openpyxl, zipfile and pyarrow raise a score of kinds for a broken file
        reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
        raise InputError(f"{path}: no readable {FORMATS[suffix]} file ({reason}); save it again") from error


def _rows_of(frame: pandas.DataFrame, origin: str, head: int) -> Iterator[_Raw]:
    """Yield the rows of a frame; ``head`` is the number that a reader sees beside the first row."""
    _check_columns(frame.columns, origin)
    if not len(frame):
        raise InputError(f"{origin}: the table has a header and no rows; add records or leave the file out")
    names = [str(c) for c in frame.columns]
    rows = enumerate(frame.astype(object).itertuples(index=False, name=None))
    return (_Raw(n + 1, f"row {n + head}", dict(zip(names, values, strict=True))) for n, values in rows)
