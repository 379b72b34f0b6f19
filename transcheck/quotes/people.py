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
from itertools import pairwise
from typing import Final, Literal

from transcheck.quotes.verbs import beginnings, gives_floor, verbal
from transcheck.text.lexicon import table
from transcheck.text.name_table import stems
from transcheck.text.names import Name, is_common, kinds, names
from transcheck.text.speakers import ROLES, role_of
from transcheck.text.speech import Word, is_reporting, words_of
from transcheck.text.translit import fold, is_cyrillic, surname_kind
from transcheck.text.words import function_words
from transcheck.types import Lang, Span

BLANK: Final = "\u25a1"
"""What stands for every character of a quotation in the author's words."""
_TIED: Final = re.compile(r"[ \u00a0-]|(?:[ \u00a0]?[A-ZА-ЯІЇЄҐ]\.)+[ \u00a0]?")
"""What may stand between the words of one name."""
_RANK: Final = re.compile(r"(?:[A-ZА-ЯІЇЄҐ]|Mr|Mrs|Ms|Dr|Prof|Maj|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|Fr)\Z")
"""What a full stop may follow within a name."""
_PLACED: Final = ("улиц", "вулиц", "площ", "проспект", "набережн", "город", "міст", "сел", "посёлк", "поселк", "район", "област", "river", "street", "lake", "island", "village", "town", "city")
"""Beginnings of nouns behind which a name is a place's."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_PERSONS, _BODIES = ("quotes", "persons"), ("quotes", "bodies")
_VAGUE: Final = {"woman": "f", "man": "m", "old-man": "m"}
"""Nouns that fit anybody of a gender."""
_FEMININE: Final = re.compile(r"(?:ка|ица|иця|иня|ша|вдова|[нт]ая|[нт]а|мать|мати|актриса)$")
_BROAD: Final = frozenset(
    ("chief", "mayor", "governor", "president", "commander", "official", "spokesman", "minister", "soldier", "deputy",
     "chairman", "general", "colonel", "relative", "resident", "expert", "academic", "worker", "adviser")
)  # fmt: skip
"""Identifiers that many people of one article may share."""
_KEPT: Final = frozenset(("the", "a", "an", "of", "is", "was", "at", "из", "із", "з", "от", "від"))
_PAST: Final = ("л", "ла", "ли", "в", "ет", "ит", "ить", "ять", "є")
_INTRODUCES: Final = frozenset(("named", "имени", "имя", "імені", "ім'я"))
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

    def __init__(self, frame: str, lang: Lang, spoken: Sequence[Span] = (), titles: Sequence[Span] = ()) -> None:
        self.frame, self.lang, self._titles = frame, lang, titles
        self._sentences = _ended(frame, spoken)
        self.words: list[Word] = words_of(frame)
        self.starts = [w.start for w in self.words]
        self._lower = {w.low for w in self.words if frame[w.start].islower()}
        self._places = self._placed()
        people = list(self._names())
        self._learnt = self._occupations(people)
        found = sorted((*people, *self._nouns(), *self._pronouns()), key=lambda m: m.span)
        self.mentions = list(self._merged(found))
        self.persons: list[Person] = []
        self.who: dict[Mention, Person] = {}
        for mention in sorted((m for m in self.mentions if m.kind == "name"), key=lambda m: -len(m.text.split())):
            self.who[mention] = self._named(mention.text, introduced=mention.behind in _INTRODUCES)
        self._tie_offices()
        self._leave_things_out()
        self._resolve()
        if self.lang != "en":
            self.mentions = [self._with_case(m) for m in self.mentions]

    def within(self, span: Span) -> range:
        """Return the indices of the words in a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def word_before(self, offset: int) -> str:
        """Return the folded word right before an offset, "" behind a mark or a line break."""
        number = bisect_left(self.starts, offset) - 1
        if number < 0 or re.search(r"[.,!?;:\n—–]", self.frame[self.words[number].end : offset]):
            return ""
        return self.words[number].low

    def _named(self, text: str, *, introduced: bool) -> Person:
        """Return the person of a name, a new one where it is nobody's yet or is introduced: an officer named Vladimir."""
        given = [fold(w) for w in _WORD.findall(text)]
        known = [] if introduced else [p for p in self.persons if all(any(same_word(w, o) for o in p.words) for w in given)]
        if known:
            known[0].words += [w for w in given if w not in known[0].words] if len(given) == len(known[0].name.split()) else []
            known[0].name = _better(known[0].name, text)
            return known[0]
        self.persons.append(Person(text, given, gender=gender_of_name(given, self.lang)))
        return self.persons[-1]

    def _with_case(self, mention: Mention) -> Mention:
        """Say of a name that it is no nominative where its form is not the person's, or only an oblique one."""
        if mention.kind != "name" or mention.nominative is not None:
            return mention
        person = self.who[mention]
        last = fold(_WORD.findall(mention.text)[-1])
        canonical = fold(_WORD.findall(person.name)[-1]) if person.name else last
        differs = same_word(last, canonical) and last != canonical
        shaped = all(re.search(r"(?:[уюоыи]|ой|ою|ей|ею|ом|ем|им|ым|ого|ому|ої)$", w) for w in map(fold, _WORD.findall(mention.text)))
        shaped = shaped and not last.endswith(("ко", "о", "ий", "ый"))
        if differs or (shaped and len(mention.text.split()) > 1):
            told = Mention(mention.span, mention.kind, mention.text, False, mention.behind)
            self.who[told] = person
            return told
        return mention

    def _leave_things_out(self) -> None:
        """Take what has a name and is no person out: nothing is known of it, and it neither speaks nor has an office."""
        alive = {id(p) for m, p in self.who.items() if m.kind != "name" or self._alive(m)}
        for number, mention in enumerate(self.mentions):
            if mention.kind == "name" and id(self.who[mention]) not in alive and not self.who[mention].roles:
                del self.who[mention]
                self.mentions[number] = Mention(mention.span, "org", mention.text, None, mention.behind)

    def _alive(self, mention: Mention) -> bool:
        """Tell whether a name is a person's: a first name or surname, or the neighbour of a verb of saying."""
        parts = names(mention.span.of(self.frame), self.lang)
        places = any(self._place(n._replace(start=n.start + mention.span.start), len(parts) == 1) for n in parts)
        if any(not kinds(n).isdisjoint(("first", "person")) for n in parts):
            return True
        if len(parts) > 1 and not places and self._two_words(mention, parts):
            return True
        first = bisect_left(self.starts, mention.span.start)
        last = bisect_left(self.starts, mention.span.end) - 1
        near = [i for i in (first - 1, last + 1) if 0 <= i < len(self.words)]
        placed = mention.behind in beginnings("prepositions", self.lang)
        return not placed and any(
            gives_floor(self.words[i].low, self.lang) and self._adjoins(mention, self.words[i]) for i in near
        )

    def _two_words(self, mention: Mention, parts: Sequence[Name]) -> bool:
        """Tell whether two capitalised words look like a first name and a surname."""
        low = [fold(n.text) for n in parts]
        if self.lang == "en":
            return mention.behind != "the" and not set(low) & set(beginnings("organisations", "en"))
        return re.search(r"(?:[оеиі]й|[ыи]й|[аяу]я|ое|ее|ої|ую|ого|ому)$", low[0]) is None or surname_kind(low[-1]) != ""

    def _adjoins(self, mention: Mention, word: Word) -> bool:
        gap = self.frame[min(mention.span.end, word.end) : max(mention.span.start, word.start)]
        return gap.strip() == ""

    def _resolve(self) -> None:
        """Say of every office, in order of the text, whose it is."""
        recent: list[tuple[int, Person]] = []
        for number, mention in enumerate(self.mentions):
            if mention.kind in ("role", "body") and mention not in self.who:
                self.who[mention] = self._holder(number, mention, recent)
                self._rename(self.who[mention], mention)
            if mention in self.who:
                recent.append((mention.span.start, self.who[mention]))

    def _rename(self, person: Person, mention: Mention) -> None:
        """Let an office without a name be called by its fullest nominative."""
        if person.words or mention.nominative is False:
            return
        phrase = office(self, mention)
        oblique = bool(self._oblique_office(person.name))
        if oblique or len(phrase.split()) > len(person.name.split()):
            person.name = phrase

    def _oblique_office(self, name: str) -> bool:
        return self.lang != "en" and not any(noun_of(w, self.lang, nominative=True) for w in _WORD.findall(name)[:1])

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
            if role.nominative is False and re.search(r"[бвгґджзклмнпрстфхцчшщйо]$", last) and not name.behind == "":
                return False  # an office in another case than the name: защищает лётчика Денис Марчук
            if not direct and len(name.text.split()) < 2 and not self._alive(name):
                return False
            tied = direct or re.fullmatch(rf",? [^.!?;:—–\n{BLANK},]{{0,60}}(?:, [^.!?;:—–\n{BLANK},]{{0,30}})?[ ,] ?", gap)
        else:
            gap = self.frame[name.span.end : role.span.start]
            tied = re.fullmatch(rf",? (?:\d+,? )?(?:[—–-] )?[^.!?;:—–\n{BLANK},]{{0,40}}", gap)
            tied = tied if re.match(r", |,? [—–-] | (?:is|was|works)\b", gap) else None
        return tied is not None and not any(self._breaks(w) for w in words_of(gap))

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
        gender = next((g for i, g in _VAGUE.items() if i in ids), "") or self._gender_of_noun(mention.text)
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
        return role.nominative is not False and re.fullmatch(rf"[^.!?;:,\n{BLANK}]{{0,40}}", gap) is not None and not any(
            gives_floor(w.low, self.lang) or (verbal(w.low, self.lang) and w.low not in ("works", "является")) for w in words_of(gap)
        )

    def _described(self, mention: Mention) -> bool:
        """Tell whether an office is introduced: with an indefinite article, or with words that say whose it is."""
        if self.lang == "en":
            before = words_of(self.frame[max(0, mention.span.start - 40) : mention.span.start])[-3:]
            behind = re.match(r" (?:of|for|at|from|on|in) ", self.frame[mention.span.end : mention.span.end + 8])
            return behind is not None or any(w.low in ("a", "an", "one", "another") for w in before)
        return len(office(self, mention).split()) > 1

    def _office(self, mention: Mention, ids: set[str]) -> Person:
        person = Person(office(self, mention), [], set(ids), self._gender_of_noun(mention.text))
        self.persons.append(person)
        return person

    def _gender_of_noun(self, text: str) -> str:
        return "f" if self.lang != "en" and _FEMININE.search(fold(text)) else ""

    def _names(self) -> Iterator[Mention]:
        """Yield the names of persons: runs of capitalised words of which one at least is a name for sure."""
        given = names(self._sentences, self.lang)
        self._neighbours = {
            fold(n.text)
            for a, b in pairwise(given)
            if self.frame[a.end : b.start] == " " and a.text.istitle() and b.text.istitle()
            for n in (a, b)
            if is_common(n.text, self.lang) and (n is a or not kinds(a).isdisjoint(("first", "person"))) and b.firm | (n is b)
            and fold(a.text) not in beginnings("openers", self.lang)
        }
        found = [n for n in given if not self._ordinary(n) and not self._titled(n)]
        firm = self._neighbours | {fold(n.text) for n in found if n.firm or not kinds(n).isdisjoint(("first", "person"))}
        run: list[Name] = []
        for name in [*found, None]:
            if name is not None and (not run or self._tied(run[-1], name)):
                run.append(name)
                continue
            yield from self._run(run, firm)
            run = [name] if name is not None else []

    def _tied(self, one: Name, other: Name) -> bool:
        gap = self.frame[one.end : other.start]
        return _TIED.fullmatch(gap) is not None or (gap in (".", ". ") and _RANK.search(one.text) is not None)

    def _run(self, run: Sequence[Name], firm: set[str]) -> Iterator[Mention]:
        kept = list(run)
        while kept and not (self._first_name(kept) or self._spoken_by(kept[-1]) or self._sure(kept[0], firm)):
            kept.pop(0)
        if not kept:
            return
        span = Span(kept[0].start, kept[-1].end)
        text = re.sub(r"['’]s?$", "", span.of(self.frame)) if self.lang == "en" else span.of(self.frame)
        places = [k for k in kept if kinds(k) <= {"place", "org", "other"} or self._place(k, len(kept) == 1)]
        if self.lang != "en" and len(kept) == 1 and self._modifies(kept[0]):
            return
        person = len(places) < len(kept) and not (places and kept[0] is places[0])
        while len(kept) > 1 and len(kept[0].text) > 1 and _RANK.search(kept[0].text):
            kept.pop(0)
        text = text[kept[0].start - span.start :]
        attributive = self.lang == "en" and self._before_noun(kept[-1].end)
        person = person and not attributive
        yield Mention(span, "name" if person else "org", text, None, self.word_before(span.start))

    def _spoken_by(self, name: Name) -> bool:
        """Tell whether a verb of saying follows the first word of a sentence."""
        after = bisect_left(self.starts, name.end)
        tied = after < len(self.words) and self.frame[name.end : self.words[after].start] == " "
        oblique = self.lang != "en" and re.search(r"(?:[оеё]й|[ыи]м|ою|ею)$", name.text) is not None
        return tied and len(name.text) > 3 and not oblique and is_reporting(self.words[after].low, self.lang)

    def _modifies(self, name: Name) -> bool:
        """Tell an adjective from a name: Кам’яногірського районного суду."""
        after = bisect_left(self.starts, name.end)
        joined = after < len(self.words) and self.frame[name.end : self.words[after].start] == " "
        shaped = re.search(r"(?:[сц]ьк|ск)(?:ого|ому|им|ій|ої|ою|ий|ой|ом|ая|ую)$", fold(name.text)) is not None
        return shaped and joined and self.frame[self.words[after].start].islower()

    def _sure(self, name: Name, firm: set[str]) -> bool:
        return name.firm or any(same_word(fold(name.text), f) for f in firm)

    def _first_name(self, run: Sequence[Name]) -> bool:
        """Tell whether the first word of a sentence is a first name: another name follows, and nothing speaks against."""
        low = fold(run[0].text)
        ordinary = low in beginnings("openers", self.lang) or low in self._lower
        return len(run) > 1 and run[1].firm and not ordinary and not (self.lang != "en" and verbal(low, self.lang))

    def _before_noun(self, end: int) -> bool:
        """Tell whether a name only says whose an office is: the Hranit forward."""
        after = bisect_left(self.starts, end)
        tied = after < len(self.words) and self.frame[end : self.words[after].start] == " "
        return tied and bool(noun_of(self.words[after].low, self.lang)) and self.words[after].low not in ("head",)

    def _place(self, name: Name, alone: bool) -> bool:
        at = bisect_left(self.starts, name.start)
        before = [w.low for w in self.words[max(0, at - 2) : at]]
        if alone and before and (before[-1].startswith(_PLACED) or (before[-1] == "of" and before[0].startswith(_PLACED))):
            return True
        known = not kinds(name).isdisjoint(("first", "person"))
        return not known and any(same_word(fold(name.text), p) for p in self._places)

    def _placed(self) -> set[str]:
        """Return the folded words that stand for places: unknown names behind "in"."""
        inside = {"ru": ("в", "во"), "uk": ("в", "у"), "en": ("in",)}[self.lang]
        found = (n for n in names(self._sentences, self.lang) if self.word_before(n.start) in inside)
        return {fold(n.text) for n in found if kinds(n).isdisjoint(("first", "person"))}

    def _titled(self, name: Name) -> bool:
        return any(t.start <= name.start < t.end for t in self._titles)

    def _ordinary(self, name: Name) -> bool:
        low = fold(name.text)
        if low in function_words(self.lang) and len(low) < 4:
            return True
        if any(same_word(low, w) for w in self._neighbours) and not noun_of(name.text, self.lang):
            return False  # the months and days that are names too: Марта Корчак, Галина Середа
        return (
            low in function_words(self.lang)
            or is_common(name.text, self.lang)
            or bool(noun_of(name.text, self.lang))
            or (gives_floor(low, self.lang) and not name.firm)
            or (name.text.isupper() and len(name.text) > 1)
        )

    def _occupations(self, people: Sequence[Mention]) -> set[str]:
        """Return the common nouns right before the names of persons: what they are, whatever no table lists."""
        if self.lang == "en":
            return set()
        low = {m.behind for m in people if m.kind == "name" and len(m.behind) > 4 and not self._governed(m)}
        return {
            w
            for w in low & self._lower
            if w not in function_words(self.lang)
            and not gives_floor(w, self.lang)
            and not verbal(w, self.lang)
            and not w.startswith(_PLACED)
            and not noun_of(w, self.lang)
            and not re.search(r"(?:[ыиоуеі]й|ая|яя|ые|ие|ого|ому|ной|ных|ової|ної|ний|на|і|о|у|ю|ом|ем|ів)$", w)
        }

    def _governed(self, mention: Mention) -> bool:
        """Tell whether a preposition stands one or two words before the word in front of a name."""
        at = bisect_left(self.starts, mention.span.start)
        listed = beginnings("prepositions", self.lang)
        return any(self.words[i].low in listed for i in range(max(0, at - 3), max(0, at - 1)))

    def _ids(self, mention: Mention) -> set[str]:
        return {f"={fold(mention.text)}", *noun_of(mention.text, self.lang)}

    def _nouns(self) -> Iterator[Mention]:
        for word in self.words:
            if self._learnt and any(same_word(word.low, w) for w in self._learnt) and not noun_of(word.low, self.lang):
                span = Span(word.start, word.end)
                own = word.low in self._learnt
                yield Mention(span, "role", span.of(self.frame), own, self.word_before(word.start))
            elif noun_of(word.low, self.lang) and not self._no_noun(word):
                body = not _ids_of(word.low, self.lang, False)
                nominative = None if self.lang == "en" else bool(noun_of(word.low, self.lang, nominative=True))
                span = Span(word.start, word.end)
                kind: Kind = "body" if body else "role"
                yield Mention(span, kind, span.of(self.frame), nominative, self.word_before(word.start))

    def _no_noun(self, word: Word) -> bool:
        """Tell the English words of the tables that are no nouns here: a local paper, to look forward."""
        if self.lang != "en":
            return False
        forward = word.low == "forward" and re.search(r"(?:look|mov|step|com|go|push|put|bring|brought)", self.word_before(word.start))
        return word.low in ("local", "border", "captured") or bool(forward)

    def _pronouns(self) -> Iterator[Mention]:
        listed = (*table("quotes")["gender"][self.lang], *table("quotes")["others"][self.lang])
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


def _better(name: str, other: str) -> str:
    """Return a name with every word in the form nearest to the nominative that either has."""
    words = _WORD.findall(other)

    def best(match: re.Match[str]) -> str:
        return min([match[0], *(w for w in words if same_word(fold(w), fold(match[0])))], key=_oblique)

    found = _WORD.sub(best, name)
    if re.search(r"[ая]\b", found) and is_cyrillic(found[0].lower()):
        return re.sub(r"у\b", "а", found) if len(_WORD.findall(found)) > 1 else found
    return found


def _oblique(name: str) -> tuple[int, int]:
    """Rank the forms of a name, the nominative first: Данило Верес, Данила Вереса; Лейла, Лейлу."""
    return (sum(re.search(r"(?:[уюыиіеє]|ой|ою|ей|ею|ої|ого|ому|ом|ем|им|ым)$", w) is not None for w in name.split()), len(name))


def _ended(frame: str, spoken: Sequence[Span]) -> str:
    """Return the frame with a full stop for speech that ends a sentence, a comma for other, of the same length."""
    chars = list(frame.replace(BLANK, ","))
    for span in spoken:
        end = span.end - 1
        while end > span.start and chars[end] != ",":
            end -= 1
        after = frame[span.end : span.end + 3].lstrip(" . \n")
        if after[:1].isupper() and chars[end] == ",":
            chars[end] = "."
    return "".join(chars)


def plural(mention: Mention, lang: Lang) -> bool:
    """Tell whether an office is that of many."""
    low = mention.text.lower()
    if mention.kind != "role":
        return False
    if lang == "en":
        return low.endswith(("s", "men", "women")) and not low.endswith("ss")
    if low.endswith(("ы", "и", "і")):
        return mention.nominative is True
    return low.endswith(("їв", "ів", "ов", "ев", "ам", "ям", "ами", "ями", "ах", "ях"))


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
    listed = names(words[0].title(), lang)
    first = words[0] if len(words) > 1 or (listed and "first" in kinds(listed[0])) else ""
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


def _genitive(word: str, lang: Lang) -> bool:
    """Tell whether a word may say whose an office is."""
    if word[0].isupper() or word.isupper():
        return True
    if lang == "ru":
        return re.search(r"(?:[аяыи]|[оеё]в|ей|[ое]го|ой|ых|их)$", word) is not None and not word.endswith(("ла", "ли"))
    return re.search(r"(?:[аяиії]|[ії]в|[аяую]|ей|ього|ого|ої|их|іх)$", word) is not None and not word.endswith(("ла", "ли"))


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
        if gives_floor(found.low, lang) or found.low in function_words(lang) or not _genitive(text[end:][found.start : found.end], lang):
            break
        taken = end + found.end
    head = text[start:end]
    if mention.nominative is False and taken == end:
        head = _dictionary_form(head, lang)
    return head + text[end:taken]


def _dictionary_form(word: str, lang: Lang) -> str:
    """Return the nominative of a noun of the tables, the word itself where none of them has it."""
    low = fold(word)
    for source, section in (ROLES, _PERSONS):
        for by_lang in table(source)[section].values():
            for form in by_lang[lang]:
                if same_word(low, fold(form)) and abs(len(form) - len(low)) <= 3:
                    return str(form)
    return word
