"""How a marked cut reads: what it swallowed of the fuller version, and whether that turns what is left.

The fuller version is laid along the parts of the cut one: every word of it belongs to a part that has its like, or to
the gap between two parts, in order (dynamic programming over cosines and rates of translation). What stands in a gap
and around it, as vectors of words, and facts about it are compared with honest and faulty cuts
(:mod:`transcheck.checks.likeness`), by ``training/fit_cuts.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from transcheck.checks import likeness
from transcheck.checks.likeness import Described, around, directions, nearest
from transcheck.text.lexicon import table
from transcheck.text.negation import negations
from transcheck.text.speech import conditions, elisions, is_reporting, limits, words_of
from transcheck.text.translations import keys, rates
from transcheck.text.words import is_function_word
from transcheck.types import Encoder, Lang, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

STATIC: Final = {"inside": 3.0, "first": 2.0, "second": 1.0, "last": 1.0, "before": 1.0, "behind": 1.0}
"""Places whose words the model sees and what their static vectors are multiplied by: all within the gap, the first two
and the last of those, what is kept on either side."""
CONTEXTUAL: Final = STATIC
"""The same for their contextual vectors."""
_LIKE: Final = 0.42
"""Cosine from which a word of the fuller version belongs to the part that has its nearest."""
_HIGHER: Final = 0.1
"""How much higher the means of static and contextual cosines lie than the static ones."""
_FUNCTION: Final = 0.2
"""What a function word counts beside a content word."""
_AMOUNTS: Final = (0, 1, 3, 6, 12)
"""Words of a gap from more than which it is counted as larger."""
_RIVAL: Final = 0.5
"""What a word loses of how much nearer another word of the fuller version is to the same one."""
_EDGE: Final = 0.4
"""What a gap gains that begins or ends at a mark of punctuation."""
_PARTS: Final = re.compile(r"[.,;:!?…()\[\]«»“”\"—–]")
_END: Final = re.compile(r"[.!?…]")
_SKIPPED: Final = " \t\n\u00a0«»„“”\"'‘’‹›()[]—–-,;:"


@dataclass(frozen=True, slots=True)
class Cut:
    """A mark of the cut version and what the fuller one has in its place, code points of either."""

    mark: Span
    swallowed: Span


def cuts(encoder: Encoder, cut: str, cut_lang: Lang, full: str, full_lang: Lang) -> Iterator[Cut]:
    """Yield the marks of ``cut`` in whose place a fuller version says what the cut one does not, with that."""
    import numpy as np

    marks, theirs = elisions(cut), elisions(full)
    if len(theirs) >= len(marks):
        return  # a pause, or both are cut short
    spans_c, rows_c = encoder.words(cut)
    spans_f, rows_f = encoder.words(full)
    if not spans_c or not spans_f:
        return
    known = keys([s.of(full) for s in spans_f], full_lang), keys([s.of(cut) for s in spans_c], cut_lang)
    forth, reverse = rates(*known, full_lang, cut_lang)
    near = rows_f @ rows_c.T
    deep_c, deep_f = encoder.context(cut), encoder.context(full)
    if deep_c is not None and deep_f is not None:
        near = (near + deep_f @ deep_c.T) / 2 - _HIGHER
    similar = np.maximum(near, np.maximum(forth, reverse))
    similar -= _RIVAL * (similar.max(axis=0) - similar)
    weight = np.array([_FUNCTION if is_function_word(s.of(full), full_lang) else 1.0 for s in spans_f], np.float32)
    bounds = [-1, *(m.start for m in marks), len(cut)]
    parts = []
    for start, end in pairwise(bounds):
        inside = [j for j, s in enumerate(spans_c) if start <= s.start < end]
        nearest = similar[:, inside].max(axis=1) if inside else np.zeros(len(spans_f), np.float32)
        parts.append(weight * (nearest - _LIKE))
    edges = [True, *(_PARTS.search(full, a.end, b.start) is not None for a, b in pairwise(spans_f)), True]
    for mark, (first, last) in zip(marks, _gaps(parts, _EDGE * np.array(edges, np.float32)), strict=True):
        first, last = _trimmed(full, spans_f, weight, first, last)
        said = [i for i in range(first, last) if weight[i] == 1.0]
        if said and near[said].max(axis=1).mean() < _LIKE:
            yield Cut(mark, Span(spans_f[first].start, spans_f[last - 1].end))


def _trimmed(full: str, spans: Sequence[Span], weight: Floats, first: int, last: int) -> tuple[int, int]:
    """Return a gap without the function words that end one sentence or begin another at its edges."""
    at = first
    while at < last - 1 and weight[at] < 1:
        at += 1
        if _END.search(full, spans[at - 1].end, spans[at].start):
            first = at
    at = last - 1
    while at > first and weight[at] < 1:
        if _END.search(full, spans[at - 1].end, spans[at].start):
            last = at
        at -= 1
    return first, last


def _gaps(parts: Sequence[Floats], edges: Floats) -> list[tuple[int, int]]:
    """Return for each gap between two parts the words of the fuller version in it: the division into part, gap, part,
    gap … whose parts gain most. ``parts`` [n] each say what every word gains as one of that part, ``edges`` [n + 1]
    what a gap gains that begins or ends before a word, or behind the last."""
    import numpy as np

    count, states = len(parts[0]), 2 * len(parts) - 1
    best = np.full((count + 1, states), -np.inf)
    came = np.zeros((count + 1, states), np.int64)
    best[0] = 0.0
    came[0] = np.arange(states)
    for i in range(count):
        gains = [float(parts[s // 2][i]) if s % 2 == 0 else 0.0 for s in range(states)]
        for s in range(states):
            turns = [edges[i] * abs(o % 2 - s % 2) for o in range(s + 1)]
            origin = max(range(s + 1), key=lambda o: (best[i, o] + turns[o], o))
            best[i + 1, s], came[i + 1, s] = best[i, origin] + turns[origin] + gains[s], origin
    # state of every word, read backwards
    state = int(max(range(states), key=lambda s: (best[count, s], s)))
    held = []
    for i in range(count, 0, -1):
        held.append(state)
        state = int(came[i, state])
    held.reverse()
    found = []
    for gap in range(1, states, 2):
        inside = [i for i, s in enumerate(held) if s == gap]
        at = next((i for i, s in enumerate(held) if s > gap), count)
        found.append((inside[0], inside[-1] + 1) if inside else (at, at))
    return found


def log_odds(encoder: Encoder, cut: str, cut_lang: Lang, full: str, full_lang: Lang, found: Cut, listed: bool) -> float:
    """Return the log-odds that a cut turns what it leaves, where half of all do.

    ``listed`` tells whether the word lists take it for a faulty one.
    """
    return likeness.log_odds("cuts", describe(encoder, cut, cut_lang, full, full_lang, found, listed))


def describe(
    encoder: Encoder, cut: str, cut_lang: Lang, full: str, full_lang: Lang, found: Cut, listed: bool
) -> Described:
    """Return what the model sees of a cut."""
    import numpy as np

    spans, static = encoder.words(full)
    contextual = encoder.context(full)
    before, inside, behind = around(spans, found.swallowed)
    places = {
        "inside": inside,
        "first": inside[:1],
        "second": inside[1:2],
        "last": inside[-1:],
        "before": before[-3:],
        "behind": behind[:3],
    }
    content = [not is_function_word(s.of(full), full_lang) for s in spans]
    kept = [i for i in (*before, *behind) if content[i]]
    said = [i for i in inside if content[i]]
    facts = [
        float(listed),
        *_facts(cut, cut_lang, full, full_lang, found),
        *(float(len(said) > n) for n in _AMOUNTS),
        len(inside) / len(spans),
        2 * nearest(static, said, kept),
    ]
    return Described(
        np.array(facts, np.float32),
        directions(static, places, STATIC),
        None if contextual is None else directions(contextual, places, CONTEXTUAL),
    )


def _facts(cut: str, cut_lang: Lang, full: str, full_lang: Lang, found: Cut) -> list[float]:
    """Return what is known of a cut without vectors."""
    gap, mark = found.swallowed, found.mark
    text = gap.of(full)
    before, behind = full[: gap.start].rstrip(_SKIPPED), full[gap.end :].lstrip(_SKIPPED)
    opens = not before or before[-1] in ".!?…"
    closes = not behind or behind[0] in ".!?…"
    breaks = bool(_END.search(text.rstrip(".!?… ")))
    low = {w.low for w in words_of(text)}
    denied = [n for n in negations(text, full_lang) if n.strong]
    here = len([n for n in negations(cut, cut_lang) if n.strong])
    there = len([n for n in negations(full, full_lang) if n.strong])
    quotes = table("quotes")
    doubts = f" {' '.join(w.low for w in words_of(text))} "
    left, right = cut[: mark.start].rstrip(_SKIPPED), cut[mark.end :].lstrip(_SKIPPED)
    told = (
        opens,
        closes,
        opens and closes,
        breaks,
        breaks and not opens and not closes,
        not before,
        not behind.strip(".!?… "),
        bool(conditions(text, full_lang)),
        bool(conditions(cut, cut_lang)),
        bool(denied),
        there > here,
        bool(limits(text + " x", full_lang)),
        any(w.startswith(tuple(quotes["hedges"][full_lang])) for w in low),
        any(f" {d} " in doubts for d in quotes["doubts"][full_lang]),
        bool(low & set(quotes["adversative"][full_lang])),
        any(is_reporting(w, full_lang) for w in low),
        bool(low & set(quotes["first_person"][full_lang])),
        "?" in text,
        not left or left[-1] in ".!?…",
        right[:1].isupper(),
        not right.strip(".!?… "),
        cut[mark.start] in "[(<",
        full_lang == "ru",
        full_lang == "uk",
        cut_lang == "ru",
        cut_lang == "uk",
    )
    return [float(x) for x in told]
