"""The job for GitLab, run line by line in one shell with the variables of a pipeline."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from tests.integrations.conftest import ROOT, WRONG, Place

JOB: dict[str, Any] = yaml.safe_load((ROOT / "integrations/gitlab.yml").read_text("utf-8"))["transcheck"]
SCHEMA = json.loads((ROOT / "tests/schemas/gitlab.json").read_text("utf-8"))
REPORTS: dict[str, str] = JOB["artifacts"]["reports"]


def pipeline(
    place: Place, variables: Mapping[str, str] | None = None, shell: tuple[str, ...] = ("bash", "-eo", "pipefail")
) -> subprocess.CompletedProcess[str]:
    """Run the job as a runner does: all lines in one shell that ends with the first that fails."""
    environment = {**JOB["variables"], **(variables or {}), "CI": "true", "CI_PROJECT_DIR": str(place.texts.path)}
    return place.run([*shell, "-c", "\n".join(JOB["before_script"] + JOB["script"])], environment)


@pytest.fixture
def job(place: Place, tmp_path: Path) -> Place:
    """Return the repository with a pip that installs nothing."""
    place.tool("python", f'printf "%s\\n" "$@" > "{tmp_path}/installed"')
    return place


@pytest.mark.parametrize("shell", [("bash", "-eo", "pipefail"), ("sh", "-e")], ids=lambda s: s[0])
def test_findings_make_both_reports_and_fail_the_job(job: Place, shell: tuple[str, ...], tmp_path: Path) -> None:
    job.texts.commit(**{"content/town.en.md": f"# 1\n\n{WRONG}\n"})
    done = pipeline(job, shell=shell)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("content/town.en.md:3:11: error TC301")
    quality = json.loads((job.texts.path / REPORTS["codequality"]).read_text("utf-8"))
    jsonschema.validate(quality, SCHEMA)
    assert [entry["location"]["path"] for entry in quality] == ["content/town.en.md"]
    suite = ElementTree.parse(job.texts.path / REPORTS["junit"]).getroot()
    assert len(suite.findall(".//testcase/failure")) == 1
    assert (tmp_path / "installed").read_text("utf-8").splitlines()[-1] == "transcheck"


def test_a_clean_repository_passes(job: Place) -> None:
    done = pipeline(job)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert json.loads((job.texts.path / REPORTS["codequality"]).read_text("utf-8")) == []


def test_what_was_found_is_kept_where_the_next_run_looks_for_it(job: Place) -> None:
    assert pipeline(job).returncode == 0
    (kept,) = JOB["cache"]["paths"]
    assert any((job.texts.path / kept).glob("results.*"))


def test_what_cannot_be_checked_is_exit_code_2(job: Place) -> None:
    job.texts.write("content/town.uk.md", b"\x00\x01")
    done = pipeline(job)
    assert done.returncode == 2
    assert "binary file" in done.stderr


def test_a_merge_request_answers_for_what_it_introduced(job: Place) -> None:
    base = job.texts.commit(**{"content/town.en.md": f"# 1\n\n{WRONG}\n"})
    assert pipeline(job, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}).returncode == 0
    job.texts.commit(**{"content/town.ru.md": "# 1\n\nВ прошлом году отсюда уехали 90 000 человек.\n"})
    done = pipeline(job, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base})
    assert done.returncode == 1
    assert "90 000" in done.stdout


def test_variables_are_settings_and_options(job: Place, tmp_path: Path) -> None:
    job.texts.commit(**{"content/town.en.md": f"# 1\n\n{WRONG}\n"})
    assert pipeline(job, {"TRANSCHECK_FAIL_ON": "never"}).returncode == 0
    done = pipeline(job, {"TRANSCHECK_OPTIONS": "--statistics --exit-zero", "TRANSCHECK_PATHS": "content"})
    assert (done.returncode, "TC301" in done.stdout) == (0, True)
    assert "content/town.en.md:3" not in done.stdout


def test_a_job_that_fails_to_install_fails(job: Place) -> None:
    job.tool("python", "exit 3")
    assert pipeline(job).returncode == 3


def test_the_sample_includes_the_template_and_overrides_what_there_is() -> None:
    config = yaml.safe_load((ROOT / "samples/newsroom/.gitlab-ci.yml").read_text("utf-8"))
    (included,) = config["include"]
    assert included["remote"].endswith("/integrations/gitlab.yml")
    assert set(config["transcheck"]["variables"]) <= set(JOB["variables"])
