"""The pages of docs/: those that are made whole, and the parts of others that are made.

A made part stands between ``<!-- made: NAME -->`` and ``<!-- end -->``; all other text is written by people.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

PART = re.compile(r"(?P<head><!-- made: (?P<name>[a-z -]+) -->\n).*?(?P<tail><!-- end -->)", flags=re.DOTALL)


def parts(text: str) -> tuple[str, ...]:
    """Return the names of the made parts of a page, in order."""
    return tuple(m["name"] for m in PART.finditer(text))


def filled(text: str, makers: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with its made parts written anew; KeyError names a part that nothing makes."""
    return PART.sub(lambda m: f"{m['head']}\n{makers[m['name']]().strip()}\n\n{m['tail']}", text)


def cell(text: str) -> str:
    """Return a text on one line, as it may stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table of Markdown; the cells are taken as they are."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
