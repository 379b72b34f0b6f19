from __future__ import annotations

import pytest

from transcheck.text.lexicon import table
from transcheck.text.negation import negations
from transcheck.types import LANGS, Lang

STRONG: list[tuple[Lang, str, list[tuple[str, str]]]] = [
    ("ru", "Он не пришёл.", [("не", "пришёл")]),
    ("ru", "Никто никогда не говорил об этом.", [("не", "говорил")]),
    ("ru", "Ни слова он не сказал.", [("не", "сказал")]),
    ("ru", "Денег нет.", [("нет", "Денег")]),
    ("ru", "Здесь нельзя курить.", [("нельзя", "курить")]),
    ("uk", "Він не прийшов.", [("не", "прийшов")]),
    ("uk", "Жоден свідок нічого не сказав.", [("не", "сказав")]),
    ("uk", "Грошей немає.", [("немає", "Грошей")]),
    ("uk", "Ні голосів, ні машин.", [("Ні", "голосів")]),
    ("en", "He did not come.", [("not", "come")]),
    ("en", "He didn’t come.", [("didn’t", "come")]),
    ("en", "Neither he nor she came.", [("Neither", "nor")]),
    ("en", "We cannot wait and will never forget.", [("cannot", "wait"), ("never", "forget")]),
    ("en", "He went without money.", [("without", "money")]),
]


@pytest.mark.parametrize(("lang", "text", "expected"), STRONG, ids=lambda x: str(x)[:40])
def test_strong_negation_and_what_it_denies(lang: Lang, text: str, expected: list[tuple[str, str]]) -> None:
    found = [(n.text, n.denied[0].of(text)) for n in negations(text, lang) if n.strong]
    assert found == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Не только мы, но и они."),
        ("ru", "Он не мог не прийти."),
        ("ru", "Подожди, пока не стемнеет."),
        ("ru", "Не менее ста человек."),
        ("ru", "Не могли бы вы помочь?"),
        ("ru", "Как бы ни было трудно, мы справимся."),
        ("ru", "Чуть не упал."),
        ("ru", "Это правда, не так ли?"),
        ("uk", "Не лише ми, а й вони."),
        ("uk", "Ми не могли не помітити."),
        ("uk", "Чекай, поки не стемніє."),
        ("uk", "Не менше ста людей."),
        ("uk", "Як би не було важко, ми впораємося."),
        ("uk", "Без сумніву, це так."),
        ("en", "Not only we but they too."),
        ("en", "It is true, isn't it?"),
        ("en", "Don't you know him?"),
        ("en", "No fewer than a hundred people."),
        ("en", "He is no doubt right."),
        ("en", "See order No. 5."),
    ],
)
def test_what_only_looks_negative_is_weak(lang: Lang, text: str) -> None:
    assert not any(n.strong for n in negations(text, lang))


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("en", "He failed to arrive.", "fail"),
        ("en", "It is impossible.", "unable"),
        ("en", "An unknown man.", "prefix"),
        ("en", "A homeless man.", "prefix"),
        ("ru", "Он отказался ехать.", "refuse"),
        ("ru", "Неизвестный человек.", "prefix"),
        ("uk", "Він відмовився їхати.", "refuse"),
        ("uk", "Невідома людина.", "prefix"),
    ],
)
def test_lexical_negation(lang: Lang, text: str, kind: str) -> None:
    assert kind in {n.kind for n in negations(text, lang)}


@pytest.mark.parametrize(("lang", "word"), [("ru", "неделя"), ("ru", "немцы"), ("uk", "небо"), ("en", "under")])
def test_words_that_only_begin_like_a_negation(lang: Lang, word: str) -> None:
    assert negations(word, lang) == ()


def test_spans_are_code_points_of_the_text() -> None:
    text = "🇺🇦 — Мы не сдадимся."
    (found,) = negations(text, "ru")
    assert text[found.start : found.end] == found.text == "не"
    assert found.denied[0].of(text) == "сдадимся"


def test_table_is_complete() -> None:
    data = table("negation")
    for section in ("strong", "neutral", "lexical", "skip"):
        for entry in data[section].values():
            assert set(entry) == set(LANGS)
            assert all(form == form.lower() for forms in entry.values() for form in forms)
    for level in ("error", "warning", "found"):
        assert set(data["score"][level]) == {"pair", "lost", "added"}
