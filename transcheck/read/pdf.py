"""PDF documents, read by pypdf: the text of the pages in the order of the file, put together by :mod:`.pages`.

Left out are running heads, page numbers, notes to pages (annotations) and the content of form fields. Nothing is
recognised in pictures: a scanned document is refused. Columns come one after the other where the program that made the
file wrote them so, which nearly all do.
"""

from __future__ import annotations

import io
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from transcheck.read.decode import MAX_BYTES, MAX_CHARS, too_large
from transcheck.read.extract import Extracted
from transcheck.read.pages import Line, running_text
from transcheck.types import InputError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 2_000
"""Longest document that is read."""

MAX_SECONDS = 120.0
"""Longest time that reading a document may take, looked at with every operation of a page."""

MAX_STREAM = 50_000_000
"""Bytes to which one stream of a document may unpack."""

_PRINT = "print it to a new PDF, or save the text as .docx or .txt"
_LOST = re.compile(r"not defined|[Ee]xceed|may be missing|Invalid stream")
"""What pypdf says where it leaves something out instead of failing."""

_Run = tuple[int, float, float, float, int]


class _TooLongError(Exception):
    """Reading takes longer than it may."""


def read_pdf(data: bytes, name: str) -> Extracted:
    """Return the running text of a PDF document; ``name`` is used in messages.

    Places are the page, counted from 1, and the character in the text of the page as pypdf extracts it. Hyphens at line
    ends are undone, unless the word has one elsewhere too, and ligatures are taken apart.

    Raises:
        InputError: no PDF, one that is encrypted, damaged, scanned or too large, or letters that cannot be told.
    """
    if len(data) > MAX_BYTES:
        raise InputError(too_large(name, len(data)))
    if b"%PDF-" not in data[:1024]:
        raise InputError(f"{name}: this is no PDF document; give the file the suffix of its format")
    if b"startxref" not in data[-4096:] and b"%%EOF" not in data[-4096:]:
        raise InputError(f"{name}: the end of the document is missing; fetch the file again")
    pages = _pages(data, name)
    text = "".join(line.text for page in pages for line in page)
    strange = len(re.findall(r"[\ufffd\x00-\x08\x0e-\x1f\ue000-\uf8ff]", text))
    if strange > 0.2 * len(text):
        raise InputError(f"{name}: the fonts do not tell which letters they show; have the text recognised (OCR)")
    return running_text(pages)


def _pages(data: bytes, name: str) -> list[list[Line]]:
    """Return the lines of all pages; whatever pypdf raises becomes an error with a remedy."""
    try:
        from pypdf import PdfReader, apply_configuration
        from pypdf.errors import DependencyError, LimitReachedError
    except ImportError as error:
        raise InputError(f"{name}: reading PDF needs pypdf 7 or later; pip install 'pypdf>=7'") from error
    limits = apply_configuration(zlib_maximum_output_length=MAX_STREAM, lzw_maximum_output_length=MAX_STREAM)
    with _listening() as said, limits:
        try:
            pages = _read(PdfReader(io.BytesIO(data)), name)
        except InputError:
            raise
        except DependencyError as error:
            raise InputError(f"{name}: the document is protected by AES encryption; {_PRINT}") from error
        except LimitReachedError as error:
            raise InputError(f"{name}: the document unpacks to more than is read ({error}); {_PRINT}") from error
        except _TooLongError as error:
            raise InputError(f"{name}: reading takes more than {MAX_SECONDS:.0f} seconds; {_PRINT}") from error
        except Exception as error:  # pypdf raises a score of kinds for a damaged document
            reason = str(error).splitlines()[0][:120] if str(error) else type(error).__name__
            raise InputError(f"{name}: the document is damaged ({reason}); {_PRINT}") from error
    lost = next((m for source, m in said if source == "pypdf.filters" or _LOST.search(m)), None)
    if lost:
        raise InputError(f"{name}: a part of the document cannot be read ({lost[:120]}); {_PRINT}")
    return pages


@contextmanager
def _listening() -> Iterator[list[tuple[str, str]]]:
    """Collect what pypdf logs, instead of showing it."""
    said: list[tuple[str, str]] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append((record.name, record.getMessage()))

    logger, listener = logging.getLogger("pypdf"), Listener(logging.WARNING)
    propagate, level = logger.propagate, logger.level
    logger.addHandler(listener)
    logger.propagate = False
    logger.setLevel(logging.WARNING)
    try:
        yield said
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagate
        logger.setLevel(level)


def _read(reader: PdfReader, name: str) -> list[list[Line]]:
    """Return the lines of the pages of a document that is open."""
    if reader.is_encrypted and not reader.decrypt(""):
        raise InputError(f"{name}: the document is encrypted; open it with its password and save it without one")
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise InputError(f"{name}: {count:,} pages are more than the {MAX_PAGES:,} that are read; split the document")
    until = time.monotonic() + MAX_SECONDS
    found: list[list[Line]] = []
    pictures: list[int] = []
    length = 0
    for number, page in enumerate(reader.pages, 1):
        lines = _lines(page, number, until)
        length += sum(len(line.text) for line in lines)
        if length > MAX_CHARS:
            raise InputError(f"{name}: more than the {MAX_CHARS:,} characters that are read; split the document")
        if not lines and _has_picture(page):
            pictures.append(number)
        found.append(lines)
    if not any(found) or len(pictures) > 0.5 * count:
        what = f"page {pictures[0]} is a picture" if pictures else "the pages hold no text"
        raise InputError(f"{name}: {what}, as in a scanned document; have the text recognised (OCR) and checked first")
    return found


def _has_picture(page: PageObject) -> bool:
    resources: Any = page.get("/Resources")
    objects: Any = resources.get_object().get("/XObject") if resources else None
    return bool(objects) and any(o.get_object().get("/Subtype") == "/Image" for o in objects.get_object().values())


def _lines(page: PageObject, number: int, until: float) -> list[Line]:
    """Return the lines of a page that are not blank."""
    runs: list[_Run] = []
    texts: list[str] = []
    length = 0

    def take(text: str, outer: Sequence[float], inner: Sequence[float], _font: object, size: float) -> None:
        nonlocal length
        blank = len(text) - len(text.lstrip())
        if blank < len(text):
            runs.append((length + blank, *_on_page(outer, inner, size), len(text.strip())))
        texts.append(text)
        length += len(text)

    def watch(*_: object) -> None:
        if time.monotonic() > until:
            raise _TooLongError

    text = page.extract_text(visitor_text=take, visitor_operand_before=watch)
    return list(_split(text, number, runs if "".join(texts) == text else []))


def _on_page(outer: Sequence[float], inner: Sequence[float], size: float) -> tuple[float, float, float]:
    """Return where text begins on the page and how large it is; 0 for text that does not run from left to right."""
    from pypdf import mult

    a, b, c, d, x, y = mult(list(inner), list(outer))
    if a <= 0 or d <= 0 or abs(b) > 0.01 * a:
        return 0.0, 0.0, 0.0
    return x, y, float(size * (c * c + d * d) ** 0.5)


def _split(text: str, number: int, runs: Sequence[_Run]) -> Iterator[Line]:
    """Yield the lines of a text that are not blank, each where its first run begins, in the size of most letters."""
    following, gap = 0, False
    for match in re.finditer(r"[^\n]+", text):
        content = match.group().strip()
        gap = gap or not content or text.startswith("\n\n", max(0, match.start() - 2))
        if not content:
            continue
        blank = len(match.group()) - len(match.group().lstrip())
        start = match.start() + blank
        x, y, sizes = float(blank), 0.0, Counter[float]()
        while following < len(runs) and runs[following][0] < start + len(content):
            at, left, base, size, letters = runs[following]
            if at >= start:
                x, y = (x, y) if sizes else (left, base)
                sizes[size] += letters
            following += 1
        yield Line(number, start + 1, content, gap, x, y, max(sizes, key=lambda s: sizes[s], default=0.0))
        gap = False
