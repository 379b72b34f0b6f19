"""TC207: who did it to whom: two names, or two persons, that stand in each other's place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Final

from transcheck.checks.base import Check, Context, Example, fault_among
from transcheck.checks.confidence import WEAK
from transcheck.checks.deeds import Turned, turned
from transcheck.checks.fields import concepts
from transcheck.checks.roles_read import read_as_exchanged
from transcheck.text.lexicon import Token, tokens
from transcheck.text.names import Name, names, same
from transcheck.text.persons import BESIDE, OBJECTS, PLEASES, SUBJECTS, plain
from transcheck.text.voice import is_passive
from transcheck.types import LANGS, Cell, Finding, Lang, Place, Row, Span

ROLES = Check(
    code="TC207",
    slug="roles-exchanged",
    category="meaning",
    severity="error",
    precision="medium",
    summary="Two people or places have changed roles: who did it to whom, from where to where.",
    examples=(
        Example(
            ("ru", "Я позвонил ему в субботу вечером."),
            ("en", "He called me on Saturday evening."),
            ("en", "I called him on Saturday evening."),
        ),
        Example(
            ("uk", "Вона не пробачила нам того листа."),
            ("ru", "Мы не простили ей того письма."),
            ("ru", "Она не простила нам того письма."),
        ),
        Example(
            ("en", "Ostap accused Marko of lying to the village."),
            ("uk", "Марко звинуватив Остапа в брехні перед селом."),
            ("uk", "Остап звинуватив Марка в брехні перед селом."),
        ),
    ),
)
CHECKS = (ROLES,)

REACH: Final = 6
"""Words between a person that acts and the one it is done to."""

_BREAK = re.compile(r"[.!?;:,()«»„“”\"—–]")
_LINKS = frozenset(
    [
        *("by", "of", "in", "from", "for", "at", "to", "with", "and", "or", "than", "as"),
        *("в", "во", "у", "из", "от", "до", "к", "на", "и", "с", "со", "о", "об", "про", "для", "или"),
        *("з", "із", "від", "і", "й", "та", "або"),
    ]
)
"""Words between two names that may turn what their order says."""
_TURNS = re.compile(r"\bby\b")
"""A word between two English names that turns their order: the invasion of Ukraine by Russia."""
_WAYS: Final = {
    "from": frozenset(["from", "из", "с", "со", "от", "з", "із", "зі", "від"]),
    "to": frozenset(["to", "into", "in", "в", "во", "на", "у", "до", "к"]),
}
_GOES_ON = re.compile(r"\s+(?!the\b|a\b|an\b|my\b|our\b|that\b|to\b|about\b|for\b|in\b|on\b|at\b|and\b)\w")
"""What follows a *you* that is the subject of the next verb: I heard you are looking for me."""
_UNCLEAR = frozenset(["you", "her", "it"])
_PEOPLE = ("office", "family", "profession", "age", "people")
_ENDINGS = re.compile(r"(?:[еоєі]й|[оеёії]в|[оеєаяиыіїу]м|[аяиыіїє]х)$")
"""Endings of other cases that are consonants too: детей, женой, братьев, солдатом."""
_PLURALS = frozenset(["доктора", "профессора", "директора", "инспектора"])
"""Plural subjects that look like the object of one; of words in -я there are too many."""
_CONSONANT = re.compile(r"[бвгґджзйклмнпрстфхцчшщ]$")
_VOWEL_ENDS = re.compile(r"[aeiouy]$")
_SLAVIC_VOWEL_ENDS = re.compile(r"[аеёиоуыэюяіїє]$")
_OBLIQUE_ENDS = re.compile(r"(?:ого|его|ому|ему|ым|им|ом|ем|ем|ою|ею|ой|ей|у|ю|ові|еві|єві)$")


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two versions, ``a`` and ``b``, that exchange the roles of two persons, and the places of these in both."""

    a: Lang
    b: Lang
    places: dict[Lang, Place]


def check(context: Context) -> Iterator[Finding]:
    """Yield a finding for every row in which one version exchanges two names or persons.

    Where no rule tells, what the network of drift reads is proposed; whether it is shown
    :mod:`transcheck.checks.confidence` decides.
    """
    for row in context.rows:
        pairs = list(combinations(row.filled, 2))
        found = {(x.a, x.b): x for a, b in pairs if (x := _exchange(a, b, context))}
        if found:
            yield _finding(row, found, context)
            continue
        turn = turned(row)
        if turn is not None:
            yield _of_turn(row, turn)
            continue
        read = {(x.a, x.b): x for a, b in pairs if (x := _read(a, b, context))}
        if read and len(read) == min(len(pairs), 2):
            yield replace(_finding(row, read, context), severity="warning", score=WEAK)


def _exchange(a: Cell, b: Cell, context: Context) -> Exchange | None:
    return _persons(a, b) or _parties(a, b) or _names(a, b, context)


def _read(a: Cell, b: Cell, context: Context) -> Exchange | None:
    """Return what the network takes for an exchange, where both versions speak of two people."""
    if min(_people(c.text, c.lang) for c in (a, b)) < 2 or any(PLEASES.search(c.text) for c in (a, b)):
        return None
    places = read_as_exchanged(a, b, context)
    return Exchange(a.lang, b.lang, places) if places else None


def _people(text: str, lang: Lang) -> int:
    """Count the names and pronouns that somebody may be meant by."""
    persons = {*SUBJECTS[lang].split(), *(form for forms in OBJECTS[lang] for form in forms.split())}
    return len(names(text, lang)) + sum(t.folded in persons for t in tokens(text))


def _finding(row: Row, found: dict[tuple[Lang, Lang], Exchange], context: Context) -> Finding:
    """Put the exchange on the version that two others, or the declared source, speak against."""
    counts = {lang: sum(lang in pair for pair in found) for lang in LANGS}
    odd = [lang for lang, count in counts.items() if count == 2]
    exchange = next(iter(found.values()))
    lang = odd[0] if len(found) == 2 and odd else fault_among(context, (exchange.a, exchange.b))
    places = {x: p for e in found.values() for x, p in e.places.items()}
    order = sorted(places, key=lambda x: (x != lang, LANGS.index(x)))
    said = ", ".join(f"{x}: “{places[x].text}”" for x in order)
    return Finding(
        ROLES.code,
        ROLES.category,
        "error" if len(found) == 2 and odd else "warning",
        lang,
        0.85 if len(found) == 2 else 0.6,
        f"roles are exchanged: {said}",
        places[order[0]],
        tuple(places[x] for x in order[1:]),
        row.index,
    )


def _of_turn(row: Row, turn: Turned) -> Finding:
    """Report a person that acts where both others have it acted upon, or the reverse."""
    places = [_place(row.cell(lang), span) for lang, span in ((turn.lang, turn.span), *turn.others)]
    said = ", ".join(f"{p.lang}: “{p.text}”" for p in places)
    message = f"roles are exchanged: {said}"
    return Finding(
        ROLES.code, ROLES.category, "error", turn.lang, 0.85, message, places[0], tuple(places[1:]), row.index
    )


# --- persons: he told me, I told him --------------------------------------------------------------------------------

_Deed = tuple[int, int]
"""Who acts and to whom it is done, as indices of persons."""


def _persons(a: Cell, b: Cell) -> Exchange | None:
    if any(PLEASES.search(c.text) for c in (a, b)):
        return None
    mine, yours = _deeds(a.text, a.lang), _deeds(b.text, b.lang)
    for (who, whom), place in mine.items():
        turned = (whom, who)
        if turned in yours and turned not in mine and (who, whom) not in yours:
            return Exchange(a.lang, b.lang, {a.lang: _place(a, place), b.lang: _place(b, yours[turned])})
    return None


@lru_cache(maxsize=512)
def _deeds(text: str, lang: Lang) -> dict[_Deed, Span]:
    """Return who does something to whom, by the pronouns of one clause; an object belongs to the nearest subject."""
    words = tokens(text)
    subjects = [(i, p) for i, w in enumerate(words) for p, s in enumerate(SUBJECTS[lang].split()) if w.folded == s]
    found: dict[_Deed, Span] = {}
    for at, word in enumerate(words):
        for whom, forms in enumerate(OBJECTS[lang]):
            if word.folded not in forms.split() or (at and words[at - 1].folded in BESIDE):
                continue
            if word.folded == "you" and _GOES_ON.match(text, word.end):
                continue
            near = [
                (abs(at - i), i, who)
                for i, who in subjects
                if who != whom and i != at and abs(at - i) <= REACH and (lang != "en" or i < at)
                and not is_passive(text, words[i].end, lang) and not _BREAK.search(text, *_between(words, i, at))
            ]  # fmt: skip
            if near:
                _, i, who = min(near)
                ends = words[min(i, at)], words[max(i, at)]
                found[plain(who), plain(whom)] = Span(ends[0].start, ends[1].end)
    return found


def _between(words: Sequence[Token], i: int, j: int) -> tuple[int, int]:
    first, second = sorted((i, j))
    return words[first].end, words[second].start


# --- people by what they are: the lieutenant pushed my brother ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part: a person or a concept of people, its place, and whether its form tells that it acts
    (True), that it is acted upon (False), or neither."""

    key: str
    span: Span
    acts: bool | None


def _parties(a: Cell, b: Cell) -> Exchange | None:
    """Two parties of which one acts in one version and the other in the other."""
    mine, yours = _partakers(a.text, a.lang), _partakers(b.text, b.lang)
    for first, second in combinations(sorted(mine.keys() & yours.keys()), 2):
        here = _agent(a, mine[first], mine[second])
        there = _agent(b, yours[first], yours[second])
        if here is not None and there is not None and here != there:
            places = {c.lang: _place(c, _around(p[first], p[second])) for c, p in ((a, mine), (b, yours))}
            return Exchange(a.lang, b.lang, places)
    return None


def _around(one: Party, two: Party) -> Span:
    return Span(min(one.span.start, two.span.start), max(one.span.end, two.span.end))


def _agent(cell: Cell, one: Party, two: Party) -> str | None:
    """Return the key of the party that acts; None where neither form nor, in English, order tells."""
    first, second = sorted((one, two), key=lambda p: p.span.start)
    between = cell.text[first.span.end : second.span.start]
    if _loose(between) or len(tokens(between)) > REACH:
        return None
    if {one.acts, two.acts} in ({True, False}, {True, None}):
        return one.key if one.acts else two.key
    if {one.acts, two.acts} == {False, None}:
        return two.key if one.acts is False else one.key
    linked = any(t.folded in _LINKS for t in tokens(between))
    return first.key if cell.lang == "en" and one.acts is two.acts is None and not linked else None


@lru_cache(maxsize=512)
def _partakers(text: str, lang: Lang) -> dict[str, Party]:
    """Return the parties that a text names once each."""
    words = tokens(text)
    found: dict[str, list[Party]] = {}
    for at, word in enumerate(words):
        for who, subject in enumerate(SUBJECTS[lang].split()):
            acted = word.folded in OBJECTS[lang][who].split()
            if (word.folded != subject and not acted) or word.folded in _UNCLEAR:
                continue
            if not (acted and at and words[at - 1].folded in BESIDE) and not is_passive(text, word.end, lang):
                key = f"person {plain(who)}"
                found.setdefault(key, []).append(Party(key, word.span, not acted))
    for field in _PEOPLE:
        for key, hits in concepts(field, text, lang).items():
            for hit in hits:
                if hit.first and words[hit.first - 1].folded in BESIDE:
                    continue
                party = Party(key, hit.span, _acts(field, key, hit.text.lower(), lang))
                found.setdefault(key, []).append(party)
    return {key: one for key, (one, *more) in found.items() if not more}


def _acts(field: str, key: str, form: str, lang: Lang) -> bool | None:
    """Tell by its ending whether a noun for a person is a subject: лейтенант is one, лейтенанта and сестру are none."""
    if lang == "en" or " " in form:
        return None
    if _CONSONANT.search(form):
        return None if _ENDINGS.search(form) else True
    if form.endswith(("у", "ю")):
        return False
    stem = form[:-1]
    masculine = (
        form.endswith("а") and form not in _PLURALS and _CONSONANT.search(stem) and key in concepts(field, stem, lang)
    )
    return False if masculine else None


# --- names: Anna saw Boris, Boris saw Anna --------------------------------------------------------------------------


def _names(a: Cell, b: Cell, context: Context) -> Exchange | None:
    """Two names stand in the opposite order, and their endings or the sentence vectors say that it matters."""
    shared = _shared(a, b)
    for (x, u), (y, v) in pairwise(shared):
        if u.start < v.start or _fronted(a, b, (x, u), (y, v)):
            continue
        between = a.text[x.end : y.start], b.text[v.end : u.start]
        if any(_loose(text) or _TURNS.search(text) for text in between) or len({_attribute(t) for t in between}) == 2:
            continue
        if all((w := _way(a, n)) is not None and w == _way(b, m) for n, m in ((x, u), (y, v))):
            continue
        if _acting(a, b, (x, u), (y, v)) or _better_turned(a, b, (x, u), (y, v), context):
            places = {a.lang: _place(a, Span(x.start, y.end)), b.lang: _place(b, Span(v.start, u.end))}
            return Exchange(a.lang, b.lang, places)
    return None


def _loose(between: str) -> bool:
    """Tell whether the order of two names says little: one stands at the other, or a mark parts them."""
    return bool(_BREAK.search(between)) or not tokens(between)


def _way(cell: Cell, name: Name) -> str | None:
    """Return which way the word before a name points, ``from`` or ``to``: from A to B is to B from A."""
    before = tokens(cell.text[: name.start])[-1:]
    return next((way for way, words in _WAYS.items() if before and before[0].folded in words), None)


def _attribute(between: str) -> bool:
    """Tell whether one of two names may belong to the other: nothing but links and names stands between them."""
    return all(t.folded in _LINKS or between[t.start].isupper() for t in tokens(between))


_Shared = tuple[Name, Name]
"""A name in the first and in the second of two versions."""


def _better_turned(a: Cell, b: Cell, first: _Shared, second: _Shared, context: Context) -> bool:
    """Tell whether the sentence vectors agree better once the two names are put back."""
    turned = _turned(a.text, first[0], second[0]), _turned(b.text, second[1], first[1])
    one, two, one_turned, two_turned = context.encoder.encode([a.text, b.text, *turned])
    return float(one @ two_turned + one_turned @ two) > float(one @ two + one_turned @ two_turned)


def _acting(a: Cell, b: Cell, first: _Shared, second: _Shared) -> bool:
    """Tell whether the endings of a Russian or Ukrainian version say that the first name acts upon the second.

    In English the order says so, but for words between them such as *by*.
    """
    if "en" not in (a.lang, b.lang):
        return False
    one, two = (first, second) if a.lang != "en" else ((second[1], second[0]), (first[1], first[0]))
    between = a.text[first[0].end : second[0].start], b.text[second[1].end : first[1].start]
    linked = any(t.folded in _LINKS for text in between for t in tokens(text))
    return not linked and not _oblique(*one) and _oblique(*two)


def _shared(a: Cell, b: Cell) -> list[_Shared]:
    """Return the names that both have once, in the order of ``a``."""
    left, right = names(a.text, a.lang), names(b.text, b.lang)
    pairs = [(x, u) for x in left for u in right if (x.firm or u.firm) and same(x, u)]
    return [(x, u) for x, u in pairs if sum(x is p for p, _ in pairs) == 1 and sum(u is q for _, q in pairs) == 1]


def _turned(text: str, first: Name, second: Name) -> str:
    """Return the text with two names exchanged."""
    return text[: first.start] + second.text + text[first.end : second.start] + first.text + text[second.end :]


def _fronted(a: Cell, b: Cell, first: _Shared, second: _Shared) -> bool:
    """Tell whether a Russian or Ukrainian sentence only begins with its object, which its ending shows.

    Between these two languages each name has the ending that it has in the other version then.
    """
    if "en" not in (a.lang, b.lang):
        marked = first[0].text[-1] != second[0].text[-1]
        return marked and all(x.text[-1] == u.text[-1] for x, u in (first, second))
    one, two = (first, second) if a.lang != "en" else ((second[1], second[0]), (first[1], first[0]))
    return _oblique(*one) and not _oblique(*two)


def _oblique(slavic: Name, english: Name) -> bool:
    """Tell whether a name has an ending that its English form has not: Путина, Марку, Анной."""
    form, plain = slavic.text.lower(), english.text.lower()
    if _VOWEL_ENDS.search(plain) and plain[-1] in "aiy" and form[-1] in "аяий":
        return False
    if _VOWEL_ENDS.search(plain):
        return bool(_OBLIQUE_ENDS.search(form)) or form[-1] in "ыиіїе"
    return bool(_SLAVIC_VOWEL_ENDS.search(form) or _OBLIQUE_ENDS.search(form))


def _place(cell: Cell, span: Span) -> Place:
    start = cell.place.start
    return Place(cell.lang, start + span.start, start + span.end, span.of(cell.text))
