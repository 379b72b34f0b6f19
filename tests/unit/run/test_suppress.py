"""Comments and lists suppress what they name, with a reason, and are reported themselves where they do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.reports import checked_document, failed_document
from transcheck.checks.base import Example
from transcheck.checks.suppression import BROKEN, CHECKS, UNUSED
from transcheck.encode import load_encoder
from transcheck.read.bilingual import read_units
from transcheck.read.documents import document_from_files
from transcheck.read.records import read_records
from transcheck.run.batch import run_documents
from transcheck.run.fingerprint import stamp
from transcheck.run.suppress import suppress, suppress_all
from transcheck.types import Comment, Document, DocumentReport, Lang, Report, Span

RU = "Мы пришли в шесть утра.\n\nНас было четырнадцать.\n\nНикто не стрелял, и мы остались дома.\n"
UK = "Ми прийшли о шостій ранку.\n\nНас було чотирнадцять.\n\nНіхто не стріляв, і ми залишилися вдома.\n"
EN = "We came at six in the morning.\n\nThere were forty of us.\n\nNobody fired, and we stayed at home.\n"
TODAY = date(2026, 11, 26)


def call(order: str) -> str:
    return f"<!-- transcheck: {order} -->"


def check(folder: Path, suffix: str = "md", **texts: str) -> Report:
    """Check three versions, those given changed."""
    contents = {"ru": RU, "uk": UK, "en": EN} | texts
    for lang, text in contents.items():
        (folder / f"a.{lang}.{suffix}").write_text(text, encoding="utf-8")
    document = document_from_files([folder / f"a.{lang}.{suffix}" for lang in contents])
    return run_documents([document], load_encoder("fast"))


def codes(report: Report) -> list[str]:
    return [f.code for f in report.findings]


def suppressed(report: Report) -> list[tuple[str, str, str]]:
    return [(s.finding.code, s.by.kind, s.by.reason) for d in report.documents for s in d.suppressed]


def test_without_a_comment_the_number_is_found(tmp_path: Path) -> None:
    report = check(tmp_path)
    assert codes(report) == ["TC301"]
    assert not suppressed(report)


PLACES: list[tuple[Lang, str, str]] = [
    ("en", "There were", f"{call('ignore[TC301] so it is')}\nThere were"),
    ("en", "of us.", f"of us. {call('ignore[TC301] so it is')}"),
    ("ru", "Нас было", f"{call('ignore[TC3] so it is')}\nНас было"),
    ("uk", "чотирнадцять.", f"чотирнадцять. {call('ignore[TC201, TC301, TC1] so it is')}"),
    ("en", "We came", f"{call('ignore-file[TC301] so it is')}\nWe came"),
    ("en", "Nobody", f"{call('ignore-file[TC301] so it is')}\nNobody"),
    (
        "ru",
        "Нас было четырнадцать.",
        f"{call('ignore-start[TC30] so it is')}\n\nНас было четырнадцать.\n\n{call('ignore-end[TC30]')}",
    ),
]


@pytest.mark.parametrize(("lang", "old", "new"), PLACES)
def test_a_comment_at_any_side_suppresses_it(tmp_path: Path, lang: str, old: str, new: str) -> None:
    text = {"ru": RU, "uk": UK, "en": EN}[lang]
    assert old in text
    report = check(tmp_path, **{lang: text.replace(old, new)})
    assert suppressed(report) == [("TC301", "inline", "so it is")]
    assert [c for c in codes(report) if c != "TC901"] == []
    (found,) = (s for d in report.documents for s in d.suppressed)
    path, _, line = found.by.origin.rpartition(":")
    assert "<!-- transcheck: ignore" in Path(path).read_text("utf-8").split("\n")[int(line) - 1]
    assert report.exit_code == 0
    assert report.documents[0].verdict == "faithful"


ELSEWHERE: list[tuple[Lang, str, str]] = [
    ("en", "We came", f"{call('ignore[TC301] so it is')}\nWe came"),
    ("en", "at home.", f"at home. {call('ignore[TC301] so it is')}"),
    ("en", "There were", f"{call('ignore[TC302] so it is')}\nThere were"),
]


@pytest.mark.parametrize(("lang", "old", "new"), ELSEWHERE)
def test_a_comment_elsewhere_or_for_another_check_is_unused(tmp_path: Path, lang: str, old: str, new: str) -> None:
    text = {"ru": RU, "uk": UK, "en": EN}[lang]
    report = check(tmp_path, **{lang: text.replace(old, new)})
    assert codes(report) == ["TC301", "TC901"]
    unused = report.findings[1]
    assert (unused.severity, unused.lang, unused.category) == ("note", lang, "suppression")
    assert unused.span.text.startswith("<!-- transcheck: ignore")
    assert "(so it is)" in unused.message
    assert unused.fingerprint not in ("", report.findings[0].fingerprint)
    assert report.documents[0].verdict == "drifted"


def test_only_the_codes_that_were_not_needed_are_called_unused(tmp_path: Path) -> None:
    report = check(tmp_path, en=EN.replace("of us.", f"of us. {call('ignore[TC301, TC303] so it is')}"))
    (unused,) = report.findings
    assert "for TC303 (so it is)" in unused.message


@pytest.mark.parametrize("order", ["ignore[TC301]", "ignore[TC999] why", "ignore why", "ignore-start[TC301] why"])
def test_a_flawed_comment_suppresses_nothing_and_is_reported(tmp_path: Path, order: str) -> None:
    report = check(tmp_path, en=EN.replace("There were", f"{call(order)}\nThere were"))
    assert codes(report) == ["TC301", "TC902"]
    assert not suppressed(report)
    broken = report.findings[1]
    assert (broken.severity, broken.span.text) == ("warning", call(order))
    assert broken.message.startswith("broken suppression: ")


def test_a_flawed_comment_is_no_drift_of_the_text(tmp_path: Path) -> None:
    report = check(tmp_path, en=EN.replace("forty", "fourteen") + call("ignore[TC301]"))
    assert codes(report) == ["TC902"]
    assert report.documents[0].verdict == "faithful"


def test_comments_in_every_version_are_all_needed(tmp_path: Path) -> None:
    report = check(
        tmp_path,
        ru=RU.replace("Нас было", f"{call('ignore[TC301] a')}\nНас было"),
        en=EN.replace("There were", f"{call('ignore[TC301] b')}\nThere were"),
    )
    assert codes(report) == []
    assert suppressed(report) == [("TC301", "inline", "a")]


def test_an_omission_is_suppressed_on_either_side(tmp_path: Path) -> None:
    without = EN.replace("\n\nNobody fired, and we stayed at home.", "").replace("forty", "fourteen")
    assert codes(check(tmp_path, en=without)) == ["TC101"]
    ru = RU.replace("Никто", f"{call('ignore[TC101] cut')}\nНикто")
    assert suppressed(check(tmp_path, en=without, ru=ru)) == [("TC101", "inline", "cut")]
    report = check(tmp_path, en=without.replace("of us.", f"of us. {call('ignore[TC101] cut')}"))
    assert suppressed(report) == [("TC101", "inline", "cut")]


def test_a_version_in_the_wrong_language_needs_a_comment_for_the_file(tmp_path: Path) -> None:
    russian = RU + "\nПотом нас увезли в Донецк на двух машинах.\n"
    texts = {"en": russian, "ru": russian, "uk": UK}
    here = {**texts, "en": f"{call('ignore[TC4] a')}\n{russian}"}
    assert "TC401" in codes(check(tmp_path, **here))
    whole = {**texts, "en": f"{call('ignore-file[TC4] a')}\n{russian}"}
    report = check(tmp_path, **whole)
    assert "TC401" not in codes(report)
    assert ("TC401", "inline", "a") in suppressed(report)


def test_html(tmp_path: Path) -> None:
    def page(text: str, comment: str = "") -> str:
        paragraphs = text.strip().split("\n\n")
        return (
            "<article>\n"
            + "\n".join(f"<p>{p}</p>{comment if i == 1 else ''}" for i, p in enumerate(paragraphs))
            + "\n</article>"
        )

    pages = {"ru": page(RU), "uk": page(UK), "en": page(EN)}
    assert codes(check(tmp_path, "html", **pages)) == ["TC301"]
    report = check(tmp_path, "html", **{**pages, "en": page(EN, call("ignore[TC301] so"))})
    assert (codes(report), suppressed(report)) == ([], [("TC301", "inline", "so")])
    assert report.documents[0].suppressed[0].by.origin.endswith("a.en.html:3")


PO = 'msgid ""\nmsgstr "Language: uk\\nX-Source-Language: en\\n"\n\n'


def _entry(comment: str = "") -> str:
    return f'{comment}msgid "There were forty of us."\nmsgstr "Нас було чотирнадцять."\n\n'


@pytest.mark.parametrize(
    ("text", "found", "count"),
    [
        (PO + _entry() + 'msgctxt "b"\n' + _entry(), ["TC301", "TC301"], 0),
        (PO + _entry("# transcheck: ignore[TC301] so\n"), [], 1),
        ("# transcheck: ignore-file[TC301] so\n" + PO + _entry() + 'msgctxt "b"\n' + _entry(), [], 2),
        ("# transcheck: ignore-file[TC302] so\n" + PO + _entry(), ["TC301", "TC901"], 0),
        (PO + _entry("# transcheck: ignore[TC301]\n"), ["TC301", "TC902"], 0),
    ],
)  # fmt: skip
def test_po(tmp_path: Path, text: str, found: list[str], count: int) -> None:
    (tmp_path / "a.po").write_text(text, encoding="utf-8")
    report = run_documents(read_units(tmp_path / "a.po"), load_encoder("fast"))
    assert codes(report) == found
    assert len(suppressed(report)) == count


LIST = '[[ignore]]\ncode = "TC301"\ntext = "forty of us"\nreason = "so it is"\n'


def listed(folder: Path, entry: str = LIST, name: str = "a.en.txt") -> Report:
    (folder / f"{name}.transcheck.toml").write_text(entry, encoding="utf-8")
    return check(folder, "txt")


def test_a_list_beside_a_file_suppresses_by_words_of_the_place_or_its_sentence(tmp_path: Path) -> None:
    report = listed(tmp_path)
    assert codes(report) == []
    assert suppressed(report) == [("TC301", "inline", "so it is")]
    assert report.documents[0].suppressed[0].by.origin.endswith("a.en.txt.transcheck.toml, entry 1")


@pytest.mark.parametrize("text", ["четырнадцать", "forty", "There  were\\nforty of us.", "Нас було чотирнадцять"])
def test_the_words_may_be_of_any_version(tmp_path: Path, text: str) -> None:
    assert codes(listed(tmp_path, LIST.replace("forty of us", text), "a.ru.txt")) == []


def test_a_list_suppresses_by_fingerprint(tmp_path: Path) -> None:
    mark = check(tmp_path, "txt").findings[0].fingerprint
    entry = f'[[ignore]]\ncode = "TC3"\nfingerprint = "{mark.upper()}"\nreason = "so it is"\n'
    assert suppressed(listed(tmp_path, entry)) == [("TC301", "inline", "so it is")]
    other = entry.replace(mark.upper(), "0" * 16)
    assert codes(listed(tmp_path, other)) == ["TC301", "TC901"]


UNTIL = [("2026-11-25", "TC902"), ("2026-11-26", ""), ("2027-01-31", "")]


@pytest.mark.parametrize(("day", "code"), UNTIL)
@pytest.mark.parametrize("form", ["{}", '"{}"', "{}T10:00:00"])
def test_an_entry_holds_until_its_day(tmp_path: Path, day: str, code: str, form: str) -> None:
    (tmp_path / "a.en.txt.transcheck.toml").write_text(f"{LIST}until = {form.format(day)}\n", encoding="utf-8")
    report = suppress_all(list(_unsuppressed(tmp_path).documents), today=TODAY)
    assert [f.code for d in report for f in d.findings] == (["TC301", code] if code else [])


def _unsuppressed(folder: Path) -> Report:
    list_ = folder / "a.en.txt.transcheck.toml"
    text = list_.read_text("utf-8")
    list_.unlink()
    report = check(folder, "txt")
    list_.write_text(text, encoding="utf-8")
    return report


FLAWS = [
    ('reason = "so it is"', "", "no reason"),
    ('code = "TC301"', "", "no code"),
    ("TC301", "TC999", "no check has a code that begins with TC999"),
    ('text = "forty of us"', "", "neither text nor fingerprint"),
    ('text = "forty of us"', 'text = " "', "neither text nor fingerprint"),
    ('text = "forty of us"', 'fingerprint = "12"', "'12' is no fingerprint"),
    ("reason =", 'txt = "x"\nreason =', "unknown key 'txt'"),
    ("reason =", 'until = "soon"\nreason =', "until is no date"),
]


@pytest.mark.parametrize(("old", "new", "message"), FLAWS)
def test_a_flawed_entry_suppresses_nothing_and_is_reported(tmp_path: Path, old: str, new: str, message: str) -> None:
    report = listed(tmp_path, LIST.replace(old, new))
    assert codes(report) == ["TC301", "TC902"]
    assert f"a.en.txt.transcheck.toml, entry 1: {message}" in report.findings[1].message


@pytest.mark.parametrize("text", ["[[ignore]", 'ignore = "TC301"', "[[ignored]]", "ignore = [1]", "x = 1"])
def test_a_broken_list_is_a_document_that_was_not_checked(tmp_path: Path, text: str) -> None:
    report = listed(tmp_path, text)
    assert report.exit_code == 2
    assert "a.en.txt.transcheck.toml: " in (report.documents[0].error or "")
    assert "write [[ignore]] tables" in (report.documents[0].error or "")


def test_a_list_of_a_table_names_records(tmp_path: Path) -> None:
    table = tmp_path / "quotes.csv"
    same = "Нас было четырнадцать.,There were forty of us."
    table.write_text(f"id,ru,en\nx,{same}\ny,{same}\n", "utf-8")
    (tmp_path / "quotes.csv.transcheck.toml").write_text(f'{LIST}id = "y"\n', encoding="utf-8")
    report = run_documents(read_records(table), load_encoder("fast"))
    assert [[f.code for f in d.findings] for d in report.documents] == [["TC301"], []]
    (tmp_path / "quotes.csv.transcheck.toml").write_text(f'{LIST}id = "z"\n', encoding="utf-8")
    report = run_documents(read_records(table), load_encoder("fast"))
    assert codes(report) == ["TC301", "TC901", "TC301"]


def test_nothing_is_called_unused_where_a_part_of_the_file_was_not_checked(tmp_path: Path) -> None:
    table = tmp_path / "quotes.csv"
    table.write_text("id,ru,en\nx,Нас было сорок.,There were forty of us.\ny,,There were forty of us.\n", "utf-8")
    (tmp_path / "quotes.csv.transcheck.toml").write_text(LIST, encoding="utf-8")
    report = run_documents(read_records(table), load_encoder("fast"))
    assert [(d.status, [f.code for f in d.findings]) for d in report.documents] == [("ok", []), ("error", [])]


def test_a_comment_of_an_article_counts_once_for_all_its_quotations() -> None:
    base = stamp(checked_document())
    assert base.document is not None
    comment = Comment("ignore[TC301] so", Span(0, 0), Span(0, len(base.document.versions[2].text)), 1)
    versions = tuple(replace(v, comments=(comment,)) if v.lang == "en" else v for v in base.document.versions)
    document = replace(base.document, versions=versions)
    one = replace(base, id="river#1", document=document)
    other = replace(base, id="river#2", document=document, findings=base.findings[1:])
    first, second = suppress_all([other, one])
    assert [f.code for f in first.findings] == ["TC101", "TC201"]
    assert [s.finding.code for s in second.suppressed] == ["TC301"]
    again = suppress_all([other, replace(other, id="river#3")])
    assert [f.message for d in again for f in d.findings if f.category == "suppression"] == [
        "unused suppression: nothing here to ignore for TC301 (so)"
    ]


def test_what_was_not_checked_stays_as_it_is() -> None:
    failed = failed_document()
    assert suppress(failed) == failed
    clean = DocumentReport("x", Document("x", ()))
    assert suppress(clean) == clean


@pytest.mark.parametrize("kind", CHECKS, ids=lambda c: c.code)
def test_the_examples(tmp_path: Path, kind: object) -> None:
    assert kind in (UNUSED, BROKEN)
    for example in kind.examples:  # type: ignore[attr-defined]
        assert kind.code in _example(tmp_path, example, example.wrong)  # type: ignore[attr-defined]
        assert _example(tmp_path, example, example.right) == []


def _example(folder: Path, example: Example, other: tuple[Lang, str]) -> list[str]:
    paths = []
    for lang, text in (example.source, other):
        paths.append(folder / f"e.{lang}.md")
        paths[-1].write_text(f"{text}\n", encoding="utf-8")
    report = run_documents([document_from_files(paths)], load_encoder("fast"))
    return [c for c in codes(report) if c != "TC301" or other == example.right]
