"""What a run of ``check`` comes to."""

from __future__ import annotations

from dataclasses import replace

from tests.reports import checked_document, clean_document, failed_document, sample_report
from transcheck.checks.registry import CHECKS
from transcheck.report.tally import details, statistics, summary
from transcheck.types import Report, Skipped, Suppressed, Suppression

SKIPPED = (
    Skipped("b.ru.md", "alone", "b.ru.md: no other version stands beside it; add b.uk.md"),
    Skipped("README.md", "untold", "README.md: the name tells no language"),
    Skipped("x.ru.md", "excluded", "x.ru.md: excluded (transcheck.toml)", settled=True),
)


def test_the_last_line_says_what_was_checked_found_suppressed_and_not_checked() -> None:
    assert summary(Report((clean_document(),), "m")) == (
        "1 document checked, 8 rows: no findings; 0 suppressed; 0 not checked"
    )
    document = checked_document()
    by = (Suppression("inline", "why", "a:1"), Suppression("baseline"), Suppression("since"))
    silent = tuple(Suppressed(f, b) for f, b in zip(document.findings, by, strict=True))
    report = Report((replace(document, findings=document.findings[:1], suppressed=silent), failed_document()), "m")
    assert summary(replace(report, skipped=SKIPPED)) == (
        "1 document checked, 4 rows: 1 error; 3 suppressed (1 by comments, 1 in the baseline, 1 older than the change)"
        "; 2 not checked (1 error, 1 without another version); left out: 1 whose names tell no language, 1 excluded"
    )


def test_statistics() -> None:
    assert statistics(sample_report(), CHECKS).splitlines() == [
        "by check",
        "  1  TC101 passage-omitted",
        "  1  TC201 meaning-differs",
        "  1  TC301 number-changed",
        "by language",
        "  2  en",
        "  1  ru/uk",
        "by document",
        "  3  river",
    ]
    assert statistics(Report((clean_document(),), "m")) == "no findings\n"


def test_details_name_every_document_and_every_file_left_out() -> None:
    assert list(details(Report((checked_document(), failed_document()), "m", skipped=SKIPPED[:1]))) == [
        "river: 3 findings (river.ru.txt, river.uk.txt, river.en.txt)",
        "not checked: b.ru.md: no other version stands beside it; add b.uk.md",
    ]
