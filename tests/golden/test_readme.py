"""The README shows what the commands really print; ``make golden`` writes it anew."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
CONSOLE = re.compile(r"```console\n\$ transcheck (?P<arguments>.*)\n(?P<output>(?:.*\n)*?)```")
LIBRARY = re.compile(r"```python\n(?P<program>(?:.*\n)*?)```\n\nprints\n\n```text\n(?P<output>(?:.*\n)*?)```")
PICTURE = ROOT / "docs" / "compare.svg"


def _run(*arguments: str, allowed: tuple[int, ...] = (0, 1)) -> str:
    env = {k: v for k, v in os.environ.items() if k not in ("FORCE_COLOR", "TRANSCHECK_MODEL", "TRANSCHECK_FAIL_ON")}
    env |= {"NO_COLOR": "1", "COLUMNS": "100", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, timeout=120)
    assert done.returncode in allowed, done.stderr.decode()
    return done.stdout.decode()


def _filled(match: re.Match[str]) -> str:
    if "program" in match.groupdict():
        made = _run("-c", match["program"], allowed=(0,))
    else:
        made = _run("-m", "transcheck", *shlex.split(match["arguments"]))
    start, end = (match.start("output") - match.start(), match.end("output") - match.start())
    return match.group()[:start] + made + match.group()[end:]


@pytest.mark.parametrize("pattern", [CONSOLE, LIBRARY], ids=["console", "library"])
def test_the_readme_shows_real_output(pattern: re.Pattern[str], request: pytest.FixtureRequest) -> None:
    page = README.read_text("utf-8")
    assert pattern.search(page)
    made = pattern.sub(_filled, page)
    if request.config.getoption("--update-golden"):
        README.write_text(made, encoding="utf-8")
    assert made == README.read_text("utf-8"), "read the difference; if it is meant, run: make golden"


def test_the_picture_is_of_the_demo_and_loads_nothing(request: pytest.FixtureRequest) -> None:
    files = [f"samples/quote/pilot.{lang}.txt" for lang in ("ru", "uk", "en")]
    made = _run("-m", "transcheck", "compare", "--format", "svg", *files)
    if request.config.getoption("--update-golden"):
        PICTURE.write_text(made, encoding="utf-8")
    assert made == PICTURE.read_text("utf-8"), "run: make picture"
    assert re.findall(r"https?://[^\s\"']+", made) == ["http://www.w3.org/2000/svg"]
