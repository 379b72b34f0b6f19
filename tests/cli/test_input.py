"""What is given to the commands: files, texts, streams, tables, folders, and everything that is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RU = "Мы вышли к реке в шесть утра, и никто не стрелял."
UK = "Ми вийшли до річки о шостій ранку, і ніхто не стріляв."
EN = "We reached the river at six in the morning, and nobody fired."
RECORD = {"id": "q1", "ru": RU, "uk": UK, "en": EN, "speaker": "Олена"}

pytestmark = pytest.mark.usefixtures("reading")


def _write(folder: Path, **files: str | bytes) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _write(tmp_path, a__txt=EN, b__txt=RU, c__txt=UK, x__uk__md=UK, x__en__md=EN)
    return tmp_path


def _documents(result: Any) -> list[dict[str, Any]]:
    documents: list[dict[str, Any]] = json.loads(result.stdout)["documents"]
    return documents


def _langs(result: Any) -> list[str]:
    return [v["lang"] for v in _documents(result)[0]["versions"]]


@pytest.mark.parametrize("files", [("a.txt", "b.txt", "c.txt"), ("c.txt", "a.txt", "b.txt")])
def test_three_files_in_any_order(invoke: Callable[..., Any], folder: Path, files: tuple[str, ...]) -> None:
    result = invoke("compare", *files, "--format", "json")
    assert result.exit_code == 0
    assert [(v["lang"], v["origin"]) for v in _documents(result)[0]["versions"]] == [
        ("ru", "b.txt"), ("uk", "c.txt"), ("en", "a.txt"),
    ]  # fmt: skip


def test_languages_are_declared_by_name_or_option(invoke: Callable[..., Any], folder: Path) -> None:
    assert _langs(invoke("compare", "x.uk.md", "x.en.md", "--format", "json")) == ["uk", "en"]
    assert _langs(invoke("compare", "--uk", "b.txt", "--ru", "c.txt", "--format", "json")) == ["ru", "uk"]
    assert _langs(invoke("compare", "a.txt", "--ru", "b.txt", "--format", "json")) == ["ru", "en"]


def test_texts_on_the_command_line(invoke: Callable[..., Any]) -> None:
    result = invoke("compare", "--text-ru", RU, "--text-en", EN, "--format", "json")
    assert (result.exit_code, _langs(result)) == (0, ["ru", "en"])


@pytest.mark.parametrize(
    "stdin",
    [
        json.dumps(RECORD, ensure_ascii=False, indent=1),
        json.dumps([RECORD]),
        "\ufeff" + json.dumps(RECORD),
        json.dumps(RECORD, ensure_ascii=False) + "\n",
    ],
)
@pytest.mark.parametrize("command", ["compare", "audit"])
def test_a_record_on_the_standard_input(invoke: Callable[..., Any], command: str, stdin: str) -> None:
    result = invoke(command, "-", "--format", "json", stdin=stdin)
    assert result.exit_code == 0
    assert _documents(result)[0]["id"] == "q1"
    assert _documents(result)[0]["meta"] == {"speaker": "Олена"}


def test_records_one_a_line_on_the_standard_input(invoke: Callable[..., Any]) -> None:
    lines = [json.dumps(RECORD), "{broken", json.dumps({**RECORD, "id": "q2"}), "[1]"]
    result = invoke("compare", "-", "--format", "json", stdin="\n".join(lines))
    assert result.exit_code == 2
    assert {d["id"]: d["status"] for d in _documents(result)} == {"q1": "ok", "2": "error", "q2": "ok", "4": "error"}


def _csv(folder: Path, text: str) -> str:
    (folder / "t.csv").write_text(text, encoding="utf-8")
    return "t.csv"


TABLE = f'id,ru,uk,en\nq1,"{RU}","{UK}","{EN}"\n'


def test_other_records_are_checked_beside_a_broken_one(invoke: Callable[..., Any], folder: Path) -> None:
    table = _csv(folder, TABLE + f'q2,"{RU}",,\nq1,"{RU}","{UK}",\nq4,"{RU}",,"{EN}"\n')
    result = invoke("audit", table, "--format", "json")
    assert result.exit_code == 2
    assert [(d["id"], d["status"]) for d in _documents(result)] == [
        ("q1", "ok"), ("q2", "error"), ("q1", "error"), ("q4", "ok"),
    ]  # fmt: skip


def test_a_broken_table_does_not_stop_the_next(invoke: Callable[..., Any], folder: Path) -> None:
    table = _csv(folder, TABLE)
    _write(folder, empty__csv="", bad__xlsx=b"PK\x03\x04 no workbook")
    result = invoke("audit", "empty.csv", "missing.csv", "bad.xlsx", table, "--format", "json")
    assert result.exit_code == 2
    assert [d["status"] for d in _documents(result)] == ["error", "error", "error", "ok"]
    text = invoke("audit", "empty.csv", table)
    assert text.stderr.startswith("error: empty.csv: ")
    assert text.exit_code == 2


def test_the_files_of_a_folder(invoke: Callable[..., Any], folder: Path) -> None:
    result = invoke("check", ".", "--format", "json")
    assert (result.exit_code, [d["id"] for d in _documents(result)]) == (0, ["x"])


def test_a_text_without_another_version_was_not_checked(invoke: Callable[..., Any], folder: Path) -> None:
    _write(folder, lone__ru__md=RU, y__ru__md=RU, y__uk__md=b"")
    result = invoke("check", ".", "lone.ru.md")
    assert result.exit_code == 2
    assert "error: lone.ru.md: no other version" in result.stderr
    assert "error: y: " in result.stderr
    assert "1 document checked" in invoke("check", "x.uk.md").stderr


@pytest.mark.parametrize(
    ("files", "arguments", "message"),
    [
        ({"e__txt": ""}, ("compare", "a.txt", "e.txt"), "e.txt"),
        ({"e__txt": " \n\t "}, ("compare", "a.txt", "e.txt"), "e.txt"),
        ({}, ("compare", "a.txt"), "two or three versions are needed"),
        ({}, ("compare", "a.txt", "missing.txt"), "missing.txt: no such file"),
        ({}, ("compare", "a.txt", "."), "folder"),
        ({"d__txt": EN}, ("compare", "a.txt", "d.txt"), "all versions are in English"),
        ({"d__txt": EN}, ("compare", "a.txt", "b.txt", "c.txt", "d.txt"), "at most three versions"),
        ({"n__txt": b"abc\x00def"}, ("compare", "a.txt", "n.txt"), "n.txt"),
        ({"p__txt": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"}, ("compare", "a.txt", "p.txt"), "p.txt"),
        (
            {"u__txt": "Ми вийшли".encode() + b"\xff\xfe\x81" + "до річки".encode()},
            ("compare", "a.txt", "u.txt"),
            "u.txt",
        ),
        ({"t__csv": TABLE}, ("compare", "a.txt", "t.csv"), "transcheck audit t.csv"),
        ({"t__csv": "id,de,fr\n1,a,b\n"}, ("audit", "t.csv"), "'ru', 'uk', 'en'"),
        ({"t__csv": "id,ru,uk\n"}, ("audit", "t.csv"), "no rows"),
        ({"t__pdf": b"%PDF"}, ("audit", "t.pdf"), "t.pdf"),
        ({}, ("check", "nowhere"), "nowhere: no such file or folder"),
        ({}, ("check", "a.txt"), "error: a.txt: the name tells no language"),
        ({}, ("compare", "--text-ru", RU), "two or three versions are needed"),
        ({}, ("compare", "--text-ru", RU, "--text-en", " "), "two or three versions are needed"),
    ],
    ids=lambda v: " ".join(v)[:60] if isinstance(v, tuple) else "",
)
def test_bad_input_is_named_with_exit_code_2(
    invoke: Callable[..., Any],
    folder: Path,
    files: dict[str, str | bytes],
    arguments: tuple[str, ...],
    message: str,
) -> None:
    _write(folder, **files)
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.startswith("error: ")


@pytest.mark.parametrize("stdin", ["", "no json", '"text"', "[]", "{}", b"\xff\x00"])
def test_a_bad_standard_input_is_named_with_exit_code_2(invoke: Callable[..., Any], stdin: str | bytes) -> None:
    assert invoke("compare", "-", stdin=stdin).exit_code == 2


def test_an_output_in_the_place_of_a_folder(invoke: Callable[..., Any], folder: Path) -> None:
    result = invoke("compare", "a.txt", "b.txt", "--output", str(folder))
    assert (result.exit_code, "cannot be written" in result.stderr) == (2, True)
