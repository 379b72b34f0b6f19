"""What is marked in a cell: the places of findings cut to the cell, flattened to runs of text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from transcheck.report.words import one_line
from transcheck.types import SEVERITIES, Cell, Finding, Lang, Severity

MISSING = "∅"
"""Stands where a version has nothing."""

CUT = " ⋯ "
"""Stands for text left out of the picture; no ellipsis of the texts looks like it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How a run is marked: by the most severe finding on it, as a place at fault or as its counterpart.

    Where two versions cannot tell which is wrong, both are marked as at fault.
    """

    severity: Severity
    fault: bool


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a cell with one mark, or none."""

    text: str
    mark: Mark | None = None


class Marks:
    """The places of all findings of a document, by language and position."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._places: dict[Lang, list[tuple[int, int, int | None, Mark]]] = defaultdict(list)
        for finding in findings:
            for place in (finding.span, *finding.counterparts):
                fault = place is finding.span or finding.lang is None
                entry = (place.start, place.end, finding.row, Mark(finding.severity, fault))
                self._places[place.lang].append(entry)
        for places in self._places.values():
            places.sort(key=lambda p: p[0])
        self._longest = {lang: max(p[1] - p[0] for p in places) for lang, places in self._places.items()}

    def runs(self, cell: Cell, row: int) -> list[Run]:
        """Return the cell's text, safe to show, cut into runs by the places of the findings.

        A place without width becomes a run of its own that reads ``MISSING``, in the ``row`` of its finding only: it
        may touch two cells. Where places overlap, the more severe one and then the one at fault wins.
        """
        start, end, text = cell.place.start, cell.place.end, one_line(cell.text)
        begin: dict[int, list[Mark]] = defaultdict(list)
        finish: dict[int, list[Mark]] = defaultdict(list)
        points: dict[int, list[Mark]] = defaultdict(list)
        for low, high, owner, mark in self._near(cell):
            if low < end and high > start and low < high:
                begin[max(low, start)].append(mark)
                finish[min(high, end)].append(mark)
            elif low == high and start <= low <= end and owner in (None, row):
                points[low].append(mark)
        runs: list[Run] = []
        active: Counter[Mark] = Counter()
        borders = sorted({start, end, *begin, *finish, *points})
        for at, after in zip(borders, [*borders[1:], end], strict=True):
            active.subtract(finish[at])
            active.update(begin[at])
            if points[at]:
                runs.append(Run(MISSING, min(points[at], key=_rank)))
            if after > at:
                mark_or_none = min((m for m, n in active.items() if n > 0), key=_rank, default=None)
                _append(runs, Run(text[at - start : after - start], mark_or_none))
        return runs or [Run(MISSING)]

    def _near(self, cell: Cell) -> list[tuple[int, int, int | None, Mark]]:
        places = self._places.get(cell.lang, [])
        low = bisect_left(places, cell.place.start - self._longest.get(cell.lang, 0), key=lambda p: p[0])
        return places[low : bisect_right(places, cell.place.end, key=lambda p: p[0])]


def shorten(runs: list[Run], keep: int = 240) -> list[Run]:
    """Return the runs with the middle of every run that is much longer than ``2 * keep`` left out."""
    return [
        Run(r.text[:keep] + CUT + r.text[-keep:], r.mark) if len(r.text) > 2 * keep + 2 * len(CUT) else r for r in runs
    ]


def _rank(mark: Mark) -> tuple[int, bool]:
    return SEVERITIES.index(mark.severity), not mark.fault


def _append(runs: list[Run], run: Run) -> None:
    """Add a run, joined with the one before where both are marked alike."""
    if runs and runs[-1].mark == run.mark and runs[-1].text != MISSING:
        runs[-1] = Run(runs[-1].text + run.text, run.mark)
    else:
        runs.append(run)
