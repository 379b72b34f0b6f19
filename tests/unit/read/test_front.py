"""Front matter that tells the language of a text and what it is a version of."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.read.front import Front, read_front
from transcheck.types import InputError


def _read(content: str, name: str = "a.md") -> Front:
    return read_front(Path(name), content.encode())


@pytest.mark.parametrize(
    ("content", "front"),
    [
        ("---\nlang: uk-UA\ntranslation_of: ../a\n---\nТекст", Front("uk", "", "../a")),
        ("\ufeff---\r\nlanguage: ua\r\ntranslationKey: 12\r\n---\r\n", Front("uk", "12")),
        ("---\n# comment\nparams:\n  ref: about\nlocale: en_US\n...\nText", Front("en", "about")),
        ('+++\ntitle = "x"\nlang = "ru"\ntranslationKey = "k"\n+++\n', Front("ru", "k")),
        ("---\nlang: [a, b]\nref: null\ntranslation_of: false\n---\n", Front()),
        ("---\nlang: de\n---\n", Front()),
        ("---\nlang: 'uk'\nref: about/us.md \n---\n", Front("uk", "about/us.md")),
        ("---\nlang: uk # Ukrainian\nref: a b\n---\n", Front("uk", "a b")),
        ("---\nlang: uk\nref: no\n---\n", Front("uk")),
        ("---\nlang: uk\nref: 'no'\n---\n", Front("uk", "no")),
        ("---\nlang: uk\nref: null\ntranslation_of: 2024-01-05\n---\n", Front("uk", "", "2024-01-05")),
        ("---\ntitle: '{{ broken\n---\n", Front()),
        ("Text\n---\nlang: uk\n---\n", Front()),
        ("---\nlang: uk\n", Front()),
        ("---\n- lang: uk\n---\n", Front()),
        ("", Front()),
    ],
)
def test_what_it_says(content: str, front: Front) -> None:
    assert _read(content) == front


def test_other_formats_have_none() -> None:
    assert _read("---\nlang: uk\n---\n", "a.txt") == Front()
    assert _read("---\nlang: uk\n---\n", "a.html") == Front("uk")


def test_a_file_that_cannot_be_read_is_left_to_who_reads_it(tmp_path: Path) -> None:
    assert read_front(tmp_path / "missing.md") == Front()
    (tmp_path / "a.md").write_text("---\nlang: ru\n---\n" + "x" * 100_000, encoding="utf-8")
    assert read_front(tmp_path / "a.md") == Front("ru")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("---\ntitle: a\nlang: {{ x }\n---\n", r"a\.md, line \d: the front matter is no YAML"),
        ("---\nlang: !!python/object/apply:os.getcwd []\n---\n", "no YAML"),
        ("+++\nlang = uk\n+++\n", r"a\.md: the front matter is no TOML"),
    ],
)
def test_what_cannot_be_read_is_an_error_with_its_place(content: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        _read(content)
