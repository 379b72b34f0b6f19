"""The problem matchers find every line that ``transcheck check`` prints, and take it apart rightly."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.integrations.conftest import ROOT, WRONG, Place
from tests.reports import sample_report
from transcheck.report.lines import render


def _pattern(name: str) -> dict[str, Any]:
    read = json.loads((ROOT / "integrations" / name).read_text("utf-8"))
    if "tasks" in read:
        first, second = (task["problemMatcher"]["pattern"] for task in read["tasks"])
        assert first == second
        return dict(first)
    (only,) = read["problemMatcher"][0]["pattern"]
    return dict(only)


PATTERNS = {name: _pattern(name) for name in ("problem-matcher.json", "vscode/tasks.json")}


@pytest.mark.parametrize("name", PATTERNS)
def test_every_line_of_a_report_is_found(name: str) -> None:
    pattern = PATTERNS[name]
    report = sample_report()
    lines = render(report, quiet=True).splitlines()
    assert len(lines) == len(report.findings) >= 3
    for line, finding in zip(lines, report.findings, strict=True):
        match = re.fullmatch(pattern["regexp"], line)
        assert match, line
        assert match[pattern["severity"]] == finding.severity
        assert match[pattern["code"]] == finding.code
        assert int(match[pattern["line"]]) > 0
        assert int(match[pattern["column"]]) > 0


@pytest.mark.parametrize("name", PATTERNS)
@pytest.mark.parametrize(
    "path",
    ["content/town.en.md", "C:\\тексти\\a b.uk.md", "/home/x/12:30 o'clock.ru.md"],
    ids=["plain", "drive", "odd"],
)
def test_odd_names_stay_whole(name: str, path: str) -> None:
    pattern = PATTERNS[name]
    match = re.fullmatch(pattern["regexp"], f"{path}:7:12: warning TC206 the harsh “a: 1:2: error” is softened [uk]")
    assert match
    assert (match[pattern["file"]], match[pattern["line"]], match[pattern["column"]]) == (path, "7", "12")
    assert match[pattern["message"]].startswith("the harsh")


def test_what_the_command_prints_is_found(place: Place) -> None:
    place.texts.write("content/town.en.md", f"# 1\n\n{WRONG}\n")
    done = place.run(["transcheck", "check"])
    (line,) = done.stdout.splitlines()
    pattern = PATTERNS["problem-matcher.json"]
    match = re.fullmatch(pattern["regexp"], line)
    assert match
    assert Path(place.texts.path / match[pattern["file"]]).is_file()
    column = int(match[pattern["column"]]) - 1
    text = (place.texts.path / "content/town.en.md").read_text("utf-8").splitlines()[int(match[pattern["line"]]) - 1]
    assert text[column:].startswith("40,000")
