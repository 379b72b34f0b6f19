"""TC209: a word that stands where the others have one which it does not translate.

Content words for which the other versions hold no translation by the table of translations
(:mod:`transcheck.text.translations`), and something else by the trained network, are proposed; whether they are a
change or a free translation :mod:`transcheck.checks.confidence` decides. Numbers, dates and names are for the checks
that read them; where a version denies, another may say the same by an opposite, and nothing is proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from transcheck.checks import drift
from transcheck.checks.base import Check, Context, Example, fault_among, touching
from transcheck.checks.confidence import WEAK, rendered, without
from transcheck.checks.coverage import judgement, words_of
from transcheck.checks.fields import Swap, named, proposals, swaps
from transcheck.text import translations
from transcheck.text.negation import negations
from transcheck.types import Cell, Finding, Lang, Row, Severity

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CHANGED = Check(
    code="TC209",
    slug="word-changed",
    category="meaning",
    severity="warning",
    precision="medium",
    summary="A word stands where the other versions have one that it does not translate: lent/sold, hid/killed.",
    examples=(
        Example(
            ("uk", "Вона купила квитки на потяг до Львова."),
            ("en", "She lost the train tickets to Lviv."),
            ("en", "She bought train tickets to Lviv."),
        ),
        Example(
            ("uk", "Вона купила квитки на потяг до Львова."),
            ("ru", "Она потеряла билеты на поезд до Львова."),
            ("ru", "Она купила билеты на поезд до Львова."),
        ),
        Example(
            ("en", "Our neighbours hid two soldiers in the cellar."),
            ("uk", "Наші сусіди вбили двох солдатів у підвалі."),
            ("uk", "Наші сусіди сховали двох солдатів у підвалі."),
        ),
    ),
)
CHECKS = (CHANGED,)

FREE: Final = frozenset(
    [
        *("family", "age", "office", "profession", "vehicle", "weapon", "building", "body", "animal", "food"),
        *("material", "nature", "weather", "crime", "document", "state", "media", "nation", "emotion", "sense"),
        *("direction", "colour", "will", "language-act", "directive", "exchange", "assertion", "regard", "tone"),
        *("noise", "motion", "daily", "escort", "handle", "failure", "occupation", "road", "part", "harm"),
    ]
)
"""Fields whose words are used so freely that a swap is worth a warning at most, whatever versions agree."""
UNLISTED: Final = 0.06
"""Score of a word that no list knows: less than ``WEAK``, so that it takes more for it to be borne out."""
FAMILIAR: Final = 0.25
"""How well the table must know a word that it does not list."""
DOUBT: Final = -3.5
"""Log-odds by static vectors alone from which the contextual ones, which cost most, are asked."""
SHORTEST: Final = 4
"""Words of each version from which the network is asked: of a salutation or a reply it knows little."""
LEAST: Final = 0.0
"""Log-odds that a word was changed from which it is proposed."""
LEAST_OF_THREE: Final = -6.0
"""Those of a word of three versions and of the two words that it faces, together."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """A word of a cell, by index, and the least log-odds, over the other versions, that these have something else; of
    three versions with those of the words that both others have for it, by their languages.
    """

    cell: Cell
    index: int
    odds: float
    facing: Mapping[Lang, int] = field(default_factory=dict)


def check(context: Context) -> Iterator[Finding]:
    """Yield for each row the word that is likeliest to be another one in all other versions."""
    for row in context.rows:
        named = list(_concepts(row, context))
        yield from named
        if any(f.score > WEAK for f in named):
            continue
        denied = any(n.strong for cell in row.filled for n in negations(cell.text, cell.lang))
        if len(row.filled) < 3 and denied:
            continue
        look = changed if len(row.filled) < 3 else lacked
        found = [stranger for cell in row.filled if (stranger := look(cell, row, context)) is not None]
        if found:
            word = _finding(row, max(found, key=lambda s: s.odds), context)
            if not any(touching(word, f) for f in named):
                yield word


def _concepts(row: Row, context: Context) -> Iterator[Finding]:
    """Yield concepts put for others of their field, and what is only proposed of other words."""
    fields = tuple(named("concepts"))
    found: list[Finding] = []
    strict, free = ([f for f in fields if (f in FREE) == side] for side in (False, True))
    sure = [
        *(_swapped(swap, row, "error", 0.85) for swap in swaps(row, context, strict)),
        *(_swapped(swap, row, "warning", 0.5) for swap in swaps(row, context, free)),
    ]
    proposed = (_swapped(swap, row, "warning", WEAK) for swap in proposals(row, context, fields))
    for finding in chain(sure, proposed):
        if not any(touching(finding, f) for f in found):  # a word may stand in several fields
            found.append(finding)
            yield finding


def _swapped(swap: Swap, row: Row, severity: Severity, score: float) -> Finding:
    at, others = swap.place, ", ".join(f"{p.lang}: “{p.text}”" for p in swap.others)
    message = f"another thing is said: {at.lang}: “{at.text}” [{swap.has}], {others} [{swap.wants}]"
    return Finding(CHANGED.code, CHANGED.category, severity, swap.lang, score, message, at, swap.others, row.index)


def changed(cell: Cell, row: Row, context: Context) -> Stranger | None:
    """Return the word of a cell that is likeliest to stand for another one in all other versions of the row."""
    import numpy as np

    mine = words_of(cell, context.encoder)
    others = [words for c in row.filled if c is not cell and (words := words_of(c, context.encoder)).spans]
    if not others or min(len(words.spans) for words in (mine, *others)) < SHORTEST:
        return None
    lone = mine.content & ~mine.passed_over & ~mine.settled
    for other in row.filled:
        if other is not cell:
            lone &= alone(cell, other, context)
    if not lone.any() or mine.shallow is None:
        return None
    doubts = [judgement(mine.shallow, o.shallow).changed_a for o in others if o.shallow is not None]
    if not (lone & (np.min(doubts, axis=0) > DOUBT)).any():
        return None
    if mine.deep is None:
        return None
    odds = np.min([judgement(mine.deep, o.deep).changed_a for o in others if o.deep is not None], axis=0)
    best = int(np.where(lone, odds, -np.inf).argmax())
    return Stranger(cell, best, float(odds[best])) if odds[best] >= LEAST else None


def lacked(cell: Cell, row: Row, context: Context) -> Stranger | None:
    """Return the word of one of three cells that neither other version renders, where these render each other by words
    that the cell does not: the likeliest one, by its own odds and those of the words that it faces.
    """
    import numpy as np

    first, second = (c for c in row.filled if c is not cell)
    mine, x, y = (words_of(c, context.encoder) for c in (cell, first, second))
    if min(len(words.spans) for words in (mine, x, y)) < SHORTEST:
        return None
    lone = alone(cell, first, context) & alone(cell, second, context)
    lone &= mine.content & ~mine.passed_over & ~mine.settled
    pairs = rendered(x, y, first.lang, second.lang)
    pairs &= without(x, mine, first.lang, cell.lang)[:, None] & without(y, mine, second.lang, cell.lang)[None, :]
    if not lone.any() or not pairs.any() or mine.shallow is None or x.shallow is None or y.shallow is None:
        return None
    doubts = [judgement(mine.shallow, o).changed_a for o in (x.shallow, y.shallow)]
    if not (lone & (np.min(doubts, axis=0) > DOUBT)).any():
        return None
    own, first_read, second_read = mine.deep, x.deep, y.deep
    if own is None or first_read is None or second_read is None:
        return None
    facing = first_read, second_read
    views = [judgement(own, other) for other in facing]
    odds = np.minimum(views[0].changed_a, views[1].changed_a)
    there = [np.maximum(v.changed_b, v.missing_b) for v in views]
    here, beside = np.nonzero(pairs)
    near = [own.context @ o.context.T - abs(own.place[:, None] - o.place[None, :]) for o in facing]
    best: Stranger | None = None
    for i in np.flatnonzero(lone):
        at = int((near[0][i, here] + near[1][i, beside]).argmax())
        p, q = int(here[at]), int(beside[at])
        total = float(odds[i] + min(there[0][p], there[1][q]))
        if total >= LEAST_OF_THREE and (best is None or total > best.odds):
            best = Stranger(cell, int(i), total, {first.lang: p, second.lang: q})
    return best


def alone(cell: Cell, other: Cell, context: Context) -> NDArray[np.bool_]:
    """Return which words of a cell the table knows and has no translation for in another version [n]."""

    mine, theirs = words_of(cell, context.encoder), words_of(other, context.encoder)
    known = (translations.familiar(mine.keys, other.lang) >= FAMILIAR) | (
        translations.listed(mine.keys, other.lang) > 0
    )
    lone: NDArray[np.bool_] = known & ~rendered(mine, theirs, cell.lang, other.lang).any(axis=1)
    return lone


def counterpart(cell: Cell, index: int, other: Cell, context: Context) -> int | None:
    """Return which word of another version stands in the place of a word: its match, else the likeliest that is alone
    there too; None where there is neither.
    """
    import numpy as np

    words, theirs = words_of(cell, context.encoder), words_of(other, context.encoder)
    if words.deep is None or theirs.deep is None:
        return None
    similar, matches = drift.links(words.deep, theirs.deep)
    for i, j in matches:
        if i == index:
            return j
    lone = alone(other, cell, context) & theirs.content & ~theirs.passed_over
    return int(np.where(lone, similar[index], -np.inf).argmax()) if lone.any() else None


def _finding(row: Row, stranger: Stranger, context: Context) -> Finding:
    """Report a word; of three versions its own is at fault, of two the translation of a declared source."""
    cell = stranger.cell
    words = words_of(cell, context.encoder)
    own = words.spans[stranger.index]
    place = context.place(cell.lang, own.start, own.end)
    facing = []
    for other in row.filled:
        theirs = words_of(other, context.encoder)
        if other is cell:
            continue
        at = stranger.facing.get(other.lang)
        if at is None:
            at = counterpart(cell, stranger.index, other, context)
        if at is not None:
            facing.append(context.place(other.lang, theirs.spans[at].start, theirs.spans[at].end))
    filled = [c.lang for c in row.filled]
    fault = cell.lang if len(filled) == 3 else fault_among(context, (filled[0], filled[1]))
    if facing and fault not in (None, cell.lang):
        place, facing = facing[0], [place]
    said = ", ".join(f"“{p.text}” ({p.lang})" for p in facing) or "a word of the other versions"
    message = f"“{place.text}” ({place.lang}) is no translation of {said}"
    return Finding(CHANGED.code, CHANGED.category, "warning", fault, UNLISTED, message, place, tuple(facing), row.index)
