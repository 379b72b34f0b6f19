"""A finding is known again by its content, however the text around it moves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import TEXTS, checked_document
from transcheck.encode import load_encoder
from transcheck.read.bilingual import read_units
from transcheck.read.documents import document_from_files
from transcheck.run.batch import run_documents
from transcheck.run.fingerprint import DIGITS, distinct, plain, stamp, stamp_all
from transcheck.run.pipeline import compare_document
from transcheck.types import Document, DocumentReport, Lang, Place, Version

RU = (
    "Мы вышли к реке в шесть утра. Нас было четырнадцать, и никто не стрелял.\n\n"
    "«Отпустите их», — сказал командир. Потом нас увезли в Донецк на двух машинах.\n"
)
EN = (
    "We reached the river at six in the morning. There were forty of us, and nobody fired.\n\n"
    "“Let them go,” the commander said. Then we were taken to Donetsk in seven cars.\n"
)
CHANGES: dict[str, Callable[[str], str]] = {
    "moved down": lambda text: f"\n\n\n{text}",
    "wrapped anew": lambda text: re.sub(r" (?=\S+ \S+ )", "\n", text),
    "blanks": lambda text: text.replace(". ", ".  ").replace(" в ", "\u00a0в ").replace(" of ", "\u00a0of "),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "straight quotes": lambda text: re.sub("[«»“”]", '"', text),
    "other quotes": lambda text: text.translate(str.maketrans("«»“”", "„“‘’")),
}


def fingerprints(report: DocumentReport) -> list[str]:
    return sorted(f.fingerprint for f in report.findings)


def checked(folder: Path, ru: str = RU, en: str = EN, suffix: str = "md") -> list[str]:
    paths = [folder / f"river.{lang}.{suffix}" for lang in ("ru", "en")]
    for path, text in zip(paths, (ru, en), strict=True):
        path.write_bytes(text.encode())
    found = fingerprints(compare_document(document_from_files(paths), load_encoder("fast")))
    assert len(found) > 1
    assert len(set(found)) == len(found)
    return found


@pytest.mark.parametrize("suffix", ["md", "txt"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_finding_is_known_again(tmp_path: Path, change: str, suffix: str) -> None:
    before = checked(tmp_path, suffix=suffix)
    change_ = CHANGES[change]
    assert checked(tmp_path, change_(RU), change_(EN), suffix) == before
    assert checked(tmp_path, RU, change_(EN), suffix) == before


def test_markup_that_moves_to_another_line_changes_nothing(tmp_path: Path) -> None:
    quoted = EN.replace("There were forty of us", "There were **forty** of us")
    one = "".join(f"> {line}\n" for line in quoted.split("\n\n"))
    many = one.replace(" of us", "\n> of us").replace(" in seven", "\n> in seven")
    assert checked(tmp_path, en=one) == checked(tmp_path, en=many)


@pytest.mark.parametrize(("old", "new"), [("forty", "fifty"), ("forty", "Forty"), ("четырнадцать", "тринадцать")])
def test_other_words_are_another_finding(tmp_path: Path, old: str, new: str) -> None:
    before = checked(tmp_path)
    assert checked(tmp_path, RU.replace(old, new), EN.replace(old, new)) != before


def test_the_document_and_the_code_count() -> None:
    report = checked_document()
    assert report.document is not None
    first = stamp(report)
    renamed = stamp(replace(report, document=replace(report.document, id="lake")))
    assert not set(fingerprints(first)) & set(fingerprints(renamed))
    recoded = stamp(replace(report, findings=tuple(replace(f, code="TC102") for f in report.findings)))
    assert not set(fingerprints(first)) & set(fingerprints(recoded))
    assert all(re.fullmatch(rf"[0-9a-f]{{{DIGITS}}}", f) for f in fingerprints(first))


def test_a_version_as_a_whole_is_the_same_whatever_it_says() -> None:
    report = checked_document()
    whole = replace(report.findings[0], code="TC402", category="language", row=None)
    longer = replace(whole, span=replace(whole.span, end=whole.span.end + 4, text=whole.span.text + " of"))
    one, other = (stamp(replace(report, findings=(f,))) for f in (whole, longer))
    assert fingerprints(one) == fingerprints(other)


WORDS = st.lists(
    st.sampled_from(["он", "сказал", "не", "forty", "«да»", '"no"', "шість", "it’s"]), min_size=1, max_size=9
)


@settings(deadline=None)
@given(WORDS, st.lists(st.sampled_from([" ", "\n", "\r\n  ", "\u00a0", "\t"]), min_size=10, max_size=10))
def test_plain_text_is_the_same_however_it_is_wrapped(words: list[str], blanks: list[str]) -> None:
    wrapped = "".join(w + b for w, b in zip(words, blanks, strict=False))
    assert plain(wrapped) == plain(" ".join(words))
    assert plain(plain(wrapped)) == plain(wrapped)


@settings(deadline=None)
@given(st.text("аб не\n[]"), st.sampled_from(["«»", "“”", "„“", '""', "‘’", "''"]))
def test_plain_text_is_the_same_in_every_style_of_quotes(text: str, style: str) -> None:
    restyled = text.replace("[", style[0]).replace("]", style[1])
    assert plain(restyled) == plain(text.replace("[", "«").replace("]", "»"))


def test_words_that_are_written_apart_or_together_differ() -> None:
    assert plain("не мало") != plain("немало")
    assert plain("5 000") != plain("5000")
    assert plain("Не") != plain("не")


LETTERS = st.text("аб ", min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["TC101", "TC301"]), st.integers(0, 4), st.integers(0, 3)), max_size=12))
def test_no_two_findings_share_a_fingerprint(found: list[tuple[str, int, int]]) -> None:
    text = "да да да да да да да да"
    base = checked_document().findings[0]
    findings = tuple(
        replace(
            base, code=code, span=Place("ru", 3 * at, 3 * at + 3 * n, text[3 * at : 3 * at + 3 * n]), counterparts=()
        )
        for code, at, n in found
    )
    document = Document("d", (Version("ru", text), Version("en", "yes")))
    report = stamp(DocumentReport("d", document, findings=findings))
    assert len(set(fingerprints(report))) == len(findings)


def test_equals_are_counted_by_place_whatever_the_order_of_the_report() -> None:
    text = "да, да"
    base = checked_document().findings[0]
    a, b = (replace(base, span=Place("ru", at, at + 2, "да"), counterparts=()) for at in (0, 4))
    document = Document("d", (Version("ru", text), Version("en", "yes")))
    one = stamp(DocumentReport("d", document, findings=(a, b))).findings
    other = stamp(DocumentReport("d", document, findings=(b, a))).findings
    assert [f.fingerprint for f in one] == [f.fingerprint for f in reversed(other)]


def test_quotations_of_one_article_are_counted_together() -> None:
    report = checked_document()
    twice = stamp_all([replace(report, id="river#1"), replace(report, id="river#2")])
    assert len({f.fingerprint for r in twice for f in r.findings}) == 2 * len(report.findings)
    assert fingerprints(twice[0]) == fingerprints(stamp(report))


def test_documents_of_one_name_are_told_apart_in_a_run() -> None:
    report = stamp(checked_document())
    one, other = distinct([report, report])
    assert one == report
    assert not set(fingerprints(one)) & set(fingerprints(other))
    assert fingerprints(distinct([report, report])[1]) == fingerprints(other)


PO = 'msgid ""\nmsgstr "Language: uk\\nX-Source-Language: en\\n"\n\n'
ENTRY = 'msgid "There were forty of us."\nmsgstr "Нас було чотирнадцять."\n\n'


def test_an_entry_of_a_catalogue_is_known_by_its_original(tmp_path: Path) -> None:
    def found(text: str) -> set[str]:
        (tmp_path / "a.po").write_text(text, encoding="utf-8")
        report = run_documents(read_units(tmp_path / "a.po"), load_encoder("fast"))
        return {f.fingerprint for f in report.findings}

    before = found(PO + ENTRY)
    assert before
    assert found(f"{PO}# moved\n\n\n{ENTRY}") == before
    assert found(PO + 'msgid "Yes."\nmsgstr "Так."\n\n' + ENTRY) == before
    assert found(PO + 'msgctxt "other"\n' + ENTRY + ENTRY) > before


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
def test_the_sample_is_unchanged_by_new_lines_in_any_version(lang: Lang) -> None:
    report = checked_document()
    assert report.document is not None
    versions = tuple(replace(v, text=f"\n\n{v.text}") if v.lang == lang else v for v in report.document.versions)

    def moved(place: Place) -> Place:
        return replace(place, start=place.start + 2, end=place.end + 2) if place.lang == lang else place

    findings = tuple(
        replace(f, span=moved(f.span), counterparts=tuple(map(moved, f.counterparts))) for f in report.findings
    )
    again = DocumentReport("river", replace(report.document, versions=versions), report.rows, findings)
    assert TEXTS[lang] in versions[[v.lang for v in versions].index(lang)].text
    assert fingerprints(stamp(again)) == fingerprints(stamp(report))
