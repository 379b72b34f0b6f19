"""Every check there is, in the order in which they run. A plain tuple; nothing registers itself."""

from __future__ import annotations

from transcheck.checks import (
    attribution,
    contrast,
    insertions,
    language,
    missing,
    modality,
    names,
    negation,
    operators,
    passages,
    quantities,
    quotation,
    quote_places,
    quoting,
    roles,
    suppression,
    termbase,
    terms,
    wording,
)
from transcheck.checks.base import Check, CheckFunction

_MODULES = (
    passages,
    contrast,
    negation,
    modality,
    operators,
    roles,
    terms,
    termbase,
    quantities,
    names,
    wording,
    language,
    attribution,
    quotation,
)

_OF_QUOTES = (insertions, quote_places, quoting)
"""What is looked at in the quotations of articles alone; ``run.quoted`` calls them."""

_OF_RUNS = (missing, suppression)
"""What only a run over files shows: a version that is missing, and comments and lists that suppress findings."""

FUNCTIONS: tuple[CheckFunction, ...] = tuple(module.check for module in _MODULES)
"""The functions that a document goes through."""

CHECKS: tuple[Check, ...] = tuple(
    sorted((c for module in (*_MODULES, *_OF_QUOTES, *_OF_RUNS) for c in module.CHECKS), key=lambda check: check.code)
)
"""Metadata of every finding that can occur, by code."""
