"""Languages in the names of files and folders: ``x.uk.md``, ``x_ua.md``, ``content/uk-UA/x.md``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from transcheck.types import Lang

NAMES: dict[str, Lang] = {
    "ru": "ru",
    "rus": "ru",
    "uk": "uk",
    "ua": "uk",
    "ukr": "uk",
    "en": "en",
    "eng": "en",
}
"""How a file name tells its language: the last part of the stem, after a dot, hyphen or underscore."""

_REGIONS: dict[Lang, str] = {
    "ru": "ru by kz kg md ua lv lt ee il",
    "uk": "uk ua",
    "en": "us gb ie ca au nz in eu",
}
"""Regions that may follow a language; ``ru-en`` names two languages and is no region."""

_PART = re.compile(r"(?:^|[._-])([A-Za-z]{2,3}(?:[-_][A-Za-z]{2})?)$")
_SHORT = re.compile(r"[._-]([A-Za-z]{2,3})$")


@dataclass(frozen=True, slots=True)
class Named:
    """The stem of a file name parted: ``base``, the ``mark`` before the language ("" where there is no base), and the
    language, None where the name tells none; ``base`` is then the whole stem."""

    base: str
    mark: str
    lang: Lang | None


def code_lang(code: str) -> Lang | None:
    """Return the language of a code such as ``uk``, ``ua``, ``ukr``, ``uk-UA``, ``uk_UA``; None for any other text.

    >>> code_lang("ru-RU"), code_lang("en_US"), code_lang("ua"), code_lang("ru-en"), code_lang("us")
    ('ru', 'en', 'uk', None, None)
    """
    first, _, region = code.strip().lower().replace("_", "-").partition("-")
    lang = NAMES.get(first)
    if lang is None or (region and region not in _REGIONS[lang].split()):
        return None
    return lang


def parted(stem: str) -> Named:
    """Part the stem of a file name into its base and its language.

    ``x.uk``, ``x_ua``, ``x-ukr``, ``x.uk-UA`` and ``uk`` are Ukrainian; ``bbc.co.uk`` tells none.
    """
    match = _PART.search(stem)
    while match:
        part = match.group(1).lower()
        lang = code_lang(part)
        if lang:
            base = stem[: match.start()]
            if part == "uk" and base.lower().endswith(".co"):
                break
            return Named(base, stem[match.start() : match.start(1)], lang)
        match = _SHORT.search(stem) if len(part) > 3 else None
    return Named(stem, "", None)


def split_name(path: Path) -> tuple[str, Lang | None]:
    """Return the stem without its language part, and the language (None where the name tells none)."""
    named = parted(path.stem)
    return named.base, named.lang


def lang_from_name(path: Path) -> Lang | None:
    """Return the language that a file name tells, or None."""
    return split_name(path)[1]
