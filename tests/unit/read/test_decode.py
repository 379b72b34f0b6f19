"""Bytes to text: the encodings that are recognised and those that are refused."""

from __future__ import annotations

import codecs

import pytest

from transcheck.read import decode as module
from transcheck.read.decode import MAX_BYTES, MAX_CHARS, decode
from transcheck.types import InputError

UK = "Їжак приніс яблуко. Ґава каркнула: це моє!\r\nОб'єкт не знайдено."
RU = "Съёмка началась утром.\n\tМы ждали, но никто не пришёл.\n"
EN = "The shoot began in the morning; nobody came.\n"


@pytest.mark.parametrize("text", [UK, RU, EN, "Привіт", "Так.", "Это он.", "ПРИВЕТ ВСЕМ", "Слава Україні!"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "koi8-u"]
)
def test_recognised_encodings_come_back_exactly(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "x.txt") == text


def test_utf_16_with_a_mark_of_either_order() -> None:
    assert decode(codecs.BOM_UTF16_LE + UK.encode("utf-16-le"), "x.txt") == UK
    assert decode(codecs.BOM_UTF16_BE + UK.encode("utf-16-be"), "x.txt") == UK


def test_typographic_marks_of_windows_1251_are_kept() -> None:
    text = "«Ми не здамося», — сказав він. „Хліб“ – 5 кг…"
    assert decode(text.encode("cp1251"), "x.txt") == text


def test_english_in_windows_1252_with_curly_quotes_only() -> None:
    text = "“It’s fine,” she said – and left the room without another word to anybody there."
    assert decode(text.encode("cp1252"), "x.txt") == text


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "blanks"),
        (codecs.BOM_UTF16_LE + " \n".encode("utf-16-le"), "blanks"),
        (b"abc\x00def", "binary"),
        (UK.encode() + b"\x00", "binary"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"PK\x03\x04\x14\x00\x06\x00", "binary"),
        (codecs.BOM_UTF16_LE + "a\0b".encode("utf-16-le"), "binary"),
        (UK.encode()[:-1] + b"\xd0", "broken UTF-8"),
        (UK.encode() + b"\xff" + UK.encode(), "broken UTF-8"),
        (codecs.BOM_UTF16_LE + b"abc", "broken UTF-16-LE"),
        ("Für die Brüder, schöne Grüße aus Köln".encode("latin-1"), "none of UTF-8"),
        ("Когда мы вернулись в город, дома не было".encode("cp866"), "none of UTF-8"),
        ("Когда мы вернулись в город, дома не было".encode("iso8859-5"), "none of UTF-8"),
        (b"\xff" * 50, "none of UTF-8"),
    ],
)
def test_everything_else_is_refused_with_place_and_remedy(data: bytes, what: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "folder/x.txt")
    message = str(caught.value)
    assert message.startswith("folder/x.txt: ")
    assert what in message
    assert ";" in message, "no remedy"


def test_broken_utf_8_names_byte_and_line() -> None:
    with pytest.raises(InputError, match=r"byte 13, line 2"):
        decode("Рядок\nд".encode() + b"\xff" + "алі".encode(), "x")


def test_a_line_of_100_mb_is_refused_at_once() -> None:
    with pytest.raises(InputError, match="split the file"):
        decode(b"a" * (MAX_BYTES + 1), "x.txt")
    with pytest.raises(InputError, match="5,000,000"):
        decode(b"a" * (MAX_CHARS + 1), "x.txt")


def test_the_limit_can_be_raised_for_tables() -> None:
    assert len(decode(b"a" * (MAX_CHARS + 1), "x.txt", MAX_BYTES)) == MAX_CHARS + 1


def test_only_a_sample_of_a_legacy_file_is_scored(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    score = module._score

    def counted(sample: bytes, encoding: str) -> float:
        seen.append(len(sample))
        return score(sample, encoding)

    monkeypatch.setattr(module, "_score", counted)
    assert decode(RU.encode("cp1251") * 5000, "x.txt").startswith("Съёмка")
    assert max(seen) <= module.SAMPLE
