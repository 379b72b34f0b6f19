"""Untranslated text, wrong language, look-alike letters; the cases are in tests/cases/language.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from transcheck.checks.base import Context, Example
from transcheck.checks.language import CHECKS, check
from transcheck.text.sentences import segment
from transcheck.types import LANGS, Cell, Document, Encoder, Finding, Lang, Row, Version

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "language.toml").read_text(encoding="utf-8"))


def context(texts: Mapping[Lang, str], *, by_segment: bool = False) -> Context:
    """Make the context of a document: one row for all, or one row a segment where the versions run in step."""
    versions = tuple(Version(lang, texts[lang]) for lang in LANGS if lang in texts)
    segments = {v.lang: segment(v.text, v.lang) for v in versions}
    count = min(len(s) for s in segments.values()) if by_segment else 1
    rows = []
    for index in range(count):
        cells = []
        for v in versions:
            own = segments[v.lang][index : index + 1] if by_segment else segments[v.lang]
            place = v.place(own[0].span.start, own[-1].span.end)
            cells.append(Cell(v.lang, tuple(s.index for s in own), place))
        rows.append(Row(index, tuple(cells)))
    return Context(Document("d", versions), tuple(rows), segments, cast(Encoder, None))


def found(texts: Mapping[Lang, str], *, by_segment: bool = False) -> list[Finding]:
    return list(check(context(texts, by_segment=by_segment)))


@pytest.mark.parametrize("case", CASES["check"], ids=lambda c: (c.get("uk") or c.get("ru"))[:30])
@pytest.mark.parametrize("by_segment", [False, True], ids=["one row", "rows"])
def test_cases(case: dict[str, Any], by_segment: bool) -> None:
    texts = {lang: case[lang] for lang in LANGS if lang in case}
    seen = [[f.lang, f.code, f.span.text] for f in found(texts, by_segment=by_segment)]
    assert seen == case["found"]


@pytest.mark.parametrize(
    ("code", "example"),
    [(c.code, e) for c in CHECKS for e in c.examples],
    ids=lambda x: x if isinstance(x, str) else "-".join((x.source[0], x.wrong[0])),
)
def test_examples_hold(code: str, example: Example) -> None:
    assert [f.code for f in found(dict([example.source, example.wrong]))] == [code]
    assert found(dict([example.source, example.right])) == []


def test_codes_categories_and_severities() -> None:
    assert [(c.code, c.category, c.severity) for c in CHECKS] == [
        ("TC401", "untranslated", "error"),
        ("TC402", "language", "error"),
        ("TC403", "language", "warning"),
    ]


RU = "Мы ждали автобус почти два часа. Потом пошёл сильный дождь. Домой вернулись поздно вечером."
UK = "Ми чекали автобус майже дві години. Потім пішов сильний дощ. Додому повернулися пізно ввечері."
EN = "We waited almost two hours for the bus. Then heavy rain began. We came home late in the evening."


def test_a_version_that_is_copied_as_a_whole_is_one_finding() -> None:
    (finding,) = found({"ru": RU, "uk": RU, "en": EN}, by_segment=True)
    assert (finding.code, finding.lang, finding.row) == ("TC401", "uk", None)
    assert finding.span.text == RU
    assert [p.lang for p in finding.counterparts] == ["ru", "en"]


def test_a_version_in_a_wrong_language_is_one_finding() -> None:
    (finding,) = found({"uk": RU, "en": EN}, by_segment=True)
    assert (finding.code, finding.lang, finding.row) == ("TC402", "uk", None)
    assert "Russian" in finding.message


def test_a_near_copy_is_untranslated_and_points_to_its_source() -> None:
    (finding,) = found({"ru": RU, "uk": UK.replace("Потім пішов сильний дощ.", "Потом пошел сильный дождь!")})
    assert finding.code == "TC401"
    assert finding.counterparts[0].text == "Потом пошёл сильный дождь."


def test_neighbouring_passages_of_a_row_are_one_finding_and_places_are_exact() -> None:
    uk = "Мы ждали автобус почти два часа. Потом пошёл сильный дождь. Додому повернулися пізно ввечері."
    (finding,) = found({"ru": RU, "uk": uk, "en": EN})
    assert finding.span.text == "Мы ждали автобус почти два часа. Потом пошёл сильный дождь."
    assert uk[finding.span.start : finding.span.end] == finding.span.text


def test_clean_versions_draw_nothing() -> None:
    assert found({"ru": RU, "uk": UK, "en": EN}) == []
    assert found({"ru": RU, "uk": UK, "en": EN}, by_segment=True) == []


def test_many_look_alikes_of_a_row_are_one_finding() -> None:
    (finding,) = found({"uk": "Вiн пiшов додому, бо вечiр уже минув.", "en": "He went home, for the evening was over."})
    assert (finding.code, finding.span.text) == ("TC403", "Вiн")
    assert '"пiшов" for "пішов"' in finding.message
