"""How an [insertion] reads: whether it explains what the speaker said or says something that only he may say.

What stands in the brackets and around them is compared with insertions in three languages, honest ones and faulty ones
in like places (:mod:`transcheck.checks.likeness`), by ``training/fit_insertions.py``.
"""

from __future__ import annotations

import re
from typing import Final

from transcheck.checks import likeness
from transcheck.checks.likeness import Described, around, directions, nearest
from transcheck.text.lexicon import table
from transcheck.text.names import names
from transcheck.text.negation import negations
from transcheck.text.numbers import scan
from transcheck.text.units import dimension, in_base
from transcheck.text.words import is_function_word
from transcheck.types import Encoder, Lang, Span

STATIC: Final = {"inside": 3.0, "first": 2.0, "last": 1.0, "before": 2.0, "behind": 2.0}
"""Places whose words the model sees and what their static vectors are multiplied by: all within the brackets, the first
and the last of those, the ones on either side."""
CONTEXTUAL: Final = {"inside": 3.0, "first": 2.0, "last": 2.0, "before": 2.0, "behind": 2.0}
"""The same for their contextual vectors."""
_CLOSE: Final = (0.85, 1.2)
"""Ratios between which a conversion is a rounded one; a nautical mile is no statute mile."""
_NEAR: Final = 6
"""Words before an insertion among which somebody stands whom it may name."""
_LONG: Final = (3, 5)
"""Words from more than which an insertion is long, and very long."""


def log_odds(encoder: Encoder, text: str, span: Span, lang: Lang, listed: bool) -> float:
    """Return the log-odds that the insertion at ``span`` of ``text``, with its brackets, is not an editor's to make,
    where half of all are not.

    ``listed`` tells whether the word lists take it for one.
    """
    return likeness.log_odds("insertions", describe(encoder, text, span, lang, listed))


def describe(encoder: Encoder, text: str, span: Span, lang: Lang, listed: bool) -> Described:
    """Return what the model sees of an insertion."""
    import numpy as np

    # read as the words of one sentence, brackets would be words of their own
    plain = f"{text[: span.start]} {text[span.start + 1 : span.end - 1]} {text[span.end :]}"
    spans, static = encoder.words(plain)
    contextual = encoder.context(plain)
    before, inside, behind = around(spans, Span(span.start + 1, span.end - 1))
    places = {
        "inside": inside,
        "first": inside[:1],
        "last": inside[-1:],
        "before": before[-1:],
        "behind": behind[:1],
    }
    content = [not is_function_word(s.of(plain), lang) for s in spans]
    outside = [i for i in (*before, *behind) if content[i]]
    said = [i for i in inside if content[i]]
    facts = [
        *_facts(text, span, lang, len(inside), listed),
        *(float(bool(places[p]) and not content[places[p][0]]) for p in ("before", "behind", "first")),
        float(not said),
        2 * nearest(static, said, outside),
    ]
    return Described(
        np.array(facts, np.float32),
        directions(static, places, STATIC),
        None if contextual is None else directions(contextual, places, CONTEXTUAL),
    )


def _facts(text: str, span: Span, lang: Lang, words: int, listed: bool) -> list[float]:
    """Return what is known of the brackets without vectors."""
    inserted, before, behind = text[span.start + 1 : span.end - 1], text[: span.start], text[span.end :]
    named = names(inserted, lang)
    numbers, dates = scan(inserted, lang)
    unnamed = _is_unnamed(before, lang)
    told = (
        listed,
        unnamed,
        unnamed and bool(named),
        *(words == n for n in range(3)),
        *(words > n for n in _LONG),
        inserted[:1].isupper(),
        before[-1:].isalnum() or behind[:1].isalnum(),
        not before.strip(),
        before.rstrip()[-1:] in tuple(".!?,;:—"),
        not behind.strip() or behind.lstrip()[0] in ".,;!?",
        not behind.strip(),
        bool(named),
        any(n.firm for n in named),
        bool(numbers),
        bool(dates),
        bool(negations(inserted, lang)),
        lang == "ru",
        lang == "uk",
    )
    return [*map(float, told), len(before) / max(1, len(text))]


def conversion(before: str, inserted: str, lang: Lang) -> bool | None:
    """Tell whether an insertion turns the measure right before it into other units rightly; None where it does not turn
    one. Money has no rate to hold it against, and is taken for right."""
    mine, theirs = scan(inserted, lang)[0], scan(before, lang)[0]
    if not mine or not theirs or re.search(r"\w", before[theirs[-1].end :]):
        return None
    a, b = mine[0], theirs[-1]
    if not (a.unit and b.unit) or a.unit == b.unit or dimension(a.unit) != dimension(b.unit):
        return None
    if a.kind == "money":
        return True
    one, other = in_base(a.low, a.unit), in_base(b.low, b.unit)
    return None if not other else _CLOSE[0] <= one / other <= _CLOSE[1]


def _is_unnamed(before: str, lang: Lang) -> bool:
    """Tell whether the clause before an insertion speaks of somebody without saying who: one of them, a friend."""
    clause = re.split(r"[.!?…;:—–]", before)[-1]
    near = [w.lower() for w in re.findall(r"[\w'’-]+", clause)[-_NEAR:]]
    listed = table("quotes")
    return any(w in listed[of][lang] for w in near for of in ("indefinite", "unnamed"))
