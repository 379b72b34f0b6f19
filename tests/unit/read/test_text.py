"""Reading files, languages in names, blocks of prose."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcheck.read import text as module
from transcheck.read.text import blocks, masked, read_file
from transcheck.types import InputError

MARKDOWN = """---
title: Заголовок
---

# Промова президента #

Ми *не* здамося. Ось [текст промови](https://example.org/a_(b) "так") і
далі [вставка редактора] тут.

<!-- коментар -->

> Перша цитата
> другий рядок.

- перший пункт
- другий **пункт**

```python
code = 1
```

| Ім'я | Слово |
|------|-------|
| Іван | `код` |

[1]: https://example.org
<div class="x">Текст у блоці</div>

Підзаголовок
============

    відступ є кодом

https://example.org/only
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_markdown_blocks_are_the_prose_with_exact_places(newline: str) -> None:
    text = MARKDOWN.replace("\n", newline)
    found = [b.span.of(text).replace(newline, "\n") for b in blocks(text, markdown=True)]
    assert found == [
        "Промова президента",
        'Ми *не* здамося. Ось [текст промови](https://example.org/a_(b) "так") і\nдалі [вставка редактора] тут.',
        "Перша цитата\n> другий рядок.",
        "перший пункт",
        "другий **пункт**",
        "Ім'я",
        "Слово",
        "Іван",
        "`код`",
        '<div class="x">Текст у блоці</div>',
        "Підзаголовок",
    ]


def test_masked_markdown_keeps_prose_in_its_place() -> None:
    shown = masked(MARKDOWN, markdown=True)
    assert len(shown) == len(MARKDOWN)
    assert [i for i, c in enumerate(shown) if c == "\n"] == [i for i, c in enumerate(MARKDOWN) if c == "\n"]
    assert all(a in (b, " ") for a, b in zip(shown, MARKDOWN, strict=True))
    assert "Ми  не  здамося. Ось  текст промови  " in shown
    assert "[вставка редактора]" in shown
    for gone in ("https", "*", "<", ">", "#", "|", "code", "коментар", "Заголовок", "відступ", "`"):
        assert gone not in shown, gone


def test_paragraphs_of_plain_text() -> None:
    text = "\n a b\n c\n \t\n\n  d\r\ne \r\n\r\nf\r\rg # не заголовок"
    assert [b.span.of(text) for b in blocks(text)] == ["a b\n c", "d\r\ne", "f", "g # не заголовок"]
    assert blocks("") == ()
    assert blocks(" \n\n") == ()


def test_masked_plain_text_loses_addresses_only() -> None:
    text = "Див. https://example.org/a?b=1, там *усе*."
    assert masked(text) == "Див. " + " " * 25 + ", там *усе*."


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="аb ї*_#>`[]()<!-|\\\n\r\t1.~=:/&", max_size=80), st.booleans())
def test_blocks_are_ordered_and_masks_keep_length(text: str, markdown: bool) -> None:
    found = [b.span for b in blocks(text, markdown=markdown)]
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= s.start < s.end <= len(text) and s.of(text).strip() for s in found)
    shown = masked(text, markdown=markdown)
    assert len(shown) == len(text)
    assert all(a in (b, " ") for a, b in zip(shown, text, strict=True))
    if not markdown:
        covered = "".join(s.of(text) for s in found)
        assert "".join(covered.split()) == "".join(text.split())


def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_file(tmp_path / "x.txt")
    with pytest.raises(InputError, match="folder"):
        read_file(tmp_path)
    big = tmp_path / "big.txt"
    with big.open("wb") as handle:
        handle.truncate(100_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("a file over the limit was read"))
    with pytest.raises(InputError, match="100,000,000 bytes"):
        read_file(big)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.txt"
    path.write_text("Текст", encoding="utf-8")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="Permission denied"):
        read_file(path)


def test_a_file_keeps_its_line_ends_and_loses_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes("\ufeffПерший\r\nдругий\n".encode())
    assert read_file(path) == "Перший\r\nдругий\n"
    assert module.is_markdown(Path("x.MD"))
    assert not module.is_markdown(path)


def test_blocks_know_headings_and_quotations() -> None:
    kinds = [(b.kind, b.span.of(MARKDOWN)[:6]) for b in blocks(MARKDOWN, markdown=True)]
    assert ("heading", "Промов") in kinds
    assert ("heading", "Підзаг") in kinds
    assert [text for kind, text in kinds if kind == "quote"] == ["Перша "]
    assert ("paragraph", "перший") in kinds
