"""XML by expat: exact places, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from transcheck.read.xml import MAX_DEPTH, XML_LANG, parse_xml
from transcheck.types import InputError


class Kept:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.starts: list[tuple[str, Mapping[str, str], int, int]] = []
        self.ends: list[str] = []
        self.texts: list[tuple[str, int, int]] = []

    def start(self, name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
        self.starts.append((name, attributes, line, column))

    def end(self, name: str) -> None:
        self.ends.append(name)

    def text(self, data: str, line: int, column: int) -> None:
        self.texts.append((data, line, column))


def parsed(source: str | bytes, *, doctype: bool = False) -> Kept:
    kept = Kept()
    parse_xml(source, "x.xml", kept, doctype=doctype)
    return kept


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_every_run_stands_where_it_is_said_to_stand(newline: str) -> None:
    head = '<?xml version="1.0" encoding="windows-1251"?>'
    source = newline.join([head, "<a>Привіт, 😀 <b>світе</b> &amp; ", "їжак<![CDATA[<ґ>", "& є]]></a>"])
    lines = source.split(newline)
    found = parsed(source).texts
    assert "".join(data for data, _, _ in found) == "Привіт, 😀 світе & \nїжак<ґ>\n& є"
    for data, line, column in found:
        there = lines[line - 1][column - 1 :]
        assert there.startswith(data) or data == "\n" or (data == "&" and there.startswith("&amp;"))


def test_a_reference_is_a_run_of_its_own() -> None:
    found = parsed("<a>Це&#160;їжак &lt;так&#x456;&gt;</a>").texts
    columns = {"Це": 4, "\xa0": 6, "їжак ": 12, "<": 17, "так": 21, "і": 24, ">": 31}
    assert found == [(data, 1, column) for data, column in columns.items()]


def test_names_carry_their_namespace() -> None:
    found = parsed('<w:a xmlns:w="urn:w" w:x="1" y="2" xml:lang="uk"><b xmlns="urn:b"/></w:a>')
    assert [(name, line, column) for name, _, line, column in found.starts] == [("urn:w a", 1, 1), ("urn:b b", 1, 50)]
    assert found.starts[0][1] == {"urn:w x": "1", "y": "2", XML_LANG: "uk"}
    assert found.ends == ["urn:b b", "urn:w a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_bytes_are_read_in_the_encoding_that_they_declare(encoding: str) -> None:
    source = f'<?xml version="1.0" encoding="{encoding}"?><a>Їжак</a>'.encode(encoding)
    assert [data for data, _, _ in parsed(source).texts] == ["Їжак"]


def test_a_document_type_that_names_a_file_is_read_over_where_allowed() -> None:
    source = '<!DOCTYPE tmx SYSTEM "/etc/passwd">\n<tmx>Так</tmx>'
    assert parsed(source, doctype=True).texts == [("Так", 2, 6)]
    with pytest.raises(InputError, match=r"^x\.xml, line 1, column \d+: a document type"):
        parsed(source)


LAUGHS = '<!DOCTYPE a [<!ENTITY x "ха"><!ENTITY y "&x;&x;&x;"><!ENTITY z "&y;&y;&y;">]><a>&z;</a>'


@pytest.mark.parametrize(
    ("source", "place", "what"),
    [
        (LAUGHS, r"line 1, column \d+", "document type"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n<a>&x;</a>', r"line 1, column \d+", "document type"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://x/">%x;]><a/>', r"line 1, column \d+", "document type"),
        ('<!DOCTYPE a SYSTEM "a.dtd">\n<a>він&nbsp;тут</a>', "line 2, column 7", r"&nbsp; is not defined.*&#160;"),
        ("<a>\nПривіт &nbsp;</a>", "line 2, column 8", "undefined entity"),
        ("<a>\n<b>Привіт</a>", "line 2, column 12", "mismatched tag"),
        ("<a>Привіт", "line 1, column 10", "no element found|unclosed"),
        ("<a/><b/>", "line 1, column 5", "junk after document element"),
        ("<a x=1/>", "line 1, column 6", "not well-formed"),
        ("<a><w:b/></a>", "line 1, column 4", "unbound prefix"),
        ("Привіт", "line 1, column 1", "not well-formed|syntax error"),
        ("<a>\u0001</a>", "line 1, column 4", "not well-formed"),
    ],
)  # fmt: skip
def test_what_is_refused_is_named_with_its_place(source: str, place: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        parsed(source, doctype="SYSTEM" in source)
    assert re.match(rf"x\.xml, {place}: .*;", str(caught.value))


def test_levels_are_counted() -> None:
    assert len(parsed("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH).starts) == MAX_DEPTH
    with pytest.raises(InputError, match=f"more than {MAX_DEPTH} elements"):
        parsed("<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1))


@pytest.mark.parametrize("encoding", ["no-such-encoding", "shift_jis"])
def test_an_encoding_that_cannot_be_read(encoding: str) -> None:
    with pytest.raises(InputError, match=r"UTF-8|unknown encoding"):
        parsed(f'<?xml version="1.0" encoding="{encoding}"?><a>x</a>'.encode())


def test_broken_bytes() -> None:
    with pytest.raises(InputError, match=r"line 2, column 1: broken XML"):
        parsed(b"<a>\n\xff\xfe</a>")
