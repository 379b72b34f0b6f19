"""Words that mix the two scripts."""

from __future__ import annotations

import pytest

from transcheck.text.lookalikes import corrected, mixed_words


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("Місто Кiев стоїть", "Кiев", "Кіев"),
        ("Почалася вiйна", "вiйна", "війна"),
        ("Cлава героям", "Cлава", "Слава"),
        ("Работает IТ-отдел", "IТ", "ІТ"),
        ("The city of Kуiv", "Kуiv", "Kyiv"),
        ("Ки́iв", "Ки́iв", "Ки́ів"),
    ],
)
def test_a_mixed_word_is_found_in_its_place_and_corrected(text: str, word: str, meant: str) -> None:
    (span,) = mixed_words(text)
    assert span.of(text) == word
    assert corrected(word) == meant


@pytest.mark.parametrize(
    "text",
    [
        "IT-компания", "Х-101", "X-101", "USB-кабель", "iPhone'ы", "iPhone’ы", "C-300", "С-300", "SMSка", "PRщик",
        "ATMами", "BMWшник", "Wi-Fi-роутер", "Київ", "Kyiv", "Googleом", "Яndex", "https://example.org/кiт", "",
    ],
)  # fmt: skip
def test_meant_mixtures_are_left_alone(text: str) -> None:
    assert mixed_words(text) == ()
