"""``check --since``: only what a change introduced, in real repositories."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_baseline import EN, GOOD, RU, UK, Run, repo, run, swap
from tests.repositories import Repository

__all__ = ["repo", "run"]  # fixtures


def lines(done: Any) -> list[tuple[str, str]]:
    """Return file and code of each finding."""
    return [(line.split(":")[0], line.split()[2]) for line in done.stdout.splitlines()]


def test_nothing_changed_is_clean_and_reads_nothing(repo: Repository, run: Run) -> None:
    done = run("check", "--since", "HEAD")
    assert done.stdout == ""
    assert "since HEAD: 0 documents checked" in done.stderr


def test_only_what_the_change_introduced_in_any_version(repo: Repository, run: Run) -> None:
    swap(repo, "texts/river.uk.md", "о шостій", "о сьомій")
    done = run("check", "--since", "HEAD", code=1)
    assert lines(done) == [("texts/river.uk.md", "TC301")]
    assert "since HEAD: 1 document checked" in done.stderr
    assert "1 suppressed (1 older than the change)" in done.stderr
    repo.commit()
    run("check", "--since", "HEAD")
    assert lines(run("check", "--since", "HEAD~1", code=1)) == [("texts/river.uk.md", "TC301")]


def test_findings_of_before_never_fail_a_run(repo: Repository, run: Run) -> None:
    swap(repo, "texts/river.en.md", "at home", "in the house")
    done = run("check", "--since", "HEAD", "--fail-on", "note", "--select", "TC3")
    assert done.stdout == ""


def test_new_files_and_renamed_ones(repo: Repository, run: Run) -> None:
    for lang, text in (("ru", RU), ("en", EN)):
        repo.write(f"texts/new.{lang}.md", text)
    repo.git("mv", "texts/river.en.md", "texts/stream.en.md")
    repo.git("mv", "texts/river.ru.md", "texts/stream.ru.md")
    repo.git("mv", "texts/river.uk.md", "texts/stream.uk.md")
    done = run("check", "--since", "HEAD", code=1)
    assert lines(done) == [("texts/new.ru.md", "TC301")]
    assert "2 documents checked" in done.stderr


def test_a_lone_new_text_breaks_nothing(repo: Repository, run: Run) -> None:
    repo.write("texts/new.ru.md", RU)
    done = run("check", "--since", "HEAD")
    assert "1 without another version" in done.stderr


def test_a_version_that_goes_is_missing_where_it_is_required(repo: Repository, run: Run) -> None:
    (repo.path / "texts/lake.en.md").unlink()
    run("check", "--since", "HEAD")
    assert lines(run("check", "--since", "HEAD", "--require", "ru,uk,en", code=1)) == [("texts/lake.ru.md", "TC105")]
    repo.commit()
    run("check", "--since", "HEAD", "--require", "ru,uk,en")
    swap(repo, "texts/lake.ru.md", "утра", "утра сегодня")
    done = run("check", "--since", "HEAD", "--require", "ru,uk,en", "--fail-on", "error", "--select", "TC105")
    assert "1 older than the change" in done.stderr


def test_broken_texts_elsewhere_are_not_looked_at_and_those_of_the_change_are_errors(
    repo: Repository, run: Run
) -> None:
    repo.write("texts/lake.en.md", b"\x00\x01")
    repo.commit()
    run("check", code=2)
    run("check", "--since", "HEAD")
    repo.write("texts/river.en.md", b"\x00\x01")
    assert "river.en.md" in run("check", "--since", "HEAD", code=2).stderr
    repo.commit()
    repo.write("texts/river.en.md", GOOD)
    run("check", "--since", "HEAD")


def test_removing_a_comment_introduces_what_it_answered(repo: Repository, run: Run) -> None:
    comment = " <!-- transcheck: ignore[TC301] so it is -->"
    swap(repo, "texts/river.en.md", "of us.", f"of us.{comment}")
    run("check", "--since", "HEAD")
    repo.commit()
    swap(repo, "texts/river.en.md", comment, "")
    assert lines(run("check", "--since", "HEAD", code=1)) == [("texts/river.en.md", "TC301")]


def test_removing_an_entry_of_a_list_introduces_what_it_answered(repo: Repository, run: Run) -> None:
    name = "texts/river.en.md.transcheck.toml"
    repo.write(name, '[[ignore]]\ncode = "TC301"\ntext = "forty"\nreason = "so it is"\n')
    repo.commit()
    (repo.path / name).unlink()
    assert lines(run("check", "--since", "HEAD", code=1)) == [("texts/river.en.md", "TC301")]


def test_the_baseline_comes_first_and_only_stale_entries_of_changed_texts_are_named(repo: Repository, run: Run) -> None:
    run("baseline", "write")
    repo.commit()
    swap(repo, "texts/river.en.md", "at home", "in the house")
    done = run("check", "--since", "HEAD", "--select", "TC3")
    assert "1 suppressed (1 in the baseline)" in done.stderr
    assert "stale" not in done.stderr
    swap(repo, "texts/river.en.md", "forty", "fourteen")
    assert "1 stale in the baseline" in run("check", "--since", "HEAD", "--select", "TC3").stderr


def test_catalogues_and_manifests(repo: Repository, run: Run) -> None:
    head = 'msgid ""\nmsgstr "Language: uk\\nX-Source-Language: en\\n"\n\n'
    entry = 'msgid "There were forty of us."\nmsgstr "Нас було чотирнадцять."\n\n'
    repo.write("po/uk.po", head + entry)
    repo.write("other/a.txt", RU)
    repo.write("other/b.txt", EN)
    repo.write("groups.csv", "id,ru,en\nx,other/a.txt,other/b.txt\n")
    repo.write("transcheck.toml", 'model = "fast"\nmanifest = "groups.csv"\nexclude = ["other/"]\n')
    repo.commit()
    assert "0 documents checked" in run("check", "--since", "HEAD").stderr
    repo.write("po/uk.po", f'{head}# moved\n\n{entry}msgid "He did not come."\nmsgstr "Він прийшов."\n\n')
    repo.write("other/b.txt", EN.replace("Nobody fired", "Somebody fired"))
    done = run("check", "--since", "HEAD", code=1)
    assert lines(done) == [("po/uk.po", "TC203"), ("other/a.txt", "TC202")]
    assert "2 suppressed (2 older than the change)" in done.stderr


def test_the_text_on_the_standard_input_is_part_of_the_change(repo: Repository, invoke: Run) -> None:
    text = EN.replace("Nobody fired", "Somebody fired")
    done = invoke("check", "--stdin-filename", "texts/river.en.md", "--since", "HEAD", stdin=text)
    assert done.exit_code == 1, done.output
    assert lines(done) == [("texts/river.en.md", "TC202")]
    done = invoke("check", "--stdin-filename", "texts/river.en.md", "--since", "HEAD", stdin=EN)
    assert done.exit_code == 0


def test_a_folder_below_and_named_files(repo: Repository, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    swap(repo, "texts/river.en.md", "Nobody fired", "Somebody fired")
    swap(repo, "texts/lake.en.md", "Nobody fired", "Somebody fired")
    assert lines(run("check", "texts/lake.ru.md", "--since", "HEAD", code=1)) == [("texts/lake.en.md", "TC202")]
    monkeypatch.chdir(repo.path / "texts")
    assert lines(run("check", "--since", "HEAD", code=1)) == [("lake.en.md", "TC202"), ("river.en.md", "TC202")]


def test_json_names_the_revision(repo: Repository, run: Run) -> None:
    swap(repo, "texts/river.en.md", "at home", "in the house")
    data = json.loads(run("check", "--since", "HEAD", "--select", "TC3", "--format", "json").stdout)
    assert (data["summary"]["since"], data["summary"]["exit_code"]) == ("HEAD", 0)
    (found,) = data["documents"][0]["suppressed"]
    assert found["suppressed"] == {"kind": "since", "reason": "", "origin": "HEAD"}


def test_errors_say_what_to_do(repo: Repository, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "git knows no such revision; fetch it" in run("check", "--since", "origin/main", code=2).stderr
    assert "a new branch has nothing before it" in run("check", "--since", "", code=2).stderr
    clone = Repository(tmp_path / "clone")
    clone.path.mkdir()
    repo.commit()
    clone.git("clone", "--quiet", "--depth", "1", f"file://{repo.path}", ".")
    monkeypatch.chdir(clone.path)
    done = run("check", "--since", "HEAD~1", code=2)
    assert "git fetch --unshallow" in done.stderr
    assert done.stdout == ""
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "a.ru.md").write_text(RU)
    (plain / "a.uk.md").write_text(UK)
    monkeypatch.chdir(plain)
    assert "this is no git repository" in run("check", "--since", "HEAD", code=2).stderr
