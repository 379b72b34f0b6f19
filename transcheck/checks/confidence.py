"""How likely a finding is real: what its rule says of it, weighed against what the trained network reads in the row.

Three logistic models with a bias for each check (``data/confidence.json``, fitted by ``training/fit_confidence.py`` on
held-out rows and on quotes, untouched and with one drift): one of findings that a rule is sure of, which are shown as
less severe, or not at all, where they are unlikely to be real; one of what a rule only proposes, which is shown where
it is likely; one of what is shown as the rule has it. ``Finding.score`` is the probability where one row in ten drifts.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from transcheck.checks.base import Context
from transcheck.checks.coverage import BOUND, Words, judgement, words_of
from transcheck.text import translations
from transcheck.text.negation import negations
from transcheck.types import Finding, Lang, Place, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Flags = NDArray[np.bool_]

WEAK = 0.1
"""Score of what a rule proposes on little evidence: it is a finding only where the network bears it out."""

UNLISTED, UNLISTED_OF_TWO = "unlisted", "unlisted of two"
"""Under which names the limits hold those of proposals that no list bears out, whose score is below ``WEAK``: of three
versions, and of two.
"""

RENDERED = 0.4
"""Rate of the table of translations, in either direction, from which one word is a rendering of another."""

EXPLAINING = frozenset({"omission", "addition", "meaning", "negation", "modality"})
"""Categories of findings that explain why the network reads drift in a row."""

FEATURES = (
    "rule", "error", "three", "drift", "most", "rest", "word", "other", "kept", "kept_there", "alone", "alone_there",
    "free", "share", "shared", "near", "deep", "apart", "nearest", "known", "weight", "words", "english", "denied",
)  # fmt: skip
"""Log-odds that the rule itself gives; whether it calls it an error; whether there are three versions; least and most
log-odds of drift of the version at fault from the others, and of the others from one another; the largest log-odds of a
word of the finding's own place to depart, and of a word of the other places; how often the words of its own place are
translated by words of the other versions at best, and those of the other places by words of the version at fault; the
share of its own words, and of those of the other places, that are listed without any of their renderings there.

How free the row is: the share of content words of the other two versions without a rendering in one another, or of
the only other one without one in the version at fault, and of that without one in any; how many words two other
versions share that it lacks. Of its own words and those of the other places, the cosines by both kinds of vectors and
how far they are apart; the largest cosine to any word; how well the table knows them, and their salience; the number of
content words of the version (logarithm); whether it is English; whether any version denies something.
"""


@lru_cache(maxsize=1)
def model() -> dict[str, Any]:
    """Return the fitted models, ``sure``, ``proposed`` and ``shown``: ``weights`` of :data:`FEATURES`, ``bias`` by
    code, and ``limits``, probabilities from which a finding is an error and a warning; by code, where that has its own,
    for errors in ``errors``. Below the limit of its code a finding goes even where its rule is sure; what is ``shown``
    keeps its severity, unless its code has a limit for errors, and has a limit below which it goes.
    """
    text = (resources.files("transcheck.checks") / "data" / "confidence.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def weigh(findings: Iterable[Finding], context: Context) -> Iterator[Finding]:
    """Yield the findings with their probabilities.

    Those of codes that were not fitted, and notes, stay as they are; a proposal that is not borne out goes.
    """
    rows = {row.index: row for row in context.rows}
    for finding in findings:
        kind = kind_of(finding)
        fitted = model()[kind]
        bias = fitted["bias"].get(finding.code)
        row = rows.get(finding.row) if finding.row is not None else None
        values = evidence(finding, row, context) if row is not None and bias is not None else None
        if values is None or finding.severity == "note":
            if kind != "proposed":
                yield finding
            continue
        odds = bias + sum(w * v for w, v in zip(fitted["weights"], values, strict=True))
        score = 1 / (1 + math.exp(-odds))
        limits = fitted["limits"]
        least = fitted.get("errors", {}).get(finding.code, limits.get("error", 0.0))
        severe = (kind == "proposed" or finding.severity == "error") and score >= least
        stays = kind == "sure" and finding.severity == "error" and finding.code not in limits
        code = finding.code
        if finding.score < WEAK and UNLISTED in limits:
            code = UNLISTED if values[FEATURES.index("three")] else UNLISTED_OF_TWO
        if stays or score >= limits.get(code, limits["warning"]):
            yield replace(finding, score=round(score, 3), severity="error" if severe else "warning")


def kind_of(finding: Finding) -> str:
    """Return which of the models a finding that was not weighed yet is for."""
    if finding.score <= WEAK:
        return "proposed"
    return "sure" if finding.code in model()["sure"]["bias"] else "shown"


def evidence(finding: Finding, row: Row, context: Context) -> tuple[float, ...] | None:
    """Return the :data:`FEATURES` of a finding; None where the network cannot read the row."""
    words = {c.lang: words_of(c, context.encoder) for c in row.filled}
    words = {lang: w for lang, w in words.items() if w.deep is not None}
    fault = finding.lang or finding.span.lang
    others = [x for x in words if x != fault]
    if fault not in words or not others:
        return None
    drifts = [_drift(words[fault], words[x]) for x in others]
    rest = _drift(words[others[0]], words[others[1]]) if len(others) == 2 else 0.0
    own = max((_most(finding.span, words, x) for x in others), default=-BOUND)
    there = max((_most(p, words, fault) for p in finding.counterparts), default=-BOUND)
    kept = max((_translated(finding.span, words, x) for x in others), default=0.0)
    kept_there = max((_translated(p, words, fault) for p in finding.counterparts), default=0.0)
    alone = min((_alone(finding.span, words, x) for x in others), default=0.0)
    alone_there = max((_alone(p, words, fault) for p in finding.counterparts), default=0.0)
    score = min(max(finding.score, 0.01), 0.99)
    return (
        math.log(score / (1 - score)),
        float(finding.severity == "error"),
        float(len(others) == 2),
        min(drifts),
        max(drifts),
        rest,
        own,
        there,
        kept,
        kept_there,
        alone,
        alone_there,
        *_around(finding, row, words, fault, others),
    )


def _around(
    finding: Finding, row: Row, words: Mapping[Lang, Words], fault: Lang, others: Sequence[Lang]
) -> tuple[float, ...]:
    """Return how free a row is and what the words of a finding are to those that face them."""
    import numpy as np

    mine = words[fault]
    own = _inside(finding.span, mine) if finding.span.lang == fault else []
    lone = np.all([without(mine, words[x], fault, x) for x in others], axis=0)
    content = max(1, int(mine.content.sum()))
    facing = [
        (p.lang, there) for p in finding.counterparts if p.lang in others and (there := _inside(p, words[p.lang]))
    ]
    shared = 0.0
    if len(others) == 2:
        x, y = others
        lacks_x, lacks_y = without(words[x], mine, x, fault), without(words[y], mine, y, fault)
        shared = float((rendered(words[x], words[y], x, y) & lacks_x[:, None] & lacks_y[None, :]).any(axis=1).sum())
        free = [without(words[a], words[b], a, b).sum() / max(1, words[a].content.sum()) for a, b in ((x, y), (y, x))]
        between = float(max(free))
    else:
        (x,) = others
        lacks = without(words[x], mine, x, fault)
        lacks[[i for _, there in facing for i in there]] = False
        between = float(lacks.sum() / max(1, words[x].content.sum()))
    near, deep, apart = 0.0, 0.0, 1.0
    if own and facing:
        pairs = [(words[x], there) for x, there in facing]
        near, deep = (
            float(np.mean([_closest(side(mine)[own], side(w)[there]) for w, there in pairs]))
            for side in (_static, _context)
        )
        places = [float(_places(w)[there].mean()) for w, there in pairs]
        apart = float(np.mean([abs(float(_places(mine)[own].mean()) - p) for p in places]))
    nearest = max((_closest(mine.vectors[own], words[x].vectors) for x in others), default=0.0) if own else 0.0
    known = float(translations.familiar(mine.keys[own], others[0]).max()) if own else 0.0
    return (
        between,
        (int(lone.sum()) - int(lone[own].sum())) / content,
        shared,
        near,
        deep,
        apart,
        nearest,
        known,
        float(mine.salience[own].max()) if own else 0.0,
        math.log(content),
        float(fault == "en"),
        float(any(n.strong for cell in row.filled for n in negations(cell.text, cell.lang))),
    )


def _inside(place: Place, words: Words) -> list[int]:
    """Return which content words lie in a place; all words of it where there is none."""
    inside = [i for i, s in enumerate(words.spans) if s.start < place.end and place.start < s.end]
    return [i for i in inside if words.content[i]] or inside


def _static(words: Words) -> Floats:
    return words.vectors


def _context(words: Words) -> Floats:
    return words.deep.context if words.deep is not None else words.vectors


def _places(words: Words) -> Floats:
    import numpy as np

    return ((np.arange(len(words.spans)) + 0.5) / max(1, len(words.spans))).astype(np.float32)


def _closest(a: Floats, b: Floats) -> float:
    """Return the largest cosine of a vector of ``a`` and one of ``b``; 0 where there is none."""
    return float((a @ b.T).max(initial=0.0))


def rendered(a: Words, b: Words, lang_a: Lang, lang_b: Lang) -> Flags:
    """Return which words are renderings of each other [n, m]."""
    forth, reverse = translations.rates(a.keys, b.keys, lang_a, lang_b)
    found: Flags = (forth >= RENDERED) | (reverse >= RENDERED)
    return found


def without(a: Words, b: Words, lang_a: Lang, lang_b: Lang) -> Flags:
    """Return which words of ``a`` that may be compared have no rendering in ``b`` [n]."""
    found: Flags = a.content & ~a.settled & ~a.passed_over & ~rendered(a, b, lang_a, lang_b).any(axis=1)
    return found


def _drift(a: Words, b: Words) -> float:
    if a.deep is None or b.deep is None:
        return 0.0
    return max(-BOUND, min(BOUND, judgement(a.deep, b.deep).drift))


def _most(place: Place, words: dict[Lang, Words], other: Lang) -> float:
    """Return the largest log-odds that a word of a place has no match in another version."""
    mine = words.get(place.lang)
    if mine is None or other == place.lang or other not in words:
        return -BOUND
    odds = departing(mine, words[other])
    inside = [v for s, v in zip(mine.spans, odds, strict=True) if s.start < place.end and place.start < s.end]
    return max(-BOUND, min(BOUND, max(inside, default=-BOUND)))


def _translated(place: Place, words: dict[Lang, Words], other: Lang) -> float:
    """Return how often the words of a place are translated by one of another version, the mean of their best rates."""
    mine = words.get(place.lang)
    if mine is None or other == place.lang or other not in words:
        return 0.0
    theirs = words[other]
    inside = [i for i, s in enumerate(mine.spans) if s.start < place.end and place.start < s.end]
    if not inside or not len(theirs.keys):
        return 0.0
    forth, reverse = translations.rates(mine.keys[inside], theirs.keys, place.lang, other)
    return float(((forth + reverse) / 2).max(axis=1).mean())


def _alone(place: Place, words: dict[Lang, Words], other: Lang) -> float:
    """Return the share of the content words of a place that are listed and have no rendering in another version."""
    mine = words.get(place.lang)
    if mine is None or other == place.lang or other not in words:
        return 0.0
    inside = [i for i, s in enumerate(mine.spans) if s.start < place.end and place.start < s.end and mine.content[i]]
    if not inside:
        return 0.0
    lone = ~rendered(mine, words[other], place.lang, other)[inside].any(axis=1)
    return float((lone * translations.listed(mine.keys, other)[inside]).mean())


def departing(a: Words, b: Words) -> list[float]:
    """Return for each word of ``a`` the log-odds that ``b`` lacks it or has something else for it."""
    import numpy as np

    if a.deep is None or b.deep is None:
        return [0.0] * len(a.spans)
    found = judgement(a.deep, b.deep)
    odds = np.maximum(found.missing_a, found.changed_a)
    return [float(v) for v in np.where(a.passed_over, -BOUND, odds)]
