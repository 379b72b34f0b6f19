"""What the server does when something goes wrong behind it, and how often it loads the model."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from transcheck.encode import load_encoder
from transcheck.lsp.checker import Checker, Outcome
from transcheck.lsp.desk import Desk, Opened
from transcheck.lsp.server import Server
from transcheck.types import Encoder, ModelError


class Broken(Checker):
    def check(self, path: Path, desk: Desk) -> Outcome:
        raise RuntimeError("a defect")


def test_a_defect_is_shown_in_the_text_and_the_server_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Server(Broken(), 0)
    path = tmp_path / "a.en.md"
    sent: list[lsp.PublishDiagnosticsParams] = []
    monkeypatch.setattr(made, "text_document_publish_diagnostics", sent.append)
    monkeypatch.setattr(made, "desk", lambda: Desk.of([Opened(path.as_uri(), path, "text", 1)]))

    async def twice() -> None:
        for number in (1, 2):
            made.schedule(path.as_uri())
            while len(sent) < number:
                await asyncio.sleep(0.01)

    asyncio.run(asyncio.wait_for(twice(), 30))
    assert [d.message for p in sent for d in p.diagnostics] == [
        "transcheck failed on this text (RuntimeError: a defect); please report it"
    ] * 2


def test_the_model_is_loaded_once(tmp_path: Path) -> None:
    for lang, text in (("ru", "Нас было сорок."), ("en", "There were forty of us.")):
        (tmp_path / f"a.{lang}.md").write_text(f"{text}\n", "utf-8")
    loaded: list[str | None] = []
    fast = load_encoder("fast")

    def load(model: str | None) -> Encoder:
        loaded.append(model)
        return fast

    checker = Checker(load)
    path = tmp_path / "a.en.md"
    for text in ("There were forty of us.", "There were fifty of us."):
        outcome = checker.check(path, Desk.of([Opened(path.as_uri(), path, text, 1)]))
    assert loaded == [None]
    assert [m.diagnostic.code for m in outcome.marks] == ["TC301", "TC301"], "two versions: shown in both"
    assert {Path(m.path).name for m in outcome.marks} == {"a.ru.md", "a.en.md"}


def test_a_model_that_cannot_be_had_is_tried_again(tmp_path: Path) -> None:
    for lang in ("ru", "en"):
        (tmp_path / f"a.{lang}.md").write_text("40\n", "utf-8")

    def load(model: str | None) -> Encoder:
        raise ModelError("no model; fetch it")

    checker = Checker(load)
    for _ in range(2):
        outcome = checker.check(tmp_path / "a.en.md", Desk())
        assert [m.diagnostic.message for m in outcome.marks] == ["no model; fetch it"]
