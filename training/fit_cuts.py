"""Fit how a marked cut reads: ``python -m training.fit_cuts``.

``cuts.tsv`` holds statements in one language and the same cut short in another, honestly or so that what is left says
something else, by twenty writers. Prints what is found of each writer's cuts by those of all others, and writes
``transcheck/checks/data/cuts.npz``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from training.likeness import Known, known, lines, run
from transcheck.checks.cuts_read import cuts, describe
from transcheck.checks.quoting import listed_cuts
from transcheck.encode import load_encoder
from transcheck.encode.remember import Remembering
from transcheck.run.pipeline import context_of
from transcheck.text.speech import elisions
from transcheck.types import Document, Encoder, Lang, Version

EXAMPLES = Path(__file__).parent / "cuts.tsv"


@dataclass(frozen=True, slots=True)
class Example:
    """A statement and its cut version, by whom they were written and whether the cut turns what it leaves."""

    writer: str
    full_lang: Lang
    cut_lang: Lang
    fault: bool
    kind: str
    full: str
    cut: str


def read_examples(path: Path) -> list[Example]:
    """Return the examples of a table with the columns writer, full_lang, cut_lang, label, kind, full, cut.

    Raises:
        ValueError: when a line has another language or label, or no mark in the cut version.
    """
    found = lines(path, lambda x: bool(elisions(x["cut"])), "two languages, a label and a marked cut")
    return [
        Example(
            x["writer"],
            cast("Lang", x["full_lang"]),
            cast("Lang", x["cut_lang"]),
            x["label"] == "fault",
            x["kind"],
            x["full"],
            x["cut"],
        )
        for x in found
    ]


def described(examples: Sequence[Example], encoder: Encoder) -> Known:
    """Return every cut of the examples as the model sees it."""
    passages, of = [], []
    for e in examples:
        versions = (Version(e.full_lang, e.full), Version(e.cut_lang, e.cut))
        listed = e.cut_lang in listed_cuts(context_of(Document("-", versions), encoder))
        for cut in cuts(encoder, e.cut, e.cut_lang, e.full, e.full_lang):
            passages.append(describe(encoder, e.cut, e.cut_lang, e.full, e.full_lang, cut, listed))
            of.append(e)
    return known(passages, [e.fault for e in of], [e.writer for e in of], [e.kind for e in of])


if __name__ == "__main__":
    run("cuts", lambda: described(read_examples(EXAMPLES), Remembering(load_encoder())), __doc__)
