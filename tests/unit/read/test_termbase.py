"""Termbases in both formats, and what is said of broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.read.termbase import FORMATS, read_termbase
from transcheck.types import Concept, InputError, Term

TABLE = """\ufeff# house style
Concept\tru\tUK\ten\tru forbidden\tuk_forbidden\tflags\tnote\tdesk
war\tвойна | вторжение\tвійна\twar\tспецоперация\tспецоперація\trequired, case\tsee 3.2\tIra

\t\t\tStarlink\t\t\tkeep\t\t
"""

V2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><martifHeader/><text><body>
<termEntry id="c1">
  <descrip type="subjectField">war</descrip>
  <note>transcheck: required</note>
  <note>see 3.2</note>
  <langSet xml:lang="ru-RU">
    <tig><term>спецоперация</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>
      <note>their word</note></tig>
    <tig><term>вторжение</term><termNote type="administrativeStatus">admittedTerm</termNote></tig>
    <ntig><termGrp><term>вой<hi>на</hi></term>
      <termNote type="normativeAuthorization">preferredTerm</termNote></termGrp></ntig>
  </langSet>
  <langSet xml:lang="de"><tig><term>Krieg</term></tig></langSet>
</termEntry>
<termEntry><langSet xml:lang="de"><tig><term>Haus</term></tig></langSet></termEntry>
</body></text></martif>
"""

V3 = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="kyiv"><basic:definition>a city</basic:definition>
  <langSec xml:lang="en">
    <termSec><term>Kiev</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>Kyiv</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
  </langSec>
  <langSec xml:lang="uk"><termSec><term>Київ</term><basic:usageNote>not Кіев</basic:usageNote></termSec></langSec>
</conceptEntry>
<conceptEntry id="b"><descrip type="Translation needed">No</descrip>
  <langSec xml:lang="en"><termSec><term>Starlink</term></termSec></langSec></conceptEntry>
</body></text></tbx>
"""


def test_a_table() -> None:
    assert read_termbase("terms.tsv", TABLE.encode("utf-8")) == (
        Concept(
            "war",
            (
                Term("ru", "война"),
                Term("ru", "вторжение"),
                Term("uk", "війна"),
                Term("en", "war"),
                Term("ru", "спецоперация", True),
                Term("uk", "спецоперація", True),
            ),
            "see 3.2",
            required=True,
            cased=True,
        ),
        Concept("Starlink", (Term("en", "Starlink"),), kept=True),
    )


def test_marks_of_quotation_as_any_program_writes_them() -> None:
    quoted = 'concept\tru\tnote\n"""А"" и Б"\t"война"\tтак\n'
    plain = 'concept\tru\tnote\n"А" и Б\tвойна\tтак\n'
    found = [read_termbase("t.tsv", text.encode("utf-8")) for text in (quoted, plain)]
    assert [(c.name, c.terms[0].text) for (c,) in found] == [('"А" и Б', "война")] * 2


def test_signs_that_a_term_may_have() -> None:
    (concept,) = read_termbase("t.tsv", "ru\n«Новая газета»|„Азов“|1,5 градуса|об'єкт\n".encode())
    assert [t.text for t in concept.terms] == ["«Новая газета»", "„Азов“", "1,5 градуса", "об'єкт"]


def test_tbx_of_version_2() -> None:
    terms = (
        Term("ru", "война"),
        Term("ru", "спецоперация", True, "their word"),
        Term("ru", "вторжение"),
    )
    assert read_termbase("t.tbx", V2.encode("utf-8")) == (Concept("война", terms, "see 3.2", required=True),)


def test_tbx_of_version_3() -> None:
    kyiv, starlink = read_termbase("t.tbx", V3.encode("utf-8"))
    assert kyiv == Concept("Kyiv", (Term("en", "Kyiv"), Term("en", "Kiev", True), Term("uk", "Київ", note="not Кіев")))
    assert starlink == Concept("Starlink", (Term("en", "Starlink"),), kept=True)


def test_tbx_min_and_other_words_for_a_status() -> None:
    text = (
        '<TBX dialect="TBX-Min"><body><entry id="a"><langGroup xml:lang="en">'
        "<termGroup><term>war</term><termStatus>preferred</termStatus></termGroup>"
        "<termGroup><term>clash</term><termStatus>notRecommended</termStatus></termGroup>"
        "</langGroup></entry></body></TBX>"
    )
    (concept,) = read_termbase("t.xml", text.encode("utf-8"))
    assert [(t.text, t.forbidden) for t in concept.terms] == [("war", False), ("clash", True)]


def test_the_samples_are_read(root: Path) -> None:
    for path in (root / "samples" / "termbase").glob("terms.*"):
        assert path.suffix in FORMATS
        assert len(read_termbase(str(path), path.read_bytes())) > 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "t.tsv: the termbase is empty; write a header"),
        ("a\tb\nx\ty\n", r"t.tsv, line 1: the columns are 'a', 'b'; at least one of these is needed: ru, uk, en"),
        ("concept\tru\tru-forbiden\n", "line 1: unknown column 'ru-forbiden'; did you mean 'ru-forbidden'"),
        ("ru\tflag\n", "line 1: unknown column 'flag'; did you mean 'flags'"),
        ("ru\tRU\n", "line 1: the column 'ru' stands there twice"),
        ("concept\tru\n", "t.tsv: there is no concept with a term"),
        ("# x\n\nru\tflags\nвойна\trequird\n", "line 4: 'requird' is not a flag; did you mean 'required'"),
        ("ru\tflags\nвойна\tzzz\n", "line 2: 'zzz' is not a flag; the flags are required, keep, exact, case"),
        ("ru\tru-forbidden\nвойна|мир\tМир\n", r"line 2: 'мир' \(ru\) is both allowed and forbidden"),
        ("ru\n*\n", r"line 2: '\*' fits every word"),
        ("ru\n—\n", "line 2: '—' is not a word"),
        ("ru\tconcept\n\tx\n", "line 2: there is no term in ru, uk or en; write one, or remove x"),
        ("ru\tnote\n\tx\n", "line 2: there is no term in ru, uk or en; write one, or remove the row"),
        ("ru\nа\tб\n", "line 2: 2 cells under 1 columns"),
        ("ru\tconcept\nа\tx\nб\tx\n", "line 3: 'x' stands at line 2 too"),
        ("ua\tru\n", "line 1: unknown column 'ua'; write 'uk'"),
        ("ru\tUkrainian forbidden\n", "line 1: unknown column 'Ukrainian forbidden'; write 'uk-forbidden'"),
        ("Russian\n", "unknown column 'Russian'; write 'ru'"),
        ("english\n", "unknown column 'english'; write 'en'"),
        ("укр.\n", r"unknown column 'укр\.'; write 'uk'"),
        ("рос-forbidden\n", "unknown column 'рос-forbidden'; write 'ru-forbidden'"),
        ("англ\n", "unknown column 'англ'; write 'en'"),
        ("ukr\n", "unknown column 'ukr'; write 'uk'"),
        ("ru\nвойна, вторжение\n", r"line 2: ',' in a term; between terms stands \|"),
        ("ru\nвойна;вторжение\n", r"line 2: ';' in a term; between terms stands \|"),
        ("ru\tuk\n«война\tx\n", "line 2: '«' in a term is without its counterpart; take it out"),
        ('ru\tuk\n"война\tx\n', "line 2: '\"' in a term is without its counterpart"),
        ("ru\nвойна”\n", "line 2: '”' in a term is without its counterpart"),
        ("en-forbidden\tflags\nStarlink\tkeep\n", "line 2: nothing is said of what is to be kept"),
    ],
)
def test_broken_tables(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_termbase("t.tsv", text.encode("utf-8"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (V2.replace("</body>", ""), r"t\.tbx, line \d+, column \d+: broken XML"),
        ("<html/>", "line 1: the root element is <html> and not <tbx> or <martif>"),
        (
            V2.replace("admittedTerm", "admitedTerm"),
            "line 11: 'admitedTerm' is not a status of a term; write preferred",
        ),
        (V2.replace("required", "wanted"), "line 6: 'wanted' is not a flag"),
        (V2.replace('"ru-RU"', '"ua"'), "t.tbx, line 8: unknown language 'ua'; write uk"),
        (V2.replace('"ru-RU"', '"russian"'), "t.tbx, line 8: unknown language 'russian'; write ru"),
        ('<!DOCTYPE tbx [<!ENTITY a "b">]><tbx/>', "document type"),
        ("<tbx/>", "there is no concept with a term in ru, uk or en"),
    ],
)
def test_broken_tbx(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_termbase("t.tbx", text.encode("utf-8"))


def test_another_format_is_named() -> None:
    with pytest.raises(
        InputError, match=r"terms\.xlsx: \.xlsx is no termbase that can be read; save it as one of \.tsv"
    ):
        read_termbase("terms.xlsx", b"x")
