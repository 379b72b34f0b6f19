"""The language server as an editor meets it: a process of its own, spoken to over its standard streams."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.lsp import ROOT, Client

RU = "Президент 🇺🇦 сказал: «Нас было 14 000, и никто не стрелял»."
UK = "Президент 🇺🇦 сказав: «Нас було 14 000, і ніхто не стріляв»."
EN = "The president 🇺🇦 said: “There were 40,000 of us, and nobody fired.”"
RIGHT = EN.replace("40,000", "14,000")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    made = Client(tmp_path_factory.mktemp("server"))
    yield made
    assert made.close() == 0, made.errors.decode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three versions of a text, one of which has another number."""
    (tmp_path / "transcheck.toml").write_text('model = "fast"\n', "utf-8")
    for lang, text in (("ru", RU), ("uk", UK), ("en", EN)):
        (tmp_path / f"a.{lang}.md").write_text(f"# 1\n\n{text}\n", "utf-8")
    return tmp_path


def span(found: dict[str, Any]) -> tuple[int, int, int, int]:
    start, end = found["range"]["start"], found["range"]["end"]
    return start["line"], start["character"], end["line"], end["character"]


def units(text: str, word: str, encoding: str) -> tuple[int, int]:
    width = {"utf-8": 1, "utf-16-le": 2}[encoding]
    before = text[: text.index(word)]
    return len(before.encode(encoding)) // width, len((before + word).encode(encoding)) // width


def test_a_finding_stands_where_the_editor_counts_it(client: Client, folder: Path) -> None:
    path = folder / "a.en.md"
    client.open(path)
    (found,) = client.diagnostics(path)
    start, end = units(EN, "40,000", "utf-16-le")
    assert (start, EN.index("40,000")) == (37, 35), "the flag is two code points and four units"
    assert span(found) == (2, start, 2, end)
    assert (found["severity"], found["code"], found["source"]) == (1, "TC301", "transcheck")
    assert found["codeDescription"]["href"].endswith("findings/#tc301")
    others = {Path(r["location"]["uri"]).name: r for r in found["relatedInformation"]}
    assert set(others) == {"a.ru.md", "a.uk.md"}
    start, end = units(RU, "14 000", "utf-16-le")
    assert span(others["a.ru.md"]["location"]) == (2, start, 2, end)
    assert others["a.ru.md"]["message"] == "Russian: 14 000"
    for lang in ("ru", "uk"):
        assert (folder / f"a.{lang}.md").as_uri() not in client.published


def test_a_client_may_count_in_bytes(folder: Path) -> None:
    client = Client(folder, {"general": {"positionEncodings": ["utf-8"]}})
    assert client.about["capabilities"]["positionEncoding"] == "utf-8"
    path = folder / "a.en.md"
    client.open(path)
    (found,) = client.diagnostics(path)
    start, end = units(EN, "40,000", "utf-8")
    assert span(found) == (2, start, 2, end)
    client.notify("exit", None)
    assert client.process.wait(60) == 1, "exit without shutdown"


def test_unsaved_text_counts_and_only_the_last_of_quick_changes_is_checked(client: Client, folder: Path) -> None:
    path = folder / "a.en.md"
    client.open(path)
    assert [d["code"] for d in client.diagnostics(path)] == ["TC301"]
    before = len(client.publications)
    for version, text in ((2, "# 1\n\nThe"), (3, "# 1\n\nThe president"), (4, f"# 1\n\n{RIGHT}\n")):
        client.change(path, text, version)
    assert client.diagnostics(path, 4) == []
    of_text = [p for p in client.publications[before:] if p["uri"] == path.as_uri()]
    assert [p["version"] for p in of_text] == [4]
    assert EN in path.read_text("utf-8"), "the disk has the old text"


def test_unsaved_text_of_another_version_counts_too(client: Client, folder: Path) -> None:
    en, ru, uk = (folder / f"a.{lang}.md" for lang in ("en", "ru", "uk"))
    client.open(en)
    client.diagnostics(en)
    client.open(ru, f"# 1\n\n{RU.replace('14 000', '40 000')}\n")
    (found,) = client.diagnostics(uk)
    assert found["code"] == "TC301", "now the Ukrainian version is alone"
    assert client.diagnostics(en) == []


def test_a_catalogue_is_checked_as_it_is_written(client: Client, folder: Path) -> None:
    path = folder / "site.uk.po"
    head = 'msgid ""\nmsgstr ""\n"Language: uk\\n"\n"X-Source-Language: en\\n"\n\n'
    path.write_text(f'{head}msgid "{RIGHT}"\nmsgstr "{UK}"\n', "utf-8")
    client.open(path)
    assert client.diagnostics(path) == []
    client.change(path, f'{head}msgid "{EN}"\nmsgstr "{UK}"\n', 2)
    (found,) = client.diagnostics(path, 2)
    assert (found["code"], found["range"]["start"]["line"]) == ("TC301", 6), "the translation is at fault"


def test_what_the_disk_has_counts_again_once_a_text_is_closed(client: Client, folder: Path) -> None:
    en, ru = folder / "a.en.md", folder / "a.ru.md"
    client.open(ru)
    client.diagnostics(ru)
    client.open(en, f"# 1\n\n{RIGHT}\n")
    assert client.diagnostics(en) == []
    client.notify("textDocument/didClose", {"textDocument": {"uri": en.as_uri()}})
    assert [d["code"] for d in client.diagnostics(en)] == ["TC301"]
    client.notify("textDocument/didClose", {"textDocument": {"uri": ru.as_uri()}})
    assert client.diagnostics(en) == [], "nothing of the group is open any more"


def test_a_fix_and_a_hover(client: Client, folder: Path) -> None:
    path = folder / "a.en.md"
    client.open(path)
    (found,) = client.diagnostics(path)
    (action,) = client.actions(path, found["range"])
    assert action["title"] == "Suppress TC301 here: write the reason"
    assert action["kind"] == "quickfix"
    (edit,) = action["edit"]["changes"][path.as_uri()]
    assert (edit["range"]["start"], edit["newText"]) == (
        {"line": 2, "character": 0},
        "<!-- transcheck: ignore[TC301]  -->\n",
    )
    about = {"textDocument": {"uri": path.as_uri()}}
    told = client.request("textDocument/hover", {**about, "position": found["range"]["start"]})
    assert told["contents"]["kind"] == "markdown"
    for text in ("**error TC301 number en**", "a.ru.md:3", "14 000", "40,000", "findings/#tc301"):
        assert text in told["contents"]["value"]
    assert client.request("textDocument/hover", {**about, "position": {"line": 0, "character": 0}}) is None
    assert client.actions(path, {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}) == []


def test_a_fix_leads_to_where_the_reason_is_written(folder: Path) -> None:
    able = {
        "workspace": {"workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]}},
        "window": {"showDocument": {"support": True}},
    }
    client = Client(folder, able)
    path = folder / "a.en.md"
    client.open(path)
    (found,) = client.diagnostics(path)
    (action,) = client.actions(path, found["range"])
    (change,) = action["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": path.as_uri(), "version": 1}
    client.request("workspace/executeCommand", {k: action["command"][k] for k in ("command", "arguments")})
    (asked,) = [m for m in client.asked if m["method"] == "window/showDocument"]
    assert asked["params"]["selection"]["start"] == {"line": 2, "character": len("<!-- transcheck: ignore[TC301] ")}
    assert client.close() == 0


def test_a_saved_answer_takes_the_finding_away(client: Client, folder: Path) -> None:
    path, listed = folder / "a.en.md", folder / "a.en.md.transcheck.toml"
    client.open(path)
    client.diagnostics(path)
    text = '[[ignore]]\ncode = "TC301"\ntext = "40,000"\nreason = "the archive has forty"\n'
    client.open(listed, text)
    listed.write_text(text, "utf-8")
    client.notify("textDocument/didSave", {"textDocument": {"uri": listed.as_uri()}})
    assert client.diagnostics(path) == []


def test_what_the_baseline_knows_is_not_shown(client: Client, folder: Path) -> None:
    path = folder / "a.en.md"
    client.open(path)
    (found,) = client.diagnostics(path)
    entry = {"document": "a", "code": "TC301", "fingerprint": found["data"]["fingerprint"], "reason": "known"}
    baseline = folder / ".transcheck-baseline.json"
    baseline.write_text(json.dumps({"version": 1, "findings": [entry]}), "utf-8")
    client.notify("workspace/didChangeWatchedFiles", {"changes": [{"uri": baseline.as_uri(), "type": 1}]})
    assert client.diagnostics(path) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.uk.md", b"\x00\x01\x02", "a binary file"),
        ("transcheck.toml", b"mode = 'fast'\n", "did you mean 'model'"),
        ("transcheck.toml", b"model = './none'\n", "none"),
        ("a.uk.md.transcheck.toml", b"[[ignore\n", "a.uk.md.transcheck.toml"),
    ],
)
def test_what_cannot_be_checked_is_said_in_the_text(
    client: Client, folder: Path, name: str, content: bytes, told: str
) -> None:
    (folder / name).write_bytes(content)
    path = folder / "a.en.md"
    client.open(path)
    (found,) = client.diagnostics(path)
    assert (found["severity"], found["code"]) == (1, "not-checked")
    assert told in found["message"]
    assert span(found) == (0, 0, 0, 0)


def test_a_text_alone_and_one_that_is_no_file_are_left_in_peace(client: Client, folder: Path) -> None:
    item = {"uri": "untitled:Untitled-1", "languageId": "markdown", "version": 1, "text": EN}
    client.notify("textDocument/didOpen", {"textDocument": item})
    alone = folder / "notes.md"
    client.open(alone, "# Notes\n\nNothing but some notes on a Monday.\n")
    assert client.diagnostics(alone) == []
    assert "untitled:Untitled-1" not in client.published


def test_without_pygls_there_is_an_error_with_the_remedy() -> None:
    program = (
        "import sys; sys.modules['pygls'] = None; sys.modules['lsprotocol'] = None\n"
        "sys.argv = ['transcheck', 'lsp']\n"
        "from transcheck.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert done.stderr == "error: the language server needs pygls; run: pip install 'transcheck[lsp]'\n"
