"""TC105: a language that every text must have (``require``) and one has not."""

from __future__ import annotations

from collections.abc import Sequence

from transcheck.checks.missing import CHECK
from transcheck.types import LANGS, Document, Finding, Lang


def missing_versions(document: Document, required: Sequence[Lang]) -> tuple[Finding, ...]:
    """Return a finding for every required language in which there is no version, at the beginning of the first one."""
    absent = [lang for lang in LANGS if lang in required and lang not in document.langs]
    there = ", ".join(v.origin or v.lang for v in document.versions)
    span = document.versions[0].place(0, 0)
    return tuple(
        Finding(
            CHECK.code, CHECK.category, CHECK.severity, lang, 1.0, f"there is no {lang} version beside {there}", span
        )
        for lang in absent
    )
