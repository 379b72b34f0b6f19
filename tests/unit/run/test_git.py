"""What changed since a revision, asked of real repositories."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.repositories import Repository, repository
from transcheck.run import git
from transcheck.run.git import Change, author, changes
from transcheck.types import ConfigError

LONG = "".join(f"line {n}\n" for n in range(30))


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    made = repository(tmp_path / "a repo")
    made.commit(**{"same.md": "same", "old name.md": LONG, "changed.md": "one", "gone.md": "gone", "текст.md": "так"})
    return made


def seen(change: Change) -> dict[str, str | None]:
    return {change.relative(name) or name: old for name, old in change.before.items()}


def test_nothing_changed(repo: Repository) -> None:
    change = changes("HEAD", repo.path)
    assert (seen(change), change.gone) == ({}, ())
    assert repo.path / "same.md" not in change


def test_every_kind_of_change_committed_staged_and_not_staged(repo: Repository) -> None:
    first = repo.git("rev-parse", "HEAD")
    (repo.path / "new").mkdir()
    repo.git("mv", "old name.md", "new/name.md")
    repo.commit()
    repo.write("changed.md", "two")
    repo.write("текст.md", "ні")
    repo.git("add", "текст.md")
    repo.write("staged.md", "new")
    repo.git("add", "staged.md")
    repo.write("папка/new file.md", "new")
    (repo.path / "gone.md").unlink()
    change = changes(first, repo.path)
    assert seen(change) == {
        "new/name.md": "old name.md",
        "changed.md": "changed.md",
        "текст.md": "текст.md",
        "staged.md": None,
        "папка/new file.md": None,
    }
    assert change.gone == ("gone.md",)
    assert (change.base, change.revision, change.top) == (first, first, Path(os.path.realpath(repo.path)))
    assert change.old_name(repo.path / "same.md") == "same.md"
    assert change.old_name(repo.path / "new" / "name.md") == "old name.md"
    assert change.old_name(repo.path / "staged.md") is None
    assert change.old_name(repo.path.parent / "elsewhere.md") is None


def test_a_file_that_git_ignores_is_no_change(repo: Repository) -> None:
    repo.commit(**{".gitignore": "*.tmp\n"})
    repo.write("x.tmp", "x")
    assert not changes("HEAD", repo.path).before


def test_old_contents_come_as_they_were(repo: Repository) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.write("bytes.bin", b"\x00\xff\nabc 7\n")
    repo.write("line\nbreak.md", "odd")
    second = repo.commit()
    repo.commit(**{"bytes.bin": "other", "changed.md": "two"})
    names = ["bytes.bin", "changed.md", "no such.md", "текст.md", "line\nbreak.md", "changed.md"]
    assert changes(second, repo.path).contents(names) == {
        "bytes.bin": b"\x00\xff\nabc 7\n",
        "changed.md": b"one",
        "текст.md": "так".encode(),
        "line\nbreak.md": b"odd",
    }
    assert set(changes(first, repo.path).contents(names)) == {"changed.md", "текст.md"}
    assert changes(first, repo.path).contents([]) == {}


def test_a_branch_is_compared_with_where_it_left(repo: Repository) -> None:
    start = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.commit(**{"mine.md": "mine"})
    repo.git("checkout", "--quiet", "main")
    repo.commit(**{"theirs.md": "theirs", "same.md": "theirs"})
    repo.git("checkout", "--quiet", "topic")
    change = changes("main", repo.path)
    assert (change.base, seen(change)) == (start, {"mine.md": None})


def test_histories_without_a_common_commit_are_compared_as_they_are(repo: Repository) -> None:
    main = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "--quiet", "--orphan", "other")
    repo.commit(**{"same.md": "other"})
    change = changes("main", repo.path)
    assert (change.base, seen(change)) == (main, {"same.md": "same.md"})


def test_a_tag_and_a_folder_below_and_a_link_to_it_will_do(repo: Repository, tmp_path: Path) -> None:
    repo.git("tag", "v1")
    repo.write("sub/x.md", "x")
    link = tmp_path / "link"
    link.symlink_to(repo.path)
    for folder in (repo.path / "sub", link / "sub", link):
        change = changes("v1", folder)
        assert seen(change) == {"sub/x.md": None}
        assert link / "sub" / "x.md" in change
        assert repo.path / "sub" / "x.md" in change


def test_no_repository(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no git repository.*run transcheck in the repository, or without --since"):
        changes("HEAD", tmp_path)


@pytest.mark.parametrize("revision", ["no-such", "HEAD~99", "--help", "HEAD:same.md", "HEAD^{tree}"])
def test_an_unknown_revision(repo: Repository, revision: str) -> None:
    with pytest.raises(ConfigError, match=r"knows no such revision; fetch it \(git fetch origin"):
        changes(revision, repo.path)


def test_a_repository_without_commits(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="knows no such revision"):
        changes("HEAD", repository(tmp_path / "empty").path)


@pytest.mark.parametrize("revision", ["", " ", "0" * 40])
def test_no_revision_as_forges_give_it_for_a_new_branch(repo: Repository, revision: str) -> None:
    with pytest.raises(ConfigError, match=r"a new branch has nothing before it.*--since origin/main"):
        changes(revision, repo.path)


def test_a_shallow_clone(repo: Repository, tmp_path: Path) -> None:
    first = repo.git("rev-parse", "HEAD")
    repo.commit(**{"changed.md": "two"})
    repo.commit(**{"changed.md": "three"})
    clone = Repository(tmp_path / "clone")
    clone.path.mkdir()
    clone.git("clone", "--quiet", "--depth", "1", f"file://{repo.path}", ".")
    assert seen(changes("HEAD", clone.path)) == {}
    for revision in (first, "HEAD~1", "origin/topic"):
        with pytest.raises(ConfigError, match=r"shallow.*git fetch --unshallow.*fetch-depth: 0"):
            changes(revision, clone.path)


def test_a_shallow_clone_that_lacks_the_common_commit(repo: Repository, tmp_path: Path) -> None:
    repo.git("checkout", "--quiet", "-b", "topic")
    repo.commit(**{"mine.md": "mine"})
    repo.git("checkout", "--quiet", "main")
    repo.commit(**{"theirs.md": "theirs"})
    clone = Repository(tmp_path / "clone")
    clone.path.mkdir()
    clone.git("clone", "--quiet", "--depth", "1", "--no-single-branch", f"file://{repo.path}", ".")
    with pytest.raises(ConfigError, match="shallow and its history ends before origin/topic"):
        changes("origin/topic", clone.path)


def test_git_that_is_not_there(repo: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ConfigError, match="needs git, which is not installed"):
        changes("HEAD", repo.path)
    assert author(repo.path) == ""


def test_a_repository_that_git_cannot_read(repo: Repository) -> None:
    (repo.path / ".git" / "config").write_text("[core\n")
    with pytest.raises(ConfigError, match="git cannot read the repository: bad config"):
        changes("HEAD", repo.path)


def test_the_author_is_who_git_knows(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    assert author(repo.path) == ""
    repo.git("config", "user.name", "Олена Гай")
    assert author(repo.path) == "Олена Гай"
    assert git.real(repo.path / "x") == os.path.join(os.path.realpath(repo.path), "x")
