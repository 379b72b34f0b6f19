"""The people of an article: names, offices and pronouns in the author's words, and which of them are one person.

A surname, a first name or an office stands for the fullest name of its person. An office belongs to the name beside it;
a bare one to the last person who has it, or who has none yet; one that is described ("a reporter from a local paper")
is somebody new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from transcheck.quotes.forms import (
    better,
    dictionary_form,
    gender_of_name,
    genitive,
    noun_of,
    same_word,
)
from transcheck.quotes.mentions import BLANK, Author, Mention, plural
from transcheck.quotes.verbs import beginnings, gives_floor, verbal
from transcheck.text.lexicon import table
from transcheck.text.speech import WORD, Word, words_of
from transcheck.text.translit import fold
from transcheck.text.words import function_words
from transcheck.types import Lang, Span

_VAGUE: Final = {"woman": "f", "man": "m", "old-man": "m"}
"""Nouns that fit anybody of a gender."""
_FEMININE: Final = re.compile(r"(?:ка|ица|иця|иня|ша|вдова|[нт]ая|[нт]а|мать|мати|актриса)$")
_BROAD: Final = frozenset(
    ("chief", "mayor", "governor", "president", "commander", "official", "spokesman", "minister", "soldier", "deputy",
     "chairman", "general", "colonel", "relative", "resident", "expert", "academic", "worker", "adviser",
     "pensioner", "student", "athlete")
)  # fmt: skip
"""Identifiers that many people of one article may share."""
_KEPT: Final = frozenset(("the", "a", "an", "of", "is", "was", "at", "из", "із", "з", "от", "від"))
_OF_OFFICE: Final = frozenset(("of", "at", "for", "in", "from", "with", "and"))
_PAST: Final = ("л", "ла", "ли", "в", "ет", "ит", "ить", "ять", "є")
_NEAR: Final = 500
"""Characters back to which a bare office may belong to a person without one."""


@dataclass(slots=True)
class Person:
    """A person or office: the fullest name, its words, the identifiers of offices, and the gender, "" for unknown."""

    name: str
    words: list[str]
    roles: set[str] = field(default_factory=set)
    gender: str = ""


class People(Author):
    """The people of one article: ``persons``, and ``who`` is spoken of by each mention but the pronouns."""

    def __init__(self, frame: str, lang: Lang, spoken: Sequence[Span] = (), titles: Sequence[Span] = ()) -> None:
        super().__init__(frame, lang, spoken, titles)
        self.persons: list[Person] = []
        self.who: dict[Mention, Person] = {}
        for mention in sorted((m for m in self.mentions if m.kind == "name"), key=lambda m: -len(m.text.split())):
            self.who[mention] = self._named(
                mention.text, introduced=mention.behind in table("quotes")["names"]["introduce"]
            )
        self._tie_offices()
        self._leave_things_out()
        self._resolve()
        if self.lang != "en":
            self.mentions = [self._with_case(m) for m in self.mentions]

    def _named(self, text: str, *, introduced: bool) -> Person:
        """Return the person of a name, a new one where it is nobody's yet or is introduced: one named Vladimir."""
        given = [fold(w) for w in WORD.findall(text)]
        known = (
            [] if introduced else [p for p in self.persons if all(any(same_word(w, o) for o in p.words) for w in given)]
        )
        if known:
            known[0].words += (
                [w for w in given if w not in known[0].words] if len(given) == len(known[0].name.split()) else []
            )
            known[0].name = better(known[0].name, text)
            return known[0]
        self.persons.append(Person(text, given, gender=gender_of_name(given, self.lang)))
        return self.persons[-1]

    def _with_case(self, mention: Mention) -> Mention:
        """Say of a name that it is no nominative where its form is not the person's, or only an oblique one."""
        if mention.kind != "name" or mention.nominative is not None:
            return mention
        person = self.who[mention]
        last = fold(WORD.findall(mention.text)[-1])
        canonical = fold(WORD.findall(person.name)[-1]) if person.name else last
        differs = same_word(last, canonical) and last != canonical
        shaped = all(
            re.search(r"(?:[уюоыи]|ой|ою|ей|ею|ом|ем|им|ым|ого|ому|ої)$", w)
            for w in map(fold, WORD.findall(mention.text))
        )
        shaped = shaped and not last.endswith(("ко", "о", "ий", "ый"))
        if differs or (shaped and len(mention.text.split()) > 1):
            told = Mention(mention.span, mention.kind, mention.text, False, mention.behind)
            self.who[told] = person
            return told
        return mention

    def _leave_things_out(self) -> None:
        """Take out what has a name and is no person: nothing is known of it, it neither speaks nor has an office."""
        thing = {id(self.who[m]) for m in self.mentions if m.kind == "name" and m.behind == "the" and self.lang == "en"}
        alive = {id(p) for m, p in self.who.items() if m.kind != "name" or self.alive(m)} - thing
        for number, mention in enumerate(self.mentions):
            if mention.kind == "name" and id(self.who[mention]) not in alive and not self.who[mention].roles:
                del self.who[mention]
                self.mentions[number] = Mention(mention.span, "org", mention.text, None, mention.behind)

    def _resolve(self) -> None:
        """Say of every office, in order of the text, whose it is."""
        recent: list[tuple[int, Person]] = []
        for number, mention in enumerate(self.mentions):
            if mention.kind in ("role", "body") and mention not in self.who:
                self.who[mention] = self._holder(number, mention, recent)
                self._rename(self.who[mention], mention)
            if mention in self.who:
                recent.append((mention.span.start, self.who[mention]))

    def somebody(self, mention: Mention) -> Mention:
        """Say whose a common noun is that no table lists: who bore it, the one just spoken of, or somebody new."""
        known = [p for p in self.persons if self._has(p, mention)]
        line = self.frame.rfind("\n", 0, mention.span.start) + 1
        near = [
            self.who[m]
            for m in self.mentions
            if m.kind == "name" and m in self.who and line <= m.span.start < mention.span.start
        ]
        if known or near:
            self.who[mention] = known[-1] if known else near[-1]
        else:
            self.who[mention] = Person(mention.text, [], {f"={fold(mention.text)}"})
            self.persons.append(self.who[mention])
        return mention

    def _rename(self, person: Person, mention: Mention) -> None:
        """Let an office without a name be called by its fullest nominative."""
        if person.words or mention.nominative is False:
            return
        phrase = office(self, mention)
        oblique = bool(self._is_oblique(person.name))
        if oblique or len(phrase.split()) > len(person.name.split()):
            person.name = phrase

    def _is_oblique(self, name: str) -> bool:
        return self.lang != "en" and not any(noun_of(w, self.lang, nominative=True) for w in WORD.findall(name)[:1])

    def _tie_offices(self) -> None:
        for role in (m for m in self.mentions if m.kind == "role"):
            near = [m for m in self.mentions if m.kind == "name" and abs(m.span.start - role.span.start) < 90]
            for name in sorted(near, key=lambda m: -len(m.text.split())):
                if self._beside(role, name):
                    self.who[role] = self.who[name]
                    self.who[name].roles |= self._ids(role) - set(_VAGUE)
                    break

    def _beside(self, role: Mention, name: Mention) -> bool:
        """Tell whether an office stands right beside a name: мэр города Коваль; Koval, 53, the town's mayor."""
        if role.span.end <= name.span.start:
            gap = self.frame[role.span.end : name.span.start]
            direct = re.fullmatch(r"[ \u00a0]|, ", gap)
            last = name.text.split()[-1]
            if role.nominative is False and re.search(r"[бвгґджзклмнпрстфхцчшщйо]$", last) and name.behind != "":
                return False  # an office in another case than the name: защищает лётчика Денис Марчук
            if not direct and len(name.text.split()) < 2 and not self.alive(name):
                return False
            tied = direct or re.fullmatch(
                rf",? [^.!?;:—–\n{BLANK},]{{0,60}}(?:, [^.!?;:—–\n{BLANK},]{{0,30}})?[ ,] ?", gap
            )
            if tied and not direct and self.lang == "en" and not self._of_office(gap):
                return False  # Actress halts Golden Cape
        else:
            gap = self.frame[name.span.end : role.span.start]
            tied = re.fullmatch(rf",? (?:\d+,? )?(?:[—–-] )?[^.!?;:—–\n{BLANK},]{{0,40}}", gap)
            tied = tied if re.match(r", |,? [—–-] | (?:is|was|works)\b", gap) else None
        return tied is not None and not any(self._breaks(w) for w in words_of(gap))

    def _of_office(self, gap: str) -> bool:
        """Tell whether English words between an office and a name go on with it: of the town, culture minister."""
        inner = [w.low for w in words_of(gap)]
        if not inner or inner[0] in _OF_OFFICE:
            return True
        return bool(noun_of(inner[-1], "en")) and not any(w.endswith(("s", "ed")) for w in inner[:-1])

    def _breaks(self, word: Word) -> bool:
        """Tell whether a word between an office and a name parts them: a verb, or a preposition."""
        low = word.low
        listed = function_words(self.lang) - _KEPT
        if gives_floor(low, self.lang) or low in listed:
            return True
        return self.lang != "en" and len(low) > 5 and low.endswith(_PAST) and not low.endswith(("ів", "їв"))

    def _holder(self, number: int, mention: Mention, recent: Sequence[tuple[int, Person]]) -> Person:
        """Return whose an office is that stands beside no name."""
        ids = self._ids(mention)
        gender = next((g for i, g in _VAGUE.items() if i in ids), "") or self._gender_of_noun(mention)
        fits = [(at, p) for at, p in recent if not gender or p.gender in ("", gender)]
        if ids & set(_VAGUE):
            near = [p for at, p in fits if mention.span.start - at < _NEAR and p.words]
            return near[-1] if near else self._office(mention, ids)
        known = [p for _, p in fits if self._has(p, mention)] or [
            p for _, p in fits if p.words and p.roles & ids - _BROAD and not any(r[0] == "=" for r in p.roles & ids)
        ]
        new = self._described(mention)
        last = self.mentions[number - 1] if number else None
        if last is not None and last.kind in ("pronoun", "name") and self._predicate(last, mention):
            who = table("quotes")["gender"][self.lang].get(last.text, "") if last.kind == "pronoun" else ""
            of_gender = [p for _, p in fits if p.words and p.gender in ("", who)] if who else [p for _, p in fits]
            subject = self.who.get(last) or (of_gender[-1] if of_gender else None)
            if subject is not None:
                subject.roles |= ids
                return subject
        if known and not (new and self.lang == "en"):
            return known[-1]
        line = self.frame.rfind("\n", 0, mention.span.start) + 1
        here = [p for at, p in fits if p.words and at >= line]
        owned = mention.behind in beginnings("possessives", self.lang)
        if (
            here
            and not new
            and not owned
            and mention.nominative is not False
            and ids - {r for r in ids if r[0] == "="} <= _BROAD
        ):
            return here[-1]
        bare = [(at, p) for at, p in fits if p.words and not p.roles]
        new = new or mention.behind in beginnings("possessives", self.lang)
        new = new or mention.nominative is False or plural(mention, self.lang)
        if bare and not new and mention.kind == "role" and mention.span.start - bare[-1][0] < _NEAR:
            bare[-1][1].roles |= ids
            return bare[-1][1]
        return self._office(mention, ids)

    def _has(self, person: Person, mention: Mention) -> bool:
        """Tell whether a person bears this very noun."""
        low = fold(mention.text)
        return any(r[0] == "=" and (same_word(low, r[1:]) or low in (r[1:] + "s", r[1:-1])) for r in person.roles)

    def _predicate(self, subject: Mention, role: Mention) -> bool:
        gap = self.frame[subject.span.end : role.span.start]
        return (
            role.nominative is not False
            and re.fullmatch(rf"[^.!?;:,\n{BLANK}]{{0,40}}", gap) is not None
            and not any(
                gives_floor(w.low, self.lang) or (verbal(w.low, self.lang) and w.low not in ("works", "является"))
                for w in words_of(gap)
            )
        )

    def _described(self, mention: Mention) -> bool:
        """Tell whether an office is introduced: with an indefinite article, or with words that say whose it is."""
        if self.lang == "en":
            before = words_of(self.frame[max(0, mention.span.start - 40) : mention.span.start])[-3:]
            behind = re.match(r" (?:of|for|at|from|on|in) ", self.frame[mention.span.end : mention.span.end + 8])
            return behind is not None or any(w.low in ("a", "an", "one", "another") for w in before)
        return len(office(self, mention).split()) > 1

    def _office(self, mention: Mention, ids: set[str]) -> Person:
        person = Person(office(self, mention), [], set(ids), self._gender_of_noun(mention))
        self.persons.append(person)
        return person

    def _gender_of_noun(self, mention: Mention) -> str:
        told = self.lang != "en" and mention.nominative is not False and not plural(mention, self.lang)
        return "f" if told and _FEMININE.search(fold(mention.text)) else ""

    def _ids(self, mention: Mention) -> set[str]:
        return {f"={fold(mention.text)}", *noun_of(mention.text, self.lang)}


def office(people: People, mention: Mention) -> str:
    """Return the words that name an office: head of the district health department, начальник райздрава."""
    text, lang = people.frame, people.lang
    start, end = mention.span.start, mention.span.end
    stop = next((i for i in range(end, len(text)) if text[i] in f".,!?;:()\n—–{BLANK}"), len(text))
    if lang == "en":
        words = text[max(0, start - 60) : start].split(" ")[-4:-1]
        left: list[str] = []
        for word in reversed(words):
            if not re.fullmatch(r"[a-z-]+", word) or word in function_words("en") or gives_floor(word, "en"):
                break
            left.insert(0, word)
        tail = re.match(r" (?:of|for|at) (?:the )?.*", text[end:stop], re.DOTALL)
        kept: list[str] = []
        for number, word in enumerate((tail[0] if tail else "").split(" ")):
            if gives_floor(word.lower(), "en") or (number > 1 and word in function_words("en") - {"the", "of"}):
                break
            kept.append(word)
        return " ".join([*left, text[start:end]]) + " ".join(kept).rstrip()
    taken = end
    for found in words_of(text[end:stop])[:4]:
        if (
            gives_floor(found.low, lang)
            or found.low in function_words(lang)
            or not genitive(text[end:][found.start : found.end], lang)
        ):
            break
        taken = end + found.end
    head = text[start:end]
    if mention.nominative is False and taken == end:
        head = dictionary_form(head, lang)
    return head + text[end:taken]
