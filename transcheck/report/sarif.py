"""The report as SARIF 2.1.0, the static analysis format of OASIS, as GitHub code scanning and editors read it.

The version at fault is the location of a result, the other versions are related locations that its message links to.
What is suppressed is kept and marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from transcheck.report.entries import Entry, entries, failures, worst_first
from transcheck.report.indented import dumps
from transcheck.report.paths import Base
from transcheck.report.positions import Locator
from transcheck.report.sarif_rules import braced, rules
from transcheck.report.words import LANGUAGE_NAMES, failure, one_line
from transcheck.types import HELP_URL, Check, Document, Lang, Place, Report, Suppression
from transcheck.version import VERSION

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MAX_RESULTS = 25_000
"""Results of a run from which code scanning refuses a file."""

ROOT = "%SRCROOT%"
"""Stands for the root of the repository in every name of a file."""

_EXCERPT = 80
_ENDINGS = {
    0: "clean: everything was checked, and nothing was found at or above the fail level",
    1: "findings at or above the fail level",
    2: "something was not checked",
}


def render(report: Report, checks: Sequence[Check] = (), base: Base | None = None) -> str:
    """Return the log as indented JSON; ``checks`` describe the codes, ``base`` is where files are named from."""
    return dumps(to_dict(report, checks, base)) + "\n"


def to_dict(report: Report, checks: Sequence[Check] = (), base: Base | None = None) -> dict[str, Any]:
    """Return the log as plain dicts and lists."""
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [_Run(report, checks, base or Base()).to_dict()]}


class _Run:
    """One run while it is put together: files and rules are numbered."""

    def __init__(self, report: Report, checks: Sequence[Check], base: Base) -> None:
        self._report = report
        self._base = base
        self._files: dict[str, int] = {}
        self._artifacts: list[dict[str, Any]] = []
        found = list(entries(report, suppressed=True))
        self._kept, self._left_out = _most_severe(found)
        self._rules = rules(checks, (e.finding for e in found))
        self._numbers = {str(rule["id"]): number for number, rule in enumerate(self._rules)}
        self._compared = any(e.by is not None and e.by.kind != "inline" for e in found)

    def to_dict(self) -> dict[str, Any]:
        for document in self._report.documents:
            locator = Locator(document)
            for version in document.document.versions if document.document else ():
                self._artifact(locator.path(version.lang), version.lang)
        results = [self._result(e) for e in self._kept]
        return {
            "tool": {"driver": self._driver()},
            "invocations": [self._invocation()],
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
            "artifacts": self._artifacts,
            "results": results,
            "properties": {"model": self._report.model, "failOn": self._report.fail_on},
        }

    def _driver(self) -> dict[str, Any]:
        return {
            "name": "transcheck",
            "version": VERSION,
            "semanticVersion": VERSION,
            "informationUri": HELP_URL,
            "rules": self._rules,
            "notifications": [
                {"id": "not-checked", "shortDescription": {"text": "A document could not be read or compared."}},
                {"id": "left-out", "shortDescription": {"text": "There are more results than a file may hold."}},
            ],
        }

    def _invocation(self) -> dict[str, Any]:
        code = self._report.exit_code
        notes = [self._not_checked(failure(d), d.document) for d in failures(self._report)]
        if not self._report.documents:
            notes.append(self._not_checked("there was nothing to check", None))
        if self._left_out:
            text = f"{self._left_out} results are left out, the least severe; a file may hold {MAX_RESULTS}"
            notes.append({"descriptor": {"id": "left-out", "index": 1}, "level": "warning", "message": {"text": text}})
        return {
            "executionSuccessful": code != 2,
            "exitCode": code,
            "exitCodeDescription": _ENDINGS[code],
            "toolExecutionNotifications": notes,
        }

    def _not_checked(self, text: str, document: Document | None) -> dict[str, Any]:
        note: dict[str, Any] = {
            "descriptor": {"id": "not-checked", "index": 0},
            "level": "error",
            "message": {"text": braced(text)},
        }
        files = dict.fromkeys(document.file or v.origin for v in document.versions) if document else {}
        if any(files):
            note["locations"] = [{"physicalLocation": {"artifactLocation": self._artifact(f)}} for f in files if f]
        return note

    def _artifact(self, origin: str, lang: Lang | None = None) -> dict[str, Any]:
        """Return the reference to a file, which is numbered when it is first met."""
        uri = self._base.uri(origin)
        location: dict[str, Any] = {"uri": uri}
        if not uri.startswith("file:"):
            location["uriBaseId"] = ROOT
        if uri not in self._files:
            self._files[uri] = len(self._artifacts)
            made: dict[str, Any] = {"location": location, "roles": ["analysisTarget"]}
            if lang:
                made["properties"] = {"lang": lang}
            self._artifacts.append(made)
        return {**location, "index": self._files[uri]}

    def _result(self, entry: Entry) -> dict[str, Any]:
        finding = entry.finding
        out: dict[str, Any] = {
            "ruleId": finding.code,
            "ruleIndex": self._numbers[finding.code],
            "kind": "fail",
            "level": finding.severity,
            "rank": round(100 * finding.score, 2),
            "message": {"text": _message(entry)},
            "locations": [self._location(finding.span, entry.locator)],
            "partialFingerprints": {
                "primaryLocationLineHash": f"{entry.identity}:1",
                "transcheck/v1": finding.fingerprint or entry.identity,
            },
            "properties": {
                "document": entry.document.id,
                "lang": finding.lang,
                "category": finding.category,
                "score": round(finding.score, 4),
            },
        }
        if finding.counterparts:
            out["relatedLocations"] = [
                self._location(place, entry.locator, number) for number, place in enumerate(finding.counterparts, 1)
            ]
        if entry.by is not None:
            out["suppressions"] = [self._suppression(entry.by)]
        if self._compared:
            old = entry.by is not None and entry.by.kind != "inline"
            out["baselineState"] = "unchanged" if old else "new"
        return out

    def _location(self, place: Place, locator: Locator, number: int | None = None) -> dict[str, Any]:
        """Return where a place stands: its region, or of a page, paragraph or record its name and the first line."""
        out: dict[str, Any] = {} if number is None else {"id": number}
        out["physicalLocation"] = {
            "artifactLocation": self._artifact(locator.path(place.lang)),
            "region": _region(place, locator),
        }
        if not locator.lined(place.lang):
            within = locator.within(place)
            whole = f"{locator.path(place.lang)}, {within}"
            out["logicalLocations"] = [{"name": within, "fullyQualifiedName": whole, "kind": locator.unit(place.lang)}]
        said = f"{place.lang}: {_short(place.text)}" if place.text else f"{place.lang} has nothing here"
        out["message"] = {"text": braced(_unlinked(said))}
        return out

    def _suppression(self, by: Suppression) -> dict[str, Any]:
        because = {"inline": "", "baseline": f"listed in {by.origin}", "since": f"older than {by.origin}"}[by.kind]
        out: dict[str, Any] = {"kind": "inSource" if by.kind == "inline" else "external", "status": "accepted"}
        if by.reason or because:
            out["justification"] = by.reason or because
        place = re.fullmatch(r"(.+):(\d+)(?::\d+)?", by.origin)
        if by.kind == "inline" and place and int(place[2]):
            region = {"startLine": int(place[2])}
            out["location"] = {"physicalLocation": {"artifactLocation": self._artifact(place[1]), "region": region}}
        return out


def _most_severe(found: list[Entry]) -> tuple[list[Entry], int]:
    """Return what a file may hold, in its order, those that count before the others, and how many are left out."""
    if len(found) <= MAX_RESULTS:
        return found, 0
    ordered = worst_first(e for e in found if e.by is None) + worst_first(e for e in found if e.by is not None)
    kept = {id(e) for e in ordered[:MAX_RESULTS]}
    return [e for e in found if id(e) in kept], len(found) - MAX_RESULTS


def _region(place: Place, locator: Locator) -> dict[str, Any]:
    if not locator.lined(place.lang):  # code scanning refuses a result without lines
        return {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}
    start, end = locator.start(place), locator.end(place)
    region: dict[str, Any] = {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }
    if place.text:
        region["snippet"] = {"text": place.text}
    return region


def _message(entry: Entry) -> str:
    """Return the message, and links to the other versions."""
    links = [
        f"[the {LANGUAGE_NAMES[p.lang]} version]({number})" for number, p in enumerate(entry.finding.counterparts, 1)
    ]
    text = _unlinked(one_line(entry.finding.message))
    return braced(f"{text.rstrip('.')}. See {', '.join(links)}." if links else text)


def _short(text: str) -> str:
    line = " ".join(one_line(text).split())
    return line if len(line) <= _EXCERPT else f"{line[: _EXCERPT - 1].rstrip()}…"


def _unlinked(text: str) -> str:
    """Return a text in which nothing is taken for a link, whatever the versions hold."""
    return text.replace("](", "] (")
