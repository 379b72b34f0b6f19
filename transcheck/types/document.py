"""What is compared: two or three versions of one text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from transcheck.types.span import Lang, Place, Span

BlockKind = Literal["paragraph", "heading", "quote", "caption", "cue"]
"""What a block is: ``quote`` is set apart as a quotation, ``cue`` is speech throughout (subtitles, a transcript)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of running text, such as a paragraph; ``speaker`` is who speaks it, where the format says so."""

    span: Span
    kind: BlockKind = "paragraph"
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an extracted text stands in its file.

    ``anchors`` are triples (offset into the text, number, column), ascending by offset: what follows an anchor up to
    the next one stands in line, paragraph or page ``number`` (from 1), from ``column`` (from 1, code points) on.
    ``unit`` says what is numbered.
    """

    unit: Literal["line", "paragraph", "page"]
    anchors: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of the file that is meant for this program.

    ``text`` is what it says behind ``transcheck:``; ``span`` is where it stands in the text (zero-width where the text
    was extracted and has no comments), ``covers`` the line or block that it is about, and ``line`` its line in the
    file, from 1.
    """

    text: str
    span: Span
    covers: Span
    line: int


@dataclass(frozen=True, slots=True)
class Version:
    """One language version: its text as read, untouched.

    ``origin`` is the file, column or stream that it came from, as shown in messages. Spans count from the first
    code point of ``text``. Where the format holds more than running text, ``blocks`` are its stretches of running text
    and ``prose`` is the text with every mark blanked out, code point for code point; both None where all of it is to
    be read. Where ``text`` is not the content of the file but was extracted from it, ``source`` leads back.
    ``comments`` are those that speak to this program, in order.
    """

    lang: Lang
    text: str
    origin: str = ""
    blocks: tuple[Block, ...] | None = None
    prose: str | None = None
    source: Source | None = None
    comments: tuple[Comment, ...] = ()

    def place(self, start: int, end: int) -> Place:
        """Return the place ``start:end`` with its text."""
        return Place(self.lang, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Document:
    """Two or three versions under one id; ``meta`` keeps source_lang, speaker, url, date and any further column.

    ``articles``: the versions are articles, or an article and a transcript, and what is compared is what they quote.
    ``file`` is the table or bilingual file of which the document is a record or unit, "" where versions are files.
    """

    id: str
    versions: tuple[Version, ...]
    meta: tuple[tuple[str, str], ...] = ()
    articles: bool = False
    file: str = ""

    def version(self, lang: Lang) -> Version | None:
        """Return the version in ``lang``, or None."""
        return next((v for v in self.versions if v.lang == lang), None)

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The languages present, in the order of the versions."""
        return tuple(v.lang for v in self.versions)

    @property
    def source_lang(self) -> str | None:
        """The declared language of the original, if any."""
        return dict(self.meta).get("source_lang") or None


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, or a sentence inside quotation marks or brackets; ``clauses`` are its finer units, in order."""

    lang: Lang
    index: int
    span: Span
    text: str
    clauses: tuple[Span, ...] = field(default=())
