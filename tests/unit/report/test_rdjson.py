from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.reports import (
    NASTY,
    checked_document,
    clean_document,
    failed_document,
    nasty_document,
    quoted_documents,
    whole_report,
)
from transcheck.report import rdjson
from transcheck.types import DocumentReport, Report

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "rdjson.json").read_text("utf-8"))


def _made(*documents: DocumentReport) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(rdjson.render(Report(documents, "m")))
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(result)
    return result


@pytest.mark.parametrize("report", [whole_report(), Report((clean_document(),), "m"), Report((), "m")])
def test_a_report_fits_the_schema(report: Report) -> None:
    made = _made(*report.documents)
    assert len(made["diagnostics"]) == len(report.findings) + sum(d.error is not None for d in report.documents)


def test_columns_are_bytes_that_cut_the_words_out_of_the_line() -> None:
    for found in _made(nasty_document())["diagnostics"]:
        for place in (found, *found["related_locations"]):
            path, at = place["location"]["path"], place["location"]["range"]
            line = NASTY[path[-5:-3]].split("\n")[at["start"]["line"] - 1].encode()
            words = line[at["start"]["column"] - 1 : at["end"]["column"] - 1].decode()
            assert words in ("25", "52", NASTY["ru"].split("\n")[1], NASTY["en"].split("\n")[1])


def test_the_flag_and_the_mark_before_a_number_count_in_bytes() -> None:
    at = _made(nasty_document())["diagnostics"][0]["related_locations"][0]["location"]["range"]["start"]
    assert at == {"line": 1, "column": len("Он сказал 🇺🇦: «Ждите ".encode()) + 1}


def test_what_is_missing_has_no_width() -> None:
    at = _made(checked_document())["diagnostics"][1]["location"]["range"]
    assert at["start"] == at["end"]


def test_files_whose_lines_are_not_known_have_no_columns() -> None:
    first = _made(*quoted_documents())["diagnostics"][0]
    assert first["location"] == {"path": "bridge.ru.pdf"}
    assert first["message"].startswith("page 2, character 32: ")
    assert first["related_locations"][0]["location"] == {
        "path": "bridge.en.html",
        "range": {"start": {"line": 14}, "end": {"line": 14}},
    }


def test_the_severity_of_the_whole_is_the_worst() -> None:
    assert _made(checked_document())["severity"] == "ERROR"
    assert _made(*quoted_documents())["severity"] == "WARNING"
    assert _made(failed_document())["severity"] == "ERROR"
    assert "severity" not in _made(clean_document())


def test_the_rule_has_its_page_and_the_line_as_people_see_it() -> None:
    first = _made(checked_document())["diagnostics"][0]
    assert first["code"] == {"value": "TC301", "url": "https://transcheck.readthedocs.io/findings/#tc301"}
    assert first["original_output"].startswith("river.en.txt:2:12: error TC301 ")
