"""What is marked in a cell: the places of findings cut to the cell, flattened to runs of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from transcheck.report.words import one_line
from transcheck.types import SEVERITIES, Cell, Finding, Lang, Severity

MISSING = "∅"
"""Stands where a version has nothing."""

CUT = " ⋯ "
"""Stands for text left out of the picture; no ellipsis of the texts looks like it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a run is marked: by the most severe finding on it, as a place at fault or as its counterpart.

    Where two versions cannot tell which is wrong, both are marked as at fault. ``silent``: the finding is suppressed.
    """

    severity: Severity
    fault: bool
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a cell with one mark, or none; ``findings`` are the numbers of those whose place it is in."""

    text: str
    mark: Mark | None = None
    findings: tuple[int, ...] = field(default=(), compare=False)


_Owned = tuple[Mark, int]
"""A mark and the number of the finding that it is of."""


class Marks:
    """The places of all findings of a document, by language and position.

    The findings are numbered from 0 in their order, those ``suppressed`` after the others. With ``apart``, places of
    different findings that touch or overlap are runs of their own; else what looks the same is one run.
    """

    def __init__(self, findings: Iterable[Finding], suppressed: Iterable[Finding] = (), *, apart: bool = False) -> None:
        self._apart = apart
        self._places: dict[Lang, list[tuple[int, int, int | None, _Owned]]] = defaultdict(list)
        both = [*((f, False) for f in findings), *((f, True) for f in suppressed)]
        for number, (finding, silent) in enumerate(both):
            for place in (finding.span, *finding.counterparts):
                fault = place is finding.span or finding.lang is None
                owned = (Mark(finding.severity, fault, silent), number)
                self._places[place.lang].append((place.start, place.end, finding.row, owned))
        for places in self._places.values():
            places.sort(key=lambda p: p[0])
        self._longest = {lang: max(p[1] - p[0] for p in places) for lang, places in self._places.items()}

    def runs(self, cell: Cell, row: int) -> list[Run]:
        """Return the cell's text, safe to show, cut into runs by the places of the findings.

        A place without width becomes a run of its own that reads ``MISSING``, in the ``row`` of its finding only: it
        may touch two cells. Where places overlap, the more severe one and then the one at fault wins.
        """
        start, end, text = cell.place.start, cell.place.end, one_line(cell.text)
        begin: dict[int, list[_Owned]] = defaultdict(list)
        finish: dict[int, list[_Owned]] = defaultdict(list)
        points: dict[int, list[_Owned]] = defaultdict(list)
        for low, high, owner, owned in self._near(cell):
            if low < end and high > start and low < high:
                begin[max(low, start)].append(owned)
                finish[min(high, end)].append(owned)
            elif low == high and start <= low <= end and owner in (None, row):
                points[low].append(owned)
        runs: list[Run] = []
        active: Counter[_Owned] = Counter()
        borders = sorted({start, end, *begin, *finish, *points})
        for at, after in zip(borders, [*borders[1:], end], strict=True):
            active.subtract(finish[at])
            active.update(begin[at])
            if points[at]:
                runs.append(_run(MISSING, points[at]))
            if after > at:
                self._append(runs, _run(text[at - start : after - start], [o for o, n in active.items() if n > 0]))
        return runs or [Run(MISSING)]

    def _append(self, runs: list[Run], run: Run) -> None:
        """Add a run, joined with the one before where both are marked alike."""
        last = runs[-1] if runs else None
        alike = last and last.mark == run.mark and last.text != MISSING
        if last and alike and (not self._apart or last.findings == run.findings):
            runs[-1] = Run(last.text + run.text, run.mark, tuple(sorted({*last.findings, *run.findings})))
        else:
            runs.append(run)

    def _near(self, cell: Cell) -> list[tuple[int, int, int | None, _Owned]]:
        places = self._places.get(cell.lang, [])
        low = bisect_left(places, cell.place.start - self._longest.get(cell.lang, 0), key=lambda p: p[0])
        return places[low : bisect_right(places, cell.place.end, key=lambda p: p[0])]


def shorten(runs: list[Run], keep: int = 240) -> list[Run]:
    """Return the runs with the middle of every run that is much longer than ``2 * keep`` left out."""
    most = 2 * (keep + len(CUT))
    return [replace(r, text=r.text[:keep] + CUT + r.text[-keep:]) if len(r.text) > most else r for r in runs]


def _run(text: str, owned: list[_Owned]) -> Run:
    mark = min((m for m, _ in owned), key=_rank, default=None)
    return Run(text, mark, tuple(sorted(number for _, number in owned)))


def _rank(mark: Mark) -> tuple[bool, int, bool]:
    return mark.silent, SEVERITIES.index(mark.severity), not mark.fault
