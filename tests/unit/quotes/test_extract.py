"""Quotations of small articles: their words, kinds, speakers, elisions and insertions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from transcheck.quotes.extract import quotes
from transcheck.quotes.forms import WORD, same_word
from transcheck.read.text import blocks, masked
from transcheck.text.translit import fold
from transcheck.types import Version

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "quotes.toml").read_text("utf-8"))["case"]


def version(case: dict[str, Any]) -> Version:
    text = case["text"]
    if not case.get("markdown"):
        return Version(case["lang"], text, "x.txt")
    return Version(case["lang"], text, "x.md", blocks(text, markdown=True), masked(text, markdown=True))


def same_name(a: str, b: str) -> bool:
    one, other = ([fold(w) for w in WORD.findall(name)] for name in (a, b))
    return len(one) == len(other) and all(same_word(x, y) for x, y in zip(one, other, strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['lang']}: {c['about']}")
def test_cases(case: dict[str, Any]) -> None:
    article = version(case)
    found = [q for q in quotes(article) if case.get("indirect") or q.kind != "indirect"]
    assert [(q.kind, q.text) for q in found] == [(kind, text) for kind, _, text in case["quotes"]]
    for quote, (_, speaker, _) in zip(found, case["quotes"], strict=True):
        assert same_name(quote.speaker, speaker), (quote.speaker, speaker)
        assert all(p.of(article.text) in article.text for p in quote.parts)
    assert [s.of(article.text) for q in found for s in q.elisions] == case.get("elisions", [])
    assert [s.of(article.text) for q in found for s in q.insertions] == case.get("insertions", [])
