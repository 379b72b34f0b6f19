"""Figures on public benchmarks; they are reported, nothing is tuned on them."""

from __future__ import annotations

import csv
import math
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks import alignment as damaged
from transcheck.align import Costs
from transcheck.run.pipeline import compare_document
from transcheck.text.detect import detect
from transcheck.types import LANGS, Document, Encoder, Lang, Version

Table = list[dict[str, object]]
PAIRS: tuple[tuple[Lang, Lang], ...] = (("en", "ru"), ("en", "uk"), ("ru", "uk"))


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a TSV file with a header, or none where it is missing."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))


def tatoeba(data: Path, lang: Lang) -> list[tuple[str, str]]:
    """Sentences of ``lang`` with their English translations."""
    code = {"ru": "rus", "uk": "ukr"}[lang]
    return [(r[code], r["eng"]) for r in read(data / "tatoeba_laser" / f"{code}-eng.tsv")]


def texts(data: Path, name: str) -> list[dict[str, str]]:
    """Rows with ru, uk and en of a corpus of human translations."""
    path = {
        "flores": data / "flores200" / "devtest.tsv",
        "wmt24": data / "wmt24_en-ru-uk" / "wmt24.en-ru-uk.tsv",
        "tico19": data / "tico19_en-ru" / "test.tsv",
    }[name]
    return read(path)


def language(_: Encoder, data: Path) -> Table:
    """Accuracy of language identification on short sentences, and the time a text."""
    table: Table = []
    samples: dict[Lang, list[str]] = {
        "ru": [x for x, _ in tatoeba(data, "ru")],
        "uk": [x for x, _ in tatoeba(data, "uk")],
        "en": [y for lang in ("ru", "uk") for _, y in tatoeba(data, lang)],
    }
    for lang, found in samples.items():
        if not found:
            return []
        detect(found[0])
        started = time.process_time()
        guesses = [detect(t).lang for t in found]
        spent = time.process_time() - started
        table.append(
            {
                "corpus": "tatoeba",
                "lang": lang,
                "texts": len(found),
                "accuracy": sum(g == lang for g in guesses) / len(found),
                "unknown": sum(g is None for g in guesses) / len(found),
                "ms a text (CPU)": 1000 * spent / len(found),
            }
        )
    return table


def retrieval(encoder: Encoder, data: Path) -> Table:
    """Nearest-neighbour accuracy in both directions by cosine."""
    table: Table = []
    for lang in ("ru", "uk"):
        pairs = tatoeba(data, lang)
        if pairs:
            table.append(_retrieval(encoder, f"tatoeba {lang}-en", [x for x, _ in pairs], [y for _, y in pairs]))
    for name in ("flores", "wmt24"):
        rows = texts(data, name)
        for a, b in PAIRS if rows else ():
            table.append(_retrieval(encoder, f"{name} {a}-{b}", [r[a] for r in rows], [r[b] for r in rows]))
    return table


def _retrieval(encoder: Encoder, name: str, a: Sequence[str], b: Sequence[str]) -> dict[str, object]:
    """One line of the retrieval table."""
    cosine = encoder.encode(a) @ encoder.encode(b).T
    gold = np.arange(len(a))
    there = 100 * float((cosine.argmax(axis=1) == gold).mean())
    back = 100 * float((cosine.argmax(axis=0) == gold).mean())
    return {"corpus": name, "there": round(there, 1), "back": round(back, 1), "mean": round((there + back) / 2, 2)}


def alignment(encoder: Encoder, data: Path) -> Table:
    """Strict bead F1 and F1 of dropped segments on damaged documents."""
    table: Table = []
    for name in ("flores", "wmt24"):
        rows = texts(data, name)
        for a, b in PAIRS if rows else ():
            documents = damaged.documents([(r[a], r[b]) for r in rows], (a, b))
            units = [damaged.prepare(d, encoder) for d in documents]
            found = damaged.score(documents, units, Costs())
            table.append({"corpus": f"{name} {a}-{b}", "strict F1": found.strict, "dropped F1": found.dropped})
    return table


def clean(encoder: Encoder, data: Path) -> Table:
    """Share of clean human translations with an error-level finding, and with any error or warning.

    Each line of a corpus is one document: one sentence in FLORES and TICO-19, up to a paragraph in WMT24. Segments are
    the rows of the aligned tables.
    """
    table: Table = []
    for name in ("flores", "wmt24", "tico19"):
        documents = list(_documents(texts(data, name)))
        if not documents:
            continue
        codes: list[str] = []
        failed = loud = segments = wrong = 0
        for document in documents:
            report = compare_document(document, encoder)
            segments += max(1, len(report.rows))
            severe = {f.code for f in report.findings if f.severity == "error"}
            wrong += len({f.row for f in report.findings if f.severity == "error"})
            codes += sorted(severe)
            failed += bool(severe)
            loud += any(f.severity != "note" for f in report.findings)
        table.append(
            {
                "corpus": name,
                "documents": len(documents),
                "segments": segments,
                "segments with an error": wrong / segments,
                "± (95 %)": 1.96 * math.sqrt(max(wrong, 1)) / segments,
                "documents with an error": failed / len(documents),
                "documents with any": loud / len(documents),
                "errors by code": _top(codes),
            }
        )
    return table


def _top(codes: Sequence[str]) -> str:
    """Codes with their numbers, most frequent first."""
    counted = sorted({c: codes.count(c) for c in codes}.items(), key=lambda x: -x[1])
    return ", ".join(f"{code} {count}" for code, count in counted) or "none"


def _documents(rows: Sequence[dict[str, str]]) -> Iterator[Document]:
    """One document a row."""
    for row in rows:
        versions = tuple(Version(lang, row[lang], lang) for lang in LANGS if row.get(lang))
        yield Document(row["id"], versions)
