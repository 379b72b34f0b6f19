"""Quotations as quotations: every example of the checks, and what is no finding."""

from __future__ import annotations

import pytest

from transcheck.checks import insertions, quote_places, quoting
from transcheck.checks.base import Example
from transcheck.encode import load_encoder
from transcheck.run.quoted import judge_quotes
from transcheck.types import Document, DocumentReport, Finding, Lang, Version

EXAMPLES = [(c.code, e) for m in (insertions, quote_places, quoting) for c in m.CHECKS for e in c.examples]


def judged(**articles: str) -> list[DocumentReport]:
    versions = tuple(Version(lang, text, f"x.{lang}.txt") for lang, text in articles.items())  # type: ignore[arg-type]
    return list(judge_quotes(Document("x", versions, articles=True), load_encoder(None)))


def alarms(**articles: str) -> list[tuple[str, Lang | None]]:
    return [(f.code, f.lang) for f in _loud(judged(**articles))]


def _loud(reports: list[DocumentReport]) -> list[Finding]:
    return [f for r in reports for f in r.findings if f.severity != "note"]


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else x.wrong[0])
def test_examples_hold(code: str, example: Example) -> None:
    assert [c for c, _ in alarms(**dict([example.source, example.wrong]))] == [code]
    assert alarms(**dict([example.source, example.right])) == []
