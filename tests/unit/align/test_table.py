from __future__ import annotations

from transcheck.align import anchors, build_table
from transcheck.encode import load_encoder
from transcheck.text.sentences import segment
from transcheck.types import Document, Lang, Row, Version

RU = "Мы приехали утром. Мост был взорван. Солдаты проверяли документы у всех. Нас отпустили вечером."
UK = "Ми приїхали вранці. Міст був підірваний. Солдати перевіряли документи в усіх. Нас відпустили ввечері."
EN = (
    "We arrived in the morning. The bridge had been blown up. Soldiers checked everyone’s papers. "
    "We were released in the evening."
)


def table(**texts: str) -> tuple[Row, ...]:
    versions = tuple(Version(lang, text) for lang, text in texts.items())  # type: ignore[arg-type]
    segments = {v.lang: segment(v.text, v.lang) for v in versions}
    keys = {lang: anchors(found, lang) for lang, found in segments.items()}
    return build_table(Document("t", versions), segments, load_encoder(), keys)


def cells(rows: tuple[Row, ...], lang: Lang) -> list[str]:
    return [row.cell(lang).text for row in rows]


def test_three_versions_make_one_row_a_sentence() -> None:
    rows = table(ru=RU, uk=UK, en=EN)
    assert len(rows) == 4
    assert all(not c.empty for row in rows for c in row.cells)


def test_what_two_versions_have_leaves_the_third_empty() -> None:
    rows = table(ru=RU, uk=UK, en=EN.replace(" The bridge had been blown up.", ""))
    empty = [row for row in rows if row.cell("en").empty]
    assert [row.cell("ru").text for row in empty] == ["Мост был взорван."]
    assert empty[0].cell("uk").text == "Міст був підірваний."
    assert empty[0].cell("en").place.start == EN.index(" The bridge")


def test_what_one_version_alone_has_faces_two_empty_cells() -> None:
    rows = table(ru=RU, uk=UK.replace("Нас", "Діти плакали від холоду та голоду. Нас"), en=EN)
    alone = [row for row in rows if len(row.filled) == 1]
    assert [row.filled[0].text for row in alone] == ["Діти плакали від холоду та голоду."]


def test_a_moved_sentence_is_one_row() -> None:
    moved = "The bridge had been blown up. "
    rows = table(ru=RU, uk=UK, en=EN.replace(moved, "") + " " + moved.strip())
    assert [(row.cell("ru").text, row.moved) for row in rows if row.moved] == [("Мост был взорван.", ("en",))]
    assert all(not c.empty for row in rows for c in row.cells)


def test_every_segment_stands_in_one_row() -> None:
    rows = table(ru=RU, uk=UK[:60], en=EN + " Nobody ever told us why they had kept us there so long.")
    for lang, text in (("ru", RU), ("uk", UK[:60])):
        found = sorted(i for row in rows for i in row.cell(lang).segments)  # type: ignore[arg-type]
        assert found == list(range(len(segment(text, lang))))  # type: ignore[arg-type]


def test_two_versions() -> None:
    rows = table(uk=UK, en=EN)
    assert cells(rows, "uk")[1] == "Міст був підірваний."
    assert rows[1].similarity("uk", "en") == rows[1].similarity("en", "uk") != None  # noqa: E711
