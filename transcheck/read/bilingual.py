"""Bilingual files of translators: PO and POT, XLIFF 1.2 and 2, TMX; every unit is a document.

Left out, and no error, are units that are untranslated, fuzzy or not to be translated, and obsolete entries and the
header of a PO file. Of a unit in many languages only Russian, Ukrainian and English are compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from transcheck.read.decode import MAX_CHARS
from transcheck.read.names import NAMES, split_name
from transcheck.read.records import Failure
from transcheck.read.text import read_bytes
from transcheck.read.units import Role, Side, Unit, decode_declared
from transcheck.text.detect import detect
from transcheck.types import LANGS, Comment, Document, InputError, Lang, Span, Version

FORMATS = {".po": "PO", ".pot": "PO", ".xlf": "XLIFF", ".xliff": "XLIFF", ".tmx": "TMX"}
"""Suffixes of bilingual files and what they are called."""

_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)[\"']")
_SAMPLE = 100_000
"""Code points of all units together from which an undeclared language is told."""

_UNTRANSLATED = "untranslated"
_OTHER = "in other languages"
_UNKNOWN = "in a language that neither the file nor its name (x.uk.po) tells"


def is_bilingual(path: Path) -> bool:
    """Tell whether a file is read as a bilingual one, by its suffix."""
    return path.suffix.lower() in FORMATS


def read_units(path: Path, data: bytes | None = None) -> Iterator[Document | Failure]:
    """Yield the units of a file in its order, as documents, and a :class:`Failure` for every unit with a mistake.

    ``data`` is what the file holds, where that is not what the disk has.

    The id is the path and, after ``#``, the name of the unit: its id or tuid, in a PO file the line of its msgid.
    Inline codes are left out of the texts, placeholders of PO are kept, white space at their ends is left out.

    Raises:
        InputError: the file cannot be read, is in no known format, is broken, or has no unit to compare.
    """
    origin = str(path)
    kind = FORMATS.get(path.suffix.lower())
    if kind is None:
        known = ", ".join(FORMATS)
        raise InputError(
            f"{path}: {path.suffix or 'no suffix'} is no bilingual file that can be read; save it as {known}"
        )
    data = read_bytes(path) if data is None else data
    units = _lifted(_units(kind, data, origin))
    langs = _undeclared(units, path)
    found: list[Document | Failure] = []
    reasons: Counter[str] = Counter()
    for unit, identity in zip(units, _identities(units, origin), strict=True):
        made = _document(unit, identity, origin, langs)
        if isinstance(made, str):
            reasons[made] += 1
        else:
            found.append(made)
    if not found:
        raise InputError(_nothing(origin, reasons))
    return iter(found)


def _units(kind: str, data: bytes, origin: str) -> list[Unit]:
    """Read the units of a file of one of the formats."""
    if kind == "PO":
        from transcheck.read.po import CHARSET, po_units

        return po_units(decode_declared(data, origin, CHARSET))
    from transcheck.read.xliff import tmx_units, xliff_units

    return {"XLIFF": xliff_units, "TMX": tmx_units}[kind](decode_declared(data, origin, _XML_ENCODING), origin)


def _lifted(units: Sequence[Unit]) -> list[Unit]:
    """Return the units with the comments on any of them that are about the whole file."""
    whole = tuple(dict.fromkeys(c for u in units for c in u.comments if c[0].lower().startswith("ignore-file")))
    if not whole:
        return list(units)
    return [replace(u, comments=(*whole, *(c for c in u.comments if c not in whole))) for u in units]


def _nothing(origin: str, reasons: Counter[str]) -> str:
    """Return the message for a file without a unit that can be compared."""
    remedy = "a unit needs a finished translation, and two of Russian, Ukrainian and English"
    if not reasons:
        return f"{origin}: there is no unit in the file; {remedy}"
    listed = ", ".join(f"{count:,} {reason}" for reason, count in reasons.most_common())
    return f"{origin}: none of the {sum(reasons.values()):,} units can be compared ({listed}); {remedy}"


def _identities(units: Sequence[Unit], origin: str) -> Iterator[str]:
    """Yield an id for every unit; one that occurs before is told apart by its line."""
    seen: set[str] = set()
    for unit in units:
        identity = f"{origin}#{unit.id}"
        if identity in seen:
            identity = f"{identity}:{unit.line}"
        seen.add(identity)
        yield identity


def _undeclared(units: Sequence[Unit], path: Path) -> dict[Role, Lang | None]:
    """Return the language of the sides for which the file declares none: by the name (targets), then by the texts."""
    found: dict[Role, Lang | None] = {}
    for role in dict.fromkeys(side.role for unit in units for side in unit.sides if not side.code.strip()):
        texts = [s.text.text for u in units for s in u.sides if s.role == role and not s.code.strip()]
        named = split_name(path)[1] if role == "target" else None
        if role != "variant":
            found[role] = named or detect("\n".join(texts)[:_SAMPLE]).lang
    return found


def _language(code: str) -> Lang | None:
    """Return the language of a code such as ``uk``, ``uk-UA``, ``uk_UA.UTF-8``."""
    return NAMES.get(re.split(r"[-_.@]", code.strip().lower())[0])


def _document(unit: Unit, identity: str, origin: str, langs: Mapping[Role, Lang | None]) -> Document | Failure | str:
    """Return the document of a unit, or what is wrong with it, or in a few words why it is left out."""
    if unit.error:
        return Failure(identity, f"{origin}, {unit.error}")
    if unit.left_out:
        return unit.left_out
    filled = [side for side in unit.sides if side.text.text]
    if len(filled) < 2:
        return _UNTRANSLATED
    known = [(lang, side) for side in filled if (lang := _lang_of(side, langs))]
    given = [lang for lang, _ in known]
    if len(set(given)) < 2:
        unknown = any(not side.code.strip() and not langs.get(side.role) for side in filled)
        return _UNKNOWN if unknown else "in one language only" if len(given) > 1 else _OTHER
    place = f"{origin}, line {unit.line}"
    twice = next((lang for lang in given if given.count(lang) > 1), None)
    if twice:
        codes = ", ".join(side.code for lang, side in known if lang == twice)
        return Failure(identity, f"{place}: the unit has two texts in one language ({codes}); leave one of them")
    for lang, side in known:
        problem = _unfit(side.text.text)
        if problem:
            return Failure(identity, f"{place}: the text in {lang!r} {problem}")
    known.sort(key=lambda pair: LANGS.index(pair[0]))
    versions = tuple(
        Version(lang, side.text.text, origin, source=side.text.source, comments=_comments(unit, side.text.text))
        for lang, side in known
    )
    return Document(identity, versions, _meta(unit, langs), file=origin)


def _comments(unit: Unit, text: str) -> tuple[Comment, ...]:
    """Return the comments on a unit, which are about all of it, on one of its sides."""
    return tuple(Comment(says, Span(0, 0), Span(0, len(text)), line) for says, line in unit.comments)


def _lang_of(side: Side, langs: Mapping[Role, Lang | None]) -> Lang | None:
    return _language(side.code) if side.code.strip() else langs.get(side.role)


def _meta(unit: Unit, langs: Mapping[Role, Lang | None]) -> tuple[tuple[str, str], ...]:
    """Return the language of the original: declared, or that of the source texts."""
    source = unit.source.strip()
    code = (_language(source) or source) if source else langs.get("source")
    return (("source_lang", code),) if code else ()


def _unfit(text: str) -> str:
    """Say what makes a text unfit to be checked, or return nothing."""
    if len(text) > MAX_CHARS:
        return f"has {len(text):,} characters, more than the {MAX_CHARS:,} that are read; split the unit"
    bad = re.search("[\x00-\x08\x0e-\x1a\x1c-\x1f\ud800-\udfff]", text)
    return f"holds U+{ord(bad.group()):04X}, which is no text; remove it" if bad else ""
