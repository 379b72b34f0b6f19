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
    "suppression",
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
    version. ``fingerprint`` names the finding by its content, not by its place; "" until the run has given it one.
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
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count: a comment or sidecar (``inline``), the baseline file, or because it is older than
    the change that is looked at (``since``).

    ``reason`` is what the editor wrote; ``origin`` is the place of the comment (path:line), the baseline file or the
    revision.
    """

    kind: Literal["inline", "baseline", "since"]
    reason: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A finding that is kept but not counted."""

    finding: Finding
    by: Suppression
