"""Wall time of the command line, measured in one run, and as a ratio to starting the interpreter; and how many rows the
trained networks judge in a second.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from transcheck.checks import critic, drift
from transcheck.encode import load_encoder
from transcheck.text import translations
from transcheck.text.words import is_function_word
from transcheck.types import LANGS, Encoder, Lang

SAMPLE = Path(__file__).parent.parent / "samples" / "quote"
REPEATS = 7

WORDS = (16, 24)
"""Fewest and most words of each version of the rows that the networks are measured on: ordinary sentences."""
ROWS = 240
"""Rows that the networks are measured on, all different."""
WARM = "Nobody has seen this bridge since."
"""What is read before the clock starts."""
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

Pair = tuple[tuple[Lang, str], tuple[Lang, str]]
Rates = dict[str, tuple[float, float]]
Table = list[dict[str, object]]

_GATE: list[Barrier] = []
"""At which the processes that are measured together wait for each other."""


def _seconds(*command: str) -> float:
    """Median wall time of a command."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - started)
    return median(times)


def table(_: Encoder) -> Table:
    """Time of ``--help`` and of comparing one quote in three versions, whole process."""
    bare = _seconds(sys.executable, "-c", "pass")
    files = [str(SAMPLE / f"pilot.{lang}.txt") for lang in ("ru", "uk", "en")]
    commands = {"transcheck --help": ["--help"], "transcheck compare (one quote, three versions)": ["compare", *files]}
    rows: Table = []
    for name, arguments in commands.items():
        seconds = _seconds(sys.executable, "-m", "transcheck", *arguments)
        rows.append(
            {"command": name, "seconds": round(seconds, 3), "times a bare interpreter": round(seconds / bare, 1)}
        )
    return rows


# --- networks -------------------------------------------------------------------------------------------------------

WORK = {
    "network of omissions": "both texts prepared, both directions judged; static vectors are given",
    "network of drift": "both texts prepared and judged together; static and contextual vectors are given",
    "both networks": "the two lines above",
    "both networks with their vectors": "the same, and words, static and contextual vectors, salience, function words",
}
"""What is measured, and what is included."""


@dataclass(frozen=True, slots=True, eq=False)
class Given:
    """What the networks are given of a text of n words: unit static vectors [n, d], unit contextual ones [n, h],
    salience [n], flags of content words and of capital letters [n], keys of the table of translations [n], and the
    language.
    """

    static: NDArray[np.float32]
    context: NDArray[np.float32] | None
    salience: NDArray[np.float32]
    content: NDArray[np.bool_]
    capital: NDArray[np.bool_]
    keys: NDArray[np.uint64]
    lang: Lang


def networks(_: Encoder, data: Path) -> Table:
    """Rows of two versions that the networks judge in a second, in one process of one thread and in two at once: by the
    clock, and by the processor's time, which tells a busy machine from a slow program.

    The packaged encoder gives the vectors. Loading, aligning and the checks by rule are not included.
    """
    found = pairs(data)
    if not found:
        return []
    words = [len(text.split()) for pair in found for _, text in pair]
    (alone,), together = _at_once(data, 1), _at_once(data, 2)
    return [
        {
            "what": name,
            "included": included,
            "rows": len(found),
            "words a side": sum(words) / len(words),
            "rows a second": round(alone[name][0]),
            "by the processor": round(alone[name][1]),
            "rows a second, two processes": round(sum(t[name][0] for t in together)),
            "two, by the processor": round(sum(t[name][1] for t in together)),
        }
        for name, included in WORK.items()
    ]


def pairs(data: Path) -> list[Pair]:
    """Return different rows of two versions of FLORES-200 devtest, the three pairs of languages in turn."""
    from benchmarks.public import PAIRS, texts

    rows = [r for r in texts(data, "flores") if all(WORDS[0] <= len(r[x].split()) <= WORDS[1] for x in LANGS)]
    chosen = zip(rows[:ROWS], cycle(PAIRS), strict=False)
    return [((a, row[a]), (b, row[b])) for row, (a, b) in chosen]


def _at_once(data: Path, processes: int) -> list[Rates]:
    """Measure in so many fresh processes of one thread each, which begin every measurement together."""
    context = get_context("spawn")
    before = {name: os.environ.get(name) for name in THREADS}
    # numerical libraries read these when they are loaded, in the new processes
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        gate = context.Barrier(processes)
        with ProcessPoolExecutor(processes, context, initializer=_meet, initargs=(gate,)) as pool:
            return list(pool.map(measured, [pairs(data)] * processes))
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _meet(gate: Barrier) -> None:
    """Tell a new process where to wait."""
    _GATE.append(gate)


def measured(found: Sequence[Pair]) -> Rates:
    """Return the rates of :data:`WORK` over these rows in this process; the contextual model reads every text once."""
    encoder = load_encoder(threads=1)
    kept: list[tuple[Given, Given]] = []

    def whole(pair: Pair) -> None:
        a, b = (given(encoder, *side) for side in pair)
        kept.append((a, b))
        both(a, b)

    warm: Pair = (("en", WARM), ("ru", WARM))
    rates = {"both networks with their vectors": _rate([partial(whole, p) for p in found], partial(whole, warm))}
    jobs = {"network of omissions": omissions, "network of drift": drifts, "both networks": both}
    # the first of what was kept is the row that warmed it up
    for name, job in jobs.items():
        rates[name] = _rate([partial(job, *x) for x in kept[1:]], partial(job, *kept[0]))
    return rates


def given(encoder: Encoder, lang: Lang, text: str) -> Given:
    """Return what the networks are given of a text, as the checks prepare it."""
    spans, static = encoder.words(text)
    words = [s.of(text) for s in spans]
    content = np.array([not is_function_word(w, lang) for w in words], np.bool_)
    capital = np.array([w[:1].isupper() for w in words], np.bool_)
    keys = translations.keys(words, lang)
    return Given(static, encoder.context(text), encoder.salience(text), content, capital, keys, lang)


def omissions(a: Given, b: Given) -> None:
    """Ask the network of omissions what either text lacks of the other."""
    one, two = (critic.read(x.static, x.salience, x.content, x.lang) for x in (a, b))
    critic.missing(one, two)
    critic.missing(two, one)


def drifts(a: Given, b: Given) -> None:
    """Ask the network of drift of both texts."""
    one, two = (drift.read(x.static, x.context, x.salience, x.content, x.capital, x.keys, x.lang) for x in (a, b))
    drift.compare(one, two)


def both(a: Given, b: Given) -> None:
    """Ask both networks."""
    omissions(a, b)
    drifts(a, b)


def _rate(jobs: Sequence[Callable[[], None]], warm: Callable[[], None]) -> tuple[float, float]:
    """Return how many jobs are done in a second by the clock, and in one of the processor's time."""
    warm()
    for gate in _GATE:
        gate.wait()
    started, worked = time.perf_counter(), time.process_time()
    for job in jobs:
        job()
    clock, processor = time.perf_counter() - started, time.process_time() - worked
    return len(jobs) / max(clock, 1e-9), len(jobs) / max(processor, 1e-9)
