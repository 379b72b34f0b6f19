"""Saved pages: which part is the page, and how it is decoded."""

from __future__ import annotations

import base64
import quopri
import time

import pytest

from transcheck.read import mhtml as module
from transcheck.read.html import read_html
from transcheck.read.mhtml import read_mhtml
from transcheck.types import InputError

PAGE = (
    "<html lang=uk><head><meta charset=utf-8></head>\r\n<body><article>"
    "<h1>Пілот</h1>\r\n<p>«Я не бачив», — каже він.</p></article>"
)


def _part(kind: str, body: bytes, *headers: str, encoding: str = "quoted-printable") -> bytes:
    coded = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes}.get(encoding, bytes)(body)
    lines = (f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *headers, "", "")
    return "\r\n".join(lines).encode() + coded


def _saved(*parts: bytes, kind: str = 'multipart/related; type="text/html"') -> bytes:
    head = (
        f'From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: {kind}; boundary="--b"\r\n\r\n\r\n'
    )
    return head.encode() + b"".join(b"----b\r\n" + part + b"\r\n" for part in parts) + b"----b--\r\n"


PICTURE = _part("image/png", b"\x89PNG\0", encoding="base64")
FRAME = _part("text/html", b"<p>Frame", "Content-ID: <frame@x>")


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "binary"])
@pytest.mark.parametrize(
    ("declared", "codec"),
    [
        ("", "utf-8"), ("; charset=utf-8", "utf-8-sig"), ("; charset=windows-1251", "cp1251"), ("", "cp1251"),
        ("; charset=iso-8859-1", "utf-8"), ("; charset=KOI8-U", "koi8-u"), ("; charset=bogus", "utf-8"),
        ("; charset=punycode", "utf-8"), ("; charset=us-ascii", "utf-8"), ("; charset=utf-8", "cp1251"),
    ],
)  # fmt: skip
def test_a_saved_page_in_every_encoding(encoding: str, declared: str, codec: str) -> None:
    page = PAGE if codec.startswith("utf") else PAGE.replace("<meta charset=utf-8>", "")
    page = page.translate(str.maketrans("«»—", '""-')) if codec == "koi8-u" else page
    data = _saved(PICTURE, _part(f"Text/HTML{declared}", page.encode(codec), encoding=encoding), FRAME)
    assert "".join(read_mhtml(data, "x.mhtml").split()) == "".join(page.split())


def test_lines_are_those_of_the_page() -> None:
    found = read_html(read_mhtml(_saved(_part("text/html", PAGE.encode())), "x.mhtml"))
    assert found.lang == "uk"
    assert found.source.anchors == ((0, 2, 20), (7, 3, 4))


def test_the_root_is_the_page() -> None:
    main = _part("text/html", b"<p>Main", "Content-ID: <main@x>")
    related = 'multipart/related; type="text/html"; start="{}"'
    for start in ("<main@x>", "main@x"):
        assert read_mhtml(_saved(FRAME, main, kind=related.format(start)), "x").strip() == "<p>Main"
    for start in ("<gone@x>", ""):
        assert read_mhtml(_saved(FRAME, main, kind=related.format(start)), "x").strip() == "<p>Frame"


def test_a_page_without_parts_and_one_inside_of_another_part() -> None:
    assert read_mhtml(b"MIME-Version: 1.0\r\n" + _part("application/xhtml+xml", PAGE.encode()), "x").startswith("<html")
    inner = _saved(_part("text/plain", b"text"), FRAME, kind="multipart/alternative").replace(b'"--b"', b'"--c"')
    inner = inner.replace(b"----b", b"----c")
    assert read_mhtml(_saved(inner[inner.index(b"Content-Type") :], PICTURE), "x").strip() == "<p>Frame"


def test_latin_letters_are_not_taken_for_cyrillic() -> None:
    page = "<p>The café on the corner — “closed”."
    data = _saved(_part("text/html; charset=ISO-8859-1", page.encode("cp1252")))
    assert read_mhtml(data, "x").strip() == page
    page = "<meta charset='iso-8859-5'><p>Пилот не видел города."
    assert read_mhtml(_saved(_part("text/html", page.encode("iso-8859-5"))), "x").strip() == page


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no web page"), (b"plain words", "no web page"), (_saved(PICTURE), "no web page"),
        (_saved(_part("text/html", b"  ")), "no web page"), (_saved(), "no web page"), (b"\0\xff" * 99, "no web page"),
        (_saved(_part("text/html", b"<p>\0\1\2", encoding="base64")), "binary"),
        (b"Content-Type: multipart/related; boundary=x\n\n--x\n" * 60, "too many parts"),
        (b"Content-Type: message/rfc822\r\r" * 5000, "too many parts"),
    ],
)  # fmt: skip
def test_files_without_a_page_are_refused(data: bytes, message: str) -> None:
    begun = time.process_time()
    with pytest.raises(InputError, match=rf"^x\.mhtml: .*{message}"):
        read_mhtml(data, "x.mhtml")
    assert time.process_time() - begun < 5


def test_a_file_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    with pytest.raises(InputError, match=r"x\.mhtml: .* bytes are more"):
        read_mhtml(b" " * 101, "x.mhtml")
