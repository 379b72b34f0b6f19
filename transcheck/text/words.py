"""Function words of the three languages, from a table."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from transcheck.types import Lang


@lru_cache(maxsize=3)
def function_words(lang: Lang) -> frozenset[str]:
    """Return the words of ``lang`` that carry grammar rather than content, lower case, apostrophes as '."""
    text = (resources.files("transcheck.text") / "data" / "function_words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[lang].split())


def is_function_word(word: str, lang: Lang) -> bool:
    """Tell whether a word as it stands in a text carries grammar only."""
    return word.lower().replace("’", "'").replace("ʼ", "'") in function_words(lang)
