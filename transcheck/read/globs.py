"""Patterns of paths as ignore files write them: ``drafts/``, ``*.tmp.md``, ``content/**/notes/*``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache


def matches(path: str, patterns: Sequence[str]) -> bool:
    """Tell whether a path (with ``/``, relative to the folder that the patterns are written for) fits one of them.

    ``*`` and ``?`` stay within a name, ``**`` is any number of folders. A pattern without ``/`` fits a file or folder
    of that name at any depth, one with ``/`` fits from the top; what fits a folder fits everything in it.

    >>> [matches("a/drafts/x.md", [p]) for p in ("drafts", "drafts/", "a/*/x.md", "**/x.md", "x.*", "d*/x.md", "a")]
    [True, True, True, True, True, False, True]
    """
    return any(_compiled(p).match(path) for p in patterns)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    body = pattern.strip().removeprefix("./").rstrip("/")
    anchored = "/" in body
    body = translate(body.lstrip("/"))
    return re.compile(f"{'' if anchored else '(?:.*/)?'}{body}(?:/.*)?\\Z")


def translate(pattern: str) -> str:
    """Return a glob as a regular expression for whole paths, each wildcard a group of its own."""
    out: list[str] = []
    at = 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            out.append("((?:[^/]+/)*)")
            at += 3
        elif pattern.startswith("**", at):
            out.append("(.*)")
            at += 2
        elif pattern[at] == "*":
            out.append("([^/]*)")
            at += 1
        elif pattern[at] == "?":
            out.append("([^/])")
            at += 1
        else:
            out.append(re.escape(pattern[at]))
            at += 1
    return "".join(out)
