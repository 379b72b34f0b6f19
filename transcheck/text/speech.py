"""Direct speech: quotation marks, dash dialogue, elisions, and the verbs that report it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from transcheck.text.lexicon import table
from transcheck.text.translit import fold
from transcheck.types import Lang, Span

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
"""A word of letters, hyphens and apostrophes inside."""
_BRACKETS = re.compile(r"\[[^\[\]\n]{1,200}\]")
_ELISION = re.compile(r"\[\s*(?:\.{2,}|…)\s*\]|\(\s*(?:\.{2,}|…)\s*\)|<\s*(?:\.{3,}|…)\s*>|…|\.{3,}")
_DIALOGUE = re.compile(r"(?:^|(?<=[\n:]))[ \t]*[—–-][ \t]+(?=\S)", re.MULTILINE)
_PAUSE = re.compile("[,—–]")
_PERSONS = re.compile(
    r"\b(?:я|меня|мне|мой|моя|моё|мои|мы|нас|нам|наш\w?|ты|тебя|тебе|твой|твоя|твои|вы|вас|вам|ваш\w?|мене|мені|моє|мої|"
    r"ми|наше|наші|ти|тобі|твоє|твої|ви|ваше|ваші|i|me|my|we|us|our|you|your)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place and its folded form."""

    start: int
    end: int
    low: str


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return table("reporting")


@lru_cache(maxsize=3)
def _verbs(lang: Lang) -> tuple[str, ...]:
    return tuple(_table()["verbs"][lang])


@lru_cache(maxsize=1)
def _impersonal() -> tuple[str, ...]:
    return tuple(_table()["impersonal"]["endings"])


@lru_cache(maxsize=3)
def _frames(lang: Lang) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(frame.split()) for frame in _table()["frames"][lang])


@lru_cache(maxsize=3)
def _conditions(lang: Lang) -> frozenset[str]:
    return frozenset(_table()["conditions"][lang])


@lru_cache(maxsize=65536)
def is_reporting(low: str, lang: Lang) -> bool:
    """Tell whether the folded word is a form of a reporting verb."""
    verbs = _verbs(lang)
    if lang == "en":
        return low in verbs
    if low.endswith(_impersonal()):
        return False
    return any(low.startswith(v) and len(low) - len(v) <= 4 for v in _by_initial(lang).get(low[:2], ()))


@lru_cache(maxsize=3)
def _by_initial(lang: Lang) -> dict[str, tuple[str, ...]]:
    out: dict[str, list[str]] = {}
    for verb in _verbs(lang):
        out.setdefault(verb[:2], []).append(fold(verb))
    return {k: tuple(v) for k, v in out.items()}


def reports(text: str, lang: Lang) -> bool:
    """Tell whether ``text`` holds a reporting verb or frame."""
    words = words_of(text)
    return any(is_reporting(w.low, lang) for w in words) or any(frame_at(words, i, lang) for i in range(len(words)))


def speaks_unmarked(text: str, lang: Lang) -> bool:
    """Tell whether somebody speaks in his own words without quotation marks: *говорит: я не боюсь*; *дура ты, говорит*.

    A colon follows a reporting verb and a word or none, or the verb stands between commas or dashes and a first or
    second person is spoken of.
    """
    words = words_of(text)
    person = _PERSONS.search(text) is not None
    for i, word in enumerate(words):
        if not is_reporting(word.low, lang):
            continue
        before, behind = text[: word.start].rstrip()[-1:], text[word.end :].lstrip()[:1]
        after = text[words[i + 1].end :].lstrip()[:1] if i + 1 < len(words) else ""
        led = words[i - 1] if i else None
        beside = text[: led.start].rstrip()[-1:] if led is not None else ""
        alone = _PAUSE.match(before) and _PAUSE.match(behind)
        with_one = (_PAUSE.match(before) and _PAUSE.match(after)) or (_PAUSE.match(beside) and _PAUSE.match(behind))
        if ":" in (behind, after) or (person and (alone or with_one)):
            return True
    return False


def gives_name(text: str, lang: Lang) -> bool:
    """Tell whether ``text`` holds a verb by which somebody gives a thing a name: he *called* it a show."""
    verbs = tuple(_table()["naming"][lang])
    return any(w.low.startswith(verbs) and len(w.low) <= 14 for w in words_of(text))


@lru_cache(maxsize=64)
def words_of(text: str) -> list[Word]:
    """Return the words of ``text`` with their folded forms, hyphens inside."""
    return [Word(m.start(), m.end(), fold(m[0])) for m in WORD.finditer(text)]


def frame_at(words: list[Word], at: int, lang: Lang) -> int:
    """Return the number of words of the frame that begins here, 0 for none."""
    for frame in _frames(lang):
        if words[at].low == frame[0] and tuple(w.low for w in words[at : at + len(frame)]) == frame:
            return len(frame)
    return 0


@lru_cache(maxsize=64)
def quotations(text: str) -> tuple[Span, ...]:
    """Return what stands in direct speech, outermost, without its marks: quotations of any style and dash dialogue."""
    spans = sorted((*_marked(text), *_dialogue(text)))
    out: list[Span] = []
    for span in spans:
        if not out or span.start >= out[-1].end:
            out.append(span)
    return tuple(out)


def _marked(text: str) -> Iterator[Span]:
    closers = dict(_table()["quotes"]["pairs"])
    at = 0
    while at < len(text):
        mark = text[at]
        if mark in closers and _opens(text, at):
            end = _closing(text, at, closers[mark], closers)
            if end > 0:
                yield Span(at + 1, end)
                at = end + 1
                continue
        at += 1


def _opens(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] in "«„‹":
        return True
    return (not before or before.isspace() or before in "([{—–-«„“\"‘'>*_:") and bool(after) and not after.isspace()


def _closing(text: str, at: int, closing: str, closers: dict[str, str]) -> int:
    """Return where the quotation opened at ``at`` closes, -1 for nowhere before an empty line; like marks nest."""
    depth = 1
    opener = text[at]
    for i in range(at + 1, len(text)):
        mark = text[i]
        if mark == "\n" and text[i + 1 : i + 2] == "\n" and opener in "\"'‘":
            return -1
        if mark in closing and (opener not in "'‘" or _ends_single(text, i)):
            depth -= 1
            if depth == 0:
                return i
        elif mark == opener and opener not in closing:
            depth += 1
    return -1


def _ends_single(text: str, at: int) -> bool:
    """Tell a closing single mark from an apostrophe: nothing or no letter follows."""
    return not text[at + 1 : at + 2].isalnum()


def _dialogue(text: str) -> Iterator[Span]:
    """Yield the lines that open with a dash, each to its end."""
    for match in _DIALOGUE.finditer(text):
        end = text.find("\n", match.end())
        yield Span(match.end(), end if end >= 0 else len(text))


def has_marks(text: str) -> bool:
    """Tell whether ``text`` holds any double quotation mark, whole or broken, or a dialogue dash."""
    return any(c in text for c in '«»„“”"‹›‘') or _DIALOGUE.search(text) is not None


def is_wrapped(text: str) -> bool:
    """Tell whether one pair of quotation marks, or dialogue, holds nearly all of ``text``."""
    found = quotations(text)
    return bool(found) and max(count_words(s.of(text)) for s in found) >= 0.85 * count_words(text)


def elisions(text: str) -> tuple[Span, ...]:
    """Return the marks that cut a quotation short: …, ..., […], (…), <…>, bracketed or not."""
    return tuple(Span(m.start(), m.end()) for m in _ELISION.finditer(text))


def insertions(text: str) -> tuple[Span, ...]:
    """Return an editor's [insertions], with their brackets; those that only mark a cut are none."""
    return tuple(Span(m.start(), m.end()) for m in _BRACKETS.finditer(text) if m[0][1:-1].strip(".… "))


_MARKS = " \t\r\n\u00a0«„“”\"‘’‹'—–-"


def joined(text: str, parts: Sequence[Span]) -> tuple[str, tuple[tuple[int, int, int], ...]]:
    """Read stretches of one statement as one: the author's clause between them has taken a full stop or comma along.

    Returns the text and its runs (offset in it, offset in ``text``, length); what stands between runs is not in
    ``text``. A comma before a clause that ends a sentence becomes a full stop: “Yes,” he said. “Now.”
    """
    out = ""
    runs: list[tuple[int, int, int]] = []
    for part in parts:
        piece = part.of(text)
        if runs:
            offset, origin, length = runs[-1]
            clause = text[origin + length : part.start].rstrip(_MARKS)
            ended = clause[-1:] in (".", "!", "?", "…")
            if ended and out[-1:] == "," and length > 1:
                out = out[:-1]
                runs[-1] = (offset, origin, length - 1)
            open_end = out.rstrip(')]»”’"')[-1:].isalnum()
            out += (". " if ended else ", ") if open_end and clause.strip(_MARKS) else " "
        runs.append((len(out), part.start, len(piece)))
        out += piece
    return out, tuple(runs)


def conditions(text: str, lang: Lang) -> tuple[Span, ...]:
    """Return the words of ``text`` that open a condition or a reservation: if, unless, except …"""
    listed, limiting = _conditions(lang), _limiting(lang)
    words = words_of(text)
    found = [w for w in words if w.low in listed]
    found += [w for w, after in pairwise(words) if w.low in _limits(lang) and after.low in limiting]
    limited = _table()["limited"][lang]
    found += [w for w, after in pairwise(words) if f"{w.low} {after.low}" in limited]
    return tuple(sorted(Span(w.start, w.end) for w in found))


@lru_cache(maxsize=3)
def _limiting(lang: Lang) -> frozenset[str]:
    return frozenset(_table()["limiting"][lang])


@lru_cache(maxsize=3)
def _limits(lang: Lang) -> frozenset[str]:
    return frozenset(_table()["limits"][lang])


def limits(text: str, lang: Lang) -> tuple[tuple[Span, Span], ...]:
    """Return the words of ``text`` that limit or bound the word behind them (only, at most), each with its place."""
    words = words_of(text)
    alone, bounds = _limits(lang), _table()["bounds"][lang]
    found = []
    for i, word in enumerate(words[:-1]):
        pair = f"{word.low} {words[i + 1].low}"
        if word.low in alone or word.low in bounds:
            found.append((Span(word.start, word.end), Span(words[i + 1].start, words[i + 1].end)))
        elif pair in bounds and i + 2 < len(words):
            found.append((Span(word.start, words[i + 1].end), Span(words[i + 2].start, words[i + 2].end)))
    return tuple(found)


def count_words(text: str) -> int:
    """Return the number of words of ``text``."""
    return sum(1 for _ in WORD.finditer(text))
