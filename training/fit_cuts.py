"""Fit how a marked cut reads: ``python -m training.fit_cuts``.

``cuts.tsv`` holds statements in one language and the same cut short in another, honestly or so that what is left says
something else, by sixteen writers. Prints what is found of each writer's cuts by those of all others, and writes
``transcheck/checks/data/cuts.npz``.
"""

from __future__ import annotations

import argparse
import csv
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from training.likeness import LABELS, Known, fit, known
from transcheck.checks.cuts_read import cuts, describe
from transcheck.checks.quoting import listed_cuts
from transcheck.encode import load_encoder
from transcheck.encode.remember import Remembering
from transcheck.run.pipeline import context_of
from transcheck.text.speech import elisions
from transcheck.types import LANGS, Document, Encoder, Lang, Version

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
    with path.open(encoding="utf-8", newline="") as handle:
        lines = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    langs = {str(lang): lang for lang in LANGS}
    for number, line in enumerate(lines, 2):
        known_langs = line["full_lang"] in langs and line["cut_lang"] in langs
        if not known_langs or line["label"] not in LABELS or not elisions(line["cut"]):
            raise ValueError(f"{path}:{number}: not an example: {line}; give two languages, a label and a marked cut")
    return [
        Example(
            x["writer"],
            langs[x["full_lang"]],
            langs[x["cut_lang"]],
            x["label"] == "fault",
            x["kind"],
            x["full"],
            x["cut"],
        )
        for x in lines
    ]


def described(examples: Sequence[Example], encoder: Encoder) -> Known:
    """Return every cut of the examples as the model sees it."""
    passages, of = [], []
    for e in examples:
        versions = (Version(e.full_lang, e.full), Version(e.cut_lang, e.cut))
        listed = e.cut_lang in listed_cuts(context_of(Document("-", versions), encoder))
        for cut in cuts(encoder, e.cut, e.full, e.full_lang):
            passages.append(describe(encoder, e.cut, e.cut_lang, e.full, e.full_lang, cut, listed))
            of.append(e)
    return known(passages, [e.fault for e in of], [e.writer for e in of], [e.kind for e in of])


def main() -> None:
    """Fit, report and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dry", action="store_true", help="report and write nothing")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    fit("cuts", described(read_examples(EXAMPLES), Remembering(load_encoder())), dry=options.dry)


if __name__ == "__main__":
    main()
