"""One run, many outputs: which format goes where, and what a file that cannot be written does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.reports import checked_document, clean_document, failed_document
from transcheck.cli.targets import plan, repository
from transcheck.report.paths import Base
from transcheck.types import ConfigError


@pytest.mark.parametrize(
    ("format_", "outputs", "expected"),
    [
        (None, [], [("concise", None)]),
        ("json", [], [("json", None)]),
        ("text", [], [("concise", None)]),
        ("full", [], [("full", None)]),
        (None, ["json=a"], [("concise", None), ("json", "a")]),
        ("github", ["json=a", "csv=b"], [("github", None), ("json", "a"), ("csv", "b")]),
        (None, ["a.json"], [("json", "a.json")]),
        (None, ["a.JSON"], [("json", "a.JSON")]),
        (None, ["a.txt"], [("concise", "a.txt")]),
        (None, ["a"], [("concise", "a")]),
        (None, ["text=a.json"], [("concise", None), ("concise", "a.json")]),
        ("json", ["a.txt"], [("json", "a.txt")]),
        ("json", ["a.json"], [("json", "a.json")]),
        ("json", ["a.csv"], [("json", None), ("csv", "a.csv")]),
        ("json", ["a.doc"], [("json", "a.doc")]),
        (None, ["a.csv", "json=b"], [("csv", "a.csv"), ("json", "b")]),
        (None, ["json=-"], [("json", None)]),
        ("json", ["-"], [("json", None)]),
        (None, ["./x=y.csv"], [("csv", "./x=y.csv")]),
        (None, ["csv=x=y"], [("concise", None), ("csv", "x=y")]),
    ],
)
def test_what_goes_where(
    format_: str | None,
    outputs: list[str],
    expected: list[tuple[str, str | None]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    made = plan(format_, outputs, text="concise")
    assert [(t.format.name, None if t.path is None else str(t.path)) for t in made] == [
        (name, None if path is None else str(Path(path))) for name, path in expected
    ]
    assert list(tmp_path.iterdir()) == [], "nothing is left behind by the trial"


@pytest.mark.parametrize(
    ("format_", "outputs", "message"),
    [
        (None, ["jsn=a"], "unknown format 'jsn'; did you mean 'json'"),
        (None, ["qqqq=a"], "the formats are text, full"),
        (None, ["json="], "names no file"),
        (None, ["a.pdf"], "a.pdf: .pdf tells no format"),
        (None, ["a.json", "json=a.json"], "a.json: two outputs go there"),
        ("json", ["csv=-", "json=-"], "the standard output: two outputs go there"),
        (None, ["xlsx=-"], "xlsx is no text"),
        (None, ["json=no/such/folder/a"], "cannot be written"),
    ],
)
def test_a_wrong_output_is_refused_before_the_work(
    format_: str | None, outputs: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigError, match=message):
        plan(format_, outputs, text="concise")


COMMANDS = [("compare", "a.txt", "b.txt"), ("audit", "a.csv"), ("check", "a")]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_one_run_writes_many_files(
    invoke: Callable[..., Any], found: Callable[..., None], tmp_path: Path, command: tuple[str, ...]
) -> None:
    found(checked_document(), clean_document())
    files = {name: tmp_path / name for name in ("json", "csv", "svg", "github", "full", "concise", "xlsx", "parquet")}
    result = invoke(*command, *(part for name, path in files.items() for part in ("--output", f"{name}={path}")))
    assert result.exit_code == 1
    assert "TC301" in result.stdout
    assert json.loads(files["json"].read_text("utf-8"))["summary"]["exit_code"] == 1
    assert files["csv"].read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert files["svg"].read_text("utf-8").startswith("<svg")
    assert files["github"].read_text("utf-8").startswith("::error ")
    assert "river.en.txt:2:12: error TC301" in files["concise"].read_text("utf-8")
    assert "⟦forty⟧" in files["full"].read_text("utf-8")
    assert files["xlsx"].read_bytes().startswith(b"PK")
    assert files["parquet"].read_bytes().startswith(b"PAR1")


def test_a_file_alone_leaves_the_summary(
    invoke: Callable[..., Any], found: Callable[..., None], tmp_path: Path
) -> None:
    found(checked_document())
    for command in COMMANDS:
        result = invoke(*command, "-o", str(tmp_path / "a.json"))
        if command[0] == "check":
            assert result.stdout == ""
            assert result.stderr.startswith("1 document checked, 4 rows: 1 error, 1 warning, 1 note; ")
        else:
            assert result.stdout == "1 document, 4 rows: 1 error, 1 warning, 1 note\n"
        assert invoke(*command, "-q", "-o", str(tmp_path / "a.json")).stdout == ""


def test_a_csv_on_the_standard_output_has_no_mark(invoke: Callable[..., Any], found: Callable[..., None]) -> None:
    found(checked_document())
    assert invoke("audit", "a.csv", "--format", "csv").stdout.startswith("id,")


def test_writing_never_changes_the_exit_code(
    invoke: Callable[..., Any], found: Callable[..., None], tmp_path: Path
) -> None:
    for documents, code in (((clean_document(),), 0), ((checked_document(),), 1), ((failed_document(),), 2)):
        found(*documents)
        assert invoke("check", "a", "-o", f"json={tmp_path / 'a'}", "-o", f"csv={tmp_path / 'b'}").exit_code == code


def test_a_file_that_cannot_be_written_stops_no_other(
    invoke: Callable[..., Any], found: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(clean_document())
    gone = tmp_path / "gone"
    gone.mkdir()

    monkeypatch.setattr("transcheck.cli.targets.require_writable", lambda path: gone.exists() and gone.rmdir())
    result = invoke("check", "a", "-o", f"json={gone / 'a'}", "-o", f"json={tmp_path / 'b'}")
    assert result.exit_code == 2
    assert "gone" in result.stderr
    assert "cannot be written" in result.stderr
    assert (tmp_path / "b").exists()
    assert "no findings" in result.output


def test_the_root_is_that_of_the_repository_or_of_the_ci(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / ".git").mkdir()
    assert repository() == Base(tmp_path.as_posix(), inner.as_posix())
    monkeypatch.setenv("CI_PROJECT_DIR", str(tmp_path / "a"))
    assert repository() == Base((tmp_path / "a").as_posix(), inner.as_posix())
    monkeypatch.setenv("CI_PROJECT_DIR", "/elsewhere")
    assert repository() == Base(tmp_path.as_posix(), inner.as_posix())


def test_annotations_come_with_a_job_summary(
    invoke: Callable[..., Any], found: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(checked_document())
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    assert invoke("check", "a", "--format", "concise").exit_code == 1
    assert path.read_text("utf-8") == "before\n", "only with annotations"
    assert invoke("check", "a", "--format", "github").exit_code == 1
    assert path.read_text("utf-8").startswith("before\n<!-- transcheck -->\n\n### 🔴 transcheck: 1 error")


def test_a_job_summary_that_cannot_be_written_is_a_warning(
    invoke: Callable[..., Any], found: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found(clean_document())
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "no" / "summary.md"))
    result = invoke("check", "a", "--format", "github")
    assert result.exit_code == 0
    assert "warning: " in result.stderr
    assert "the job summary cannot be written" in result.stderr
