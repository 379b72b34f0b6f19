from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from tests.reports import (
    checked_document,
    clean_document,
    failed_document,
    nasty_document,
    quoted_documents,
    suppressed_document,
    whole_report,
)
from transcheck.report import html
from transcheck.report.paths import Base
from transcheck.types import HELP_URL, DocumentReport, Report

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and what stands in each kind; unbalanced tags are an error."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        assert len(attrs) == len(dict(attrs)), f"{tag}: an attribute twice"
        if tag not in VOID:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open[-1]][-1] += data

    def all(self, tag: str, kind: str = "") -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and (not kind or kind in (a.get("class") or "").split())]


def _page(*documents: DocumentReport, base: Base | None = None) -> Page:
    return Page(html.render(Report(documents, "m"), base))


@pytest.mark.parametrize(
    "report",
    [whole_report(), Report((clean_document(),), "m"), Report((failed_document(),), "m"), Report((), "m")],
    ids=["whole", "clean", "failed", "empty"],
)
def test_a_page_is_balanced_inert_and_alone(report: Report) -> None:
    made = html.render(report)
    page = Page(made)
    assert "$" not in re.sub(r"<script>.*?</script>", "", made, flags=re.DOTALL)
    ids = [a["id"] for _, a in page.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, attributes in page.elements:
        assert not [
            name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset", "action")
        ]
        assert tag not in ("img", "link", "iframe", "object", "embed", "base")
        href = attributes.get("href")
        assert href is None or href.startswith(("#", f"{HELP_URL}findings/#"))
    for target in (a["href"] for a in page.all("a") if (a["href"] or "").startswith("#")):
        assert target is not None
        assert target[1:] in ids


def test_the_policy_allows_the_style_and_the_script_of_the_page_and_nothing_else() -> None:
    page = _page(nasty_document())
    policy = next(a["content"] for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for tag in ("style", "script"):
        (text,) = page.texts[tag]
        digest = base64.b64encode(sha256(text.encode()).digest()).decode()
        assert parts[f"{tag}-src"] == f"'sha256-{digest}'"
    assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
    (script,) = page.texts["script"]
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|https?:|fetch|XMLHttp", script)
    (style,) = page.texts["style"]
    assert not re.search(r"url\(|@import|https?:", style)


def test_html_in_texts_is_text() -> None:
    name = '"><img src=x onerror=alert(1)>'
    document = nasty_document()
    assert document.document is not None
    versions = tuple(replace(v, origin=f"{name}{v.origin}") for v in document.document.versions)
    bad = replace(document, id=name, document=replace(document.document, versions=versions))
    page = _page(bad, replace(failed_document(), id=name, error=name))
    assert Counter(tag for tag, _ in page.elements)["script"] == 1
    assert page.all("img") == []
    assert "<script>alert(1)</script> & *всё* | й\u0306 [раз](2) @all #1 100%: 7" in page.texts["mark"]
    assert page.texts["h2"].count(name) == 2


def test_versions_stand_side_by_side_in_their_languages() -> None:
    page = _page(checked_document(), base=Base("/repo", "/repo/texts"))
    assert [t for t in page.texts["th"] if t and not t.isdigit()] == ["Russian", "Ukrainian", "English"]
    assert page.texts["code"][:3] == ["texts/river.ru.txt", "texts/river.uk.txt", "texts/river.en.txt"]
    assert Counter(a.get("lang") for a in page.all("td"))["uk"] == 4


def test_every_mark_belongs_to_a_finding_of_its_document() -> None:
    made = html.render(whole_report())
    for section in re.findall(r'<section class="document.*?</section>', made, flags=re.DOTALL):
        numbers = set(re.findall(r'data-n="(\d+)"', section))
        marked = {n for of in re.findall(r'data-f="([\d ]+)"', section) for n in of.split()}
        assert marked <= numbers
        if "<table>" in section:
            assert marked == numbers


def test_the_place_at_fault_is_marked_otherwise_than_its_counterparts() -> None:
    page = _page(checked_document())
    marks = dict(zip(page.texts["mark"], (a["class"] for a in page.all("mark")), strict=True))
    assert marks["forty"] == "error fault"
    assert marks["четырнадцать"] == "error"
    assert marks["∅"] == "warning fault"
    assert marks["увезли"] == marks["вивезли"] == "note fault"


def test_what_is_suppressed_is_marked_as_such_and_says_why() -> None:
    page = _page(suppressed_document())
    assert [a["class"] for a in page.all("article")] == ["finding error silent"] * 3
    assert "suppressed by comments: bridge.uk.md:1; the clock is local" in page.texts["p"]
    assert {a["class"] for a in page.all("mark")} == {"error silent", "error fault silent"}
    assert [a["value"] for a in page.all("input") if a["name"] == "silent"] == ["1"]
    assert "checked" not in next(a for a in page.all("input") if a["name"] == "silent")


def test_findings_can_be_chosen_by_all_that_they_have() -> None:
    page = _page(checked_document(), nasty_document())
    assert [a["value"] for a in page.all("input") if a["name"] == "severity"] == ["error", "warning", "note"]
    assert [a["value"] for a in page.all("input") if a["name"] == "lang"] == ["ru", "uk", "en", "none"]
    values = [a["value"] for a in page.all("option")]
    assert values == ["", "TC101", "TC201", "TC301", "", "d1", "d2"]
    labelled = {a["for"] for a in page.all("label") if "for" in a}
    assert labelled == {"q", "code", "document"}
    assert {a["data-code"] for a in page.all("article")} == {"TC101", "TC201", "TC301"}


def test_documents_without_findings_are_named_and_failures_shown() -> None:
    page = _page(clean_document(), failed_document())
    assert page.all("section")[0]["class"] == "document unchecked"
    assert len(page.all("section")) == 1
    assert "clean" in page.texts["li"]
    assert any(t.startswith("not checked: uk is empty") for t in page.texts["p"])


def test_quotations_have_their_verdict_and_places() -> None:
    page = _page(*quoted_documents())
    assert [t for t in page.texts["span"] if t in ("drifted", "unsupported")] == ["drifted", "unsupported"]
    assert page.texts["blockquote"] == ["Это дорого"]
    assert "bridge.ru.pdf, page 2, character 32" in page.texts["code"]


def test_long_stretches_without_findings_can_be_folded() -> None:
    document = clean_document()
    last = document.rows[-1]
    found = checked_document().findings[0]
    finding = replace(found, lang="uk", span=last.cells[1].place, counterparts=(), row=last.index)
    page = _page(replace(document, findings=(finding,)))
    assert [a.get("class") for a in page.all("tbody")] == ["clean", None]
    assert len(page.all("tr", "clean")) == 7


def test_the_page_is_the_same_every_time() -> None:
    assert html.render(whole_report()) == html.render(whole_report())


def test_without_scripts_everything_can_be_read() -> None:
    made = html.render(whole_report())
    assert '<form class="filters" hidden>' in made
    assert not re.search(r"<(?:section|article|tbody|tr)[^>]* hidden", made)
