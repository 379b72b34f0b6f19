"""The hooks, run as pre-commit runs them: the entry, its arguments, and the staged files that fit the pattern."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.conftest import EN, ROOT, WRONG, Place

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
}


def commit(place: Place, hook: str = "transcheck") -> subprocess.CompletedProcess[str] | None:
    """Run a hook on what is staged; None where no staged file is for it, as pre-commit then skips it."""
    made = HOOKS[hook]
    listed = place.texts.git("diff", "--staged", "--name-only", "--no-ext-diff", "--diff-filter=ACMRTUXB", "-z")
    files = [n for n in listed.split("\0") if n and re.search(made["files"], n)]
    if not files:
        return None
    return place.run([*shlex.split(made["entry"]), *made.get("args", []), *files])


def test_the_hooks_have_what_pre_commit_asks_for() -> None:
    known = {"id", "name", "description", "entry", "args", "language", "files", "require_serial"}
    for hook in HOOKS.values():
        assert {"id", "name", "entry", "language"} <= set(hook) <= known
        assert hook["language"] == "python", "pip installs the repository of the hook, whose command the entry runs"
        assert hook.get("pass_filenames", True)
    assert set(HOOKS) == {"transcheck", "transcheck-fast"}


@pytest.mark.parametrize("hook", HOOKS)
def test_a_changed_file_checks_its_whole_group(place: Place, hook: str) -> None:
    place.texts.write("content/town.en.md", f"# 1\n\n{WRONG}\n")
    place.texts.git("add", "--all")
    done = commit(place, hook)
    assert done is not None
    assert done.returncode == 1
    assert done.stdout.startswith('content/town.en.md:3:11: error TC301 number differs: en "40,000" where ru "14 000"')


def test_a_fault_of_another_version_stops_the_commit_too(place: Place) -> None:
    for lang in ("ru", "en"):
        path = place.texts.path / f"content/town.{lang}.md"
        path.write_text(path.read_text("utf-8").replace("14 000", "14 500").replace("14,000", "14,500"), "utf-8")
    place.texts.git("add", "content/town.en.md", "content/town.ru.md")
    done = commit(place)
    assert done is not None
    assert done.returncode == 1
    assert done.stdout.startswith("content/town.uk.md:3:"), "the version that was not changed"


def test_a_right_change_passes(place: Place) -> None:
    place.texts.write("content/town.en.md", f"# 1\n\n{EN.replace('Last year', 'Within the last year')}\n")
    place.texts.git("add", "--all")
    done = commit(place)
    assert done is not None
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_a_text_that_is_no_version_of_any_passes(place: Place) -> None:
    place.texts.write("README.md", "# How we work\n\nEverything is read by three people.\n")
    place.texts.write("content/new.en.md", f"# 1\n\n{EN}\n")
    place.texts.git("add", "--all")
    done = commit(place)
    assert done is not None
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_what_is_no_text_is_not_looked_at(place: Place) -> None:
    place.texts.write("picture.svg", "<svg/>")
    place.texts.write("notes.py", "pass\n")
    place.texts.git("add", "--all")
    assert commit(place) is None


def test_a_broken_file_stops_the_commit_with_the_reason(place: Place) -> None:
    place.texts.write("content/town.uk.md", b"\x00\x01")
    place.texts.git("add", "--all")
    done = commit(place)
    assert done is not None
    assert done.returncode == 2
    assert "binary file" in done.stderr


def test_every_suffix_that_is_read_is_looked_at() -> None:
    from transcheck.read.articles import SUFFIXES
    from transcheck.read.bilingual import FORMATS

    left_out = {".pot", ".pdf", ".mhtml", ".mht"}
    for suffix in {*SUFFIXES, *FORMATS} - left_out:
        assert re.search(HOOKS["transcheck"]["files"], f"content/a.uk{suffix}"), suffix


def test_the_sample_names_hooks_that_there_are() -> None:
    config = yaml.safe_load((ROOT / "samples/newsroom/.pre-commit-config.yaml").read_text("utf-8"))
    (repo,) = config["repos"]
    assert Path(repo["repo"]).name == "transcheck"
    assert {hook["id"] for hook in repo["hooks"]} <= set(HOOKS)
