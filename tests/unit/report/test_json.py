from __future__ import annotations

import json as stdlib_json
from dataclasses import replace
from typing import Any, get_args

import jsonschema
import pytest

from tests.reports import checked_document, clean_document, failed_document, sample_report
from transcheck.report import json
from transcheck.types import CATEGORIES, LANGS, SEVERITIES, FailOn, Report

VALIDATOR = jsonschema.Draft202012Validator(json.schema())


@pytest.mark.parametrize(
    "report",
    [
        sample_report(),
        Report((checked_document(),), "m", "never"),
        Report((clean_document(),), "m", "note"),
        Report((failed_document(),), "m"),
        Report((), "m"),
    ],
    ids=["all", "checked", "clean", "failed", "empty"],
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
