from __future__ import annotations

from typing import Any

import pytest

from tests.unit.checks.rows import cases, context, run, sure
from transcheck.checks import contrast
from transcheck.types import LANGS


@pytest.mark.parametrize("case", cases("contrast"), ids=lambda c: c["name"])
def test_case(case: dict[str, Any]) -> None:
    found = [[f.lang or "", f.severity] for f in run(case, contrast.check)]
    assert found == case["findings"]


@pytest.mark.parametrize("example", [e for c in contrast.CHECKS for e in c.examples], ids=lambda e: e.wrong[1])
def test_declared_source_puts_the_fault_on_the_translation(example: Any) -> None:
    source, _ = example.source
    texts = {lang: dict([example.source, example.wrong])[lang] for lang in LANGS if lang in (source, example.wrong[0])}
    found = sure(contrast.check(context(texts, LINKS, source)))
    assert [f.lang for f in found] == [example.wrong[0]]


@pytest.mark.parametrize("example", [e for c in contrast.CHECKS for e in c.examples], ids=lambda e: e.right[1])
def test_right_example_draws_nothing(example: Any) -> None:
    texts = dict([example.source, example.right])
    assert sure(contrast.check(context({lang: texts[lang] for lang in LANGS if lang in texts}, LINKS))) == []


def test_one_filled_cell_draws_nothing() -> None:
    assert sure(contrast.check(context({"ru": "Все не открыли и должны были."}))) == []


LINKS = (
    "видел saw see",
    "Свидетель witness",
    "нападавших attackers",
    "подписали підписали",
    "соглашение угоду",
    "left залишили",
    "soldiers Солдати",
    "village село",
)
