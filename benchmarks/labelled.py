"""Findings of which it is known whether they are real: human translations with one damage and without any, and seeds.

A finding is real when it touches what was damaged and puts it on the damaged version or on none; whatever else is
found, on an untouched row in particular, is a false alarm. Weights make the mixture: damaged rows have together
``base`` of the weight, untouched ones the rest, however many of either went through the checks.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from benchmarks.public import texts
from benchmarks.seeds import read_seeds
from training.calibrate import Texts, with_passage
from training.drift_damage import Drift, swapped
from training.fit_confidence import PASSAGES, SWAPS
from transcheck.checks.confidence import weigh
from transcheck.encode.words import word_spans
from transcheck.run.pipeline import context_of, gathered
from transcheck.run.resolve import resolve
from transcheck.types import LANGS, Document, Encoder, Finding, Lang, Place, Row, Severity, Span, Version

CORPORA = ("flores", "wmt24")
LEAST, MOST = 5, 45
"""How many words each version of a row has."""
REAL = "damage"
"""How the label of what is real came about; all others are false alarms."""
SHORT = 4
"""A passage of so many words touches the damage by one of them, a longer one by that share of its words."""
EXCHANGED = 4
"""Changed words up to which texts of as many words are compared word for word."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A finding with its label. ``row`` numbers the row that it comes from, damaged or not: the unit of resampling.

    ``damaged`` tells whether the row was, ``weighed`` whether the score is that of the fitted probabilities instead of
    the one that the check gave; ``why`` says how the label came about.
    """

    code: str
    severity: Severity
    score: float
    real: bool
    damaged: bool
    weighed: bool
    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Sample:
    """Labelled findings (errors and warnings) and how many untouched and damaged rows they were looked for in."""

    findings: tuple[Labelled, ...]
    untouched: int
    damaged: int

    def weights(self, base: float) -> list[float]:
        """Return the weight of each finding where ``base`` of all rows are damaged; they add up to findings a row."""
        shares = (1 - base) / max(1, self.untouched), base / max(1, self.damaged)
        return [shares[f.damaged] for f in self.findings]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text: ``there`` are the places of the damage in it, ``gone`` those in the text as it was."""

    lang: Lang
    before: str
    after: str
    gone: tuple[Span, ...]
    there: tuple[Span, ...]


def public(encoder: Encoder, data: Path, count: int, seed: int = 1) -> Sample:
    """Return the findings of ``count`` rows of public human translations, each untouched and with one damage.

    Two rows of three go through the checks in three versions, the third in two of them. The damage is drawn as for the
    fit of probabilities.
    """
    rows: list[Texts] = [{x: r[x] for x in LANGS} for name in CORPORA for r in texts(data, name)]
    rows = [r for r in rows if all(LEAST <= len(r[x].split()) <= MOST for x in LANGS)]
    if not rows:
        return Sample((), 0, 0)
    rng = random.Random(f"calibration {seed}")
    drift = Drift([(x, r[x]) for r in rows for x in LANGS], encoder)
    rows = rng.sample(rows, min(count, len(rows)))
    found: list[Labelled] = []
    damaged = 0
    for number, whole in enumerate(rows):
        langs = LANGS if number % 3 else tuple(sorted(rng.sample(LANGS, 2), key=LANGS.index))
        versions = {x: whole[x] for x in langs}
        clean = list(checked(encoder, versions))
        found += [_labelled(f, False, weighed, number, "untouched row") for f, _, weighed in clean]
        made = damage(versions, rng.choice(rows), drift, rng)
        if made is not None:
            damaged += 1
            found += _judged(encoder, versions, made, [f for f, *_ in clean], number)
    return Sample(tuple(found), len(rows), damaged)


def damage(versions: Texts, donors: Texts, drift: Drift, rng: random.Random) -> Damaged | None:
    """Return one version with one drift, with a passage of ``donors`` or with another word of a field put in."""
    lang = rng.choice(list(versions))
    text, chance = versions[lang], rng.random()
    if chance < PASSAGES:
        made = with_passage(text, lang, donors[lang], rng)
    elif chance < PASSAGES + SWAPS:
        made = swapped(text, lang, rng)
    else:
        variant = drift.variant(text, lang, rng)
        made = variant[1] if variant else None
    return compared(lang, text, made) if made else None


def compared(lang: Lang, before: str, after: str) -> Damaged | None:
    """Return where two texts differ, word by word; None where they have the same words.

    Where words were only taken out or put in, the place on the side that lacks them is the word before and behind.
    """
    old, new = word_spans(before), word_spans(after)
    words = [s.of(before).lower() for s in old], [s.of(after).lower() for s in new]
    changes = _changes(*words)
    if not changes or not old or not new:
        return None
    gone = tuple(_stretch(old, a, b) for a, b, _, _ in changes)
    return Damaged(lang, before, after, gone, tuple(_stretch(new, a, b) for *_, a, b in changes))


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return which words ``a:b`` of the old became which ``c:d`` of the new."""
    if len(old) == len(new):
        changed = [i for i, (x, y) in enumerate(zip(old, new, strict=True)) if x != y]
        # words that were exchanged; a matcher would take what stands between them for moved
        if len(changed) <= EXCHANGED:
            return [(i, i + 1, i, i + 1) for i in changed]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [(a, b, c, d) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal"]


def _stretch(words: Sequence[Span], first: int, last: int) -> Span:
    if first == last:
        first, last = max(0, first - 1), min(len(words), last + 1)
    return Span(words[first].start, words[last - 1].end)


def checked(encoder: Encoder, versions: Texts) -> Iterator[tuple[Finding, Row | None, bool]]:
    """Yield the errors and warnings on a text, each with its row and whether its score was fitted.

    The steps are those of ``compare_document``, which does not tell whose the scores are.
    """
    document = Document("row", tuple(Version(x, t, x) for x, t in versions.items()))
    context = context_of(document, encoder)
    raw = gathered(context)
    rows = {r.index: r for r in context.rows}
    for finding in resolve(weigh(raw, context), context.rows):
        if finding.severity != "note":
            yield finding, None if finding.row is None else rows[finding.row], finding not in raw


def _labelled(finding: Finding, damaged: bool, weighed: bool, number: int, why: str) -> Labelled:
    return Labelled(finding.code, finding.severity, finding.score, why == REAL, damaged, weighed, number, why)


def _judged(
    encoder: Encoder, versions: Texts, made: Damaged, clean: Sequence[Finding], number: int
) -> Iterator[Labelled]:
    """Yield what is found in a damaged row; what the untouched row draws already is a false alarm still."""
    known = {_content(f) for f in clean}
    for f, row, weighed in checked(encoder, {**versions, made.lang: made.after}):
        if _content(f) in known:
            why = "untouched row draws it too"
        elif not touches(f, row, made, versions, encoder):
            why = "elsewhere in a damaged row"
        else:
            why = REAL if f.lang in (made.lang, None) else "damage, put on another version"
        yield _labelled(f, True, weighed, number, why)


def _content(finding: Finding) -> tuple[str, Lang | None, tuple[tuple[Lang, str], ...]]:
    """What makes two findings the same wherever they stand."""
    return finding.code, finding.lang, tuple((p.lang, p.text) for p in (finding.span, *finding.counterparts))


def touches(finding: Finding, row: Row | None, made: Damaged, versions: Texts, encoder: Encoder) -> bool:
    """Tell whether a finding points at the damage.

    In the damaged version a place does by overlap; in another one when its words are nearest, by their vectors, to the
    damaged ones of the text as it was. Whole cells count only where the finding has no narrower place.
    """
    places = [p for p in (finding.span, *finding.counterparts) if p.text.strip()]
    for place in [p for p in places if not _whole(p, row)] or places:
        if place.lang == made.lang:
            if any(s.start < place.end and place.start < s.end for s in made.there):
                return True
        elif _renders(place, made, versions[place.lang], encoder):
            return True
    return False


def _whole(place: Place, row: Row | None) -> bool:
    """Whether a place is all that its version has in the row."""
    if row is None:
        return True
    cell = row.cell(place.lang).place
    return place.start <= cell.start and cell.end <= place.end


def _renders(place: Place, made: Damaged, text: str, encoder: Encoder) -> bool:
    """Whether enough words of a place in another version are nearest to damaged ones, by cosine of static vectors."""
    spans, vectors = encoder.words(text)
    old, there = encoder.words(made.before)
    mine = [i for i, s in enumerate(spans) if s.start < place.end and place.start < s.end]
    nearest = (vectors[mine] @ there.T).argmax(axis=1) if mine and len(old) else ()
    hits = sum(any(old[j].start < s.end and s.start < old[j].end for s in made.gone) for j in nearest)
    return hits > 0 and hits * SHORT >= len(mine)


def seeds(encoder: Encoder, part: str = "heldout") -> Sample:
    """Return the findings on the quotes of ``seeds/<part>``; one is real when it touches a labelled defect (its places,
    counterparts included) and names its version or none.
    """
    found: list[Labelled] = []
    untouched = damaged = 0
    for number, seed in enumerate(read_seeds(part)):
        untouched, damaged = untouched + (not seed.defects), damaged + bool(seed.defects)
        versions: Texts = {v.lang: v.text for v in seed.document.versions}
        for f, _, weighed in checked(encoder, versions):
            real = any(_at(f, d) for d in seed.defects)
            why = REAL if real else "elsewhere in a damaged row" if seed.defects else "untouched row"
            found.append(_labelled(f, bool(seed.defects), weighed, number, why))
    return Sample(tuple(found), untouched, damaged)


def _at(finding: Finding, defect: dict[str, Any]) -> bool:
    """Whether a finding stands at a labelled defect; the places of passages that are missing are points."""
    marked = [(defect["lang"], defect["start"], defect["end"])]
    marked += [(c["lang"], c["start"], c["end"]) for c in defect["counterparts"]]
    places = (finding.span, *finding.counterparts)
    near = any(
        p.lang == lang and p.start < max(end, start + 1) and start < max(p.end, p.start + 1)
        for p in places
        for lang, start, end in marked
    )
    return near and finding.lang in (defect["lang"], None)
