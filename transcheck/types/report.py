"""The result of a run; the exit code is a property of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from transcheck.types.alignment import Row
from transcheck.types.document import Document
from transcheck.types.finding import SEVERITIES, Finding, Severity, Suppressed
from transcheck.types.quote import Quote

Verdict = Literal["faithful", "edited", "drifted", "unsupported"]
"""Of a quotation: the versions agree; they agree but for edits that are marked; one departs; one alone has it."""

UNSUPPORTED = "TC506"
"""The code of a quotation that no other version knows."""

FailOn = Literal["error", "warning", "note", "never"]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What was found in one document; ``error`` says why it could not be checked, and then nothing else is filled.

    ``document`` is None only when it could not be read at all. ``quotes`` are the versions of one statement where the
    document is an article and this one quotation of it is reported; places are then those of the whole article.
    ``suppressed`` are findings that do not count, each with what suppressed it.
    """

    id: str
    document: Document | None = None
    rows: tuple[Row, ...] = ()
    findings: tuple[Finding, ...] = ()
    error: str | None = None
    quotes: tuple[Quote, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def status(self) -> Literal["ok", "error"]:
        """``error`` when the document was not checked."""
        return "ok" if self.error is None else "error"

    @property
    def verdict(self) -> Verdict | None:
        """What the findings on the texts come to; None for a document that was not checked."""
        if self.error is not None:
            return None
        findings = [f for f in self.findings if f.category != "suppression"]
        if any(f.code == UNSUPPORTED and f.severity != "note" for f in findings):
            return "unsupported"
        if any(f.severity != "note" for f in findings):
            return "drifted"
        edited = any(q.elisions or q.insertions for q in self.quotes)
        return "edited" if edited or findings else "faithful"

    @property
    def speaker(self) -> str:
        """Who speaks, as the record says, or the quotes: the fullest name, else an office, in English, which has no
        cases, if it can be; "" for nobody.
        """
        named = [q for q in self.quotes if q.speaker]
        given = dict(self.document.meta).get("speaker", "") if self.document else ""
        order = ((q.speaker[0].isupper(), len(q.speaker.split()), q.lang == "en", q.speaker) for q in named)
        return given or max(order, default=(False, 0, False, ""))[3]


SkipReason = Literal["alone", "untold", "excluded"]
"""Why a file was not checked: it has no other version; nothing tells its language; the configuration excludes it."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was named or met in a folder and not checked, without this being an error.

    ``path`` is its name as messages have it, ``message`` what to do to have it checked. ``settled``: the configuration
    says so, so that a run that checked nothing else has not failed.
    """

    path: str
    reason: SkipReason
    message: str
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """All documents of a run, the model's name, and the level from which a finding fails the run.

    ``fail_levels`` are levels of their own for some checks, by code. ``skipped`` are files that were not checked and
    are no error; they do not count. ``stale`` says of entries of the baseline that they are not needed any more, or
    out of date. ``since`` is the revision from which on a change was looked at, "" where everything was.
    """

    documents: tuple[DocumentReport, ...]
    model: str
    fail_on: FailOn = "error"
    fail_levels: tuple[tuple[str, FailOn], ...] = ()
    skipped: tuple[Skipped, ...] = ()
    stale: tuple[str, ...] = ()
    since: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, document by document."""
        return tuple(f for d in self.documents for f in d.findings)

    def counts(self) -> dict[Severity, int]:
        """Number of findings a severity, most severe first, zeros included."""
        found = Counter(f.severity for f in self.findings)
        return {s: found[s] for s in SEVERITIES}

    def fails(self, finding: Finding) -> bool:
        """Tell whether a finding is at or above the level from which its check fails the run."""
        level = dict(self.fail_levels).get(finding.code, self.fail_on)
        return level != "never" and SEVERITIES.index(finding.severity) <= SEVERITIES.index(level)

    @property
    def exit_code(self) -> int:
        """0 clean; 1 a finding that fails the run; 2 a document that was not checked, or nothing to check at all.

        A run whose files are all left out because the configuration says so is clean, and so is one on a change that
        touches no text.
        """
        if any(d.status == "error" for d in self.documents):
            return 2
        if not self.documents:
            return 0 if self.since or any(s.settled for s in self.skipped) else 2
        return int(any(self.fails(f) for f in self.findings))
