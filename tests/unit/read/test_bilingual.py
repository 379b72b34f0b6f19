"""PO, XLIFF and TMX: every unit with its languages and exact places, and what is left out or refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from transcheck.read import bilingual as module
from transcheck.read.bilingual import is_bilingual, read_units
from transcheck.read.records import Failure
from transcheck.types import Document, InputError, Version

HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: uk\\n"
"X-Source-Language: en\\n"

"""

PO = (
    HEADER
    + """#: a.py:1
#, python-format
msgid "%d days \\"left\\"\\n"
"until\\tthe end"
msgstr "Залишилося %d днів\\n"
  "до «кінця»"

#, fuzzy, c-format
msgid "One"
msgstr "Два"

msgid "Empty"
msgstr ""

msgctxt "menu"
msgid "Open"
msgstr "Відкрити"

msgid "One file"
msgid_plural "{n} files"
msgstr[0] "{n} файл"
msgstr[1] "{n} файли"
msgstr[2] "{n} файлів"

#~ msgid "Old"
#~ msgstr "Старе"
"""
)

XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2" xmlns:sdl="urn:sdl">
 <file original="a.txt" source-language="en-US" target-language="uk-UA" datatype="plaintext">
  <body>
   <trans-unit id="1">
    <source>He <g id="1">did <mrk mtype="x">not</mrk></g> come &amp; <ph id="2">&lt;<sub>no</sub></ph>left.</source>
    <seg-source><mrk mtype="seg" mid="0">He did not come</mrk></seg-source>
    <target state="translated">Він <g id="1">не</g> прийшов &amp;
      пішов&#x2026;<x id="3" ctype="lb"/>Кінець</target>
    <alt-trans><source>No</source><target>Ні</target></alt-trans>
   </trans-unit>
   <trans-unit id="2"><source>Empty</source><target/></trans-unit>
   <trans-unit id="3"><source>Lone</source></trans-unit>
   <trans-unit id="4" translate="no"><source>Code</source><target>Код</target></trans-unit>
   <group translate="no"><trans-unit id="5" translate="yes"><source>Yes.</source><target>Так.</target></trans-unit>
    <trans-unit id="6"><source>Code</source><target>Код</target></trans-unit></group>
   <trans-unit id="7"><source>Copy</source><target state="new">Copy</target></trans-unit>
   <sdl:x><sdl:source>Чуже</sdl:source></sdl:x>
  </body>
 </file>
 <file original="b.txt" source-language="ru" target-language="uk">
  <body><trans-unit id="1"><source><![CDATA[Это <он>.]]></source><target>Це &#1074;ін.</target></trans-unit></body>
 </file>
</xliff>
"""

XLIFF_2 = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:m="urn:oasis:names:tc:xliff:matches:2.0"
 version="2.0" srcLang="ru" trgLang="en">
 <file id="f"><unit id="u1">
  <m:matches><m:match ref="#s"><source>Совпадение</source><target>A match</target></m:match></m:matches>
  <originalData><data id="d">текст кода</data></originalData>
  <segment id="s1"><source>Он <pc id="1">пришёл<ph id="2"/></pc>.</source>
   <target>He <pc id="1">came</pc>.</target></segment>
  <ignorable><source> не </source></ignorable>
  <segment><source>Она ушла.</source><target>She left<cp hex="0002"/>.</target></segment>
 </unit><unit id="u2"><segment state="initial"><source>Да.</source><target>Да.</target></segment></unit>
 <unit id="u3"><segment><source>Нет.</source><target>No.</target></segment></unit></file>
</xliff>
"""

TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="RU" segtype="sentence" o-tmf="x" adminlang="en"/>
<body>
<tu tuid="a"><note>Нотатка</note>
<tuv xml:lang="ru-RU"><seg>Мы <hi type="b">дома</hi>.</seg></tuv>
<tuv xml:lang="UK"><prop type="x">так</prop>
<seg>Ми <bpt i="1">&lt;b&gt;</bpt>вдома<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="de"><seg>Wir sind zu Hause.</seg></tuv>
<tuv lang="EN-GB"><seg>We are at home.</seg></tuv>
</tu>
<tu srclang="*all*"><tuv xml:lang="uk"><seg>Так.</seg></tuv><tuv xml:lang="en"><seg>Yes.</seg></tuv></tu>
<tu tuid="a"><tuv xml:lang="ru"><seg>Нет.</seg></tuv><tuv xml:lang="uk"><seg>Ні.</seg></tuv></tu>
<tu tuid="g"><tuv xml:lang="ru"><seg>Нет.</seg></tuv><tuv xml:lang="de"><seg>Nein.</seg></tuv></tu>
<tu tuid="v"><tuv xml:lang="en-GB"><seg>Colour</seg></tuv><tuv xml:lang="en-US"><seg>Color</seg></tuv></tu>
<tu tuid="w"><tuv xml:lang="en-GB"><seg>Colour</seg></tuv><tuv xml:lang="en-US"><seg>Color</seg></tuv>
<tuv xml:lang="uk"><seg>Колір</seg></tuv></tu>
</body></tmx>
"""


def write(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(content.encode(encoding))
    return path


def read(path: Path) -> tuple[list[Document], list[Failure]]:
    found = list(read_units(path))
    return [d for d in found if isinstance(d, Document)], [f for f in found if isinstance(f, Failure)]


def texts(document: Document) -> dict[str, str]:
    return {v.lang: v.text for v in document.versions}


def at(version: Version, path: Path) -> list[tuple[str, str]]:
    """Return every stretch between two anchors and what stands in the file at the place that its anchor names."""
    assert version.source is not None
    assert version.source.unit == "line"
    lines = re.split(r"\r\n|\r|\n", path.read_bytes().decode("utf-8-sig"))
    anchors = version.source.anchors
    ends = [a[0] for a in anchors[1:]] + [len(version.text)]
    out = []
    for (start, line, column), end in zip(anchors, ends, strict=True):
        out.append((version.text[start:end], lines[line - 1][column - 1 : column - 1 + end - start]))
    return out


def misplaced(document: Document, path: Path) -> list[tuple[str, str]]:
    """Return the stretches that do not stand at their place; an escape or reference stands where it begins."""
    pairs = [pair for version in document.versions for pair in at(version, path)]
    return [(a, b) for a, b in pairs if a != b and (a[:-1] != b[: len(a) - 1] or b[len(a) - 1 :] not in ("", *"&\\<"))]


def test_suffixes() -> None:
    assert all(is_bilingual(Path(name)) for name in ("a.po", "a.POT", "a.xlf", "a.xliff", "a.tmx"))
    assert not is_bilingual(Path("a.txt"))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_po(tmp_path: Path, newline: str) -> None:
    path = write(tmp_path, "x.po", PO.replace("\n", newline))
    documents, failures = read(path)
    assert failures == []
    assert [d.id for d in documents] == [f"{path}#{line}" for line in (9, 22, 25)]
    assert [texts(d) for d in documents] == [
        {"uk": "Залишилося %d днів\nдо «кінця»", "en": '%d days "left"\nuntil\tthe end'},
        {"uk": "Відкрити", "en": "Open"},
        {"uk": "{n} файлів", "en": "{n} files"},
    ]
    assert all(d.source_lang == "en" for d in documents)
    assert all(v.origin == str(path) for d in documents for v in d.versions)
    uk, en = documents[0].versions
    assert at(uk, path) == [("Залишилося %d днів\n", "Залишилося %d днів\\"), ("до «кінця»", "до «кінця»")]
    assert at(en, path) == [
        ('%d days "', "%d days \\"),
        ('left"', "left\\"),
        ("\n", "\\"),
        ("until\t", "until\\"),
        ("the end", "the end"),
    ]
    assert en.source is not None
    assert en.source.anchors[0] == (0, 9, 8)
    assert en.source.anchors[-1] == (21, 10, 9)


@pytest.mark.parametrize(
    ("name", "header", "entry", "langs", "source"),
    [
        ("x.uk.po", "", ("Мы уже дома, всё хорошо.", "Ми вже вдома, усе гаразд."), ("ru", "uk"), "ru"),
        ("x.po", "", ("We are at home already.", "Мы уже дома, всё хорошо."), ("ru", "en"), "en"),
        ("x.po", "Language: ru_RU\\n", ("We are at home already.", "Дом"), ("ru", "en"), "en"),
        ("ua.po", "Language: \\n", ("We are at home already.", "Дім"), ("uk", "en"), "en"),
        ("x.po", "X-Source-Language: ru\\nLanguage: uk@latin\\n", ("Да", "Так"), ("ru", "uk"), "ru"),
        ("x.po", "X-Source-Language: de\\nLanguage: uk\\n", ("Ja", "Так"), None, ""),
    ],
)
def test_the_languages_of_a_po_file(
    tmp_path: Path, name: str, header: str, entry: tuple[str, str], langs: tuple[str, ...] | None, source: str
) -> None:
    content = f'msgid ""\nmsgstr "{header}"\n\nmsgid "{entry[0]}"\nmsgstr "{entry[1]}"\n'
    path = write(tmp_path, name, content)
    if langs is None:
        with pytest.raises(InputError, match="1 in other languages"):
            read_units(path)
        return
    (document,) = read(path)[0]
    assert document.langs == langs
    assert document.source_lang == source


def test_escapes_of_po(tmp_path: Path) -> None:
    entry = 'msgid "a\\\\b\\x41\\101 \\320\\224\\320\\260"\nmsgstr "так\\\'ні"\n'
    path = write(tmp_path, "x.po", HEADER + entry)
    (document,) = read(path)[0]
    assert texts(document) == {"uk": "так'ні", "en": "a\\bAA Да"}
    source = document.versions[1].source
    assert source is not None
    assert source.anchors == ((0, 7, 8), (2, 7, 11), (5, 7, 20))


@pytest.mark.parametrize(
    ("entry", "where", "what"),
    [
        ('msgid "A\nmsgstr "Б"', "line 7, column 7", "does not end with a quotation mark"),
        ('msgid "A "b" c"\nmsgstr "Б"', "line 7, column 7", "does not end with a quotation mark"),
        ('msgid "A\\"\nmsgstr "Б"', "line 7, column 7", "does not end with a quotation mark"),
        ('msgid "A"\nmsgstr Б', "line 8, column 1", "neither a keyword nor a string"),
        (' msgdi "A"\nmsgstr "Б"', "line 7, column 2", "neither a keyword nor a string"),
        ('"A"\nmsgid "A"\nmsgstr "Б"', "line 7, column 1", "neither a keyword nor a string"),
        ('msgid "A"\nmsgstr "Б"\nmsgstr "В"', "line 9, column 1", "a second msgstr"),
        ('msgid "A"', "line 7, column 1", "msgid without a msgstr"),
        ('msgstr "Б"', "line 1, column 1", "msgstr without a msgid"),
        ('msgid "A"\nmsgstr "\\xff"', "line 8, column 9", "no UTF-8"),
        ('msgid "A"\nmsgstr "\\aБ"', "line 7", "U+0007"),
    ],
)
def test_a_broken_entry_fails_alone(tmp_path: Path, entry: str, where: str, what: str) -> None:
    good = 'msgid "Yes"\nmsgstr "Так"\n'
    path = write(tmp_path, "x.po", f"{HEADER}{entry}\n\n# next\n{good}")
    documents, failures = read(path)
    assert texts(documents[-1]) == {"uk": "Так", "en": "Yes"}
    assert failures[0].message.startswith(f"{path}, {where}: ")
    assert what in failures[0].message
    assert failures[0].id.startswith(f"{path}#")


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("x.pot", HEADER + 'msgid "A"\nmsgstr ""\n', "none of the 1 units.*1 untranslated"),
        ("x.po", HEADER, "no unit in the file"),
        ("x.po", HEADER + '#, fuzzy\nmsgid "A"\nmsgstr "Б"\n\nmsgid "B"\nmsgstr ""\n', "1 fuzzy, 1 untranslated"),
        ("x.po", 'msgid "xy"\nmsgstr "zzqw qqx wwz kkq"\n', "neither the file nor its name"),
        ("x.tmx", "<xliff/>", "line 1: the root element is <xliff> and not <tmx>"),
        ("x.xlf", "<xliff/>", "no unit in the file"),
        ("x.tmx", TMX.replace("<seg>", "<seg>&nbsp;", 1), r"line 6, column 28: the entity &nbsp; is not defined"),
        ("x.tmx", TMX[:-20], r"line 17, column \d+: broken XML"),
        ("x.tmx", TMX.replace('SYSTEM "tmx14.dtd"', '[<!ENTITY x "ха">]'), "line 2, column .*document type"),
        ("x.tmx", TMX.replace("</hi>", ""), r"line 6, column \d+: broken XML \(mismatched tag\)"),
        ("x.xlf", "<!DOCTYPE xliff SYSTEM 'x'><xliff/>", "document type"),
        ("x.tmx", "не XML", "broken XML"),
        ("x.po", "", "empty"),
        ("x.txt", "так", "no bilingual file"),
        ("x.po", "\x00", "binary"),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: str, what: str) -> None:
    path = write(tmp_path, name, content)
    with pytest.raises(InputError, match=what) as caught:
        read_units(path)
    assert str(caught.value).startswith(str(path))


def test_xliff_1(tmp_path: Path) -> None:
    path = write(tmp_path, "x.xlf", XLIFF_1)
    documents, failures = read(path)
    assert failures == []
    assert [d.id for d in documents] == [f"{path}#1", f"{path}#5", f"{path}#1:22"]
    assert [texts(d) for d in documents] == [
        {"uk": "Він не прийшов &\n      пішов…\nКінець", "en": "He did not come & left."},
        {"uk": "Так.", "en": "Yes."},
        {"ru": "Это <он>.", "uk": "Це він."},
    ]
    assert [d.source_lang for d in documents] == ["en", "en", "ru"]
    assert [pair for d in documents for pair in misplaced(d, path)] == []
    en = documents[0].versions[1]
    assert [a for a, _ in at(en, path)] == ["He ", "did ", "not", " come &", " ", "left."]


def test_xliff_2(tmp_path: Path) -> None:
    path = write(tmp_path, "x.xliff", XLIFF_2)
    documents, failures = read(path)
    assert failures == []
    assert [d.id for d in documents] == [f"{path}#u1/s1", f"{path}#u1/2", f"{path}#u3"]
    assert [texts(d) for d in documents] == [
        {"ru": "Он пришёл.", "en": "He came."},
        {"ru": "Она ушла.", "en": "She left."},
        {"ru": "Нет.", "en": "No."},
    ]
    assert [pair for d in documents for pair in misplaced(d, path)] == []


def test_tmx(tmp_path: Path) -> None:
    path = write(tmp_path, "x.tmx", TMX)
    documents, failures = read(path)
    assert [d.id for d in documents] == [f"{path}#a", f"{path}#12", f"{path}#a:13"]
    assert [texts(d) for d in documents] == [
        {"ru": "Мы дома.", "uk": "Ми вдома.", "en": "We are at home."},
        {"uk": "Так.", "en": "Yes."},
        {"ru": "Нет.", "uk": "Ні."},
    ]
    assert [d.source_lang for d in documents] == ["ru", None, "ru"]
    assert [pair for d in documents for pair in misplaced(d, path)] == []
    (failure,) = failures
    assert failure.id == f"{path}#w"
    assert "line 16: the unit has two texts in one language (en-GB, en-US)" in failure.message


@pytest.mark.parametrize(
    ("unit", "what"),
    [
        ("<target>Так</target>", "no <source>"),
        ("<source>Yes</source><target>Так</target><target>Авжеж</target>", "two elements"),
        ("<source>Yes</source><source>Yeah</source><target>Так</target>", "two elements"),
    ],
)
def test_a_broken_unit_fails_alone(tmp_path: Path, unit: str, what: str) -> None:
    good = '<trans-unit id="2"><source>No</source><target>Ні</target></trans-unit>'
    body = f'<trans-unit id="1">{unit}</trans-unit>\n{good}'
    content = f'<xliff version="1.2"><file source-language="en" target-language="ua"><body>{body}</body></file></xliff>'
    documents, failures = read(write(tmp_path, "x.xlf", content))
    assert [texts(d) for d in documents] == [{"uk": "Ні", "en": "No"}]
    assert [f.id.rpartition("#")[2] for f in failures] == ["1"]
    assert what in failures[0].message


def test_undeclared_languages_of_xliff(tmp_path: Path) -> None:
    unit = "<trans-unit id='1'><source>We are at home already.</source><target>Ми вже вдома, їмо.</target></trans-unit>"
    path = write(tmp_path, "x.xlf", f"<xliff version='1.2'><file><body>{unit}</body></file></xliff>")
    (document,) = read(path)[0]
    assert (document.langs, document.source_lang) == (("uk", "en"), "en")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1251", "iso-8859-5", "koi8-r"])
@pytest.mark.parametrize("name", ["x.po", "x.xlf"])
def test_encodings(tmp_path: Path, name: str, encoding: str) -> None:
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    head = f'msgid ""\nmsgstr "Content-Type: text/plain; charset={declared}\\nLanguage: ru\\n"\n\n'
    content = head + 'msgid "We are at home already."\nmsgstr "Мы уже дома, всё."\n'
    if name == "x.xlf":
        unit = "<trans-unit><source>We are at home already.</source><target>Мы уже дома, всё.</target></trans-unit>"
        langs = 'source-language="en" target-language="ru"'
        content = f'<?xml version="1.0" encoding="{declared}"?><xliff><file {langs}>{unit}</file></xliff>'
    (document,) = read(write(tmp_path, name, content, encoding))[0]
    assert texts(document) == {"ru": "Мы уже дома, всё.", "en": "We are at home already."}


def test_a_text_beyond_the_limit_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_CHARS", 5)
    content = f'{HEADER}msgid "Longer"\nmsgstr "Довше"\n\nmsgid "Yes"\nmsgstr "Так"'
    documents, failures = read(write(tmp_path, "x.po", content))
    assert [texts(d) for d in documents] == [{"uk": "Так", "en": "Yes"}]
    assert "line 7: the text in 'en' has 6 characters, more than the 5 that are read" in failures[0].message


def test_an_unknown_declaration_is_passed_over(tmp_path: Path) -> None:
    content = HEADER.replace("UTF-8", "CHARSET") + 'msgid "Yes"\nmsgstr "Так"'
    assert texts(read(write(tmp_path, "x.po", content))[0][0]) == {"uk": "Так", "en": "Yes"}


def test_a_declaration_that_is_wrong(tmp_path: Path) -> None:
    good = HEADER.replace("UTF-8", "windows-1251") + 'msgid "Yes"\nmsgstr "Так, їжак"\n'
    assert texts(read(write(tmp_path, "x.po", good))[0][0])["uk"] == "Так, їжак"
    path = tmp_path / "y.po"
    path.write_bytes(good.encode("cp1251") + b"# \x98\n")
    with pytest.raises(InputError, match="is no cp1251, which the file declares"):
        read_units(path)


def test_a_large_memory_is_read_in_reasonable_time(tmp_path: Path) -> None:
    unit = '<tu><tuv xml:lang="ru"><seg>Мы дома.</seg></tuv><tuv xml:lang="uk"><seg>Ми вдома.</seg></tuv></tu>\n'
    path = write(tmp_path, "x.tmx", f"<tmx><header srclang='ru'/><body>{unit * 3000}</body></tmx>")
    documents, _ = read(path)
    assert len({d.id for d in documents}) == 3000
