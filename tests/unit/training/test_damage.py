from __future__ import annotations

import random

import pytest

from training import damage
from training.damage import KINDS, Damage, names
from transcheck.types import Lang

DAMAGE = Damage(
    [
        ("en", "We left Houston and saw Boston."),
        ("ru", "Мы уехали, увидев Варшаву и Одессу."),
        ("uk", "Ми поїхали, побачивши Варшаву й Полтаву."),
    ]
)


def _variants(text: str, lang: Lang, kind: str) -> list[str]:
    return DAMAGE.variants(text, lang, kind, random.Random(1))


@pytest.mark.parametrize(
    ("lang", "kind", "text", "damaged"),
    [
        ("en", "antonym", "The prices rose before winter.", "The prices fell before winter."),
        ("ru", "antonym", "Он купил новую машину.", "Он купил старую машину."),
        ("uk", "antonym", "Вона відкрила двері.", "Вона закрила двері."),
        ("en", "roles", "He told me.", "I told him."),
        ("ru", "roles", "Он увидел меня.", "Я увидел его."),
        ("uk", "roles", "Вона сказала мені.", "Я сказала їй."),
        ("en", "roles", "At noon Peter called Maria.", "At noon Maria called Peter."),
        ("en", "negation", "They did not come.", "They came."),
        ("ru", "name", "Мы любим Москву.", "Мы любим Варшаву."),
        ("en", "number", "We need two men.", "We need six men."),
    ],
)
def test_one_fact_changes(lang: Lang, kind: str, text: str, damaged: str) -> None:
    made = [v for seed in range(40) for v in DAMAGE.variants(text, lang, kind, random.Random(seed))]
    assert damaged in made
    assert text not in made


def test_digits_change_and_stay_a_number_of_the_same_length() -> None:
    for seed in range(20):
        (made,) = DAMAGE.variants("In 1945 it ended.", "en", "number", random.Random(seed))
        number = made.split()[1]
        assert number.isdigit()
        assert len(number) == 4
        assert number != "1945"


@pytest.mark.parametrize("text", ["Hello.", "Tom and Mary sang.", "You and Peter or Maria sang."])
def test_names_side_by_side_are_no_roles(text: str) -> None:
    assert _variants(text, "en", "roles") == []


def test_names_stand_inside_sentences() -> None:
    text = "Anna met the New York mayor. Yesterday I saw NATO men in Kyiv."
    assert [text[a:b] for a, b in names(text, "en")] == ["New York", "Kyiv"]


def test_a_text_without_a_fact_stays() -> None:
    assert DAMAGE.one("Yes!", "en", random.Random(0)) is None
    assert all(_variants("Ага!", "ru", kind) == [] for kind in KINDS)


@pytest.mark.parametrize("lang", ["ru", "uk", "en"])
def test_every_kind_is_found_in_a_plain_sentence(lang: Lang) -> None:
    text = {
        "ru": "Он не повёл меня в Москву 14 раз и купил новую машину.",
        "uk": "Він не повів мене в Полтаву 14 разів і купив нову машину.",
        "en": "In 2014 he saw me near Boston and did not sell the new car.",
    }[lang]
    assert [kind for kind in KINDS if not _variants(text, lang, kind)] == []


@pytest.mark.parametrize(
    ("lang", "text", "exchanged"),
    [
        ("en", "The shepherd praised every soldier.", "The soldier praised every shepherd."),
        ("ru", "Врача позвали раньше солдата.", None),
        ("ru", "Старого врача позвали раньше молодого солдата.", "Молодого врача позвали раньше старого солдата."),
        ("uk", "Лікаря покликали, а потім прийшла сестра.", None),
        ("en", "We ate bread and butter.", None),
        ("ru", "Купили хлеб и масло.", None),
        ("en", "He was ill.", None),
    ],
)
def test_words_of_a_clause_are_exchanged_where_endings_allow(lang: Lang, text: str, exchanged: str | None) -> None:
    made = {damage.exchanged(text.lower(), lang, random.Random(seed)) for seed in range(40)}
    assert made == {None} if exchanged is None else exchanged.lower() in made


def test_training_prefers_exchanged_roles() -> None:
    rng = random.Random(2)
    texts = [DAMAGE.likely("At noon Peter called Maria.", "en", rng) for _ in range(20)]
    assert set(texts) == {"At noon Maria called Peter."}
    others = [DAMAGE.likely("The prices rose before winter.", "en", rng) for _ in range(200)]
    assert 20 <= sum(t is not None for t in others) <= 100
