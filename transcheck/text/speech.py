"""Direct speech: quotation marks, dash dialogue, elisions, and who is said to have spoken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from transcheck.text.name_table import stems
from transcheck.text.names import Name, is_common, kinds, names
from transcheck.text.translit import fold
from transcheck.types import Lang, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_BREAK = re.compile(r"[.!?;:«»„“”\"()\[\]\n—–…]")
_ELISION = re.compile(r"\[\s*(?:\.{2,}|…)\s*\]|\(\s*(?:\.{2,}|…)\s*\)|<\s*(?:\.{3,}|…)\s*>|…|\.{3,}")
_DIALOGUE = re.compile(r"(?:^|(?<=[\n:]))[ \t]*[—–-][ \t]+(?=\S)", re.MULTILINE)
_REACH = 6
"""Words on either side of a reporting verb among which its speaker is looked for."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reporting verb or frame and its speaker.

    ``start`` and ``end`` span both; ``speaker`` is the place of the words that name the speaker; ``roles`` are the
    identifiers of the role nouns there, ``names`` the proper names.
    """

    start: int
    end: int
    speaker: Span
    roles: frozenset[str]
    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    low: str


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("transcheck.text").joinpath("data/reporting.toml").read_text("utf-8"))


@lru_cache(maxsize=3)
def _verbs(lang: Lang) -> tuple[str, ...]:
    return tuple(_table()["verbs"][lang])


@lru_cache(maxsize=1)
def _told() -> frozenset[str]:
    return frozenset(_table()["verbs"]["told"])


@lru_cache(maxsize=1)
def _impersonal() -> tuple[str, ...]:
    return tuple(_table()["impersonal"]["endings"])


@lru_cache(maxsize=3)
def _frames(lang: Lang) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(frame.split()) for frame in _table()["frames"][lang])


@lru_cache(maxsize=3)
def _pronouns(lang: Lang) -> frozenset[str]:
    return frozenset(_table()["pronouns"][lang])


@lru_cache(maxsize=3)
def _conditions(lang: Lang) -> frozenset[str]:
    return frozenset(_table()["conditions"][lang])


@lru_cache(maxsize=3)
def _roles(lang: Lang) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return the role identifiers by dictionary form and by stem."""
    forms: dict[str, set[str]] = {}
    shortened: dict[str, set[str]] = {}
    for role, by_lang in _table()["roles"].items():
        for form in by_lang[lang]:
            folded = fold(form)
            forms.setdefault(folded, set()).add(role)
            keys = {folded, folded + "s"} if lang == "en" else {s for s in stems(folded) if len(s) >= len(folded) - 2}
            for key in keys:
                shortened.setdefault(key, set()).add(role)
    return {k: frozenset(v) for k, v in forms.items()}, {k: frozenset(v) for k, v in shortened.items()}


@lru_cache(maxsize=1024)
def roles(text: str, lang: Lang) -> tuple[str, ...]:
    """Return the role identifiers of ``text`` in order, one for every reading of every role noun in any form."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        found += sorted(_role(fold(match[0]), lang, nominative=False))
    return tuple(found)


def _role(low: str, lang: Lang, *, nominative: bool) -> frozenset[str]:
    if "-" in low and low not in _roles(lang)[0]:
        return frozenset().union(*(_role(part, lang, nominative=nominative) for part in low.split("-") if part))
    forms, shortened = _roles(lang)
    if lang == "en":
        return shortened.get(re.sub(r"'s?$", "", low), frozenset())
    if nominative:
        return forms.get(low, frozenset())
    return next((shortened[s] for s in stems(low) if s in shortened and len(s) >= 3), frozenset())


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
    words = _words(text)
    return any(is_reporting(w.low, lang) for w in words) or any(_frame_at(words, i, lang) for i in range(len(words)))


@lru_cache(maxsize=64)
def _words(text: str) -> list[_Word]:
    return [_Word(m.start(), m.end(), fold(m[0])) for m in _WORD.finditer(text)]


def _frame_at(words: list[_Word], at: int, lang: Lang) -> int:
    """Return the number of words of the frame that begins here, 0 for none."""
    for frame in _frames(lang):
        if words[at].low == frame[0] and tuple(w.low for w in words[at : at + len(frame)]) == frame:
            return len(frame)
    return 0


@lru_cache(maxsize=1024)
def attributions(text: str, lang: Lang) -> tuple[Attribution, ...]:
    """Return the attributions of ``text`` whose speaker is named by a role noun or a proper name, in order."""
    words = _words(text)
    if not reports(text, lang):
        return ()
    known = names(text, lang)
    out: list[Attribution] = []
    for i, word in enumerate(words):
        frame = _frame_at(words, i, lang)
        if frame:
            run = _run(text, words, i + frame - 1, 1, commas=False)
            found = _speaker(text, lang, run, known, word.start, nominative=False)
        elif is_reporting(word.low, lang):
            found = _of_verb(text, lang, words, i, known)
        else:
            continue
        if found is not None:
            out.append(found)
    return tuple(out)


def _of_verb(text: str, lang: Lang, words: list[_Word], at: int, known: tuple[Name, ...]) -> Attribution | None:
    """Find the speaker before an English verb, or after it when it stands inverted; around a Slavic one."""
    verb = words[at]
    before = _run(text, words, at, -1, commas=lang == "en")
    after = _run(text, words, at, 1, commas=False)
    pronouns = _pronouns(lang)
    inverted = bool(after) and after[0].low in pronouns and (lang != "en" or not before)
    if inverted or (before and before[-1].low in pronouns):
        return None
    sides = (before, () if verb.low in _told() else after) if lang == "en" else (after, before)
    found = (_speaker(text, lang, side, known, verb.start, nominative=True) for side in sides)
    return next((f for f in found if f is not None), None)


def _run(text: str, words: list[_Word], at: int, step: int, *, commas: bool) -> list[_Word]:
    """Return the words next to word ``at`` up to a break, in order of the text; ``commas``: they are no break."""
    out: list[_Word] = []
    i = at
    while 0 <= i + step < len(words) and len(out) < _REACH:
        left, right = (i, i + 1) if step > 0 else (i - 1, i)
        gap = text[words[left].end : words[right].start]
        if _BREAK.search(gap) or ("," in gap and not commas):
            break
        i += step
        out.append(words[i])
    return out if step > 0 else out[::-1]


def _speaker(
    text: str, lang: Lang, run: Sequence[_Word], known: tuple[Name, ...], anchor: int, *, nominative: bool
) -> Attribution | None:
    if not run:
        return None
    found: set[str] = set()
    marked: list[tuple[int, int]] = []
    for word in run:
        role = _role(word.low, lang, nominative=nominative)
        if role:
            found |= role
            marked.append((word.start, word.end))
    people = tuple(n for n in known if run[0].start <= n.start < run[-1].end and _personal(n, lang))
    marked += [(n.start, n.end) for n in people]
    if not marked:
        return None
    speaker = Span(min(s for s, _ in marked), max(e for _, e in marked))
    return Attribution(min(anchor, speaker.start), max(anchor, speaker.end), speaker, frozenset(found), people)


def _personal(name: Name, lang: Lang) -> bool:
    """Tell whether a name may be a speaker's: known as a person's, or unknown and no common capitalised word."""
    if name.entities:
        return not kinds(name).isdisjoint(("person", "first"))
    if name.firm:
        return True
    folded = fold(name.text)
    return (
        len(folded) > 2
        and not name.text.isupper()
        and not is_common(name.text, lang)
        and not is_reporting(folded, lang)
    )


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


def conditions(text: str, lang: Lang) -> tuple[Span, ...]:
    """Return the words of ``text`` that open a condition or a reservation: if, unless, only …"""
    listed = _conditions(lang)
    return tuple(Span(w.start, w.end) for w in _words(text) if w.low in listed)


def count_words(text: str) -> int:
    """Return the number of words of ``text``."""
    return sum(1 for _ in _WORD.finditer(text))
