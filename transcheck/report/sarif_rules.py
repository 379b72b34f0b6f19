"""The checks as SARIF rules, with the help that code scanning shows beside a result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from transcheck.report.words import LANGUAGE_NAMES
from transcheck.types import Category, Check, Example, Finding, Lang, Severity, help_url

MQM: Mapping[Category, str] = {
    "omission": "accuracy/omission",
    "addition": "accuracy/addition",
    "meaning": "accuracy/mistranslation",
    "negation": "accuracy/mistranslation",
    "modality": "accuracy/mistranslation",
    "number": "accuracy/mistranslation",
    "date": "accuracy/mistranslation",
    "unit": "accuracy/mistranslation",
    "name": "accuracy/mistranslation",
    "terminology": "terminology/wrong-term",
    "softened": "accuracy/undertranslation",
    "untranslated": "accuracy/untranslated",
    "language": "linguistic-conventions/character-encoding",
    "reordered": "design-and-markup/layout",
    "quotation": "accuracy/mistranslation",
    "attribution": "accuracy/mistranslation",
}
"""Where a category stands in the typology of Multidimensional Quality Metrics; suppressions are none of its matter."""

_PROBLEM: Mapping[Severity, str] = {"error": "error", "warning": "warning", "note": "recommendation"}
_LONGEST = 1024
"""Code points that code scanning shows of a description."""


def rules(checks: Sequence[Check], findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return a rule for every check, and one for every code that is found and that no check describes."""
    known = {c.code for c in checks}
    others = {f.code: f for f in findings if f.code not in known}
    made = [_rule(c) for c in checks] + [_bare_rule(f) for f in others.values()]
    return sorted(made, key=lambda r: str(r["id"]))


def braced(text: str) -> str:
    """Return a text for a SARIF message, in which single braces stand for arguments."""
    return text.replace("{", "{{").replace("}", "}}")


def _rule(check: Check) -> dict[str, Any]:
    summary = {"text": braced(check.summary)[:_LONGEST]}
    return {
        "id": check.code,
        "name": "".join(part.title() for part in check.slug.split("-")),
        "shortDescription": summary,
        "fullDescription": summary,
        "helpUri": check.url,
        "help": {"text": braced(_help_text(check)), "markdown": braced(_help_markdown(check))},
        "defaultConfiguration": {"level": check.severity},
        "properties": {"precision": check.precision, **_properties(check.category, check.severity)},
    }


def _bare_rule(finding: Finding) -> dict[str, Any]:
    summary = {"text": f"A finding of the category {finding.category}."}
    return {
        "id": finding.code,
        "name": finding.category.title(),
        "shortDescription": summary,
        "fullDescription": summary,
        "helpUri": help_url(finding.code),
        "help": summary,
        "defaultConfiguration": {"level": finding.severity},
        "properties": _properties(finding.category, finding.severity),
    }


def _properties(category: Category, severity: Severity) -> dict[str, Any]:
    """Return what is told of a rule beyond the standard: the keys are those that code scanning knows, and ours."""
    quality = {"mqm": MQM[category]} if category in MQM else {}
    return {
        "category": category,
        **quality,
        "problem.severity": _PROBLEM[severity],
        "tags": ["translation", category],
    }


def _help_text(check: Check) -> str:
    lines = [check.summary]
    for example in check.examples:
        lines += [f"{label}: {LANGUAGE_NAMES[lang]}: {text}" for label, (lang, text) in _sides(example)]
    return "\n".join([*lines, f"More: {check.url}"])


def _help_markdown(check: Check) -> str:
    lines = [f"## {check.code} {check.slug}", "", _safe(check.summary), ""]
    for example in check.examples:
        lines += ["| | | |", "|---|---|---|"]
        lines += [f"| {label} | {LANGUAGE_NAMES[lang]} | {_safe(text)} |" for label, (lang, text) in _sides(example)]
        lines.append("")
    return "\n".join([*lines, f"[More about {check.code}]({check.url})"])


def _sides(example: Example) -> tuple[tuple[str, tuple[Lang, str]], ...]:
    return (("one version", example.source), ("wrong", example.wrong), ("right", example.right))


def _safe(text: str) -> str:
    """Return a text without what Markdown takes for markup or HTML."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>|#~" else c for c in text)
