"""Formats, files, colour, and streams that close early."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.reports import checked_document, clean_document, failed_document
from transcheck.cli.output import require_writable, wants_color
from transcheck.types import ConfigError


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("stream", "no_color", "environ", "expected"),
    [
        (Terminal(), False, {}, True),
        (StringIO(), False, {}, False),
        (Terminal(), True, {}, False),
        (Terminal(), False, {"NO_COLOR": "1"}, False),
        (Terminal(), False, {"NO_COLOR": ""}, True),
        (Terminal(), False, {"TERM": "dumb"}, False),
        (StringIO(), False, {"FORCE_COLOR": "1"}, True),
        (StringIO(), False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (StringIO(), True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_when_there_is_colour(stream: StringIO, no_color: bool, environ: dict[str, str], expected: bool) -> None:
    assert wants_color(stream, no_color=no_color, environ=environ) is expected


def test_colour_reaches_the_output(
    invoke: Callable[..., Any], found: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found(checked_document())
    for command in (("compare", "a.txt", "b.txt"), ("audit", "a.csv")):
        assert "\x1b[" not in invoke(*command).stdout
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[" in invoke(*command).stdout
        assert "\x1b[" not in invoke(*command, "--no-color").stdout
        monkeypatch.delenv("FORCE_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    invoke("compare", "a.txt", "b.txt", "--output", str(tmp_path / "out.txt"))
    assert "\x1b[" not in (tmp_path / "out.txt").read_text("utf-8")


def test_columns_are_honoured(
    invoke: Callable[..., Any], found: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    found(checked_document())
    widths = {}
    for columns in ("70", "150"):
        monkeypatch.setenv("COLUMNS", columns)
        widths[columns] = max(len(x) for x in invoke("compare", "a.txt", "b.txt").stdout.splitlines())
    assert widths["70"] <= 70 < widths["150"] <= 150


def test_json_alone_is_on_the_standard_output(invoke: Callable[..., Any], found: Callable[..., None]) -> None:
    found(checked_document(), failed_document())
    for command in (("compare", "a.txt", "b.txt"), ("audit", "a.csv"), ("check", "a")):
        result = invoke(*command, "--format", "json")
        assert [d["status"] for d in json.loads(result.stdout)["documents"]] == ["ok", "error"]
        expected = "1 document checked, 4 rows: " if command[0] == "check" else ""
        assert result.stderr.startswith(expected)
        assert result.stderr.count("\n") == bool(expected)


def test_quiet_prints_nothing_about_clean_documents(invoke: Callable[..., Any], found: Callable[..., None]) -> None:
    found(clean_document(), clean_document())
    for command in (("compare", "a.txt", "b.txt"), ("audit", "a.csv"), ("check", "a")):
        assert invoke(*command, "--quiet").output.strip() == ""
        assert "no findings" in invoke(*command).output


def test_check_prints_lines_and_annotations(invoke: Callable[..., Any], found: Callable[..., None]) -> None:
    found(checked_document())
    assert invoke("check", "a").stdout.startswith("river.en.txt:2:12: error TC301 ")
    assert invoke("check", "a", "--format", "github").stdout.startswith("::error file=river.en.txt,line=2,")


def test_compare_draws_a_picture(invoke: Callable[..., Any], found: Callable[..., None], tmp_path: Path) -> None:
    found(checked_document())
    path = tmp_path / "p.svg"
    assert invoke("compare", "a.txt", "b.txt", "--format", "svg", "-o", str(path)).exit_code == 1
    assert path.read_text("utf-8").startswith("<svg")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet", ".json"])
def test_audit_writes_tables(
    invoke: Callable[..., Any], found: Callable[..., None], tmp_path: Path, suffix: str
) -> None:
    found(checked_document(), failed_document())
    path = tmp_path / f"out{suffix}"
    result = invoke("audit", "a.csv", "--output", str(path))
    assert result.exit_code == 2
    assert result.stdout.count("\n") == 1
    assert "error: broken: uk is empty" in result.stderr
    if suffix == ".json":
        assert json.loads(path.read_text("utf-8"))["schema_version"] == 1
        return
    reader: dict[str, Callable[[Path], Any]] = {
        ".csv": pd.read_csv, ".xlsx": pd.read_excel, ".parquet": pd.read_parquet,
    }  # fmt: skip
    assert list(reader[suffix](path)["code"].dropna()) == ["TC301", "TC101", "TC201"]


def test_a_file_that_is_there_survives_the_check_for_writing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    require_writable(path)
    assert not path.exists()
    path.write_text("old", encoding="utf-8")
    require_writable(path)
    assert path.read_text("utf-8") == "old"
    with pytest.raises(ConfigError, match="cannot be written"):
        require_writable(path / "b.json")


PRINTER = """
import sys
from tests.reports import sample_report
from transcheck.cli import work
work.run = lambda *a, **k: sample_report()
sys.argv = ["transcheck", "compare", "a.txt", "b.txt"]
from transcheck.__main__ import main
main()
"""


def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", PRINTER], cwd=root, stdout=write, stderr=subprocess.PIPE, text=True, timeout=60
    )
    os.close(write)
    assert done.returncode == 2, "the code of the report"
    assert done.stderr == "error: broken: uk is empty: a record needs text in two of ru, uk and en\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_an_error(root: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-c", PRINTER], cwd=root, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60
        )
    assert done.returncode == 2
    assert "error: standard output: cannot be written" in done.stderr


def test_a_defect_of_ours_is_not_exit_code_1(root: Path) -> None:
    program = PRINTER.replace("sample_report()\nsys", "1 / 0\nsys")
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "ZeroDivisionError" in done.stderr
