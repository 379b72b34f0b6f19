"""Running the command line in this process, with or without the pipeline behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import pytest
from typer.testing import CliRunner

from transcheck.cli import work
from transcheck.cli.app import app
from transcheck.run.config import Config
from transcheck.types import Document, DocumentReport, Report


@pytest.fixture
def invoke(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Return a function that runs a command line and gives its exit code, stdout and stderr."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TRANSCHECK_MODEL", "TRANSCHECK_FAIL_ON"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, stdin: str | bytes | None = None) -> Any:
        return CliRunner().invoke(app, list(arguments), input=stdin, catch_exceptions=False)

    return run


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that puts a report of given documents in the place of the pipeline."""

    def put(*documents: DocumentReport) -> None:
        def run(items: Callable[[], Any], config: Config, **_: object) -> Report:
            return Report(documents, config.model.value or "test-model", config.fail_on.value)

        monkeypatch.setattr(work, "run", run)
        monkeypatch.setattr(work, "check", run)

    return put


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put in the place of the pipeline one that reads everything and finds nothing."""

    def read(items: Iterable[Any], config: Config) -> Report:
        documents = [
            DocumentReport(i.id, i) if isinstance(i, Document) else DocumentReport(i.id, error=i.message) for i in items
        ]
        return Report(tuple(documents), "test-model", config.fail_on.value)

    def run(items: Callable[[], Any], config: Config, **_: object) -> Report:
        return read(items(), config)

    def check(found: Callable[[], Any], config: Config, **_: object) -> Report:
        from transcheck.read.groups import read_groups

        groups = found()
        return read(read_groups(replace(groups, lone=tuple(x for x in groups.lone if x.named))), config)

    monkeypatch.setattr(work, "run", run)
    monkeypatch.setattr(work, "check", check)
