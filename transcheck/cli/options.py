"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

Level = Literal["error", "warning", "note", "never"]

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
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]
NoColor = Annotated[
    bool,
    typer.Option("--no-color", help="No colour; NO_COLOR=1 and FORCE_COLOR=1 in the environment are honoured too."),
]
