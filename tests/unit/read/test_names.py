"""Languages in the names of files and folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.read.names import Named, code_lang, lang_from_name, parted, split_name


@pytest.mark.parametrize(
    ("name", "base", "lang"),
    [
        ("x.uk.txt", "x", "uk"), ("x_ua.txt", "x", "uk"), ("x-ukr.md", "x", "uk"), ("x.uk-UA.md", "x", "uk"),
        ("x.ru.txt", "x", "ru"), ("x_rus.TXT", "x", "ru"), ("x.EN.txt", "x", "en"), ("x-eng.md", "x", "en"),
        ("x.en-US.md", "x", "en"), ("uk.txt", "", "uk"), ("a.b.ru.md", "a.b", "ru"),
        ("x.txt", "x", None), ("peru.txt", "peru", None), ("menu-en-1.txt", "menu-en-1", None),
        ("bbc.co.uk.txt", "bbc.co.uk", None), ("x.de.txt", "x.de", None),
    ],
)  # fmt: skip
def test_the_name_tells_the_language(name: str, base: str, lang: str | None) -> None:
    assert split_name(Path("folder.ru") / name) == (base, lang)
    assert lang_from_name(Path(name)) == lang


@pytest.mark.parametrize(
    ("code", "lang"),
    [
        ("uk", "uk"), ("ua", "uk"), ("ukr", "uk"), ("UK", "uk"), ("uk_UA", "uk"), ("ua-UA", "uk"),
        ("ru", "ru"), ("rus", "ru"), ("ru-RU", "ru"), ("ru_UA", "ru"), ("en", "en"), ("eng", "en"), ("en-US", "en"),
        ("en_GB", "en"), ("us", None), ("ru-en", None), ("en-ru", None), ("uk-en", None), ("news", None), ("", None),
        ("e", None), ("de", None), ("english", None),
    ],
)  # fmt: skip
def test_codes(code: str, lang: str | None) -> None:
    assert code_lang(code) == lang


def test_the_mark_before_the_language_is_kept() -> None:
    assert parted("a.b.uk-UA") == Named("a.b", ".", "uk")
    assert parted("a_ua") == Named("a", "_", "uk")
    assert parted("ru") == Named("", "", "ru")
    assert parted("notes") == Named("notes", "", None)
