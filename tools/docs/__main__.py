"""Write what is made in docs/ anew: ``python -m tools.docs``.

``--examples`` writes what the examples print, too, of all pages or of those that are named, by their paths below docs/.
"""

from __future__ import annotations

import argparse

from tools.docs import made
from tools.docs.pages import ROOT


def main() -> None:
    """Write every page whose made parts have changed, and name it."""
    parser = argparse.ArgumentParser(prog="python -m tools.docs", description=__doc__)
    parser.add_argument("--examples", nargs="*", metavar="PAGE", help="run the examples on these pages, or on all")
    named = parser.parse_args().examples
    for path, text in made.pages(lambda page: named is not None and page in (named or [page])).items():
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
