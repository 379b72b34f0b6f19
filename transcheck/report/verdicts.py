"""Verdicts on quotations: where each stands, and how many there are by category, speaker and source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, get_args

from transcheck.report.positions import Locator
from transcheck.types import SEVERITIES, DocumentReport, Place, Report, Verdict

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""The best first."""


def places(document: DocumentReport) -> list[str]:
    """Return where each version has the quotation, as ``file:line:column``; nothing for what is no article."""
    locator = Locator(document)
    return [locator.text(Place(q.lang, q.span.start, q.span.end, q.text)) for q in document.quotes]


def counts(report: Report) -> dict[Verdict, int]:
    """Return the number of documents or quotations a verdict, zeros included."""
    found = Counter(d.verdict for d in report.documents if d.verdict)
    return {v: found[v] for v in VERDICTS}


def summary_lines(report: Report) -> Iterator[dict[str, Any]]:
    """Yield a line for every category, speaker and source: verdicts of the documents and findings by severity.

    The source is the file of the version at fault, of each version concerned where none is.
    """
    groups: dict[tuple[str, str], list[tuple[str | None, str | None]]] = defaultdict(list)
    for document in report.documents:
        if document.verdict is None:
            continue
        if document.speaker:
            groups["speaker", document.speaker].append((document.verdict, None))
        origins = {v.lang: v.origin for v in document.document.versions} if document.document else {}
        concerned = {q.lang for q in document.quotes} or set(origins)
        for lang in sorted(concerned):
            groups["source", origins.get(lang, lang)].append((document.verdict, None))
        for category in {f.category for f in document.findings}:
            groups["category", category].append((document.verdict, None))
        for finding in document.findings:
            groups["category", finding.category].append((None, finding.severity))
            if document.speaker:
                groups["speaker", document.speaker].append((None, finding.severity))
            for lang in (
                [finding.lang] if finding.lang else sorted({p.lang for p in (finding.span, *finding.counterparts)})
            ):
                if lang in origins:
                    groups["source", origins[lang]].append((None, finding.severity))
    for by in ("category", "speaker", "source"):
        for (kind, value), found in sorted(groups.items()):
            if kind == by:
                verdicts = Counter(v for v, _ in found)
                severities = Counter(s for _, s in found)
                line: dict[str, Any] = {"by": by, "value": value, **{v: verdicts[v] for v in VERDICTS}}
                yield line | {f"{s}s": severities[s] for s in SEVERITIES}
