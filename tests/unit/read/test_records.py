"""Tables of quotes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from transcheck.read.records import Failure, documents_from_frame, read_record_bytes, read_records
from transcheck.types import Document, InputError

RECORDS = [
    {"id": "007", "ru": "Да, \"конечно\",\nсказал.", "uk": "Так, «звісно»,\nсказав.", "en": "NA", "speaker": "null"},
    {"id": "1e5", "ru": "Мы дома.", "uk": "", "en": "We are at home.", "speaker": ""},
    {"id": "b", "ru": "  Мы\tтут ", "uk": "Ми тут", "en": "nan", "speaker": "Іван; Петро, мл."},
]  # fmt: skip


def write(path: Path, records: Sequence[dict[str, Any]]) -> Path:
    """Write records in the format of the suffix."""
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(records)
    if path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n\n" for r in records), encoding="utf-8")
    elif path.suffix == ".json":
        path.write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    elif path.suffix == ".csv":
        frame.to_csv(path, index=False)
    elif path.suffix == ".tsv":
        frame.to_csv(path, index=False, sep="\t")
    elif path.suffix == ".xlsx":
        frame.to_excel(path, index=False)
    else:
        frame.to_parquet(path)
    return path


def read(path: Path) -> tuple[list[Document], list[Failure]]:
    found = list(read_records(path))
    return [d for d in found if isinstance(d, Document)], [f for f in found if isinstance(f, Failure)]


@pytest.mark.parametrize("suffix", ["jsonl", "json", "csv", "tsv", "xlsx", "parquet"])
def test_every_format_keeps_every_value(tmp_path: Path, suffix: str) -> None:
    documents, failures = read(write(tmp_path / f"x.{suffix}", RECORDS))
    assert failures == []
    assert [d.id for d in documents] == ["007", "1e5", "b"]
    for document, record in zip(documents, RECORDS, strict=True):
        assert {v.lang: v.text for v in document.versions} == {k: record[k] for k in ("ru", "uk", "en") if record[k]}
        assert document.meta == (("speaker", record["speaker"]),)


def test_meta_keeps_every_further_column_and_the_usual_code_of_the_source_language(tmp_path: Path) -> None:
    row = {"id": 1, "source_lang": "UA", "ru": "Да.", "url": "https://example.org", "uk": "Так.", "n": 5, "date": None}
    (document,) = read(write(tmp_path / "x.jsonl", [row]))[0]
    assert document.meta == (("source_lang", "uk"), ("url", "https://example.org"), ("n", "5"), ("date", ""))
    assert document.source_lang == "uk"


def test_a_record_without_id_has_its_number(tmp_path: Path) -> None:
    rows = [{"ru": "Да.", "uk": "Так."}, {"ru": "Нет.", "uk": "Ні."}]
    for suffix in ("jsonl", "csv", "parquet"):
        assert [d.id for d in read(write(tmp_path / f"x.{suffix}", rows))[0]] == ["1", "2"]


def test_bad_records_do_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    lines = [
        '{"id": "a", "ru": "Да.", "uk": "Так."}',
        '{"id": "b", "ru": "Да.", "uk": " "}',
        '{"id": "c", "ru": "Да.", ',
        '["d"]',
        '{"id": "a", "ru": "Нет.", "uk": "Ні."}',
        '{"id": "e", "ru": 5, "uk": "Ні."}',
        '{"id": "f", "ru": "Да\\u0000.", "uk": "Ні."}',
        '{"id": "g", "ru": "Да \\ud800.", "uk": "Ні."}',
        '{"id": "h", "en": "No.", "uk": "Ні."}',
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    documents, failures = read(path)
    assert [d.id for d in documents] == ["a", "h"]
    expected = [
        ("b", "line 2", "only 'ru' is filled"), ("3", "line 3", "broken JSON"), ("4", "line 4", "no JSON object"),
        ("a", "line 5", "stands at line 1 too"), ("e", "line 6", "'ru' is no text but int"), ("f", "line 7", "U+0000"),
        ("g", "line 8", "U+D800"),
    ]  # fmt: skip
    assert len(failures) == len(expected)
    for failure, (identity, where, what) in zip(failures, expected, strict=True):
        assert failure.id == identity
        assert where in failure.message
        assert what in failure.message


def test_rows_that_do_not_fit_their_header_fail_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('id,ru,uk\n1,Да.,Так.\n2,Да, но,Так\n3,"a" b,c\n4,Нет.,Ні.\n5,Да.\n', encoding="utf-8")
    documents, failures = read(path)
    assert [d.id for d in documents] == ["1", "4"]
    assert ["row 2 (line 3)" in failures[0].message, "4 fields under 3 columns" in failures[0].message] == [True, True]
    assert "broken quoting" in failures[1].message
    assert "only 'ru' is filled" in failures[2].message


def test_an_unclosed_quotation_mark_is_a_failure_and_no_lost_row(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text('id,ru,uk\n1,Да.,Так.\n2,"Нет.,Ні.\n3,Да.,Так.\n', encoding="utf-8")
    documents, failures = read(path)
    assert [d.id for d in documents] == ["1"]
    assert "row 2 (line 3)" in failures[0].message


def test_quotation_marks_of_a_tsv_may_be_plain_characters(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    path.write_text('id\tru\tuk\n1\t"Да" — сказал он\t"Так" — сказав він\n', encoding="utf-8")
    (document,) = read(path)[0]
    assert [v.text for v in document.versions] == ['"Да" — сказал он', '"Так" — сказав він']


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_tables_of_other_encodings_separators_and_header_letters(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes('"ID"; RU ;UK;date\r\n1;Мы дома, да.;Ми вдома, так.;2022\r\n'.encode(encoding))
    (document,) = read(path)[0]
    assert (document.id, document.langs, document.meta) == ("1", ("ru", "uk"), (("date", "2022"),))
    assert document.versions[0].text == "Мы дома, да."


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "tsv", "xlsx", "parquet"])
def test_missing_columns_name_those_found_and_needed(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"x.{suffix}", [{"key": "1", "russian": "Да.", "uk": "Так."}])
    with pytest.raises(
        InputError, match=r"the columns are 'key', 'russian', 'uk'; needed are 'id' and at least two of"
    ):
        read_records(path)


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("x.csv", b"", "empty"),
        ("x.csv", b"id,ru,uk\n", "no rows"),
        ("x.csv", b"id,ru,ru,uk\n1,a,b,c\n", "twice"),
        ("x.csv", b"id,ru,uk\n\x00", "binary"),
        ("x.jsonl", b"\n\n", "empty"),
        ("x.json", b"[]", "no record"),
        ("x.xlsx", b"no zip", "no readable XLSX"),
        ("x.parquet", b"PAR0", "no readable Parquet"),
        ("x.docx", b"x", "no table that can be read"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError, match=what) as caught:
        list(read_records(path))
    assert str(caught.value).startswith(str(path))


def test_standard_input_takes_an_object_an_array_or_lines() -> None:
    row = '{"ru": "Да.", "uk": "Так."}'
    for data in (row, f"[{row}]", f"{row}\n", json.dumps(json.loads(row), indent=1)):
        (document,) = read_record_bytes(data.encode(), "<stdin>")
        assert isinstance(document, Document)
        assert document.versions[0].origin.startswith("<stdin>")
    assert len(list(read_record_bytes(f"{row}\n{row}".encode(), "<stdin>"))) == 2


def test_a_frame_with_empty_cells_numbers_and_lists() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(
        {
            "id": [1.0, 2.0, 3.0],
            "ru": ["Да.", None, "Да."],
            "uk": ["Так.", "Так.", ["x"]],
            "en": [float("nan"), pandas.NA, "Yes."],
        }
    )
    first, second, third = documents_from_frame(frame)
    assert isinstance(first, Document)
    assert (first.id, first.langs) == ("1", ("ru", "uk"))
    assert isinstance(second, Failure)
    assert isinstance(third, Failure)
    assert "list" in third.message
