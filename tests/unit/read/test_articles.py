"""Files of every format as versions, manifests, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from transcheck.read.articles import SUFFIXES, read_version
from transcheck.read.groups import article_files
from transcheck.read.manifest import read_manifest
from transcheck.read.records import Failure
from transcheck.types import Document, InputError

UK = "Ми приїхали вранці, але поїзд уже пішов."


@pytest.mark.parametrize(
    ("name", "content", "text", "unit"),
    [
        ("a.txt", UK, UK, None),
        ("a.md", f"# Заголовок\n\n{UK}", f"# Заголовок\n\n{UK}", None),
        ("a.html", f"<html><body><article><p>{UK}</p></article></body></html>", UK, "line"),
        ("a.srt", f"1\n00:00:01,000 --> 00:00:03,000\n{UK}\n", None, None),
        ("a.mhtml", f"Content-Type: text/html; charset=utf-8\n\n<p>{UK}</p>", UK, "line"),
    ],
)
def test_formats(tmp_path: Path, name: str, content: str, text: str | None, unit: str | None) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    found = read_version(path)
    assert found.lang == "uk"
    assert found.text == (content if text is None else text)
    assert UK in (found.prose or found.text)
    assert (found.source.unit if found.source else None) == unit
    assert path.suffix in SUFFIXES


def test_the_language_is_declared_or_told_by_the_name_before_it_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.ru.txt"
    path.write_text(UK, encoding="utf-8")
    assert read_version(path).lang == "ru"
    assert read_version(path, "en").lang == "en"
    (tmp_path / "b.txt").write_text("12345", encoding="utf-8")
    with pytest.raises(InputError, match=r"b\.uk\.txt"):
        read_version(tmp_path / "b.txt")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.html", "<html><body><script>1</script></body></html>", "no running text"),
        ("a.srt", "не субтитри", "no subtitle was found"),
        ("a.po", 'msgid "x"', "transcheck audit"),
        ("a.docx", "no zip", "docx"),
    ],
)
def test_what_is_no_article_is_refused_with_a_remedy(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_version(path)


def test_a_folder_gives_its_articles_without_the_files_of_saved_pages(tmp_path: Path) -> None:
    for name in ("b.html", "a.md", "b_files/frame.html", "note.rtf", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(UK, encoding="utf-8")
    assert [p.relative_to(tmp_path).as_posix() for p in article_files(tmp_path)] == ["a.md", "b.html", "sub/c.txt"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no article found"):
        list(article_files(tmp_path / "empty"))
    with pytest.raises(InputError, match="no such file"):
        list(article_files(tmp_path / "missing"))


def test_a_manifest_names_the_files_of_each_group(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("<p>Мы приехали утром, а поезд ушёл.</p>", encoding="utf-8")
    (tmp_path / "two.txt").write_text(UK, encoding="utf-8")
    manifest = tmp_path / "groups.csv"
    manifest.write_text("id,ru,uk,desk\nvokzal,one.html,two.txt,news\nbad,one.html,gone.txt,\n", encoding="utf-8")
    first, second = read_manifest(manifest)
    assert isinstance(first, Document)
    assert (first.id, first.langs, first.articles, dict(first.meta)) == ("vokzal", ("ru", "uk"), True, {"desk": "news"})
    assert isinstance(second, Failure)
    assert "gone.txt: no such file" in second.message


def test_a_manifest_may_be_toml(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text("<p>Мы приехали утром, а поезд ушёл.</p>", encoding="utf-8")
    (tmp_path / "two.txt").write_text(UK, encoding="utf-8")
    manifest = tmp_path / "groups.toml"
    text = '[[group]]\nid = "vokzal"\nru = "one.html"\nuk = "two.txt"\n\n[[group]]\nid = "bad"\nru = "one.html"\n'
    manifest.write_text(text, encoding="utf-8")
    first, second = read_manifest(manifest)
    assert isinstance(first, Document)
    assert (first.id, first.langs) == ("vokzal", ("ru", "uk"))
    assert isinstance(second, Failure)
    assert "groups.toml, group 2: only 'ru' is filled" in second.message


@pytest.mark.parametrize(
    ("text", "message"),
    [("group = 1", "holds no records"), ("[[groups]]\n", "holds no records"), ("x =", "broken TOML"), ("", "empty")],
)
def test_a_toml_file_that_is_no_manifest(tmp_path: Path, text: str, message: str) -> None:
    manifest = tmp_path / "groups.toml"
    manifest.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(read_manifest(manifest))
