"""The exit code is a property of the report: 0 clean, 1 findings, 2 something was not checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.reports import checked_document, clean_document, failed_document
from transcheck.types import DocumentReport, Severity

COMMANDS = (("compare", "a.txt", "b.txt"), ("audit", "a.csv"), ("check", "articles"))


def _with(severity: Severity) -> DocumentReport:
    document = checked_document()
    return replace(document, findings=(replace(document.findings[0], severity=severity),))


CASES: tuple[tuple[tuple[DocumentReport, ...], str | None, int], ...] = (
    ((clean_document(),), None, 0),
    ((_with("error"),), None, 1),
    ((_with("warning"),), None, 0),
    ((_with("warning"),), "warning", 1),
    ((_with("error"),), "warning", 1),
    ((_with("note"),), "warning", 0),
    ((_with("note"),), "note", 1),
    ((_with("error"),), "never", 0),
    ((failed_document(),), None, 2),
    ((failed_document(),), "never", 2),
    ((clean_document(), failed_document(), _with("error")), None, 2),
    ((), None, 2),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
@pytest.mark.parametrize(("documents", "fail_on", "code"), CASES)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_exit_code(
    invoke: Callable[..., Any],
    found: Callable[..., None],
    command: tuple[str, ...],
    documents: tuple[DocumentReport, ...],
    fail_on: str | None,
    code: int,
    format_: str,
) -> None:
    found(*documents)
    result = invoke(*command, "--format", format_, *(("--fail-on", fail_on) if fail_on else ()))
    assert result.exit_code == code
    failed = [d for d in documents if d.error is not None]
    for document in failed:
        assert str(document.error) in (result.stderr if format_ == "text" else result.stdout)


@pytest.mark.parametrize(
    "arguments",
    [
        ("unknown",),
        ("compare", "--format", "xml", "a", "b"),
        ("compare", "--fail-on", "fatal", "a", "b"),
        ("compare", "--nope"),
        ("audit",),
        ("check", "a.md", "--stdin-filename", "b.md"),
        ("check", "--select", "TC999"),
        ("check", "--config", "no/such.toml"),
        ("groups", "no/such/folder/at/all", "--require", "de"),
        ("compare",),
        ("compare", "-", "a.txt"),
        ("compare", "-", "--ru", "a.txt"),
        ("compare", "a.txt", "--text-ru", "Да."),
        ("audit", "a.csv", "--output", "out.pdf"),
        ("rules", "TC000"),
    ],
    ids=" ".join,
)
def test_a_wrong_command_line_exits_with_2_and_says_why(invoke: Callable[..., Any], arguments: tuple[str, ...]) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", COMMANDS, ids=lambda c: c[0])
def test_an_unwritable_output_is_found_before_the_work(
    invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, command: tuple[str, ...]
) -> None:
    def run(*_: object, **__: object) -> None:
        raise AssertionError("the work began")

    monkeypatch.setattr("transcheck.cli.work.run", run)
    for output in (tmp_path / "no" / "such.json", tmp_path / "folder.json"):
        (tmp_path / "folder.json").mkdir(exist_ok=True)
        result = invoke(*command, "--output", str(output))
        assert result.exit_code == 2
        assert str(output) in result.stderr
        assert "cannot be written" in result.stderr


def test_a_wrong_configuration_exits_with_2(
    invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "transcheck.toml").write_text('fial-on = "note"', encoding="utf-8")
    result = invoke("compare", "a.txt", "b.txt")
    assert result.exit_code == 2
    assert "did you mean 'fail-on'?" in result.stderr


def test_the_configuration_file_sets_the_fail_level(
    invoke: Callable[..., Any], found: Callable[..., None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    found(_with("note"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "transcheck.toml").write_text('fail-on = "note"', encoding="utf-8")
    assert invoke("compare", "a.txt", "b.txt").exit_code == 1
    assert invoke("compare", "a.txt", "b.txt", "--fail-on", "error").exit_code == 0
