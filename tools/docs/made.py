"""Everything in docs/ that is made: whole pages, parts of pages, and the output of examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tools.docs import commands, examples, tables
from tools.docs.pages import DOCS, filled

PAGES: dict[str, Callable[[], str]] = {"findings.md": tables.findings, "reference/cli.md": commands.page}
"""Pages that are made whole, by their paths below docs/."""

_FIGURES = ("seeds", "clean", "alignment", "articles", "encoders")

PARTS: dict[str, Callable[[], str]] = {
    "formats": tables.formats,
    **{f"figures {name}": partial(tables.figures, name) for name in _FIGURES},
}
"""What makes the parts of the other pages, by name."""


def pages(*, examples_too: bool = False) -> dict[Path, str]:
    """Return every page of docs/ as it ought to be; ``examples_too`` runs the examples, which takes minutes."""
    made = {DOCS / name: make() for name, make in PAGES.items()}
    for path in sorted(DOCS.rglob("*.md")):
        if path not in made:
            text = filled(path.read_text("utf-8"), PARTS)
            made[path] = examples.run(text) if examples_too and examples.count(text) else text
    return made
