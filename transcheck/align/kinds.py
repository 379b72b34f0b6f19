"""What a segment is, so that a heading is never taken for the rendering of a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from transcheck.types import Block, Document, Lang, Segment, Version

Kinds = NDArray[np.int8]
"""``MIXED``, ``ANY``, ``HEADING`` or ``TEXT`` for each unit."""

MIXED, ANY, HEADING, TEXT = np.int8(-1), np.int8(0), np.int8(1), np.int8(2)
"""Units of several kinds fit nothing, those of ``ANY`` kind everything but these, the others their like."""

_SHORT = 12
"""Words up to which a paragraph that ends without a mark may be a heading that is not marked as one."""


def kinds_of(document: Document, segments: Mapping[Lang, Sequence[Segment]]) -> dict[Lang, Kinds]:
    """Return the kinds of the segments of each version; nothing where no version has a marked heading.

    Only where the marks of the file are known (Markdown) a paragraph is surely no heading; elsewhere, and where it is
    short and ends without a mark, it may be one.
    """
    found = {v.lang: _kinds(v, segments[v.lang]) for v in document.versions}
    return found if any((kinds == HEADING).any() for kinds in found.values()) else {}


def _kinds(version: Version, segments: Sequence[Segment]) -> Kinds:
    kinds = np.full(len(segments), ANY, np.int8)
    blocks = iter(version.blocks or ())
    block = next(blocks, None)
    for index, segment in enumerate(segments):
        while block is not None and block.span.end <= segment.span.start:
            block = next(blocks, None)
        if block is not None and block.span.start <= segment.span.start:
            kinds[index] = _kind(block, version)
    return kinds


def _kind(block: Block, version: Version) -> np.int8:
    if block.kind == "heading":
        return HEADING
    if version.prose is None or block.kind == "cue":
        return ANY
    text = block.span.of(version.text).strip()
    ended = text.rstrip("»”’\"')]*_ ").endswith((".", "!", "?", "…", ":", ";", ","))
    return TEXT if ended or len(text.split()) > _SHORT else ANY


def together(a: Kinds, b: Kinds) -> Kinds:
    """Return the kinds of units joined with units, pair by pair."""
    return np.where((a == ANY) | (a == b), b, np.where(b == ANY, a, MIXED)).astype(np.int8)


def apart(a: Kinds, b: Kinds) -> NDArray[np.bool_]:
    """Return bool [len(a), len(b)]: whether units cannot be renderings of one another."""
    joined = together(a[:, None], b[None, :])
    return np.asarray(joined == MIXED)
