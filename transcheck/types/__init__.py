"""Frozen values that the stages exchange; nothing here computes."""

from transcheck.types.alignment import Alignment, Bead, Cell, Row
from transcheck.types.check import HELP_URL, Check, Example, help_url
from transcheck.types.document import Block, BlockKind, Comment, Document, Segment, Source, Version
from transcheck.types.encoder import Encoder
from transcheck.types.errors import ConfigError, InputError, ModelError, TranscheckError
from transcheck.types.explanation import Evidence, Explanation, Matching
from transcheck.types.finding import CATEGORIES, SEVERITIES, Category, Finding, Severity, Suppressed, Suppression
from transcheck.types.quote import Quote, QuoteKind
from transcheck.types.report import UNSUPPORTED, DocumentReport, FailOn, Report, Skipped, SkipReason, Verdict
from transcheck.types.span import LANGS, Lang, Place, Span
from transcheck.types.termbase import NO_TERMS, Concept, Term, Termbase

__all__ = [
    "CATEGORIES",
    "HELP_URL",
    "LANGS",
    "NO_TERMS",
    "SEVERITIES",
    "UNSUPPORTED",
    "Alignment",
    "Bead",
    "Block",
    "BlockKind",
    "Category",
    "Cell",
    "Check",
    "Comment",
    "Concept",
    "ConfigError",
    "Document",
    "DocumentReport",
    "Encoder",
    "Evidence",
    "Example",
    "Explanation",
    "FailOn",
    "Finding",
    "InputError",
    "Lang",
    "Matching",
    "ModelError",
    "Place",
    "Quote",
    "QuoteKind",
    "Report",
    "Row",
    "Segment",
    "Severity",
    "SkipReason",
    "Skipped",
    "Source",
    "Span",
    "Suppressed",
    "Suppression",
    "Term",
    "Termbase",
    "TranscheckError",
    "Verdict",
    "Version",
    "help_url",
]
