"""The action, run line by line with the shell, the environment and the files that a runner would give it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.integrations.conftest import EN, ROOT, WRONG, Place
from tests.repositories import Repository

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
CHECK = next(s for s in STEPS if s.get("id") == "check")
INSTALL = next(s for s in STEPS if s.get("name", "").startswith("Install"))


class Runner:
    """Runs the steps of the action in a repository; ``event`` is what the run was started by."""

    def __init__(self, place: Place, folder: Path, event: Mapping[str, Any] | None = None) -> None:
        self.place = place
        self.event = event or {}
        self.files = {name: folder / name.lower() for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        self.temp = folder

    def run(
        self, step: Mapping[str, Any] = CHECK, cwd: Path | None = None, **inputs: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a step with the inputs of the action, underscores for hyphens, as ``shell: bash`` does."""
        given = {name: str(about.get("default", "")) for name, about in ACTION["inputs"].items()}
        given |= {name.replace("_", "-"): value for name, value in inputs.items()}
        assert set(given) == set(ACTION["inputs"])
        context = {"inputs": given, "github": {"event": self.event, "action_path": str(ROOT)}}
        for file in self.files.values():
            file.write_text("", "utf-8")
        environment = {name: filled(str(value), context) for name, value in step["env"].items()}
        environment |= {name: str(file) for name, file in self.files.items()}
        environment |= {"GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(ROOT)}
        environment["RUNNER_TEMP"] = str(self.temp)
        environment["GITHUB_WORKSPACE"] = str(cwd or self.place.texts.path)
        assert step["shell"] == "bash"
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", filled(step["run"], context)]
        return self.place.run(command, environment, cwd)

    @property
    def outputs(self) -> dict[str, str]:
        """What the step gave as its outputs."""
        lines = self.files["GITHUB_OUTPUT"].read_text("utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines)  # type: ignore[misc]

    @property
    def summary(self) -> str:
        """What stands in the summary of the job."""
        return self.files["GITHUB_STEP_SUMMARY"].read_text("utf-8")


def filled(text: str, context: Mapping[str, Any]) -> str:
    """Return a text with its expressions evaluated: names with dots, and the first of several that is not empty."""

    def value(match: re.Match[str]) -> str:
        for name in match[1].split("||"):
            found: Any = context
            for part in name.strip().split("."):
                found = found.get(part, "") if isinstance(found, Mapping) else ""
            if found:
                return str(found)
        return ""

    return re.sub(r"\$\{\{(.*?)\}\}", value, text)


@pytest.fixture
def runner(place: Place, tmp_path: Path) -> Runner:
    return Runner(place, tmp_path)


def wrong(place: Place) -> str:
    return place.texts.commit(**{"content/town.en.md": f"# 1\n\n{WRONG}\n"})


def test_the_action_is_whole() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert all(about["description"] and "default" in about for about in ACTION["inputs"].values())
    text = (ROOT / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.([a-z-]+)", text)) == set(ACTION["inputs"]), "every input is used"
    for step in STEPS:
        assert ("run" in step) == ("shell" in step), "a line of a composite action names its shell"
        assert not re.search(r"\$\{\{", step.get("run", "")), "texts from outside come by the environment alone"


def test_what_is_installed(runner: Runner, tmp_path: Path) -> None:
    runner.place.tool("python", f'printf "%s\\n" "$@" > "{tmp_path}/installed"')
    for given, expected in (("", str(ROOT)), ("transcheck==0.1.0", "transcheck==0.1.0")):
        assert runner.run(INSTALL, package=given).returncode == 0
        listed = (tmp_path / "installed").read_text("utf-8").splitlines()
        assert listed[:3] == ["-m", "pip", "install"]
        assert listed[-1] == expected


def test_a_clean_repository(runner: Runner) -> None:
    done = runner.run(sarif="out.sarif")
    assert (done.returncode, done.stdout.count("::error")) == (0, 0), done.stderr
    assert runner.outputs == {"exit-code": "0", "sarif": "out.sarif"}
    assert "🟢 transcheck: no findings" in runner.summary
    assert json.loads((runner.place.texts.path / "out.sarif").read_text("utf-8"))["runs"][0]["results"] == []


def test_findings_are_annotations_a_summary_sarif_and_an_exit_code(runner: Runner) -> None:
    wrong(runner.place)
    done = runner.run(sarif="out.sarif")
    assert done.returncode == 1
    assert "::error file=content/town.en.md,line=3,endLine=3,col=11,endColumn=17," in done.stdout
    assert runner.outputs == {"exit-code": "1", "sarif": "out.sarif"}
    assert "🔴 transcheck: 1 error" in runner.summary
    (result,) = json.loads((runner.place.texts.path / "out.sarif").read_text("utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "TC301"


def test_what_cannot_be_checked_is_exit_code_2(runner: Runner) -> None:
    (runner.place.texts.path / "content/town.uk.md").write_bytes(b"\x00\x01")
    done = runner.run(sarif="out.sarif")
    assert done.returncode == 2
    assert "::error title=not checked::" in done.stdout
    assert runner.outputs["exit-code"] == "2"


def test_a_broken_setting_is_exit_code_2_and_no_file(runner: Runner) -> None:
    done = runner.run(config="no-such.toml", sarif="out.sarif")
    assert done.returncode == 2
    assert "no-such.toml" in done.stderr
    assert runner.outputs == {"exit-code": "2"}


@pytest.mark.parametrize(
    ("annotations", "summary", "annotated", "summarised"),
    [("true", "true", True, True), ("true", "false", True, False), ("false", "true", False, True)],
)
def test_annotations_and_summary_are_chosen_apart(
    runner: Runner, annotations: str, summary: str, annotated: bool, summarised: bool
) -> None:
    wrong(runner.place)
    done = runner.run(annotations=annotations, summary=summary)
    assert done.returncode == 1
    assert ("::error file=" in done.stdout) == annotated
    assert ("content/town.en.md:3:11: error TC301" in done.stdout) == (not annotated)
    assert ("transcheck: 1 error" in runner.summary) == summarised


def test_the_inputs_become_options(runner: Runner, tmp_path: Path) -> None:
    runner.place.tool("transcheck", f'printf "%s\\n" "$@" > "{tmp_path}/given"')
    runner.run(
        config="a b.toml", fail_on="warning", model="fast", since="none", annotations="false", summary="false",
        cache="false", args="--statistics\n--output=junit=report 1.xml\n", paths="content/наші тексти\r\n\nletters",
    )  # fmt: skip
    assert (tmp_path / "given").read_text("utf-8").splitlines() == [
        "check", "--format", "concise", "--config", "a b.toml", "--fail-on", "warning", "--model", "fast",
        "--no-cache", "--statistics", "--output=junit=report 1.xml", "content/наші тексти", "letters",
    ]  # fmt: skip
    assert runner.run().returncode == 0
    assert (tmp_path / "given").read_text("utf-8").splitlines() == [
        "check", "--format", "github", "--cache-dir", str(tmp_path / "transcheck-cache"),
    ]  # fmt: skip


def test_what_was_found_is_kept_where_the_next_run_looks_for_it(runner: Runner, tmp_path: Path) -> None:
    kept = next(s for s in STEPS if s.get("uses", "").startswith("actions/cache@"))
    assert kept["with"]["path"] == "${{ runner.temp }}/transcheck-cache"
    assert runner.run().returncode == 0
    assert (tmp_path / "transcheck-cache/results.sqlite").stat().st_size > 0
    assert not (runner.place.texts.path / ".transcheck_cache").exists()
    assert runner.run().returncode == 0


@pytest.fixture
def pull_request(place: Place, tmp_path: Path) -> tuple[Runner, Path]:
    """Return a runner for a pull request that adds a second fault to a branch that has one, and its shallow clone."""
    texts = place.texts
    base = wrong(place)
    texts.git("checkout", "--quiet", "-b", "topic")
    for lang, text in (("ru", "Осталось 300 домов."), ("uk", "Лишилося 300 будинків."), ("en", "500 houses are left.")):
        texts.write(f"content/houses.{lang}.md", f"{text}\n")
    texts.commit()
    clone = tmp_path / "clone"
    Repository(tmp_path).git("clone", "--quiet", "--depth=1", "--branch=topic", texts.path.as_uri(), str(clone))
    return Runner(place, tmp_path, {"pull_request": {"base": {"sha": base}}}), clone


def test_a_pull_request_answers_for_what_it_introduced(pull_request: tuple[Runner, Path]) -> None:
    runner, clone = pull_request
    done = runner.run(cwd=clone)
    assert done.returncode == 1, done.stderr
    assert re.findall(r"::error file=([^,]+)", done.stdout) == ["content/houses.en.md"]
    assert "town" not in done.stdout, "that fault is older"


def test_everything_can_be_asked_for_in_a_pull_request_too(pull_request: tuple[Runner, Path]) -> None:
    runner, clone = pull_request
    done = runner.run(cwd=clone, since="none")
    assert len(re.findall(r"::error file=", done.stdout)) == 2


def test_a_revision_that_cannot_be_had_is_exit_code_2(pull_request: tuple[Runner, Path]) -> None:
    runner, clone = pull_request
    done = runner.run(cwd=clone, since="origin/no-such-branch")
    assert done.returncode == 2
    assert "origin/no-such-branch" in done.stderr


def test_the_workflow_of_the_sample_uses_the_action_as_it_is() -> None:
    workflow = yaml.safe_load((ROOT / "samples/newsroom/.github/workflows/transcheck.yml").read_text("utf-8"))
    assert {"pull_request", "push"} <= set(workflow[True]), "YAML reads the key on as true"
    steps = workflow["jobs"]["transcheck"]["steps"]
    assert steps[0]["with"]["fetch-depth"] == 0
    assert steps[1]["uses"].split("@")[0] == "OWNER/transcheck"
    assert set(steps[1]["with"]) <= set(ACTION["inputs"])
    assert workflow["jobs"]["transcheck"]["permissions"]["security-events"] == "write"


def test_the_right_text_stays_right(runner: Runner) -> None:
    assert EN in (runner.place.texts.path / "content/town.en.md").read_text("utf-8")
    assert runner.run(paths="content/town.en.md", fail_on="note").returncode == 0
