"""``explain``: the finding of a run that is kept, or of a JSON report, as text and as a picture."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from transcheck.cli import last

TEXTS = (
    "--text-ru", "Мы не видели там ни одного солдата, когда приехали вечером.",
    "--text-uk", "Ми не бачили там жодного солдата, коли приїхали ввечері.",
    "--text-en", "We saw soldiers there when we arrived in the evening.",
)  # fmt: skip


@pytest.fixture
def kept(invoke: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    report = tmp_path / "report.json"
    assert invoke("compare", *TEXTS, "--output", f"json={report}").exit_code == 1
    found: dict[str, Any] = json.loads(report.read_text("utf-8"))["documents"][0]["findings"][0]
    assert found["code"] == "TC203"
    return found | {"report": str(report)}


def test_the_last_run_is_explained(invoke: Callable[..., Any], kept: dict[str, Any]) -> None:
    result = invoke("explain", "--last")
    assert result.exit_code == 0
    assert kept["fingerprint"] in result.output
    assert "for and against, in log-odds" in result.output
    assert "солдата" in result.output
    assert "ru-en: do not say the same with probability" in result.output


def test_a_report_and_the_beginning_of_a_fingerprint(invoke: Callable[..., Any], kept: dict[str, Any]) -> None:
    last.path().unlink()
    result = invoke("explain", kept["fingerprint"][:6], "--report", kept["report"])
    assert result.exit_code == 0
    assert kept["message"] in result.output


def test_the_picture_shows_every_two_words(invoke: Callable[..., Any], kept: dict[str, Any], tmp_path: Path) -> None:
    picture = tmp_path / "words.svg"
    assert invoke("explain", kept["fingerprint"], "--svg", str(picture)).exit_code == 0
    root = ElementTree.fromstring(picture.read_text("utf-8"))
    cells = [e for e in root.iter("{http://www.w3.org/2000/svg}rect") if len(e)]
    words = {x: len(t.rstrip(".").split()) for x, t in zip(("ru", "uk", "en"), TEXTS[1::2], strict=True)}
    assert len(cells) == words["ru"] * words["uk"] + words["ru"] * words["en"] + words["uk"] * words["en"]


def test_what_is_kept_is_for_the_user_alone(kept: dict[str, Any]) -> None:
    assert stat.S_IMODE(last.path().stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "give the fingerprint of a finding, or --last"),
        (("ffffffffffff",), "no finding ffffffffffff"),
        (("--last", "--report", "missing.json"), "missing.json: cannot be read"),
    ],
)
def test_what_cannot_be_explained_says_why(
    invoke: Callable[..., Any], kept: dict[str, Any], arguments: tuple[str, ...], says: str
) -> None:
    result = invoke("explain", *arguments)
    assert result.exit_code == 2
    assert says in result.output


def test_no_run_is_kept(invoke: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty"))
    result = invoke("explain", "--last")
    assert result.exit_code == 2
    assert "run compare, audit or check first" in result.output


def test_a_report_that_is_none(invoke: Callable[..., Any], tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"documents": [{"id": "x", "findings": [{}]}]}', encoding="utf-8")
    result = invoke("explain", "--last", "--report", str(other))
    assert result.exit_code == 2
    assert "not a report of transcheck" in result.output
