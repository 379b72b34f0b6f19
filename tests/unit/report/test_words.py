from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from tests.reports import checked_document, failed_document, sample_report
from transcheck.report.words import at_fault, failure, headline, one_line, plural, summary, tally
from transcheck.types import Report, Suppressed, Suppression


def test_text_on_one_line_keeps_its_length() -> None:
    text = "рядок\r\nдругий\tтретій\x1b[31m\u2028\u202eкінець\x00"
    safe = one_line(text)
    assert len(safe) == len(text)
    assert not set(safe) & set("\r\n\t\x1b\u2028\u202e\x00")
    assert one_line("«Їжак» — …") == "«Їжак» — …"


@pytest.mark.parametrize(("number", "text"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (1234, "1,234 rows")])
def test_plural(number: int, text: str) -> None:
    assert plural(number, "row") == text


def test_headline_names_the_versions_that_disagree() -> None:
    error, _, note = checked_document().findings
    assert headline(error) == "error TC301 number en"
    assert at_fault(note) == "ru/uk"
    assert at_fault(replace(note, counterparts=())) == "ru"


def test_tally_leaves_out_zeros() -> None:
    assert tally({"error": 2, "warning": 0, "note": 1}) == "2 errors, 1 note"
    assert tally({"error": 0, "warning": 0, "note": 0}) == "no findings"


def test_a_failure_names_its_document_once() -> None:
    assert failure(failed_document()) == "broken: uk is empty: a record needs text in two of ru, uk and en"
    assert failure(replace(failed_document(), error="broken: a\nb")) == "broken: a b"


def test_summary_counts_what_was_not_checked() -> None:
    assert summary(sample_report()).endswith("1 error, 1 warning, 1 note; 1 document not checked")
    assert summary(Report((), "m")) == "0 documents, 0 rows: no findings"


def test_summary_counts_what_is_suppressed() -> None:
    document = checked_document()
    kinds: tuple[Literal["inline", "baseline", "since"], ...] = ("since", "inline", "since")
    by = tuple(Suppressed(document.findings[0], Suppression(kind)) for kind in kinds)
    report = Report((replace(document, findings=(), suppressed=by),), "m")
    assert summary(report) == "1 document, 4 rows: no findings; 3 suppressed (1 by comments, 2 older than the change)"
