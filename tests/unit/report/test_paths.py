from __future__ import annotations

import pytest

from transcheck.report.paths import Base

HERE = Base("/repo", "/repo/content")


@pytest.mark.parametrize(
    ("base", "origin", "path", "uri"),
    [
        (Base(), "a/b.md", "a/b.md", "a/b.md"),
        (Base(), "./a/../b.md", "b.md", "b.md"),
        (HERE, "ru/a.md", "content/ru/a.md", "content/ru/a.md"),
        (HERE, "../b.md", "b.md", "b.md"),
        (HERE, "/repo/x.md", "x.md", "x.md"),
        (HERE, "/repository/x.md", "/repository/x.md", "file:///repository/x.md"),
        (HERE, "../../out.md", "/out.md", "file:///out.md"),
        (Base(), "C:\\a\\b.md", "C:/a/b.md", "file:///C:/a/b.md"),
        (Base("C:/a", "C:/a"), "C:\\a\\b.md", "b.md", "b.md"),
        (Base(), "ru\\b.md", "ru/b.md", "ru/b.md"),
        (Base(), "стаття 1.md", "стаття 1.md", "%D1%81%D1%82%D0%B0%D1%82%D1%82%D1%8F%201.md"),
        (Base(), "a#b?c:d%.md", "a#b?c:d%.md", "a%23b%3Fc%3Ad%25.md"),
        (Base(), "", "", ""),
    ],
)
def test_names_are_seen_from_the_root(base: Base, origin: str, path: str, uri: str) -> None:
    assert base.path(origin) == path
    assert base.uri(origin) == uri
