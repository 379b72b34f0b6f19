"""Print and save every figure: ``python -m benchmarks --data DIR`` (see README.md beside this file)."""

from __future__ import annotations

import argparse
import json
import platform
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from benchmarks import public, seeds, speed
from transcheck.encode import load_encoder
from transcheck.types import Encoder

RESULTS = Path(__file__).parent / "results"

Table = list[dict[str, object]]


def main() -> None:
    """Run the chosen parts."""
    parts: dict[str, Callable[[Encoder, Path], Table]] = {
        "language": public.language,
        "retrieval": public.retrieval,
        "alignment": public.alignment,
        "clean": public.clean,
        "seeds": lambda encoder, _: seeds.table(encoder),
        "speed": lambda encoder, _: speed.table(encoder),
        "networks": speed.networks,
    }
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public benchmarks")
    parser.add_argument("--model", help="a sentence-transformers model instead of the packaged one")
    parser.add_argument("--only", choices=sorted(parts), action="append", help="run this part alone (repeatable)")
    options = parser.parse_args()
    encoder = load_encoder(options.model)
    tables: dict[str, Table] = {}
    for name, run in parts.items():
        if options.only and name not in options.only:
            continue
        tables[name] = run(encoder, options.data)
        print(render(name, tables[name]), flush=True)
    if not options.only:
        save(encoder, tables)


def render(name: str, table: Table) -> str:
    """Return a table as Markdown."""
    if not table:
        return f"## {name}\n\nnothing to measure: the data is not there\n"
    columns = list(table[0])
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(row[c]) for c in columns) + " |" for row in table]
    return f"## {name}\n\n" + "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    """Numbers with three decimals, everything else as it is."""
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def save(encoder: Encoder, tables: dict[str, Table]) -> None:
    """Write ``results/<model>.md`` and ``.json`` with the machine and the versions."""
    RESULTS.mkdir(exist_ok=True)
    packages = ("numpy", "tokenizers", "sentencex", "langdetect", "rapidfuzz")
    about = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "model": encoder.id,
        "machine": f"{platform.machine()}, {_cores()} cores",
        "python": sys.version.split()[0],
        **{name: metadata.version(name) for name in packages},
    }
    stem = Path(encoder.id).name
    (RESULTS / f"{stem}.json").write_text(json.dumps({"about": about, "tables": tables}, indent=1) + "\n")
    head = "# Results\n\n" + "\n".join(f"- {k}: {v}" for k, v in about.items()) + "\n\n"
    (RESULTS / f"{stem}.md").write_text(head + "\n".join(render(n, t) for n, t in tables.items()))


def _cores() -> int:
    """Cores that this process may use."""
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main()
