"""What a path says: for every layout that it fits, the text it belongs to and the language it is in.

Known are ``name.{lang}.md``, ``name_{lang}.md`` and ``name-{lang}.md``, a folder of a language anywhere in the path
(Hugo ``content/{lang}``, Jekyll ``_i18n/{lang}`` and ``{lang}/_posts``, MkDocs ``docs/{lang}``), and Docusaurus
(``i18n/{lang}/docusaurus-plugin-content-docs/current`` beside ``docs``). In each the default language may be told by
nothing: ``name.md`` beside ``name.uk.md``, ``docs/name.md`` beside ``docs/uk/name.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from posixpath import splitext
from typing import Literal

from transcheck.read.globs import translate
from transcheck.read.names import code_lang, parted
from transcheck.types import Lang

Kind = Literal["pattern", "name", "docusaurus", "folder", "marked"]
ORDER: tuple[Kind, ...] = ("pattern", "name", "docusaurus", "folder", "marked")
"""The layouts, those that say most first."""

_DOCUSAURUS = re.compile(
    r"(?P<top>(?:.*/)?)i18n/(?P<lang>[^/]+)/docusaurus-plugin-content-(?P<plugin>docs|blog|pages)(?P<rest>/.*)"
)
_ORIGINALS = (
    ("docs", re.compile(r"(?P<top>(?:.*/)?)docs(?P<rest>/.*)"), "/current"),
    ("docs", re.compile(r"(?P<top>(?:.*/)?)versioned_docs(?P<rest>/version-[^/]+/.*)"), ""),
    ("blog", re.compile(r"(?P<top>(?:.*/)?)blog(?P<rest>/.*)"), ""),
    ("pages", re.compile(r"(?P<top>(?:.*/)?)src/pages(?P<rest>/.*)"), ""),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """One reading of a path: files with the same ``key`` are versions of one text.

    ``lang`` is None where the path leaves the language open. ``id`` is the path without language and suffix,
    ``layout`` the reading in a few words.
    """

    kind: Kind
    key: tuple[str, ...]
    lang: Lang | None
    id: str
    layout: str

    @property
    def rank(self) -> tuple[int, int]:
        """The order of readings that fit equally many languages: by layout, the deepest folder first."""
        depth = self.key[0].split("/").index("{lang}") if self.kind == "folder" else 0
        return ORDER.index(self.kind), -depth


def claims(path: str) -> Iterator[Claim]:
    """Yield the readings of a path from the root by the known layouts, those with a language told."""
    parts = path.split("/")
    stem, suffix = splitext(parts[-1])
    named = parted(stem)
    folder = path[: len(path) - len(parts[-1])]
    if named.lang and named.mark in ("", "."):
        yield Claim("name", (folder + named.base, suffix), named.lang, _id(folder + named.base), "name.{lang}")
    match = _DOCUSAURUS.fullmatch(path) if "docusaurus-plugin" in path else None
    if match and (lang := code_lang(match["lang"])):
        yield _docusaurus(match["top"], match["plugin"], match["rest"], lang)
    for depth, part in enumerate(parts[:-1]):
        lang = code_lang(part)
        if lang is None:
            continue
        names = [parts[-1]]
        if named.lang == lang and named.mark == ".":
            names.append(named.base + suffix)
        for name in names:
            like = "/".join((*parts[:depth], "{lang}", *parts[depth + 1 : -1], name))
            shown = f"{'/'.join((*parts[:depth], '{lang}'))}/…"
            yield Claim("folder", (like,), lang, _id(_stem(removed(like))), shown)
    if named.lang and named.mark in ("-", "_"):
        key = (folder + named.base + named.mark, suffix)
        yield Claim("marked", key, named.lang, _id(folder + named.base), f"name{named.mark}{{lang}}")


def open_keys(path: str) -> Iterator[tuple[Kind, tuple[str, ...]]]:
    """Yield the keys of the texts whose version in the default language a path may be; folders: see :func:`removed`."""
    stem, suffix = splitext(path)
    yield "name", (stem, suffix)
    for plugin, pattern, version in _ORIGINALS:
        match = pattern.fullmatch(path)
        if match:
            yield "docusaurus", _docusaurus(match["top"], plugin, version + match["rest"], None).key
    for mark in "-_":
        yield "marked", (stem + mark, suffix)


def removed(key: str) -> str:
    """Return the path of the default language for the key of a folder: ``docs/{lang}/a.md`` to ``docs/a.md``."""
    return key.replace("{lang}/", "", 1)


def _docusaurus(top: str, plugin: str, rest: str, lang: Lang | None) -> Claim:
    folder = {"docs": "docs", "blog": "blog", "pages": "src/pages"}[plugin]
    identity = _stem(top + folder + rest.replace("/current/", "/", 1))
    return Claim("docusaurus", (top, plugin, rest), lang, _id(identity), "Docusaurus i18n/{lang}")


def by_pattern(path: str, layouts: tuple[tuple[str, ...], ...]) -> Claim | None:
    """Return the reading of a path by the first pattern that fits it, or None."""
    for number, patterns in enumerate(layouts):
        for pattern in patterns:
            match = _compiled(pattern).fullmatch(path)
            if match is None:
                continue
            code = match.groupdict().get("lang")
            lang = code_lang(code) if code else None
            if code and lang is None:
                continue
            at = match.re.groupindex.get("lang")
            values = tuple(v or "" for i, v in enumerate(match.groups(), 1) if i != at)
            return Claim("pattern", (str(number), *values), lang, _id(_stem(_without(path, match))), pattern)
    return None


def is_pattern(pattern: str) -> bool:
    """Tell whether a pattern names a language."""
    return "{lang}" in pattern


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern: ``{lang}`` is a language, the same wherever it stands; any other ``{word}`` is one name."""
    out: list[str] = []
    for piece in re.split(r"(\{\w+\})", pattern.strip().removeprefix("./")):
        if piece == "{lang}":
            seen = any("(?P<lang>" in p for p in out)
            out.append("(?P=lang)" if seen else r"(?P<lang>[A-Za-z]{2,3}(?:[-_][A-Za-z]{2})?)")
        elif piece.startswith("{"):
            out.append("([^/]+)")
        else:
            out.append(translate(piece))
    return re.compile("".join(out))


def _without(path: str, match: re.Match[str]) -> str:
    """Return a path without its language, and without the folder or the mark that held nothing else."""
    if "lang" not in match.re.groupindex:
        return path
    code = re.escape(match["lang"])
    return re.sub(rf"(?<![^/]){code}/|[._-]{code}(?=[/.]|\Z)|(?<![^/]){code}(?=\.)", "", path)


def _stem(path: str) -> str:
    """Return a path without its suffix."""
    return splitext(path)[0]


def _id(path: str) -> str:
    return path.rstrip("/") or "."
