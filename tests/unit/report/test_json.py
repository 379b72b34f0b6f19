from __future__ import annotations

import json as stdlib_json
from dataclasses import replace
from typing import Any, get_args

import jsonschema
import pytest

from tests.reports import (
    checked_document,
    clean_document,
    failed_document,
    sample_report,
    suppressed_document,
    whole_report,
)
from transcheck.report import json
from transcheck.types import CATEGORIES, LANGS, SEVERITIES, FailOn, Report

VALIDATOR = jsonschema.Draft202012Validator(json.schema())


@pytest.mark.parametrize(
    "report",
    [
        sample_report(),
        whole_report(),
        Report((checked_document(),), "m", "never"),
        Report((clean_document(),), "m", "note"),
        Report((failed_document(),), "m"),
        Report((), "m"),
    ],
    ids=["all", "whole", "checked", "clean", "failed", "empty"],
)
def test_a_report_fits_the_schema(report: Report) -> None:
    made = stdlib_json.loads(json.render(report))
    VALIDATOR.validate(made)
    assert made["summary"]["exit_code"] == report.exit_code
    assert made["summary"]["fail_on"] == report.fail_on


def test_the_schema_is_itself_valid_and_knows_every_value_of_the_types() -> None:
    VALIDATOR.check_schema(VALIDATOR.schema)
    finding = json.schema()["$defs"]["finding"]["properties"]
    assert tuple(finding["category"]["enum"]) == CATEGORIES
    assert tuple(finding["severity"]["enum"]) == SEVERITIES
    assert tuple(json.schema()["$defs"]["lang"]["enum"]) == LANGS
    assert tuple(json.schema()["properties"]["summary"]["properties"]["fail_on"]["enum"]) == get_args(FailOn)


def _break(made: dict[str, Any], at: list[Any], value: object) -> dict[str, Any]:
    inner: Any = made
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    return made


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (["schema_version"], 2),
        (["extra"], 1),
        (["documents", 0, "status"], "fine"),
        (["documents", 0, "error"], "but it was checked"),
        (["documents", 2, "findings"], [1]),
        (["documents", 0, "findings", 0, "lang"], "de"),
        (["documents", 0, "findings", 0, "score"], 1.5),
        (["documents", 0, "findings", 0, "span", "start"], -1),
        (["documents", 0, "findings", 0, "category"], "typo"),
        (["documents", 0, "findings", 0, "span", "line"], 0),
        (["documents", 0, "findings", 0, "suppressed"], {"kind": "inline", "reason": "", "origin": ""}),
        (["documents", 0, "suppressed"], []),
        (["summary", "exit_code"], 3),
    ],
)
def test_the_schema_refuses_what_is_no_report(at: list[Any], value: object) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(_break(json.to_dict(sample_report()), at, value))


def test_a_failed_document_has_its_error_and_nothing_found() -> None:
    made = json.to_dict(Report((failed_document(),), "m"))["documents"][0]
    assert made == {"id": "broken", "status": "error", "error": failed_document().error, "rows": [], "findings": []}


def test_places_stand_at_their_offsets() -> None:
    document = checked_document()
    assert document.document is not None
    texts = {v.lang: v.text for v in document.document.versions}
    made = json.to_dict(Report((document,), "m"))["documents"][0]
    places = [p for f in made["findings"] for p in (f["span"], *f["counterparts"])]
    places += [c for r in made["rows"] for c in r["cells"]]
    assert places
    assert all(texts[p["lang"]][p["start"] : p["end"]] == p["text"] for p in places)


def test_fault_of_nobody_is_null() -> None:
    finding = replace(checked_document().findings[0], lang=None)
    report = Report((replace(checked_document(), findings=(finding,)),), "m")
    assert json.to_dict(report)["documents"][0]["findings"][0]["lang"] is None


def test_what_is_suppressed_stands_apart_and_says_by_what() -> None:
    made = json.to_dict(Report((suppressed_document(),), "m"))
    assert made["documents"][0]["findings"] == []
    assert [f["suppressed"]["kind"] for f in made["documents"][0]["suppressed"]] == ["inline", "baseline", "since"]
    assert made["documents"][0]["suppressed"][0]["suppressed"] == {
        "kind": "inline",
        "reason": "the clock is local",
        "origin": "bridge.uk.md:1",
    }
    assert made["summary"]["suppressed"] == {"inline": 1, "baseline": 1, "since": 1}
    assert made["summary"]["findings"] == {"error": 0, "warning": 0, "note": 0}
    assert made["summary"]["exit_code"] == 0


def test_places_have_their_file_line_and_column() -> None:
    made = json.to_dict(whole_report())["documents"]
    span = made[0]["findings"][0]["span"]
    assert [span[k] for k in ("path", "line", "column", "end_line", "end_column", "unit")] == [
        "river.en.txt", 2, 12, 2, 17, "line",
    ]  # fmt: skip
    assert made[4]["findings"][0]["span"]["unit"] == "page"
    assert made[4]["findings"][0]["counterparts"][0]["line"] == 14
    assert made[0]["findings"][0]["url"].endswith("findings/#tc301")
