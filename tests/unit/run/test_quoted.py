"""Articles judged quotation by quotation."""

from __future__ import annotations

import pytest

from transcheck.encode import load_encoder
from transcheck.run.batch import run_documents
from transcheck.run.quoted import judge_quotes
from transcheck.types import Document, DocumentReport, InputError, Version

RU = """Школу закрыли в марте.

«Мы учим детей в подвале, — рассказывает директор Ирина Лис. — Там тепло, но нет связи».

Мэр Олег Гай обещает помощь. «Генератор привезут до конца недели», — сказал он.
"""
UK = """Школу зачинили в березні.

«Ми вчимо дітей у підвалі, — розповідає директорка Ірина Лис. — Там тепло, але немає зв’язку».

Мер Олег Гай обіцяє допомогу. «Генератор привезуть до кінця тижня», — сказав він.
"""
EN = """The school closed in March.

“We teach the children in the basement,” says the principal, Iryna Lys. “It is warm there, and there is a connection.”

The mayor, Oleh Hai, promises help. “A generator will be brought by the end of the week,” he said.
"""


def judge(**articles: str) -> list[DocumentReport]:
    versions = tuple(Version(lang, text, f"school.{lang}.txt") for lang, text in articles.items())  # type: ignore[arg-type]
    return list(judge_quotes(Document("school", versions, articles=True), load_encoder(None)))


def test_a_report_for_every_statement_with_verdict_speaker_and_places() -> None:
    first, second = judge(ru=RU, uk=UK, en=EN)
    assert (first.id, first.verdict, second.id, second.verdict) == ("school#1", "drifted", "school#2", "faithful")
    assert (first.speaker, second.speaker) == ("Iryna Lys", "Oleh Hai")
    assert [q.lang for q in first.quotes] == ["ru", "uk", "en"]
    (finding,) = first.findings
    assert (finding.category, finding.lang) == ("negation", "en")
    assert EN[finding.span.start : finding.span.end] == finding.span.text
    for row in first.rows:
        for cell in row.cells:
            version = first.document.version(cell.lang) if first.document else None
            assert version is not None
            assert version.text[cell.place.start : cell.place.end] == cell.text


def test_a_version_without_quotation_marks_is_the_transcript() -> None:
    transcript = """Запис розмови з директоркою.

Ми вчимо дітей у підвалі. Там тепло, але немає зв’язку. Батьки привозять воду самі.
"""
    first, second = judge(uk=transcript, en=EN)
    assert first.verdict == "drifted"
    assert ("negation", "en") in [(f.category, f.lang or "en") for f in first.findings]
    assert second.verdict == "unsupported"
    assert second.findings[0].counterparts[0].lang == "uk"


def test_one_version_alone_has_unsupported_quotes() -> None:
    more = EN + "\nA driver was furious. “Nobody told us that the road was closed,” Petro Mak said.\n"
    reports = judge(ru=RU, uk=UK, en=more)
    assert [r.verdict for r in reports] == ["drifted", "faithful", "unsupported"]
    assert reports[2].speaker == "Petro Mak"


def test_articles_without_a_quotation_are_an_error_that_names_the_remedy() -> None:
    with pytest.raises(InputError, match=r"no quotation found in school\.ru\.txt.*transcheck compare"):
        judge(ru="Школу закрыли.", en="The school closed.")
    document = Document("x", (Version("ru", "Школу закрыли.", "a"), Version("en", "Closed.", "b")), articles=True)
    (report,) = run_documents([document], load_encoder(None)).documents
    assert report.status == "error"
