from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.reports import checked_document, clean_document, failed_document, quoted_documents, whole_report
from transcheck.report import gitlab
from transcheck.report.paths import Base
from transcheck.types import Report

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "gitlab.json").read_text("utf-8"))


def _made(report: Report, base: Base | None = None) -> list[dict[str, Any]]:
    issues: list[dict[str, Any]] = json.loads(gitlab.render(report, base))
    jsonschema.Draft202012Validator(SCHEMA).validate(issues)
    return issues


@pytest.mark.parametrize("report", [whole_report(), Report((clean_document(),), "m"), Report((), "m")])
def test_a_report_fits_the_schema(report: Report) -> None:
    assert len(_made(report)) == len(report.findings) + sum(d.error is not None for d in report.documents)


def test_every_issue_has_a_fingerprint_of_its_own() -> None:
    made = _made(Report((checked_document(), checked_document(), failed_document()), "m"))
    assert len({i["fingerprint"] for i in made}) == len(made) == 7


def test_severities_are_those_of_gitlab() -> None:
    made = _made(Report((checked_document(), failed_document()), "m"))
    assert [(i["check_name"], i["severity"]) for i in made] == [
        ("not-checked", "blocker"),
        ("TC301", "major"),
        ("TC101", "minor"),
        ("TC201", "info"),
    ]


def test_both_sides_are_located_from_the_root() -> None:
    first = _made(Report((checked_document(),), "m"), Base("/repo", "/repo/texts"))[0]
    assert first["location"] == {"path": "texts/river.en.txt", "lines": {"begin": 2, "end": 2}}
    assert [x["path"] for x in first["other_locations"]] == ["texts/river.ru.txt", "texts/river.uk.txt"]
    assert "ru texts/river.ru.txt:2:10: четырнадцать" in first["content"]["body"]
    assert first["content"]["body"].endswith("findings/#tc301")


def test_a_page_is_in_the_description_since_it_has_no_line() -> None:
    first = _made(Report(quoted_documents(), "m"))[0]
    assert first["location"] == {"path": "bridge.ru.pdf", "lines": {"begin": 1, "end": 1}}
    assert first["description"].startswith("TC302 page 2, character 32: ")
