from __future__ import annotations

import json as stdlib_json
from typing import Any

import jsonschema
import pytest

from tests.reports import checked_document, clean_document, whole_report
from transcheck.report import json, jsonl
from transcheck.types import Report

VALIDATOR = jsonschema.Draft202012Validator(jsonl.schema())


def _lines(report: Report) -> list[dict[str, Any]]:
    return [stdlib_json.loads(line) for line in jsonl.render(report).split("\n")[:-1]]


@pytest.mark.parametrize("report", [whole_report(), Report((clean_document(),), "m"), Report((), "m")])
def test_every_line_fits_the_schema(report: Report) -> None:
    VALIDATOR.check_schema(VALIDATOR.schema)
    lines = _lines(report)
    for line in lines:
        VALIDATOR.validate(line)
    assert lines[0]["type"] == "header"
    assert lines[0]["schema_version"] == 1
    assert lines[-1]["type"] == "summary"
    assert lines[-1]["exit_code"] == report.exit_code


@pytest.mark.parametrize("line", [{}, {"type": "finding"}, {"type": "error", "document": "a"}, {"type": "other"}])
def test_the_schema_refuses_what_is_no_line(line: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(line)


def test_a_line_a_finding_and_a_line_a_failure() -> None:
    report = whole_report()
    lines = _lines(report)
    found = [x for x in lines if x["type"] == "finding"]
    assert len([x for x in found if "suppressed" not in x]) == len(report.findings)
    assert [x["document"] for x in found if "suppressed" in x] == ["bridge"] * 3
    assert [x["document"] for x in lines if x["type"] == "error"] == ["broken", "empty"]


def test_a_finding_is_that_of_the_whole_report_with_its_document() -> None:
    report = Report((checked_document(),), "m")
    lines = _lines(report)
    whole = json.to_dict(report)["documents"][0]["findings"]
    assert [{k: v for k, v in x.items() if k not in ("type", "document")} for x in lines[1:-1]] == whole
    assert {x["document"] for x in lines[1:-1]} == {"river"}


def test_no_text_breaks_a_line() -> None:
    assert jsonl.render(whole_report()).count("\n") == len(_lines(whole_report()))
