"""Word documents: what is kept, in which order, at which place; and what is refused."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from transcheck.read import docx as module
from transcheck.read.docx import read_docx
from transcheck.read.extract import Extracted
from transcheck.types import InputError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="a3"><w:name w:val="Title"/></w:style>
<w:style w:styleId="a4"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="a5"><w:name w:val="Моя"/><w:basedOn w:val="a4"/></w:style>
<w:style w:styleId="a6"><w:name w:val="Глава"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="a7"><w:name w:val="Тело"/><w:basedOn w:val="a8"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
<w:style w:styleId="a8"><w:name w:val="Круг"/><w:basedOn w:val="a7"/></w:style>
<w:style w:styleId="a9"><w:name w:val="Заголовок 2"/></w:style>
<w:style w:styleId="b1"><w:name w:val="Выделенная цитата"/></w:style>
<w:style w:styleId="b2"><w:name w:val="caption"/></w:style>
<w:style w:styleId="b3"><w:name w:val="toc 1"/></w:style>
<w:style w:styleId="b4"><w:name w:val="Заголовочный"/></w:style>
</w:styles>"""


def packed(body: str, *, styles: str = STYLES, main: str = "word/document.xml", **more: str) -> bytes:
    parts = {main: f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>", "word/styles.xml": styles, **more}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            if content:
                archive.writestr(part, content)
    return stream.getvalue()


def read(body: str) -> Extracted:
    return read_docx(packed(body), "x.docx")


def t(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "", properties: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{''.join(runs)}</w:p>"


def texts(found: Extracted) -> list[str]:
    return [block.span.of(found.text) for block in found.blocks]


def test_places_are_paragraphs_and_characters_in_them() -> None:
    found = read(p(t("  Це ")) + p() + p(t("\u00a0 ")) + p(t("їж"), t("ак 😀.")))
    assert found.text == "Це\n\nїжак 😀."
    assert found.source.unit == "paragraph"
    assert found.source.anchors == ((0, 1, 3), (4, 2, 1))
    assert found.lang is None


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        ("<w:r><w:t>а</w:t><w:tab/><w:t>б</w:t><w:br/><w:t>в</w:t><w:cr/><w:t>г</w:t></w:r>", "а\tб\nв\nг"),
        ("<w:r><w:t>из</w:t><w:noBreakHyphen/><w:t>за мо</w:t><w:softHyphen/><w:t>ря</w:t></w:r>", "из‑за моря"),
        (t("Ми ") + f'<w:ins w:id="1">{t("не ")}</w:ins>' + t("прийшли"), "Ми не прийшли"),
        (t("Ми") + '<w:del w:id="1"><w:r><w:delText> не</w:delText></w:r></w:del>' + t(" прийшли"), "Ми прийшли"),
        (f'<w:ins w:id="1"><w:del w:id="2">{t("ні")}</w:del>{t("так")}</w:ins>', "так"),
        (f"<w:moveFrom>{t('старе')}</w:moveFrom><w:moveTo>{t('нове')}</w:moveTo>", "нове"),
        (t("див. ") + f'<w:hyperlink w:anchor="x">{t("текст")}</w:hyperlink>', "див. текст"),
        (f"<w:smartTag>{t('Київ')}</w:smartTag><w:sdt><w:sdtContent>{t(' тут')}</w:sdtContent></w:sdt>", "Київ тут"),
        (f'<w:fldSimple w:instr="DATE">{t("5 мая")}</w:fldSimple>', "5 мая"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>' + t("7"),
            "7",
        ),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>сховане</w:t></w:r>" + t("видно"), "видно"),
        ('<w:r><w:rPr><w:b/><w:vanish w:val="0"/></w:rPr><w:t>видно</w:t></w:r>', "видно"),
        ('<w:r><w:t>a</w:t><w:sym w:font="X" w:char="2014"/><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>', "a—"),
        (t("так") + '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="1"/></w:r>' + t("."), "так."),
        ("<m:oMath><m:r><m:t>x = 2</m:t></m:r></m:oMath>", "x = 2"),
        ("<w:r><w:t>a &amp; &#1111;&lt;</w:t></w:r>", "a & ї<"),
        (f"<w:r><w:ruby><w:rt>{t('no')}</w:rt><w:rubyBase>{t('so')}</w:rubyBase></w:ruby></w:r>", "so"),
    ],
)  # fmt: skip
def test_runs(runs: str, text: str) -> None:
    assert read(p(runs)).text == text


def test_stops_of_tabs_and_earlier_properties_are_no_text() -> None:
    change = '<w:pPrChange><w:pPr><w:pStyle w:val="1"/></w:pPr></w:pPrChange>'
    found = read(p(t("Текст"), properties=f'<w:tabs><w:tab w:val="left"/></w:tabs>{change}'))
    assert (found.text, found.blocks[0].kind) == ("Текст", "paragraph")


@pytest.mark.parametrize(
    ("style", "kind"),
    [
        ("1", "heading"), ("a3", "heading"), ("a4", "quote"), ("a5", "quote"), ("a6", "heading"), ("a7", "paragraph"),
        ("a8", "paragraph"), ("a9", "heading"), ("b1", "quote"), ("b2", "caption"), ("b4", "paragraph"),
        ("Heading3", "heading"), ("IntenseQuote", "quote"), ("Unknown", "paragraph"), ("", "paragraph"),
    ],
)  # fmt: skip
def test_kinds(style: str, kind: str) -> None:
    (block,) = read(p(t("Текст"), style=style)).blocks
    assert block.kind == kind


def test_an_outline_level_makes_a_heading() -> None:
    assert read(p(t("А"), properties='<w:outlineLvl w:val="2"/>')).blocks[0].kind == "heading"
    assert read(p(t("А"), properties='<w:outlineLvl w:val="9"/>')).blocks[0].kind == "paragraph"
    assert read(p(t("А"), style="a4", properties='<w:outlineLvl w:val="1"/>')).blocks[0].kind == "quote"


def test_a_table_of_contents_is_left_out() -> None:
    assert texts(read(p(t("Розділ\t5"), style="b3") + p(t("Розділ"), style="1"))) == ["Розділ"]


def test_tables_go_row_by_row() -> None:
    rows = [("а", "б"), ("в", "г")]
    table = "".join(f"<w:tr>{''.join(f'<w:tc>{p(t(c))}</w:tc>' for c in row)}</w:tr>" for row in rows)
    gone = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{p(t('зайве'))}</w:tc></w:tr>"
    assert texts(read(f"{p(t('до'))}<w:tbl>{table}{gone}</w:tbl>{p(t('після'))}")) == [
        "до",
        "а",
        "б",
        "в",
        "г",
        "після",
    ]


def test_a_text_box_comes_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p(t('у рамці'), style='a4')}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    found = read(p(t("Пе"), f"<w:r>{both}</w:r>", t("ред")) + p(t("Далі")))
    assert texts(found) == ["Перед", "у рамці", "Далі"]
    assert [b.kind for b in found.blocks] == ["paragraph", "quote", "paragraph"]
    assert [number for _, number, _ in found.source.anchors] == [1, 2, 3]
    old = read(p(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"))
    assert texts(old) == ["у рамці"]
    only = read(p(f"<w:r><mc:AlternateContent><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"))
    assert texts(only) == ["у рамці"]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next() -> None:
    deleted = '<w:rPr><w:del w:id="1"/></w:rPr>'
    found = read(p(t("Ми "), properties=deleted, style="1") + p(t("вдома.")) + p(t("Так"), properties=deleted))
    assert texts(found) == ["Ми вдома.", "Так"]
    assert [b.kind for b in found.blocks] == ["paragraph", "paragraph"]
    cell = f"<w:tbl><w:tr><w:tc>{p(t('а'), properties=deleted)}</w:tc><w:tc>{p(t('б'))}</w:tc></w:tr></w:tbl>"
    assert texts(read(cell)) == ["а", "б"]


def test_headers_notes_and_comments_are_other_parts() -> None:
    other = f'<w:ftr xmlns:w="{W}">{p(t("чуже"))}</w:ftr>'
    parts = {f"word/{n}.xml": other for n in ("footnotes", "header1", "footer1", "comments", "endnotes")}
    assert read_docx(packed(p(t("своє")), **parts), "x.docx").text == "своє"


def test_the_package_says_where_the_text_is() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    data = packed(p(t("текст"), style="1"), main="word/document2.xml", **{"_rels/.rels": relations})
    found = read_docx(data, "x.docx")
    assert (found.text, found.blocks[0].kind) == ("текст", "heading")
    assert read_docx(packed(p(t("текст")), **{"_rels/.rels": "<Relationships/>"}), "x.docx").text == "текст"


def test_a_strict_document_and_one_without_styles() -> None:
    body = packed(p(t("текст"), style="Heading1"), styles="")
    assert read_docx(body, "x.docx").blocks[0].kind == "heading"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        document = f"<d:document xmlns:d='{STRICT}'><d:body><d:p><d:r><d:t>так</d:t></d:r></d:p></d:body></d:document>"
        archive.writestr("word/document.xml", document.encode("utf-16"))
    assert read_docx(stream.getvalue(), "x.docx").text == "так"


LAUGHS = '<!DOCTYPE a [<!ENTITY x "ха"><!ENTITY y "&x;&x;">]>'


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "no Word document"),
        (b"PK\x03\x04 damaged", "no Word document"),
        (b"plain text", "no Word document, or a damaged one .*save it as .docx"),
        (b"{\\rtf1 x}", "RTF document; .*save it as .docx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), r"\.doc\); .*save it as .docx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "encrypted; .*without one"),
        (packed("", main="content.xml"), r"word/document\.xml is missing"),
        (packed("<w:p>"), r"word/document\.xml, line 1, column \d+: broken XML"),
        (packed(p(t("&nbsp;"))), "undefined entity"),
        (packed("", styles=LAUGHS + STYLES), r"word/styles\.xml, line 1, column \d+: a document type"),
        (packed(p(t(" "))), "holds no text"),
        (packed("<w:altChunk/>" + p(t("так"))), "embeds another"),
        (packed(p(t("так")))[:-30], "no Word document, or a damaged one"),
        (packed("<w:rPr><w:x/></w:rPr>"), "holds no text"),
    ],
)
def test_what_cannot_be_read(data: bytes, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_docx(data, "folder/x.docx")
    assert str(caught.value).startswith("folder/x.docx")


def test_entities_are_refused_before_they_grow() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f"{LAUGHS}<a>&y;</a>")
    with pytest.raises(InputError, match="document type"):
        read_docx(stream.getvalue(), "x.docx")


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 12_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("the bomb was opened"))
    with pytest.raises(InputError, match=r"document\.xml: 12,000,000 bytes when unpacked, [\d,]+ times"):
        read_docx(stream.getvalue(), "x.docx")


def test_a_bomb_that_lies_about_its_size_is_cut_short() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 12_000_000)
    data = stream.getvalue().replace(struct.pack("<L", 12_000_000), struct.pack("<L", 1_000))
    with pytest.raises(InputError, match="damaged"):
        read_docx(data, "x.docx")


def test_an_encrypted_part_and_a_damaged_one() -> None:
    data = bytearray(packed(p(t("так"))))
    at = data.rindex(b"PK\x01\x02", 0, data.index(b"word/document.xml", data.index(b"PK\x01\x02")))
    data[at + 8] |= 1
    with pytest.raises(InputError, match="encrypted"):
        read_docx(bytes(data), "x.docx")
    broken = bytearray(packed(p(*[t(f"слово {n}") for n in range(200)])))
    broken[100:140] = bytes(40)
    with pytest.raises(InputError, match=r"word/document\.xml: damaged"):
        read_docx(bytes(broken), "x.docx")


def test_a_text_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CHARS", 10)
    with pytest.raises(InputError, match="more than the 10 characters"):
        read(p(t("шість")) + p(t("сімсім")))
