"""Runs the examples on a page and writes what they print into it.

Fences marked ``console`` hold commands, each behind ``$``, and below it all that a terminal shows of it. Those of one
page run in order, in one folder of their own: a copy of the folder that ``<!-- folder: PATH -->`` on the page names, or
an empty one where PATH is not there, made a git repository where ``git`` is added; without such a line one that holds
``samples``. A fence with ``title="FILE"`` is written to that file on the way, so that a page can be followed step by
step. A fence marked ``python`` that is followed by "prints" and a fence marked ``text`` is a program. The day of the
run is shown as one that never changes.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.docs.pages import ROOT

_INDENT = r"(?P<indent>[ ]*)"
_CONSOLE = rf"(?P<console>(?<=\n){_INDENT}```console\n(?P<session>.*?)(?<=\n)(?P=indent)```)"
_FILE = r"(?P<file>(?<=\n)```\w+ title=\"(?P<name>[^\"\n]+)\"\n(?P<content>.*?)(?<=\n)```)"
_PROGRAM = (
    r"(?P<program>(?<=\n)```python\n(?P<source>.*?)(?<=\n)```\n\nprints\n\n```text\n)(?P<printed>.*?)(?<=\n)(?=```)"
)
_PIECE = re.compile(f"{_CONSOLE}|{_FILE}|{_PROGRAM}", flags=re.DOTALL)
_FOLDER = re.compile(r"<!-- folder: (?P<path>\S+)(?P<git> git)? -->")
_HOME = "/home/you"
_DAY = "2026-11-26"
_SECONDS = 300


def count(page: str) -> int:
    """Return how many fences of a page are run."""
    return sum(m["console"] is not None or m["program"] is not None for m in _PIECE.finditer(page))


def run(page: str, *, columns: int = 88) -> str:
    """Return the page with what its examples print now.

    Raises:
        RuntimeError: for an example that ends with a traceback.
    """
    with _folder(page) as folder:
        return _PIECE.sub(lambda m: _made(m, folder, columns), page)


def _made(match: re.Match[str], folder: Path, columns: int) -> str:
    if match["file"] is not None:
        path = folder / match["name"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(match["content"], encoding="utf-8")
        return match.group()
    if match["program"] is not None:
        return match["program"] + _shell([sys.executable, "-c", match["source"]], folder, columns)
    indent = match["indent"]
    lines: list[str] = []
    for command in _commands(match["session"], indent):
        shown = f"$ {command}\n" + _shell(["bash", "-c", command], folder, columns)
        lines += shown.splitlines(keepends=True)
    session = "".join(f"{indent}{line}" if line.strip() else line for line in lines)
    return f"{indent}```console\n{session}{indent}```"


def _commands(session: str, indent: str) -> Iterator[str]:
    """Yield the commands of a session; a line that ends in a backslash goes on in the next."""
    lines = iter(session.split("\n"))
    for line in lines:
        text = line.removeprefix(indent)
        if text.startswith("$ "):
            while text.endswith("\\"):
                text += "\n" + next(lines).removeprefix(indent)
            yield text.removeprefix("$ ")


def _shell(command: list[str], folder: Path, columns: int) -> str:
    """Return what a terminal would show of a command: both streams, in order."""
    done = subprocess.run(
        command,
        cwd=folder,
        env=_environment(folder, columns),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=_SECONDS,
    )
    shown = done.stdout.decode().replace(str(folder), f"{_HOME}/{folder.name}")
    shown = shown.replace(dt.date.today().isoformat(), _DAY)
    if "Traceback (most recent call last)" in shown:
        raise RuntimeError(f"{command[-1]}\n{shown}")
    return shown if not shown or shown.endswith("\n") else shown + "\n"


def _environment(folder: Path, columns: int) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TRANSCHECK_", "GIT_", "FORCE_COLOR", "GITHUB_"))}
    moment = "2026-01-02T03:04:05Z"
    return kept | {
        "PATH": f"{folder.parent / 'bin'}{os.pathsep}{kept.get('PATH', os.defpath)}",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "HOME": str(folder.parent),
        "XDG_CACHE_HOME": str(folder.parent / "cache"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "NO_COLOR": "1",
        "COLUMNS": str(columns),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
        **{f"GIT_{who}_{what}": "you" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }


@contextmanager
def _folder(page: str) -> Iterator[Path]:
    """Make the folder that the examples of a page run in, beside one that holds the command ``transcheck``."""
    named = _FOLDER.search(page)
    with TemporaryDirectory() as temporary:
        place = Path(temporary).resolve()
        tool = place / "bin" / "transcheck"
        tool.parent.mkdir()
        tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m transcheck "$@"\n', encoding="utf-8")
        tool.chmod(0o755)
        folder = place / (Path(named["path"]).name if named else "transcheck")
        if not named:
            shutil.copytree(ROOT / "samples", folder / "samples")
        elif (ROOT / named["path"]).is_dir():
            shutil.copytree(ROOT / named["path"], folder)
        else:
            folder.mkdir()
        if named and named["git"]:
            for command in ("git init -q -b main", "git add .", "git commit -q --allow-empty -m texts"):
                _shell(command.split(), folder, 80)
        yield folder
