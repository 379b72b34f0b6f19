"""A baseline knows findings by their fingerprints, keeps what is said of them, and tells what is stale."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports import checked_document, clean_document, failed_document
from transcheck.run import baseline as module
from transcheck.run.baseline import Baseline, Entry, excerpt, load
from transcheck.run.fingerprint import stamp
from transcheck.types import ConfigError, DocumentReport

TODAY = date(2026, 11, 26)
RIVER = stamp(checked_document())


def written(*reports: DocumentReport, reason: str = "from the archive") -> Baseline:
    return Baseline().extended(reports or (RIVER,), reason=reason, author="Олена Гай", today=TODAY)


def rewritten(baseline: Baseline, *reports: DocumentReport, today: date = TODAY, **said: str) -> Baseline:
    return baseline.pruned(reports, today=today).extended(reports, today=today, **said)


def named(name: str) -> DocumentReport:
    """Return the report on the same texts under another name."""
    report = checked_document()
    assert report.document is not None
    return stamp(replace(report, id=name, document=replace(report.document, id=name)))


def test_all_findings_are_written_and_then_known(tmp_path: Path) -> None:
    path = tmp_path / ".transcheck-baseline.json"
    written().write(path)
    baseline = load(path)
    assert [(e.document, e.code) for e in baseline.entries] == [(RIVER.id, c) for c in ("TC101", "TC201", "TC301")]
    (report,), stale = baseline.apply([RIVER], today=TODAY)
    assert (report.findings, stale) == ((), ())
    assert [s.finding for s in report.suppressed] == list(RIVER.findings)
    assert {(s.by.kind, s.by.reason, s.by.origin) for s in report.suppressed} == {
        ("baseline", "from the archive", str(path))
    }


def test_the_file_is_readable_and_sorted(tmp_path: Path) -> None:
    written(named("b"), named("a")).write(tmp_path / "b.json")
    text = (tmp_path / "b.json").read_text("utf-8")
    data = json.loads(text)
    assert (data["version"], [e["document"] for e in data["findings"]]) == (1, ["a"] * 3 + ["b"] * 3)
    first = data["findings"][2]
    assert first == {
        "document": "a",
        "code": "TC301",
        "fingerprint": first["fingerprint"],
        "excerpt": 'en "forty" | ru "четырнадцать" | uk "чотирнадцятеро"',
        "reason": "from the archive",
        "author": "Олена Гай",
        "date": "2026-11-26",
    }
    assert "чотирнадцятеро" in text
    assert text.endswith("}\n")


def test_a_new_finding_counts() -> None:
    baseline = replace(written(), entries=written().entries[:2])
    (report,), stale = baseline.apply([RIVER], today=TODAY)
    assert [f.code for f in report.findings] == ["TC301"]
    assert not stale


def test_what_is_not_found_any_more_is_stale_and_pruned() -> None:
    fixed = replace(RIVER, findings=RIVER.findings[1:])
    baseline = written()
    (report,), stale = baseline.apply([fixed], today=TODAY)
    assert not report.findings
    gone = RIVER.findings[0].fingerprint
    assert stale == (f"TC301 river {gone}: not found any more",)
    assert [e.code for e in baseline.pruned([fixed], today=TODAY).entries] == ["TC101", "TC201"]
    assert baseline.pruned([RIVER], today=TODAY) == baseline


def test_nothing_is_said_of_documents_that_were_not_looked_at() -> None:
    baseline = written(RIVER, named("lake"))
    _, stale = baseline.apply([RIVER], today=TODAY)
    assert not stale
    assert baseline.pruned([RIVER], today=TODAY) == baseline
    _, stale = baseline.apply([RIVER], today=TODAY, complete=True)
    assert [text.split()[1] for text in stale] == ["lake"] * 3
    assert len(baseline.pruned([RIVER], today=TODAY, complete=True).entries) == 3
    assert len(rewritten(baseline, RIVER).entries) == 6


def test_a_document_that_could_not_be_checked_keeps_its_entries() -> None:
    broken = replace(failed_document(), id="river")
    baseline = written()
    _, stale = baseline.apply([broken, clean_document()], today=TODAY, complete=True)
    assert not stale
    assert baseline.pruned([broken], today=TODAY, complete=True) == baseline


def test_writing_again_keeps_what_stays_and_dates_what_is_new() -> None:
    old = replace(written(), entries=written().entries[:2])
    new = rewritten(old, RIVER, reason="new", author="Petro", until="2027-01-31", today=date(2026, 12, 1))
    assert new.entries[:2] == old.entries
    added = new.entries[2]
    assert (added.reason, added.author, added.date, added.until) == ("new", "Petro", "2026-12-01", "2027-01-31")
    assert json.loads(new.render())["findings"][2]["until"] == "2027-01-31"
    assert rewritten(new, RIVER, reason="again") == new


def test_writing_again_changes_no_line_of_what_stays() -> None:
    few, more = written(named("a"), named("c")).render(), written(named("a"), named("b"), named("c")).render()
    assert set(few.splitlines()) <= set(more.splitlines())


@pytest.mark.parametrize(("until", "known"), [("2026-11-25", False), ("2026-11-26", True), ("", True)])
def test_an_entry_holds_until_its_day(until: str, known: bool) -> None:
    baseline = written()
    baseline = replace(baseline, entries=tuple(replace(e, until=until) for e in baseline.entries))
    (report,), stale = baseline.apply([RIVER], today=TODAY)
    assert (len(report.findings), len(report.suppressed)) == ((0, 3) if known else (3, 0))
    assert len(stale) == (0 if known else 3)
    assert all("out of date since 2026-11-25" in text for text in stale)
    assert len(baseline.pruned([RIVER], today=TODAY).entries) == (3 if known else 0)
    assert {e.until for e in rewritten(baseline, RIVER).entries} == ({until} if known else {""})


def test_entries_survive_new_lines_in_the_texts() -> None:
    baseline = written()
    assert RIVER.document is not None
    versions = tuple(replace(v, text="\n\n" + v.text.replace(" ", "\n")) for v in RIVER.document.versions)

    places = {v.lang: v for v in versions}
    findings = tuple(
        replace(
            f,
            span=places[f.span.lang].place(f.span.start + 2, f.span.end + 2),
            counterparts=tuple(places[p.lang].place(p.start + 2, p.end + 2) for p in f.counterparts),
        )
        for f in RIVER.findings
    )
    again = stamp(replace(RIVER, document=replace(RIVER.document, versions=versions), findings=findings))
    (report,), stale = baseline.apply([again], today=TODAY)
    assert (report.findings, stale) == ((), ())


GOOD = {"document": "river", "code": "TC301", "fingerprint": "0123456789abcdef"}
BROKEN = [
    pytest.param("", "broken JSON", id="empty"),
    pytest.param('{"version": 1,\n<<<<<<< HEAD\n', r"broken JSON \(.*line 2 column 1", id="conflict"),
    pytest.param("[]", "no baseline of transcheck", id="a list"),
    pytest.param('{"version": 1}', "no baseline of transcheck", id="no findings"),
    pytest.param('{"version": 2, "findings": []}', "has version 2, known is 1", id="of the future"),
    pytest.param('{"version": 1, "findings": [1]}', "finding 1: an entry is an object", id="a number"),
    pytest.param({"code": "TC301"}, "finding 1: 'document' is missing", id="no document"),
    pytest.param({**GOOD, "fingerprint": "xyz"}, "'xyz' is no fingerprint", id="no fingerprint"),
    pytest.param({**GOOD, "reason": 1}, "'reason' is no field with a text", id="no text"),
    pytest.param({**GOOD, "resaon": "x"}, "'resaon' is no field", id="unknown field"),
    pytest.param({**GOOD, "until": "soon"}, "until is no date", id="no date"),
]


@pytest.mark.parametrize(("content", "message"), BROKEN)
def test_a_broken_file_is_an_error_that_says_what_to_do(
    tmp_path: Path, content: str | dict[str, object], message: str
) -> None:
    path = tmp_path / "b.json"
    path.write_text(content if isinstance(content, str) else json.dumps({"version": 1, "findings": [content]}))
    with pytest.raises(ConfigError, match=message) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}")
    assert "; " in str(caught.value)


def test_what_is_no_text_at_all_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path / "b.json")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_a_missing_file_is_an_error_that_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file; write it: transcheck baseline write"):
        load(tmp_path / "b.json")


def test_two_entries_on_one_finding_are_refused_unless_they_are_the_same(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(json.dumps({"version": 1, "findings": [GOOD, GOOD]}))
    assert len(load(path).entries) == 1
    path.write_text(json.dumps({"version": 1, "findings": [GOOD, {**GOOD, "reason": "other"}]}))
    with pytest.raises(ConfigError, match="two different entries have the fingerprint 0123456789abcdef"):
        load(path)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "b.json"
    path.write_text("old")
    path.chmod(0o640)

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(module.os, "replace", fails)
        with pytest.raises(ConfigError, match="cannot be written: No space left"):
            written().write(path)
    assert [p.name for p in tmp_path.iterdir()] == ["b.json"]
    assert path.read_text() == "old"
    written().write(path)
    assert path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(ConfigError, match="cannot be written"):
        written().write(tmp_path / "no" / "b.json")


def test_an_excerpt_shows_every_place_on_one_line() -> None:
    _, omission, _ = sorted(RIVER.findings, key=lambda f: f.code != "TC301")
    assert excerpt(omission).startswith('en ∅ | ru "«Отпустите их»')
    long = replace(RIVER.findings[0].span, text="слово\n" * 40)
    shown = excerpt(replace(RIVER.findings[0], span=long, counterparts=()))
    assert len(shown) < 70
    assert "\n" not in shown
    assert shown.endswith('…"')


TEXTS = st.text(min_size=0, max_size=12)
ENTRIES = st.builds(
    Entry,
    st.text(min_size=1, max_size=9),
    st.sampled_from(["TC101", "TC301"]),
    st.text("0123456789abcdef", min_size=16, max_size=16),
    TEXTS,
    TEXTS,
    TEXTS,
    st.sampled_from(["", "2026-01-01"]),
    st.sampled_from(["", "2027-01-31"]),
)


@settings(deadline=None)
@given(st.lists(ENTRIES, max_size=6, unique_by=lambda e: e.fingerprint))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> None:
    path = tmp_path_factory.mktemp("b") / "b.json"
    baseline = Baseline(tuple(sorted(entries)), str(path))
    baseline.write(path)
    assert load(path) == baseline
    assert load(path).render() == path.read_text("utf-8")
