"""PDF documents, made here: places, what is joined, and what is refused."""

from __future__ import annotations

import io
import logging
import sys
import zlib
from collections.abc import Sequence

import pypdf
import pytest

from transcheck.read import pdf as module
from transcheck.read.extract import Extracted
from transcheck.read.pdf import read_pdf
from transcheck.types import InputError

Row = tuple[float, float, float, str]
"""Where a line begins, the size of its letters, and its text."""

FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F /DW 500 "
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
)


def stream(data: bytes, *, packed: bool = False, more: str = "") -> bytes:
    filtered = "/Filter /FlateDecode " if packed else ""
    body = zlib.compress(data) if packed else data
    return f"<< {filtered}{more}/Length {len(body)} >> stream\n".encode() + body + b"\nendstream"


def unicode_map(codes: dict[str, int]) -> bytes:
    """Return the table by which codes of the font become letters."""
    pairs = [f"<{code:04X}> <{char.encode('utf-16-be').hex()}>" for char, code in codes.items()]
    parts = [pairs[i : i + 100] for i in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{body}\nendcmap end end"
    ).encode()


def assembled(objects: Sequence[bytes]) -> bytes:
    """Return a file of numbered objects, the first of them its root."""
    out, offsets = io.BytesIO(b"%PDF-1.7\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
    at = out.tell()
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n".encode())
    return out.getvalue()


def made(pages: Sequence[Sequence[Row]], *, told: bool = True, packed: bool = True, content: bytes = b"") -> bytes:
    """Return a document; ``told``: the font tells its letters; ``content`` stands on every page beside the rows."""
    codes = {char: n for n, char in enumerate(sorted({c for page in pages for row in page for c in row[3]}), 1)}
    kids = " ".join(f"{6 + 2 * n} 0 R" for n in range(len(pages)))
    tree = f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode()
    font = FONT[0] if told else FONT[0].replace(b" /ToUnicode 5 0 R", b"")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, font, FONT[1], stream(unicode_map(codes))]
    for n, page in enumerate(pages):
        shown = "\n".join(
            f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{codes[c]:04X}' for c in text)}> Tj ET"
            for x, y, size, text in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {7 + 2 * n} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(stream(shown.encode() + content, packed=packed))
    return assembled(objects)


def page(*lines: str, indent: float = 15) -> list[Row]:
    """Set lines one under the other; two blanks before a line indent it."""
    return [
        (50 + indent * line.startswith("  "), 700 - 14 * n, 12, line.strip()) for n, line in enumerate(lines) if line
    ]


def texts(found: Extracted) -> list[str]:
    return [block.span.of(found.text) for block in found.blocks]


PAGES = [
    [
        (50.0, 780.0, 9.0, "Промова їжака"),
        (50.0, 740.0, 18.0, "Про ґанок"),
        *page("  Ми зібралися тут, щоб сказати інфор-", "мацію про те, що сталося. Їжак і ґанок", "прийшли додому."),
        (65.0, 658.0, 12.0, "Другий абзац oﬃcer довгий, і він тягнеть-"),
        (290.0, 20.0, 9.0, "1"),
    ],
    [
        (50.0, 780.0, 9.0, "Промова їжака"),
        *page("ся далі. Потім хтось сказав:", "  — Так, — відповів він.", "  — Ні. Кто-"),
        (50.0, 658.0, 12.0, "то пришёл."),
        (290.0, 20.0, 9.0, "2"),
    ],
]
TEXTS = [
    "Про ґанок",
    "Ми зібралися тут, щоб сказати інформацію про те, що сталося. Їжак і ґанок прийшли додому.",
    "Другий абзац officer довгий, і він тягнеться далі. Потім хтось сказав:",
    "— Так, — відповів він.",
    "— Ні. Кто-то пришёл.",
]


def test_pages_become_paragraphs() -> None:
    found = read_pdf(made(PAGES), "x.pdf")
    assert texts(found) == TEXTS
    assert [b.kind for b in found.blocks] == ["heading", *["paragraph"] * 4]
    assert (found.source.unit, found.lang) == ("page", None)


def test_places_are_pages_and_characters_as_extracted() -> None:
    data = made(PAGES)
    shown = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(data)).pages]
    found = read_pdf(data, "x.pdf")
    for word, number in (("Про ґанок", 1), ("мацію", 1), ("ся далі", 2), ("то пришёл", 2), ("fficer", 1)):
        at = found.text.index(word)
        start, there, column = [a for a in found.source.anchors if a[0] <= at][-1]
        assert there == number
        seen = shown[number - 1][column - 1 + at - start :]
        assert seen.startswith(word.replace("ffi", "ﬃ"))


def test_letters_turned_aside_have_no_place() -> None:
    turned = b"\nBT /F 12 Tf 0 1 -1 0 100 100 Tm <00030003> Tj ET"
    found = read_pdf(made([page("Так і далі,", "і ще.")], content=turned, packed=False), "x.pdf")
    assert texts(found)[0] == "Так і далі, і ще."


def test_pypdf_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(InputError, match=r"^x\.pdf: reading PDF needs pypdf"):
        read_pdf(WHOLE, "x.pdf")


def protected(data: bytes, password: str, owner: str | None = None) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt(password, owner, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_encryption() -> None:
    data = made([page("Таємне слово.")])
    assert read_pdf(protected(data, "", "owner"), "x.pdf").text == "Таємне слово."
    with pytest.raises(InputError, match=r"^x\.pdf: the document is encrypted; .*without one"):
        read_pdf(protected(data, "secret"), "x.pdf")


def test_encryption_that_pypdf_cannot_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    from pypdf.errors import DependencyError

    def refuse(*_: object) -> None:
        raise DependencyError("cryptography>=3.1 is required for AES algorithm")

    monkeypatch.setattr(pypdf.PdfReader, "decrypt", refuse)
    with pytest.raises(InputError, match="protected by AES encryption; print it"):
        read_pdf(protected(made([page("Слово.")]), ""), "x.pdf")


def scanned(count: int, *more: bytes) -> bytes:
    """Return a document of pages that are pictures, and of further objects in their tree."""
    kids = " ".join(f"{4 + n} 0 R" for n in range(count + len(more)))
    image = stream(
        b"\x00", more="/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray "
    )
    picture = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources << /XObject << /I 3 0 R >> >> >>"
    tree = f"<< /Type /Pages /Count {count + len(more)} /Kids [{kids}] >>".encode()
    return assembled([b"<< /Type /Catalog /Pages 2 0 R >>", tree, image, *[picture] * count, *more])


def test_scanned_pages() -> None:
    with pytest.raises(InputError, match=r"page 1 is a picture, as in a scanned document; .*OCR"):
        read_pdf(scanned(3), "x.pdf")
    blank = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"
    with pytest.raises(InputError, match=r"page 1 is a picture.*OCR"):
        read_pdf(scanned(2, blank), "x.pdf")
    with pytest.raises(InputError, match=r"the pages hold no text.*OCR"):
        read_pdf(made([[]]), "x.pdf")


def test_letters_that_cannot_be_told() -> None:
    with pytest.raises(InputError, match=r"fonts do not tell which letters they show; .*OCR"):
        read_pdf(made([page("Двадцять літер у рядку")], told=False), "x.pdf")


WHOLE = made(PAGES)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no PDF document"),
        (b"Plain text", "no PDF document"),
        (b"PK\x03\x04", "no PDF document"),
        (WHOLE[: len(WHOLE) // 2], "the end of the document is missing"),
        (b"%PDF-1.7\nstartxref\n0\n%%EOF", "damaged"),
        (b"%PDF-1.7\n" + b"\x00" * 500 + b"startxref\n99999\n%%EOF", "damaged"),
        (WHOLE.replace(b"/Kids [6 0 R 8 0 R]", b"/Kids [2 0 R 2 0 R]"), "damaged|no text"),
        (WHOLE.replace(b"/Contents 7 0 R", b"/Contents 99 0 R"), "a part .* cannot be read .*99 0 not defined"),
        (WHOLE.replace(b"stream\nx\x9c", b"stream\n\x00\x00"), "cannot be read|damaged|no text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_pdf(data, "folder/x.pdf")
    assert str(caught.value).startswith("folder/x.pdf: ")
    assert ";" in str(caught.value)


def test_a_bomb_is_not_unpacked() -> None:
    data = made([page("Так.")], content=b" " * 60_000_000)
    assert len(data) < 200_000
    with pytest.raises(InputError, match="unpacks to more than is read"):
        read_pdf(data, "x.pdf")


@pytest.mark.parametrize(
    ("limit", "value", "what"),
    [
        ("MAX_PAGES", 1, "2 pages are more than the 1"),
        ("MAX_CHARS", 30, "more than the 30 characters"),
        ("MAX_BYTES", 100, "bytes are more than"),
        ("MAX_SECONDS", -1.0, "reading takes more than"),
    ],
)
def test_limits(monkeypatch: pytest.MonkeyPatch, limit: str, value: float, what: str) -> None:
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(InputError, match=what):
        read_pdf(WHOLE, "x.pdf")


def test_nothing_is_logged_and_the_log_is_left_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("pypdf")
    before = (logger.level, logger.propagate, list(logger.handlers))
    with caplog.at_level(logging.DEBUG), pytest.raises(InputError):
        read_pdf(b"%PDF-1.7\nstartxref\n0\n%%EOF", "x.pdf")
    assert caplog.records == []
    assert (logger.level, logger.propagate, logger.handlers) == before


@pytest.mark.parametrize("cut", range(60, len(WHOLE), 97))
def test_damage_never_raises_anything_else(cut: int) -> None:
    for data in (WHOLE[:cut] + b"\x00\xff<<" + WHOLE[cut + 4 :], WHOLE[:cut] + WHOLE[cut + 31 :]):
        try:
            found = read_pdf(data, "x.pdf")
        except InputError:
            continue
        assert found.text
