from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pandas as pd
import pytest

from tests.reports import checked_document, clean_document, sample_report
from transcheck.report import frame
from transcheck.types import Document, Report


def test_one_line_a_finding_and_one_a_failure() -> None:
    made = frame.findings_frame(sample_report())
    assert list(made["id"]) == ["river", "river", "river", "broken"]
    assert list(made["status"]) == ["ok", "ok", "ok", "error"]
    assert made.loc[0, ["ru", "uk", "en"]].tolist() == ["четырнадцать", "чотирнадцятеро", "forty"]
    assert made.loc[3, "message"].startswith("uk is empty")
    assert made.loc[0, "meta.speaker"] == "Олена Гай"


def test_a_clean_report_is_an_empty_table_with_its_columns() -> None:
    made = frame.findings_frame(Report((clean_document(),), "m"))
    assert made.empty
    assert list(made.columns) == list(frame.FINDING_COLUMNS)
    assert list(frame.findings_frame(Report((), "m")).columns) == list(frame.FINDING_COLUMNS)


def test_documents_are_summed_up() -> None:
    made = frame.documents_frame(sample_report()).set_index("id")
    assert made.loc["river", ["rows", "errors", "warnings", "notes", "worst"]].tolist() == [4, 1, 1, 1, "error"]
    assert made.loc["clean", "rows"] == 8
    assert made.loc["broken", "status"] == "error"


READERS: dict[str, tuple[Callable[[Report], bytes], Callable[[BytesIO], pd.DataFrame]]] = {
    "csv": (lambda r: frame.render_csv(r).encode(), pd.read_csv),
    "xlsx": (frame.render_xlsx, pd.read_excel),
    "parquet": (frame.render_parquet, pd.read_parquet),
}


@pytest.mark.parametrize("name", READERS)
def test_files_hold_the_table(name: str) -> None:
    make, read = READERS[name]
    made = read(BytesIO(make(sample_report())))
    assert list(made["code"][:3]) == ["TC301", "TC101", "TC201"]
    assert made["uk"][0] == "чотирнадцятеро"
    assert made["start"][0] == 55


def test_a_workbook_has_its_sheets_and_no_formulas() -> None:
    first = checked_document().findings[0]
    bad = replace(first, message="=HYPERLINK(1)\x0b\x1f", span=replace(first.span, text="=1+1"))
    import openpyxl

    made = frame.render_xlsx(Report((replace(checked_document(), findings=(bad,)),), "m"))
    book = openpyxl.load_workbook(BytesIO(made))
    assert book.sheetnames == ["findings", "documents", "summary"]
    line = {h.value: c for h, c in zip(book["findings"][1], book["findings"][2], strict=True)}
    assert line["message"].data_type == "s"
    assert line["message"].value == "=HYPERLINK(1)\ufffd\ufffd"
    assert line["en"].data_type == "s"


def test_documents_with_other_metadata_share_one_table() -> None:
    first = checked_document()
    assert first.document is not None
    second = replace(first, id="b", document=Document("b", first.document.versions, (("url", "example.org"),)))
    made = frame.findings_frame(Report((first, second), "m"))
    assert {"meta.speaker", "meta.source_lang", "meta.url"} <= set(made.columns)
    assert pd.isna(made.loc[0, "meta.url"])
    assert made.loc[3, "meta.url"] == "example.org"
