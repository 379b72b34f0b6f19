"""TC501, TC502 and TC503 over the cases in tests/cases/attribution.toml, and over several rows."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from transcheck.checks import attribution, names, quotation
from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document
from transcheck.types import LANGS, Document, Version

if TYPE_CHECKING:
    from transcheck.checks.base import Context
    from transcheck.types import Lang

from .test_names import context

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "attribution.toml").read_text("utf-8"))["case"]


def codes(ctx: Context) -> list[list[str]]:
    return [[f.code, f.lang or ""] for f in (*attribution.check(ctx), *quotation.check(ctx))]


@pytest.fixture(autouse=True)
def lists_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out what spares an elision by how it reads: the vectors of these tests know too few words for it."""
    monkeypatch.setattr(quotation, "innocent", lambda *_: False)


@pytest.mark.parametrize("case", CASES, ids=[c["about"] for c in CASES])
def test_cases(case: dict[str, object]) -> None:
    texts: dict[Lang, str] = {lang: str(case[lang]) for lang in LANGS if lang in case}
    concepts = [set(str(words).split()) for words in case.get("concepts", ())]  # type: ignore[attr-defined]
    ctx = context([texts], concepts=concepts)
    assert codes(ctx) == case["finds"]
    for finding in (*attribution.check(ctx), *quotation.check(ctx)):
        for place in (finding.span, *finding.counterparts):
            version = ctx.document.version(place.lang)
            assert version is not None
            assert version.text[place.start : place.end] == place.text


def test_a_speaker_is_reported_once() -> None:
    ctx = context([{"uk": "«Я не мав вибору», — сказав Андрій.", "en": "“I had no choice,” Maxim said."}])
    assert [f.code for f in attribution.check(ctx)] == ["TC501"]
    assert list(names.check(ctx)) == []


def test_a_name_outside_the_attribution_is_a_name() -> None:
    ctx = context([{"uk": "«Я бачив Андрія в Сумах», — сказав він.", "en": "“I saw Maxim in Sumy,” he said."}])
    assert list(attribution.check(ctx)) == []
    assert [f.code for f in names.check(ctx)] == ["TC304"]


def test_a_speaker_of_the_neighbouring_row_is_no_conflict() -> None:
    rows: list[dict[Lang, str]] = [
        {"ru": "Судья молчал. Прокурор заявил, что доказательств нет.", "en": "The judge said nothing."},
        {"ru": "Судья заявил, что перерыв будет в два.", "en": "The prosecutor said there was no evidence."},
        {"ru": "Потом все ушли.", "en": "The judge said the break would be at two."},
    ]
    assert codes(context(rows)) == []


def test_lost_marks_of_neighbouring_rows_are_one_finding() -> None:
    rows: list[dict[Lang, str]] = [
        {
            "ru": "Он сказал: «Мы не стреляли в людей.",
            "uk": "Він сказав: «Ми не стріляли в людей.",
            "en": "He said they had shot nobody.",
        },
        {"ru": "Приказа в тот день не было».", "uk": "Наказу того дня не було».", "en": "There was no order that day."},
        {"ru": "Потом он ушёл.", "uk": "Потім він пішов.", "en": "Then he left."},
    ]
    assert codes(context(rows)) == [["TC502", "en"]]


def test_two_versions_need_a_version_that_quotes() -> None:
    row: dict[Lang, str] = {"ru": "Он сказал: «Мы не стреляли в людей».", "en": "He said they had not shot at people."}
    later: dict[Lang, str] = {
        "ru": "«Приказа в тот день не было», — добавил он.",
        "en": "“There was no order that day,” he added.",
    }
    pause: dict[Lang, str] = {"ru": "Все молчали.", "en": "Everyone was silent."}
    assert codes(context([row])) == []
    findings = list(quotation.check(context([row, pause, later], source="ru")))
    assert [(f.code, f.lang, f.severity) for f in findings] == [("TC502", "en", "warning")]


def test_a_third_version_without_an_attribution_tells_who_is_right() -> None:
    texts: dict[Lang, str] = {
        "ru": "Признать вину мне посоветовал сам следователь, человек простуженный и занятой.",
        "uk": "Визнати провину мені порадив мій-таки адвокат, людина застуджена й зайнята.",
        "en": "It was my own lawyer who advised me to plead guilty, a busy man with a cold.",
    }
    report = compare_document(Document("t", tuple(Version(x, t) for x, t in texts.items())), load_encoder())
    assert [(f.lang, f.severity) for f in report.findings if f.code == "TC501"] == [("ru", "error")]
