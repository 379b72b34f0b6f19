"""The library: what ``import transcheck`` offers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from transcheck.types import Encoder, Lang, Report, Termbase


def compare(
    versions: Mapping[Lang, str],
    model: str | Encoder | None = None,
    source_lang: Lang | None = None,
    termbase: Sequence[str | Path] = (),
) -> Report:
    """Compare two or three versions of one text.

    ``versions`` maps "ru", "uk" and "en" to the texts; ``model`` is the name or folder of a sentence-transformers
    model, an encoder, or None for the packaged one; ``source_lang`` names the original, if known: with two versions it
    decides which one is at fault; ``termbase`` are files of an editor's terms, TSV or TBX.

    Raises:
        InputError: for texts that cannot be compared.
        ConfigError: for a termbase that cannot be read.
        ModelError: for a model that cannot be had.
    """
    from transcheck.read.documents import document_from_texts
    from transcheck.run.batch import run_documents
    from transcheck.run.resolve import undoubled

    document = document_from_texts(versions)
    if source_lang is not None:
        document = replace(document, meta=(*document.meta, ("source_lang", source_lang)))
    return undoubled(run_documents([document], _encoder(model), "error", termbase=_terms(termbase)))


def audit(frame: pd.DataFrame, model: str | Encoder | None = None, termbase: Sequence[str | Path] = ()) -> pd.DataFrame:
    """Check every record of a table with columns ``id``, ``ru``, ``uk``, ``en`` (any two of the languages).

    Returns one line a finding, and one with ``status`` "error" for a record that could not be checked; see
    :func:`transcheck.report.frame.findings_frame` for the columns.

    Raises:
        InputError: when the columns are missing.
        ConfigError: for a termbase that cannot be read.
        ModelError: for a model that cannot be had.
    """
    from transcheck.read.records import documents_from_frame
    from transcheck.report.frame import findings_frame
    from transcheck.run.batch import run_documents
    from transcheck.run.resolve import undoubled

    documents = documents_from_frame(frame)
    return findings_frame(undoubled(run_documents(documents, _encoder(model), "error", termbase=_terms(termbase))))


def _encoder(model: str | Encoder | None) -> Encoder:
    from transcheck.encode import load_encoder

    return load_encoder(model) if model is None or isinstance(model, str) else model


def _terms(paths: Sequence[str | Path]) -> Termbase:
    from pathlib import Path

    from transcheck.run.termbase import read_termbases

    return read_termbases([Path(p) for p in paths], "termbase")
