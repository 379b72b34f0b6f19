"""A quick fix and a reason silence the finding that they are for, in every format, and break nothing around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from transcheck.encode import load_encoder
from transcheck.lsp.checker import Checker
from transcheck.lsp.desk import Desk, Opened, Ruler, real
from transcheck.lsp.fixes import GO_TO, Able, fixes
from transcheck.lsp.shown import Mark
from transcheck.types import Encoder

REASON = "the archive has forty"
ABLE = Able(versions=True, new_files=True, shows=True)

WORDS: dict[str, dict[str, str]] = {
    "ru": {
        "it": "Нас было четырнадцать, и никто не стрелял.",
        "before": "Мы пришли на рассвете, со стороны реки.",
        "after": "Потом пошёл снег, и следов не осталось.",
        "who": "Свидетель",
    },
    "uk": {
        "it": "Нас було чотирнадцятеро, і ніхто не стріляв.",
        "before": "Ми прийшли на світанку, з боку річки.",
        "after": "Потім пішов сніг, і слідів не лишилося.",
        "who": "Свідок",
    },
    "en": {
        "it": "There were forty of us, and nobody fired.",
        "before": "We came at dawn, from the side of the river.",
        "after": "Then it began to snow, and no traces were left.",
        "who": "Witness",
    },
}

MARKDOWN = {
    "paragraph": "# {who}\n\n{before}\n\n{it}\n\n{after}\n",
    "wrapped": "{before}\n{it} {after}\n",
    "in a paragraph": "{before} {it} {after}\n",
    "heading": "{before}\n\n## {it}\n\n{after}\n",
    "quotation": "{before}\n\n> {after}\n>\n> {it}\n",
    "item": "- {before}\n- {it}\n- {after}\n",
    "numbered": "1. {before}\n2. {it}\n3. {after}\n",
    "second line of an item": "- {before}\n  {it}\n- {after}\n",
    "row": "| {who} | |\n|---|---|\n| {before} | 1 |\n| {it} | 2 |\n| {after} | 3 |\n",
    "last": "{before}\n\n{it}",
    "front matter": "---\nlang: {lang}\n---\n{it}\n",
}
PAGES = {
    "paragraph": "<html><body><article><p>{before}</p>\n<p>{it}</p>\n<p>{after}</p></article></body></html>",
    "one line": "<html><body><article><p>{before}</p><p>{it}</p><p>{after}</p></article></body></html>",
    "over lines": "<html><body><article>\n<p>\n{before}\n{it}\n{after}\n</p>\n</article></body></html>",
    "in a link": '<html><body><article><p>{before} <a href="/a">{it}</a>\n{after}</p></article></body></html>',
}


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder("fast")


def check(folder: Path, path: Path, encoder: Encoder) -> tuple[list[Mark], Desk]:
    desk = Desk.of([Opened(path.as_uri(), path, path.read_bytes().decode(), 1)])
    return list(Checker(lambda _: encoder).check(path, desk).marks), desk


def apply(action: lsp.CodeAction, reason: str = REASON) -> None:
    """Apply the edit of a fix to the disk, and write the reason where its command leads."""
    assert action.edit is not None
    assert action.edit.document_changes
    for change in action.edit.document_changes:
        if isinstance(change, lsp.CreateFile):
            Path(change.uri.removeprefix("file://")).touch(exist_ok=False)
        elif isinstance(change, lsp.TextDocumentEdit):
            (edit,) = change.edits
            assert isinstance(edit, lsp.TextEdit)
            insert(Path(change.text_document.uri.removeprefix("file://")), edit.range.start, edit.new_text)
    assert action.command is not None
    assert action.command.command == GO_TO
    uri, at = action.command.arguments or ()
    insert(Path(uri.removeprefix("file://")), lsp.Position(**at), reason)


def insert(path: Path, at: lsp.Position, text: str) -> None:
    old = path.read_bytes().decode()
    place = Ruler(old).place(at)
    lines = old.split("\n")
    line = lines[place.line - 1]
    lines[place.line - 1] = line[: place.column - 1] + text + line[place.column - 1 :]
    path.write_bytes("\n".join(lines).encode())


def fixed(folder: Path, path: Path, encoder: Encoder) -> None:
    """Fix the one finding of a group, and see that only the reason silences it."""
    found, desk = check(folder, path, encoder)
    mark = next(m for m in found if real(Path(m.path)) == real(path))
    action = fixes([mark], mark.diagnostic.range, desk, ABLE)[0]
    apply(action, "")
    codes = sorted(str(m.diagnostic.code) for m in check(folder, path, encoder)[0])
    assert "TC902" in codes
    assert codes.count(str(mark.diagnostic.code)) == len(
        [m for m in found if m.diagnostic.code == mark.diagnostic.code]
    )
    uri, at = action.command.arguments if action.command and action.command.arguments else ("", {})
    insert(Path(uri.removeprefix("file://")), lsp.Position(**at), REASON)
    assert check(folder, path, encoder)[0] == []


def write(folder: Path, suffix: str, frame: str) -> Path:
    """Write a text in three languages, and return the English one, in which the number is another one."""
    for lang, words in WORDS.items():
        (folder / f"a.{lang}{suffix}").write_bytes(frame.format(lang=lang, **words).encode())
    return folder / f"a.en{suffix}"


@pytest.mark.parametrize("form", MARKDOWN)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_markdown(form: str, newline: str, tmp_path: Path, encoder: Encoder) -> None:
    path = write(tmp_path, ".md", MARKDOWN[form].replace("\n", newline))
    fixed(tmp_path, path, encoder)


@pytest.mark.parametrize("form", PAGES)
def test_pages(form: str, tmp_path: Path, encoder: Encoder) -> None:
    fixed(tmp_path, write(tmp_path, ".html", PAGES[form]), encoder)


def test_a_comment_leaves_a_list_a_list(tmp_path: Path, encoder: Encoder) -> None:
    path = write(tmp_path, ".md", MARKDOWN["item"])
    fixed(tmp_path, path, encoder)
    comment = f"<!-- transcheck: ignore[TC301] {REASON} -->"
    assert path.read_text("utf-8").splitlines()[1] == f"- {WORDS['en']['it']} {comment}"


@pytest.mark.parametrize("known", [False, True], ids=["no list yet", "a list"])
def test_plain_text_gets_an_entry_in_the_list_beside_it(known: bool, tmp_path: Path, encoder: Encoder) -> None:
    path = write(tmp_path, ".txt", "{before}\n\n{it}\n")
    listed = tmp_path / "a.en.txt.transcheck.toml"
    if known:
        listed.write_text('[[ignore]]\ncode = "TC303"\ntext = "forty"\nreason = "feet"', "utf-8")
        found, desk = check(tmp_path, path, encoder)
        mark = next(m for m in found if m.diagnostic.code == "TC301")
        apply(fixes([mark], mark.diagnostic.range, desk, ABLE)[0])
        assert {m.diagnostic.code for m in check(tmp_path, path, encoder)[0]} == {"TC901"}, "the old entry is idle"
        assert listed.read_text("utf-8").count("\n\n[[ignore]]\n") == 1
    else:
        fixed(tmp_path, path, encoder)
        assert listed.read_text("utf-8") == f'[[ignore]]\ncode = "TC301"\ntext = "forty"\nreason = "{REASON}"\n'


def test_a_catalogue_gets_a_comment_of_the_translator(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "site.uk.po"
    head = 'msgid ""\nmsgstr ""\n"Language: uk\\n"\n"X-Source-Language: en\\n"\n\n'
    entry = f'#: a.html:3\nmsgid "{WORDS["en"]["it"]}"\nmsgstr ""\n"{WORDS["uk"]["it"]}"\n'
    other = f'msgid "{WORDS["en"]["after"]}"\nmsgstr "{WORDS["uk"]["after"]}"\n'
    path.write_text(head + other + entry, "utf-8")
    fixed(tmp_path, path, encoder)
    assert f'"\n# transcheck: ignore[TC301] {REASON}\n#: a.html:3\nmsgid "There were' in path.read_text("utf-8")


def test_a_client_that_cannot_make_files_gets_no_fix_that_needs_one(tmp_path: Path, encoder: Encoder) -> None:
    path = write(tmp_path, ".txt", "{before}\n\n{it}\n")
    found, desk = check(tmp_path, path, encoder)
    assert fixes(found, found[0].diagnostic.range, desk, Able(versions=True)) == []


def test_a_client_with_snippets_writes_the_reason_in_place(tmp_path: Path, encoder: Encoder) -> None:
    path = write(tmp_path, ".md", MARKDOWN["paragraph"])
    found, desk = check(tmp_path, path, encoder)
    (action,) = fixes(found, found[0].diagnostic.range, desk, Able(versions=True, snippets=True, shows=True))
    assert action.command is None
    assert action.edit is not None
    assert action.edit.document_changes
    (change,) = action.edit.document_changes
    assert isinstance(change, lsp.TextDocumentEdit)
    (edit,) = change.edits
    assert isinstance(edit, lsp.SnippetTextEdit)
    assert edit.snippet.value == "<!-- transcheck: ignore[TC301] ${1:reason} -->\n"


def test_a_client_without_versions_gets_plain_changes(tmp_path: Path, encoder: Encoder) -> None:
    path = write(tmp_path, ".md", MARKDOWN["paragraph"])
    found, desk = check(tmp_path, path, encoder)
    (action,) = fixes(found, found[0].diagnostic.range, desk, Able())
    assert action.edit is not None
    assert action.edit.document_changes is None
    assert list(action.edit.changes or ()) == [path.as_uri()]


def test_a_text_that_was_written_on_gets_no_fix_for_what_it_was(tmp_path: Path, encoder: Encoder) -> None:
    path = write(tmp_path, ".md", MARKDOWN["paragraph"])
    found, _ = check(tmp_path, path, encoder)
    newer = Desk.of([Opened(path.as_uri(), path, "another text", 2)])
    assert fixes(found, found[0].diagnostic.range, newer, ABLE) == []


def test_a_suppression_is_not_suppressed(tmp_path: Path, encoder: Encoder) -> None:
    path = write(tmp_path, ".md", "<!-- transcheck: ignore[TC304] nothing -->\n{before}\n")
    found, desk = check(tmp_path, path, encoder)
    assert {m.diagnostic.code for m in found} == {"TC901"}
    assert fixes(found, found[0].diagnostic.range, desk, ABLE) == []
