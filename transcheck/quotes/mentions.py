"""Mentions of people in the author's words: names, offices, bodies and pronouns, with what their form tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

from transcheck.quotes.forms import noun_of, person_nouns, same_word
from transcheck.quotes.verbs import beginnings, gives_floor, verbal
from transcheck.text.lexicon import table
from transcheck.text.names import Name, is_common, kinds, names
from transcheck.text.speech import Word, is_reporting, words_of
from transcheck.text.translit import fold, surname_kind
from transcheck.text.words import function_words
from transcheck.types import Lang, Span

BLANK: Final = "\u25a1"
"""What stands for every character of a quotation in the author's words."""
_TIED: Final = re.compile(r"[ \u00a0-]|(?:[ \u00a0]?[A-ZА-ЯІЇЄҐ]\.)+[ \u00a0]?")
"""What may stand between the words of one name."""

_PARTICLE: Final = re.compile(r"[ \u00a0](?:[dд]['’]|(?:де|да|ван|фон|von|van|de|da|del|di|la) )[A-ZА-ЯІЇЄҐ][\w’'-]+")
"""What goes on with a name: d’Aubrac, van Dijk."""
_ELIDED: Final = re.compile(r"(?<!\w)[dд]['’][A-ZА-ЯІЇЄҐ][\w-]+")
_COLLECTIVE: Final = frozenset(("crew", "team", "экипаж", "екіпаж"))

Kind = Literal["name", "role", "body", "pronoun", "org"]
"""``role``: an office or condition; ``body``: an organisation that speaks as one; ``org``: a name of no person."""


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


_NEUTER: Final[dict[Lang, re.Pattern[str]]] = {"ru": re.compile(r"[ое]е$"), "uk": re.compile(r"[нвтлчшх]е$")}
"""Endings of adjectives that are nouns of people in other genders: раненое is nobody."""


@lru_cache(maxsize=1)
def _placed_behind() -> tuple[str, ...]:
    return tuple(table("quotes")["names"]["placed"])


def _is_rank(word: str) -> bool:
    """Tell whether a full stop behind a word ends no name: an initial, a rank, a title."""
    return len(word) == 1 or fold(word) in table("quotes")["names"]["ranks"]


class Author:
    """The author's words of one article and the mentions in them; ``frame`` is its text with all speech blanked out,
    code point for code point; ``spoken`` are the places of speech, ``titles`` those of titles in quotation marks.
    """

    def __init__(self, frame: str, lang: Lang, spoken: Sequence[Span] = (), titles: Sequence[Span] = ()) -> None:
        self.frame, self.lang, self._titles = frame, lang, titles
        self._sentences = _ended(frame, spoken)
        self.words: list[Word] = words_of(frame)
        self.starts = [w.start for w in self.words]
        self._lower = {w.low for w in self.words if frame[w.start].islower()}
        self._places = self._placed()
        people = list(self._names())
        taken = [m.span for m in people]
        for match in _ELIDED.finditer(frame):
            span = Span(*match.span())
            if not any(span.overlaps(t) for t in taken) and not any(t.start <= span.start < t.end for t in titles):
                people.append(Mention(span, "name", match[0], None, self.word_before(span.start)))
        self._learnt = self._occupations(people)
        found = sorted((*people, *self._nouns(), *self._pronouns()), key=lambda m: m.span)
        self.mentions = list(self._merged(found))

    def within(self, span: Span) -> range:
        """Return the indices of the words in a span."""
        return range(bisect_left(self.starts, span.start), bisect_left(self.starts, span.end))

    def word_before(self, offset: int) -> str:
        """Return the folded word right before an offset, "" behind a mark or a line break."""
        number = bisect_left(self.starts, offset) - 1
        if number < 0 or re.search(r"[.,!?;:\n—–]", self.frame[self.words[number].end : offset]):
            return ""
        return self.words[number].low

    def alive(self, mention: Mention) -> bool:
        """Tell whether a name is a person's: a first name or surname, or the neighbour of a verb of saying."""
        parts = names(mention.span.of(self.frame), self.lang)
        places = any(self._place(n._replace(start=n.start + mention.span.start), len(parts) == 1) for n in parts)
        if any(not kinds(n).isdisjoint(("first", "person")) for n in parts):
            return True
        if len(parts) > 1 and not places and self._two_words(mention, parts):
            return True
        first = bisect_left(self.starts, mention.span.start)
        last = bisect_left(self.starts, mention.span.end) - 1
        if self.lang != "en" and self._adjectival(mention):
            return False
        near = [i for i in (first - 1, last + 1) if 0 <= i < len(self.words)]
        placed = mention.behind in beginnings("prepositions", self.lang)
        return not placed and any(
            gives_floor(self.words[i].low, self.lang) and self._adjoins(mention, self.words[i]) for i in near
        )

    def _adjectival(self, mention: Mention) -> bool:
        """Tell whether an adjective with a capital stands right before a name, as in those of places: Старой Гребле."""
        at = bisect_left(self.starts, mention.span.start) - 1
        if at < 0 or self.frame[self.words[at].end : mention.span.start] != " ":
            return False
        word = self.words[at]
        shaped = re.search(r"(?:[оеиыі]й|ого|ому|ої|ая|ую|ою|ое)$", word.low) is not None
        return self.frame[word.start].isupper() and shaped and not noun_of(word.low, self.lang)

    def _two_words(self, mention: Mention, parts: Sequence[Name]) -> bool:
        """Tell whether two capitalised words look like a first name and a surname."""
        low = [fold(n.text) for n in parts]
        if self.lang == "en":
            return mention.behind != "the" and not set(low) & set(beginnings("organisations", "en"))
        if re.search(r"(?:ої|ую|ого|ому|ою|[ыи]м)$", low[0]):
            return False
        return re.search(r"(?:[оеиі]й|[ыи]й|[аяу]я|ое|ее)$", low[0]) is None or surname_kind(low[-1]) != ""

    def _adjoins(self, mention: Mention, word: Word) -> bool:
        gap = self.frame[min(mention.span.end, word.end) : max(mention.span.start, word.start)]
        return gap.strip() == ""

    def _names(self) -> Iterator[Mention]:
        """Yield the names of persons: runs of capitalised words of which one at least is a name for sure."""
        given = names(self._sentences, self.lang)
        if self.lang == "en":
            given = tuple(n._replace(text=re.sub(r"['’]s?$", "", n.text)) for n in given)
        self._neighbours = {
            fold(n.text)
            for a, b in pairwise(given)
            if self.frame[a.end : b.start] == " " and a.text.istitle() and b.text.istitle()
            for n in (a, b)
            if is_common(n.text, self.lang)
            and (n is a or not kinds(a).isdisjoint(("first", "person")))
            and b.firm | (n is b)
            and fold(a.text) not in beginnings("openers", self.lang)
        }
        found = [n for n in given if not self._ordinary(n) and not self._titled(n)]
        firm = self._neighbours | {
            fold(n.text) for n in found if n.firm or not kinds(n).isdisjoint(("first", "person"))
        }
        run: list[Name] = []
        for name in [*found, None]:
            if name is not None and (not run or self._tied(run[-1], name)):
                run.append(name)
                continue
            yield from self._run(run, firm)
            run = [name] if name is not None else []

    def _tied(self, one: Name, other: Name) -> bool:
        gap = self.frame[one.end : other.start]
        return _TIED.fullmatch(gap) is not None or (gap in (".", ". ") and _is_rank(one.text))

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
        while len(kept) > 1 and len(kept[0].text) > 1 and _is_rank(kept[0].text):
            kept.pop(0)
        text = text[kept[0].start - span.start :]
        particle = _PARTICLE.match(self.frame, span.end)
        if particle:
            span = Span(span.start, particle.end())
            text += particle[0]
        attributive = self.lang == "en" and self._before_noun(kept[-1].end)
        person = person and not attributive
        yield Mention(span, "name" if person else "org", text, None, self.word_before(span.start))

    def _spoken_by(self, name: Name) -> bool:
        """Tell whether a verb of saying follows the first word of a sentence."""
        after = bisect_left(self.starts, name.end)
        tied = after < len(self.words) and self.frame[name.end : self.words[after].start] == " "
        if self.lang == "en" and surname_kind(fold(name.text)) and fold(name.text) not in self._lower and tied:
            return True
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
        """Tell whether a sentence opens with a first name: another name follows, and nothing speaks against."""
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
        if (
            alone
            and before
            and (
                before[-1].startswith(_placed_behind())
                or (before[-1] == "of" and before[0].startswith(_placed_behind()))
            )
        ):
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
            and not w.startswith(_placed_behind())
            and not noun_of(w, self.lang)
            and not re.search(r"(?:[ыиоуеі]й|ая|яя|ые|ие|ого|ому|ной|ных|ової|ної|ний|на|і|о|у|ю|ом|ем|ів)$", w)
        }

    def _governed(self, mention: Mention) -> bool:
        """Tell whether a preposition stands one or two words before the word in front of a name."""
        at = bisect_left(self.starts, mention.span.start)
        listed = beginnings("prepositions", self.lang)
        return any(self.words[i].low in listed for i in range(max(0, at - 3), max(0, at - 1)))

    def _nouns(self) -> Iterator[Mention]:
        for word in self.words:
            if self._learnt and any(same_word(word.low, w) for w in self._learnt) and not noun_of(word.low, self.lang):
                span = Span(word.start, word.end)
                own = word.low in self._learnt
                yield Mention(span, "role", span.of(self.frame), own, self.word_before(word.start))
            elif noun_of(word.low, self.lang) and not self._no_noun(word):
                body = not person_nouns(word.low, self.lang, False) or word.low in _COLLECTIVE
                nominative = None if self.lang == "en" else bool(noun_of(word.low, self.lang, nominative=True))
                span = Span(word.start, word.end)
                kind: Kind = "body" if body else "role"
                yield Mention(span, kind, span.of(self.frame), nominative, self.word_before(word.start))

    def _no_noun(self, word: Word) -> bool:
        """Tell the words of the tables that are no people here: a local paper, to look forward, другой, больное."""
        if self.lang != "en":
            return word.low in table("quotes")["no_people"][self.lang] or bool(_NEUTER[self.lang].search(word.low))
        forward = word.low == "forward" and re.search(
            r"(?:look|mov|step|com|go|push|put|bring|brought)", self.word_before(word.start)
        )
        possessive = re.search(r"['’]s?\s*$", self.frame[word.start : word.end + 1]) is not None
        verb = word.low in ("heads", "judges", "guides", "leads", "chairs") and self.word_before(word.start) in (
            "who",
            "and",
            "he",
            "she",
        )
        return word.low in ("local", "border", "captured") or bool(forward) or possessive or verb

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
