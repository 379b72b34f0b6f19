"""``transcheck baseline`` and the options of ``check`` that say what is known: in real repositories, with the model."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repository, repository

RU = "Мы пришли в шесть утра.\n\nНас было четырнадцать.\n\nНикто не стрелял, и мы остались дома.\n"
UK = "Ми прийшли о шостій ранку.\n\nНас було чотирнадцять.\n\nНіхто не стріляв, і ми залишилися вдома.\n"
EN = "We came at six in the morning.\n\nThere were forty of us.\n\nNobody fired, and we stayed at home.\n"
GOOD = EN.replace("forty", "fourteen")
BASELINE = ".transcheck-baseline.json"

Run = Callable[..., Any]


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Return a repository of two groups with a wrong number each, and go there."""
    made = repository(tmp_path / "repo")
    made.write("transcheck.toml", 'model = "fast"\n')
    for name in ("river", "lake"):
        for lang, text in (("ru", RU), ("uk", UK), ("en", EN)):
            made.write(f"texts/{name}.{lang}.md", text)
    made.commit()
    made.git("config", "user.name", "Олена Гай")
    monkeypatch.chdir(made.path)
    return made


@pytest.fixture
def run(invoke: Run) -> Run:
    def run(*arguments: str, code: int = 0) -> Any:
        done = invoke(*arguments)
        assert done.exit_code == code, done.output
        return done

    return run


def entries(repo: Repository) -> list[dict[str, str]]:
    data = json.loads((repo.path / BASELINE).read_text("utf-8"))
    found: list[dict[str, str]] = data["findings"]
    return found


def swap(repo: Repository, name: str, old: str, new: str) -> None:
    text = (repo.path / name).read_text("utf-8")
    assert old in text
    repo.write(name, text.replace(old, new))


def test_what_is_written_does_not_count_and_what_is_new_does(repo: Repository, run: Run) -> None:
    run("check", code=1)
    done = run("baseline", "write", "--reason", "from the archive")
    assert f"{BASELINE}: 2 known (2 new, 0 kept, 0 dropped)" in done.stdout
    (lake, river) = entries(repo)
    assert (lake["document"], river["document"]) == ("texts/lake", "texts/river")
    assert (river["code"], river["reason"], river["author"]) == ("TC301", "from the archive", "Олена Гай")
    assert river["date"] == date.today().isoformat()
    assert 'en "forty"' in river["excerpt"]
    done = run("check")
    assert done.stdout == ""
    assert "no findings; 2 suppressed (2 in the baseline)" in done.stderr
    swap(repo, "texts/river.en.md", "Nobody fired", "Somebody fired")
    done = run("check", code=1)
    assert "TC202" in done.stdout
    assert "TC301" not in done.stdout


def test_moved_lines_and_other_quotes_change_nothing(repo: Repository, run: Run) -> None:
    run("baseline", "write")
    swap(repo, "texts/river.en.md", "There were forty", "\n\nThere were\nforty")
    run("check")


def test_a_fixed_finding_leaves_a_stale_entry_that_prune_drops(repo: Repository, run: Run) -> None:
    run("baseline", "write", "--reason", "old")
    swap(repo, "texts/river.en.md", "forty", "fourteen")
    before = (repo.path / BASELINE).read_text("utf-8")
    done = run("check", "--verbose")
    assert "1 stale in the baseline (transcheck baseline prune)" in done.stderr
    assert "stale in the baseline: TC301 texts/river" in done.stderr
    assert (repo.path / BASELINE).read_text("utf-8") == before
    assert "1 known (1 dropped)" in run("baseline", "prune").stdout
    assert [e["document"] for e in entries(repo)] == ["texts/lake"]
    assert "stale" not in run("check").stderr


def test_a_text_that_is_gone_is_stale_in_a_run_on_everything_alone(repo: Repository, run: Run) -> None:
    run("baseline", "write")
    for lang in ("ru", "uk", "en"):
        (repo.path / f"texts/river.{lang}.md").unlink()
    assert "stale" not in run("check", "texts/lake.en.md").stderr
    assert "1 known (0 dropped)" not in run("baseline", "prune", "texts/lake.en.md").stdout
    assert len(entries(repo)) == 2
    assert "1 stale" in run("check").stderr
    assert "1 stale" in run("check", ".").stderr
    run("baseline", "prune")
    assert len(entries(repo)) == 1


def test_writing_again_keeps_reasons_and_writing_a_part_keeps_the_rest(repo: Repository, run: Run) -> None:
    run("baseline", "write", "--reason", "old", "--author", "Petro", "--until", "2999-12-31")
    swap(repo, "texts/river.en.md", "Nobody fired", "Somebody fired")
    done = run("baseline", "write", "texts/river.en.md", "--reason", "new")
    assert "3 known (1 new, 2 kept, 0 dropped)" in done.stdout
    assert [(e["code"], e["reason"], e["author"]) for e in entries(repo)] == [
        ("TC301", "old", "Petro"),
        ("TC202", "new", "Олена Гай"),
        ("TC301", "old", "Petro"),
    ]
    assert entries(repo)[0]["until"] == "2999-12-31"
    assert "until" not in entries(repo)[1]


def test_an_entry_out_of_date_counts_again(repo: Repository, run: Run) -> None:
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    run("baseline", "write", "--until", yesterday)
    done = run("check", "-v", code=1)
    assert f"out of date since {yesterday}" in done.stderr
    assert "2 stale in the baseline" in done.stderr


def test_show_lists_what_is_known_and_why(repo: Repository, run: Run) -> None:
    run("baseline", "write", "--reason", "from the archive", "--until", "2999-12-31")
    lines = run("baseline", "show").stdout.splitlines()
    assert lines[0].startswith('texts/lake: TC301 en "forty" | ru "четырнадцать" | uk "чотирнадцять" [')
    assert lines[1] == f"    from the archive (Олена Гай, {date.today().isoformat()}, until 2999-12-31)"
    assert lines[-1] == f"{BASELINE}: 2 known findings"
    assert json.loads(run("baseline", "show", "--format", "json").stdout)["findings"] == entries(repo)


def test_the_baseline_may_have_another_name_or_none(repo: Repository, run: Run) -> None:
    run("baseline", "write", "--baseline", "known.json")
    assert not (repo.path / BASELINE).exists()
    run("check", code=1)
    run("check", "--baseline", "known.json")
    repo.write("transcheck.toml", 'model = "fast"\nbaseline = "known.json"\n')
    run("check")
    assert "2 known" in run("baseline", "show").stdout
    done = run("check", "--no-baseline", code=1)
    assert "0 suppressed" in done.stderr


def test_the_baseline_of_the_root_holds_in_folders_below(
    repo: Repository, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("baseline", "write")
    monkeypatch.chdir(repo.path / "texts")
    done = run("check")
    assert "2 in the baseline" in done.stderr
    assert "2 known (0 new, 2 kept, 0 dropped)" in run("baseline", "write").stdout
    assert "2 in the baseline" in run("check", "river.en.md", "../texts").stderr


def test_records_and_units_are_the_same_from_every_folder(
    repo: Repository, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = 'msgid ""\nmsgstr "Language: uk\\nX-Source-Language: en\\n"\n\n'
    repo.write("po/uk.po", head + 'msgid "There were forty of us."\nmsgstr "Нас було чотирнадцять."\n')
    repo.write("po/quotes.csv", "id,ru,en\nx,Нас было четырнадцать.,There were forty of us.\n")
    run("baseline", "write", "texts", "po/uk.po", "po/quotes.csv")
    assert [e["document"] for e in entries(repo)] == ["po/quotes.csv#x", "po/uk.po", "texts/lake", "texts/river"]
    run("check", "po/uk.po", "po/quotes.csv")
    monkeypatch.chdir(repo.path / "po")
    run("check", "uk.po", "quotes.csv")
    repo.write("po/quotes.csv.transcheck.toml", '[[ignore]]\ncode = "TC301"\nid = "x"\ntext = "forty"\nreason = "so"\n')
    assert "1 by comments" in run("check", "quotes.csv").stderr


@pytest.mark.parametrize("command", [("check",), ("baseline", "write"), ("baseline", "prune"), ("baseline", "show")])
def test_a_broken_baseline_is_an_error_and_stays_as_it_is(repo: Repository, run: Run, command: tuple[str, ...]) -> None:
    repo.write(BASELINE, "<<<<<<< HEAD\n")
    done = run(*command, code=2)
    assert f"error: {BASELINE}: the baseline is broken JSON" in done.stderr
    assert done.stdout == ""
    assert (repo.path / BASELINE).read_text("utf-8") == "<<<<<<< HEAD\n"
    if command == ("check",):
        run("check", "--no-baseline", code=1)


@pytest.mark.parametrize("command", [("check",), ("baseline", "prune"), ("baseline", "show")])
def test_a_baseline_that_is_named_in_vain_is_an_error(repo: Repository, run: Run, command: tuple[str, ...]) -> None:
    done = run(*command, "--baseline", "no.json", code=2)
    assert "error: no.json: no such file; write it: transcheck baseline write --baseline no.json" in done.stderr


def test_a_text_that_cannot_be_checked_makes_writing_end_with_2_and_keeps_its_entries(
    repo: Repository, run: Run
) -> None:
    run("baseline", "write", "--reason", "old")
    repo.write("texts/river.en.md", b"\x00\x01")
    done = run("baseline", "write", code=2)
    assert "2 known (0 new, 2 kept, 0 dropped)" in done.stdout
    assert "river.en.md" in done.stderr
    run("baseline", "prune", code=2)
    assert len(entries(repo)) == 2


def test_a_date_that_is_none_is_an_error(repo: Repository, run: Run) -> None:
    assert "--until: 'soon' is no date" in run("baseline", "write", "--until", "soon", code=2).stderr


def test_checks_that_are_left_out_are_neither_written_nor_stale(repo: Repository, run: Run) -> None:
    run("baseline", "write")
    assert "stale" not in run("check", "--ignore", "TC3").stderr
    repo.write("transcheck.toml", 'model = "fast"\nignore = ["TC3"]\n')
    done = run("check")
    assert "0 suppressed" in done.stderr
    assert "stale" not in done.stderr
    (repo.path / BASELINE).unlink()
    assert "0 known" in run("baseline", "write").stdout


def test_json_says_what_is_known_and_stale(repo: Repository, run: Run) -> None:
    run("baseline", "write", "--reason", "from the archive")
    swap(repo, "texts/river.en.md", "forty", "fourteen")
    data = json.loads(run("check", "--format", "json").stdout)
    assert data["summary"]["suppressed"] == {"inline": 0, "baseline": 1, "since": 0}
    (text,) = data["summary"]["stale"]
    assert text.startswith("TC301 texts/river ")
    (found,) = [f for d in data["documents"] for f in d.get("suppressed", [])]
    assert found["suppressed"] == {"kind": "baseline", "reason": "from the archive", "origin": BASELINE}
    assert "since" not in data["summary"]


def test_a_comment_wins_over_the_baseline_whose_entry_is_stale_then(repo: Repository, run: Run) -> None:
    run("baseline", "write")
    swap(repo, "texts/river.en.md", "of us.", "of us. <!-- transcheck: ignore[TC301] so it is -->")
    done = run("check")
    assert "2 suppressed (1 by comments, 1 in the baseline); 1 stale" in done.stderr
