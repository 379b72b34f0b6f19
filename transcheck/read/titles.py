"""Titles and descriptions in front matter: compared as headings, where every version of a text has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from transcheck.types import Block, Document, Span, Version

FIELDS = ("title", "subtitle", "headline", "lead", "description", "summary")
"""Fields of front matter that readers see."""

_LONGEST = 65_536
"""Code points in which front matter must end."""


def titled(document: Document) -> Document:
    """Return a document in which the titles that all its versions have in front matter are headings before the text.

    Only values on one line at the top of YAML or TOML are read; a field that one version lacks is compared in none.
    """
    if not all(v.blocks is not None and v.prose is not None for v in document.versions):
        return document
    found = [_fields(v.text) for v in document.versions]
    common = [field for field in FIELDS if all(field in there for there in found)]
    if not common:
        return document
    versions = zip(document.versions, found, strict=True)
    return replace(document, versions=tuple(_with(v, sorted(there[f] for f in common)) for v, there in versions))


def _with(version: Version, spans: Sequence[Span]) -> Version:
    """Put headings before the blocks of a version, and their text into its prose."""
    assert version.prose is not None
    prose = list(version.prose)
    for span in spans:
        prose[span.start : span.end] = span.of(version.text)
    blocks = (*(Block(span, "heading") for span in spans), *(version.blocks or ()))
    return replace(version, blocks=blocks, prose="".join(prose))


def _fields(text: str) -> dict[str, Span]:
    """Return the places of the values of the fields that stand in front matter."""
    head, line = _patterns()
    fence = head.match(text[:_LONGEST])
    if fence is None:
        return {}
    found: dict[str, Span] = {}
    for match in line.finditer(text, fence.start("body"), fence.end("body")):
        if fence["mark"] == "+++" and re.search(r"^\[", text[fence.start("body") : match.start()], re.M):
            break  # a field of a table, no longer of the text
        value = next(g for g in ("double", "single", "plain") if match[g] is not None)
        if any(c.isalnum() for c in match[value]) and not (value == "plain" and fence["mark"] == "+++"):
            found.setdefault(match["field"], Span(*match.span(value)))
    return found


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    head = re.compile(
        r"\A(?P<mark>---|\+\+\+)[ \t]*\r?\n(?P<body>.*?)^(?:(?P=mark)|\.\.\.)[ \t]*\r?$", re.DOTALL | re.M
    )
    plain = r"(?P<plain>[^\s\"'>|&*!%@`#\[\]{},:?-](?:[^\r\n#:]|#(?<!\s#)|:(?!\s))*?)"
    line = re.compile(
        rf"^(?P<field>{'|'.join(FIELDS)})[ \t]*[:=][ \t]*"
        rf"(?:\"(?P<double>(?:[^\"\\\r\n]|\\.)*)\"|'(?P<single>(?:[^'\r\n]|'')*)'|{plain})[ \t]*(?:[ \t]#.*)?\r?$",
        re.MULTILINE,
    )
    return head, line
