"""A finding: one defect with its code, category, severity, version at fault and exact places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from transcheck.types.span import Lang, Place

Category = Literal[
    "omission",
    "addition",
    "meaning",
    "negation",
    "modality",
    "number",
    "date",
    "unit",
    "name",
    "terminology",
    "softened",
    "untranslated",
    "language",
    "reordered",
    "quotation",
    "attribution",
]
CATEGORIES: tuple[Category, ...] = Category.__args__  # type: ignore[attr-defined]

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""Most severe first."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect.

    ``lang`` is the version at fault, None where two versions cannot tell which. ``score`` is the confidence, 0 to 1.
    ``span`` is the place in the version at fault (in the first version where ``lang`` is None); ``counterparts`` are
    the matching places of the other versions. ``row`` is the index of the table row, None for a finding on a whole
    version.
    """

    code: str
    category: Category
    severity: Severity
    lang: Lang | None
    score: float
    message: str
    span: Place
    counterparts: tuple[Place, ...] = ()
    row: int | None = None
