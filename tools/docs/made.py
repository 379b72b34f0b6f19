"""Everything in docs/ that is made: whole pages, parts of pages, and the output of examples."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from tools.docs import commands, examples, settings, tables
from tools.docs.pages import DOCS, filled

PAGES: dict[str, Callable[[], str]] = {"findings.md": tables.findings, "reference/cli.md": commands.page}
"""Pages that are made whole, by their paths below docs/."""

_FIGURES = ("seeds", "clean", "alignment", "articles", "encoders")

PARTS: dict[str, Callable[[], str]] = {
    "formats": tables.formats,
    "keys": settings.overview,
    "key by key": settings.sections,
    "severities": tables.severities,
    "situations": tables.situations,
    "inputs of the action": tables.action_inputs,
    **{f"figures {name}": partial(tables.figures, name) for name in _FIGURES},
}
"""What makes the parts of the other pages, by name."""


def pages(run: Callable[[str], bool]) -> dict[Path, str]:
    """Return every page of docs/ as it ought to be.

    ``run`` tells of a page, named by its path below docs/, whether its examples are run, which takes a while.
    """
    made = {DOCS / name: make() for name, make in PAGES.items()}
    for path in sorted(DOCS.rglob("*.md")):
        if path not in made:
            text = filled(path.read_text("utf-8"), PARTS)
            asked = run(path.relative_to(DOCS).as_posix())
            made[path] = examples.run(text) if asked and examples.count(text) else text
    return made
