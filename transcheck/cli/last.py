"""The findings of the last run, kept for ``transcheck explain --last``."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transcheck.types import Report


def path() -> Path:
    """Return the file: ``transcheck/last.json`` in the user's folder of caches."""
    if os.environ.get("XDG_CACHE_HOME"):
        base = Path(os.environ["XDG_CACHE_HOME"])
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path.home() / ".cache"
    return base / "transcheck" / "last.json"


def keep(report: Report) -> None:
    """Keep the documents that have a finding, readable to the user alone.

    Where nothing can be written nothing is kept, and ``explain --last`` says so: a run does not fail for it.
    """
    from transcheck.report.json import to_dict

    found = tuple(d for d in report.documents if d.findings or d.suppressed)
    target = path()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        new = target.with_suffix(f".{os.getpid()}")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as handle:
            handle.write(json.dumps(to_dict(replace(report, documents=found)), ensure_ascii=False))
        new.replace(target)
    except OSError:
        return
