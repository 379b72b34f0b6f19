"""Whether a finding's score is the probability that it is real: ``python -m benchmarks.calibration --data DIR`` (see
README.md beside this file).

Prints and writes ``results/calibration.md``, ``.json`` and ``.svg``. Nothing is fitted on the texts that findings are
made on here: public human translations, untouched and with one damage, and ``seeds/heldout``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks import labelled
from benchmarks.__main__ import RESULTS, Table, render
from benchmarks.labelled import Labelled, Sample
from benchmarks.reliability import (
    BINS,
    Forecasts,
    binned,
    brier,
    brier_of_base,
    consistency_bars,
    consistent,
    ece,
    excess,
    interval,
    observed,
    stated,
)
from training.fit_confidence import PRIOR
from transcheck.checks.confidence import model
from transcheck.encode import load_encoder

ROWS = 1200
"""Rows that go through the checks twice; about five minutes on one core."""
BASES = (0.01, 0.02, 0.05, PRIOR, 0.2, 0.5)
"""Shares of damaged rows for which figures are given; the scores are stated for :data:`PRIOR`."""
FEW = 20
"""Findings below which no expected calibration error is given."""

SEVERITIES = {"errors": ("error",), "warnings": ("warning",), "both": ("error", "warning")}

FAMILIES = {
    "TC1": "passages",
    "TC2": "meaning",
    "TC3": "numbers and names",
    "TC4": "language",
    "TC5": "quotations",
}


def main() -> None:
    """Make labelled findings, print the tables and write them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public benchmarks")
    parser.add_argument("--rows", type=int, default=ROWS, help="rows of human translations (default: %(default)s)")
    parser.add_argument("--base", type=float, default=PRIOR, help="share of damaged rows (default: %(default)s)")
    parser.add_argument("--model", help="another encoder, or fast")
    options = parser.parse_args()
    encoder = load_encoder(options.model)
    public, seeds = labelled.public(encoder, options.data, options.rows), labelled.seeds(encoder)
    of = forecasts(public, options.base)
    tables = {
        "labels": labels(public, seeds),
        "calibration": groups(public, seeds, options.base),
        "reliability, equal width": reliability(of, "width"),
        "reliability, equal mass": reliability(of, "mass"),
        "precision by severity and threshold": thresholds(public, options.base),
        "other mixtures": mixtures(public),
    }
    head = _head(public, seeds, options.base)
    print(head)
    for name, table in tables.items():
        print(render(name, table), flush=True)
    if not options.model and options.rows == ROWS and options.base == PRIOR:
        save(head, tables)
        plot(public, options.base, RESULTS / "calibration.svg")


def forecasts(sample: Sample, base: float, only: Callable[[Labelled], bool] = lambda _: True) -> Forecasts:
    """Return the findings of a sample that ``only`` admits, weighted for the share ``base`` of damaged rows."""
    chosen = [(f, w) for f, w in zip(sample.findings, sample.weights(base), strict=True) if only(f) and w > 0]
    return Forecasts(
        np.array([f.score for f, _ in chosen], np.float64),
        np.array([f.real for f, _ in chosen], np.float64),
        np.array([w for _, w in chosen], np.float64),
        np.array([f.row for f, _ in chosen], np.int64),
    )


def labels(public: Sample, seeds: Sample) -> Table:
    """How the labels came about: numbers of findings, not weighted."""
    counts = [Counter(f.why for f in sample.findings) for sample in (public, seeds)]
    names = [labelled.REAL, *sorted({f.why for s in (public, seeds) for f in s.findings} - {labelled.REAL})]
    table: Table = [
        {"found at": name, "real": "yes" if name == labelled.REAL else "no", "human translations": counts[0][name],
         "seeds/heldout": counts[1][name]}
        for name in names
    ]  # fmt: skip
    return table


def groups(public: Sample, seeds: Sample, base: float) -> Table:
    """All figures of all findings, by severity, by whose the score is, by family and by code."""
    codes = sorted({f.code for f in public.findings})
    parts: list[tuple[str, Callable[[Labelled], bool]]] = [
        ("all", lambda _: True),
        ("errors", lambda f: f.severity == "error"),
        ("warnings", lambda f: f.severity == "warning"),
        ("score fitted", lambda f: f.weighed),
        ("score of the check", lambda f: not f.weighed),
    ]
    parts += [
        (f"{k}xx {name}", lambda f, k=k: f.code.startswith(k))  # type: ignore[misc]
        for k, name in FAMILIES.items()
    ]
    parts += [(code, lambda f, code=code: f.code == code) for code in codes]  # type: ignore[misc]
    table = [_line(name, forecasts(public, base, only)) for name, only in parts]
    return [*table, _line("seeds/heldout", forecasts(seeds, base))]


def _line(name: str, of: Forecasts) -> dict[str, object]:
    """One group of findings; intervals are bootstrapped over rows."""
    few = len(of) < FEW
    line: dict[str, object] = {
        "findings": name,
        "count": len(of),
        "real": int(of.real.sum()),
        "score": _known(stated(of)),
        "share real": _known(observed(of)),
        "score - share": _known(excess(of)),
        "95 %": _between(*interval(of, excess)),
    }
    for binning, measure in (("width", ece), ("mass", lambda x: ece(x, "mass"))):
        line[f"ECE, {binning}"] = "" if few else measure(of)
        line[f"ECE, {binning}, 95 %"] = "" if few else _between(*interval(of, measure))
    line["ECE if calibrated"] = "" if few else _between(*consistent(of, ece)[1:])
    line |= {"Brier": _known(brier(of)), "Brier of the base rate": _known(brier_of_base(of))}
    return line


def reliability(of: Forecasts, binning: str) -> Table:
    """What the diagram shows: stated and observed shares by bin, and where the latter lies if scores are right."""
    bars = consistency_bars(of) if binning == "width" else {}
    table: Table = []
    for b in binned(of, "width" if binning == "width" else "mass"):
        line: dict[str, object] = {
            "score": f"{b.low:.2f}-{b.high:.2f}",
            "findings": b.count,
            "real": b.came_true,
            "weight": b.share,
            "mean score": b.stated,
            "share real": b.observed,
        }
        if binning == "width":
            line["share if calibrated, 95 %"] = _between(*bars[round(b.low * BINS)])
        table.append(line)
    return table


def thresholds(public: Sample, base: float) -> Table:
    """Precision of errors, of warnings and of both from each score on, the limits of the fitted model among them, and
    how many there are in 100 rows.
    """
    limits = sorted({v for part in ("sure", "proposed") for v in model()[part]["limits"].values()} | {0.0, 0.5, 0.9})
    table: Table = []
    for least in limits:
        line: dict[str, object] = {"score from": f"{least:g}"}
        for name, severities in SEVERITIES.items():
            of = forecasts(public, base, lambda f, s=severities, x=least: f.severity in s and f.score >= x)  # type: ignore[misc]
            line[name] = len(of)
            line[f"{name}: precision"] = _known(observed(of))
            line[f"{name}: 95 %"] = _between(*interval(of, observed))
            line[f"{name}: in 100 rows"] = 100 * float(of.weight.sum())
        table.append(line)
    return table


def mixtures(public: Sample) -> Table:
    """The same findings where other shares of rows are damaged; no score changes."""
    table: Table = []
    for base in BASES:
        of = forecasts(public, base)
        severe = forecasts(public, base, lambda f: f.severity == "error")
        table.append(
            {"damaged rows": base, "score": _known(stated(of)), "share real": _known(observed(of)),
             "ECE, width": _known(ece(of)), "Brier": _known(brier(of)), "precision of errors": _known(observed(severe))}
        )  # fmt: skip
    return table


def _between(low: float, high: float) -> str:
    return "" if math.isnan(low) else f"{low:.3f} to {high:.3f}"


def _known(value: float) -> float | str:
    """What is not known is left out, in the tables and in JSON, which has no NaN."""
    return "" if math.isnan(value) else value


def _head(public: Sample, seeds: Sample, base: float) -> str:
    return (
        f"# Calibration of scores\n\n`python -m benchmarks.calibration`: {public.untouched} rows of human translations "
        f"untouched and {public.damaged} of them with one damage, weighted as if {100 * base:g} % of all rows were "
        f"damaged; seeds/heldout with {seeds.untouched} clean and {seeds.damaged} defective quotes, weighted likewise. "
        "Counts are not weighted, shares and errors are. What human translations say differently by themselves counts "
        "as a false alarm.\n"
    )


def save(head: str, tables: dict[str, Table]) -> None:
    """Write the tables."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "calibration.json").write_text(json.dumps(tables, indent=1) + "\n", encoding="utf-8")
    parts = [render(name, table) for name, table in tables.items()]
    text = "\n".join([head, "![reliability diagram](calibration.svg)\n", *parts])
    (RESULTS / "calibration.md").write_text(text, encoding="utf-8")


def plot(public: Sample, base: float, path: Path) -> None:
    """Draw the reliability diagram with consistency bars, of all findings, of errors and of warnings."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "transcheck"
    from matplotlib import pyplot as plt

    figure, drawn = plt.subplots(
        2, 3, figsize=(9, 4.4), sharex=True, sharey="row", layout="constrained", height_ratios=(3, 1)
    )
    for column, (name, severities) in enumerate(SEVERITIES.items()):
        of = forecasts(public, base, lambda f, s=severities: f.severity in s)  # type: ignore[misc]
        bins, bars = binned(of), consistency_bars(of)
        axes, below = drawn[:, column]
        axes.plot((0, 1), (0, 1), color="grey", linewidth=0.8)
        for b in bins:
            axes.vlines(b.stated, *bars[round(b.low * BINS)], color="grey", linewidth=5, alpha=0.35)
        axes.plot([b.stated for b in bins], [b.observed for b in bins], "o-", markersize=4)
        axes.set_title(f"{name}: ECE {ece(of):.3f}", size=10)
        axes.grid(alpha=0.3)
        below.bar([(b.low + b.high) / 2 for b in bins], [b.count for b in bins], width=0.9 / BINS)
        below.set_xlabel("score")
        below.grid(alpha=0.3)
    drawn[0, 0].set_ylabel("share real")
    drawn[1, 0].set_ylabel("findings")
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


if __name__ == "__main__":
    main()
