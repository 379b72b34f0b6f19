"""Quotation marks, dialogue, elisions and attributions."""

from __future__ import annotations

import pytest

from transcheck.text.speakers import attributions, roles
from transcheck.text.speech import (
    conditions,
    elisions,
    has_marks,
    is_reporting,
    is_wrapped,
    limits,
    quotations,
    reports,
)
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Он сказал: «Мы уходим», и ушёл.", ["Мы уходим"]),
        ("„Ми «тут» були“, — каже він.", ["Ми «тут» були"]),
        ("“We left,” he said. “For good.”", ["We left,", "For good."]),
        ('He said: "We left" and "never again".', ["We left", "never again"]),
        ("'I don't know Peter's dog,' he said.", ["I don't know Peter's dog,"]),
        ("— Я не знаю.\nОн ушёл.", ["Я не знаю."]),
        ("«Снаружи „внутри“ снова»", ["Снаружи „внутри“ снова"]),
        ("Dogs' and cats' food, the '90s.", []),
        ("Он сказал: «и не закрыл.", []),
        ("", []),
    ],
)
def test_quotations(text: str, quoted: list[str]) -> None:
    assert [s.of(text) for s in quotations(text)] == quoted


@pytest.mark.parametrize(
    ("lang", "text", "speaker", "offices"),
    [
        ("ru", "«Нет», — заявил журналистам судья.", "судья", {"judge"}),
        ("ru", "По словам медсестры, было тихо.", "медсестры", {"nurse"}),
        ("uk", "Прокурор повідомив, що справу закрито.", "Прокурор", {"prosecutor"}),
        ("uk", "За словами Олени Коваль, було тихо.", "Олени Коваль", set()),
        ("en", "“No,” said the judge.", "judge", {"judge"}),
        ("en", "As Maxim put it, no.", "Maxim", set()),
        ("en", "Maxim, a pilot, told CNN that it was over.", "Maxim, a pilot", {"pilot"}),
        ("en", "According to the mayor, it was quiet.", "mayor", {"mayor"}),
        ("en", "Dudchenko testified yesterday.", "Dudchenko", set()),
    ],
)
def test_attributions(lang: Lang, text: str, speaker: str, offices: set[str]) -> None:
    (said, *_) = attributions(text, lang)
    assert said.speaker.of(text) == speaker
    assert offices <= said.roles


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Он сказал прокурору, что устал."),
        ("uk", "Вона розповіла про суддю."),
        ("en", "He said the judge was ill."),
        ("ru", "Ранее сообщалось о взрыве."),
        ("en", "It rained all day."),
    ],
)
def test_nobody_is_named(lang: Lang, text: str) -> None:
    assert attributions(text, lang) == ()


def test_elisions() -> None:
    text = "Да… нет ... или [...] и (…) и <…> и […]. Всё.."
    assert [s.of(text) for s in elisions(text)] == ["…", "...", "[...]", "(…)", "<…>", "[…]"]


def test_conditions() -> None:
    assert len(conditions("Если бы, иначе никак", "ru")) == 2
    assert len(conditions("only if we must", "en")) == 2


def test_small_predicates() -> None:
    assert is_reporting("рассказала", "ru")
    assert is_reporting("розповіли", "uk")
    assert is_reporting("said", "en")
    assert not is_reporting("сообщалось", "ru")
    assert not is_reporting("sailed", "en")
    assert reports("За словами мера, тихо.", "uk")
    assert not reports("Тихо.", "uk")
    assert "judge" in roles("перед судьёй", "ru")
    assert "prosecutor" in roles("the prosecutors", "en")
    assert is_wrapped("«Мы уходим домой.»")
    assert not is_wrapped("Он сказал: «да».")
    assert has_marks("конец».")
    assert not has_marks("That's it.")


@pytest.mark.parametrize(
    ("lang", "text", "found"),
    [
        ("ru", "Погиб только один.", [("только", "один")]),
        ("ru", "Не более трёх домов.", [("Не более", "трёх")]),
        ("uk", "Щонайбільше двоє.", [("Щонайбільше", "двоє")]),
        ("en", "At most one has died, almost everyone left.", [("At most", "one"), ("almost", "everyone")]),
        ("en", "Most have left at last.", []),
        ("en", "That is all, at most.", []),
    ],
)
def test_limits(lang: Lang, text: str, found: list[tuple[str, str]]) -> None:
    assert [(word.of(text), after.of(text)) for word, after in limits(text, lang)] == found
