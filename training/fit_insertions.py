"""Fit how an [insertion] reads: ``python -m training.fit_insertions``.

``insertions.tsv`` holds sentences in three languages with one [insertion] each, honest ones and faulty ones, about half
of them in pairs that differ by the brackets alone, by sixteen writers. Prints what is found of each writer's sentences
by those of all others, and writes ``transcheck/checks/data/insertions.npz``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from training.likeness import Known, known, lines, run
from transcheck.checks.insertions import is_listed
from transcheck.checks.insertions_read import describe
from transcheck.encode import load_encoder
from transcheck.text.speech import insertions
from transcheck.types import Encoder, Lang

EXAMPLES = Path(__file__).parent / "insertions.tsv"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence with one insertion, by whom it was written and whether the insertion is not an editor's to make."""

    writer: str
    lang: Lang
    fault: bool
    kind: str
    text: str


def read_examples(path: Path) -> list[Example]:
    """Return the examples of a table with the columns writer, lang, label, kind, text.

    Raises:
        ValueError: when a line has another language or label, or not one insertion.
    """
    found = lines(path, lambda x: len(insertions(x["text"])) == 1, "a language, a label and one [insertion]")
    return [Example(x["writer"], cast("Lang", x["lang"]), x["label"] == "fault", x["kind"], x["text"]) for x in found]


def described(examples: list[Example], encoder: Encoder) -> Known:
    """Return the examples as the model sees them."""
    passages = []
    for e in examples:
        (span,) = insertions(e.text)
        passages.append(describe(encoder, e.text, span, e.lang, is_listed(e.text, span, e.lang)))
    return known(passages, [e.fault for e in examples], [e.writer for e in examples], [e.kind for e in examples])


if __name__ == "__main__":
    run("insertions", lambda: described(read_examples(EXAMPLES), load_encoder()), __doc__)
