"""Which findings are reported, and how severe they are: what the configuration says of checks, paths and languages."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from transcheck.checks.registry import CHECKS
from transcheck.read.globs import matches
from transcheck.run.config import Config, LanguageRules
from transcheck.run.resolve import doubles
from transcheck.run.selectors import closest
from transcheck.types import Check, DocumentReport, FailOn, Finding, Lang, Report, Severity

_NONE = LanguageRules()


def selected(report: Report, config: Config) -> Report:
    """Return a report with the findings that the configuration chooses."""
    selection = Selection(config)
    documents = tuple(selection.apply(d) for d in report.documents)
    return replace(report, documents=documents, fail_levels=selection.fail_levels())


class Selection:
    """Applies the choice of checks to the findings of documents; one is made for a run."""

    def __init__(self, config: Config, checks: Sequence[Check] = CHECKS) -> None:
        self._config = config
        self._checks: Mapping[str, Check] = {check.code: check for check in checks}
        self._languages = dict(config.per_language.value)
        self._root = config.root or Path.cwd()
        self._relative = lru_cache(maxsize=65536)(self._from_root)

    def apply(self, report: DocumentReport) -> DocumentReport:
        """Return the report with the findings that are chosen, as severe as the configuration says."""
        if not (report.findings or report.suppressed):
            return report
        kept = [(f, self._judged(report, f)) for f in report.findings]
        silent = [(s, self._judged(report, s.finding)) for s in report.suppressed]
        chosen = [f for f, judged in (*kept, *((s.finding, j) for s, j in silent)) if judged is not None]
        twice = doubles(chosen)
        return replace(
            report,
            findings=tuple(j for f, j in kept if j is not None and f not in twice),
            suppressed=tuple(replace(s, finding=j) for s, j in silent if j is not None and s.finding not in twice),
        )

    def fail_levels(self) -> tuple[tuple[str, FailOn], ...]:
        """Return the level of each check that has one of its own, by code."""
        pairs = self._config.fail_levels.value
        found = ((code, closest(pairs, check)) for code, check in self._checks.items())
        return tuple((code, level[1]) for code, level in found if level is not None)

    def _judged(self, report: DocumentReport, finding: Finding) -> Finding | None:
        check = self._checks.get(finding.code)
        if check is None:
            return finding
        langs = [finding.lang] if finding.lang else [p.lang for p in (finding.span, *finding.counterparts)]
        if not any(self._chosen(check, lang, self._ignored_by_path(report, finding)) for lang in langs):
            return None
        severity = self._severity(check, finding.severity, finding.lang)
        if severity is None:
            return None
        return finding if severity == finding.severity else replace(finding, severity=severity)

    def _chosen(self, check: Check, lang: Lang, ignored_here: tuple[str, ...]) -> bool:
        rules = self._languages.get(lang, _NONE)
        config = self._config
        chosen = (*config.select.value, *config.extend_select.value, *rules.extend_select)
        left_out = (*config.ignore.value, *rules.ignore, *ignored_here)
        near, far = closest(((s, None) for s in chosen), check), closest(((s, None) for s in left_out), check)
        return near is not None and (far is None or near[0] > far[0])

    def _severity(self, check: Check, severity: Severity, lang: Lang | None) -> Severity | None:
        """Return how severe a finding is, None where its check is off."""
        rules = self._languages.get(lang, _NONE) if lang else _NONE
        found = closest((*self._config.severity.value, *rules.severity), check)
        level = found[1] if found is not None else severity
        return None if level == "off" else level

    def _ignored_by_path(self, report: DocumentReport, finding: Finding) -> tuple[str, ...]:
        rules = self._config.per_file_ignores.value
        document = report.document
        version = document.version(finding.span.lang) if rules and document else None
        if document is None or version is None:
            return ()
        path = self._relative(document.file or version.origin)
        return tuple(s for pattern, selectors in rules if matches(path, [pattern]) for s in selectors)

    def _from_root(self, origin: str) -> str:
        """Return the path of a file from the root, with forward slashes."""
        return Path(os.path.relpath(os.path.abspath(origin), self._root)).as_posix()
