"""The installed program as a user runs it: whole processes, the packaged model, the samples."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

from transcheck.report import json as json_report

ROOT = Path(__file__).parents[2]
QUOTE = [f"samples/quote/pilot.{lang}.txt" for lang in ("en", "ru", "uk")]


def _run(*arguments: str, stdin: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {k: v for k, v in os.environ.items() if not k.startswith("TRANSCHECK_")} | {"PYTHONUTF8": "1"} | environ
    return subprocess.run(
        [sys.executable, "-m", "transcheck", *arguments],
        cwd=ROOT, env=env, input=stdin, capture_output=True, encoding="utf-8", timeout=120,
    )  # fmt: skip


def test_compare_of_the_sample() -> None:
    done = _run("compare", *QUOTE, "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    report = json.loads(done.stdout)
    jsonschema.Draft202012Validator(json_report.schema()).validate(report)
    (document,) = report["documents"]
    found = {(f["category"], f["lang"]) for f in document["findings"]}
    assert ("number", "en") in found
    texts = {lang: (ROOT / f"samples/quote/pilot.{lang}.txt").read_text("utf-8") for lang in ("ru", "uk", "en")}
    places = [p for f in document["findings"] for p in (f["span"], *f["counterparts"])]
    assert all(texts[p["lang"]][p["start"] : p["end"]] == p["text"] for p in places)


def test_a_clean_sample_is_clean() -> None:
    done = _run(
        "compare", *(f"samples/clean/verdict.{lang}.txt" for lang in ("ru", "uk", "en")), "--fail-on", "warning"
    )
    assert done.returncode == 0, done.stdout


def test_audit_of_the_sample(tmp_path: Path) -> None:
    done = _run("audit", "samples/table/quotes.csv", "--output", str(tmp_path / "findings.xlsx"))
    assert done.returncode == 1
    assert done.stderr == "", "no progress where there is no terminal"
    assert done.stdout.startswith("8 documents, ")
    frame = pd.read_excel(tmp_path / "findings.xlsx")
    assert {("q4", "number")} <= set(zip(frame["id"], frame["category"], strict=True))


def test_check_of_the_sample() -> None:
    done = _run("check", "samples/newsroom", "--format", "github")
    assert done.returncode == 1
    assert "::error file=samples/newsroom/content/depot-trial.uk.md,line=9," in done.stdout


def test_a_model_that_cannot_be_had_is_an_error_before_any_work() -> None:
    done = _run("compare", "--model", "./no/such/model", "no.txt", "such.txt")
    assert done.returncode == 2
    assert done.stderr.startswith("error: --model ./no/such/model: no such folder")
    assert done.stdout == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_gets_colour_and_progress() -> None:
    import pty

    main, side = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "transcheck", "audit", "samples/table/quotes.csv"],
        cwd=ROOT, stdout=side, stderr=side, env={**os.environ, "TERM": "xterm", "COLUMNS": "90"},
    )  # fmt: skip
    os.close(side)
    seen = b""
    while True:
        try:
            chunk = os.read(main, 65536)
        except OSError:
            break
        if not chunk:
            break
        seen += chunk
    os.close(main)
    assert process.wait(timeout=60) == 1
    text = seen.decode("utf-8")
    assert "\x1b[1;31merror TC" in text
    assert "documents checked" in text


def test_an_interrupted_run_says_nothing_long() -> None:
    program = (
        "import transcheck.cli.work as w\n"
        "def run(*a, **k): raise KeyboardInterrupt\n"
        "w.run = run\n"
        "import sys; sys.argv = ['transcheck', 'compare', 'a', 'b']\n"
        "from transcheck.__main__ import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 130
    assert "Traceback" not in done.stderr
