"""The exit code is a property of the report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reports import checked_document, clean_document, failed_document
from transcheck.types import Report, Skipped

ALONE = Skipped("b.ru.md", "alone", "b.ru.md: no other version")


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report((clean_document(),), "m"), 0),
        (Report((checked_document(),), "m"), 1),
        (Report((checked_document(), failed_document()), "m"), 2),
        (Report((checked_document(),), "m", fail_levels=(("TC301", "never"),)), 0),
        (Report((checked_document(),), "m", "never", (("TC101", "warning"),)), 1),
        (Report((checked_document(),), "m", "never", (("TC301", "never"),)), 0),
        (Report((), "m"), 2),
        (Report((), "m", skipped=(ALONE,)), 2),
        (Report((), "m", skipped=(ALONE, replace(ALONE, settled=True))), 0),
        (Report((clean_document(),), "m", skipped=(ALONE,)), 0),
        (Report((failed_document(),), "m", skipped=(replace(ALONE, settled=True),)), 2),
    ],
)
def test_exit_code(report: Report, code: int) -> None:
    assert report.exit_code == code


def test_which_findings_fail_the_run() -> None:
    report = Report((checked_document(),), "m", "warning", (("TC101", "error"),))
    assert [f.code for f in report.findings if report.fails(f)] == ["TC301"]
