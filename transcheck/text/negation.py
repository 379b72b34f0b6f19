"""Negation in Russian, Ukrainian and English: where it stands, of what kind, and which word it denies.

Negative concord (``никто не пришёл``, ``ні слова не сказав``, ``neither … nor``) is one negation. Words that only look
negative (``не только``, ``пока не``, ``isn't it``) and words that may render a negation of another language
(``failed``, ``impossible``, ``отказался``) are returned as weak: they deny nothing for certain, but they can account
for a negation that stands in another version.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from transcheck.text.lexicon import Hit, Matcher, Token, matcher, table, tokens
from transcheck.types import Lang, Span

STRONG: Final = ("clausal", "pronoun", "without")
"""Kinds that deny by themselves; every other kind is weak."""

_BREAK = re.compile(r"[.,;:!?…()\[\]\"«»“”„—–]|\s-\s")
_AND = re.compile(
    r"[^.,;:!?…()\[\]\"«»“”„—–]{1,80}?\band\s+(?:(?:then|even|also|just|simply|\w+ly)\s+)?([\w'’]+)", re.IGNORECASE
)
_ANSWER = re.compile(r"\s*[,.!?…—–-]|\Z")
_QUESTION_END = re.compile(
    r"[.!?…;:—–]|,(?!\s*(?:если|когда|как|что|чтобы|якщо|коли|як|що|щоб|if|that|when)\b)", re.IGNORECASE
)
_CONCORD_REACH = 9
_LISTING = ("ни", "ні", "ані")
_TARGETS = 3


@dataclass(frozen=True, slots=True)
class Negation:
    """A negation at ``start:end``.

    ``kind`` is one of ``STRONG`` or the name of a weak class of ``negation.toml`` (``prefix``, ``question`` …).
    ``denied`` holds the places of up to three words that are denied, nearest first; for a weak one its own words.
    """

    start: int
    end: int
    text: str
    kind: str
    denied: tuple[Span, ...] = ()

    @property
    def strong(self) -> bool:
        """Whether it denies by itself."""
        return self.kind in STRONG

    @property
    def formal(self) -> bool:
        """Whether it holds a negative particle or pronoun, be it strong or not."""
        return self.strong or (self.kind in _neutral() and self.kind != "double")

    @property
    def span(self) -> Span:
        """The place of the negative word."""
        return Span(self.start, self.end)


@lru_cache(maxsize=256)
def negations(text: str, lang: Lang) -> tuple[Negation, ...]:
    """Return the negations of ``text``, strong and weak, in order of place; spans are code points of ``text``."""
    words = tokens(text)
    hits = _one_each(_matcher(lang).find(text))
    clauses = _clauses(text, words)
    taken = {i for h in hits for i in range(h.first, h.last)}
    strong = _concord([h for h in hits if h.key in STRONG and not _number_sign(text, h)], words, clauses, lang)
    found = [_strong(h, words, clauses, text, lang) for h in strong]
    neutral = _neutral()
    found += [
        Negation(h.start, h.end, h.text, h.key, denied)
        for h in hits
        if h.key not in STRONG
        for denied in [_denied(h, words, clauses, lang) if h.key in neutral else _own(h, words)]
    ]
    found += [
        Negation(w.start, w.end, text[w.start : w.end], "prefix", (w.span,))
        for i, w in enumerate(words)
        if i not in taken and _prefixed(w.folded, lang)
    ]
    return tuple(sorted(found, key=lambda n: (n.start, n.end)))


def _one_each(hits: Sequence[Hit]) -> list[Hit]:
    """Keep one hit a place: a form that stands in several classes counts as the first, in the order of the table."""
    kept: dict[int, Hit] = {}
    for hit in hits:
        kept.setdefault(hit.start, hit)
    return list(kept.values())


def _own(hit: Hit, words: Sequence[Token]) -> tuple[Span, ...]:
    return tuple(w.span for w in words[hit.first : hit.last])[-_TARGETS:]


@lru_cache(maxsize=8)
def _matcher(lang: Lang) -> Matcher:
    data = table("negation")
    entries = [
        (kind, form)
        for section in ("neutral", "strong", "lexical")
        for kind, forms in data[section].items()
        for form in forms[lang]
    ]
    return Matcher(entries, lang)


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    return frozenset((*table("negation")["neutral"], "question", "answer"))


@lru_cache(maxsize=8)
def _skip(lang: Lang) -> frozenset[str]:
    return frozenset(table("negation")["skip"]["words"][lang])


@lru_cache(maxsize=8)
def _open_questions(lang: Lang) -> frozenset[str]:
    return frozenset(table("negation")["question"]["open"][lang])


@lru_cache(maxsize=8)
def _prefix_rules(lang: Lang) -> tuple[re.Pattern[str], Matcher]:
    data = table("negation")
    return re.compile("|".join(data["prefix"][lang])), Matcher((("", f) for f in data["prefix_not"][lang]), lang)


def _prefixed(word: str, lang: Lang) -> bool:
    """Tell whether a folded word carries a negative prefix or suffix."""
    rule, exceptions = _prefix_rules(lang)
    return rule.fullmatch(word) is not None and not exceptions.all_at(word)


def _clauses(text: str, words: Sequence[Token]) -> list[int]:
    """Return the number of the clause of every word: a mark between two words starts a new one."""
    numbers: list[int] = []
    number = 0
    for i, word in enumerate(words):
        if i and _BREAK.search(text, words[i - 1].end, word.start):
            number += 1
        numbers.append(number)
    return numbers


def _number_sign(text: str, hit: Hit) -> bool:
    """Tell whether an English ``No.`` abbreviates *number*."""
    return hit.text in ("No", "NO", "no") and re.match(r"\.?\s?\d", text[hit.end : hit.end + 3]) is not None


def _concord(hits: list[Hit], words: Sequence[Token], clauses: list[int], lang: Lang) -> list[Hit]:
    """Drop what negative concord repeats: pronouns beside a clausal negation, the second part of *neither … nor*."""
    kept: list[Hit] = []
    for hit in hits:
        if hit.key == "pronoun":
            partners = [h for h in hits if h is not hit and _concords(hit, h, clauses, lang)]
            if partners:
                continue
        if lang == "en" and _adds_even(hit, hits, words):
            continue
        kept.append(hit)
    return kept


def _adds_even(hit: Hit, hits: Sequence[Hit], words: Sequence[Token]) -> bool:
    """Tell whether an English *not even* only goes on with a negation before it: *nobody complained, not even he*."""
    even = hit.text.lower() == "not" and hit.last < len(words) and words[hit.last].folded == "even"
    return even and any(0 < hit.first - h.first <= _CONCORD_REACH for h in hits)


def _concords(pronoun: Hit, other: Hit, clauses: list[int], lang: Lang) -> bool:
    near = abs(other.first - pronoun.first) <= _CONCORD_REACH
    if not near:
        return False
    repeated = other.key == "pronoun" and other.first < pronoun.first
    if lang == "en":
        return repeated and pronoun.text.lower() == "nor"
    if pronoun.text.lower() in _LISTING and other.key == "clausal":
        return True
    lists = repeated and other.text.lower() == pronoun.text.lower()
    same = clauses[other.first] == clauses[pronoun.first]
    # A relative clause may part the pronoun from its verb: *никакой катастрофы, которую обещали, не случилось*.
    parted = other.key == "clausal" and other.first > pronoun.first and other.text.lower() == "не"
    return lists or parted or (same and (other.key == "clausal" or repeated))


def _strong(hit: Hit, words: Sequence[Token], clauses: list[int], text: str, lang: Lang) -> Negation:
    """Make a negation of a hit: find what it denies, and whether it only asks."""
    denied = _denied(hit, words, clauses, lang)
    kind = "question" if hit.key != "without" and _asks(hit, words, clauses, text, lang) else hit.key
    if _ANSWER.match(text, hit.end) and hit.text.lower() in ("нет", "ні", "no") and _starts(hit, clauses):
        kind = "answer"
    return Negation(hit.start, hit.end, hit.text, kind, denied)


def _denied(hit: Hit, words: Sequence[Token], clauses: list[int], lang: Lang) -> tuple[Span, ...]:
    skip = _skip(lang)
    clause = clauses[hit.first]
    after = [w for i, w in enumerate(words) if i >= hit.last and clauses[i] == clause and w.folded not in skip]
    before = [w for i, w in enumerate(words) if i < hit.first and clauses[i] == clause and w.folded not in skip]
    chosen = after[:_TARGETS] or before[::-1][:_TARGETS]
    if not chosen and hit.last < len(words):
        chosen = [words[hit.last]]
    return tuple(w.span for w in chosen)


def is_form_word(word: str, lang: Lang) -> bool:
    """Tell whether a folded word only holds a sentence together and is never what a negation denies."""
    return word in _skip(lang)


def cancels(text: str, lang: Lang) -> tuple[Span, ...]:
    """Return the words whose denial states the opposite (*не ошибся* is *was right*)."""
    return tuple(Span(h.start, h.end) for h in matcher("negation", "cancels", lang).find(text))


def _starts(hit: Hit, clauses: list[int]) -> bool:
    return hit.first == 0 or clauses[hit.first - 1] != clauses[hit.first]


def _asks(hit: Hit, words: Sequence[Token], clauses: list[int], text: str, lang: Lang) -> bool:
    """Tell whether the negation belongs to a polite or rhetorical question rather than denying anything."""
    if "?" not in text[hit.end : hit.end + 200]:
        return False
    end = _QUESTION_END.search(text, hit.end)
    if end is None or end.group() != "?":
        return False
    first = _starts(hit, clauses)
    if lang == "en":
        return "n't" in hit.text.lower().replace("’", "'") and first
    clause = clauses[hit.first]
    said = {w.folded for i, w in enumerate(words) if clauses[i] == clause}
    return first or not said & _open_questions(lang)


def stated(text: str, lang: Lang, kind: str) -> tuple[Span, ...]:
    """Return the words of ``[stated.<kind>]``; an emphatic one (*did reach*) opens no question and governs a verb."""
    words = tokens(text)
    skip = _skip(lang)
    barred = {*_open_questions(lang), *table("negation")["stated"]["unless"][lang]}
    hits = matcher("negation", "stated", lang).find(text)
    return tuple(
        Span(h.start, h.end)
        for h in hits
        if h.key == kind
        and (
            kind != "emphatic"
            or (
                h.first > 0
                and h.last < len(words)
                and words[h.first - 1].folded not in barred
                and not _BREAK.search(text, words[h.first - 1].end, words[h.last].start)
                and words[h.last].folded not in skip
            )
        )
    )


def implied(text: str, lang: Lang) -> tuple[Negation, ...]:
    """Return the verbs that deny what they govern (*refused to give*, *вряд ли дойдёт*), with the words they govern."""
    words = tokens(text)
    clauses = _clauses(text, words)
    hits = matcher("negation", "implied", lang).find(text)
    return tuple(Negation(h.start, h.end, h.text, h.key, _denied(h, words, clauses, lang)) for h in hits)


@lru_cache(maxsize=256)
def accounts(text: str, lang: Lang) -> tuple[tuple[str, Span], ...]:
    """Return the phrases of ``[accounts]`` with their keys: they may stand for a negation of another version."""
    return tuple((h.key, Span(h.start, h.end)) for h in matcher("negation", "accounts", lang).find(text))


def beyond_and(text: str, negation: Span) -> tuple[Span, bool] | None:
    """Return the verb right behind the next "and" after a negated auxiliary of an English text, and whether it is
    denied too: *did not come and see* (it is), *did not come and saw* (it is not); None where its form does not tell.
    """
    found = _AND.match(text, negation.end)
    before = re.search(r"[\w'’]+\s*\Z", text[: negation.start])
    if not found:
        return None
    own = negation.of(text).lower().replace("’", "'")
    auxiliary = {"cannot": "can", "can't": "can", "won't": "will", "shan't": "shall"}.get(own, own.removesuffix("n't"))
    if own == "not" and before:
        auxiliary = before.group().strip().lower()
    listed, verb, word = table("negation"), Span(*found.span(1)), found[1].lower()
    if auxiliary not in listed["links"]["auxiliary"]["en"] or word in _skip("en"):
        return None
    if word in listed["past"]["alike"].split():
        return None if auxiliary == "did" else (verb, True)
    return verb, not (word.endswith("ed") or word in listed["past"]["forms"].split())
