"""The people of an article: names, offices and pronouns in the author's words, and which of them are one person.

A surname, a first name or an office stands for the fullest name of its person. An office belongs to the name beside it;
a bare one to the last person who has it, or who has none yet; one that is described ("a reporter from a local paper")
is somebody new.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from transcheck.quotes.verbs import gives_floor, verbal
from transcheck.text.lexicon import table
from transcheck.text.name_table import stems
from transcheck.text.names import Name, is_common, kinds, names
from transcheck.text.speakers import ROLES, role_of
from transcheck.text.speech import Word, words_of
from transcheck.text.translit import fold, is_cyrillic
from transcheck.text.words import function_words
from transcheck.types import Lang, Span

BLANK: Final = "\u25a1"
"""What stands for every character of a quotation in the author's words."""
_TIED: Final = re.compile(r"[ \u00a0-]|\. ?|[ \u00a0]?[A-ZА-ЯІЇЄҐ]\.[ \u00a0]?")
"""What may stand between the words of one name."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_PERSONS, _BODIES = ("quotes", "persons"), ("quotes", "bodies")
_VAGUE: Final = {"woman": "f", "man": "m", "old-man": "m"}
"""Nouns that fit anybody of a gender."""
_FEMININE: Final = re.compile(r"(?:ка|ица|иця|иня|ша|вдова|[нт]ая|[нт]а|мать|мати|актриса)$")
_NEAR: Final = 500
"""Characters back to which a bare office may belong to a person without one."""

Kind = Literal["name", "role", "body", "pronoun", "org"]


@dataclass(slots=True)
class Person:
    """A person or office: the fullest name, its words, the identifiers of offices, and the gender, "" for unknown."""

    name: str
    words: list[str]
    roles: set[str] = field(default_factory=set)
    gender: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A name, office or pronoun in the author's words; ``nominative`` None where the form does not tell; ``behind``
    is the word right before it.
    """

    span: Span
    kind: Kind
    text: str
    nominative: bool | None = None
    behind: str = ""


class People:
    """The people of one article; ``frame`` is its text with all speech blanked out, code point for code point."""

    def __init__(self, frame: str, lang: Lang) -> None:
        self.frame, self.lang = frame, lang
        self.words: list[Word] = words_of(frame)
        self.starts = [w.start for w in self.words]
        found = sorted((*self._names(), *self._nouns(), *self._pronouns()), key=lambda m: m.span)
        self.mentions = list(self._merged(found))
        self.persons: list[Person] = []
        self.who: dict[Mention, Person] = {}
        for mention in sorted((m for m in self.mentions if m.kind == "name"), key=lambda m: -len(m.text.split())):
            self.who[mention] = self._named(mention.text)
        self._resolve()

    def within(self, span: Span) -> range:
        """Return the indices of the words in a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def word_before(self, offset: int) -> str:
        """Return the folded word right before an offset, "" behind a mark or a line break."""
        number = bisect_left(self.starts, offset) - 1
        if number < 0 or re.search(r"[.,!?;:\n—–]", self.frame[self.words[number].end : offset]):
            return ""
        return self.words[number].low

    def _named(self, text: str) -> Person:
        """Return the person of a name, a new one where it is nobody's yet."""
        given = [fold(w) for w in _WORD.findall(text)]
        known = [p for p in self.persons if all(any(same_word(w, o) for o in p.words) for w in given)]
        if known:
            if len(given) == len(known[0].words) and len(text) < len(known[0].name):
                known[0].name = text  # the shorter form is the nominative: Данила Вереса, Данило Верес
            return known[0]
        self.persons.append(Person(text, given, gender=gender_of_name(given, self.lang)))
        return self.persons[-1]

    def _resolve(self) -> None:
        """Say of every office, in order of the text, whose it is."""
        self._tie_offices()
        recent: list[tuple[int, Person]] = []
        for number, mention in enumerate(self.mentions):
            if mention.kind in ("role", "body") and mention not in self.who:
                self.who[mention] = self._holder(number, mention, recent)
            if mention in self.who:
                recent.append((mention.span.start, self.who[mention]))

    def _tie_offices(self) -> None:
        for role in (m for m in self.mentions if m.kind == "role"):
            for name in (m for m in self.mentions if m.kind == "name" and abs(m.span.start - role.span.start) < 90):
                if self._beside(role, name):
                    self.who[role] = self.who[name]
                    self.who[name].roles |= self._ids(role) - set(_VAGUE)
                    break

    def _beside(self, role: Mention, name: Mention) -> bool:
        """Tell whether an office stands right beside a name: мэр города Коваль; Koval, 53, the town's mayor."""
        if role.span.end <= name.span.start:
            gap = self.frame[role.span.end : name.span.start]
            tied = re.fullmatch(rf"[ \u00a0](?:[^.!?;:—–\n{BLANK},]{{0,60}}[ \u00a0,])?|, ", gap)
        else:
            gap = self.frame[name.span.end : role.span.start]
            tied = re.fullmatch(rf",? (?:\d+,? )?(?:[—–-] )?[^.!?;:—–\n{BLANK},]{{0,40}}", gap)
            tied = tied if re.match(r", |,? [—–-] | (?:is|was|works)\b", gap) else None
        return tied is not None and not any(self._breaks(w, gap) for w in words_of(gap))

    def _breaks(self, word: Word, gap: str) -> bool:
        low = word.low
        listed = function_words(self.lang) - {"the", "a", "an", "of", "is", "was", "из", "із", "з", "at"}
        return gives_floor(low, self.lang) or low in listed or (self.lang != "en" and verbal(low, self.lang) and len(low) > 5 and low.endswith(("л", "ла", "ли", "в", "ет", "ит", "ть", "є")))

    def _holder(self, number: int, mention: Mention, recent: Sequence[tuple[int, Person]]) -> Person:
        """Return whose an office is that stands beside no name."""
        ids = self._ids(mention)
        gender = next((g for i, g in _VAGUE.items() if i in ids), "") or self._gender_of_noun(mention.text)
        fits = [(at, p) for at, p in recent if not gender or p.gender in ("", gender)]
        if ids & set(_VAGUE):
            near = [p for at, p in fits if mention.span.start - at < _NEAR and p.words]
            return near[-1] if near else self._office(mention, ids)
        known = [p for _, p in fits if p.roles & ids]
        new = self._described(mention)
        if known and not (new and self.lang == "en"):
            return known[-1]
        last = self.mentions[number - 1] if number else None
        if last is not None and last.kind in ("pronoun", "name") and self._predicate(last, mention):
            subject = self.who.get(last) or (fits[-1][1] if fits else None)
            if subject is not None:
                subject.roles |= ids
                return subject
        bare = [(at, p) for at, p in fits if p.words and not p.roles]
        if bare and not new and mention.kind == "role" and mention.span.start - bare[-1][0] < _NEAR:
            bare[-1][1].roles |= ids
            return bare[-1][1]
        return self._office(mention, ids)

    def _predicate(self, subject: Mention, role: Mention) -> bool:
        gap = self.frame[subject.span.end : role.span.start]
        return role.nominative is not False and re.fullmatch(rf"[^.!?;:,\n{BLANK}]{{0,40}}", gap) is not None and not any(
            gives_floor(w.low, self.lang) or (verbal(w.low, self.lang) and w.low not in ("works", "является")) for w in words_of(gap)
        )

    def _described(self, mention: Mention) -> bool:
        """Tell whether an office is introduced: with an indefinite article, or with words that say whose it is."""
        if self.lang == "en":
            before = words_of(self.frame[max(0, mention.span.start - 40) : mention.span.start])[-3:]
            return any(w.low in ("a", "an", "one", "another") for w in before)
        return len(office(self, mention).split()) > 1

    def _office(self, mention: Mention, ids: set[str]) -> Person:
        person = Person(office(self, mention), [], set(ids), self._gender_of_noun(mention.text))
        self.persons.append(person)
        return person

    def _gender_of_noun(self, text: str) -> str:
        return "f" if self.lang != "en" and _FEMININE.search(fold(text)) else ""

    def _ids(self, mention: Mention) -> set[str]:
        return set(noun_of(mention.text, self.lang))

    def _names(self) -> Iterator[Mention]:
        """Yield the names of persons: runs of capitalised words of which one at least is a name for sure."""
        found = [n for n in names(self.frame, self.lang) if not self._ordinary(n)]
        firm = {fold(n.text) for n in found if n.firm or not kinds(n).isdisjoint(("first", "person"))}
        run: list[Name] = []
        for name in [*found, None]:
            if name is not None and (not run or _TIED.fullmatch(self.frame[run[-1].end : name.start])):
                run.append(name)
                continue
            yield from self._run(run, firm)
            run = [name] if name is not None else []

    def _run(self, run: Sequence[Name], firm: set[str]) -> Iterator[Mention]:
        kept = list(run)
        while kept and not (kept[0].firm or any(same_word(fold(kept[0].text), f) for f in firm)):
            kept.pop(0)
        if not kept:
            return
        span = Span(kept[0].start, kept[-1].end)
        text = re.sub(r"['’]s?$", "", span.of(self.frame)) if self.lang == "en" else span.of(self.frame)
        places = [k for k in kept if kinds(k) <= {"place", "org", "other"}]
        person = len(places) < len(kept) and not (places and kept[0] is places[0])
        if re.search(r"\.\s", self.frame[kept[0].start : kept[-1].end]) and not re.match(r"[A-ZА-ЯІЇЄҐ]\.", text):
            text = text.split(". ")[-1] if person else text
        yield Mention(span, "name" if person else "org", text, None, self.word_before(span.start))

    def _ordinary(self, name: Name) -> bool:
        low = fold(name.text)
        return (
            low in function_words(self.lang)
            or is_common(name.text, self.lang)
            or bool(noun_of(name.text, self.lang))
            or (gives_floor(low, self.lang) and not name.firm)
            or (name.text.isupper() and len(name.text) > 1)
        )

    def _nouns(self) -> Iterator[Mention]:
        for word in self.words:
            if noun_of(word.low, self.lang):
                body = not _ids_of(word.low, self.lang, False)
                nominative = None if self.lang == "en" else bool(noun_of(word.low, self.lang, nominative=True))
                span = Span(word.start, word.end)
                kind: Kind = "body" if body else "role"
                yield Mention(span, kind, span.of(self.frame), nominative, self.word_before(word.start))

    def _pronouns(self) -> Iterator[Mention]:
        listed = (*table("quotes")["gender"][self.lang], {"ru": "они", "uk": "вони", "en": "they"}[self.lang])
        for word in self.words:
            if word.low in listed:
                yield Mention(Span(word.start, word.end), "pronoun", word.low, True, self.word_before(word.start))

    def _merged(self, found: Sequence[Mention]) -> Iterator[Mention]:
        """Let an office right before a name stand with it: its case is that of the name, and its preposition too."""
        last: Mention | None = None
        for mention in found:
            if last is not None and mention.span.start < last.span.end:
                continue
            gap = self.frame[last.span.end : mention.span.start] if last is not None else ""
            if last is not None and re.fullmatch(r"[ \u00a0]", gap) and last.kind == "role" and mention.kind == "name":
                mention = Mention(mention.span, "name", mention.text, last.nominative, last.behind)
            yield mention
            last = mention


def _ids_of(word: str, lang: Lang, nominative: bool) -> frozenset[str]:
    return role_of(word, lang, nominative=nominative, source=ROLES) | role_of(
        word, lang, nominative=nominative, source=_PERSONS
    )


@lru_cache(maxsize=16384)
def noun_of(word: str, lang: Lang, *, nominative: bool = False) -> frozenset[str]:
    """Return the identifiers of a noun of people or bodies that speak, in any form or in the nominative."""
    return _ids_of(word, lang, nominative) | role_of(word, lang, nominative=nominative, source=_BODIES)


_MASCULINE: Final = frozenset(
    fold(n)
    for n in ("никита", "илья", "микола", "ілля", "саша", "лука", "кузьма", "фома", "данила", "савва", "сава", "гаврила",
              "микита", "хома", "миша", "коля", "ваня", "дима", "петя", "вася", "толя", "ilya", "mykola", "nikita", "sasha",
              "mykyta", "luka", "kuzma", "illia", "misha", "kolya", "vanya", "dima")
)  # fmt: skip
_WOMEN: Final = frozenset(
    fold(n) for n in ("любовь", "любов", "нинель", "хелен", "элен", "гелен", "кармен", "мишель", "эстер", "руфь", "ирен")
)


def gender_of_name(words: Sequence[str], lang: Lang) -> str:
    """Return the gender that a name of several words tells by its first, "" where it does not."""
    first = words[0] if len(words) > 1 else ""
    if not first or first in _MASCULINE:
        return "m" if first else ""
    if first.endswith(("а", "я", "a")) or first in _WOMEN:
        return "f"
    return "m" if is_cyrillic(first) and not first.endswith(("ь", "и", "і", "е", "э", "у", "ю")) else ""


@lru_cache(maxsize=16384)
def same_word(a: str, b: str) -> bool:
    """Tell whether two folded words of one language are forms of one name."""
    if a == b:
        return True
    if not (is_cyrillic(a) and is_cyrillic(b)) or a[:2] != b[:2]:
        return False
    least = max(3, min(len(a), len(b)) - 2)
    return any(len(s) >= least and s in stems(b) for s in stems(a))


def office(people: People, mention: Mention) -> str:
    """Return the words that name an office: head of the district health department, начальник райздрава."""
    text, lang = people.frame, people.lang
    start, end = mention.span.start, mention.span.end
    stop = next((i for i in range(end, len(text)) if text[i] in f".,!?;:()\n—–{BLANK}"), len(text))
    if lang == "en":
        words = text[max(0, start - 60) : start].split(" ")[-4:-1]
        while words and not (words[-1].isalpha() and words[-1].islower() and words[-1] not in function_words("en")):
            break
        left: list[str] = []
        for word in reversed(words):
            if not re.fullmatch(r"[a-z-]+", word) or word in function_words("en") or gives_floor(word, "en"):
                break
            left.insert(0, word)
        tail = re.match(r" (?:of|for|at) (?:the )?.*", text[end:stop], re.DOTALL)
        kept: list[str] = []
        for word in (tail[0] if tail else "").split(" "):
            if gives_floor(word.lower(), "en"):
                break
            kept.append(word)
        return " ".join([*left, text[start:end]]) + " ".join(kept).rstrip()
    taken = end
    for found in words_of(text[end:stop])[:4]:
        if gives_floor(found.low, lang) or found.low in function_words(lang) or verbal(found.low, lang):
            break
        taken = end + found.end
    return text[start:taken]
