"""Files and texts become documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from transcheck.read.documents import document_from_files, document_from_texts
from transcheck.types import InputError, Lang

RU = "Мы вернулись домой поздно вечером, и никто нас не ждал."
UK = "Ми повернулися додому пізно ввечері, і ніхто на нас не чекав."
EN = "We came home late in the evening, and nobody was waiting for us."


def write(folder: Path, **texts: str) -> list[Path]:
    paths = []
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '.')}.txt"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def test_languages_are_detected_in_any_order(tmp_path: Path) -> None:
    document = document_from_files(write(tmp_path, a=EN, b=UK, c=RU))
    assert document.id == "a"
    assert [(v.lang, v.text, Path(v.origin).name) for v in document.versions] == [
        ("ru", RU, "c.txt"), ("uk", UK, "b.txt"), ("en", EN, "a.txt"),
    ]  # fmt: skip


def test_the_name_comes_before_detection_and_the_declaration_before_the_name(tmp_path: Path) -> None:
    paths = write(tmp_path, speech__ru="Так.", speech__en="OK.")
    assert document_from_files(paths).langs == ("ru", "en")
    assert document_from_files(paths).id == "speech"
    assert document_from_files(paths, {paths[0]: "uk"}).langs == ("uk", "en")
    assert document_from_files([], {paths[0]: "uk", paths[1]: "ru"}).langs == ("ru", "uk")


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        ({"a": RU}, "two or three versions are needed, given: only"),
        ({}, "given: none"),
        ({"a": RU, "b": RU + " Да."}, "all versions are in Russian"),
        ({"a": RU, "b": RU, "c": RU}, "all versions are in Russian"),
        ({"a": RU, "b": EN, "c": RU}, "two versions are in Russian"),
        ({"a": RU, "b": "12 345"}, "b.uk.txt or give --uk"),
        ({"a": RU, "b": ""}, "b.txt: the file is empty"),
        ({"a": RU, "b": UK, "c": EN, "d": EN}, "4 files"),
        ({"x__ru": RU, "y__ru": UK}, "all versions are in Russian"),
    ],
)
def test_what_cannot_be_compared_is_refused(tmp_path: Path, texts: dict[str, str], what: str) -> None:
    with pytest.raises(InputError) as caught:
        document_from_files(write(tmp_path, **texts))
    assert what in str(caught.value)


def test_texts_become_a_document_in_the_usual_order() -> None:
    document = document_from_texts({"en": EN, "uk": UK, "ru": " "})
    assert [(v.lang, v.text) for v in document.versions] == [("uk", UK), ("en", EN)]


@pytest.mark.parametrize(
    ("texts", "what"),
    [
        ({"uk": UK}, "two or three versions"),
        ({"uk": UK, "en": " \n"}, "not blank"),
        ({}, "none"),
        ({"uk": UK, "de": "Nein"}, "'de' is none of ru, uk, en"),
        ({"uk": UK, "en": 5}, "the en version is no text but int"),
    ],
)
def test_texts_that_cannot_be_compared(texts: dict[str, Any], what: str) -> None:
    with pytest.raises(InputError, match=what):
        document_from_texts(cast("dict[Lang, str]", texts))
