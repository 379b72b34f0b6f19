"""Author's clauses within speech: «Да, — сказал он. — Пойдём» is two stretches of speech and one of the author's.

The rules of Russian and Ukrainian punctuation: the author's words begin in lower case behind a comma, a full stop, a
question or exclamation mark and a dash; speech comes again behind the next dash. A dash without such a mark in front
belongs to the speech.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcheck.quotes.verbs import reports_here, verbal
from transcheck.types import Lang, Span

_SEAM = re.compile(r"(?P<before>[,.!?…:;»“”\")\]])(?P<gap>\s*[—–-]\s+)(?=\S)")
_SENTENCE = re.compile(r"[.!?…]+[»”“\"]?\s+(?=[«„“\"]?[A-ZА-ЯЁІЇЄҐ])")
_WORDS = re.compile(r"[^\W\d_]+")
_LONGEST = 40
"""Words of an author's clause."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Speech with the author's clauses taken out: both as spans, in order, marks and dashes at their edges left off."""

    speech: tuple[Span, ...]
    author: tuple[Span, ...]


def turn(prose: str, span: Span, lang: Lang, within: Sequence[Span] = ()) -> Turn:
    """Part ``span``, which begins with speech, into speech and the author's clauses; ``within`` are inner quotations,
    whose dashes are their own.
    """
    seams = [
        m
        for m in _SEAM.finditer(prose, span.start, span.end)
        if not any(w.start <= m.start("gap") < w.end for w in within)
    ]
    pieces: list[tuple[int, int]] = []
    at = span.start
    for seam in seams:
        pieces.append((at, seam.end("before")))
        at = seam.end()
    pieces.append((at, span.end))
    speech: list[Span] = []
    author: list[Span] = []
    spoken, begun = True, pieces[0][0]
    for number in range(1, len(pieces)):
        start, end = pieces[number]
        before = prose[pieces[number - 1][1] - 1]
        if spoken and _is_author(prose, Span(start, end), before, lang, last=number == len(pieces) - 1):
            speech.append(_speech(prose, begun, pieces[number - 1][1]))
            spoken, begun = False, start
        elif not spoken and (before in ".!?…,:;" or number == len(pieces) - 1):
            author.append(_author(prose, begun, pieces[number - 1][1]))
            spoken, begun = True, start
    (speech if spoken else author).append((_speech if spoken else _author)(prose, begun, span.end))
    return Turn(tuple(s for s in speech if len(s)), tuple(a for a in author if len(a)))


def _is_author(prose: str, piece: Span, before: str, lang: Lang, *, last: bool) -> bool:
    """Tell whether the author speaks between two dashes, or behind the last."""
    body = piece.of(prose)
    first = body[:1]
    if before in ":;" or not first.isalpha():
        return False
    clause = _SENTENCE.split(body)[0]
    if len(_WORDS.findall(clause)) > _LONGEST:
        return False
    if reports_here(clause, lang):
        return first.islower() or before in ",?!…"
    opening = _WORDS.findall(clause)[0].lower()
    tied = before in ",." and (not last or verbal(opening, lang) or _acts(clause, lang))
    return first.islower() and (before in "?!…" or tied)


@lru_cache(maxsize=3)
def _acting(lang: Lang) -> re.Pattern[str]:
    """Forms that tell what somebody did: the past of the Slavic languages near a pronoun or a name."""
    pronouns = {"ru": "он|она|они", "uk": "він|вона|вони", "en": "he|she|they"}[lang]
    return re.compile(rf"\b(?:{pronouns}|[А-ЯІЇЄҐ][а-яіїєґ’']+)\b")


def _acts(clause: str, lang: Lang) -> bool:
    words = _WORDS.findall(clause)[:8]
    past = any(len(w) > 3 and w.islower() and re.search(r"(?:л|ла|ли|в|ся|сь)$", w) for w in words)
    return lang != "en" and past and _acting(lang).search(clause) is not None


def _speech(prose: str, start: int, end: int) -> Span:
    """Trim a stretch of speech; the comma in front of the author's dash is the author's."""
    body = prose[start:end]
    body_end = start + len(body.rstrip())
    while body_end > start and prose[body_end - 1] in ",":
        body_end -= 1
    return Span(start + len(body) - len(body.lstrip()), max(start, body_end)) if body.strip() else Span(start, start)


def _author(prose: str, start: int, end: int) -> Span:
    body = prose[start:end]
    left = len(body) - len(body.lstrip())
    return Span(start + left, max(start + left, start + len(body.rstrip(" \t\u00a0,.:;—–"))))
