"""Known findings: a file that names them by their fingerprints, so that only new ones count.

The file is made to be read and reviewed: sorted, one field a line, and an entry stays as it is while its finding does.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from transcheck.run.fingerprint import DIGITS, known_as
from transcheck.run.sidecar import as_date
from transcheck.types import ConfigError, DocumentReport, Finding, Suppressed, Suppression

FILE_NAME = ".transcheck-baseline.json"
"""What the file is called where no other name is given; it lies in the root of the repository."""

VERSION = 1
_SHOWN = 60
"""Code points of a place that an excerpt shows."""

_REMEDY = "mend it, take it from the last commit, or write it anew: transcheck baseline write"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A known finding: which, in which document, why it stays, who said so and when, and until when ("": for good).

    ``excerpt`` is for readers: the words at its places.
    """

    document: str
    code: str
    fingerprint: str
    excerpt: str = ""
    reason: str = ""
    author: str = ""
    date: str = ""
    until: str = ""

    def expired(self, today: dt.date) -> bool:
        """Tell whether the day is over until which the finding was to stay."""
        return bool(self.until) and dt.date.fromisoformat(self.until) < today


@dataclass(frozen=True, slots=True)
class Baseline:
    """The entries of a baseline file, sorted by document, code and fingerprint; ``origin`` names the file."""

    entries: tuple[Entry, ...] = ()
    origin: str = FILE_NAME

    def render(self) -> str:
        """Return the content of the file."""
        found = [{k: v for k, v in asdict(e).items() if v or k != "until"} for e in sorted(self.entries)]
        return json.dumps({"version": VERSION, "findings": found}, ensure_ascii=False, indent=2) + "\n"

    def write(self, path: Path) -> None:
        """Write the file in one step, so that no half of one is ever read; ConfigError where it cannot be written."""
        name = None
        try:
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f"{path.name}.", delete=False
            ) as file:
                name = file.name
                file.write(self.render())
            _as_others(Path(name), path)
            os.replace(name, path)
        except OSError as error:
            if name is not None:
                with suppress(OSError):
                    os.unlink(name)
            raise ConfigError(f"{path}: cannot be written: {error.strerror or error}") from error

    def apply(
        self, reports: Sequence[DocumentReport], *, today: dt.date | None = None, complete: bool = False
    ) -> tuple[list[DocumentReport], tuple[str, ...]]:
        """Return the reports with known findings moved to ``suppressed``, and what is wrong with entries.

        ``complete``: the reports are on everything that there is; otherwise nothing is said of entries on documents
        that were not looked at. Each text says which entry is stale, or out of date, in a few words.
        """
        today = today or dt.date.today()
        known = {e.fingerprint: e for e in self.entries}
        met: set[str] = set()
        out = []
        for report in reports:
            met.update(f.fingerprint for f in report.findings)
            held = {
                f.fingerprint: e for f in report.findings if (e := known.get(f.fingerprint)) and not e.expired(today)
            }
            out.append(self._parted(report, held) if held else report)
        judged = _judge(reports, complete)
        stale = [e for e in self.entries if e.fingerprint not in met and judged(e)]
        late = [e for e in self.entries if e.fingerprint in met and e.expired(today)]
        texts = [f"{_named(e)}: out of date since {e.until}" for e in late]
        return out, (*(f"{_named(e)}: not found any more" for e in stale), *texts)

    def _parted(self, report: DocumentReport, held: Mapping[str, Entry]) -> DocumentReport:
        known = [f for f in report.findings if f.fingerprint in held]
        put = [Suppressed(f, Suppression("baseline", held[f.fingerprint].reason, self.origin)) for f in known]
        kept = tuple(f for f in report.findings if f.fingerprint not in held)
        return replace(report, findings=kept, suppressed=(*report.suppressed, *put))

    def pruned(
        self, reports: Sequence[DocumentReport], *, today: dt.date | None = None, complete: bool = False
    ) -> Baseline:
        """Return the baseline without the entries that are stale or out of date; see :meth:`apply`."""
        today = today or dt.date.today()
        met = {f.fingerprint for r in reports for f in r.findings}
        judged = _judge(reports, complete)
        kept = (e for e in self.entries if not e.expired(today) and (e.fingerprint in met or not judged(e)))
        return replace(self, entries=tuple(kept))

    def extended(
        self,
        reports: Sequence[DocumentReport],
        *,
        reason: str = "",
        author: str = "",
        until: str = "",
        today: dt.date | None = None,
    ) -> Baseline:
        """Return a baseline with an entry for every finding of the reports; those that it has stay as they are."""
        day = (today or dt.date.today()).isoformat()
        known = {e.fingerprint for e in self.entries}
        new = [
            Entry(known_as(r), f.code, f.fingerprint, excerpt(f), reason, author, day, until)
            for r in reports
            for f in r.findings
            if f.fingerprint not in known
        ]
        return replace(self, entries=tuple(sorted((*self.entries, *new))))


def load(path: Path) -> Baseline:
    """Read a baseline file.

    Raises:
        ConfigError: there is no such file, or it is no baseline.
    """
    try:
        data = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; write it: transcheck baseline write --baseline {path}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: the baseline cannot be read ({error}); {_REMEDY}") from error
    except ValueError as error:
        raise ConfigError(f"{path}: the baseline is broken JSON ({error}); {_REMEDY}") from error
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise ConfigError(f"{path}: this is no baseline of transcheck; {_REMEDY}")
    if data.get("version") != VERSION:
        raise ConfigError(
            f"{path}: the baseline has version {data.get('version')!r}, known is {VERSION}; "
            "use the transcheck that wrote it, or write it anew: transcheck baseline write"
        )
    entries = [_entry(value, f"{path}, finding {number}") for number, value in enumerate(data["findings"], 1)]
    return Baseline(tuple(sorted(_distinct(entries, path))), str(path))


def excerpt(finding: Finding) -> str:
    """Return the words at the places of a finding, ``en "forty" | ru "четырнадцать"``, long ones cut."""
    places = (finding.span, *finding.counterparts)
    return " | ".join(f'{p.lang} "{_short(p.text)}"' if p.text.strip() else f"{p.lang} ∅" for p in places)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"


def _named(entry: Entry) -> str:
    return f"{entry.code} {entry.document} {entry.fingerprint}"


def _entry(value: object, where: str) -> Entry:
    """Return an entry from the file; ConfigError where it is none."""
    names = [f.name for f in fields(Entry)]
    if not isinstance(value, dict):
        raise ConfigError(f"{where}: an entry is an object with {', '.join(names)}; {_REMEDY}")
    wrong = next((k for k, v in value.items() if k not in names or not isinstance(v, str)), None)
    lacks = next((k for k in names[:3] if not value.get(k)), None)
    if wrong or lacks:
        what = f"{wrong!r} is no field with a text" if wrong else f"{lacks!r} is missing"
        raise ConfigError(f"{where}: {what}; the fields are {', '.join(names)}; {_REMEDY}")
    entry = Entry(**value)
    if not re.fullmatch(rf"[0-9a-f]{{{DIGITS}}}", entry.fingerprint):
        raise ConfigError(f"{where}: {entry.fingerprint!r} is no fingerprint; {_REMEDY}")
    if entry.until and as_date(entry.until) is None:
        raise ConfigError(f"{where}: until is no date ({entry.until!r}); write it as 2027-01-31, or leave it out")
    return entry


def _distinct(entries: Iterable[Entry], path: Path) -> list[Entry]:
    """Refuse two entries on one finding, as a merge may leave them."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        if seen.setdefault(entry.fingerprint, entry) != entry:
            raise ConfigError(
                f"{path}: two different entries have the fingerprint {entry.fingerprint}; keep one of them"
            )
    return list(seen.values())


def _judge(reports: Sequence[DocumentReport], complete: bool) -> Callable[[Entry], bool]:
    """Return what tells whether the run says anything of the document of an entry."""
    checked = {known_as(r) for r in reports if r.error is None}
    failed = {name for r in reports if r.error is not None for name in (known_as(r), r.id)}
    return lambda entry: entry.document not in failed and (complete or entry.document in checked)


def _as_others(new: Path, old: Path) -> None:
    """Give a new file the permissions of the one that it replaces, or the usual ones."""
    try:
        mode = old.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        mode = 0o666 & ~mask
    new.chmod(mode)
