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
Texts = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="[PATH]...",
        help="Files or folders; a file stands for all its versions. Default: the paths of the configuration, or the "
        "working directory.",
        show_default=False,
    ),
]
Manifest = Annotated[
    Path | None,
    typer.Option(
        "--manifest", metavar="FILE", help="A table with columns id, ru, uk, en that names texts.", show_default=False
    ),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config", metavar="FILE", help="Use this configuration file; default: the closest one.", show_default=False
    ),
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="The file of known findings; default: .transcheck-baseline.json in the root, if there is one.",
        show_default=False,
    ),
]
Isolated = Annotated[bool, typer.Option("--isolated", help="Use no configuration file.")]
Select = Annotated[
    list[str] | None,
    typer.Option("--select", metavar="CHECKS", help="Checks to make: all, TC2, TC203, a name or a category."),
]
ExtendSelect = Annotated[
    list[str] | None, typer.Option("--extend-select", metavar="CHECKS", help="Checks to make besides those.")
]
Ignore = Annotated[list[str] | None, typer.Option("--ignore", metavar="CHECKS", help="Checks to leave out.")]
Require = Annotated[
    list[str] | None,
    typer.Option("--require", metavar="LANGUAGES", help="Languages that every text must have, e.g. ru,uk,en."),
]
Lone = Annotated[
    Literal["error", "named", "ignore"] | None,
    typer.Option(
        "--lone",
        help="When a text without another version is an error: always, where it was named, or never; default: named.",
        show_default=False,
    ),
]
Termbase = Annotated[
    list[Path] | None,
    typer.Option(
        "--termbase",
        metavar="FILE",
        help="A file of the editor's terms, TSV or TBX; may be given several times. Takes the place of those of the "
        "configuration.",
        show_default=False,
    ),
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
NoCache = Annotated[
    bool,
    typer.Option("--no-cache", envvar="TRANSCHECK_NO_CACHE", help="Check everything anew, and keep nothing."),
]
CacheDir = Annotated[
    Path | None,
    typer.Option(
        "--cache-dir",
        metavar="FOLDER",
        help="Where vectors and results are kept; default: .transcheck_cache in the root of the repository.",
        show_default=False,
    ),
]
