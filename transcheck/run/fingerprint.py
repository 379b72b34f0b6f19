"""What names a finding by its content, so that it is known again when lines move, are wrapped anew or change quotes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path, PurePath

from transcheck.read.bilingual import is_bilingual
from transcheck.types import Document, DocumentReport, Finding, Place

DIGITS = 16
"""Length of a fingerprint, in hexadecimal digits."""

_QUOTES = re.compile(r"""<<|>>|,,|[«»‹›„“”‟‚‘’‛"'`´ʼʹ′″＂＇]""")
_LOOSE = re.compile(r"(?<!\w)\s+|\s+(?!\w)")
"""White space that parts no two words."""

_UNSEEN = re.compile("[\xad\u200b-\u200f\u2060\ufeff]")
_WHOLE = frozenset({"untranslated", "language"})
"""Categories whose findings without a row are on a version as a whole."""


def stamp(report: DocumentReport) -> DocumentReport:
    """Return a report whose findings have fingerprints, ``DIGITS`` hexadecimal digits each, no two of them the same."""
    return stamp_all([report])[0]


def stamp_all(reports: Sequence[DocumentReport]) -> list[DocumentReport]:
    """Return the reports on one document, such as those on the quotations of an article, with fingerprints.

    A fingerprint is a hash of the code, the version at fault, the document and the words of every place, after
    :func:`plain`; equal findings are counted in the order of their places.
    """
    found = [(_key(f, r), f.span, n, i) for n, r in enumerate(reports) for i, f in enumerate(r.findings)]
    seen: Counter[str] = Counter()
    marks: dict[tuple[int, int], str] = {}
    for key, _, number, index in sorted(found):
        marks[number, index] = _digest(key, str(seen[key]))
        seen[key] += 1
    return [
        replace(r, findings=tuple(replace(f, fingerprint=marks[n, i]) for i, f in enumerate(r.findings)))
        if r.findings
        else r
        for n, r in enumerate(reports)
    ]


def distinct(reports: Iterable[DocumentReport]) -> list[DocumentReport]:
    """Return the reports of a whole run, fingerprints that occur in several documents told apart by their order."""
    seen: Counter[str] = Counter()
    return [replace(r, findings=tuple(_told_apart(f, seen) for f in r.findings)) if r.findings else r for r in reports]


def _told_apart(finding: Finding, seen: Counter[str]) -> Finding:
    before = seen[finding.fingerprint]
    seen[finding.fingerprint] += 1
    return replace(finding, fingerprint=_digest(finding.fingerprint, str(before))) if before else finding


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return a text without what may change while it says the same.

    Quotation marks and apostrophes of every style become one, as do several in a row, since some styles close two
    quotations with one mark. White space is left out or, between two words, becomes one blank; soft hyphens and other
    characters without width are left out. Case and all other characters stay.
    """
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", text))
    return re.sub('"+', '"', _LOOSE.sub("", " ".join(_QUOTES.sub('"', composed).split())))


def known_as(report: DocumentReport) -> str:
    """Return the name of a document that no moved line changes: of a unit of a bilingual file that of the file."""
    document = report.document
    if document is None or not document.file:
        return report.id if document is None else document.id
    name = f"{PurePath(document.file).name}#"
    if name not in document.id:
        return f"{PurePath(document.file).as_posix()}#{document.id}"
    return document.id[: document.id.index(name) + len(name) - 1] if _is_unit(document) else document.id


def seen_from(report: DocumentReport, name: str) -> DocumentReport:
    """Return the report on a record or unit with an id that calls its file ``name``, and fingerprints that follow."""
    document = report.document
    if document is None or not document.file:
        return report
    own = document.id.removeprefix(f"{document.file}#") if _is_unit(document) else document.id
    identity = f"{name}#{own}"
    return stamp(replace(report, id=identity, document=replace(document, id=identity)))


def _is_unit(document: Document) -> bool:
    return bool(document.file) and is_bilingual(Path(document.file))


def _identity(report: DocumentReport) -> str:
    """Return what a document is known by; a unit of a bilingual file by its original as well."""
    document = report.document
    if document is None or not _is_unit(document):
        return known_as(report)
    original = next((v for v in document.versions if v.lang == document.source_lang), document.versions[0])
    return f"{known_as(report)}#{plain(original.text)}"


def is_whole(finding: Finding) -> bool:
    """Tell whether a finding is on a version as a whole, whatever it says."""
    return finding.row is None and finding.category in _WHOLE


def _key(finding: Finding, report: DocumentReport) -> str:
    """Return all that a fingerprint is made of, but for the number among equals."""
    texts = () if is_whole(finding) else (finding.span, *sorted(finding.counterparts))
    words = [f"{p.lang}={plain(_prose(report.document, p))}" for p in texts]
    if finding.category == "suppression":
        words = [finding.message]
    return "\x1f".join((finding.code, finding.lang or "", _identity(report), *words))


def _prose(document: Document | None, place: Place) -> str:
    """Return the words at a place without the marks of the format, which come and go at line ends."""
    version = document.version(place.lang) if document else None
    return place.text if version is None or version.prose is None else version.prose[place.start : place.end]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1e".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
