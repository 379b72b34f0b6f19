"""Subtitles, SRT and WebVTT: the speech in them, cue by cue joined to sentences, each at its place in the file.

Numbers, times, settings, tags, the notes, styles and regions of WebVTT, and the marks of speakers are no speech.
Missing numbers, hours or blank lines are put up with, and so are points, commas and mistakes in times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from transcheck.read.text import masked
from transcheck.types import Block, Span

SUBTITLES = frozenset({".srt", ".vtt"})
"""Suffixes read as subtitles."""

PAUSE = 3.0
"""Seconds between two cues from which the second begins a block of its own."""

_TIME = r"(?:(\d+):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_ARROW = re.compile(r"-->|\d[^\S\r\n]*->[^\S\r\n]*\d")
_TIMES = re.compile(rf"[^\S\r\n]*{_TIME}[^\S\r\n]*-{{1,2}}>[^\S\r\n]*{_TIME}(?=\s|\Z)")
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n|\Z)")
_TAG = re.compile(r"</?[A-Za-z][^<>\r\n]*>|<\d[\d:.,]*>|\{\\[^{}\r\n]*\}|\\[Nnh]|&(?:nbsp|lrm|rlm);|\ufeff")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[^\S\r\n]+([^<>\r\n]+)>")
_DASH = re.compile(r"(?:[-–—‐]+(?:[^\S\r\n]+|(?=[^\W\d]|[«“„\"…]))|(?:>|&gt;){2,3})[^\S\r\n]*")
_NAME = re.compile(r"([A-ZА-ЯЁІЇЄҐ](?:[A-ZА-ЯЁІЇЄҐ0-9 .'’ʼ\-]{0,30})[A-ZА-ЯЁІЇЄҐ0-9.]):(?=\s|\Z)")
_ENDS = tuple('.!?…»”"')
_CLOSERS = ")]♪'’* \t\r\n"


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue: its lines of text, and its times in seconds."""

    lines: tuple[Span, ...]
    begin: float
    end: float


@dataclass(frozen=True, slots=True)
class _Said:
    """What one speaker says in one cue; ``turn``: a mark says that the speaker changes here."""

    span: Span
    speaker: str
    turn: bool
    begin: float
    end: float


def blocks_of(text: str) -> tuple[Block, ...]:
    """Return the speech of a subtitle file as blocks of kind ``cue``, in order, without overlap.

    A block goes on over several cues until one ends in a mark that ends a sentence or a quotation, the speaker changes,
    or a pause follows. Its speaker is the voice of WebVTT (``<v Name>``), or a name in capitals and a colon at the
    beginning of a line; dashes at the beginning of lines part speakers without a name. A file without cues has none.
    """
    found: list[list[_Said]] = []
    for said in _said(text):
        if found and _goes_on(text, found[-1], said):
            found[-1].append(said)
        else:
            found.append([said])
    return tuple(_block(run) for run in found)


def masked_subtitles(text: str) -> str:
    """Return ``text`` with everything that is no speech replaced by blanks, the same length, line ends kept."""
    kept = [c if c in "\r\n" else " " for c in text]
    for said in _said(text):
        kept[said.span.start : said.span.end] = masked(_plain(said.span.of(text)))
    return "".join(kept)


def _block(run: Sequence[_Said]) -> Block:
    return Block(Span(run[0].span.start, run[-1].span.end), "cue", run[0].speaker)


def _goes_on(text: str, run: Sequence[_Said], said: _Said) -> bool:
    """Tell whether ``said`` goes on with what the run says."""
    last = run[-1]
    if said.turn or said.begin - last.end > PAUSE or _ended(last.span.of(text)):
        return False
    return said.speaker in ("", run[0].speaker)


def _ended(text: str) -> bool:
    return _plain(text).rstrip(_CLOSERS).endswith(_ENDS)


def _plain(text: str) -> str:
    """Blank the tags."""
    return _TAG.sub(lambda match: " " * len(match.group()), text)


def _said(text: str) -> Iterator[_Said]:
    """Yield what is said, in order; a cue without a letter or digit says nothing."""
    before = ""
    for cue in _cues(text):
        for said in _voices(text, cue, before):
            span = _trimmed(text, said.span)
            if span is not None:
                yield replace(said, span=span)
                before = span.of(text)


def _trimmed(text: str, span: Span) -> Span | None:
    """Return the span without the blanks and tags at its ends, None where no letter or digit is left."""
    plain = _plain(span.of(text))
    if not any(c.isalnum() for c in plain):
        return None
    start = span.start + len(plain) - len(plain.lstrip())
    return Span(start, span.start + len(plain.rstrip()))


def _voices(text: str, cue: _Cue, before: str) -> Iterator[_Said]:
    """Part a cue by speakers; ``before`` is what was said last."""
    dashes = sum(_mark(text, line, _DASH) is not None for line in cue.lines)
    said = _Said(Span(cue.lines[0].start, cue.lines[0].start), "", False, cue.begin, cue.end)
    for line in cue.lines:
        so_far = _plain(said.span.of(text)).strip() or before
        at = line.start
        dash = _mark(text, line, _DASH)
        turn = dash is not None and (dashes > 1 or not so_far or _ended(so_far) or _sure(text, dash))
        if dash is not None and turn:
            at = dash.end()
        name = _mark(text, Span(at, line.end), _NAME)
        if name is not None:
            at = name.end()
        if turn or name is not None:
            yield said
            said = replace(said, span=Span(at, at), speaker=name.group(1) if name else "", turn=turn)
        for voice in _VOICE.finditer(text, at, line.end):
            yield replace(said, span=Span(said.span.start, voice.start()))
            said = replace(said, span=Span(voice.end(), voice.end()), speaker=voice.group(1).strip(), turn=False)
        said = replace(said, span=Span(said.span.start, line.end))
    yield said


def _sure(text: str, dash: re.Match[str]) -> bool:
    """Tell whether a mark parts speakers wherever it stands: >>, or a dash before a capital."""
    return dash.group().startswith((">", "&")) or text[dash.end() : dash.end() + 1].isupper()


def _mark(text: str, line: Span, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """Return the match of a mark at the beginning of a line, blanks and tags before it passed over."""
    plain = _plain(line.of(text))
    return pattern.match(text, line.start + len(plain) - len(plain.lstrip()), line.end)


def _cues(text: str) -> Iterator[_Cue]:
    """Yield the cues that have lines of text; one whose times cannot be read begins where the one before ended."""
    lines = [Span(*m.span()) for m in _LINE.finditer(text) if m.group()]
    times = [i for i, line in enumerate(lines) if _ARROW.search(text, line.start, line.end)]
    notes = text.lstrip("\ufeff").startswith("WEBVTT")
    begin = end = 0.0
    for i, following in zip(times, [*times[1:], len(lines)], strict=False):
        match = _TIMES.match(text, lines[i].start, lines[i].end)
        begin, end = (_seconds(match.groups()[:4]), _seconds(match.groups()[4:])) if match else (end, end)
        own = lines[i + 1 : following]
        if following < len(lines) and _is_name(text, own):
            own = own[:-1]
        if notes:
            own = _without_notes(text, own)
        spoken = tuple(Span(s.start, s.start + len(s.of(text).rstrip())) for s in own if s.of(text).strip())
        if spoken:
            yield _Cue(spoken, begin, end)


def _is_name(text: str, lines: Sequence[Span]) -> bool:
    """Tell whether the last line before a line of times is the number or name of the cue that begins there."""
    if not lines or not lines[-1].of(text).strip():
        return False
    number = lines[-1].of(text).strip().isdigit()
    return number or (any(s.of(text).strip() for s in lines[:-1]) and not lines[-2].of(text).strip())


def _without_notes(text: str, lines: Sequence[Span]) -> list[Span]:
    """Return the lines without the blocks NOTE, STYLE and REGION that follow a blank line."""
    kept: list[Span] = []
    blank, inside = False, False
    for line in lines:
        content = line.of(text).strip()
        inside = bool(content) and (
            inside or (blank and re.match(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)", content) is not None)
        )
        blank = not content
        if not inside:
            kept.append(line)
    return kept


def _seconds(groups: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = groups
    return int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0) + float(f"0.{fraction or 0}")
