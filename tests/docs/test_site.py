"""The site builds with --strict and without a network: every link leads somewhere, and no page loads anything."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
NOWHERE = "http://127.0.0.1:9"
"""A proxy that refuses: whatever is fetched while the site is built fails."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    environment |= dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), NOWHERE)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return folder


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.names |= {values[n] for n in ("id", "name") if n in values}
        if tag == "a":
            self.links.append(values.get("href", ""))
        elif tag == "link" and values.get("rel") not in ("canonical", "next", "prev"):
            self.loaded.append(values.get("href", ""))
        elif "src" in values:
            self.loaded.append(values["src"])


def _pages(site: Path) -> dict[Path, _Page]:
    made = {}
    for path in site.rglob("*.html"):
        made[path] = page = _Page()
        page.feed(path.read_text("utf-8"))
    return made


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = _pages(site)
    assert len(pages) > 10
    for path, page in pages.items():
        assert not [u for u in page.loaded if urlsplit(u).netloc], path.name
    for sheet in site.rglob("*.css"):
        assert not re.search(r"(?:@import|url\()\s*['\"]?(?:https?:)?//", sheet.read_text("utf-8")), sheet.name


def test_every_link_within_the_site_leads_to_a_page_and_a_place_on_it(site: Path) -> None:
    pages = _pages(site)
    for path, page in pages.items():
        if path.name == "404.html":
            continue  # its links count from the root of wherever it is published
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc or not link:
                continue
            target = (path.parent / parts.path).resolve() if parts.path else path
            target = target / "index.html" if target.is_dir() else target
            assert target.exists(), f"{path.relative_to(site)}: {link}"
            if parts.fragment and target in pages:
                assert parts.fragment in pages[target].names, f"{path.relative_to(site)}: {link}"


def test_every_check_has_the_place_that_reports_link_to(site: Path) -> None:
    from transcheck.checks.registry import CHECKS
    from transcheck.types.check import HELP_URL

    pages = _pages(site)
    for check in CHECKS:
        address, _, name = check.url.removeprefix(HELP_URL).partition("#")
        assert name in pages[site / address / "index.html"].names, check.url
