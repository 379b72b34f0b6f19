"""Function words of the three languages, from a table."""

from __future__ import annotations

from functools import lru_cache

from transcheck.text.tables import read_table
from transcheck.types import Lang


@lru_cache(maxsize=3)
def function_words(lang: Lang) -> frozenset[str]:
    """Return the words of ``lang`` that carry grammar rather than content, lower case, apostrophes as '."""
    words: str = read_table("function_words")[lang]
    return frozenset(words.split())


def is_function_word(word: str, lang: Lang) -> bool:
    """Tell whether a word as it stands in a text carries grammar only."""
    return word.lower().replace("’", "'").replace("ʼ", "'") in function_words(lang)
