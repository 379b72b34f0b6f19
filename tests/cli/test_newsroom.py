"""samples/newsroom: exactly the planted defects are found, and the clean and honestly edited texts are silent."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.docs import examples

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

ANSWERED = {
    ("TC101", "content/archive/2019/bridge.en.md", "baseline"),
    ("TC301", "content/ferry.en.md", "inline"),
    ("TC301", "letters/lighthouse.ru.txt", "inline"),
}
"""Check, file and what answers it: what the newsroom has decided to leave as it is."""


def run(*arguments: str, cwd: Path = NEWSROOM) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("TRANSCHECK_")}
    env |= {"PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "transcheck", *arguments]
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", timeout=300)


def test_exactly_the_planted_defects_are_found() -> None:
    done = run("check", "--format", "json")
    assert done.returncode == 1
    assert done.stderr == (
        "14 documents checked, 123 rows: 7 errors, 1 warning; 3 suppressed (2 by comments, 1 in the baseline); "
        "0 not checked\n"
    )
    documents = json.loads(done.stdout)["documents"]
    findings = [f for d in documents for f in d.get("findings", ())]
    assert {(f["span"]["path"], f["code"], f["lang"]) for f in findings} == PLANTED
    assert len(findings) == len(PLANTED), "each once"
    silent = [s for d in documents for s in d.get("suppressed", ())]
    assert {(s["code"], s["span"]["path"], s["suppressed"]["kind"]) for s in silent} == ANSWERED
    assert all(s["suppressed"]["reason"] for s in silent)


def test_without_its_settings_the_honest_cuts_are_notes() -> None:
    done = run(
        "check", "--isolated", "--no-baseline", "--format", "json", "content/library.uk.md", "content/teacher.uk.md"
    )
    documents = json.loads(done.stdout)["documents"]
    found = {(f["span"]["path"], f["code"], f["severity"]) for d in documents for f in d.get("findings", ())}
    assert found == {
        ("content/library.en.md", "TC103", "note"),
        ("content/teacher.ru.md", "TC103", "note"),
        ("content/teacher.en.md", "TC203", "error"),
    }


def test_every_version_has_the_others() -> None:
    done = run("groups", "--format", "json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found["groups"]) == 11
    assert {g["id"]: g["missing"] for g in found["groups"] if g["missing"]} == {
        "content/library": ["ru"],
        "letters/lighthouse": ["en"],
    }
    rail = next(g for g in found["groups"] if g["layout"] == "front matter")
    assert set(rail["files"]) == {"ru", "uk", "en"}
    assert found["tables"] == ["site/site.uk.po"]


@pytest.mark.slow
def test_the_page_shows_what_the_commands_print(request: pytest.FixtureRequest) -> None:
    page = NEWSROOM / "README.md"
    ran = examples.run(page.read_text("utf-8"))
    if request.config.getoption("--update-golden"):
        page.write_text(ran, encoding="utf-8", newline="\n")
    assert ran == page.read_text("utf-8"), "read the difference; if it is meant, run pytest with --update-golden"
