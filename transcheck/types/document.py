"""What is compared: two or three versions of one text."""

from __future__ import annotations

from dataclasses import dataclass, field

from transcheck.types.span import Lang, Place, Span


@dataclass(frozen=True, slots=True)
class Version:
    """One language version: its text as read, untouched.

    ``origin`` is the file, column or stream that it came from, as shown in messages. Spans count from the first
    code point of ``text``. Where the format holds more than running text, ``blocks`` are the spans of running text and
    ``prose`` is the text with every mark blanked out, code point for code point; both None where all of it is to be
    read.
    """

    lang: Lang
    text: str
    origin: str = ""
    blocks: tuple[Span, ...] | None = None
    prose: str | None = None

    def place(self, start: int, end: int) -> Place:
        """Return the place ``start:end`` with its text."""
        return Place(self.lang, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True)
class Document:
    """Two or three versions under one id; ``meta`` keeps source_lang, speaker, url, date and any further column."""

    id: str
    versions: tuple[Version, ...]
    meta: tuple[tuple[str, str], ...] = ()

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
