"""The paragraphs of an article as quotations know them: a line of dialogue is one, a wrapped line is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from transcheck.text.sentences import blank_parted
from transcheck.types import Block, BlockKind, Span, Version

_LINE = re.compile(r"[^\r\n]+")
_ENDED = frozenset('.!?…:»”"“’)')
_OPENING = frozenset("—–-«„“\"‘'")
_LONG = 110
"""No editor wraps lines as long as this: each is a paragraph."""
DASH = re.compile(r"[ \t]*[—–-][ \t\u00a0]+(?=\S)")
"""How a line of dialogue begins."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its place, the kind of its block and who speaks it, where the format says so."""

    span: Span
    kind: BlockKind
    speaker: str = ""

    def dashed(self, prose: str) -> bool:
        """Tell whether the paragraph opens with a dash, as a line of dialogue does."""
        return DASH.match(prose, self.span.start, self.span.end) is not None


def paragraphs(version: Version) -> tuple[Paragraph, ...]:
    """Return the paragraphs of an article in order."""
    prose = version.prose or version.text
    blocks = version.blocks if version.blocks is not None else tuple(map(Block, blank_parted(prose)))
    return tuple(Paragraph(span, b.kind, b.speaker) for b in blocks for span in _lines(prose, b.span))


def _lines(prose: str, block: Span) -> Iterator[Span]:
    """Part a block at the line breaks that end a paragraph: behind a full line, before a dash."""
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(prose, block.start, block.end) if m[0].strip()]
    start = None
    for number, line in enumerate(lines):
        start = line.start if start is None else start
        body = line.of(prose).rstrip()
        after = lines[number + 1].of(prose).lstrip() if number + 1 < len(lines) else ""
        if after and not _parts(body, after):
            continue
        yield Span(start, line.start + len(body))
        start = None


def _parts(line: str, after: str) -> bool:
    if DASH.match(after):
        return True
    return line[-1] in _ENDED and (
        len(line) >= _LONG or after[0] in _OPENING or (after[0].isupper() and len(line) < 60)
    )
