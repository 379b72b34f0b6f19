"""Write what is made in docs/ anew: ``python -m tools.docs``; with ``--examples`` what the examples print, too."""

from __future__ import annotations

import argparse

from tools.docs import made
from tools.docs.pages import ROOT


def main() -> None:
    """Write every page whose made parts have changed, and name it."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("--examples", action="store_true", help="run the examples on the pages too; minutes")
    arguments = parser.parse_args()
    for path, text in made.pages(examples_too=arguments.examples).items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
