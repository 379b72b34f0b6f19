"""Whether two speakers are one person."""

from __future__ import annotations

import pytest

from transcheck.text.people import same_speaker
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("a", "lang_a", "b", "lang_b", "same"),
    [
        ("Елена Коваль", "ru", "Olena Koval", "en", True),
        ("Миша Кравец", "ru", "Mykhailo Kravets", "en", True),
        ("Коваль", "uk", "Mykola Koval", "en", True),
        ("Елена Коваль", "ru", "Микола Коваль", "uk", False),
        ("Сергей Бондарь", "ru", "Serhii Rudyk", "en", True),
        ("Бондарь", "ru", "Rudyk", "en", False),
        ("врач", "ru", "doctor", "en", True),
        ("врач", "ru", "mayor", "en", False),
        ("Оксана Ткаленко", "ru", "doctor", "en", None),
        ("", "ru", "doctor", "en", None),
    ],
)
def test_same_speaker(a: str, lang_a: Lang, b: str, lang_b: Lang, same: bool | None) -> None:
    assert same_speaker(a, lang_a, b, lang_b) is same
