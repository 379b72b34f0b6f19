from __future__ import annotations

import pytest

from transcheck.text.stem import stem
from transcheck.types import Lang

FORMS: list[tuple[Lang, tuple[str, ...]]] = [
    ("ru", ("правительство", "Правительства", "правительству", "правительством")),
    ("ru", ("сказал", "сказала", "сказали", "сказать")),
    ("ru", ("увеличил", "увеличила", "увеличение", "увеличивает")),
    ("ru", ("зелёный", "зеленого", "зелёными")),
    ("uk", ("уряд", "уряду", "Урядом")),
    ("uk", ("заборонили", "заборонила", "забороняє")),
    ("uk", ("збільшив", "збільшує", "збільшення")),
    ("uk", ("об'єднання", "об’єднанню", "обʼєднанням")),
    ("en", ("government", "governments", "government’s")),
    ("en", ("increase", "increased", "increases", "increasing")),
    ("en", ("stopped", "stopping")),
    ("en", ("countries", "country")),
]


@pytest.mark.parametrize(("lang", "forms"), FORMS)
def test_forms_of_one_word_meet(lang: Lang, forms: tuple[str, ...]) -> None:
    assert len({stem(form, lang) for form in forms}) == 1


@pytest.mark.parametrize(
    ("lang", "a", "b"),
    [
        ("ru", "войти", "выйти"),
        ("ru", "никто", "некто"),
        ("ru", "маленький", "большой"),
        ("uk", "ніхто", "хтось"),
        ("uk", "увійти", "вийти"),
        ("en", "less", "lesson"),
        ("en", "news", "new"),
        ("en", "all", "ally"),
    ],
)
def test_different_words_stay_apart(lang: Lang, a: str, b: str) -> None:
    assert stem(a, lang) != stem(b, lang)


@pytest.mark.parametrize("text", ["", "2014", "14-й", "—", "B2B"])
def test_what_is_no_word_of_letters_has_no_stem(text: str) -> None:
    assert stem(text, "ru") == stem(text, "uk") == stem(text, "en") == ""


def test_a_hyphen_joins() -> None:
    assert stem("когда-нибудь", "ru") == stem("когданибудь", "ru") != ""
