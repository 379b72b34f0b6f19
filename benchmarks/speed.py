"""Wall time of the command line, measured in one run, and as a ratio to starting the interpreter."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from transcheck.types import Encoder

SAMPLE = Path(__file__).parent.parent / "samples" / "quote"
REPEATS = 7


def _seconds(*command: str) -> float:
    """Median wall time of a command."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        subprocess.run(command, capture_output=True, check=False)
        times.append(time.perf_counter() - started)
    return median(times)


def table(_: Encoder) -> list[dict[str, object]]:
    """Time of ``--help`` and of comparing one quote in three versions, whole process."""
    bare = _seconds(sys.executable, "-c", "pass")
    files = [str(SAMPLE / f"pilot.{lang}.txt") for lang in ("ru", "uk", "en")]
    commands = {"transcheck --help": ["--help"], "transcheck compare (one quote, three versions)": ["compare", *files]}
    rows: list[dict[str, object]] = []
    for name, arguments in commands.items():
        seconds = _seconds(sys.executable, "-m", "transcheck", *arguments)
        rows.append(
            {"command": name, "seconds": round(seconds, 3), "times a bare interpreter": round(seconds / bare, 1)}
        )
    return rows
