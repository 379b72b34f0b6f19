"""Termbases of editors: the words that are allowed and forbidden for a concept, from TSV and TBX."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from transcheck.read.decode import MAX_BYTES, decode
from transcheck.read.tbx import read_tbx
from transcheck.read.term_table import read_table
from transcheck.read.terms import Draft
from transcheck.types import LANGS, Concept, InputError

FORMATS = {".tsv": "a table with tabs", ".tbx": "TBX (ISO 30042)", ".xml": "TBX (ISO 30042)"}
"""Suffixes of termbases and what they are."""

_WILD = "*~"


def read_termbase(name: str, data: bytes) -> tuple[Concept, ...]:
    """Return the concepts of a termbase in their order; ``name`` is the file, by whose suffix its format is told.

    Raises:
        InputError: another format, broken content, a row or an entry that says nothing or contradicts itself; the
            message names the line and what to do.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(f"{name}: {suffix or 'no suffix'} is no termbase that can be read; save it as one of {known}")
    if not data.strip():
        raise InputError(f"{name}: the termbase is empty; write a header with the columns concept, ru, uk, en into it")
    text = decode(data, name, MAX_BYTES)
    drafts = read_table(text, name) if suffix == ".tsv" else read_tbx(text, name)
    if not drafts:
        raise InputError(f"{name}: there is no concept with a term in ru, uk or en; add one, or leave the file out")
    return tuple(_checked(drafts, name))


def _checked(drafts: Sequence[Draft], name: str) -> Iterable[Concept]:
    """Yield the concepts; InputError for one that cannot be what the editor meant."""
    seen: dict[str, int] = {}
    for draft in drafts:
        concept, where = draft.concept, f"{name}, line {draft.line}"
        if not concept.terms:
            raise InputError(
                f"{where}: there is no term in ru, uk or en; write one, or remove {concept.name or 'the row'}"
            )
        for term in concept.terms:
            if not any(c.isalnum() for c in term.text):
                wild = any(c in term.text for c in _WILD)
                what = "fits every word" if wild else "is not a word"
                raise InputError(f"{where}: {term.text!r} {what}; write the word as the dictionary has it")
        if concept.kept and not any(not t.forbidden for t in concept.terms):
            raise InputError(f"{where}: nothing is said of what is to be kept; write the word under ru, uk or en")
        _require_one_side(concept, where)
        if draft.named and concept.name in seen:
            at = seen[concept.name]
            raise InputError(
                f"{where}: {concept.name!r} stands at line {at} too; bring the two together, or rename one"
            )
        if draft.named:
            seen[concept.name] = draft.line
        yield concept


def _require_one_side(concept: Concept, where: str) -> None:
    """Refuse a term that is both allowed and forbidden for one concept in one language."""
    for lang in LANGS:
        sides = [{t.text.lower() for t in concept.terms if t.lang == lang and t.forbidden is f} for f in (False, True)]
        both = sorted(sides[0] & sides[1])
        if both:
            raise InputError(
                f"{where}: {both[0]!r} ({lang}) is both allowed and forbidden; take it out of one of the two"
            )
