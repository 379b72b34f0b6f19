"""What a change introduced: which groups it touches, how they were, and which of the findings are new."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.reports import checked_document
from tests.repositories import Repository, repository
from transcheck.encode import load_encoder
from transcheck.read.groups import Groups, Layout, find_groups, read_groups
from transcheck.run.batch import run_documents
from transcheck.run.fingerprint import stamp
from transcheck.run.git import Change, changes
from transcheck.run.since import introduced, past, read_old, touched, went
from transcheck.types import DocumentReport, Lang, Suppressed, Suppression

RIVER = stamp(checked_document())


def codes(report: DocumentReport) -> list[str]:
    return [f.code for f in report.findings]


def test_what_was_there_before_is_kept_apart_and_does_not_count() -> None:
    old = replace(RIVER, findings=RIVER.findings[:2])
    (report,) = introduced([RIVER], [old], "main")
    assert codes(report) == ["TC201"]
    assert [(s.finding, s.by) for s in report.suppressed] == [
        (f, Suppression("since", "", "main")) for f in RIVER.findings[:2]
    ]


def test_a_new_document_is_all_new() -> None:
    assert introduced([RIVER], [], "main") == (RIVER,)
    assert introduced([RIVER], [DocumentReport("river", error="it was broken")], "main") == (RIVER,)


def test_a_finding_whose_suppression_went_is_new() -> None:
    by = Suppression("inline", "so it is", "a.md:1")
    old = replace(RIVER, findings=RIVER.findings[1:], suppressed=(Suppressed(RIVER.findings[0], by),))
    (report,) = introduced([RIVER], [old], "main")
    assert codes(report) == ["TC301"]


def test_what_is_suppressed_already_stays_so() -> None:
    by = Suppression("baseline", "known", "b.json")
    now = replace(RIVER, findings=RIVER.findings[1:], suppressed=(Suppressed(RIVER.findings[0], by),))
    (report,) = introduced([now], [RIVER], "main")
    assert [s.by.kind for s in report.suppressed] == ["baseline", "since", "since"]


@pytest.mark.parametrize("lang", ["ru", "uk"])
def test_a_version_that_came_or_went_makes_no_old_finding_new(lang: Lang) -> None:
    assert RIVER.document is not None
    versions = tuple(v for v in RIVER.document.versions if v.lang != lang)
    few = replace(
        RIVER,
        document=replace(RIVER.document, versions=versions),
        findings=tuple(
            replace(f, lang=None, counterparts=tuple(p for p in f.counterparts if p.lang != lang))
            for f in RIVER.findings[:2]
        ),
    )
    few = stamp(few)
    assert not {f.fingerprint for f in few.findings} & {f.fingerprint for f in RIVER.findings}
    assert codes(introduced([RIVER], [few], "main")[0]) == ["TC201"]
    assert codes(introduced([few], [RIVER], "main")[0]) == []
    twice = replace(RIVER, findings=(*RIVER.findings, replace(RIVER.findings[0], fingerprint="f" * 16)))
    assert codes(introduced([twice], [few], "main")[0]) == ["TC201", "TC301"]


RU = "Мы пришли в шесть утра.\n\nНас было четырнадцать.\n\nНикто не стрелял, и мы остались дома.\n"
UK = "Ми прийшли о шостій ранку.\n\nНас було чотирнадцять.\n\nНіхто не стріляв, і ми залишилися вдома.\n"
EN = "We came at six in the morning.\n\nThere were forty of us.\n\nNobody fired, and we stayed at home.\n"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = repository(tmp_path / "repo")
    for name in ("river", "lake", "sea"):
        made.write(f"texts/{name}.ru.md", RU)
        made.write(f"texts/{name}.uk.md", UK)
        made.write(f"texts/{name}.en.md", EN)
    made.write("texts/lone.ru.md", RU)
    made.commit()
    monkeypatch.chdir(made.path)
    return made


def find(change: Change) -> tuple[Groups, Groups | None]:
    """Return the groups that a change touches, and those of the time before where files went."""
    layout = Layout(Path.cwd())
    gone = went(change)
    older = find_groups([Path()], layout, gone) if gone else None
    return touched(find_groups([Path()], layout), change, older), older


def listed(groups: Groups) -> list[tuple[str, str]]:
    return [(g.id, " ".join(g.langs)) for g in groups.groups] + [(x.id, f"({x.lang})") for x in groups.lone]


def swap(name: str, old: str, new: str) -> Callable[[Repository], object]:
    return lambda repo: repo.write(name, (repo.path / name).read_text("utf-8").replace(old, new))


def renamed(repo: Repository) -> None:
    for lang in ("ru", "uk", "en"):
        repo.git("mv", f"texts/river.{lang}.md", f"texts/stream.{lang}.md")


def removed(repo: Repository) -> None:
    (repo.path / "texts/lake.en.md").unlink()


def lonely(repo: Repository) -> None:
    removed(repo)
    (repo.path / "texts/lake.uk.md").unlink()


CASES = [
    pytest.param(lambda repo: None, [], [], id="nothing"),
    pytest.param(
        swap("texts/river.en.md", "forty", "fifty"),
        [("texts/river", "ru uk en")], [("texts/river", "ru uk en")], id="an edit",
    ),
    pytest.param(renamed, [("texts/stream", "ru uk en")], [("texts/stream", "ru uk en")], id="rename"),
    pytest.param(removed, [("texts/lake", "ru uk")], [("texts/lake", "ru uk en")], id="one version gone"),
    pytest.param(lonely, [("texts/lake", "(ru)")], [("texts/lake", "ru uk en")], id="two versions gone"),
    pytest.param(
        lambda repo: repo.write("texts/lone.en.md", EN),
        [("texts/lone", "ru en")], [("texts/lone", "(ru)")], id="a translation",
    ),
    pytest.param(lambda repo: repo.write("texts/new.en.md", EN), [("texts/new", "(en)")], [], id="a lone text"),
    pytest.param(
        lambda repo: [repo.write(f"texts/new.{x}.md", t) for x, t in (("ru", RU), ("en", EN))],
        [("texts/new", "ru en")], [], id="a new group",
    ),
    pytest.param(
        lambda repo: repo.write("texts/sea.en.md.transcheck.toml", ""),
        [("texts/sea", "ru uk en")], [("texts/sea", "ru uk en")], id="a list beside a file",
    ),
    pytest.param(lambda repo: repo.write("notes.md", "Notes."), [], [], id="another file"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "now", "before"), CASES)
def test_the_groups_that_a_change_touches_and_what_they_were(
    repo: Repository, change: Callable[[Repository], object], now: list[tuple[str, str]], before: list[tuple[str, str]]
) -> None:
    change(repo)
    found = changes("HEAD", repo.path)
    groups, older = find(found)
    assert listed(groups) == now
    then = past(groups, found, older)
    assert listed(then.groups) == before
    for group in then.groups.groups:
        for lang, path in group.files:
            text = then.unsaved.get(path, path.read_bytes() if path.exists() else b"").decode()
            assert text == {"ru": RU, "uk": UK, "en": EN}[lang]


def checked(groups: Groups, unsaved: dict[Path, bytes] | None = None) -> list[DocumentReport]:
    report = run_documents(read_groups(replace(groups, lone=()), None, unsaved), load_encoder("fast"))
    return list(report.documents)


def new_in(repo: Repository) -> list[tuple[str, list[str], int]]:
    """Return id, new findings and number of older ones of every document that a change since HEAD touches."""
    change = changes("HEAD", repo.path)
    groups, older = find(change)
    then = past(groups, change, older)
    reports = introduced(checked(groups), checked(then.groups, dict(then.unsaved)), "HEAD")
    return [(r.id, codes(r), len(r.suppressed)) for r in reports]


def test_only_new_findings_of_changed_groups(repo: Repository) -> None:
    assert new_in(repo) == []
    swap("texts/river.en.md", "Nobody fired", "Somebody fired")(repo)
    assert new_in(repo) == [("texts/river", ["TC202"], 1)]
    swap("texts/river.en.md", "forty", "fifty")(repo)
    assert new_in(repo) == [("texts/river", ["TC301", "TC202"], 0)]


def test_an_edit_that_only_moves_lines_introduces_nothing(repo: Repository) -> None:
    swap("texts/river.en.md", "\n\n", "\n\n\n\n")(repo)
    swap("texts/river.ru.md", " ", "\n")(repo)
    assert new_in(repo) == [("texts/river", [], 1)]


def test_a_renamed_group_introduces_nothing(repo: Repository) -> None:
    renamed(repo)
    assert new_in(repo) == [("texts/stream", [], 1)]


def test_a_version_that_goes_or_comes_introduces_nothing(repo: Repository) -> None:
    removed(repo)
    (repo.path / "texts/river.uk.md").unlink()
    assert new_in(repo) == [("texts/lake", [], 0), ("texts/river", [], 1)]
    repo.commit()
    repo.write("texts/river.uk.md", UK)
    assert new_in(repo) == [("texts/river", [], 1)]
    repo.write("texts/lake.en.md", EN)
    assert new_in(repo)[0] == ("texts/lake", ["TC301"], 0)


def test_lists_beside_files_are_read_as_they_were(repo: Repository, tmp_path: Path) -> None:
    name = "texts/river.en.txt.transcheck.toml"
    repo.write(name, "old")
    repo.write(f"{name}.same", "same")
    repo.commit()
    repo.write(name, "new")
    change = changes("HEAD", repo.path)
    assert read_old(change, name) == "old"
    assert read_old(change, os.path.join(os.curdir, name)) == "old"
    assert read_old(change, f"{name}.same") == "same"
    assert read_old(change, "texts/other.toml") is None
    (repo.path / name).unlink()
    assert read_old(changes("HEAD", repo.path), name) == "old"
    repo.write("texts/made.toml", "made")
    assert read_old(changes("HEAD", repo.path), "texts/made.toml") is None
    outside = tmp_path / "x.toml"
    outside.write_text("x")
    assert read_old(change, str(outside)) == "x"


def test_problems_of_other_files_are_left_out(repo: Repository) -> None:
    repo.write("texts/twice.en.md", EN)
    repo.write("texts/twice.eng.md", EN)
    repo.commit()
    swap("texts/river.en.md", "forty", "fifty")(repo)
    change = changes("HEAD", repo.path)
    found = find_groups([Path(), Path("no-such")], Layout(Path.cwd()))
    assert len(found.problems) == 2
    assert [p.id for p in touched(found, change).problems] == ["no-such"]
    swap("texts/twice.eng.md", "forty", "fifty")(repo)
    assert len(touched(found, changes("HEAD", repo.path)).problems) == 2
