"""TBX (ISO 30042): the terms of a TBX-Core, TBX-Min or TBX-Basic file of version 2 or 3.

Version 2 has ``termEntry/langSet/tig`` (or ``ntig``) in a ``martif``, version 3 ``conceptEntry/langSec/termSec`` in a
``tbx``; what is said of a term stands in elements with a ``type`` (style DCA) or of its name (style DCT). The status of
a term is its ``administrativeStatus`` or ``normativeAuthorization``, without which it is allowed; ``Translation
needed`` with *no*, as Weblate writes it, keeps a concept untranslated. A ``note`` that begins with ``transcheck:`` has
flags. Terms of other languages are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from transcheck.read.comments import said
from transcheck.read.names import code_lang
from transcheck.read.terms import KEEP, Draft, draft, flags_of, misnamed
from transcheck.read.xml import XML_LANG, parse_xml
from transcheck.types import InputError, Lang, Term

_ROOTS = ("martif", "tbx", "TBX")
_ENTRIES = frozenset({"termEntry", "conceptEntry", "entry"})
_LANGUAGES = frozenset({"langSet", "langSec", "langGroup"})
_SECTIONS = frozenset({"tig", "ntig", "termSec", "termGroup"})
_STATUS = frozenset({"administrativestatus", "normativeauthorization", "termstatus"})
_NOTES = frozenset({"note", "usagenote", "usage note"})
_UNTRANSLATED = frozenset({"translation needed", "translationneeded"})
_ALLOWED = ("preferred", "admitted", "standardized", "legal", "regulated")
_FORBIDDEN = ("deprecated", "superseded", "obsolete", "notrecommended", "forbidden")
_BEST = ("preferred", "standardized")
_REMEDY = "write preferredTerm-admn-sts, admittedTerm-admn-sts, deprecatedTerm-admn-sts or supersededTerm-admn-sts"


def read_tbx(text: str, name: str) -> list[Draft]:
    """Return the concepts of a TBX file; a document type is not loaded.

    Raises:
        InputError: broken XML, another root element, an unknown status or flag, a language not named by its code.
    """
    reader = _Tbx(name)
    parse_xml(text, name, reader, doctype=True)
    return reader.drafts


class _Tbx:
    """Follows the elements: an entry, a language in it, a term in that, and what is said of each."""

    def __init__(self, name: str) -> None:
        self.drafts: list[Draft] = []
        self._name = name
        self._path: list[tuple[str, str]] = []
        self._text: list[str] = []
        self._line = 0
        self._begins = 0
        self._lang: Lang | None = None
        self._terms: list[tuple[int, Term]] = []
        self._flags: frozenset[str] = frozenset()
        self._note = ""
        self._about: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        """Take a start tag; namespaces play no part, since every dialect has its own."""
        local = name.rpartition(" ")[2]
        if not self._path and local not in _ROOTS:
            raise InputError(
                f"{self._name}, line {line}: the root element is <{local}> and not <tbx> or <martif>; export a TBX file"
            )
        self._path.append((local, (attributes.get("type") or local).lower()))
        if local in _ENTRIES:
            self._begins, self._terms, self._flags, self._note = line, [], frozenset(), ""
        elif local in _LANGUAGES:
            self._lang = self._language(attributes.get(XML_LANG) or attributes.get("lang", ""), line)
        elif local in _SECTIONS:
            self._about = {}
        if local != "hi":
            self._text, self._line = [], line

    def _language(self, code: str, line: int) -> Lang | None:
        """Return a language, None for one that is not checked; InputError for what only looks like a code."""
        meant = misnamed(re.split(r"[-_]", code)[0])
        if meant is not None:
            raise InputError(f"{self._name}, line {line}: unknown language {code!r}; write {meant}")
        return code_lang(code)

    def text(self, data: str, line: int, column: int) -> None:
        """Take character data."""
        self._text.append(data)

    def end(self, name: str) -> None:
        """Take an end tag."""
        local, kind = self._path.pop()
        value = " ".join("".join(self._text).split())
        if local == "hi":
            return
        if local == "term":
            self._about["term"] = value
        elif kind in _STATUS:
            self._about["status"] = self._status(value)
        elif kind in _NOTES:
            self._noted(value)
        elif kind in _UNTRANSLATED and value.lower() == "no":
            self._flags |= {KEEP}
        elif local in _SECTIONS:
            self._section()
        elif local in _LANGUAGES:
            self._lang = None
        elif local in _ENTRIES:
            self._finish()
        self._text = []

    def _status(self, value: str) -> str:
        """Return a status in one small word, whatever dialect wrote it: deprecatedTerm-admn-sts, notRecommended."""
        word = value.lower().removesuffix("-admn-sts").removesuffix("term")
        if word not in _ALLOWED and word not in _FORBIDDEN:
            raise InputError(f"{self._name}, line {self._line}: {value!r} is not a status of a term; {_REMEDY}")
        return word

    def _noted(self, value: str) -> None:
        says = said(value)
        if says is not None:
            self._flags |= flags_of(says, f"{self._name}, line {self._line}")
        elif any(local in _SECTIONS for local, _ in self._path):
            self._about.setdefault("note", value)
        else:
            self._note = self._note or value

    def _section(self) -> None:
        """Keep a term, if it is of a language that is checked."""
        about, self._about = self._about, {}
        if self._lang is None or not about.get("term"):
            return
        status = about.get("status", "admitted")
        rank = 0 if status in _BEST else 1
        term = Term(self._lang, about["term"], status in _FORBIDDEN, about.get("note", ""))
        self._terms.append((rank, term))

    def _finish(self) -> None:
        """Keep a concept; one with terms of other languages alone is passed over."""
        terms = [term for _, term in sorted(self._terms, key=lambda t: t[0])]
        if terms:
            self.drafts.append(draft("", terms, self._flags, self._note, self._begins))
