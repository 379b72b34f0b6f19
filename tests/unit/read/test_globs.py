"""Patterns of paths."""

from __future__ import annotations

import pytest

from transcheck.read.globs import matches


@pytest.mark.parametrize(
    ("pattern", "fits", "fits_not"),
    [
        ("drafts", ["drafts", "drafts/a.md", "x/drafts/a.md"], ["draft/a.md", "mydrafts/a.md", "drafts.md"]),
        ("drafts/", ["drafts/a.md", "x/drafts/y/a.md"], ["adrafts/a.md"]),
        ("*.uk.md", ["a.uk.md", "x/y/b.uk.md"], ["a.uk.mdx", "uk.md"]),
        ("content/*/a.md", ["content/x/a.md"], ["content/a.md", "content/x/y/a.md", "z/content/x/a.md"]),
        ("content/**/a.md", ["content/a.md", "content/x/a.md", "content/x/y/a.md"], ["content/xa.md"]),
        ("**/old/**", ["old/a.md", "x/old/y/a.md"], ["old.md", "bold/a.md"]),
        ("content/**", ["content/a", "content/x/a"], ["contents/a"]),
        ("/top.md", ["top.md"], ["x/top.txt"]),
        ("./a/b", ["a/b", "a/b/c"], ["x/a/b"]),
        ("a?.md", ["ab.md", "x/ac.md"], ["a.md", "a/.md"]),
        ("a+(b).md", ["a+(b).md"], ["aab.md"]),
    ],
)
def test_patterns(pattern: str, fits: list[str], fits_not: list[str]) -> None:
    assert [p for p in fits if not matches(p, [pattern])] == []
    assert [p for p in fits_not if matches(p, [pattern])] == []
    assert not matches(fits[0], [])
