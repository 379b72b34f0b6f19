"""What the networks and trees of lacking passages are trained on."""

from __future__ import annotations

import random

import pytest

pytest.importorskip("sklearn")

from training.drift_written import Edit
from training.fit_lacking import (
    Case,
    Edited,
    added,
    facing,
    in_pairs,
    judged,
    kept_alone,
    of_pair,
    samples,
    words,
)
from transcheck.checks.lacking import ALONE, PAIR, SHARED
from transcheck.encode import load_encoder

WHOLE = {
    "ru": "Сторож открыл ворота, накормил собаку и ушёл домой.",
    "uk": "Сторож відчинив ворота, нагодував собаку й пішов додому.",
    "en": "The watchman opened the gate, fed the dog and went home.",
}
SHORT = "Сторож відчинив ворота й пішов додому."


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("We left.", "We left at night.", " at night"),
        ("", "Home.", "Home."),
        ("The same.", "The same.", ""),
        ("He came in and sat down.", "He came in and he sat down.", "he "),
    ],
)
def test_what_a_text_has_more(before: str, after: str, expected: str) -> None:
    start, end = added(before, after)
    assert after[start:end] == expected
    assert after[:start] + after[end:] == before


def test_the_counterpart_of_a_passage() -> None:
    encoder = load_encoder()
    ru, en = (words(encoder, x, WHOLE[x]) for x in ("ru", "en"))
    start = WHOLE["en"].index("fed")
    found = facing(ru, en, (start, start + len("fed the dog")))
    assert found is not None
    assert WHOLE["ru"][slice(*found)] == "накормил собаку"


def lost() -> Case:
    ranges = {
        x: (WHOLE[x].index(t), WHOLE[x].index(t) + len(t))
        for x, t in (("ru", "накормил собаку"), ("en", "fed the dog"))
    }
    return Case("rule", "g", {**WHOLE, "uk": SHORT}, SHARED, "uk", ranges)


def test_the_words_of_a_lost_passage_are_lacking() -> None:
    made = list(samples(lost(), load_encoder()))
    assert [s.kind for s in made] == [SHARED, SHARED]
    assert [int(s.lacking.sum()) for s in made] == [2, 3]
    clean = list(samples(Case("honest", "g", WHOLE), load_encoder()))
    assert sorted({s.kind for s in clean}) == [ALONE, SHARED]
    assert len(clean) == 9
    assert not any(s.lacking.any() for s in clean)
    assert list(samples(Case("replaced", "g", WHOLE), load_encoder())) == []


def test_the_candidate_of_a_case_is_real() -> None:
    (found,) = judged(0, lost(), load_encoder())
    assert found.real
    assert found.kind == SHARED
    assert not any(j.real for j in judged(1, Case("honest", "g", WHOLE), load_encoder()))


def test_a_case_in_two_versions() -> None:
    (two,) = in_pairs(lost(), random.Random(1))
    assert (two.kind, two.at) == (PAIR, "uk")
    assert len(two.texts) == 2
    assert set(two.ranges) == set(two.texts) - {"uk"}
    put_in = Case("rule", "g", WHOLE, ALONE, "en", {"en": (30, 41)})
    (other,) = in_pairs(put_in, random.Random(1))
    assert other.kind == PAIR
    assert other.at in {"ru", "uk"}
    assert other.ranges == put_in.ranges
    (clean,) = in_pairs(Case("honest", "g", WHOLE), random.Random(1))
    assert clean.kind is None


def test_a_passage_that_the_others_lose() -> None:
    found = [kept_alone(load_encoder(), dict(WHOLE), "en", random.Random(n)) for n in range(12)]
    kept = [f for f in found if f is not None]
    assert kept
    for (start, end), others in kept:
        assert WHOLE["en"][start:end].strip()
        assert set(others) == {"ru", "uk"}
        assert all(len(others[x]) < len(WHOLE[x]) for x in others)


def test_edited_pairs() -> None:
    text, beside = WHOLE["uk"], WHOLE["en"]
    start = text.index(", нагодував собаку")
    edits = (
        Edit("k", "uk", "lost", start, start + len(", нагодував собаку"), ""),
        Edit("k", "uk", "added", len(text) - 1, len(text) - 1, " пізно вночі"),
        Edit("k", "uk", "ok", 0, len("Сторож"), "Охоронець"),
    )
    cases = list(of_pair(Edited("uk", text, "en", beside, edits), load_encoder()))
    assert [c.source for c in cases] == ["pair", "pair written", "pair written", "pair free"]
    first, second = cases[1], cases[2]
    assert first.at == "uk"
    assert "dog" in beside[slice(*first.ranges["en"])]
    assert second.at == "en"
    assert second.texts["uk"][slice(*second.ranges["uk"])].strip() == "пізно вночі"
