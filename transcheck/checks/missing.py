"""TC105: a whole version is missing. Only whoever knows the files can tell; ``run.missing`` makes the findings."""

from __future__ import annotations

from transcheck.types import Check, Example

CHECK = Check(
    "TC105",
    "version-missing",
    "omission",
    "error",
    "very-high",
    "A text has no version in a language that the configuration requires.",
    (
        Example(("ru", "bridge.ru.md"), ("en", "∅"), ("en", "bridge.en.md")),
        Example(("en", "content/en/bridge.md"), ("uk", "∅"), ("uk", "content/uk/bridge.md")),
        Example(("uk", "site.uk.po"), ("ru", "∅"), ("ru", "site.ru.po")),
    ),
)
CHECKS: tuple[Check, ...] = (CHECK,)
