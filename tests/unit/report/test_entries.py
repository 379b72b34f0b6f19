from __future__ import annotations

from dataclasses import replace

from tests.reports import checked_document, sample_report
from transcheck.report.entries import entries, failures, worst_first
from transcheck.types import Report, Suppressed, Suppression


def test_every_finding_has_a_name_of_its_own() -> None:
    document = checked_document()
    twice = replace(document, findings=document.findings * 2)
    names = [e.identity for e in entries(Report((twice, replace(twice, id="b")), "m"))]
    assert len(names) == len(set(names)) == 12
    assert names[3] == f"{names[0]}-2"


def test_a_name_does_not_depend_on_the_place_or_white_space() -> None:
    document = checked_document()
    first = document.findings[1]
    moved = replace(first, span=replace(first.span, start=3, end=3), message="other")
    moved = replace(
        moved, counterparts=tuple(replace(p, text=f" {p.text.replace(' ', '  ')}\n") for p in moved.counterparts)
    )
    old, new = (next(entries(Report((replace(document, findings=(f,)),), "m"))) for f in (first, moved))
    assert old.identity == new.identity


def test_the_name_that_the_run_gave_stands() -> None:
    document = checked_document()
    named = replace(document, findings=(replace(document.findings[0], fingerprint="0123456789abcdef"),))
    assert next(entries(Report((named,), "m"))).identity == "0123456789abcdef"


def test_what_is_suppressed_comes_only_when_asked_for() -> None:
    document = checked_document()
    first, *rest = document.findings
    report = Report(
        (replace(document, findings=tuple(rest), suppressed=(Suppressed(first, Suppression("inline")),)),), "m"
    )
    assert [e.finding.code for e in entries(report)] == ["TC101", "TC201"]
    shown = list(entries(report, suppressed=True))
    assert [e.finding.code for e in shown] == ["TC101", "TC201", "TC301"]
    assert [e.by for e in shown] == [None, None, Suppression("inline")]


def test_the_worst_come_first_and_failures_apart() -> None:
    report = sample_report()
    first, second, third = checked_document().findings
    mixed = replace(checked_document(), findings=(third, replace(first, score=0.1), second, first))
    found = worst_first(entries(Report((mixed,), "m")))
    assert [(e.finding.severity, e.finding.score) for e in found] == [
        ("error", 0.97), ("error", 0.1), ("warning", 0.8), ("note", 0.4),
    ]  # fmt: skip
    assert [d.id for d in failures(report)] == ["broken"]
