"""What a comment such as ``transcheck: ignore[TC203] reason`` orders, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from transcheck.types import Comment, Span, Version

Word = Literal["ignore", "ignore-start", "ignore-end", "ignore-file"]
WORDS: tuple[Word, ...] = ("ignore", "ignore-start", "ignore-end", "ignore-file")
"""What a comment can order: for the next block or its line, for a range, for the whole file."""

_FORM = re.compile(r"(?P<word>[\w-]+)\s*(?:\[(?P<codes>[^\]]*)\])?\s*(?:[:—–-]\s*)?(?P<reason>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Order:
    """A comment that holds: what it suppresses, and where; ``scope`` None is the whole file."""

    codes: tuple[str, ...]
    reason: str
    comment: Comment
    scope: Span | None


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a comment, and what to write instead."""

    comment: Comment
    message: str


@dataclass(frozen=True, slots=True)
class _Parsed:
    word: Word
    codes: tuple[str, ...]
    reason: str
    comment: Comment
    holds: bool


def orders(version: Version) -> tuple[list[Order], list[Flaw]]:
    """Return what the comments of a version order, and their flaws; a comment may have both."""
    found: list[Order] = []
    flaws: list[Flaw] = []
    begun: list[_Parsed] = []
    for comment in version.comments:
        parsed = _parsed(comment, flaws)
        if parsed is None:
            continue
        if parsed.word == "ignore-start":
            begun.append(parsed)
        elif parsed.word == "ignore-end":
            start = next((o for o in reversed(begun) if set(o.codes) == set(parsed.codes)), None)
            if start is None:
                first = _shown(parsed, "ignore-start")
                flaws.append(Flaw(comment, f"{_shown(parsed)} closes nothing; write {first} and a reason before it"))
            else:
                begun.remove(start)
                found += _order(start, Span(start.comment.span.end, comment.span.start))
        else:
            found += _order(parsed, None if parsed.word == "ignore-file" else comment.covers)
    flaws += [Flaw(o.comment, f"{_shown(o)} is never closed; write {_shown(o, 'ignore-end')} below it") for o in begun]
    return sorted(found, key=lambda o: o.comment.line), sorted(flaws, key=lambda f: f.comment.line)


def _order(parsed: _Parsed, scope: Span | None) -> list[Order]:
    strange = unknown(parsed.codes)
    codes = tuple(c for c in parsed.codes if c not in strange)
    return [Order(codes, parsed.reason, parsed.comment, scope)] if codes and parsed.holds else []


def unknown(codes: Sequence[str]) -> list[str]:
    """Return those of the codes with which no check begins."""
    return [c for c in codes if not any(known.startswith(c) for known in _known())]


@lru_cache(maxsize=1)
def _known() -> tuple[str, ...]:
    from transcheck.checks.registry import CHECKS

    return tuple(check.code for check in CHECKS)


def _parsed(comment: Comment, flaws: list[Flaw]) -> _Parsed | None:
    """Return a comment in its parts, its flaws noted; None where it orders nothing that is known."""
    match = _FORM.fullmatch(comment.text)
    word = match["word"].lower() if match else comment.text
    if match is None or word not in WORDS:
        flaws.append(Flaw(comment, f"{word!r} is none of {', '.join(WORDS)}{_nearest(word)}"))
        return None
    codes = tuple(dict.fromkeys(c.strip().upper() for c in (match["codes"] or "").split(",") if c.strip()))
    if not codes:
        flaws.append(Flaw(comment, f"{word} names no check; write {word}[TC301] with the code that is meant, and why"))
        return None
    reason, ends = match["reason"].strip(), word == "ignore-end"
    parsed = _Parsed(word, codes, reason, comment, holds=bool(reason) or ends)
    strange = [] if ends else unknown(codes)
    if strange:
        flaws.append(Flaw(comment, f"no check has a code that begins with {', '.join(strange)}; see: transcheck rules"))
    elif not parsed.holds:
        flaws.append(Flaw(comment, f"{_shown(parsed)} gives no reason; write it behind the bracket"))
    return parsed


def _shown(parsed: _Parsed, word: Word | None = None) -> str:
    return f"{word or parsed.word}[{', '.join(parsed.codes)}]"


def _nearest(word: str) -> str:
    import difflib

    near = difflib.get_close_matches(word, WORDS, n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""
