"""Quotations as texts of their own, and the way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from transcheck.run.excerpt import excerpt
from transcheck.types import Span, Version

ARTICLE = "— Мы ждали, — сказал он. — Никто не пришёл."
VERSION = Version("ru", ARTICLE, "a.ru.txt")
PARTS = [Span(2, 10), Span(27, 43)]


def test_stretches_are_put_together_as_they_are_read() -> None:
    found = excerpt(VERSION, PARTS)
    assert found.text == "Мы ждали. Никто не пришёл."
    english = "“Yes,” he said. “Now.”"
    assert excerpt(Version("en", english, ""), [Span(1, 5), Span(17, 21)]).text == "Yes. Now."
    paragraphs = "«Один.\n\n«Два»."
    assert excerpt(Version("ru", paragraphs, ""), [Span(1, 6), Span(9, 12)]).text == "Один. Два"


def test_places_lead_back_into_the_article() -> None:
    found = excerpt(VERSION, PARTS)
    assert found.place(0, 8).text == "Мы ждали"
    assert found.place(10, 15).text == "Никто"
    assert found.place(3, 15).text == "ждали, — сказал он. — Никто"
    assert found.place(8, 8).text == ""
    assert found.place(len(found.text), len(found.text)).start == PARTS[1].end
    comma = excerpt(VERSION, [Span(10, 11), Span(24, 25)])
    assert [length for _, _, length in comma.runs] == [1, 1]


@given(st.lists(st.integers(0, 40), min_size=4, max_size=4, unique=True).map(sorted), st.data())
def test_every_character_of_a_part_leads_to_itself(edges: list[int], data: st.DataObject) -> None:
    parts = [Span(edges[0], edges[1]), Span(edges[2], edges[3])]
    found = excerpt(VERSION, parts)
    offset, origin, length = data.draw(st.sampled_from(found.runs))
    at = data.draw(st.integers(0, max(0, length - 1)))
    place = found.place(offset + at, offset + at + 1)
    assert (place.start, place.text) == (origin + at, ARTICLE[origin + at])
