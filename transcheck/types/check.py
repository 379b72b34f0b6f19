"""What is known of a check before it runs: its code, name, severity, precision and examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transcheck.types.finding import Category, Severity
from transcheck.types.span import Lang

HELP_URL = "https://transcheck.readthedocs.io/"
"""Where the documentation is published; the links to checks in every format begin with it."""


@dataclass(frozen=True, slots=True)
class Example:
    """Two versions of a sentence; ``wrong`` draws the check's finding, ``right`` draws none."""

    source: tuple[Lang, str]
    wrong: tuple[Lang, str]
    right: tuple[Lang, str]


@dataclass(frozen=True, slots=True)
class Check:
    """Metadata of one kind of finding.

    ``code`` is stable for ever; ``slug`` is its readable name; ``precision`` is how often such a finding is real,
    as SARIF words it.
    """

    code: str
    slug: str
    category: Category
    severity: Severity
    precision: Literal["very-high", "high", "medium", "low"]
    summary: str
    examples: tuple[Example, ...]

    @property
    def url(self) -> str:
        """The page of the documentation that explains the check."""
        return help_url(self.code)


def help_url(code: str) -> str:
    """Return the address of the documentation of a check."""
    return f"{HELP_URL}findings/#{code.lower()}"
