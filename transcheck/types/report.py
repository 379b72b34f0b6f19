"""The result of a run; the exit code is a property of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from transcheck.types.alignment import Row
from transcheck.types.document import Document
from transcheck.types.finding import SEVERITIES, Finding, Severity

FailOn = Literal["error", "warning", "note", "never"]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What was found in one document; ``error`` says why it could not be checked, and then nothing else is filled.

    ``document`` is None only when it could not be read at all.
    """

    id: str
    document: Document | None = None
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: str | None = None

    @property
    def status(self) -> Literal["ok", "error"]:
        """``error`` when the document was not checked."""
        return "ok" if self.error is None else "error"


@dataclass(frozen=True, slots=True)
class Report:
    """All documents of a run, the model's name, and the level from which a finding fails the run."""

    documents: tuple[DocumentReport, ...]
    model: str
    fail_on: FailOn = "error"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, document by document."""
        return tuple(f for d in self.documents for f in d.findings)

    def counts(self) -> dict[Severity, int]:
        """Number of findings a severity, most severe first, zeros included."""
        found = Counter(f.severity for f in self.findings)
        return {s: found[s] for s in SEVERITIES}

    @property
    def exit_code(self) -> int:
        """0 clean; 1 a finding at or above ``fail_on``; 2 a document that was not checked, or nothing to check."""
        if not self.documents or any(d.status == "error" for d in self.documents):
            return 2
        if self.fail_on == "never":
            return 0
        failing = SEVERITIES[: SEVERITIES.index(self.fail_on) + 1]
        return int(any(f.severity in failing for f in self.findings))
