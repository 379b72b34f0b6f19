"""samples/newsroom: exactly the planted defects are found, and the clean and honestly edited texts are silent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
NEWSROOM = ROOT / "samples" / "newsroom"

PLANTED = {
    ("content/clinic.uk.md", "TC101", "uk"),
    ("content/depot-trial.uk.md", "TC206", "uk"),
    ("content/depot-trial.uk.md", "TC302", "uk"),
    ("content/flood.en.md", "TC301", "en"),
    ("content/orchestra.uk.md", "TC304", "uk"),
    ("content/rail/nochnoy-poezd.md", "TC205", "ru"),
    ("content/teacher.en.md", "TC203", "en"),
    ("site/site.uk.po", "TC302", "uk"),
}
"""File, check and version at fault."""

KNOWN = {("content/archive/2019/bridge.en.md", "TC101", "en")}
"""What the newsroom has decided to leave as it is."""


def run(*arguments: str, cwd: Path = NEWSROOM) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("TRANSCHECK_")}
    env |= {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "transcheck", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=300)


def test_exactly_the_planted_defects_are_found() -> None:
    done = run("check", ".", "--format", "json")
    assert done.returncode == 1
    assert done.stderr == (
        "14 documents checked, 123 rows: 9 errors, 2 notes; 2 suppressed (2 by comments); 0 not checked\n"
    )
    documents = json.loads(done.stdout)["documents"]
    findings = [f for d in documents for f in d.get("findings", ()) if f["severity"] != "note"]
    assert {(f["span"]["path"], f["code"], f["lang"]) for f in findings} == PLANTED | KNOWN
    assert len(findings) == len(PLANTED | KNOWN), "each once"
    silent = [s for d in documents for s in d.get("suppressed", ())]
    assert {(s["code"], s["span"]["path"]) for s in silent} == {
        ("TC301", "content/ferry.en.md"),
        ("TC301", "letters/lighthouse.ru.txt"),
    }
    assert all(s["suppressed"]["reason"] for s in silent)
