"""JUnit and Checkstyle: their structure, their escapes, and what each tells."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tests.reports import (
    checked_document,
    clean_document,
    failed_document,
    nasty_document,
    quoted_documents,
    suppressed_document,
    unread_document,
    whole_report,
)
from transcheck.report import checkstyle, junit
from transcheck.report.paths import Base
from transcheck.types import DocumentReport, FailOn, Report

# (attributes that must stand, attributes that may, children in any number), by element
JUNIT: dict[str, tuple[set[str], set[str], set[str]]] = {
    "testsuites": ({"name", "tests", "failures", "errors", "time"}, set(), {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped", "time"}, set(), {"properties", "testcase"}),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    "testcase": ({"classname", "name", "time"}, {"file"}, {"error", "failure", "skipped", "system-out"}),
    "failure": ({"message", "type"}, set(), set()),
    "error": ({"message", "type"}, set(), set()),
    "skipped": ({"message"}, set(), set()),
    "system-out": (set(), set(), set()),
}
CHECKSTYLE: dict[str, tuple[set[str], set[str], set[str]]] = {
    "checkstyle": ({"version"}, set(), {"file"}),
    "file": ({"name"}, set(), {"error"}),
    "error": ({"line", "severity", "message", "source"}, {"column"}, set()),
}
REPORTS = [whole_report(), Report((clean_document(),), "m"), Report((), "m")]


def _fits(element: Element, rules: dict[str, tuple[set[str], set[str], set[str]]]) -> None:
    must, may, children = rules[element.tag]
    assert must <= set(element.attrib) <= must | may, element.tag
    for child in element:
        assert child.tag in children, f"{child.tag} in {element.tag}"
        _fits(child, rules)


def _junit(*documents: DocumentReport, fail_on: FailOn = "error", base: Base | None = None) -> Element:
    return ElementTree.fromstring(junit.render(Report(documents, "m", fail_on), base))


@pytest.mark.parametrize("report", REPORTS, ids=["whole", "clean", "empty"])
def test_junit_has_the_structure_that_every_reader_knows(report: Report) -> None:
    root = ElementTree.fromstring(junit.render(report))
    _fits(root, JUNIT)
    suite = root[0]
    assert suite[0].tag == "properties"
    cases = suite.findall("testcase")
    assert len(cases) == int(suite.get("tests", "")) == len(report.documents)
    for name in ("failure", "error", "skipped"):
        number = suite.get({"failure": "failures", "error": "errors", "skipped": "skipped"}[name])
        assert number == str(len(suite.findall(f"testcase/{name}")))
    for case in cases:
        told = [child.tag for child in case if child.tag != "system-out"]
        assert len(told) <= 1, "one outcome a case"
        assert [c.tag for c in case] == sorted(
            (c.tag for c in case), key=["error", "failure", "skipped", "system-out"].index
        )


def test_a_case_fails_with_both_sides() -> None:
    failed = _junit(checked_document()).find("testsuite/testcase/failure")
    assert failed is not None
    assert (failed.get("message"), failed.get("type")) == ("1 error", "TC301")
    assert (failed.text or "").splitlines() == [
        "error TC301 number en: en has forty (40) where ru has четырнадцать and uk has чотирнадцятеро (14)",
        "  en river.en.txt:2:12: forty",
        "  ru river.ru.txt:2:10: четырнадцать",
        "  uk river.uk.txt:2:10: чотирнадцятеро",
        "  https://transcheck.readthedocs.io/findings/#tc301",
    ]


@pytest.mark.parametrize(
    ("fail_on", "failing", "output"),
    [("error", 1, 2), ("warning", 2, 1), ("note", 3, 0), ("never", 0, 3)],
)
def test_a_case_fails_where_the_run_does(fail_on: FailOn, failing: int, output: int) -> None:
    case = _junit(checked_document(), fail_on=fail_on).find("testsuite/testcase")
    assert case is not None
    assert (case.findtext("failure") or "").count("findings/#") == failing
    assert (case.findtext("system-out") or "").count("findings/#") == output


def test_what_was_not_checked_is_an_error_and_what_is_suppressed_is_skipped() -> None:
    root = _junit(failed_document(), suppressed_document(), clean_document())
    broken, silent, clean = root.findall("testsuite/testcase")
    assert [c.tag for c in broken] == ["error"]
    assert broken[0].get("message", "").startswith("broken: uk is empty")
    assert [(c.tag, c.get("message")) for c in silent] == [
        ("skipped", "3 suppressed (1 by comments, 1 in the baseline, 1 older than the change)")
    ]
    assert list(clean) == []


def test_suppressed_findings_beside_others_are_counted() -> None:
    both = replace(checked_document(), suppressed=suppressed_document().suppressed)
    case = _junit(both).find("testsuite/testcase")
    assert case is not None
    assert case.find("skipped") is None
    assert (case.findtext("system-out") or "").endswith(
        "3 suppressed (1 by comments, 1 in the baseline, 1 older than the change)"
    )


def test_a_case_is_named_by_its_document_and_folder() -> None:
    case = _junit(nasty_document(), base=Base("/repo", "/repo/site")).find("testsuite/testcase")
    assert case is not None
    assert case.get("name") == "texts/мост, 1"
    assert case.get("classname") == "transcheck.texts"
    assert case.get("file") == "site/texts/мост, 1:ru.md"


@pytest.mark.parametrize("report", REPORTS, ids=["whole", "clean", "empty"])
def test_checkstyle_has_its_structure(report: Report) -> None:
    root = ElementTree.fromstring(checkstyle.render(report))
    _fits(root, CHECKSTYLE)
    files = [f.get("name") for f in root]
    assert len(files) == len(set(files))
    errors = list(root.iter("error"))
    assert len(errors) == len(report.findings) + sum(d.error is not None for d in report.documents)
    for error in errors:
        assert error.get("severity") in ("error", "warning", "info")
        assert int(error.get("line", "")) >= 1
        assert "\n" not in error.get("message", "")


def test_checkstyle_puts_a_finding_into_the_file_at_fault() -> None:
    root = ElementTree.fromstring(checkstyle.render(Report((checked_document(), unread_document()), "m")))
    assert [f.get("name") for f in root] == ["empty.uk.txt", "river.en.txt", "river.ru.txt"]
    assert [(e.get("line"), e.get("column"), e.get("source")) for e in root[1]] == [
        ("2", "12", "transcheck.number.TC301"),
        ("2", "42", "transcheck.omission.TC101"),
    ]
    assert "ru river.ru.txt:2:10: четырнадцать" in root[1][0].get("message", "")


def test_checkstyle_names_a_page_and_no_column() -> None:
    error = ElementTree.fromstring(checkstyle.render(Report(quoted_documents(), "m")))[0][0]
    assert (error.get("line"), error.get("column")) == ("1", None)
    assert error.get("message", "").startswith("page 2, character 32: ")


def test_columns_are_code_points() -> None:
    error = ElementTree.fromstring(checkstyle.render(Report((nasty_document(),), "m")))[0][0]
    assert error.get("column") == "19", "the flag before it is two code points"


@pytest.mark.parametrize("render", [junit.render, checkstyle.render], ids=["junit", "checkstyle"])
def test_no_character_breaks_the_document(render: object) -> None:
    assert callable(render)
    bad = "a\x00\x0b\x1b\ufffe\ud800b]]> <&\"' "
    finding = replace(checked_document().findings[0], message=bad)
    made = render(Report((replace(checked_document(), id=bad, findings=(finding,)),), "m"))
    root = ElementTree.fromstring(made.encode("utf-8"))
    told = "".join([*root.itertext(), *(value for e in root.iter() for value in e.attrib.values())])
    assert told.count("b]]> <&\"'") >= 1
    assert told.count("\ufffd") >= 2
