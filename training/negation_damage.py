"""Sentences with a negation taken out or put in, by the rules of ``negation_damage.toml``."""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from transcheck.types import Lang

_REACH = 60
"""Code points around a removed particle within which negative pronouns turn positive."""
_CONCORD = 25
"""Code points within which negative words of Russian or Ukrainian count as one negation."""


@cache
def rules() -> dict[str, Any]:
    """Return the table of rules."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def count(text: str, lang: Lang) -> int:
    """Return the number of negative words, those of negative concord as one."""
    number, last = 0, -_CONCORD - 1
    for found in re.finditer(rules()["negative"][lang], text, re.I):
        number += lang == "en" or found.start() - last > _CONCORD
        last = found.end()
    return number


def without(text: str, lang: Lang, rng: random.Random) -> list[str]:
    """Return every variant of ``text`` in which one negation is gone."""
    spared = [m.span() for m in re.finditer(rules()["spared"][lang], text, re.I)]
    found: dict[int, str] = {}
    for pattern, *new in rules()["remove"][lang]:
        for m in re.finditer(pattern, text, re.I):
            if m.start() in found or any(a < m.end() and m.start() < b for a, b in spared):
                continue
            word = _filled(rng.choice(new), m)
            rest = text[m.end() :]
            if m.group()[0].isupper():
                word, rest = (word[:1].upper() + word[1:], rest) if word else (word, rest[:1].upper() + rest[1:])
            found[m.start()] = _agreeing(text[: m.start()] + word + rest, lang, m.start())
    return list(found.values())


def with_one(text: str, lang: Lang, rng: random.Random) -> list[str]:
    """Return every variant of ``text`` in which one more verb is denied."""
    denied = [m.end() for m in re.finditer(rules()["negative"][lang], text, re.I)]
    variants = []
    for m in re.finditer(rules()["insert"][lang], text):
        if any(0 <= m.start() - end <= 1 for end in denied):
            continue
        particle = rng.choice(rules()["particle"][lang])
        at = m.end() if lang == "en" else m.start()
        variants.append(text[:at] + particle + text[at:])
    return variants


def _filled(new: str, found: re.Match[str]) -> str:
    """Return a replacement with the form of the verb that it asks for."""
    if new == "{past}":
        return _past(found.group(1).lower())
    if new == "{third}":
        verb = found.group(1).lower()
        return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")
    return found.expand(new)


def _past(verb: str) -> str:
    irregular = rules()["past"].get(verb)
    if irregular:
        return str(irregular)
    if verb.endswith("e"):
        return verb + "d"
    return verb[:-1] + "ied" if re.search(r"[^aeiou]y$", verb) else verb + "ed"


def _agreeing(text: str, lang: Lang, at: int) -> str:
    """Turn negative pronouns of the clause at ``at`` positive."""
    table = rules()["concord"].get(lang)
    if not table:
        return text
    low = max([0, at - _REACH, *(m.end() for m in re.finditer(r"[.,;!?]", text[:at]))])
    stop = re.search(r"[.,;!?]", text[at : at + _REACH])
    high = at + (stop.start() if stop else _REACH)
    words = "|".join(sorted(table, key=len, reverse=True))
    clause = re.sub(rf"\b({words})\b ?", lambda m: f"{table[m[1].lower()]} ".lstrip(), text[low:high], flags=re.I)
    return text[:low] + clause + text[high:]
