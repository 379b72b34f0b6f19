"""The words that every renderer shares: names of the languages, plurals, and text made safe to show on one line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from transcheck.types import DocumentReport, Finding, Lang, Report, Severity, Verdict

LANGUAGE_NAMES: Mapping[Lang, str] = {"ru": "Russian", "uk": "Ukrainian", "en": "English"}

VERDICT_WORDS: Mapping[Verdict, str] = {
    "faithful": "faithful",
    "edited": "edited openly",
    "drifted": "drifted",
    "unsupported": "unsupported",
}
"""The verdicts as people read them, the best first."""

# Control and format characters could move the cursor, hide text or turn its direction.
_UNSAFE = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " "),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"),
}


def one_line(text: str) -> str:
    """Return text of the same length in which every line break and control character is a space."""
    return text.translate(_UNSAFE)


def plural(number: int, noun: str) -> str:
    """Return the number with the noun in the form that it asks for."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def at_fault(finding: Finding) -> str:
    """Return the language of the version at fault, or the languages that disagree joined by ``/``."""
    if finding.lang is not None:
        return finding.lang
    return "/".join(dict.fromkeys(p.lang for p in (finding.span, *finding.counterparts)))


def headline(finding: Finding) -> str:
    """Return ``error TC301 number en``: severity, code, category and version."""
    return f"{finding.severity} {finding.code} {finding.category} {at_fault(finding)}"


def tally(counts: Mapping[Severity, int]) -> str:
    """Return ``1 error, 2 warnings`` without the zeros, or ``no findings``."""
    return ", ".join(plural(n, s) for s, n in counts.items() if n) or "no findings"


def failure(document: DocumentReport) -> str:
    """Return the id and the error of a document that was not checked, the id only once."""
    error = document.error or ""
    return one_line(error if error.startswith(f"{document.id}:") else f"{document.id}: {error}")


def summary(report: Report) -> str:
    """Return the last line of a run: documents, rows, findings, and what was not checked."""
    rows = sum(len(d.rows) for d in report.documents)
    failed = sum(d.status == "error" for d in report.documents)
    if any(d.quotes for d in report.documents):
        verdicts = Counter(d.verdict for d in report.documents if d.verdict)
        shown = ", ".join(f"{n} {VERDICT_WORDS[v]}" for v in VERDICT_WORDS if (n := verdicts[v]))
        parts = [
            f"{plural(len(report.documents) - failed, 'quote')}: {shown or 'none judged'}; {tally(report.counts())}"
        ]
    else:
        parts = [f"{plural(len(report.documents), 'document')}, {plural(rows, 'row')}: {tally(report.counts())}"]
    silent = suppressed(report)
    if silent:
        parts.append(silent)
    if failed:
        parts.append(f"{plural(failed, 'document')} not checked")
    return "; ".join(parts)


SUPPRESSION_WORDS: Mapping[str, str] = {
    "inline": "by comments",
    "baseline": "in the baseline",
    "since": "older than the change",
}
"""What suppresses findings, as people read it."""


def suppressed(report: Report) -> str:
    """Return how many findings are suppressed by what, ``2 suppressed (1 in the baseline, 1 by comments)``, or ""."""
    found: Counter[str] = Counter(s.by.kind for d in report.documents for s in d.suppressed)
    listed = ", ".join(f"{n} {words}" for kind, words in SUPPRESSION_WORDS.items() if (n := found[kind]))
    return f"{found.total()} suppressed ({listed})" if found else ""
