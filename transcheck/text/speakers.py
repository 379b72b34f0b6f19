"""Who is said to have spoken: the offices, names and organisations beside a reporting verb or frame."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcheck.text.lexicon import Hit, matcher, table
from transcheck.text.name_table import stems
from transcheck.text.names import Name, is_common, kinds, names
from transcheck.text.speech import Word, frame_at, is_reporting, reports, words_of
from transcheck.text.translit import fold
from transcheck.types import Lang, Span

_BREAK = re.compile(r"[.!?;:«»„“”\"()\[\]\n—–…]")
Section = tuple[str, str]
ROLES: Section = ("reporting", "roles")
"""Where the nouns of offices and conditions stand: the table and its section."""
_REACH = 6
"""Words on either side of a reporting verb among which its speaker is looked for."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """A reporting verb or frame and its speaker.

    ``start`` and ``end`` span both; ``speaker`` is the place of the words that name the speaker; ``roles`` are the
    identifiers of the role nouns there, ``orgs`` those of the organisations beside them, ``names`` the proper names.
    """

    start: int
    end: int
    speaker: Span
    roles: frozenset[str]
    names: tuple[Name, ...]
    orgs: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def _told() -> frozenset[str]:
    return frozenset(table("reporting")["verbs"]["told"])


@lru_cache(maxsize=3)
def _pronouns(lang: Lang) -> frozenset[str]:
    return frozenset(table("reporting")["pronouns"][lang])


@lru_cache(maxsize=9)
def _roles(lang: Lang, source: Section = ROLES) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return the role identifiers by dictionary form and by stem."""
    forms: dict[str, set[str]] = {}
    shortened: dict[str, set[str]] = {}
    for role, by_lang in table(source[0])[source[1]].items():
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
    for word in words_of(text):
        found += sorted(_role(word.low, lang, nominative=False))
    return tuple(found)


@lru_cache(maxsize=1024)
def organisations(text: str, lang: Lang) -> frozenset[str]:
    """Return the identifiers of the organisations of which ``text`` speaks in any form."""
    return frozenset(hit.key for hit in matcher("reporting", "orgs", lang).find(text))


def role_of(word: str, lang: Lang, *, nominative: bool = False, source: Section = ROLES) -> frozenset[str]:
    """Return the identifiers of one word in a table of nouns (``source``: its file and section); ``nominative``: of its
    dictionary form alone.
    """
    return _role(fold(word), lang, nominative=nominative, source=source)


def _role(low: str, lang: Lang, *, nominative: bool, source: Section = ROLES) -> frozenset[str]:
    forms, shortened = _roles(lang, source)
    if "-" in low and low not in forms:
        parts = (_role(part, lang, nominative=nominative, source=source) for part in low.split("-") if part)
        return frozenset().union(*parts)
    if lang == "en":
        return shortened.get(re.sub(r"'s?$", "", low), frozenset())
    if nominative:
        return forms.get(low, frozenset())
    return next((shortened[s] for s in stems(low) if s in shortened and len(s) >= 3), frozenset())


@lru_cache(maxsize=1024)
def attributions(text: str, lang: Lang) -> tuple[Attribution, ...]:
    """Return the attributions of ``text`` whose speaker is named by a role noun or a proper name, in order."""
    words = words_of(text)
    if not reports(text, lang):
        return ()
    known = names(text, lang)
    out: list[Attribution] = []
    for i, word in enumerate(words):
        frame = frame_at(words, i, lang)
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


def _of_verb(text: str, lang: Lang, words: list[Word], at: int, known: tuple[Name, ...]) -> Attribution | None:
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


def _run(text: str, words: list[Word], at: int, step: int, *, commas: bool) -> list[Word]:
    """Return the words next to word ``at`` up to a break, in order of the text; ``commas``: they are no break."""
    out: list[Word] = []
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
    text: str, lang: Lang, run: Sequence[Word], known: tuple[Name, ...], anchor: int, *, nominative: bool
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
    hits = [h for h in matcher("reporting", "orgs", lang).find(text) if run[0].start <= h.start < run[-1].end]
    orgs = frozenset(h.key for h in hits)
    if not marked:
        marked = [(h.start, h.end) for h in hits if _speaks_for(text, lang, h, run, anchor)]
    if not marked:
        return None
    speaker = Span(min(s for s, _ in marked), max(e for _, e in marked))
    return Attribution(min(anchor, speaker.start), max(anchor, speaker.end), speaker, frozenset(found), people, orgs)


def _speaks_for(text: str, lang: Lang, hit: Hit, run: Sequence[Word], anchor: int) -> bool:
    """Tell whether an organisation is itself the speaker: *в полиции* сообщили, the *court* said."""
    if lang == "en":
        return hit.start < anchor and run[-1].end <= hit.end
    before = text[: hit.start].split()
    return bool(before) and fold(before[-1]).strip("«(") in table("reporting")["within"][lang]


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
