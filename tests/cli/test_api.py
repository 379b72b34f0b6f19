"""The library: what ``import transcheck`` offers, with the real pipeline."""

from __future__ import annotations

import inspect
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

import transcheck

TEXTS: Any = {
    "ru": "Нас было четырнадцать, и никто не стрелял.",
    "uk": "Нас було чотирнадцятеро, і ніхто не стріляв.",
    "en": "There were forty of us, and nobody fired.",
}


def test_every_name_that_is_offered_exists() -> None:
    for name in transcheck.__all__:
        assert getattr(transcheck, name) is not None
        assert name in dir(transcheck)
    with pytest.raises(AttributeError, match="nonsense"):
        _ = transcheck.nonsense


def test_compare_finds_the_number(capfd: pytest.CaptureFixture[str]) -> None:
    report = transcheck.compare(TEXTS)
    assert isinstance(report, transcheck.Report)
    assert any(f.category == "number" and f.lang == "en" and "forty" in f.span.text for f in report.findings)
    assert report.exit_code == 1
    assert capfd.readouterr() == ("", ""), "the library prints nothing"


def test_compare_takes_an_encoder_and_a_source_language(character_encoder: Any) -> None:
    two = {lang: TEXTS[lang] for lang in ("ru", "en")}
    report = transcheck.compare(two, model=character_encoder, source_lang="ru")
    assert report.model == "test-characters"
    document = report.documents[0].document
    assert document is not None
    assert document.source_lang == "ru"
    assert {f.lang for f in report.findings if f.category == "number"} == {"en"}


def test_compare_refuses_what_it_cannot_compare() -> None:
    with pytest.raises(transcheck.InputError, match="two or three versions"):
        transcheck.compare({"ru": "Да."})
    with pytest.raises(transcheck.InputError, match="de"):
        transcheck.compare(cast("Any", {"ru": "Да.", "de": "Ja."}))
    with pytest.raises(transcheck.ModelError, match="no such folder"):
        transcheck.compare(TEXTS, model="./no/such/model")


def test_audit_returns_a_table() -> None:
    frame = pd.DataFrame([{"id": "a", **TEXTS, "speaker": "Олена"}, {"id": "b", "ru": "Да.", "uk": None, "en": ""}])
    made = transcheck.audit(frame)
    assert "number" in set(made.loc[made["id"] == "a", "category"])
    assert made.loc[made["id"] == "b", "status"].tolist() == ["error"]
    assert made.loc[0, "meta.speaker"] == "Олена"
    with pytest.raises(transcheck.InputError, match="ru"):
        transcheck.audit(frame[["id", "speaker"]])


def test_the_encoder_gives_unit_rows() -> None:
    encoder = transcheck.load_encoder()
    vectors = encoder.encode(["Нас было четырнадцать.", "There were fourteen of us.", ""])
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dim)
    assert np.linalg.norm(vectors[:2], axis=1) == pytest.approx(1, abs=1e-5)


def test_the_public_functions_are_typed_and_documented() -> None:
    for function in (transcheck.compare, transcheck.audit, transcheck.load_encoder):
        assert inspect.getdoc(function)
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(p.annotation is not inspect.Parameter.empty for p in signature.parameters.values())
