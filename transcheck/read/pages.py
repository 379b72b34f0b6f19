"""Lines on pages become running text: running heads dropped, lines joined to paragraphs, hyphenation undone.

Where the place of lines on the page is known, gaps, indentation and letter size part paragraphs; otherwise blank lines,
leading blanks and short lines do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from transcheck.read.extract import Builder, Extracted

Page = list["Line"]

_ENDS = tuple('.!?…»”"')
_DASH = re.compile(r"[-–—]\s")
_BULLET = re.compile(r"[•▪◦●‣·■]")
_ITEM = re.compile(r"(?:\d{1,2}|[a-zа-яії])[.)]\s")
_CHAPTER = re.compile(r"(?:глава|раздел|розділ|часть|частина|chapter|part|section|статья|стаття|article|§)(?!\w)", re.I)
_COMPOUND = re.compile(r"\w+(?:[-‐]\w+)+")
_OWN_HYPHEN = re.compile(
    r"(?:к\w*|ч\w+|где|откуда|сколько|зачем|почему|хто|що|як\w*|де|куди|звідки|коли)-(?:то|либо|нибудь|небудь)|кое-\w+"
    r"|будь-(?:як|хто|що|де|кол|куд|зві)\w*|\w+-(?:таки|нибудь|небудь)|по-(?:\w{3,}[сц]ки|(?:мо|тво|сво|друг|нов)\w*му)"
    r"|из-(?:за|под)|із-за|з-(?:за|під|над|поміж)|(?:self|well|vice)-\w+",
    re.I,
)
"""Words whose hyphen at a line end is nearly always their own."""

_SPLIT = re.compile(r"[\u00ad\ufb00-\ufb06]")
_LIGATURES = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)

_EDGE = 2
"""Lines at the top and at the bottom of a page that may be running heads."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, without the blanks at its ends; ``column`` counts from 1 in the extracted text of the page.

    ``gap``: a blank line stands before it. ``x`` and ``y`` are where it begins on the page, ``size`` is the size of its
    letters; 0 where they are not known. Without them ``x`` may hold the number of blanks before the line.
    """

    page: int
    column: int
    text: str
    gap: bool = False
    x: float = 0.0
    y: float = 0.0
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in a document: size of letters, distance of lines, length of full lines, left edge of a page."""

    size: float
    pitch: float
    full: int
    margins: Mapping[int, float]


def running_text(pages: Sequence[Sequence[Line]]) -> Extracted:
    """Return the running text of pages; places are page numbers and columns."""
    kept = _without_running_heads(pages)
    lines = [line for page in kept for line in page]
    measures = _measure(lines)
    compounds = {c.lower() for line in lines for c in _COMPOUND.findall(line.text)}
    builder = Builder()
    for paragraph in _paragraphs(lines, measures):
        for line, following in zip(paragraph, [*paragraph[1:], None], strict=True):
            text, blank = line.text, ""
            if following is not None:
                text, blank = _joint(line.text, following.text, compounds)
            _add(builder, text, line.page, line.column)
            builder.add(blank, line.page, line.column + len(line.text))
        large = paragraph[0].size > 1.15 * measures.size > 0 and sum(len(line.text) for line in paragraph) <= 300
        builder.end_block("heading" if large else "paragraph")
    return builder.extracted("page")


def _add(builder: Builder, text: str, page: int, column: int) -> None:
    """Add the text of a line, ligatures taken apart and soft hyphens left out."""
    at = 0
    for match in _SPLIT.finditer(text):
        builder.add(text[at : match.start()], page, column + at)
        builder.add(_LIGATURES.get(match.group(), ""), page, column + match.start())
        at = match.end()
    builder.add(text[at:], page, column + at)


def _joint(text: str, following: str, compounds: set[str]) -> tuple[str, str]:
    """Return a line without a hyphen that only parts a word at its end, and what stands between it and the next."""
    found = re.search(r"(\w+(?:[-‐]\w+)*)[-‐\u00ad]\Z", text)
    tail = re.match(r"\w+(?:[-‐]\w+)*", following)
    if not found or not tail:
        return text, " "
    head = found.group(1)
    whole = f"{head}-{tail.group()}"
    if text.endswith("\u00ad"):
        return text[:-1], ""
    own = whole.lower() in compounds or _OWN_HYPHEN.fullmatch(whole) is not None
    capital = following[0].isupper() and not (head.isupper() and len(head) > 1)
    if own or capital or not head[-1].isalpha() or not following[0].isalpha():
        return text, ""
    return text[:-1], ""


def _without_running_heads(pages: Sequence[Sequence[Line]]) -> list[Page]:
    """Drop the lines at the edges of pages that come back on other pages, and the numbers that count the pages."""
    kept = [list(page) for page in pages]
    measures = _measure([line for page in kept for line in page])
    enough = 2 if len(kept) < 6 else 3
    for edge, inner in ((0, 1), (-1, -2)):
        for _ in range(_EDGE):
            edges = {n: page[edge] for n, page in enumerate(kept) if page}
            apart = {n for n in edges if len(kept[n]) > 1 and _apart(edges[n], kept[n][inner], measures)}
            lone = {n for n in edges if len(kept[n]) == 1}
            gone = _counting(edges, enough) | _repeated(edges, apart, lone, enough)
            for n in gone:
                kept[n].pop(edge)
            if not gone:
                break
    return kept


def _apart(line: Line, other: Line, measures: _Measures) -> bool:
    """Tell whether a line stands farther from another than lines of a paragraph do, or in other letters."""
    if not line.size or not other.size or not _same_size(line.size, other.size):
        return True
    return abs(line.y - other.y) > 1.25 * (measures.pitch or 1.5 * line.size)


def _repeated(edges: Mapping[int, Line], apart: set[int], lone: set[int], enough: int) -> set[int]:
    """Return the pages whose line at one edge comes back apart from the text, or alone on a page; dialogue may."""
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for n in apart | lone:
        text = " ".join(edges[n].text.casefold().split())
        if not re.match(r"[-–—]\s*[^\W\d]", text):
            groups[text].add(n)
    return {n for group in groups.values() if len(group - lone) >= enough for n in group}


def _counting(edges: Mapping[int, Line], enough: int) -> set[int]:
    """Return the pages whose line at one edge has a number that counts the pages; that of a chapter may."""
    groups: defaultdict[tuple[str, int, int], set[int]] = defaultdict(set)
    for n, line in edges.items():
        text = " ".join(line.text.casefold().split())
        for place, number in enumerate(re.finditer(r"\d+", text)):
            if len(number.group()) > 5 or (place == 0 and _CHAPTER.match(text)):
                continue
            shift = int(number.group()) - n
            groups[(re.sub(r"\d+", "#", text), place, shift)].add(n)
            if number.end() == len(text) or re.match(r"\d+\s", text[: number.end() + 1]):
                groups[("", int(number.end() == len(text)), shift)].add(n)
    return {n for group in groups.values() if len(group) >= enough for n in group}


def _measure(lines: Sequence[Line]) -> _Measures:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 0.0
    body = [line for line in lines if _same_size(line.size, size)]
    gaps = Counter(
        round(2 * (a.y - b.y)) / 2 for a, b in pairwise(body) if a.page == b.page and 0.9 * size < a.y - b.y < 4 * size
    )
    pitch = min((g for g, count in gaps.items() if count >= 0.1 * gaps.total()), default=0.0)
    lengths = sorted(len(line.text) for line in body)
    edges: defaultdict[int, Counter[float]] = defaultdict(Counter)
    for line in body:
        edges[line.page][round(line.x)] += 1
    margins = {page: min(found, key=lambda x: (-found[x], x)) for page, found in edges.items()}
    return _Measures(size, pitch, lengths[len(lengths) * 9 // 10] if lengths else 0, margins)


def _same_size(a: float, b: float) -> bool:
    return abs(a - b) <= 0.1 * max(a, b)


def _paragraphs(lines: Iterable[Line], measures: _Measures) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph; notes at the foot of a page come before the paragraph that they cut in two."""
    found: list[list[Line]] = []
    for line in lines:
        if found and line.page != found[-1][-1].page:
            _lift(found, line, measures)
        if found and not _begins(found[-1], line, measures):
            found[-1].append(line)
        else:
            found.append([line])
    yield from found


def _lift(found: list[list[Line]], line: Line, measures: _Measures) -> None:
    """Put the paragraph that goes on in ``line``, on a new page, behind the notes in smaller letters that follow it."""
    at = len(found) - 1
    while at > 0 and 0 < found[at][0].size < 0.92 * measures.size and found[at][-1].page == found[-1][-1].page:
        at -= 1
    if at < len(found) - 1 and _goes_on(found[at][-1], line, measures):
        found.append(found.pop(at))


def _begins(paragraph: Sequence[Line], line: Line, measures: _Measures) -> bool:
    """Tell whether a line begins a paragraph of its own."""
    last = paragraph[-1]
    if line.page != last.page or line.y > last.y + measures.size:
        return not _goes_on(last, line, measures)
    return line.gap or _by_text(last, line, measures) or _by_place(paragraph, line, measures)


def _goes_on(last: Line, line: Line, measures: _Measures) -> bool:
    """Tell whether a line at the top of a page or column goes on with the last one before."""
    if not _same_size(last.size, line.size) or _BULLET.match(line.text) or _DASH.match(line.text):
        return False
    if line.text[0].islower():
        return True
    indented = line.x > measures.margins.get(line.page, line.x) + _tolerance(line)
    return not _ended(last) and len(last.text) >= 0.8 * measures.full and not indented


def _by_text(last: Line, line: Line, measures: _Measures) -> bool:
    """Tell by the text alone whether a line begins a paragraph."""
    if _BULLET.match(line.text) or (_ITEM.match(line.text) and last.text.endswith((*_ENDS, ";", ":"))):
        return True
    if _DASH.match(line.text) and (_ended(last) or last.text.endswith(":")):
        return True
    return _ended(last) and len(last.text) < 0.8 * measures.full and not line.text[0].islower()


def _by_place(paragraph: Sequence[Line], line: Line, measures: _Measures) -> bool:
    """Tell by size, distance and indentation whether a line begins a paragraph."""
    first, last = paragraph[0], paragraph[-1]
    if not _same_size(last.size, line.size):
        return True
    if measures.pitch and last.y - line.y > 1.35 * measures.pitch * max(1.0, line.size / measures.size):
        return True
    step, least = line.x - last.x, _tolerance(line)
    if step > least:
        listed = _BULLET.match(first.text) or _ITEM.match(first.text) or _DASH.match(first.text)
        return not (listed and last is first)
    far = 5 * line.size if line.size else 12.0
    return step < -least and (last is not first or step < -far)


def _tolerance(line: Line) -> float:
    """Return how far lines of one left edge may stand apart."""
    return 0.4 * line.size if line.size else 0.5


def _ended(line: Line) -> bool:
    return line.text.rstrip(")]’'").endswith(_ENDS)
