"""Fit how an [insertion] reads: ``python -m training.fit_insertions``.

``insertions.tsv`` holds sentences in three languages with one [insertion] each, honest ones and faulty ones, about half
of them in pairs that differ by the brackets alone, by eleven writers. Prints what is found of each writer's sentences
by those of all others, and writes ``transcheck/checks/data/insertions.npz``.
"""

from __future__ import annotations

import argparse
import csv
import logging
from dataclasses import dataclass
from pathlib import Path

from training.likeness import LABELS, Known, fit, known
from transcheck.checks.insertions import is_listed
from transcheck.checks.insertions_read import describe
from transcheck.encode import load_encoder
from transcheck.text.speech import insertions
from transcheck.types import LANGS, Encoder, Lang

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
    with path.open(encoding="utf-8", newline="") as handle:
        lines = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    langs = {str(lang): lang for lang in LANGS}
    for number, line in enumerate(lines, 2):
        if line["lang"] not in langs or line["label"] not in LABELS or len(insertions(line["text"])) != 1:
            raise ValueError(f"{path}:{number}: not an example: {line}; give a language, a label and one [insertion]")
    return [Example(x["writer"], langs[x["lang"]], x["label"] == "fault", x["kind"], x["text"]) for x in lines]


def described(examples: list[Example], encoder: Encoder) -> Known:
    """Return the examples as the model sees them."""
    passages = []
    for e in examples:
        (span,) = insertions(e.text)
        passages.append(describe(encoder, e.text, span, e.lang, is_listed(e.text, span, e.lang)))
    return known(passages, [e.fault for e in examples], [e.writer for e in examples], [e.kind for e in examples])


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true", help="report and write nothing")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    fit("insertions", described(read_examples(EXAMPLES), load_encoder()), dry=options.dry)


if __name__ == "__main__":
    main()
