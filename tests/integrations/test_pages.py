"""What the page on continuous integration shows is what the sample has."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.integrations.conftest import ROOT

PAGE = (ROOT / "docs/guide/ci.md").read_text("utf-8")
SAMPLE = ROOT / "samples/newsroom"
SHOWN: list[Any] = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)]


@pytest.mark.parametrize(
    ("number", "name"), [(0, ".pre-commit-config.yaml"), (1, ".github/workflows/transcheck.yml"), (3, ".gitlab-ci.yml")]
)
def test_an_example_is_that_of_the_sample(number: int, name: str) -> None:
    sample = yaml.safe_load((SAMPLE / name).read_text("utf-8"))
    sample.pop("permissions", None)
    assert SHOWN[number] == sample


def test_the_three_lines_are_steps() -> None:
    assert [set(step) for step in SHOWN[2]] == [{"run"}, {"run", "env"}]


def test_what_the_page_names_is_there() -> None:
    for name in re.findall(r"`(integrations/[\w./-]+)`", PAGE + (ROOT / "docs/guide/editors.md").read_text("utf-8")):
        assert (ROOT / name).is_file(), name
