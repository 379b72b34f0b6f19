"""A repository of texts in which the files that other programs read are tried, as those programs would run them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.repositories import Repository, repository

ROOT = Path(__file__).parents[2]

RU = "В прошлом году отсюда уехали 14 000 человек, и почти никто не вернулся."
UK = "Торік звідси виїхали 14 000 людей, і майже ніхто не повернувся."
EN = "Last year 14,000 people left this place, and almost nobody came back."
WRONG = EN.replace("14,000", "40,000")


class Place:
    """A git repository, and the environment in which a program runs in it: with the command ``transcheck``."""

    def __init__(self, texts: Repository, tools: Path) -> None:
        self.texts = texts
        self.tools = tools
        self.environment = {
            k: v for k, v in os.environ.items() if not k.startswith(("TRANSCHECK_", "GITHUB_", "CI_", "GIT_"))
        }
        self.environment |= {
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "TRANSCHECK_MODEL": "fast",
        }

    def tool(self, name: str, script: str) -> None:
        """Put a program in the way of the one that the place would have."""
        path = self.tools / name
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    def run(
        self, command: list[str], environment: Mapping[str, str] | None = None, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a program in the repository."""
        return subprocess.run(
            command, cwd=cwd or self.texts.path, env={**self.environment, **(environment or {})},
            capture_output=True, encoding="utf-8", timeout=300, stdin=subprocess.DEVNULL,
        )  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Return a repository with one text in three languages, all right, and one more file that is no version of any."""
    texts = repository(tmp_path / "texts")
    texts.write("README.md", "# How we work\n\nEverything is read by two people.\n")
    for lang, text in (("ru", RU), ("uk", UK), ("en", EN)):
        texts.write(f"content/town.{lang}.md", f"# 1\n\n{text}\n")
    texts.commit()
    tools = tmp_path / "tools"
    tools.mkdir()
    made = Place(texts, tools)
    made.tool("transcheck", f'exec "{sys.executable}" -m transcheck "$@"')
    return made
