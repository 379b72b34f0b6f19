"""Translations damaged in one fact: a number, a name, a negation, an opposite, who did it to whom.

Serves the minimal pairs of ``benchmarks/`` and the training of the contextual encoder, which exchanges any two words of
a clause besides. The rules are in ``damage.toml`` and, for negations, in ``negation_damage.toml``. A damaged text need
not be elegant; it must say something else.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from training import negation_damage
from transcheck.types import LANGS, Lang

KINDS = ("number", "name", "negation", "antonym", "roles")

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_OTHER_KINDS, _EXCHANGED = 0.2, 0.12
"""How often a text is damaged whose roles cannot be exchanged: in another kind, and by two words exchanged."""

_AND = ("", "and", "or", "и", "или", "і", "й", "та", "або")
"""What stands between two words whose order says nothing."""

_POOL = 20_000
"""Names kept of a language and ending."""


@cache
def rules() -> dict[str, Any]:
    """Return the tables."""
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class Damage:
    """Damages texts; other names to put in are taken from ``texts``, pairs of language and text."""

    def __init__(self, texts: Iterable[tuple[Lang, str]]) -> None:
        self._names: dict[tuple[Lang, str], list[str]] = {}
        for lang, text in texts:
            for start, end in names(text, lang):
                name = text[start:end]
                if " " not in name:
                    pool = self._names.setdefault((lang, name[-2:]), [])
                    if len(pool) < _POOL:
                        pool.append(name)

    def variants(self, text: str, lang: Lang, kind: str, rng: random.Random) -> list[str]:
        """Return every way found to damage ``text`` in ``kind``, one of :data:`KINDS`; none equals ``text``."""
        made: dict[str, Callable[[str, Lang, random.Random], list[str]]] = {
            "number": _numbers,
            "name": self._other_names,
            "negation": _negations,
            "antonym": _antonyms,
            "roles": _roles,
        }
        return [v for v in made[kind](text, lang, rng) if _plain(v) != _plain(text)]

    def one(self, text: str, lang: Lang, rng: random.Random) -> str | None:
        """Return ``text`` damaged in a random kind that it allows, or None."""
        for kind in rng.sample(KINDS, len(KINDS)):
            found = self.variants(text, lang, kind, rng)
            if found:
                return rng.choice(found)
        return None

    def likely(self, text: str, lang: Lang, rng: random.Random) -> str | None:
        """Return ``text`` damaged as training wants it, or None: roles where they can be exchanged, which few texts
        allow; else, in about one of three, another kind or two words exchanged."""
        roles = self.variants(text, lang, "roles", rng)
        if roles:
            return rng.choice(roles)
        chance = rng.random()
        if chance < _OTHER_KINDS:
            return self.one(text, lang, rng)
        return exchanged(text, lang, rng) if chance < _OTHER_KINDS + _EXCHANGED else None

    def _other_names(self, text: str, lang: Lang, rng: random.Random) -> list[str]:
        """One name replaced by another with the same ending, which in Russian and Ukrainian mostly is the same case."""
        found = []
        for start, end in names(text, lang):
            name = text[start:end]
            others = self._names.get((lang, name[-2:]), [])
            if " " in name or not others:
                continue
            other = rng.choice(others)
            if other[:3] != name[:3]:
                found.append(text[:start] + other + text[end:])
        return found


def names(text: str, lang: Lang) -> list[tuple[int, int]]:
    """Return the places of capitalised words inside sentences, runs of them as one."""
    barred = set(rules()["no_names"][lang].split())
    found: list[tuple[int, int]] = []
    last = None
    for m in _WORD.finditer(text):
        word = m.group()
        before = text[: m.start()].rstrip(" \u00a0")
        inside = bool(before) and (before[-1].isalnum() or before[-1] in ",;)%")
        proper = len(word) > 2 and word[0].isupper() and not word.isupper() and word not in barred
        if proper and inside:
            if last is not None and found and text[found[-1][1] : m.start()] == " " and last == found[-1][1]:
                found[-1] = (found[-1][0], m.end())
            else:
                found.append((m.start(), m.end()))
            last = m.end()
    return found


def _numbers(text: str, lang: Lang, rng: random.Random) -> list[str]:
    """A digit of a number changed, two digits exchanged, or a number word replaced."""
    made = []
    for m in re.finditer(r"\d+", text):
        digits = m.group()
        at = rng.randrange(len(digits))
        other = rng.choice([d for d in "123456789" if d != digits[at]])
        made.append(text[: m.start()] + digits[:at] + other + digits[at + 1 :] + text[m.end() :])
    rows = _number_rows()[lang]
    for m in _WORD.finditer(text):
        row = rows.get(_plain(m.group()))
        if row:
            other = rng.choice([w for w in row if w != _plain(m.group())])
            made.append(_put(text, m.span(), other))
    return made


def _negations(text: str, lang: Lang, rng: random.Random) -> list[str]:
    """A negation less, or where there is none, one more."""
    gone = negation_damage.without(text, lang, rng)
    return gone or ([] if negation_damage.count(text, lang) else negation_damage.with_one(text, lang, rng))


def _antonyms(text: str, lang: Lang, rng: random.Random) -> list[str]:
    """A word replaced by its opposite."""
    table = _opposites()[lang]
    return [
        _put(text, m.span(), rng.choice(table[_plain(m.group())]))
        for m in _WORD.finditer(text)
        if _plain(m.group()) in table
    ]


def _roles(text: str, lang: Lang, rng: random.Random) -> list[str]:
    """Two names, or the two persons of a clause, exchanged."""
    made = []
    found = names(text, lang)
    for (a, b), (c, d) in pairwise(found):
        between = text[b:c].strip(" ,")
        first, second = text[a:b], text[c:d]
        if not re.search(r"\w{2}", between) or between in _AND:
            continue
        if lang == "en" or first[-1] == second[-1]:
            made.append(text[:a] + second + text[b:c] + first + text[d:])
    persons = [row.split() for row in rules()["persons"][lang]]
    words = [(m.span(), _plain(m.group())) for m in _WORD.finditer(text)]
    for (first_at, first), (second_at, second) in ((x, y) for i, x in enumerate(words) for y in words[i + 1 : i + 6]):
        subject = [row for row in persons if row[0] == first]
        target = [row for row in persons if row[1] == second]
        for row in target:
            other = next((s for s in subject if s[0] != row[0] and _case(persons, s) == _case(persons, row)), None)
            if other and not re.search(r"[.!?;]", text[first_at[1] : second_at[0]]):
                changed = _put(text, second_at, other[1])
                made.append(_put(changed, first_at, "I" if row[0] == "i" else row[0]))
                break
    return made


def exchanged(text: str, lang: Lang, rng: random.Random) -> str | None:
    """Two words of a clause exchanged, in Russian and Ukrainian of the same ending; or None."""
    words = [m.span() for m in _WORD.finditer(text)]
    chosen = [(i, a, b) for i, (a, b) in enumerate(words) if b - a >= 4 and text[a:b].islower()]
    for _ in range(6 if len(chosen) > 1 else 0):
        (i, a, b), (j, c, d) = sorted(rng.sample(chosen, 2))
        first, second = text[a:b], text[c:d]
        unlike = first[:4] != second[:4] and (lang == "en" or first[-2:] == second[-2:])
        listed = text[b:c].strip(" ,") in _AND
        if j - i >= 2 and unlike and not listed and not re.search(r"[.!?;]", text[b:c]):
            return text[:a] + second + text[b:c] + first + text[d:]
    return None


def _case(persons: list[list[str]], row: list[str]) -> int:
    """Which of the runs of persons the row is in: the first names direct, the second indirect objects."""
    return persons.index(row) // 5


def _put(text: str, at: tuple[int, int], word: str) -> str:
    """Replace a place in ``text``, with a capital letter where one stood."""
    old = text[at[0] : at[1]]
    return text[: at[0]] + (word[:1].upper() + word[1:] if old[0].isupper() else word) + text[at[1] :]


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е").replace("’", "'").replace("ʼ", "'")


@cache
def _number_rows() -> dict[str, dict[str, list[str]]]:
    """Language to number word to the words of its row."""
    return {lang: {w: row.split() for row in rules()["numbers"][lang] for w in row.split()} for lang in LANGS}


@cache
def _opposites() -> dict[str, dict[str, list[str]]]:
    """Language to word to its opposites, endings spelled out."""
    tables: dict[str, dict[str, list[str]]] = {}
    for lang in LANGS:
        table = tables.setdefault(lang, {})
        for pair in re.findall(r"(?:[^\s(]|\([^)]*\))+", rules()["antonyms"][lang]):
            first, second = pair.split("/")
            stem, _, inner = first.partition("(")
            named = inner.rstrip(")")
            endings = [""] if not inner else (rules()["endings"][named[1:]][lang] if named[0] == "@" else named).split()
            for ending in endings:
                a, b = stem + ending, second + ending
                table.setdefault(a, []).append(b)
                table.setdefault(b, []).append(a)
    return tables
