"""Time and memory of ``transcheck check`` over a repository: ``python -m benchmarks.repository``.

The repository is made in a temporary folder: articles in three languages, put together by chance (with a fixed seed)
from the quotes of ``seeds``, or from the sentences of the public benchmarks with ``--data``. A passage that comes up a
second time is dated, so that no two paragraphs are the same and nothing is saved by what was seen before.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks import public, seeds
from transcheck.types import LANGS, Lang
from transcheck.version import VERSION

RESULTS = Path(__file__).parent / "results" / "repository.md"
SEED = 20260301
CACHE = ".transcheck_cache"
TARGETS = {"first run": 60.0, "second run": 3.0, "one changed file, --since": 2.0}
"""Seconds on two cores for 300 groups of 400 words; the memory is to stay below 600 MB."""

MONTHS: dict[Lang, str] = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "en": "January February March April May June July August September October November December",
}

Passage = dict[Lang, str]


@dataclass(frozen=True, slots=True)
class Run:
    """One process and its children: seconds, its exit code, and the greatest memory in MB.

    ``memory`` is the sum over all processes of what each holds, shared pages divided among their holders, looked at
    many times a second; ``largest`` is the greatest resident size of any one of them.
    """

    wall: float
    cpu: float
    memory: float
    largest: float
    code: int


def passages(data: Path | None) -> list[Passage]:
    """Return what the articles are put together from."""
    if data is None:
        documents = (seed.document for part in ("tuning", "heldout") for seed in seeds.read_seeds(part))
        return [{v.lang: " ".join(v.text.split()) for v in d.versions} for d in documents]
    rows = public.texts(data, "flores") + public.texts(data, "wmt24")
    return [{lang: " ".join(row[lang].split()) for lang in LANGS} for row in rows]


def compose(folder: Path, given: Sequence[Passage], groups: int, words: int) -> None:
    """Write ``groups`` articles in three languages as Markdown, of ``words`` words in the mean of their versions."""
    drawn = _drawn(given)
    for number in range(groups):
        article: list[Passage] = []
        while sum(len(text.split()) for p in article for text in p.values()) < 3 * words:
            article.append(next(drawn))
        place = folder / "content" / f"{number // 30:02}"
        place.mkdir(parents=True, exist_ok=True)
        for lang in LANGS:
            heading, *rest = (p[lang] for p in article)
            text = "\n\n".join([f"# {heading}", *rest])
            (place / f"article-{number:03}.{lang}.md").write_text(text + "\n", encoding="utf-8")


def _drawn(given: Sequence[Passage]) -> Iterator[Passage]:
    """Yield the passages shuffled, again and again, from the second time on with a date in front."""
    chance = random.Random(SEED)
    day = date(2001, 1, 1)
    order = list(given)
    chance.shuffle(order)
    yield from order
    while True:
        chance.shuffle(order)
        for passage in order:
            day += timedelta(days=1)
            yield {lang: f"{_written(day, lang)}: {passage[lang]}" for lang in LANGS}


def _written(day: date, lang: Lang) -> str:
    month = MONTHS[lang].split()[day.month - 1]
    if lang == "en":
        return f"{month} {day.day}, {day.year}"
    return f"{day.day} {month} {day.year} " + {"ru": "года", "uk": "року"}[lang]


def check(folder: Path, *arguments: str) -> Run:
    """Run ``transcheck check`` in a fresh process in ``folder`` and measure it with its children."""
    command = [sys.executable, "-m", "transcheck", "check", "content", "--quiet", "--format", "json", *arguments]
    root = str(Path(__file__).parent.parent)
    output = folder / "report.json"
    started = time.perf_counter()
    with output.open("wb") as handle:
        process = subprocess.Popen(command, cwd=folder, stdout=handle, env={**os.environ, "PYTHONPATH": root})
        peak = _Peak(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    largest = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return Run(wall, usage.ru_utime + usage.ru_stime, peak.stop(), largest, process.returncode)


class _Peak(threading.Thread):
    """Looks at the memory of a process and its descendants while they run (Linux; elsewhere it stays 0)."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._most, self._over = pid, 0.0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self._over.wait(0.1):
            self._most = max(self._most, sum(map(_proportional, _tree(self._pid))))

    def stop(self) -> float:
        """Return the most that was seen, in MB."""
        self._over.set()
        self.join()
        return self._most


def _tree(pid: int) -> Iterator[int]:
    """Yield a process and its descendants."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:  # ended since it was listed
            continue
        for child in children:
            yield from _tree(int(child))


def _proportional(pid: int) -> float:
    """Return the memory of a process in MB, shared pages divided among those who share them; 0 for one that ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def measure(folder: Path, repeats: int) -> dict[str, Run]:
    """Return the first run, the second, and the one after a change, each of fresh processes."""
    _git(folder, "init", "-q")
    (folder / ".gitignore").write_text(f"/report.json\n/{CACHE}/\n")
    _git(folder, "add", "-A")
    _git(folder, "commit", "-q", "-m", "all")
    out = {"first run": check(folder)}
    print(line("first run", out["first run"]), flush=True)
    out["second run"] = _middle([check(folder) for _ in range(repeats)])
    print(line("second run", out["second run"]), flush=True)
    if _knows("--since"):
        files = sorted((folder / "content").rglob("*.uk.md"))
        runs = []
        for path in files[:repeats]:
            path.write_text(path.read_text("utf-8").replace(". ", ". Не так. ", 1), encoding="utf-8")
            runs.append(check(folder, "--since", "HEAD"))
            _git(folder, "checkout", "-q", "--", str(path.relative_to(folder)))
        out["one changed file, --since"] = _middle(runs)
        print(line("one changed file, --since", out["one changed file, --since"]), flush=True)
    return out


def _middle(runs: Sequence[Run]) -> Run:
    """Return the run of median wall time."""
    return sorted(runs, key=lambda r: r.wall)[len(runs) // 2]


def _git(folder: Path, *arguments: str) -> None:
    about = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@localhost", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *about, *arguments], cwd=folder, check=True)


def _knows(option: str) -> bool:
    """Whether ``check`` has an option."""
    shown = subprocess.run(
        [sys.executable, "-m", "transcheck", "check", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "200"},
    )
    return option in shown.stdout


def line(name: str, run: Run) -> str:
    """Return a line of the table."""
    target = f"{TARGETS[name]:.0f}"
    return f"| {name} | {run.wall:.2f} | {target} | {run.cpu:.2f} | {run.memory:.0f} | {run.largest:.0f} | {run.code} |"


def _bare() -> float:
    """Return the CPU seconds of a fixed piece of work, by which machines and moments can be compared."""
    times = []
    for _ in range(5):
        started = time.process_time()
        sum(i * i % 7 for i in range(1_000_000))
        times.append(time.process_time() - started)
    return median(times)


def main() -> None:
    """Make the repository, check it, print the table and write it unless sizes were changed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.repository", description=__doc__)
    parser.add_argument("--groups", type=int, default=300)
    parser.add_argument("--words", type=int, default=400, help="words of each version, in the mean of the three")
    parser.add_argument("--data", type=Path, help="folder of the public benchmarks, to take sentences from")
    parser.add_argument("--repeats", type=int, default=5, help="how often the second and third figure are measured")
    parser.add_argument("--keep", type=Path, help="make the repository in this folder, check nothing")
    options = parser.parse_args()
    given = passages(options.data)
    if options.keep:
        compose(options.keep, given, options.groups, options.words)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        compose(folder, given, options.groups, options.words)
        head = (
            "# A repository of texts\n\n"
            f"- {options.groups} groups x 3 languages x {options.words} words, from "
            f"{'public benchmarks' if options.data else 'seeds'}\n"
            f"- transcheck {VERSION}, Python {platform.python_version()}, {platform.machine()}, "
            f"{len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else os.cpu_count()} cores, "
            f"{datetime.now(UTC):%Y-%m-%d}\n"
            f"- a million turns of a bare loop: {_bare():.3f} s of CPU\n\n"
            "| run | seconds | target | CPU seconds | memory, MB | largest process, MB | exit code |\n"
            "|---|---|---|---|---|---|---|"
        )
        print(head, flush=True)
        runs = measure(folder, options.repeats)
    if (options.groups, options.words) == (300, 400):
        RESULTS.write_text(head + "\n" + "\n".join(line(n, r) for n, r in runs.items()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
