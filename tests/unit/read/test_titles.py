"""Titles and descriptions in front matter."""

from __future__ import annotations

import pytest

from transcheck.read.text import blocks, masked
from transcheck.read.titles import titled
from transcheck.types import Document, Lang, Version


def _version(lang: Lang, text: str) -> Version:
    return Version(lang, text, "", blocks(text, markdown=True), masked(text, markdown=True))


def _titles(*texts: str) -> list[list[str]]:
    """Return the headings that are put before the text of each version."""
    langs: tuple[Lang, ...] = ("ru", "uk", "en")
    before = Document("t", tuple(_version(lang, text) for lang, text in zip(langs, texts, strict=False)))
    after = titled(before)
    out = []
    for old, new in zip(before.versions, after.versions, strict=True):
        added = len(new.blocks or ()) - len(old.blocks or ())
        assert (new.blocks or ())[added:] == old.blocks
        assert all(b.kind == "heading" for b in (new.blocks or ())[:added])
        assert len(new.prose or "") == len(new.text)
        out.append([b.span.of(new.prose or "") for b in (new.blocks or ())[:added]])
    return out


def test_what_all_versions_have_is_read() -> None:
    assert _titles(
        '---\ntitle: "Мост: 14 лет"\ndescription: Как строили\ndate: 2024-01-01\n---\n\nТекст.\n',
        "---\r\nlang: uk\r\ntitle: 'Міст: 14 років'\r\n---\r\n\r\nТекст.\r\n",
        "---\ntitle: The bridge, 14 years on # draft\n---\nText.\n",
    ) == [["Мост: 14 лет"], ["Міст: 14 років"], ["The bridge, 14 years on"]]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: |\n  Мост\n---\n", "---\ntitle: [Мост]\n---\n", "---\nparams:\n  title: Мост\n---\n",
        "---\ntitle: >-\n  Мост\n---\n", "---\ntitle:\n---\n", '---\ntitle: "—"\n---\n', "title: Мост\n",
        "+++\ntitle = Мост\n+++\n", "+++\n[extra]\ntitle = 'Мост'\n+++\n", "---\ntitle: *anchor\n---\n",
        "---\ntitle: &anchor Мост\n---\n", "---\ntitle: {{ name }}\n---\n", "---\ntitle: 'Мост\n  взорван'\n---\n",
        "---\ntitle: Мост\n",
    ],
)  # fmt: skip
def test_what_is_no_value_on_one_line_is_left_alone(front: str) -> None:
    good = "---\ntitle: Міст\n---\nТекст.\n"
    assert _titles(f"{front}\nТекст.\n", good) == [[], []]


def test_toml_and_several_fields_in_the_order_of_each_text() -> None:
    assert _titles(
        "+++\ntitle = 'Мост'\nsummary = \"Он \\\"цел\\\"\"\n[extra]\nlead = 'x'\n+++\nТекст.\n",
        "---\nsummary: Він цілий\ntitle: Міст\n---\nТекст.\n",
    ) == [["Мост", 'Он \\"цел\\"'], ["Він цілий", "Міст"]]


def test_other_formats_have_none() -> None:
    document = Document("t", (Version("ru", "---\ntitle: x\n---\n"), _version("uk", "---\ntitle: x\n---\nТекст.")))
    assert titled(document) is document
