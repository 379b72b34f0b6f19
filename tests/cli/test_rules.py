from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from transcheck.checks.base import Check, Example
from transcheck.cli import rules
from transcheck.types import HELP_URL, ConfigError

NUMBER = Check(
    "TC301",
    "number",
    "number",
    "error",
    "high",
    "A number differs.",
    (Example(("ru", "Нас было 14."), ("en", "There were 40 | of us."), ("en", "There were 14 of us.")),),
)
DATE = Check("TC302", "date", "date", "warning", "medium", "A date differs.", ())


def test_checks_are_chosen_by_code_or_name() -> None:
    assert rules.chosen([NUMBER, DATE], []) == [NUMBER, DATE]
    assert rules.chosen([NUMBER, DATE], ["date", "tc301", "TC302"]) == [DATE, NUMBER]


@pytest.mark.parametrize(("name", "hint"), [("TC303", "TC30"), ("numbr", "number"), ("zzzzz", "rules lists them")])
def test_an_unknown_name_is_an_error_with_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(ConfigError, match=hint):
        rules.chosen([NUMBER, DATE], [name])


def test_an_explanation_shows_wrong_and_right() -> None:
    assert rules.explanation(NUMBER).splitlines() == [
        "TC301 number",
        "  A number differs.",
        "  category number, severity error, precision high",
        "  https://transcheck.readthedocs.io/findings/#tc301",
        "",
        "        ru  Нас было 14.",
        "  wrong en  There were 40 | of us.",
        "  right en  There were 14 of us.",
    ]


def test_markdown_escapes_what_parts_columns() -> None:
    page = rules.markdown([NUMBER, DATE])
    assert r"| **ru** Нас было 14. | **en** There were 40 \| of us. | **en** There were 14 of us. |" in page
    assert "| [TC302](#tc302-date) | date | date | warning | medium | A date differs. |" in page


def test_the_command_lists_and_explains(invoke: Callable[..., Any]) -> None:
    from transcheck.checks.registry import CHECKS

    listed = invoke("rules").stdout
    assert [line.split()[0] for line in listed.splitlines()] == [c.code for c in CHECKS]
    first = CHECKS[0]
    assert invoke("rules", first.code).stdout.startswith(f"{first.code} {first.slug}\n")
    listed = json.loads(invoke("rules", "--format", "json").stdout)
    assert [(c["code"], c["url"]) for c in listed] == [(c.code, c.url) for c in CHECKS]
    assert invoke("rules", first.code, "--format", "markdown").stdout.startswith("# Checks\n")


def test_every_link_to_a_check_has_its_anchor(root: Path) -> None:
    from transcheck.checks.registry import CHECKS

    page = (root / "docs" / "findings.md").read_text("utf-8")
    for check in CHECKS:
        assert check.url.startswith(f"{HELP_URL}findings/#")
        assert f'<a id="{check.url.partition("#")[2]}"></a>' in page
