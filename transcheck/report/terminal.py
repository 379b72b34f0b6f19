"""The report side by side, two or three columns, for a terminal or as a picture of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from transcheck.report.marks import CUT, MISSING, Marks, Run, shorten
from transcheck.report.verdicts import VERDICTS, places, summary_lines
from transcheck.report.words import LANGUAGE_NAMES, VERDICT_WORDS, headline, one_line, plural, summary, tally
from transcheck.types import SEVERITIES, DocumentReport, Finding, Report, Row, Severity, Version

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

MIN_WIDTH, MAX_WIDTH = 60, 200
SHOWN_CLEAN_ROWS = 5
"""A longer stretch of rows without findings is shown as its first and last row and a number."""

_COLORS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "cyan"}


def render(report: Report, *, width: int = 100, color: bool = False, quiet: bool = False) -> str:
    """Return the report as lines of at most ``width`` columns (60 to 200).

    Without ``color`` the place at fault stands in ⟦ ⟧ and its counterparts in ⟨ ⟩. Of several documents only those with
    findings or errors are shown; ``quiet`` leaves out the summary.
    """
    buffer = StringIO()
    console = _console(buffer, width, color=color)
    _paint(console, report, quiet=quiet)
    return re.sub(r"[ \t]+$", "", buffer.getvalue(), flags=re.MULTILINE)


def render_svg(report: Report, *, width: int = 110, title: str = "transcheck compare") -> str:
    """Return a picture of the coloured terminal output, which loads nothing from elsewhere."""
    from rich._export_format import CONSOLE_SVG_FORMAT

    console = _console(StringIO(), width, color=True)
    console.record = True
    _paint(console, report, quiet=False)
    template = re.sub(r"@font-face\s*{{.*?}}|<!--.*?-->", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    return console.export_svg(title=title, code_format=template, unique_id="transcheck") + "\n"


def _console(file: StringIO, width: int, *, color: bool) -> Console:
    from rich.console import Console

    return Console(
        file=file,
        width=max(MIN_WIDTH, min(width, MAX_WIDTH)),
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},
    )


def _paint(console: Console, report: Report, *, quiet: bool) -> None:
    from rich.text import Text

    several = len(report.documents) > 1
    for document in report.documents:
        if not several or document.findings or document.error is not None:
            for line in _document(document, console):
                console.print(line)
            console.print()
    if not quiet:
        if any(d.quotes for d in report.documents):
            _summary_table(report, console)
        console.print(Text(summary(report), style="bold"))


def _summary_table(report: Report, console: Console) -> None:
    """Show the counts by category, speaker and source."""
    from rich import box
    from rich.table import Table

    lines = list(summary_lines(report))
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("by")
    table.add_column("", overflow="fold")
    for verdict in VERDICTS:
        table.add_column(verdict, justify="right")
    for severity in SEVERITIES:
        table.add_column(f"{severity}s", justify="right")
    last = ""
    for line in lines:
        numbers = [line[v] for v in VERDICTS] + [line[f"{s}s"] for s in SEVERITIES]
        table.add_row(
            line["by"] if line["by"] != last else "", one_line(_short(line)), *(str(n) if n else "·" for n in numbers)
        )
        last = line["by"]
    console.print(table)
    console.print()


def _short(line: Mapping[str, Any]) -> str:
    """Return the name of a line of the summary, of a file its last part."""
    value: str = line["value"]
    return value.rpartition("/")[2] if line["by"] == "source" else value


def _document(document: DocumentReport, console: Console) -> Iterator[RenderableType]:
    from rich.text import Text

    if document.error is not None:
        yield Text.assemble((one_line(document.id), "bold"), (" not checked", "bold red"))
        yield Text(f"  {one_line(document.error)}")
        return
    counts = {s: sum(f.severity == s for f in document.findings) for s in SEVERITIES}
    if document.quotes:
        yield from _quotation(document, counts)
    else:
        yield Text.assemble((one_line(document.id), "bold"), f"  {plural(len(document.rows), 'row')}: {tally(counts)}")
    yield from _header(document, console)
    by_row: dict[int | None, list[Finding]] = defaultdict(list)
    known = {r.index for r in document.rows}
    for finding in document.findings:
        by_row[finding.row if finding.row in known else None].append(finding)
    yield from (_finding(f, console) for f in by_row[None])
    marks = Marks(document.findings)
    for clean, group in groupby(document.rows, key=lambda r: r.index not in by_row):
        rows = list(group)
        if clean:
            yield from _clean(rows, console)
        else:
            for row in rows:
                yield _row(row, marks, console, by_row[row.index])
                yield from (_finding(f, console) for f in by_row[row.index])


def _quotation(document: DocumentReport, counts: dict[Severity, int]) -> Iterator[RenderableType]:
    """Say of a quotation of articles what the verdict is, who speaks, and where it stands."""
    from rich.padding import Padding
    from rich.text import Text

    assert document.verdict is not None
    color = {"faithful": "green", "edited": "green", "drifted": "red", "unsupported": "yellow"}[document.verdict]
    verdict = (VERDICT_WORDS[document.verdict], f"bold {color}")
    speaker = f"  {one_line(document.speaker)}" if document.speaker else ""
    yield Text.assemble((one_line(document.id), "bold"), "  ", verdict, f"{speaker}: {tally(counts)}")
    yield Padding(Text(one_line(", ".join(places(document))), style="dim"), (0, 0, 0, 4))
    if not document.rows:
        for quote in document.quotes:
            yield Padding(Text(one_line(quote.text)), (0, 0, 0, 4))


def _header(document: DocumentReport, console: Console) -> Iterator[RenderableType]:
    from rich.text import Text

    versions = {v.lang: v for v in document.document.versions} if document.document else {}
    if not document.rows:
        return
    names: list[Text] = []
    for cell in document.rows[0].cells:
        name = Text(LANGUAGE_NAMES[cell.lang], style="bold")
        version = versions.get(cell.lang)
        origin = _short_origin(version, _cell_width(console, len(document.rows[0].cells)) - len(name) - 2)
        if origin:
            name.append(f"  {origin}", style="not bold dim")
        names.append(name)
    table = _grid(console, len(names))
    table.add_row("", *names)
    yield table
    size = _cell_width(console, len(names))
    yield Text("─" * 4 + "".join("┼" + "─" * (size + 2) for _ in names)[: console.width - 4], style="dim")


def _short_origin(version: Version | None, width: int) -> str:
    """Return the file of a version, at least its last part; nothing for a column or where it does not fit."""
    if version is None or version.origin.endswith(version.lang):
        return ""
    path = one_line(version.origin)
    return next((p for p in (path, path.rpartition("/")[2]) if len(p) <= width), "")


def _grid(console: Console, columns: int) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.MINIMAL, show_header=False, show_edge=False, pad_edge=False, border_style="dim")
    table.add_column(width=3, justify="right", style="dim", no_wrap=True)
    for _ in range(columns):
        table.add_column(width=_cell_width(console, columns), overflow="fold")
    return table


def _cell_width(console: Console, columns: int) -> int:
    return (console.width - 4 - 3 * columns) // columns


def _row(row: Row, marks: Marks, console: Console, findings: Sequence[Finding]) -> Table:
    cells = [_cell(shorten(marks.runs(cell, row.index)), console) for cell in row.cells]
    worst = min((f.severity for f in findings), key=SEVERITIES.index)
    from rich.text import Text

    table = _grid(console, len(cells))
    table.add_row(Text(str(row.index + 1), style=f"bold not dim {_COLORS[worst]}"), *cells)
    return table


def _cell(runs: list[Run], console: Console) -> Text:
    from rich.text import Text

    out = Text()
    for run in runs:
        if run.mark is None:
            out.append(run.text, style="dim" if run.text == MISSING else "")
        elif console.no_color:
            left, right = "⟦⟧" if run.mark.fault else "⟨⟩"
            out.append(f"{left}{run.text}{right}")
        else:
            color = _COLORS[run.mark.severity]
            out.append(run.text, style=f"bold underline {color}" if run.mark.fault else f"underline {color}")
    return out


def _finding(finding: Finding, console: Console) -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    text = Text.assemble((headline(finding), f"bold {_COLORS[finding.severity]}"), f": {one_line(finding.message)}")
    return Padding(text, (0, 0, 0, 4))


def _clean(rows: Sequence[Row], console: Console) -> Iterator[RenderableType]:
    from rich.text import Text

    if len(rows) <= SHOWN_CLEAN_ROWS:
        yield from (_clean_row(r, console) for r in rows)
        return
    yield _clean_row(rows[0], console)
    yield Text(f"  ⋮ │ {plural(len(rows) - 2, 'row')} without findings", style="dim")
    yield _clean_row(rows[-1], console)


def _clean_row(row: Row, console: Console) -> Table:
    from rich.text import Text

    table = _grid(console, len(row.cells))
    size = _cell_width(console, len(row.cells))
    cells = []
    for cell in row.cells:
        text = Text(one_line(cell.text[: 4 * size]) if not cell.empty else MISSING, style="dim", no_wrap=True)
        if text.cell_len > size:  # not with an ellipsis, which would look like one of the texts
            text.truncate(size - len(CUT.rstrip()))
            text.append(CUT.rstrip())
        cells.append(text)
    table.add_row(str(row.index + 1), *cells)
    return table
