"""What the page of the checks shows is true of the whole program, not of the check alone."""

from __future__ import annotations

from functools import cache

import pytest

import transcheck
from transcheck.checks.registry import CHECKS
from transcheck.types import LANGS, Check, Encoder, Example, Lang

ELSEWHERE = {"TC105", "TC208", "TC504", "TC505", "TC506", "TC507", "TC901", "TC902"}
"""Of quotations of articles, and of suppressions: tests/unit/checks/test_quoting.py and tests/unit/run/test_suppress.py
go through their examples; those of a missing version are names of files, and
those of a termbase need one: tests/unit/checks/test_termbase.py."""

EXAMPLES = [(c.code, e) for c in CHECKS if c.code not in ELSEWHERE for e in c.examples]


@cache
def _encoder() -> Encoder:
    return transcheck.load_encoder()


def _found(one: tuple[Lang, str], other: tuple[Lang, str]) -> list[transcheck.Finding]:
    return list(transcheck.compare(dict([one, other]), model=_encoder(), source_lang=one[0]).findings)


@pytest.mark.slow
@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else x.wrong[0])
def test_the_wrong_version_draws_the_finding_and_the_right_one_none(code: str, example: Example) -> None:
    assert (code, example.wrong[0]) in [(f.code, f.lang) for f in _found(example.source, example.wrong)]
    assert [f for f in _found(example.source, example.right) if f.severity != "note"] == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.code)
def test_every_check_has_an_example_that_is_wrong_in_each_language(check: Check) -> None:
    assert {e.wrong[0] for e in check.examples} == set(LANGS)
    assert all(e.right[0] == e.wrong[0] != e.source[0] for e in check.examples)
