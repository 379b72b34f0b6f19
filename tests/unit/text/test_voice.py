"""The passive voice by its forms."""

import pytest

from transcheck.text.voice import is_passive
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("lang", "subject", "rest", "passive"),
    [
        ("en", "he", " was voted the best", True),
        ("en", "I", " wasn’t told", True),
        ("en", "she", "'s been given a medal", True),
        ("en", "they", " have never been caught", True),
        ("en", "I", " always get asked about it", True),
        ("en", "we", " did get fed", True),
        ("en", "they", " are going home", False),
        ("en", "he", " was open about it", False),
        ("en", "she", " has voted", False),
        ("ru", "он", " был признан лучшим", True),
        ("ru", "они", " не были найдены", True),
        ("ru", "она", " будет спать", False),
        ("ru", "он", " признал это", False),
        ("uk", "він", " був поранений", True),
        ("uk", "вони", " були вбиті", True),
        ("uk", "вона", " буде спати", False),
    ],
)
def test_passive(lang: Lang, subject: str, rest: str, passive: bool) -> None:
    assert is_passive(subject + rest, len(subject), lang) is passive
