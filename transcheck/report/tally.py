"""What a run of ``check`` comes to: its last line, its statistics, and what it did not check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from transcheck.report.words import at_fault, one_line, plural, suppressed, tally
from transcheck.types import Check, Report, SkipReason

_LEFT_OUT: Mapping[SkipReason, str] = {"untold": "whose names tell no language", "excluded": "excluded"}


def summary(report: Report) -> str:
    """Return the last line of a run: documents checked, findings, what is suppressed and what was not checked."""
    checked = [d for d in report.documents if d.status == "ok"]
    rows = sum(len(d.rows) for d in checked)
    first = f"{plural(len(checked), 'document')} checked, {plural(rows, 'row')}: {tally(report.counts())}"
    if report.since:
        first = f"since {one_line(report.since)}: {first}"
    parts = [first, suppressed(report) or "0 suppressed"]
    if report.stale:
        parts.append(f"{len(report.stale):,} stale in the baseline (transcheck baseline prune)")
    return "; ".join((*parts, _not_checked(report)))


def _not_checked(report: Report) -> str:
    """Return what could not be checked, and behind it what nobody asked to check."""
    failed = sum(d.status == "error" for d in report.documents)
    reasons = Counter(s.reason for s in report.skipped)
    alone = reasons["alone"]
    parts = [plural(failed, "error")] if failed else []
    parts += [f"{alone:,} without another version"] if alone else []
    text = f"{failed + alone:,} not checked" + (f" ({', '.join(parts)})" if parts else "")
    left_out = [f"{reasons[reason]:,} {why}" for reason, why in _LEFT_OUT.items() if reasons[reason]]
    return f"{text}; left out: {', '.join(left_out)}" if left_out else text


def statistics(report: Report, checks: Sequence[Check] = ()) -> str:
    """Return the number of findings by check, by language at fault and by document, most first."""
    names = {check.code: f"{check.code} {check.slug}" for check in checks}
    counted = {
        "check": Counter(names.get(f.code, f.code) for f in report.findings),
        "language": Counter(at_fault(f) for f in report.findings),
        "document": Counter(one_line(d.id) for d in report.documents for _ in d.findings),
    }
    return "".join(f"{line}\n" for what, counts in counted.items() for line in _table(what, counts)) or "no findings\n"


def _table(what: str, counts: Counter[str]) -> Iterator[str]:
    if not counts:
        return
    width = max(len(f"{n:,}") for n in counts.values())
    yield f"by {what}"
    for name, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"  {number:>{width},}  {name}"


def details(report: Report) -> Iterator[str]:
    """Yield one line a document, with its versions and findings, and one a file that was not checked."""
    for document in report.documents:
        if document.error is None:
            origins = ", ".join(v.origin or v.lang for v in document.document.versions) if document.document else ""
            yield one_line(f"{document.id}: {plural(len(document.findings), 'finding')} ({origins})")
    for skipped in report.skipped:
        yield one_line(f"{'not checked' if skipped.reason == 'alone' else 'left out'}: {skipped.message}")
    for entry in report.stale:
        yield one_line(f"stale in the baseline: {entry}")
