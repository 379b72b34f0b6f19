"""Reporting clauses ("…," the mayor said. «…», — сказал мэр.): editors move them freely about a quotation.

They stand outside the quotation marks, behind a closing mark or a dash, and hold a reporting verb. What is said is
compared without them; whether the same person says it is another question (:mod:`transcheck.text.speech`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from transcheck.text.speech import is_reporting
from transcheck.types import Lang, Span

_MOST_WORDS = 24
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    """What may hold a reporting clause: behind a dash, behind closing quotation marks up to where speech resumes, or
    before the quotation that it introduces.
    """
    resumes = r"(?=[.,;:]?\s*[—–-]\s|[.,:]\s*[«„“\"‘]|[.!?…]+[»”\"’]*\s*$|[»]|$)"
    return (
        re.compile(rf"(?:(?<=[,!?…»”\"’.])\s*|^\s*)[—–]\s+(?P<x>[^«„“\"»”:()]+?){resumes}"),
        re.compile(rf"(?<=[,!?….])[”\"’»]+\s+(?P<x>[^«„“\"»”—–]+?){resumes}"),
        re.compile(rf"[”\"»],?\s+(?P<x>[^«„“\"»”—–]+?){resumes}"),
        re.compile(r"^[—–\s]*(?P<x>[^«„“\"»”:,]{3,120}?):\s*[«„“\"‘]"),
        re.compile(r"^[—–\s]*(?P<x>[^«„“\"”:,]{3,120}?),\s+[“\"‘]"),
    )


def reporting_clauses(text: str, lang: Lang) -> tuple[Span, ...]:
    """Return the reporting clauses of ``text`` in order, without the marks around them, none overlapping another."""
    found: list[Span] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            span = Span(*match.span("x"))
            if _reports(match.group("x"), lang) and not any(span.overlaps(other) for other in found):
                found.append(span)
    return tuple(sorted(found))


def _reports(clause: str, lang: Lang) -> bool:
    """Whether a stretch is short and holds a reporting verb."""
    words = [m.group().lower() for m in _WORD.finditer(clause)]
    if not 1 < len(words) <= _MOST_WORDS:
        return False
    return any(is_reporting(word, lang) for word in words)


def without_reporting(text: str, lang: Lang) -> str:
    """Return ``text`` with its reporting clauses blanked, of the same length; as it is where under two words stay."""
    spans = reporting_clauses(text, lang)
    if not spans:
        return text
    kept = "".join(_pieces(text, spans))
    return kept if len(_WORD.findall(kept)) >= 2 else text


def _pieces(text: str, spans: tuple[Span, ...]) -> Iterator[str]:
    """Yield the text with blanks for the spans."""
    at = 0
    for span in spans:
        yield text[at : span.start]
        yield " " * len(span)
        at = span.end
    yield text[at:]
