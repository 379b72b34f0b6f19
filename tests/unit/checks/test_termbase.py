"""TC208 over the cases in tests/cases/termbase.toml, over neighbouring rows, and beside what else is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.unit.checks.rows import CASES, LinkedEncoder, cases, context
from transcheck.checks import termbase
from transcheck.checks.base import Context
from transcheck.checks.glossary import glossary
from transcheck.encode import load_encoder
from transcheck.run.config import Config, Setting
from transcheck.run.pipeline import compare_document
from transcheck.run.quoted import judge_quotes
from transcheck.run.resolve import undoubled
from transcheck.run.selection import Selection
from transcheck.run.termbase import read_termbases
from transcheck.types import LANGS, Cell, Document, Example, Finding, Lang, Report, Row, Termbase, Version

SAMPLE = Path(__file__).parents[3] / "samples" / "termbase" / "terms.tsv"


@cache
def terms(path: Path = CASES / "termbase.tsv") -> Termbase:
    return read_termbases([path], "test")


def found(texts: Mapping[Lang, str], path: Path = CASES / "termbase.tsv") -> list[Finding]:
    ctx = replace(context(texts, prefix="— "), termbase=terms(path))
    findings = list(termbase.check(ctx))
    for place in (p for f in findings for p in (f.span, *f.counterparts)):
        version = ctx.document.version(place.lang)
        assert version is not None
        assert version.text[place.start : place.end] == place.text
    return findings


@pytest.mark.parametrize("case", cases("termbase"), ids=lambda c: c["name"])
def test_cases(case: dict[str, Any]) -> None:
    findings = found({lang: case[lang] for lang in LANGS if lang in case})
    assert [[f.lang, f.severity] for f in findings] == case["findings"]
    if "words" in case:
        assert [f.span.text for f in findings] == case["words"]


def test_the_cases_cover_every_pair_of_languages_with_and_without_findings() -> None:
    for pair in (("ru", "uk"), ("ru", "en"), ("uk", "en")):
        there = [c for c in cases("termbase") if set(pair) <= set(c)]
        assert any(c["findings"] for c in there), pair
        assert any(not c["findings"] for c in there), pair


@pytest.mark.parametrize("example", termbase.TERMBASE.examples, ids=lambda e: e.wrong[0])
def test_examples_by_the_sample(example: Example) -> None:
    wrong = found(dict([example.source, example.wrong]), SAMPLE)
    assert [(f.code, f.lang, f.severity) for f in wrong] == [("TC208", example.wrong[0], "error")]
    assert found(dict([example.source, example.right]), SAMPLE) == []


def test_the_message_names_concept_words_allowed_ones_and_the_reason() -> None:
    (finding,) = found({"ru": "Спецоперация идёт.", "uk": "Війна триває."})
    assert finding.message == (
        "forbidden term for [war]: ru “Спецоперация”, where uk “Війна”; "
        "allowed in ru: война, вторжение (style guide, 3.2)"
    )
    assert [p.text for p in finding.counterparts] == ["Війна"]
    (finding,) = found({"ru": "Обменяли военнопленных.", "uk": "Обміняли їх."})
    assert finding.message == (
        "required term for [prisoner of war]: uk has none, where ru “военнопленных”; allowed in uk: військовополонений"
    )


def test_without_a_termbase_nothing_is_looked_for() -> None:
    assert list(termbase.check(context({"ru": "Спецоперация идёт.", "uk": "Війна триває."}))) == []


def test_every_occurrence_has_a_finding_of_its_own() -> None:
    findings = found({"ru": "Спецоперация, спецоперации, спецоперацию.", "uk": "Війна, війни."})
    assert [f.span.text for f in findings] == ["Спецоперация", "спецоперации", "спецоперацию"]
    assert [[p.text for p in f.counterparts] for f in findings] == [["Війна"], ["війни"], ["війни"]]


def _rows(ru: tuple[str, str], en: tuple[str, str]) -> Context:
    versions = (Version("ru", " ".join(ru)), Version("en", " ".join(en)))
    rows = []
    for number in (0, 1):
        cells = []
        for version, texts in zip(versions, (ru, en), strict=True):
            start = number * (len(texts[0]) + 1)
            cells.append(Cell(version.lang, (number,), version.place(start, start + len(texts[number]))))
        rows.append(Row(number, tuple(cells)))
    return Context(Document("case", versions), tuple(rows), {}, LinkedEncoder(), termbase=terms())


def test_a_required_term_in_the_next_sentence_is_not_missing() -> None:
    apart = _rows(("Военнопленных ждали.", "Их обменяли утром."), ("They were waited for.", "The POWs were exchanged."))
    assert list(termbase.check(apart)) == []
    missing = _rows(("Военнопленных ждали.", "Их обменяли утром."), ("They were waited for.", "They were exchanged."))
    assert [(f.row, f.lang) for f in termbase.check(missing)] == [(0, "en")]


def test_two_terms_of_the_same_words_speak_only_where_the_other_version_tells(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("concept\tru\tuk\tru-forbidden\nwar\tвойна\tвійна\tконфликт\nclash\tконфликт\tсутичка\n", "utf-8")
    assert found({"ru": "Конфликт начался утром.", "uk": "Сутичка почалася вранці."}, path) == []
    assert [f.severity for f in found({"ru": "Конфликт идёт год.", "uk": "Війна триває рік."}, path)] == ["error"]


def test_flags_and_wildcards(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text(
        "concept\tru\tuk-forbidden\tflags\nmill\tзавод\tмлин\texact\nwaste\tмусор\tсмітт*\t\nEast\tВосток\tСхід\tcase\n",
        "utf-8",
    )
    assert [f.span.text for f in found({"uk": "Млин, млини, смітники, сміттєвий, схід, Сходу."}, path)] == [
        "Млин",
        "сміттєвий",
        "Сходу",
    ]


def test_quotation_marks_between_the_words_of_a_term_play_no_part(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text(
        "ru\ten\tru-forbidden\ten-forbidden\nтак называемая ДНР\tso-called DNR\tДНР\tDNR\n"
        "батальон «Азов»\tAzov battalion\t\t\n«Новая газета»\t“Novaya Gazeta”\t\t\n«Канал 24»\tChannel 24\t\t\n",
        "utf-8",
    )
    assert found({"ru": "Жил в так называемой «ДНР».", "en": "He lived in the so-called “DNR”."}, path) == []
    text = "В батальоне “Азов” и в батальоне Азов читали «Новую газету» и Новую газету, смотрели Канал «24»."
    uses = [u.text for u in glossary(terms(path)).uses(text, "ru")]
    assert uses == ["батальоне “Азов", "батальоне Азов", "Новую газету", "Новую газету", "Канал «24"]


def test_uses_are_the_longest_and_in_order() -> None:
    text = "Специальная военная операция и конфликт, конфликт интересов, F-16"
    uses = glossary(terms()).uses(text, "ru")
    assert [u.text for u in uses] == ["Специальная военная операция", "конфликт", "конфликт интересов", "F-16"]
    assert all(text[u.start : u.end] == u.text for u in uses)


DOUBLED: dict[Lang, str] = {
    "ru": "Специальная военная операция идёт третий год.",
    "uk": "Війна триває третій рік.",
    "en": "The war is in its third year.",
}


@pytest.mark.slow
def test_the_packaged_table_says_nothing_more_of_the_same_words() -> None:
    document = Document("x", tuple(Version(lang, text) for lang, text in DOUBLED.items()))
    encoder = load_encoder("fast")
    assert [f.code for f in compare_document(document, encoder).findings] == ["TC205"]
    report = compare_document(document, encoder, terms())
    chosen = [
        ({}, ["TC208"]),
        ({"ignore": ("termbase",)}, ["TC205"]),
        ({"select": ("TC205",)}, ["TC205"]),
        ({"severity": (("TC208", "off"),)}, ["TC205"]),
        ({"severity": (("TC208", "note"),)}, ["TC208"]),
        ({"ignore": ("TC205",)}, ["TC208"]),
    ]
    for values, codes in chosen:
        config = Config(**{name: Setting(value, "test") for name, value in values.items()})
        assert [f.code for f in Selection(config).apply(report).findings] == codes, values
    whole = undoubled(Report((report,), encoder.id))
    assert [(f.code, f.lang) for f in whole.documents[0].findings] == [("TC208", "ru")]


@pytest.mark.slow
def test_quotations_of_articles_are_judged_by_the_terms_too() -> None:
    articles: dict[Lang, str] = {
        "ru": "Мэр сказал: «Специальная военная операция идёт третий год, и люди устали».",
        "uk": "Мер сказав: «Війна триває третій рік, і люди втомилися».",
    }
    document = Document("x", tuple(Version(lang, text) for lang, text in articles.items()), articles=True)
    (report,) = judge_quotes(document, load_encoder("fast"), terms())
    assert ("TC208", "ru") in [(f.code, f.lang) for f in report.findings]
    assert "TC205" not in [f.code for f in Selection(Config()).apply(report).findings]
