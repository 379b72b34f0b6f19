"""The library: what ``import transcheck`` offers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from transcheck.types import Encoder, Lang, Report


def compare(
    versions: Mapping[Lang, str], model: str | Encoder | None = None, source_lang: Lang | None = None
) -> Report:
    """Compare two or three versions of one text.

    ``versions`` maps "ru", "uk" and "en" to the texts; ``model`` is the name or folder of a sentence-transformers
    model, an encoder, or None for the packaged one; ``source_lang`` names the original, if known: with two versions it
    decides which one is at fault.

    Raises:
        InputError: for texts that cannot be compared.
        ModelError: for a model that cannot be had.
    """
    from transcheck.read.documents import document_from_texts
    from transcheck.run.batch import run_documents

    document = document_from_texts(versions)
    if source_lang is not None:
        document = replace(document, meta=(*document.meta, ("source_lang", source_lang)))
    return run_documents([document], _encoder(model), "error")


def audit(frame: pd.DataFrame, model: str | Encoder | None = None) -> pd.DataFrame:
    """Check every record of a table with columns ``id``, ``ru``, ``uk``, ``en`` (any two of the languages).

    Returns one line a finding, and one with ``status`` "error" for a record that could not be checked; see
    :func:`transcheck.report.frame.findings_frame` for the columns.

    Raises:
        InputError: when the columns are missing.
        ModelError: for a model that cannot be had.
    """
    from transcheck.read.records import documents_from_frame
    from transcheck.report.frame import findings_frame
    from transcheck.run.batch import run_documents

    return findings_frame(run_documents(documents_from_frame(frame), _encoder(model), "error"))


def _encoder(model: str | Encoder | None) -> Encoder:
    from transcheck.encode import load_encoder

    return load_encoder(model) if model is None or isinstance(model, str) else model
