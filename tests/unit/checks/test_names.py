"""TC304 over the cases in tests/cases/names.toml and over shifted rows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from transcheck.checks import names as names_check
from transcheck.checks.base import Context
from transcheck.types import LANGS, Cell, Document, Finding, Lang, Place, Row, Span, Version

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "names.toml").read_text("utf-8"))["case"]


class WordEncoder:
    """Gives each listed word its concept's axis and every other word none, so that tests say what is a translation."""

    id = "words"
    dim = 4

    def __init__(self, concepts: Sequence[set[str]] = ()) -> None:
        self._concepts = concepts

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for i, text in enumerate(texts):
            for axis, words in enumerate(self._concepts):
                out[i, axis] = text in words
        return out

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        spans = tuple(Span(*m.span()) for m in re.finditer(r"[\w'’-]+", text))
        return spans, self.encode([s.of(text) for s in spans])

    def salience(self, text: str) -> NDArray[np.float32]:
        return np.ones(len(self.words(text)[0]), dtype=np.float32)


def context(rows: Sequence[dict[Lang, str]], source: str | None = None, concepts: Sequence[set[str]] = ()) -> Context:
    langs = [lang for lang in LANGS if any(lang in r for r in rows)]
    cells: list[dict[Lang, Cell]] = [{} for _ in rows]
    versions = []
    for lang in langs:
        text = ""
        for i, row in enumerate(rows):
            start = len(text)
            text += row.get(lang, "")
            segments = (i,) if lang in row else ()
            cells[i][lang] = Cell(lang, segments, Place(lang, start, len(text), row.get(lang, "")))
            text += "\n" if lang in row else ""
        versions.append(Version(lang, text))
    meta = (("source_lang", source),) if source else ()
    table = tuple(Row(i, tuple(c[lang] for lang in langs)) for i, c in enumerate(cells))
    return Context(Document("d", tuple(versions), meta), table, {}, WordEncoder(concepts))


def found(ctx: Context) -> list[Finding]:
    return list(names_check.check(ctx))


@pytest.mark.parametrize("case", CASES, ids=[c["about"] for c in CASES])
def test_cases(case: dict[str, object]) -> None:
    ctx = context([{lang: str(case[lang]) for lang in LANGS if lang in case}])
    findings = found(ctx)
    assert [[f.span.lang, f.span.text] for f in findings] == case["finds"]
    for finding in findings:
        for place in (finding.span, *finding.counterparts):
            version = ctx.document.version(place.lang)
            assert version is not None
            assert version.text[place.start : place.end] == place.text


def test_the_version_that_two_contradict_is_at_fault() -> None:
    (finding,) = found(context([{"ru": "Мы жили в Минске.", "uk": "Ми жили в Мінську.", "en": "We lived in Warsaw."}]))
    assert (finding.code, finding.lang, finding.severity, finding.row) == ("TC304", "en", "error", 0)
    assert {p.text for p in finding.counterparts} == {"Минске", "Мінську"}


def test_the_declared_source_is_right() -> None:
    (finding,) = found(context([{"ru": "Мы жили в Минске.", "en": "We lived in Warsaw."}], source="en"))
    assert (finding.lang, finding.span.text) == ("ru", "Минске")


def test_a_name_in_the_neighbouring_row_is_a_shift() -> None:
    rows: list[dict[Lang, str]] = [
        {"ru": "Мы встретили Олега.", "en": "We met him."},
        {"ru": "Потом пришёл Максим.", "en": "Then Oleh and Maxim came."},
        {"ru": "Мы ехали в Сумы.", "en": "We drove to Kyiv."},
        {"ru": "А потом мы ехали в Киев.", "en": "And then we drove to Sumy."},
    ]
    assert found(context(rows)) == []


def test_a_translated_name_is_no_other_name() -> None:
    row: dict[Lang, str] = {"ru": "Там стоял капитан Сорока.", "en": "Captain Magpie stood there."}
    assert [f.severity for f in found(context([row]))] == ["warning"]
    assert found(context([row], concepts=[{"Сорока", "Magpie"}])) == []


def test_an_empty_cell_is_not_compared() -> None:
    assert found(context([{"ru": "Максим пришёл."}, {"en": "Mykola came."}])) == []


@pytest.mark.parametrize("example", names_check.NAME_CHANGED.examples)
def test_examples(example: object) -> None:
    source, wrong, right = example.source, example.wrong, example.right  # type: ignore[attr-defined]
    assert found(context([dict([source, wrong])]))
    assert not found(context([dict([source, right])]))
