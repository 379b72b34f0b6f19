"""The README shows what the commands really print; ``make golden`` writes it anew."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.docs import examples

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
PICTURE = ROOT / "docs" / "compare.svg"


def test_the_readme_shows_real_output(request: pytest.FixtureRequest) -> None:
    page = README.read_text("utf-8")
    assert examples.count(page) > 3
    made = examples.run(page, columns=100)
    if request.config.getoption("--update-golden"):
        README.write_text(made, encoding="utf-8", newline="\n")
    assert made == README.read_text("utf-8"), "read the difference; if it is meant, run: make golden"


def test_the_picture_is_of_the_demo_and_loads_nothing(request: pytest.FixtureRequest) -> None:
    files = [f"samples/quote/pilot.{lang}.txt" for lang in ("ru", "uk", "en")]
    command = [sys.executable, "-m", "transcheck", "compare", "--format", "svg", "--isolated", *files]
    env = {k: v for k, v in os.environ.items() if not k.startswith("TRANSCHECK_")}
    made = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=120).stdout.decode()
    if request.config.getoption("--update-golden"):
        PICTURE.write_text(made, encoding="utf-8")
    assert made == PICTURE.read_text("utf-8"), "run: make picture"
    assert re.findall(r"https?://[^\s\"']+", made) == ["http://www.w3.org/2000/svg"]
