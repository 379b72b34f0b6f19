"""Segments: sentences, sentences inside quotation marks and brackets, and the clauses within them.

Sentence boundaries are those of sentencex (Wikimedia; abbreviations of all three languages, exact code points). It
keeps a quotation of several sentences whole; a second pass opens quotations and brackets and cuts after an elision mark
that ends a sentence. Everything between segments is white space, so segments and gaps rebuild the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from transcheck.types import Lang, Segment, Span

_OPENERS = {"«": "»", "„": "“”", "“": "”", "‘": "’", "‹": "›", "(": ")", "[": "]"}
_SENTENCE_END = r"(?:[.!?…]|\.\.\.)+[\])»”“’\"›]*"


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Compile the patterns on first use; start-up must not pay for them."""
    upper = r"[\"«„“‘(\[—–-]*\s*[A-ZА-ЯЁІЇЄҐ]"
    return {
        # "here… I want", "here [...] I want": an elision mark followed by a capital ends a segment
        "elision": re.compile(rf"(?:…|\.\.\.|[\[(](?:…|\.\.\.)[\])])[»”’\"]*\s+(?={upper})"),
        "inner": re.compile(rf"{_SENTENCE_END}\s+(?={upper})"),
        "clause": re.compile(
            r"[,;:](?=[\s»”’\"])|\s[—–-](?=\s)|[—–](?=\s)|(?<=[!?…])(?=\s)"
            r"|(?=\s[\[(«„“‘])|(?<=[\])»”’])(?=\s)"
        ),
        "paragraph": re.compile(r"\S(?:[^\r\n]+|(?:\r\n?|\n)(?![^\S\r\n]*(?:[\r\n]|\Z)))*"),
        "blank": re.compile(r"\n[ \t\r]*\n|\r\n[ \t]*\r\n"),
    }


def blank_parted(text: str) -> Iterator[Span]:
    """Yield the paragraphs of plain text, which blank lines part, without the white space behind them."""
    for match in _patterns()["paragraph"].finditer(text):
        yield Span(match.start(), match.start() + len(match[0].rstrip()))


def segment(text: str, lang: Lang, blocks: Sequence[Span] | None = None) -> tuple[Segment, ...]:
    """Cut ``text`` into segments with exact code-point spans, each with its clauses.

    ``blocks`` are the spans of running text (paragraphs); by default the text is cut at blank lines. Segments never
    overlap, never cross a block, and carry no white space at their ends.
    """
    found: list[Span] = []
    for block in blocks if blocks is not None else paragraphs(text):
        for sentence in _sentences(text, block, lang):
            _append(found, _open(text, sentence, lang), text)
    return tuple(
        Segment(lang, index, span, span.of(text), tuple(clauses(text, span))) for index, span in enumerate(found)
    )


def _append(found: list[Span], spans: Iterator[Span], text: str) -> None:
    """Add segments; one without a letter or digit, such as a lone [...], joins its neighbour."""
    for span in spans:
        if found and not (_spoken(found[-1], text) and _spoken(span, text)) and _adjacent(found[-1], span, text):
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)


def _spoken(span: Span, text: str) -> bool:
    """Whether a span holds a letter or digit."""
    return any(c.isalnum() for c in span.of(text))


def _adjacent(left: Span, right: Span, text: str) -> bool:
    """Whether two spans stand in one paragraph."""
    return "\n" not in text[left.end : right.start]


def paragraphs(text: str) -> tuple[Span, ...]:
    """Return the spans between blank lines, trimmed, without empty ones."""
    cuts = [0]
    for match in _patterns()["blank"].finditer(text):
        cuts.extend((match.start(), match.end()))
    cuts.append(len(text))
    spans = (_trim(text, Span(cuts[i], cuts[i + 1])) for i in range(0, len(cuts), 2))
    return tuple(s for s in spans if len(s))


def _trim(text: str, span: Span) -> Span:
    """Drop white space at both ends."""
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def _sentences(text: str, block: Span, lang: Lang) -> Iterator[Span]:
    """Cut a block at the boundaries that sentencex finds."""
    import sentencex

    for boundary in sentencex.get_sentence_boundaries(lang, block.of(text)):
        span = _trim(text, Span(block.start + boundary["start_index"], block.start + boundary["end_index"]))
        if len(span):
            yield span


def _open(text: str, sentence: Span, lang: Lang) -> Iterator[Span]:
    """Cut inside quotations and brackets of a sentence and after elision marks, not inside an [insertion]."""
    cuts = {sentence.start + m.end() for m in _patterns()["elision"].finditer(sentence.of(text))}
    for inner in _enclosed(text, sentence):
        inserted = text[inner.start - 1] == "[" and inner.end < sentence.end
        if inserted or not _patterns()["inner"].search(inner.of(text)):
            continue
        parts = list(_sentences(text, inner, lang))
        cuts.update(part.start for part in parts[1:])
        after = parts[-1].end
        if len(parts) > 1 and text[after - 1] in ".!?…":
            match = _patterns()["inner"].match(text, after - 1, sentence.end)
            if match:
                cuts.add(match.end())
    ordered = [sentence.start, *sorted(c for c in cuts if sentence.start < c < sentence.end), sentence.end]
    for start, end in itertools.pairwise(ordered):
        span = _trim(text, Span(start, end))
        if len(span):
            yield span


def _enclosed(text: str, sentence: Span) -> Iterator[Span]:
    """Yield the outermost quoted or bracketed stretches, also one that the sentence's end cuts off."""
    at = sentence.start
    while at < sentence.end:
        char = text[at]
        closers = _OPENERS.get(char)
        if char == '"':
            closers = '"'
        if closers is None or (char == "‘" and at > sentence.start and text[at - 1].isalnum()):
            at += 1
            continue
        end = _closing(text, at, sentence.end, char, closers)
        if end > at + 1:
            yield Span(at + 1, end)
        at = end + 1


def _closing(text: str, at: int, limit: int, opener: str, closers: str) -> int:
    """Return the index of the mark that closes the one at ``at``, or ``limit``."""
    depth = 0
    for index in range(at + 1, limit):
        char = text[index]
        if char in closers and not _apostrophe(text, index, limit):
            if depth == 0:
                return index
            depth -= 1
        elif char == opener:
            depth += 1
    return limit


def _apostrophe(text: str, index: int, limit: int) -> bool:
    """Tell an apostrophe inside a word from a closing single quotation mark."""
    return text[index] == "’" and index + 1 < limit and text[index + 1].isalnum() and text[index - 1].isalnum()


def clauses(text: str, span: Span) -> Iterator[Span]:
    """Yield the clauses of a segment: stretches between commas, semicolons, colons, dashes and quotation boundaries.

    Stretches without a letter or digit join the one before; the clauses and the gaps between them cover the segment.
    """
    start = span.start
    for match in _patterns()["clause"].finditer(text, span.start, span.end):
        piece = _trim(text, Span(start, match.end()))
        if any(c.isalnum() for c in piece.of(text)):
            yield piece
            start = match.end()
    piece = _trim(text, Span(start, span.end))
    if any(c.isalnum() for c in piece.of(text)):
        yield piece
