"""The report as tables: one line a finding, and one line a document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any

from transcheck.report.positions import Locator
from transcheck.report.verdicts import VERDICTS, places, summary_lines
from transcheck.types import LANGS, SEVERITIES, DocumentReport, Finding, Report

if TYPE_CHECKING:
    import pandas as pd

FINDING_COLUMNS = (
    "id", "status", "verdict", "code", "category", "severity", "lang", "score", "message",
    "start", "end", "ru", "uk", "en", "row", "speaker", "place",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "id", "status", "verdict", "error", "rows", *(f"{s}s" for s in SEVERITIES), "worst", "speaker", "places",
)  # fmt: skip
SUMMARY_COLUMNS = ("by", "value", *VERDICTS, *(f"{s}s" for s in SEVERITIES))

# A workbook is XML: these cannot stand in it.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def findings_frame(report: Report) -> pd.DataFrame:
    """Return one line a finding, and one a document that was not checked, with ``status`` "error" and its message.

    ``start`` and ``end`` are code points of the version in ``lang`` (or of the first version concerned where ``lang``
    is empty); ``ru``, ``uk`` and ``en`` quote the versions; ``row`` is the index of the row, from 0; every ``meta``
    field of the documents is a column ``meta.<name>``.
    """
    import pandas as pd

    meta = sorted({name for d in report.documents if d.document for name, _ in d.document.meta})
    lines = [line for d in report.documents for line in _finding_lines(d)]
    frame = pd.DataFrame(lines, columns=[*FINDING_COLUMNS, *(f"meta.{name}" for name in meta)])
    return frame.astype({"start": "Int64", "end": "Int64", "row": "Int64", "score": "Float64"})


def summary_frame(report: Report) -> pd.DataFrame:
    """Return one line a category, a speaker and a source (the file of a version at fault): verdicts and findings."""
    import pandas as pd

    return pd.DataFrame(list(summary_lines(report)), columns=list(SUMMARY_COLUMNS))


def documents_frame(report: Report) -> pd.DataFrame:
    """Return one line a document: its status, its rows, and the number of its findings by severity."""
    import pandas as pd

    return pd.DataFrame([_document_line(d) for d in report.documents], columns=list(DOCUMENT_COLUMNS))


def render_csv(report: Report) -> str:
    """Return the table of findings as CSV."""
    text: str = findings_frame(report).to_csv(index=False, lineterminator="\n")
    return text


def render_parquet(report: Report) -> bytes:
    """Return the table of findings as a Parquet file."""
    buffer = BytesIO()
    findings_frame(report).to_parquet(buffer, index=False)
    return buffer.getvalue()


def render_xlsx(report: Report) -> bytes:
    """Return a workbook with the sheets ``findings``, ``documents`` and ``summary``."""
    import pandas as pd

    frames = {
        "findings": findings_frame(report),
        "documents": documents_frame(report),
        "summary": summary_frame(report),
    }
    buffer = BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        for name, frame in frames.items():
            frame.map(_for_workbook).to_excel(writer, sheet_name=name, index=False, freeze_panes=(1, 0))
            for line in writer.sheets[name].iter_rows(min_row=2):
                for cell in line:
                    if cell.data_type == "f":  # a text that begins with "=" is still a text
                        cell.data_type = "s"
    return buffer.getvalue()


def _for_workbook(value: Any) -> Any:
    return _NOT_XML.sub("\ufffd", value)[:32767] if isinstance(value, str) else value


def _finding_lines(document: DocumentReport) -> Iterator[dict[str, Any]]:
    meta = {f"meta.{k}": v for k, v in document.document.meta} if document.document else {}
    if document.error is not None:
        yield {"id": document.id, "status": "error", "message": document.error, **meta}
    locator = Locator(document)
    for finding in document.findings:
        about = {"verdict": document.verdict, "speaker": document.speaker, "place": locator.text(finding.span)}
        yield {"id": document.id, "status": "ok", **_finding(finding), **about, **meta}


def _finding(finding: Finding) -> dict[str, Any]:
    quoted = {place.lang: place.text for place in (*reversed(finding.counterparts), finding.span)}
    return {
        "code": finding.code,
        "category": finding.category,
        "severity": finding.severity,
        "lang": finding.lang,
        "score": round(finding.score, 4),
        "message": finding.message,
        "start": finding.span.start,
        "end": finding.span.end,
        **{lang: quoted.get(lang) for lang in LANGS},
        "row": finding.row,
    }


def _document_line(document: DocumentReport) -> dict[str, Any]:
    counts = {s: sum(f.severity == s for f in document.findings) for s in SEVERITIES}
    return {
        "id": document.id,
        "status": document.status,
        "error": document.error,
        "rows": len(document.rows),
        **{f"{s}s": n for s, n in counts.items()},
        "worst": next((s for s, n in counts.items() if n), None),
        "verdict": document.verdict,
        "speaker": document.speaker,
        "places": ", ".join(places(document)),
    }
