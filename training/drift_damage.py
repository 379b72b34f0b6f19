"""Translations that drift: a passage dropped, put in or exchanged, a word changed for one that says something else.

Adds to :mod:`training.damage`, whose kinds are numbers, names, negations, antonyms and roles: clauses and phrases,
single words, opposed concepts of the tables that the checks use (quantifiers, modality, comparatives, connectives), and
words exchanged for others that occur in like places but do not say the same.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from training.damage import Damage, exchanged
from transcheck.checks.fields import concepts, entries
from transcheck.text.sentences import segment
from transcheck.text.tables import read_table
from transcheck.text.words import is_function_word
from transcheck.types import LANGS, Encoder, Lang

KINDS = (
    "clause",
    "phrase",
    "word",
    "clause in",
    "phrase in",
    "exchange",
    "negation",
    "number",
    "name",
    "antonym",
    "roles",
    "concept",
    "neighbour",
    "order",
)
SHARES = (0.14, 0.13, 0.07, 0.05, 0.06, 0.05, 0.12, 0.06, 0.06, 0.05, 0.05, 0.09, 0.09, 0.05)
"""How often each kind is tried; where a text does not allow it, another is taken."""
SCARCE = {"roles": 0.7, "number": 0.3, "name": 0.2, "antonym": 0.3, "negation": 0.08}
"""Kinds that few texts allow are tried before the others, this often."""

_WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_LETTERS = re.compile(r"[^\W\d_]{4,}")
_MOST = 8
"""Words of a phrase."""


class Drift:
    """Makes drifting variants; ``encoder`` gives the word vectors that like words are found with, ``texts`` the words,
    names and clauses that are put in.
    """

    def __init__(self, texts: Sequence[tuple[Lang, str]], encoder: Encoder, words: int = 12_000) -> None:
        self._damage = Damage(texts)
        self._like = {lang: Like((t for x, t in texts if x == lang), encoder, words) for lang in LANGS}
        self._texts = {lang: [t for x, t in texts if x == lang] for lang in LANGS}

    def variant(self, text: str, lang: Lang, rng: random.Random) -> tuple[str, str] | None:
        """Return the kind of drift and ``text`` with it, or None where a dozen tries find none."""
        scarce = [kind for kind, chance in SCARCE.items() if rng.random() < chance]
        rng.shuffle(scarce)
        for turn in range(12):
            kind = scarce[turn] if turn < len(scarce) else rng.choices(KINDS, SHARES)[0]
            made = self.one(text, lang, kind, rng)
            if made and " ".join(made.split()) != " ".join(text.split()):
                return kind, made
        return None

    def one(self, text: str, lang: Lang, kind: str, rng: random.Random) -> str | None:
        """Return ``text`` with one drift of ``kind``, one of :data:`KINDS`, or None where there is no place for it."""
        if kind in ("negation", "number", "name", "antonym", "roles"):
            found = self._damage.variants(text, lang, kind, rng)
            return rng.choice(found) if found else None
        if kind in ("clause", "phrase", "word"):
            return without(text, lang, kind, rng)
        if kind == "neighbour":
            return self._like[lang].changed(text, lang, rng)
        if kind == "concept":
            return opposed(text, lang, rng)
        if kind == "order":
            return exchanged(text, lang, rng)
        return self._with(text, lang, kind, rng)

    def _with(self, text: str, lang: Lang, kind: str, rng: random.Random) -> str | None:
        """Put a clause or phrase of another text in, or in the place of a clause."""
        other = rng.choice(self._texts[lang])
        donors = passages(other, lang, "phrase" if kind == "phrase in" else "clause", rng)
        if not donors:
            return None
        start, end = rng.choice(donors)
        put = other[start:end].strip(' ,;:.—–-«»“”"!?…')
        if len(put.split()) < 1 or len(put.split()) > 12:
            return None
        if kind == "exchange":
            places = passages(text, lang, "clause", rng)
            if not places:
                return None
            a, b = rng.choice(places)
            tail = re.search(r"[\s,;:.!?…—–»”\"-]*$", text[a:b])
            return text[:a] + put + (tail.group() if tail else "") + text[b:]
        bounds = [m.end() for m in re.finditer(r"[,;:]? (?=\w)", text)]
        if kind == "clause in":
            bounds = [c.end for s in segment(text, lang) for c in s.clauses if c.end < len(text)]
        if not bounds:
            return None
        at = rng.choice(bounds)
        left, right = text[:at].rstrip(), text[at:].lstrip()
        if kind == "clause in" and left and left[-1] not in ",;:.!?…—–":
            left += ","
        return f"{left} {put} {right}"


def passages(text: str, lang: Lang, kind: str, rng: random.Random) -> list[tuple[int, int]]:
    """Return places that can be taken out: clauses (or two), phrases of one to eight words, single content words."""
    words = [m.span() for m in _WORD.finditer(text)]
    if kind == "clause":
        clauses = [c for s in segment(text, lang) for c in s.clauses]
        found = [(c.start, c.end) for c in clauses if len(c.of(text).split()) >= 2]
        if rng.random() < 0.2:
            found = [(a.start, b.end) for a, b in pairwise(clauses)] or found
        return found
    content = [not is_function_word(text[a:b], lang) for a, b in words]
    if kind == "word":
        return [w for w, c in zip(words, content, strict=True) if c]
    size = min(rng.choice((1, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, _MOST)), len(words) - 3)
    if size < 1:
        return []
    return [(words[i][0], words[i + size - 1][1]) for i in range(len(words) - size + 1) if any(content[i : i + size])]


def without(text: str, lang: Lang, kind: str, rng: random.Random) -> str | None:
    """Return ``text`` without a clause, phrase or word, tidied at the seam; at least three words stay."""
    found = passages(text, lang, kind, rng)
    if not found:
        return None
    start, end = rng.choice(found)
    rest = tidy(text[:start], text[end:])
    return rest if len(_WORD.findall(rest)) >= 3 else None


def tidy(left: str, right: str) -> str:
    """Join what stands around a cut as an editor would: no doubled commas, a capital letter at the beginning."""
    joined = f"{left.rstrip()} {right.lstrip()}".strip()
    joined = re.sub(r"\s+([,.;:!?…])", r"\1", joined)
    joined = re.sub(r"[,;:—–-]\s*([.!?…])", r"\1", joined)
    joined = re.sub(r",(\s*,)+", ",", joined).lstrip(" ,;:.—–")
    return joined if left.strip() else joined[:1].upper() + joined[1:]


class Like:
    """Words of one language by what stands near them in the static space."""

    def __init__(self, texts: Iterable[str], encoder: Encoder, size: int) -> None:
        counts = Counter(w for t in texts for w in _LETTERS.findall(t) if w.islower())
        self._words = [w for w, n in counts.most_common(size) if n >= 3]
        self._encoder = encoder
        self._vectors: NDArray[np.float32] = np.stack([encoder.words(w)[1][0] for w in self._words])

    def changed(self, text: str, lang: Lang, rng: random.Random) -> str | None:
        """Return ``text`` with one content word exchanged for one of like ending that is near it but no synonym."""
        places = [m.span() for m in _LETTERS.finditer(text) if not is_function_word(m.group(), lang)]
        rng.shuffle(places)
        for start, end in places[:3]:
            word = text[start:end].lower()
            near = self._vectors @ self._encoder.words(word)[1][0]
            order = np.argsort(-near)[:60]
            tail = 2 if lang != "en" or word.endswith(("ed", "ng", "ly")) else 1
            fitting = [
                self._words[i]
                for i in order
                if 0.2 < near[i] < 0.62 and self._words[i][-tail:] == word[-tail:] and self._words[i][:4] != word[:4]
            ]
            if fitting:
                new: str = rng.choice(fitting)
                return text[:start] + (new.capitalize() if text[start].isupper() else new) + text[end:]
        return None


@cache
def _concepts(lang: Lang) -> tuple[re.Pattern[str], dict[str, list[str]]]:
    """A pattern of the words and phrases of the tables of contrast and modality, and what stands opposed to each."""
    classes = read_table("modality")["classes"]
    sides = [(classes[r["a"]], classes[r["b"]]) for r in read_table("modality")["opposed"].values()]
    sides += [(r["a"], r["b"]) for r in read_table("contrast").values() if isinstance(r, dict) and "a" in r]
    opposed_to: dict[str, list[str]] = {}
    for a, b in sides:
        plain = [[w for w in side.get(lang, ()) if not set(w) & set("*~/")] for side in (a, b)]
        for here, there in (plain, plain[::-1]):
            for word in here if there else ():
                opposed_to.setdefault(word, []).extend(there)
    words = "|".join(re.escape(w) for w in sorted(opposed_to, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I), opposed_to


def opposed(text: str, lang: Lang, rng: random.Random) -> str | None:
    """Return ``text`` with a quantifier, a modal, a comparative or another concept turned into an opposed one."""
    pattern, opposed_to = _concepts(lang)
    found = list(pattern.finditer(text))
    if not found:
        return None
    m = rng.choice(found)
    word = m.group().lower()
    there = opposed_to.get(word, [])
    if not there:
        return None
    new = rng.choice([w for w in there if w[-1:] == word[-1:]] or there)
    return text[: m.start()] + (new.capitalize() if m.group()[0].isupper() else new) + text[m.end() :]


def swapped(text: str, lang: Lang, rng: random.Random) -> str | None:
    """Return ``text`` with a word of a field of concepts exchanged for one of another concept of it, of like ending."""
    found: list[tuple[int, int, str]] = [
        (hit.start, hit.end, form)
        for field, members in entries().items()
        for own, hits in concepts(field, text, lang).items()
        for hit in hits
        for key, entry in members.items()
        if key != own
        for form in entry.forms(lang)
        if not set(form) & set("*~/") and form[-1] == text[hit.end - 1].lower()
    ]
    if not found:
        return None
    start, end, form = rng.choice(found)
    return text[:start] + (form.capitalize() if text[start].isupper() else form) + text[end:]
