"""Inflection-aware matching of words and phrases that stand in tables.

A table gives *forms*: words in lower case, separated by spaces. Inside a word ``*`` stands for any letters (also none),
``~`` for one of the inflectional endings of the language (``endings.toml``), and ``a/b`` for either of two words.
Russian ``ё`` equals ``е``, every apostrophe equals ``'``. Words of a phrase may be parted by spaces or hyphens alone.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import Any, NamedTuple

from transcheck.text.tables import read_table
from transcheck.types import Lang, Span

_WORD = re.compile(r"[^\W\d_]+(?:[\u0301'’ʼ`‘]+[^\W\d_]+)*[\u0301]?")
_GAP = re.compile(r"[\s\-\u2010\u2011\u00ad]*\Z")
_MARKED_GAP = re.compile(r"[\s\-\u2010\u2011\u00ad«»“”„\"'‘’]*\Z")
_FOLD = (("ё", "е"), ("’", "'"), ("ʼ", "'"), ("`", "'"), ("‘", "'"), ("\u0301", ""), ("\u00ad", ""))
_WILD = ("*", "~")
_OR = "/"
_WORDS, _TEXTS = 65_536, 128
"""Words and texts of a language of which is remembered what begins with, or in, them."""

_Form = tuple[str, tuple[str, ...]]
"""A key and the words of a form."""

_Entry = tuple["Matcher", str, str]
"""A key and a form of a matcher, not yet cut into words: of most forms no text ever has the first."""

_Entries = int | tuple[int, ...] | None
"""Entries by number, mostly one or none. There are a hundred thousand forms: as objects of their own those of fields
and operators took 45 MB, with these and with ``checks.fields.Concept`` 19.
"""
_PLACES = 20
"""Bits of the number of an entry that tell which form of its matcher it is."""

_Rank = int
"""Where a form stands among those that begin with one word."""


class Token(NamedTuple):
    """A word with its place; ``folded`` is its lower-case form with apostrophes and ``ё`` made uniform."""

    start: int
    end: int
    folded: str

    @property
    def span(self) -> Span:
        """The place of the word."""
        return Span(self.start, self.end)


class Hit(NamedTuple):
    """A form of entry ``key`` found at ``start:end``; ``first:last`` are the token indices (half-open)."""

    key: str
    start: int
    end: int
    text: str
    first: int
    last: int

    @property
    def span(self) -> Span:
        """The place of the form."""
        return Span(self.start, self.end)


def fold(word: str) -> str:
    """Return a word in lower case with uniform apostrophes and without stress marks; ``ё`` becomes ``е``."""
    word = word.lower()
    for old, new in _FOLD:  # several times as fast as str.translate
        word = word.replace(old, new)
    return word


@lru_cache(maxsize=1024)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the words of ``text`` in order; digits and marks are no words, a hyphen parts two words."""
    return tuple(Token(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text))


@cache
def table(name: str) -> dict[str, Any]:
    """Return the parsed table ``transcheck/text/data/<name>.toml``; FileNotFoundError when there is none."""
    return read_table(name)


class _Begun:
    """The forms that begin with one word: those of that word alone, and the others by what may follow it."""

    __slots__ = ("_lang", "_other", "_plain", "alone")

    def __init__(self, entries: Iterable[_Entry], lang: Lang) -> None:
        self.alone: list[tuple[_Rank, Matcher, _Form]] = []
        self._plain: dict[str, list[tuple[_Rank, Matcher, _Form]]] = {}
        self._other: dict[str, list[tuple[_Rank, Matcher, _Form]]] = {}
        self._lang = lang
        for rank, (matcher, key, form) in enumerate(entries):
            words = tuple(form.split())
            if len(words) == 1:
                where = self.alone
            else:
                whole = words[1].replace("'", "").isalpha()
                where = (self._plain if whole else self._other).setdefault(words[1], [])
            where.append((rank, matcher, (key, words)))

    def before(self, word: str | None) -> Iterable[tuple[_Rank, Matcher, _Form]]:
        """Return the forms that may stand where a folded word, or none, follows the first."""
        if word is None or not (self._plain or self._other):
            return self.alone
        found = [*self.alone, *self._plain.get(word, ())]
        for second, forms in self._other.items():
            if _allows(second, word, self._lang):
                found += forms
        return sorted(found, key=itemgetter(0)) if len(found) > len(self.alone) else found


class _Packed:
    """The forms of one matcher as one text, with the keys that they stand under."""

    __slots__ = ("_ends", "_keys", "_numbers", "_text", "matcher")

    def __init__(self, matcher: Matcher, forms: Sequence[tuple[str, str]]) -> None:
        self.matcher = matcher
        numbers = {key: number for number, key in enumerate(dict.fromkeys(key for key, _ in forms))}
        self._keys = tuple(numbers)
        self._numbers = array("H", (numbers[key] for key, _ in forms))
        self._ends = array("I", accumulate(len(form) for _, form in forms))
        self._text = "".join(form for _, form in forms)

    def entry(self, place: int) -> _Entry:
        """Return the form at a place."""
        start = self._ends[place - 1] if place else 0
        return self.matcher, self._keys[self._numbers[place]], self._text[start : self._ends[place]]


class _Index:
    """The forms of all matchers of one language by their first words.

    A text is looked through by dozens of matchers; what begins at each of its words is found once for all of them.
    """

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self._packed: list[_Packed] = []
        self._exact: dict[str, _Entries] = {}
        self._stems: dict[str, _Entries] = {}
        self._sizes: set[int] = set()
        self._begun: dict[str, _Begun] = {}
        self._nothing = _Begun((), lang)
        self._marked: dict[str, Mapping[Matcher, Sequence[tuple[int, Sequence[_Form]]]]] = {}

    def add(self, matcher: Matcher, forms: Iterable[tuple[str, str]]) -> None:
        """Take the forms of a matcher, folded and without alternatives, each with its key."""
        forms = list(forms)
        first = len(self._packed) << _PLACES
        self._packed.append(_Packed(matcher, forms))
        for number, (_, form) in enumerate(forms, first):
            head = form.split(None, 1)[0] if " " in form else form
            stem, wild = (head, "") if head.isalpha() else _parted.__wrapped__(head)
            known = self._stems if wild else self._exact
            known[stem] = _with(known.get(stem), number)
            if wild:
                self._sizes.add(len(stem))
        self._begun.clear()
        self._marked.clear()

    def beginning(self, word: str) -> _Begun:
        """Return the forms that begin with a folded word; none, for most words."""
        begun = self._begun.get(word)
        if begun is None:
            fitting = self._fitting(word)
            begun = _Begun(fitting, self.lang) if fitting else self._nothing
            if len(self._begun) >= _WORDS:
                self._begun.clear()
            self._begun[word] = begun
        return begun

    def _fitting(self, word: str) -> list[_Entry]:
        """Return the entries of which a folded word is the first."""
        found = self._entries(self._exact.get(word))
        for size in sorted(self._sizes):
            stem = word[:size]
            if len(stem) < size or (numbers := self._stems.get(stem)) is None:
                continue
            fits: dict[str, bool] = {}
            for entry in self._entries(numbers):
                wild = entry[2].split(None, 1)[0][size:]
                if wild not in fits:
                    fits[wild] = _fits(stem, wild, word, self.lang)
                if fits[wild]:
                    found.append(entry)
        return found

    def _entries(self, numbers: _Entries) -> list[_Entry]:
        """Return entries by their numbers."""
        if numbers is None:
            return []
        each = (numbers,) if isinstance(numbers, int) else numbers
        return [self._packed[n >> _PLACES].entry(n & (1 << _PLACES) - 1) for n in each]

    def marked(self, text: str) -> Mapping[Matcher, Sequence[tuple[int, Sequence[_Form]]]]:
        """Return the words of a text at which forms may begin, with these, by their matchers."""
        known = self._marked.get(text)
        if known is not None:
            return known
        marked: dict[Matcher, list[tuple[int, list[_Form]]]] = {}
        words = tokens(text)
        for index, word in enumerate(words):
            following = words[index + 1].folded if index + 1 < len(words) else None
            for _, matcher, form in self.beginning(word.folded).before(following):
                places = marked.setdefault(matcher, [])
                if not places or places[-1][0] != index:
                    places.append((index, []))
                places[-1][1].append(form)
        if len(self._marked) >= _TEXTS:
            self._marked.clear()
        self._marked[text] = marked
        return marked


def _with(numbers: _Entries, more: int) -> _Entries:
    """Add the number of an entry to others."""
    if numbers is None:
        return more
    return (numbers, more) if isinstance(numbers, int) else (*numbers, more)


@cache
def _index(lang: Lang) -> _Index:
    return _Index(lang)


def candidates(text: str, lang: Lang) -> Collection[Matcher]:
    """Return the matchers, of those that were made so far and do not stand apart, of which a text may hold a form."""
    return _index(lang).marked(text).keys()


class Matcher:
    """Finds the forms of many entries at once.

    ``entries`` are (key, form) pairs of one language. Where forms overlap the longest wins;
    a form that stands under several keys gives a hit for each. A matcher is never let go: make one for a table. One
    that stands ``apart`` shares nothing with the others, and goes with the last that refers to it. Words of a phrase
    may have quotation ``marks`` between them.
    """

    def __init__(
        self, entries: Iterable[tuple[str, str]], lang: Lang, *, apart: bool = False, marks: bool = False
    ) -> None:
        self._lang = lang
        self._gap = _MARKED_GAP if marks else _GAP
        self._index = _Index(lang) if apart else _index(lang)
        entries = list(entries)
        folded = fold("\n".join(form for _, form in entries)).split("\n")  # at once: one by one it takes much longer
        pairs = zip((key for key, _ in entries), folded, strict=False)
        self._index.add(self, ((key, one) for key, form in pairs for one in _each(form)))

    def find(self, text: str) -> tuple[Hit, ...]:
        """Return the hits in ``text``, ordered; two overlap only where one form stands under several keys."""
        marked = self._index.marked(text).get(self)
        if marked is None:
            return ()
        words = tokens(text)
        hits: list[Hit] = []
        following = 0
        for index, forms in marked:
            if index >= following:
                found = self._longest(text, words, index, forms)
                if found:
                    hits += found
                    following = found[0].last
        return tuple(hits)

    def all_at(self, word: str) -> tuple[str, ...]:
        """Return the keys of the one-word forms that ``word`` is a form of."""
        return tuple(key for _, matcher, (key, _) in self._index.beginning(fold(word)).alone if matcher is self)

    def _longest(self, text: str, words: Sequence[Token], index: int, forms: Sequence[_Form]) -> list[Hit]:
        """Return the longest hits that begin at word ``index``, one a key; ``forms`` are those that may."""
        best: dict[str, Hit] = {}
        size = 0
        for key, form in forms:
            last = index + len(form)
            if len(form) < size or last > len(words) or (len(form) == size and key in best):
                continue
            if self._matches(text, words[index:last], form):
                if len(form) > size:
                    best, size = {}, len(form)
                start, end = words[index].start, words[last - 1].end
                best[key] = Hit(key, start, end, text[start:end], index, last)
        return list(best.values())

    def _matches(self, text: str, words: Sequence[Token], form: tuple[str, ...]) -> bool:
        """Tell whether words are those of a form, of which the first two are known to be."""
        if not all(_allows(f, w.folded, self._lang) for f, w in zip(form[2:], words[2:], strict=True)):
            return False
        return all(self._gap.match(text, a.end, b.start) for a, b in pairwise(words))


def _each(form: str) -> Iterable[str]:
    """Return a form once for each of the alternatives of its first word."""
    head, _, rest = form.strip().partition(" ")
    return (f"{word} {rest}".rstrip() for word in head.split(_OR)) if _OR in head else (form,)


def _allows(form: str, word: str, lang: Lang) -> bool:
    """Tell whether a folded word is a form of one word of a table entry, or of one of its alternatives."""
    if _OR not in form:
        return _fits(*_parted(form), word, lang)
    plain, patterns = _choices(form)
    return word in plain or any(_fits(*_parted(p), word, lang) for p in patterns)


def _fits(stem: str, wild: str, word: str, lang: Lang) -> bool:
    """Tell whether a folded word is a form of one word of a table entry, given in the two parts of :func:`_parted`."""
    if not wild:
        return stem == word
    if len(wild) == 1 and stem:
        if not word.startswith(stem):
            return False
        rest = word[len(stem) :]
        if wild == "~":
            return rest in _endings(lang)
        if not rest or rest.isalpha():
            return True
    return _regex(stem + wild, lang).fullmatch(word) is not None


@cache
def _parted(form: str) -> tuple[str, str]:
    """Return what a form has before its first wildcard, and the rest: "~" or "*" alone, mostly."""
    if form[-1] in _WILD and form[:-1].isalpha():
        return form[:-1], form[-1]
    at = min((form.find(w) for w in _WILD if w in form), default=len(form))
    return form[:at], form[at:]


@lru_cache(maxsize=4096)
def _choices(form: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that a form allows at one place, and its patterns of such."""
    words = form.split(_OR)
    return frozenset(words), tuple(w for w in words if any(c in w for c in _WILD))


@cache
def _endings(lang: Lang) -> frozenset[str]:
    return frozenset(table("endings")[lang])


@cache
def _regex(form: str, lang: Lang) -> re.Pattern[str]:
    endings = "(?:" + "|".join(re.escape(e) for e in table("endings")[lang]) + ")"
    parts = re.split(r"([*~])", form)
    return re.compile("".join({"*": r"[^\W\d_]*(?:'[^\W\d_]+)?", "~": endings}.get(p, re.escape(p)) for p in parts))


@cache
def matcher(name: str, section: str, lang: Lang) -> Matcher:
    """Return the matcher of ``[section]`` of a table of entries ``key = {ru = […], uk = […], en = […]}``."""
    entries = table(name)[section]
    return Matcher(((key, form) for key, forms in entries.items() for form in forms.get(lang, ())), lang)


@cache
def opposed(name: str, lang: Lang) -> Matcher:
    """Return the matcher of a table of opposed concepts, ``[id] a = {…} b = {…}``; keys are ``id.a`` and ``id.b``.

    Phrases of the optional ``skip = {…}`` have the key ``id.skip``: they hold a listed word and mean something else.
    """
    return Matcher(
        (
            (f"{key}.{part}", form)
            for key, entry in table(name).items()
            for part in ("a", "b", "skip")
            for form in entry.get(part, {}).get(lang, ())
        ),
        lang,
    )
