from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcheck.text.sentences import clauses, paragraphs, segment
from transcheck.types import LANGS, Lang, Span

CASES: list[tuple[Lang, str, list[str]]] = [
    ("en", "Everyone wants peace here… I want to go home.", ["Everyone wants peace here…", "I want to go home."]),
    ("en", "“One. Two is more,” he said.", ["“One.", "Two is more,” he said."]),
    ("en", "Mr. Smith left at 5 p.m. with Dr. Jones.", ["Mr. Smith left at 5 p.m. with Dr. Jones."]),
    ("en", "It’s late. We’re tired.", ["It’s late.", "We’re tired."]),
    ("ru", "Он сказал: «Мы ждали. Никто не пришёл!» — и ушёл.",
     ["Он сказал: «Мы ждали.", "Никто не пришёл!»", "— и ушёл."]),
    ("ru", "А. С. Иванов приехал из г. Киева. Было поздно.", ["А. С. Иванов приехал из г. Киева.", "Было поздно."]),
    ("uk", "Вони живуть на вул. Садовій, буд. 5. Там тихо.", ["Вони живуть на вул. Садовій, буд. 5.", "Там тихо."]),
    ("en", "He breathed with a bag [a pump. — Ed.]. Then we left.",
     ["He breathed with a bag [a pump. — Ed.].", "Then we left."]),
    ("uk", "Ми чекали […] Ніхто не прийшов.", ["Ми чекали […]", "Ніхто не прийшов."]),
    ("ru", "Первый абзац\n\nВторой абзац", ["Первый абзац", "Второй абзац"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "expected"), CASES)
def test_segments(lang: Lang, text: str, expected: list[str]) -> None:
    assert [s.text for s in segment(text, lang)] == expected


def test_a_lone_elision_joins_its_neighbour() -> None:
    assert all(any(c.isalnum() for c in s.text) for s in segment("We left. [...] They stayed.", "en"))


def test_hesitation_inside_a_sentence_does_not_cut() -> None:
    assert len(segment("I… I don’t know what to say.", "en")) <= 2
    assert len(segment("Мы ждали… долго, до самого утра.", "ru")) == 1


def test_clauses_cover_the_words() -> None:
    text = "Мы уехали, потому что стреляли, — сказал он."
    spans = list(clauses(text, Span(0, len(text))))
    assert [s.of(text) for s in spans] == ["Мы уехали,", "потому что стреляли,", "— сказал он."]


def test_blocks_are_not_crossed() -> None:
    text = "One two\nthree four"
    assert [s.text for s in segment(text, "en", [Span(0, 7), Span(8, 18)])] == ["One two", "three four"]


ALPHABET = "абвіїєґыэ ABc.,!?…«»„“”\"'’()[]—-\n\t 0123456789\u00a0ьЁ🇺🇦"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=ALPHABET, max_size=120), st.sampled_from(LANGS))
def test_segmentation_is_lossless(text: str, lang: Lang) -> None:
    at = 0
    rebuilt = ""
    for found in segment(text, lang):
        assert found.span.start >= at
        gap = text[at : found.span.start]
        assert not gap.strip(), "only white space may stand between segments"
        assert found.text == found.span.of(text)
        assert found.text == found.text.strip()
        rebuilt += gap + found.text
        at = found.span.end
        last = found.span.start
        for clause in found.clauses:
            assert last <= clause.start <= clause.end <= found.span.end
            last = clause.end
    assert not text[at:].strip()
    assert rebuilt + text[at:] == text


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="ab \n\r\t", max_size=60))
def test_paragraphs_keep_every_letter(text: str) -> None:
    joined = "".join(s.of(text) for s in paragraphs(text))
    assert joined.count("a") == text.count("a")
    assert joined.count("b") == text.count("b")
