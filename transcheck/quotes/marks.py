"""Quotation marks: which of them opens, which closes, and which two belong together.

Any style may stand in any language, nested and mixed; a mark that opens and closes alike, and an apostrophe, are told
by their neighbours. A quotation of several paragraphs repeats its opening mark before each and closes behind the last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from transcheck.types import Span

_CLOSERS: Final = {
    "«": "»",
    "‹": "›",
    "„": "“”",
    "“": "”“",
    "”": "”",
    '"': '"',
    "‘": "’",
    "'": "'",
    "‚": "‘’",
}
"""What closes each opening mark."""
_SLOPPY: Final = {"“": '"', '"': "”", "„": '"', "«": "”"}
"""What closes it too where nothing else that is open wants it."""

_BEFORE_OPENING: Final = frozenset("([{«„“‘‹\"'—–-/*_>=\u200b")
_AFTER_CLOSING: Final = frozenset(".,;:!?…)]}»”’›\"'—–-*_<[/“\u200b")
_ELIDED: Final = frozenset(("em", "til", "till", "cause", "tis", "twas", "n", "round", "bout", "cos", "ere"))
"""English words that begin with an apostrophe."""
_MARKS: Final = frozenset((*_CLOSERS, *"".join(_CLOSERS.values())))
_PARAGRAPHS: Final = 8
"""A quotation that does not repeat its mark is followed over so many paragraphs."""


@dataclass(slots=True)
class Quoted:
    """What stands between two marks: a span a paragraph; ``mark`` opened it; ``closed`` unless its end is missing."""

    mark: str
    parts: list[Span]
    closed: bool = True


@dataclass(slots=True)
class _Open:
    """A mark that waits for the one that closes it."""

    mark: str
    at: int
    start: int
    parts: list[Span] = field(default_factory=list)
    inner: list[tuple[int, int]] = field(default_factory=list)


class Pairing:
    """Pairs the marks of a text paragraph by paragraph; ``prose`` is the text without what is no prose, same length."""

    def __init__(self, text: str, prose: str, paragraphs: Sequence[Span]) -> None:
        self._text, self._prose, self._paragraphs = text, prose, paragraphs

    def quoted(self) -> tuple[Quoted, ...]:
        """Return the outermost quotations in order."""
        found: list[Quoted] = []
        carried: _Open | None = None
        for number, span in enumerate(self._paragraphs):
            at, stack = span.start, []
            if carried is not None:
                first = self._first(span)
                at = carried.start = first + 1 if self._repeats(carried.mark, first) else span.start
                carried.inner = []
                stack = [carried]
            done, left = self._scan(Span(at, span.end), stack, number)
            found += done
            carried = left if left is not None and self._goes_on(left.mark, number) else None
            if left is not None and carried is None:
                found.append(self._unclosed(left, span))
        return tuple(sorted(found, key=lambda q: q.parts[0]))

    def _first(self, span: Span) -> int:
        """Return where the first character that is no blank stands."""
        return next((i for i in range(span.start, span.end) if not self._prose[i].isspace()), span.start)

    def _repeats(self, mark: str, at: int) -> bool:
        here = self._prose[at : at + 1]
        return here == mark or (mark == "«" and here == "»") or (mark in "“„" and here in "“„”")

    def _goes_on(self, mark: str, number: int) -> bool:
        """Tell whether a quotation left open goes on: the next paragraph repeats the mark, or one soon closes it."""
        rest = self._paragraphs[number + 1 :]
        if not rest:
            return False
        if self._repeats(mark, self._first(rest[0])):
            return True
        for span in rest[:_PARAGRAPHS]:
            for i in range(span.start, span.end):
                if self._prose[i] == mark and mark not in _CLOSERS[mark]:
                    return False
                if self._prose[i] in _CLOSERS[mark]:
                    return self._closes(i) and not (mark == '"' and self._opens(i)) and mark not in "'‘‚"
        return False

    def _scan(self, span: Span, stack: list[_Open], number: int) -> tuple[list[Quoted], _Open | None]:
        """Return the outermost quotations that close within a paragraph, and the one that is open at its end."""
        out: list[Quoted] = []
        for at in range(span.start, span.end):
            mark = self._prose[at]
            if mark not in _MARKS:
                continue
            level = self._closing_level(mark, at, stack)
            if level is not None:
                entry = stack[level]
                del stack[level:]
                if stack:
                    stack[-1].inner.append((entry.at, at))
                else:
                    out.append(Quoted(entry.mark, [*entry.parts, self._trim(Span(entry.start, at))]))
            elif mark in _CLOSERS and self._may_open(mark, at, stack, span.end):
                stack.append(_Open(mark, at, at + 1))
        out = [q for q in out if len(q.parts[-1])]
        if not stack:
            return out, None
        left = stack[0]
        both = self._closed_with_inner(left, span)
        if both is not None:
            rest, still = self._scan(Span(both + 1, span.end), [], number)
            return [*out, Quoted(left.mark, [*left.parts, self._trim(Span(left.start, both + 1))]), *rest], still
        if left.inner and not left.parts and not self._goes_on(left.mark, number):
            rest, still = self._scan(
                Span(left.at + 1, span.end), [], number
            )  # a stray mark: the pairs behind it stand alone
            return [*out, *rest], still
        left.parts.append(self._trim(Span(left.start, span.end)))
        return out, left

    def _closed_with_inner(self, left: _Open, span: Span) -> int | None:
        """Return where one mark closes both an inner and the outer quotation: «Он крикнул: «Стой!»."""
        if left.mark not in "«„“":
            return None
        for start, end in left.inner:
            if self._prose[left.at + 1 : start].rstrip()[-1:] in (".", "!", "?", "…"):
                continue  # another sentence: the first one has lost its mark
            rest = self._prose[end + 1 : span.end].lstrip(".,!?…)").strip()
            if self._prose[end] in _CLOSERS[left.mark] and (not rest or rest[0] in "—–"):
                return end
        return None

    def _unclosed(self, left: _Open, span: Span) -> Quoted:
        """End a quotation whose closing mark is missing: with the paragraph, or with its sentence inside another."""
        parts = list(left.parts)
        before = self._prose[span.start : left.at].rstrip()
        if len(parts) == 1 and before and not before.endswith(":"):
            body = parts[0].of(self._prose)
            ends = [m.start() for m in re.finditer(r"[.!?…] (?=[A-ZА-ЯЁІЇЄҐ])", body)]
            if ends:
                parts[0] = Span(parts[0].start, parts[0].start + ends[0] + 1)
        return Quoted(left.mark, parts, closed=False)

    def _closing_level(self, mark: str, at: int, stack: list[_Open]) -> int | None:
        """Return which open mark this one closes, None where it closes none."""
        if not stack or not self._closes(at):
            return None
        for table in (_CLOSERS, _SLOPPY):
            for level in range(len(stack) - 1, -1, -1):
                if mark in table.get(stack[level].mark, ""):
                    both = mark in '"“”' and self._opens(at)
                    single = mark in "’'" and self._apostrophe(at, stack[level])
                    return None if single or (both and stack[level].mark != mark) else level
        return None

    def _may_open(self, mark: str, at: int, stack: list[_Open], end: int) -> bool:
        if mark in "«‹„":
            return True
        if not self._opens(at):
            return False
        if mark == "”":
            return not stack and "”" in self._prose[at + 1 : end]
        if mark in "'‘‚":
            word = "".join(c for c in self._text[at + 1 : at + 9].split(" ")[0] if c.isalnum()).lower()
            if mark != "‚" and (word in _ELIDED or word[:1].isdigit()) and mark == "'":
                return False
            closers = _CLOSERS[mark]
            if mark == "‘" and any(at == self._first(span) for span in self._paragraphs):
                return True
            return any(self._prose[i] in closers and self._closes(i) for i in range(at + 2, end))
        return True

    def _opens(self, at: int) -> bool:
        """Tell whether the neighbours of a mark let it open a quotation."""
        before, after = self._text[at - 1 : at] if at else "", self._text[at + 1 : at + 2]
        return (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()

    def _closes(self, at: int) -> bool:
        """Tell whether the neighbours of a mark let it close a quotation."""
        if self._prose[at] in "»›":
            return True
        before, after = self._text[at - 1 : at] if at else "", self._text[at + 1 : at + 2]
        return bool(before) and not before.isspace() and (not after or after.isspace() or after in _AFTER_CLOSING)

    def _apostrophe(self, at: int, entry: _Open) -> bool:
        """Tell the possessive of a plural from the end of a quotation: the soldiers’ boots, a mark still to come."""
        before, after = self._text[at - 1], self._text[at + 1 : at + 3]
        if before.lower() != "s" or not (after[:1] == " " and after[1:].islower()):
            return False
        rest = self._prose[at + 1 : at + 600].split("\n\n")[0]
        closers = _CLOSERS[entry.mark]
        offset = at + 1
        return any(
            c in closers and self._closes(offset + i) and self._text[offset + i - 1] in ".,!?…"
            for i, c in enumerate(rest)
        )

    def _trim(self, span: Span) -> Span:
        body = span.of(self._text)
        start = span.start + len(body) - len(body.lstrip())
        return Span(start, max(start, span.start + len(body.rstrip())))
