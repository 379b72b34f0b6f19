"""TC901 a suppression that suppresses nothing, TC902 one that cannot hold; ``run.suppress`` finds them."""

from __future__ import annotations

from transcheck.checks.base import Check, Example

UNUSED = Check(
    code="TC901",
    slug="unused-suppression",
    category="suppression",
    severity="note",
    precision="very-high",
    summary="A suppression for which there is nothing to suppress any more.",
    examples=(
        Example(
            ("ru", "Нас было четырнадцать."),
            ("en", "There were fourteen of us. <!-- transcheck: ignore[TC301] the archive has forty -->"),
            ("en", "There were fourteen of us."),
        ),
        Example(
            ("en", "There were fourteen of us."),
            ("uk", "Нас було чотирнадцятеро. <!-- transcheck: ignore[TC301] в архіві сорок -->"),
            ("uk", "Нас було чотирнадцятеро."),
        ),
        Example(
            ("uk", "Нас було чотирнадцятеро."),
            ("ru", "Нас было четырнадцать. <!-- transcheck: ignore[TC301] в архиве сорок -->"),
            ("ru", "Нас было четырнадцать."),
        ),
    ),
)

BROKEN = Check(
    code="TC902",
    slug="broken-suppression",
    category="suppression",
    severity="warning",
    precision="very-high",
    summary="A suppression without a reason or a known code, out of date, or not closed: it suppresses nothing.",
    examples=(
        Example(
            ("ru", "Нас было четырнадцать."),
            ("en", "There were forty of us. <!-- transcheck: ignore[TC301] -->"),
            ("en", "There were forty of us. <!-- transcheck: ignore[TC301] the archive has forty -->"),
        ),
        Example(
            ("en", "There were fourteen of us."),
            ("uk", "Нас було сорок. <!-- transcheck: ignore[TC999] в архіві сорок -->"),
            ("uk", "Нас було сорок. <!-- transcheck: ignore[TC301] в архіві сорок -->"),
        ),
        Example(
            ("uk", "Нас було чотирнадцятеро."),
            ("ru", "Нас было сорок. <!-- transcheck: ignore в архиве сорок -->"),
            ("ru", "Нас было сорок. <!-- transcheck: ignore[TC301] в архиве сорок -->"),
        ),
    ),
)

CHECKS = (UNUSED, BROKEN)
"""What is found in suppressions."""
