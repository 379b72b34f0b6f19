"""What lies behind a finding: the matching of the words of its row, and the evidence that was weighed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

from transcheck.checks import drift
from transcheck.checks.base import Context
from transcheck.checks.confidence import FEATURES, WEAK, departing, evidence, model
from transcheck.checks.coverage import Words, judgement, words_of
from transcheck.checks.wording import UNLISTED
from transcheck.types import Encoder, Evidence, Explanation, Finding, Matching, Row

_ROUNDED = 0.005
"""What the score of a proposal may differ by, since that of a finding is rounded."""


def explain(finding: Finding, row: Row, context: Context) -> Explanation:
    """Explain a finding of a row."""
    return Explanation(finding, tuple(matchings(row, context.encoder)), tuple(_evidence(finding, row, context)))


def matchings(row: Row, encoder: Encoder) -> Iterator[Matching]:
    """Yield how the words of each two filled cells match."""
    words = {c.lang: (c, words_of(c, encoder)) for c in row.filled}
    for a, b in combinations(words, 2):
        (cell_a, words_a), (cell_b, words_b) = words[a], words[b]
        if words_a.deep is None or words_b.deep is None:
            continue
        similarities, links = drift.links(words_a.deep, words_b.deep)
        yield Matching(
            a,
            b,
            _texts(words_a, cell_a.text, cell_a.place.start),
            _texts(words_b, cell_b.text, cell_b.place.start),
            tuple(tuple(round(float(v), 3) for v in line) for line in similarities),
            links,
            _lost(words_a, words_b),
            _lost(words_b, words_a),
            round(_probability(judgement(words_a.deep, words_b.deep).drift), 3),
        )


def _texts(words: Words, text: str, offset: int) -> tuple[str, ...]:
    return tuple(text[s.start - offset : s.end - offset] for s in words.spans)


def _lost(a: Words, b: Words) -> tuple[float, ...]:
    return tuple(round(_probability(v), 3) for v in departing(a, b))


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _evidence(finding: Finding, row: Row, context: Context) -> Iterator[Evidence]:
    """Yield the share of each feature in the log-odds, the bias of the check first.

    What the rule itself said is no longer known of a finding that was weighed: it is what the rest leaves of its score.
    """
    values = evidence(finding, row, context)
    if values is None or finding.severity == "note":
        return
    rule = FEATURES.index("rule")
    score = min(max(finding.score, 0.001), 0.999)
    for kind in ("proposed", "sure", "shown"):
        fitted = model()[kind]
        bias = fitted["bias"].get(finding.code)
        if bias is None:
            continue
        shares = [w * v for w, v in zip(fitted["weights"], values, strict=True)]
        said = math.log(score / (1 - score)) - bias - sum(shares) + shares[rule]
        shares[rule], own = said, said / fitted["weights"][rule]
        if kind == "proposed" and not _proposes(finding.code, _probability(own)):
            continue
        yield Evidence("check", 1.0, float(bias))
        for name, value, share in zip(FEATURES, (*values[:rule], own, *values[rule + 1 :]), shares, strict=True):
            yield Evidence(name, round(value, 3), round(share, 3))
        return


def _proposes(code: str, said: float) -> bool:
    """Tell whether a check gives that score to a proposal: that of negations any small one, the others one of three."""
    if code == "TC203":
        return said <= WEAK + _ROUNDED
    return min(abs(said - score) for score in (WEAK, WEAK / 2, UNLISTED)) <= _ROUNDED
