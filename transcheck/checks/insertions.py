"""TC504: an editor's [words] within a quotation that are not an editor's to say, and brackets in the wrong version."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from transcheck.checks.base import Check, Context, Example, quote_finding
from transcheck.checks.facing import MATCH, facing
from transcheck.checks.insertions_read import conversion, log_odds
from transcheck.text.lexicon import table
from transcheck.text.names import Name, kinds, names, same, witnessed
from transcheck.text.negation import negations
from transcheck.text.numbers import scan
from transcheck.text.speech import WORD, conditions, limits
from transcheck.text.speech import insertions as bracketed_words
from transcheck.text.words import is_function_word
from transcheck.types import Cell, Finding, Lang, Row, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INSERTION = Check(
    code="TC504",
    slug="insertion",
    category="quotation",
    severity="error",
    precision="medium",
    summary="An editor's [insertion] changes the sense, brackets stand around spoken words, or brackets are missing.",
    examples=(
        Example(
            ("ru", "«Кто-то передал расписание поездов», — сказала мэр."),
            ("en", "“Someone [at the railway] passed on the train timetable,” the mayor said."),
            ("en", "“Someone passed on the train timetable [on Monday],” the mayor said."),
        ),
        Example(
            ("en", "“They left before the shelling began,” the nurse said."),
            ("uk", "«Вони виїхали [за вказівкою військових] до початку обстрілу», — сказала медсестра."),
            ("uk", "«Вони [поранені] виїхали до початку обстрілу», — сказала медсестра."),
        ),
        Example(
            ("uk", "«Ми отримали документи у вівторок», — сказав адвокат."),
            ("ru", "«Мы [якобы] получили документы во вторник», — сказал адвокат."),
            ("ru", "«Мы получили документы [по делу] во вторник», — сказал адвокат."),
        ),
    ),
)

CHECKS = (INSERTION,)

_WORD_OR_NUMBER: Final = re.compile(r"[\w'’ʼ-]+")
_SPOKEN: Final = 0.66
"""Share of an insertion's content words that a version says itself from which they are the speaker's."""
_SHORT: Final = 2
"""Words of an insertion that only weighs what the speaker says."""
_NEAR: Final = 6
"""Words before an insertion among which a pronoun for somebody unnamed is what it names."""
_LIKE: Final = 0.3
"""Cosine below which no two words of two explanations are of one meaning: so it is with 84 % of 80 pairs that
contradict one another, and with 51 % of 78 that say the same in other words."""
_GUESS: Final = 0.3
"""Score of a difference that rests on that alone; it is no error."""
_MARGIN: Final = 0.03
"""How much better the articles must bear out the one than the other for that one to be at fault."""
_FEW: Final = 10
"""Numbers up to this one, written in words, explain rather than count."""
_FACING: Final = 0.5
"""How surely two insertions stand in one place from which they say one thing."""
_TAIL: Final = 3
"""Words before an insertion that may make a date with it: the tenth [of March]."""
_DETERMINERS: Final = frozenset(("the", "a", "an", "this", "that", "his", "her", "their", "our", "my"))
_READ: Final = 2.5
"""Log-odds by the model from which an insertion that is not listed is the speaker's. While there were fourteen
writers, of 1,983 honest ones by others than those it learnt from 2.4 % were, listed ones among them, and 57 % of 1,822
faulty ones; by the lists alone 1.6 and 40 %.
"""
_LISTED: Final = -1.0
"""The same for one that is listed."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What an insertion names: people, numbers, and days and months, those of a date that it ends."""

    people: tuple[Name, ...]
    numbers: frozenset[float]
    months: frozenset[int]

    def clash(self, other: _Facts) -> bool:
        """Tell whether both name something of one kind and have none of it in common."""
        if self.people and other.people and not any(same(a, b) for a in self.people for b in other.people):
            return True
        pairs = ((self.numbers, other.numbers), (self.months, other.months))
        return any(a and b and not a & b for a, b in pairs)

    def supported(self, text: str, lang: Lang) -> bool:
        """Tell whether an article names it too."""
        quantities, dated = scan(text, lang)
        told = {float(q.low) for q in quantities}
        months = {d.month for d in dated}
        return any(witnessed(n, text) for n in self.people) or bool(self.numbers & told) or bool(self.months & months)


def insertions(ctx: Context, row: Row, articles: Mapping[Lang, str]) -> Iterator[Finding]:
    """Yield TC504: an insertion that changes the sense or gives another fact than that of another version, brackets
    around spoken words, an insertion without brackets. ``articles`` are the texts that the versions are quoted in.
    """
    bracketed = {c.lang: bracketed_words(c.text) for c in row.filled}
    yield from _clashing(ctx, row, bracketed, articles)
    for cell in row.filled:
        others = [c for c in row.filled if c.lang != cell.lang]
        for span in bracketed[cell.lang]:
            place = ctx.place(cell.lang, cell.place.start + span.start, cell.place.start + span.end)
            if _is_the_speakers(ctx, cell, span, articles):
                message = (
                    f"the words that an editor inserted in {cell.lang} "
                    f"add something that the speaker did not say: {place.text}"
                )
            elif all(_says(ctx, cell, span, c, bracketed[c.lang]) for c in others) and _content(
                span.of(cell.text), cell.lang
            ):
                message = (
                    f"brackets in {cell.lang} stand around words that the others have as the speaker's: {place.text}"
                )
            else:
                continue
            yield quote_finding(
                INSERTION, cell.lang, len(others), message, place, tuple(c.place for c in others), row.index
            )
        unmarked = len(others) > 1 and not bracketed[cell.lang] and all(bracketed[c.lang] for c in others)
        if unmarked and all(_says(ctx, c, bracketed[c.lang][0], cell, []) for c in others):
            places = tuple(
                ctx.place(c.lang, c.place.start + bracketed[c.lang][0].start, c.place.start + bracketed[c.lang][0].end)
                for c in others
            )
            message = f"what the others have as an editor's [insertion] stands in {cell.lang} as the speaker's words"
            yield quote_finding(INSERTION, cell.lang, len(others), message, cell.place, places, row.index)


def _is_the_speakers(ctx: Context, cell: Cell, span: Span, articles: Mapping[Lang, str]) -> bool:
    """Tell whether only the speaker may say what an editor inserted; a name that another article gives too is none."""
    if conversion(cell.text[: span.start], span.of(cell.text)[1:-1], cell.lang):
        return False
    listed = is_listed(cell.text, span, cell.lang)
    people = _facts(cell.text, span, cell.lang).people
    told = [(text, names(text, lang)) for lang, text in articles.items() if lang != cell.lang and people]
    given = (all(witnessed(n, text) or any(same(n, m) for m in named) for n in people) for text, named in told)
    if not listed and any(given):
        return False
    return log_odds(ctx.encoder, cell.text, span, cell.lang, listed) >= (_LISTED if listed else _READ)


def is_listed(text: str, span: Span, lang: Lang) -> bool:
    """Tell whether the word lists take the insertion at ``span`` of ``text`` for something that only the speaker may
    say: it denies, limits, weighs, says by whose doing it was, who somebody unnamed is, or converts a measure wrongly.
    """
    inserted, before = span.of(text)[1:-1], text[: span.start]
    right = conversion(before, inserted, lang)
    return _turns(inserted, before, lang) if right is None else not right


def _clashing(
    ctx: Context, row: Row, bracketed: Mapping[Lang, Sequence[Span]], articles: Mapping[Lang, str]
) -> Iterator[Finding]:
    """Yield TC504 where two versions explain the same words by different people, numbers or months.

    At fault is the one that fewer of the articles bear out, neither where that does not tell.
    """
    for a, b in combinations(row.filled, 2):
        for x in bracketed[a.lang]:
            for y in bracketed[b.lang]:
                facts = _facts(a.text, x, a.lang), _facts(b.text, y, b.lang)
                told = facts[0].clash(facts[1])
                if not (told or _unlike(ctx, a, x, b, y)) or facing(ctx, a, x, b, y) < _FACING:
                    continue
                if not told and any(_is_the_speakers(ctx, c, s, articles) for c, s in ((a, x), (b, y))):
                    continue
                places = [
                    ctx.place(c.lang, c.place.start + s.start, c.place.start + s.end) for c, s in ((a, x), (b, y))
                ]
                if told:
                    borne = [
                        float(sum(f.supported(text.replace(p.text, " "), lang) for lang, text in articles.items()))
                        for f, p in zip(facts, places, strict=True)
                    ]
                else:
                    borne = [_borne_out(ctx, c, s, articles) for c, s in ((a, x), (b, y))]
                here, there = places if borne[0] <= borne[1] else reversed(places)
                message = (
                    f"editors explain the same words differently: {here.text} in {here.lang}, "
                    f"{there.text} in {there.lang}"
                )
                found = quote_finding(INSERTION, here.lang, len(articles) - 1, message, here, (there,), row.index)
                lang = here.lang if abs(borne[0] - borne[1]) > _MARGIN else None
                sure = told and lang is not None
                yield found if sure else replace(found, lang=lang, severity="warning", score=0.5 if told else _GUESS)


def _unlike(ctx: Context, a: Cell, x: Span, b: Cell, y: Span) -> bool:
    """Tell whether two insertions explain by words, no names or numbers, of which none is like any of the other."""
    if any(names(s.of(c.text), c.lang) or scan(s.of(c.text), c.lang)[0] for c, s in ((a, x), (b, y))):
        return False
    one, two = (_vectors(ctx, s.of(c.text)[1:-1], c.lang) for c, s in ((a, x), (b, y)))
    return bool(len(one) and len(two)) and float((one @ two.T).max()) < _LIKE


def _borne_out(ctx: Context, cell: Cell, span: Span, articles: Mapping[Lang, str]) -> float:
    """Return how near the words of an insertion come to words of the other articles, in the mean."""
    mine = _vectors(ctx, span.of(cell.text)[1:-1], cell.lang)
    others = [ctx.encoder.words(text)[1] for lang, text in articles.items() if lang != cell.lang]
    near = [float((mine @ rows.T).max(axis=1).mean()) for rows in others if len(rows)]
    return sum(near) / max(1, len(near))


def _vectors(ctx: Context, text: str, lang: Lang) -> NDArray[np.float32]:
    """Return the vectors of the content words of a text, float32 [n, d]."""
    spans, rows = ctx.encoder.words(text)
    return rows[[i for i, s in enumerate(spans) if not is_function_word(s.of(text), lang)]]


def _facts(text: str, span: Span, lang: Lang) -> _Facts:
    """Return what an insertion names; a number may be a day or belong to a name, which is no number then."""
    inserted, before = span.of(text)[1:-1], _WORD_OR_NUMBER.findall(text[: span.start])[-_TAIL:]
    lead = " ".join(before) + " "
    dated = [d for d in scan(lead + inserted, lang)[1] if d.end > len(lead)]
    people = tuple(n for n in names(inserted, lang) if n.firm and not kinds(n) <= {"place", "org"})
    numbers = frozenset(float(q.low) for q in scan(inserted, lang)[0] if q.kind == "number")
    return _Facts(people, frozenset() if dated else numbers, frozenset(d.month for d in dated if d.month))


def _content(text: str, lang: Lang) -> list[str]:
    """Return the content words of an insertion that are no names: those explain who or what a pronoun stands for."""
    return [w for w in WORD.findall(text) if not is_function_word(w, lang) and not w[0].isupper()]


@lru_cache(maxsize=3)
def _adding(lang: Lang) -> frozenset[str]:
    return frozenset(table("quotes")["adding"][lang])


def _turns(inserted: str, before: str, lang: Lang) -> bool:
    """Tell whether an insertion denies, limits, says by whose doing or who it was: that is the speaker's to say."""
    if any(n.strong for n in negations(inserted, lang)) or conditions(inserted, lang):
        return True
    low = inserted.lower().strip()
    if not low.startswith(tuple(table("quotes")["explaining"][lang])) and any(
        re.match(re.escape(p) + r"(?!\w)", low) for p in _adding(lang)
    ):
        return True
    inner = [w.lower() for w in WORD.findall(inserted)]
    if limits(inserted + " x", lang):
        return True
    if any(w.startswith(tuple(table("quotes")["charges"][lang])) for w in inner) or _goes_on(inner, lang):
        return True
    if len(inner) == 1 and _is_quality(inner[0], lang):
        return True
    weighing = [w for w in inner if w not in _DETERMINERS and w not in table("quotes")["from"][lang]]
    if weighing and len(weighing) <= _SHORT and weighing[0] in table("quotes")["weights"][lang]:
        return True
    if _counts(inserted, before, lang):
        return True
    if _names_withheld(inserted, before, lang):
        return True
    words = re.findall(r"[\w'’-]+", before.lower())[-1:]
    if not words or before.rstrip()[-1:] in ".,!?":
        return False
    listed = table("quotes")
    if words[0] in listed["quantifiers"][lang] and scan(inserted, lang)[0]:
        return True
    if low.split(" ")[0] in listed["from"][lang] and words[0].startswith(tuple(listed["deaths"][lang])):
        return True
    if lang == "en" and re.match(r"to [a-z]+ \w+", low) and inner[1] not in _DETERMINERS:
        return True
    whose = low.split(" ")[0] in listed["from"][lang] and words[0] in listed["crowd"][lang]
    return words[0] in listed["indefinite"][lang] or whose


def _is_quality(word: str, lang: Lang) -> bool:
    """Tell whether a word is an adjective of the table, whose entries are whole words in English."""
    listed = table("quotes")["qualities"][lang]
    return word in listed if lang == "en" else word.startswith(tuple(listed))


def _names_withheld(inserted: str, before: str, lang: Lang) -> bool:
    """Tell whether an insertion gives the name of somebody whom the speaker leaves unnamed: someone here [Petrov]."""
    clause = re.split(r"[.!?…,;:—–]", before)[-1]
    near = re.findall(r"[\w'’-]+", clause.lower())[-_NEAR:]
    words = WORD.findall(inserted.lower())
    if not words or words[0] in table("quotes")["prepositions"][lang]:
        return False
    named = any(not kinds(n) <= {"place", "org"} for n in names(inserted, lang))
    return named and any(w in table("quotes")["indefinite"][lang] for w in near)


def _counts(inserted: str, before: str, lang: Lang) -> bool:
    """Tell whether an insertion adds a number of people or things: no date, and no conversion of one before it."""
    found, dates = scan(inserted, lang)
    if not found or dates or "№" in inserted:
        return False
    first = found[0]
    before_it = scan(before, lang)[0]
    converts = bool(before_it) and not re.search(r"\w", before[before_it[-1].end :])
    small = first.form == "words" and first.low <= _FEW
    counts = first.kind == "number" and first.unit is None and first.form != "loose" and not small
    opening = inserted[: first.start].lower().split()
    return counts and not converts and all(w in table("quotes")["about"][lang] for w in opening)


def _goes_on(words: Sequence[str], lang: Lang) -> bool:
    """Tell whether an insertion goes on with the sentence and says what else was done: [and sold it]."""
    joins = {"ru": ("и", "а", "но"), "uk": ("і", "й", "та", "а", "але"), "en": ("and", "but")}[lang]
    return len(words) > 2 and words[0] in joins


def _says(ctx: Context, cell: Cell, span: Span, other: Cell, brackets: Sequence[Span]) -> bool:
    """Tell whether ``other`` says the content words of ``span`` itself, outside of its own brackets."""
    spans_a, rows_a = ctx.encoder.words(cell.text)
    spans_b, rows_b = ctx.encoder.words(other.text)
    content = _content(span.of(cell.text), cell.lang)
    mine = {i for i, s in enumerate(spans_a) if s.overlaps(span) and s.of(cell.text) in content}
    free = [j for j, s in enumerate(spans_b) if not any(s.overlaps(b) for b in brackets)]
    if not mine or not free:
        return False
    similar = rows_a @ rows_b[free].T
    inside = [s.overlaps(span) for s in spans_a]
    pairs = [(float(similar[i, j]), not inside[i], i, j) for i in range(len(spans_a)) for j in range(len(free))]
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for score, _, i, j in sorted(pairs, reverse=True):  # of two words that would do, the one outside is rendered
        if score < MATCH:
            break
        if i not in taken_a and j not in taken_b:
            taken_a.add(i)
            taken_b.add(j)
    return len(mine & taken_a) >= _SPOKEN * len(mine)
