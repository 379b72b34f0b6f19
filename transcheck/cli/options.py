"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Level = Literal["error", "warning", "note", "never"]

FormatName = Literal[
    "text", "full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson",
    "markdown", "html", "svg", "csv",
]  # fmt: skip
"""What ``--format`` takes: ``text`` and every format of ``report.formats`` that is text."""

Model = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME|PATH",
        help="Name or folder of any sentence-transformers model, or fast: the packaged static one; "
        "default: the packaged contextual one.",
        show_default=False,
    ),
]
FailLevel = Annotated[
    Level | None,
    typer.Option("--fail-on", help="Exit with 1 from this severity on; default: error.", show_default=False),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, not to the standard output."),
]
Format = Annotated[
    FormatName | None,
    typer.Option(
        "--format", "-f", help="What the standard output gets; default: text, for people.", show_default=False
    ),
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FORMAT=FILE",
        help="Write a format to a file as well; may be given several times. A FILE alone takes the place of the "
        "standard output, in the format that its name ends in.",
        show_default=False,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
NoColor = Annotated[
    bool,
    typer.Option("--no-color", help="No colour; NO_COLOR=1 and FORCE_COLOR=1 in the environment are honoured too."),
]
