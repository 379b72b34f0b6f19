"""``check --watch``: again after every change, with the model of before, until Ctrl-C."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from transcheck import encode
from transcheck.cli import watching
from transcheck.cli.watching import Changed
from transcheck.types import ConfigError

ROOT = Path(__file__).parents[2]
TEXTS = {
    "ru": "Отсюда уехали 14 000 человек, и почти никто не вернулся.",
    "uk": "Звідси виїхали 14 000 людей, і майже ніхто не повернувся.",
    "en": "Of these, 40,000 people left this place, and almost nobody came back.",
}
RIGHT = TEXTS["en"].replace("40,000", "14,000")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "transcheck.toml").write_text('model = "fast"\n', "utf-8")
    for lang, text in TEXTS.items():
        (tmp_path / f"a.{lang}.md").write_text(f"{text}\n", "utf-8")
        (tmp_path / f"b.{lang}.md").write_text(f"{text.replace('14', '15')}\n", "utf-8")
    return tmp_path


class Watched:
    """A process that watches, and the lines that it prints."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        env = {k: v for k, v in os.environ.items() if not k.startswith("TRANSCHECK_")}
        env |= {"PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "transcheck", "check", "--watch", *arguments],
            cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def run(self) -> list[str]:
        """Wait for the end of a run and return the lines of it."""
        found: list[str] = []
        while not (found and found[-1].startswith("watching ")):
            found.append(self._lines.get(timeout=120))
        return found[:-1]

    def interrupt(self) -> int:
        """Press Ctrl-C and return the exit code."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that a process can be sent")
def test_a_change_is_checked_and_the_last_run_gives_the_exit_code(folder: Path) -> None:
    watched = Watched(folder, "--output", "json=report.json")
    first = watched.run()
    assert [line.split(":")[0] for line in first[:2]] == ["a.en.md", "b.en.md"]
    (folder / "a.en.md").write_text(f"{RIGHT}\n", "utf-8")
    second = watched.run()
    assert second[0] == "changed: a.en.md\n"
    assert [line.split(":")[0] for line in second[1:-1]] == ["b.en.md"]
    (folder / "transcheck.toml").write_text('model = "fast"\nno-such-key = 1\n', "utf-8")
    broken = watched.run()
    assert broken[1].startswith("error: ")
    assert "no-such-key" in broken[1]
    (folder / "transcheck.toml").write_text('model = "fast"\n', "utf-8")
    assert [line.split(":")[0] for line in watched.run()[1:-1]] == ["b.en.md"]
    (folder / "b.en.md").write_text(f"{RIGHT.replace('14', '15')}\n", "utf-8")
    last = watched.run()
    assert last[0] == "changed: b.en.md\n"
    assert "no findings" in last[1]
    assert (folder / "report.json").exists()
    assert watched.interrupt() == 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a signal that a process can be sent")
def test_ctrl_c_with_findings_left(folder: Path) -> None:
    watched = Watched(folder, "--no-cache")
    watched.run()
    assert watched.interrupt() == 1
    assert not (folder / ".transcheck_cache").exists()


def test_the_model_stays_and_only_the_changed_group_is_read_by_it(
    folder: Path, invoke: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    loaded: list[str | None] = []
    encoded: list[str] = []
    load = encode.load_encoder

    def counting(model: str | None = None, threads: int | None = None) -> Any:
        loaded.append(model)
        made = load(model, threads)
        before = made.encode

        def encoding(texts: Sequence[str]) -> Any:
            encoded.extend(texts)
            return before(texts)

        monkeypatch.setattr(made, "encode", encoding)
        return made

    def changes(*_: object) -> Iterator[Changed]:
        yield ()
        encoded.clear()
        (folder / "a.en.md").write_text(f"{RIGHT}\n", "utf-8")
        yield [(2, str(folder / "a.en.md"))]
        raise KeyboardInterrupt

    monkeypatch.setattr(encode, "load_encoder", counting)
    monkeypatch.setattr(watching, "_changes", changes)
    done = invoke("check", "--watch", "--jobs", "1")
    assert done.exit_code == 1
    assert done.stdout.count("a.en.md:1:") == 1
    assert done.stdout.count("b.en.md:1:") == 2
    assert loaded == ["fast"]
    assert RIGHT in encoded
    assert [t for t in encoded if "15 000" in t] == [], "the other group is known from the first run"


def test_a_first_run_that_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "_changes", lambda *_: iter([()]))

    def once() -> int:
        raise KeyboardInterrupt

    assert watching.watch(once, [], []) == 130


def test_what_is_wrong_from_the_beginning_ends_it(folder: Path, invoke: Callable[..., Any]) -> None:
    done = invoke("check", "--watch", "--config", str(folder / "no.toml"))
    assert (done.exit_code, "no.toml" in done.stderr) == (2, True)
    done = invoke("check", "--watch", "--stdin-filename", "a.en.md", stdin="")
    assert (done.exit_code, "--stdin-filename" in done.stderr) == (2, True)


def test_without_watchfiles_there_is_an_error_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(ConfigError, match=r"pip install 'transcheck\[lsp\]'"):
        watching.watch(lambda: 0, [], [])


@pytest.mark.parametrize(
    ("name", "concerned"),
    [
        ("a.uk.md", True), ("content/uk/a.html", True), ("site.po", True), ("quotes.csv", True),
        ("transcheck.toml", True), ("a.txt.transcheck.toml", True), (".transcheck-baseline.json", True),
        ("a.py", False), ("picture.png", False), (".git/index", False), (".git/a.toml", False),
        (".transcheck_cache/results.json", False), ("a.uk.md~", False), (".hidden/a.uk.md", False),
    ],
)  # fmt: skip
def test_what_concerns_a_run(name: str, concerned: bool, tmp_path: Path) -> None:
    assert watching.concerns(tmp_path / ".above" / name, [tmp_path / ".above"]) == concerned
