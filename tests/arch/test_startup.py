"""What must not be imported before it is needed."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

HEAVY = (
    "datasets", "hypothesis", "jinja2", "langdetect", "lsprotocol", "markdown_it", "numpy", "openpyxl",
    "pandas", "pyarrow", "pygls",
    "rapidfuzz", "rich", "scipy", "sentence_transformers", "sentencex", "sklearn", "tokenizers", "torch",
    "transformers", "watchfiles",
)  # fmt: skip


def _imported(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return {m.split(".")[0] for m in re.findall(r"^import time:.*\|\s*(\S+)$", done.stderr, flags=re.MULTILINE)}


@pytest.mark.parametrize(
    "command",
    [[], ["compare"], ["quotes"], ["audit"], ["check"], ["groups"], ["config"], ["lsp"], ["rules"]],
    ids=lambda c: c[0] if c else "-",
)
def test_help_imports_nothing_heavy(command: list[str]) -> None:
    imported = _imported("-m", "transcheck", *command, "--help")
    assert "typer" in imported, "the list of imports was not read"
    assert imported & set(HEAVY) == set()


def test_the_package_imports_nothing_heavy() -> None:
    imported = _imported("-c", "import transcheck; transcheck.__version__; dir(transcheck)")
    assert "transcheck" in imported
    assert imported & {*HEAVY, "typer"} == set()
