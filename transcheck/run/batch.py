"""Many documents: each is checked by itself, and one that fails stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from transcheck.run.fingerprint import distinct
from transcheck.run.pipeline import compare_document
from transcheck.run.suppress import suppress_all
from transcheck.types import NO_TERMS, Document, DocumentReport, Encoder, FailOn, InputError, Report, Termbase


class FailureLike(Protocol):
    """A record that could not be read: its id and what to do about it."""

    @property
    def id(self) -> str:
        """Id or place of the record."""

    @property
    def message(self) -> str:
        """What is wrong, where, and the remedy."""


def run_documents(
    items: Iterable[Document | FailureLike],
    encoder: Encoder,
    fail_on: FailOn = "error",
    on_progress: Callable[[], None] | None = None,
    termbase: Termbase = NO_TERMS,
) -> Report:
    """Check every document in order; what could not be read or compared becomes a document of status ``error``.

    ``termbase`` are the editor's terms.
    """
    found: list[DocumentReport] = []
    for item in items:
        found.extend(check_item(item, encoder, termbase))
        if on_progress is not None:
            on_progress()
    return Report(tuple(suppress_all(distinct(found))), encoder.id, fail_on)


def check_item(item: Document | FailureLike, encoder: Encoder, termbase: Termbase = NO_TERMS) -> list[DocumentReport]:
    """Check one document, statement by statement where it is articles, or pass a failure on."""
    if not isinstance(item, Document):
        return [DocumentReport(item.id, error=item.message)]
    try:
        if not item.articles:
            return [compare_document(item, encoder, termbase)]
        from transcheck.run.quoted import judge_quotes  # all that finds quotations, which nothing else needs

        return list(judge_quotes(item, encoder, termbase))
    except InputError as error:
        return [DocumentReport(item.id, document=item, error=str(error))]
