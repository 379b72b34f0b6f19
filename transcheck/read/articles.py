"""One file, whatever its format, to one version of a text; the only place that knows which reader reads what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from transcheck.read.bilingual import FORMATS as BILINGUAL
from transcheck.read.comments import markdown_comments
from transcheck.read.decode import decode
from transcheck.read.names import split_name
from transcheck.read.subtitles import SUBTITLES
from transcheck.read.text import MARKDOWN, PLAIN, blocks, is_markdown, masked, read_bytes
from transcheck.text.detect import detect
from transcheck.types import LANGS, Comment, InputError, Lang, Version

if TYPE_CHECKING:
    from transcheck.read.extract import Extracted

HTML = frozenset({".html", ".htm", ".xhtml"})
SAVED = frozenset({".mhtml", ".mht"})
OFFICE = frozenset({".docx", ".pdf"})
SUFFIXES = MARKDOWN | PLAIN | HTML | SAVED | OFFICE | SUBTITLES
"""Suffixes of files that hold one version of a text."""


def read_version(path: Path, declared: Lang | None = None, data: bytes | None = None) -> Version:
    """Read a file as a version; its language is declared, told by its name, or found in the text.

    ``data`` is what the file holds, where that is not what the disk has.

    HTML, saved pages (``.mhtml``), ``.docx`` and PDF give up their running text, with the way back to lines, paragraphs
    or pages; Markdown, subtitles and plain text are taken as they are, marks left out of what is compared.

    Raises:
        InputError: a file that cannot be read or decoded, holds no text, or whose language cannot be told.
    """
    suffix = path.suffix.lower()
    if suffix in BILINGUAL:
        raise InputError(f"{path}: a file of several languages is read as a table; run: transcheck audit {path}")
    data = read_bytes(path) if data is None else data
    if suffix in HTML | SAVED | OFFICE:
        return _extracted(path, declared, _extract(path, data))
    text = decode(data, str(path))
    comments: tuple[Comment, ...] = ()
    if is_markdown(path):
        found, prose = blocks(text, markdown=True), masked(text, markdown=True)
        comments = markdown_comments(text, found)
    elif suffix in SUBTITLES:
        from transcheck.read.subtitles import blocks_of, masked_subtitles

        found, prose = blocks_of(text), masked_subtitles(text)
        if not found:
            raise InputError(f"{path}: no subtitle was found; save it as SubRip (.srt) or WebVTT (.vtt)")
    else:
        return Version(_lang(path, declared, text), text, str(path))
    return Version(_lang(path, declared, prose), text, str(path), found, prose, comments=comments)


def _extract(path: Path, data: bytes) -> Extracted:
    """Return what the reader for this suffix takes out of a file."""
    suffix, name = path.suffix.lower(), str(path)
    if suffix == ".docx":
        from transcheck.read.docx import read_docx

        return read_docx(data, name)
    if suffix == ".pdf":
        from transcheck.read.pdf import read_pdf

        return read_pdf(data, name)
    from transcheck.read.html import read_html
    from transcheck.read.mhtml import read_mhtml

    return read_html(read_mhtml(data, name) if suffix in SAVED else decode(data, name))


def _extracted(path: Path, declared: Lang | None, found: Extracted) -> Version:
    if not found.text.strip():
        raise InputError(f"{path}: no running text was found in it; save the text alone as .txt or .md")
    lang = declared or split_name(path)[1] or detect(found.text).lang
    if lang is None:
        lang = next((known for known in LANGS if known == found.lang), None)
    lang = lang or _lang(path, None, found.text)
    return Version(lang, found.text, str(path), found.blocks, None, found.source, comments=found.comments)


def _lang(path: Path, declared: Lang | None, text: str) -> Lang:
    lang = declared or split_name(path)[1] or detect(text).lang
    if lang is None:
        raise InputError(
            f"{path}: the language of the text cannot be told (is it Russian, Ukrainian or English?); "
            f"name it {path.stem}.uk{path.suffix} or give --uk {path} (likewise ru, en)"
        )
    return lang
