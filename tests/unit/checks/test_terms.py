from __future__ import annotations

from typing import Any

import pytest

from tests.unit.checks.rows import cases, context, run, sure
from transcheck.checks import terms
from transcheck.types import LANGS


@pytest.mark.parametrize("case", cases("terms"), ids=lambda c: c["name"])
def test_terminology(case: dict[str, Any]) -> None:
    assert [[f.lang or "", f.severity] for f in run(case, terms.terminology)] == case["findings"]


@pytest.mark.parametrize("case", cases("softened"), ids=lambda c: c["name"])
def test_softened(case: dict[str, Any]) -> None:
    assert [[f.lang or "", f.severity] for f in run(case, terms.softened)] == case["findings"]


@pytest.mark.parametrize("check", terms.CHECKS, ids=lambda c: c.slug)
def test_examples(check: Any) -> None:
    for example in check.examples:
        wrong, right = dict([example.source, example.wrong]), dict([example.source, example.right])
        found = sure(terms.check(context({x: wrong[x] for x in LANGS if x in wrong}, (), example.source[0])))
        assert [(f.code, f.lang) for f in found] == [(check.code, example.wrong[0])]
        assert sure(terms.check(context({x: right[x] for x in LANGS if x in right}))) == []
