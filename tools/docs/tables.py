"""The parts of pages that are made from tables: checks, formats, situations, measured figures."""

from __future__ import annotations

import re
from pathlib import Path

from tools.docs.pages import ROOT, cell, table


def findings() -> str:
    """Return the page of the checks, as ``transcheck rules --format markdown`` prints it."""
    from transcheck.checks.registry import CHECKS
    from transcheck.cli.rules import markdown

    return markdown(CHECKS)


def formats() -> str:
    """Return a table of the formats of a report."""
    from transcheck.report.formats import FORMATS

    rows = [("`text`", "", "what a command prints for people: `full` for `compare` and `audit`, `concise` for `check`")]
    rows += [(f"`{f.name}`", ", ".join(f"`{s}`" for s in f.suffixes), cell(f.summary)) for f in FORMATS]
    return table(("format", "chosen by the end of a name", "what it is"), rows)


def severities() -> str:
    """Return a table of the probabilities that make an error and a warning of a weighed finding, by category."""
    from transcheck.checks.confidence import model
    from transcheck.checks.registry import CHECKS

    rows = []
    for check in CHECKS:
        for part, said in (("sure", "the check is sure"), ("proposed", "the check proposes")):
            fitted = model()[part]
            if check.code in fitted["bias"]:
                limits = fitted["limits"]
                least = limits.get(check.code, limits["warning"])
                error = fitted.get("errors", {}).get(check.code, limits["error"])
                rows.append((check.category, check.code, said, f"{error:g}", f"{least:g}"))
    return table(("category", "check", "and", "error from", "warning from"), rows)


def situations() -> str:
    """Return a table of situations and exit codes: those that are tested."""
    from tests.cli.test_situations import CASES

    rows = []
    for name, case in CASES.items():
        arguments = " ".join(a for a in case.arguments if a != ".")
        given = "<br>".join(f"`{cell(line)}`" for line in (arguments, *case.config.splitlines()) if line)
        given += "".join(f"<br>`{k}={v}`" for k, v in case.environ.items())
        rows.append((cell(name), given.removeprefix("<br>"), f"**{case.code}**"))
    return table(("situation", "with", "code"), rows)


def action_inputs() -> str:
    """Return a table of what the action for GitHub may be told."""
    import yaml

    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    rows = [
        (f"`{name}`", f"`{about['default']}`" if about["default"] else "", cell(about["description"]))
        for name, about in inputs.items()
    ]
    return table(("input", "default", "meaning"), rows)


def figures(name: str) -> str:
    """Return a table of the measured results, and where it was measured; KeyError for an unknown one."""
    results = ROOT / "benchmarks" / "results"
    if name == "encoders":
        return _after(results / "encoders.md", "# Encoders")
    if name == "articles":
        return re.sub(r"^## seeds/articles/", "### ", _after(results / "articles.md", "`\n"), flags=re.MULTILINE)
    page = results / "transcheck-contextual.md"
    about = dict(re.findall(r"^- (\w+): (.*)$", page.read_text("utf-8"), flags=re.MULTILINE))
    made = _after(page, f"## {name}")
    if name == "clean":
        made = _last_column_below(made)
    return f"{made}\n\nMeasured on {about['date']} with the model {about['model']}."


def _last_column_below(text: str) -> str:
    """Return a table without its last column, and that as a list: it is too long for a cell."""
    cells = [[c.strip() for c in line.strip().strip("|").split("|")] for line in text.splitlines()]
    head, _, *rows = cells
    listed = "".join(f"- {row[0]}: {row[-1]}\n" for row in rows)
    kept = table(tuple(head[:-1]), [tuple(row[:-1]) for row in rows])
    return f"{kept}\n{head[-1].capitalize()}:\n\n{listed.strip()}"


def _after(page: Path, mark: str) -> str:
    """Return what stands on a page behind a mark, up to the next heading of the second level if the mark is one."""
    _, found, rest = page.read_text("utf-8").partition(mark + "\n")
    if not found:
        raise KeyError(f"{page}: {mark}")
    return (rest.split("\n## ")[0] if mark.startswith("## ") else rest).strip()
