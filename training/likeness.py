"""Fit what :mod:`transcheck.checks.likeness` runs: passages written for the purpose, compared by a Gaussian kernel.

Of every writer's passages the figures are those that the passages of all others give.
"""

from __future__ import annotations

import argparse
import csv
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transcheck.checks.likeness import FACTS, GAMMA, Described
from transcheck.types import LANGS

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

DATA = Path(__file__).parent.parent / "transcheck" / "checks" / "data"
AXES = 256
"""Principal axes of the vectors that are kept."""
STRENGTH = 3.0
"""Bound of what one example may say."""
LABELS = ("honest", "fault")


@dataclass(frozen=True, slots=True)
class Known:
    """Passages whose label is known: facts [n, f], static [n, s] and contextual vectors [n, c], which are faulty [n],
    who wrote them [n], and of which kind they are [n]."""

    facts: Floats
    static: Floats
    contextual: Floats
    fault: Flags
    writer: NDArray[np.str_]
    kind: NDArray[np.str_]

    @property
    def vectors(self) -> Floats:
        """All vectors, float32 [n, s + c]."""
        return np.hstack([self.static, self.contextual])

    @property
    def blind(self) -> Floats:
        """The same where no contextual model is loaded."""
        return np.hstack([self.static, np.broadcast_to(self.contextual.mean(axis=0), self.contextual.shape)])


def lines(path: Path, good: Callable[[dict[str, str]], bool], form: str) -> list[dict[str, str]]:
    """Return the lines of a table of passages by the names of its columns.

    Raises:
        ValueError: when a line has a language that is none of ours, a label that is none of ``LABELS``, or is not
            ``good``; ``form`` says what it should have.
    """
    with path.open(encoding="utf-8", newline="") as handle:
        found = list(csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE))
    for number, line in enumerate(found, 2):
        spoken = all(line[column] in LANGS for column in line if column.endswith("lang"))
        if not spoken or line["label"] not in LABELS or not good(line):
            raise ValueError(f"{path}:{number}: not an example: {line}; give {form}")
    return found


def known(passages: Sequence[Described], fault: Sequence[bool], writer: Sequence[str], kind: Sequence[str]) -> Known:
    """Return described passages, read with the contextual model, as arrays."""
    contextual = [p.contextual for p in passages if p.contextual is not None]
    return Known(
        np.stack([p.facts for p in passages]),
        np.stack([p.static for p in passages]),
        np.stack(contextual),
        np.array(fault, bool),
        np.array(writer),
        np.array(kind),
    )


@dataclass(frozen=True, slots=True)
class Fitted:
    """The mean of the vectors [v], their principal axes [v, a], and the machine over facts and what these give."""

    mean: Floats
    axes: Floats
    machine: Any

    def places(self, facts: Floats, vectors: Floats) -> Floats:
        """Return what the machine sees of n passages, float32 [n, f + a]."""
        return np.hstack([FACTS * facts, (vectors - self.mean) @ self.axes])


def fitted(facts: Floats, vectors: Floats, fault: Flags) -> Fitted:
    """Fit the axes and the machine."""
    from sklearn.decomposition import PCA
    from sklearn.svm import SVC

    axes = PCA(min(AXES, *vectors.shape), svd_solver="randomized", random_state=0).fit(vectors)
    found = Fitted(
        axes.mean_.astype(np.float32),
        np.ascontiguousarray(axes.components_.T).astype(np.float32),
        SVC(C=STRENGTH, gamma=GAMMA),
    )
    found.machine.fit(found.places(facts, vectors), fault)
    return found


def across_writers(given: Known, seen: Floats) -> NDArray[np.float64]:
    """Return what the other writers' passages give for every passage, whose vectors are ``seen`` [n, s + c]."""
    margins = np.zeros(len(given.fault))
    for writer in np.unique(given.writer):
        mine = given.writer == writer
        found = fitted(given.facts[~mine], given.vectors[~mine], given.fault[~mine])
        margins[mine] = found.machine.decision_function(found.places(given.facts[mine], seen[mine]))
    return margins


def report(name: str, odds: NDArray[np.float64], given: Known) -> None:
    """Log the AUC and what is found at given shares of honest passages, and by kind at 3 %."""
    from sklearn.metrics import roc_auc_score

    fault = given.fault
    shares = (0.01, 0.02, 0.03, 0.05, 0.1)
    limits = [float(np.quantile(odds[~fault], 1 - share)) for share in shares]
    found = ", ".join(
        f"{(odds[fault] > limit).mean():.2f} at {share:.2f} ({limit:.2f})"
        for share, limit in zip(shares, limits, strict=True)
    )
    log.info("%s: AUC %.3f; found %s", name, roc_auc_score(fault, odds), found)
    for label in (True, False):
        at = {k: (given.kind == k) & (fault == label) for k in np.unique(given.kind[fault == label])}
        kinds = ", ".join(f"{k} {(odds[m] > limits[2]).mean():.2f} of {m.sum()}" for k, m in at.items())
        log.info("  %s: %s", LABELS[label], kinds)


FAINT = 0.05
"""Weight below which a known passage is not kept: one in fifty."""


def fit(name: str, given: Known, *, dry: bool) -> None:
    """Report, and unless ``dry`` write ``checks/data/<name>.npz``; axes and passages as int8."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics.pairwise import rbf_kernel

    report("by the lists alone", given.facts[:, 0].astype(np.float64), given)
    kept: dict[str, Any] = {}
    for name_of, suffix, seen in (("static vectors alone", "_alone", given.blind), ("all", "", given.vectors)):
        margins = across_writers(given, seen)
        odds = LogisticRegression(C=1e6).fit(margins[:, None], given.fault)
        kept[f"slope{suffix}"], kept[f"offset{suffix}"] = np.float32(odds.coef_[0, 0]), np.float32(odds.intercept_[0])
        report(f"by {name_of}", odds.decision_function(margins[:, None]), given)
    if dry:
        return
    found = fitted(given.facts, given.vectors, given.fault)
    dual = found.machine.dual_coef_[0].astype(np.float32)
    vectors = found.machine.support_vectors_
    told = np.abs(dual) >= FAINT
    # what is not kept pulls alike on every passage
    pull = float((rbf_kernel(vectors, vectors[~told], gamma=GAMMA) @ dual[~told]).mean()) if not told.all() else 0.0
    for part, matrix in (("axes", found.axes), ("known", vectors[told])):
        step = np.maximum(np.abs(matrix).max(axis=0), 1e-6) / 127
        kept[part] = np.round(matrix / step).astype(np.int8)
        kept[f"{part}_step"] = step.astype(np.float32)
    np.savez_compressed(
        DATA / f"{name}.npz",
        mean=found.mean.astype(np.float32),
        dual=dual[told],
        bias=np.float32(found.machine.intercept_[0] + pull),
        **kept,
    )


def run(name: str, given: Callable[[], Known], about: str | None) -> None:
    """Fit ``checks/data/<name>.npz`` from the command line."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--dry", action="store_true", help="report and write nothing")
    options = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    fit(name, given(), dry=options.dry)
