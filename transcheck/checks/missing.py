"""TC105: a whole version is missing. Only whoever knows the files can tell; ``run.missing`` makes the findings."""

from __future__ import annotations

from transcheck.types import Check

CHECK = Check(
    "TC105",
    "version-missing",
    "omission",
    "error",
    "very-high",
    "A text has no version in a language that the configuration requires.",
    (),
)
CHECKS: tuple[Check, ...] = (CHECK,)
