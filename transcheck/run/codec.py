"""Reports as bytes and back, exactly: compressed JSON lists that follow the fields of the types.

No pickle: what is read back is data and runs nothing. A place is written without its text where that is what its
version has there, which is nearly always, and a document once for all the reports on it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from transcheck.types import Document, DocumentReport, Place

_LEVEL = 1
"""Of compression; higher ones save a tenth and cost several times as much."""

Texts = Mapping[str, str]
"""The texts of a document's versions by their languages."""

Convert = Callable[[Any, Texts], Any]

_PLAIN = (str, int, float, bool, NoneType)


def to_bytes(reports: Sequence[DocumentReport]) -> bytes:
    """Return reports as bytes that :func:`from_bytes` makes the same reports of."""
    documents: list[Document] = []
    for report in reports:
        if report.document is not None and not any(d is report.document for d in documents):
            documents.append(report.document)
    written = []
    for report in reports:
        at = next((i for i, d in enumerate(documents) if d is report.document), None)
        texts = _texts(report.document)
        written.append([at, [convert(getattr(report, name), texts) for name, convert in _parts(writing=True)]])
    data = [[_converter(Document, writing=True)(d, {}) for d in documents], written]
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return zlib.compress(text.encode("utf-8", "surrogatepass"), _LEVEL)


def from_bytes(data: bytes) -> tuple[DocumentReport, ...]:
    """Return the reports.

    Raises:
        ValueError: when the bytes are not what :func:`to_bytes` of the same version of the program made.
    """
    try:
        stored, written = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
        documents = [_converter(Document, writing=False)(d, {}) for d in stored]
        found = []
        for at, values in written:
            document = None if at is None else documents[at]
            texts, parts = _texts(document), _parts(writing=False)
            rest = {name: convert(v, texts) for (name, convert), v in zip(parts, values, strict=True)}
            found.append(DocumentReport(document=document, **rest))
        return tuple(found)
    except (zlib.error, ValueError, TypeError, LookupError) as error:
        raise ValueError(f"no stored report ({error})") from error


def _texts(document: Document | None) -> Texts:
    return {} if document is None else {v.lang: v.text for v in document.versions}


@lru_cache(maxsize=2)
def _parts(*, writing: bool) -> tuple[tuple[str, Convert], ...]:
    """Return the fields of a report but its document, each with what writes or reads it."""
    hints = get_type_hints(DocumentReport)
    names = [f.name for f in fields(DocumentReport) if f.name != "document"]
    return tuple((name, _converter(hints[name], writing=writing)) for name in names)


@lru_cache(maxsize=256)
def _converter(kind: Any, *, writing: bool) -> Convert:
    """Return what turns a value of a type into JSON, or JSON into such a value.

    Raises:
        TypeError: a type that this module does not know; extend it when the types grow.
    """
    if kind is Place:
        return _write_place if writing else _read_place
    origin, arguments = get_origin(kind), get_args(kind)
    if kind in _PLAIN or origin is Literal:
        return _as_it_is
    if is_dataclass(kind):
        return _of_class(kind, writing=writing)
    if origin is tuple:
        return _of_tuple(arguments, writing=writing)
    if origin in (Union, UnionType):
        rest = [a for a in arguments if a is not NoneType]
        if len(rest) == 1:
            return _or_none(_converter(rest[0], writing=writing))
        if all(a in _PLAIN or get_origin(a) is Literal for a in rest):
            return _as_it_is
    raise TypeError(f"{kind} cannot be stored")


def _as_it_is(value: Any, _: Texts) -> Any:
    return value


def _or_none(convert: Convert) -> Convert:
    if convert is _as_it_is:
        return convert
    return lambda value, texts: None if value is None else convert(value, texts)


def _of_class(kind: Any, *, writing: bool) -> Convert:
    hints = get_type_hints(kind)
    parts = [(f.name, _converter(hints[f.name], writing=writing)) for f in fields(kind)]
    if writing:
        return lambda value, texts: [convert(getattr(value, name), texts) for name, convert in parts]
    converters = [None if convert is _as_it_is else convert for _, convert in parts]
    count = len(converters)

    def read(values: Any, texts: Texts) -> Any:
        if len(values) != count:
            raise ValueError(f"{kind.__name__} has other fields")
        return kind(*[v if c is None else c(v, texts) for c, v in zip(converters, values, strict=True)])

    return read


def _of_tuple(arguments: tuple[Any, ...], *, writing: bool) -> Convert:
    make: Callable[[Any], Any] = list if writing else tuple
    if len(arguments) == 2 and arguments[1] is ...:
        convert = _converter(arguments[0], writing=writing)
        if convert is _as_it_is:
            return lambda values, _: make(values)
        return lambda values, texts: make([convert(v, texts) for v in values])
    several = [_converter(a, writing=writing) for a in arguments]
    return lambda values, texts: make([c(v, texts) for c, v in zip(several, values, strict=True)])


def _write_place(place: Place, texts: Texts) -> list[Any]:
    there = texts.get(place.lang)
    if there is not None and there[place.start : place.end] == place.text:
        return [place.lang, place.start, place.end]
    return [place.lang, place.start, place.end, place.text]


def _read_place(values: Sequence[Any], texts: Texts) -> Place:
    if len(values) == 3:
        lang, start, end = values
        return Place(lang, start, end, texts[lang][start:end])
    return Place(*values)
