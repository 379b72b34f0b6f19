"""Files that are versions of one text, told by names, folders, front matter and patterns."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from transcheck.read.groups import Groups, Layout, find_groups
from transcheck.types import InputError

TEXTS = {
    "ru": "Мы вышли к реке в шесть утра, и никто не стрелял.\n",
    "uk": "Ми вийшли до річки о шостій ранку, і ніхто не стріляв.\n",
    "en": "We reached the river at six in the morning, and nobody fired.\n",
}
Tree = Callable[[str], Path]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """Return a function that makes files, one a line: its name, its language, and its front matter after a bar."""
    monkeypatch.chdir(tmp_path)

    def make(listing: str) -> Path:
        for line in filter(None, map(str.strip, listing.splitlines())):
            name, _, front = line.partition(" | ")
            name, _, lang = name.partition(" ")
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            head = "---\n" + front.replace("; ", "\n") + "\n---\n" if front else ""
            path.write_text(head + TEXTS[lang], encoding="utf-8")
        return tmp_path

    return make


def _shown(found: Groups) -> dict[str, dict[str, str]]:
    return {g.id: {lang: path.as_posix() for lang, path in g.files} for g in found.groups}


LAYOUTS: Mapping[str, tuple[str, dict[str, dict[str, str]]]] = {
    "suffix": (
        """
        a.ru.md ru
        a.uk.md uk
        sub/b.ru.txt ru
        sub/b.ua.txt uk
        sub/b.en-US.txt en
        """,
        {
            "a": {"ru": "a.ru.md", "uk": "a.uk.md"},
            "sub/b": {"ru": "sub/b.ru.txt", "uk": "sub/b.ua.txt", "en": "sub/b.en-US.txt"},
        },
    ),
    "the language alone": (
        """
        x/ru.md ru
        x/ukr.md uk
        """,
        {"x": {"ru": "x/ru.md", "uk": "x/ukr.md"}},
    ),
    "hyphen and underscore": (
        """
        notes-ru.md ru
        notes-en.md en
        plan_uk.md uk
        plan_en.md en
        made-in-uk.md en
        made-in-ru.md en
        read_me.md ru
        """,
        {"notes": {"ru": "notes-ru.md", "en": "notes-en.md"}, "plan": {"uk": "plan_uk.md", "en": "plan_en.md"}},
    ),
    "hugo folders": (
        """
        content/ru/news/a.md ru
        content/uk/news/a.md uk
        content/en/news/a.md en
        content/en/about.md en
        """,
        {"content/news/a": {lang: f"content/{lang}/news/a.md" for lang in ("ru", "uk", "en")}},
    ),
    "folders with regions": (
        """
        site/ru-RU/a.html ru
        site/uk_UA/a.html uk
        site/en-us/a.html en
        """,
        {"site/a": {"ru": "site/ru-RU/a.html", "uk": "site/uk_UA/a.html", "en": "site/en-us/a.html"}},
    ),
    "folder and suffix": (
        """
        content/ru/a.ru.md ru
        content/uk/a.uk.md uk
        """,
        {"content/a": {"ru": "content/ru/a.ru.md", "uk": "content/uk/a.uk.md"}},
    ),
    "a site for each country": (
        """
        sites/uk/content/ru/a.md ru
        sites/uk/content/uk/a.md uk
        sites/us/content/en/a.md en
        """,
        {"sites/uk/content/a": {"ru": "sites/uk/content/ru/a.md", "uk": "sites/uk/content/uk/a.md"}},
    ),
    "jekyll": (
        """
        _i18n/ru/about.md ru
        _i18n/en/about.md en
        _posts/2024-01-05-river.md en
        uk/_posts/2024-01-05-river.md uk
        """,
        {
            "_i18n/about": {"ru": "_i18n/ru/about.md", "en": "_i18n/en/about.md"},
            "_posts/2024-01-05-river": {"uk": "uk/_posts/2024-01-05-river.md", "en": "_posts/2024-01-05-river.md"},
        },
    ),
    "mkdocs suffix with a default language": (
        """
        docs/index.md en
        docs/index.uk.md uk
        docs/index.ru.md ru
        README.md en
        README_uk.md uk
        """,
        {
            "docs/index": {"ru": "docs/index.ru.md", "uk": "docs/index.uk.md", "en": "docs/index.md"},
            "README": {"uk": "README_uk.md", "en": "README.md"},
        },
    ),
    "mkdocs folders with a default language": (
        """
        docs/guide/a.md en
        docs/uk/guide/a.md uk
        """,
        {"docs/guide/a": {"uk": "docs/uk/guide/a.md", "en": "docs/guide/a.md"}},
    ),
    "docusaurus": (
        """
        docs/intro.md en
        i18n/uk/docusaurus-plugin-content-docs/current/intro.md uk
        i18n/ru/docusaurus-plugin-content-docs/current/intro.md ru
        versioned_docs/version-1.0/intro.md en
        i18n/uk/docusaurus-plugin-content-docs/version-1.0/intro.md uk
        blog/first.md en
        i18n/ru/docusaurus-plugin-content-blog/first.md ru
        """,
        {
            "docs/intro": {
                "ru": "i18n/ru/docusaurus-plugin-content-docs/current/intro.md",
                "uk": "i18n/uk/docusaurus-plugin-content-docs/current/intro.md",
                "en": "docs/intro.md",
            },
            "docs/version-1.0/intro": {
                "uk": "i18n/uk/docusaurus-plugin-content-docs/version-1.0/intro.md",
                "en": "versioned_docs/version-1.0/intro.md",
            },
            "blog/first": {"ru": "i18n/ru/docusaurus-plugin-content-blog/first.md", "en": "blog/first.md"},
        },
    ),
    "a key in front matter": (
        """
        content/ru/reka.md ru | translationKey: river
        content/uk/richka.md uk | translationKey: river
        content/en/river.md en | translationKey: river
        content/en/alone.md en | translationKey: alone
        """,
        {
            "river": {"ru": "content/ru/reka.md", "uk": "content/uk/richka.md", "en": "content/en/river.md"},
        },
    ),
    "translation_of a path, a name and a key": (
        """
        a/river.md en | title: River
        a/reka.md ru | lang: ru; translation_of: river.md
        a/richka.md uk | lang: uk; translation_of: a/river
        b/night.md en | lang: en
        c/nich.md uk | lang: uk; translation_of: night
        d/x.md ru | lang: ru; translation_of: case-7
        d/y.md uk | lang: uk; translation_of: case-7
        """,
        {
            "a/river": {"ru": "a/reka.md", "uk": "a/richka.md", "en": "a/river.md"},
            "b/night": {"uk": "c/nich.md", "en": "b/night.md"},
            "d/x": {"ru": "d/x.md", "uk": "d/y.md"},
        },
    ),
    "front matter and names together": (
        """
        a.uk.md uk
        a.en.md en
        inoe.md ru | lang: ru; translation_of: a.en.md
        c.ru.md ru | translationKey: c
        c.uk.md uk | translationKey: c
        c.en.md en
        """,
        {
            "a": {"ru": "inoe.md", "uk": "a.uk.md", "en": "a.en.md"},
            "c": {"ru": "c.ru.md", "uk": "c.uk.md", "en": "c.en.md"},
        },
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("rooted", [True, False], ids=["with a root", "without"])
def test_layouts(tree: Tree, name: str, rooted: bool) -> None:
    listing, expected = LAYOUTS[name]
    folder = tree(listing)
    found = find_groups([Path()], Layout(root=folder if rooted else None))
    assert _shown(found) == expected
    assert found.problems == ()
    if rooted:  # any file of a group stands for the whole of it
        for identity, files in expected.items():
            for path in files.values():
                assert _shown(find_groups([Path(path)], Layout(root=folder))) == {identity: files}


@pytest.mark.parametrize(
    "name", ["suffix", "hugo folders", "folder and suffix", "mkdocs folders with a default language"]
)
def test_a_file_finds_its_versions_without_a_root(tree: Tree, name: str) -> None:
    listing, expected = LAYOUTS[name]
    tree(listing)
    for identity, files in expected.items():
        for path in files.values():
            assert _shown(find_groups([Path(path)])) == {identity: files}


def test_a_file_and_its_sibling_are_one_group_once(tree: Tree) -> None:
    tree(LAYOUTS["suffix"][0])
    assert list(_shown(find_groups([Path("a.uk.md"), Path("a.ru.md"), Path("sub"), Path("sub/b.ru.txt")]))) == [
        "a", "sub/b",
    ]  # fmt: skip


def test_absolute_paths_are_shown_from_the_working_directory(tree: Tree) -> None:
    folder = tree(LAYOUTS["suffix"][0])
    assert _shown(find_groups([folder / "a.uk.md"])) == {"a": {"ru": "a.ru.md", "uk": "a.uk.md"}}


def test_paths_of_one_root_are_shown_alike(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tree("a/x.ru.md ru\nb/y.ru.md ru\na/x.uk.md uk")
    monkeypatch.chdir(folder / "b")
    expected = {"a/x": {"ru": "../a/x.ru.md", "uk": "../a/x.uk.md"}}
    for given in (Path("../a/x.uk.md"), folder / "a" / "x.ru.md", Path("../a")):
        assert _shown(find_groups([given], Layout(folder))) == expected


def test_patterns_decide_alone_unless_auto_stands_beside_them(tree: Tree) -> None:
    folder = tree(
        """
        news/a/ru/text.md ru
        news/a/uk/text.md uk
        x.ru.md ru
        x.uk.md uk
        """
    )
    pattern = (("news/{slug}/{lang}/text.md",),)
    assert list(_shown(find_groups([Path()], Layout(folder, pattern, auto=False)))) == ["news/a/text"]
    assert list(_shown(find_groups([Path()], Layout(folder, pattern)))) == ["news/a/text", "x"]


def test_patterns_in_one_list_are_one_layout(tree: Tree) -> None:
    folder = tree(
        """
        texts/one/river.md en
        translated/uk/one/river.md uk
        translated/ru/one/river.md ru
        other/uk/one/river.md uk
        """
    )
    patterns = (("texts/**/{name}.md", "translated/{lang}/**/{name}.md"), ("other/{lang}/**/{name}.md",))
    found = find_groups([Path()], Layout(folder, patterns, auto=False))
    assert _shown(found) == {
        "texts/one/river": {
            "ru": "translated/ru/one/river.md", "uk": "translated/uk/one/river.md", "en": "texts/one/river.md",
        }
    }  # fmt: skip
    assert [lone.path.as_posix() for lone in found.lone] == ["other/uk/one/river.md"]


def test_the_language_is_the_same_wherever_a_pattern_names_it(tree: Tree) -> None:
    folder = tree(
        """
        p/ru/a.ru.md ru
        p/uk/a.uk.md uk
        p/en/a.ru.md ru
        """
    )
    found = find_groups([Path()], Layout(folder, (("p/{lang}/{name}.{lang}.md",),), auto=False))
    assert _shown(found) == {"p/a": {"ru": "p/ru/a.ru.md", "uk": "p/uk/a.uk.md"}}


def test_what_has_no_version_is_told_apart(tree: Tree) -> None:
    tree(
        """
        a.ru.md ru
        a.uk.md uk
        lone.en.md en
        uk/only.md uk
        README.md en
        said.md ru | lang: ru
        """
    )
    found = find_groups([Path()])
    assert [(x.path.as_posix(), x.lang, x.named) for x in found.lone] == [
        ("lone.en.md", "en", False), ("said.md", "ru", False), ("uk/only.md", "uk", False),
    ]  # fmt: skip
    assert found.untold == (Path("README.md"),)
    named = find_groups([Path("README.md"), Path("lone.en.md")])
    assert [(x.path.as_posix(), x.lang, x.named) for x in named.lone] == [
        ("README.md", None, True), ("lone.en.md", "en", True),
    ]  # fmt: skip
    assert named.groups == ()


def test_two_files_in_one_language_are_a_problem_of_their_group_alone(tree: Tree) -> None:
    tree(
        """
        a.ua.md uk
        a.uk.md uk
        a.ru.md ru
        b.ru.md ru
        b.uk.md uk
        c.ru.md ru
        c.uk.md uk | lang: ru
        """
    )
    found = find_groups([Path()])
    assert list(_shown(found)) == ["b"]
    first, second = found.problems
    assert first.message.startswith("a.uk.md and a.ua.md are both the uk version of one text; rename")
    assert "(the front matter of c.uk.md says ru)" in second.message
    assert found.lone == ()


def test_hidden_ignored_and_excluded_files_are_left_out(tree: Tree) -> None:
    folder = tree(
        """
        .hidden/c.ru.md ru
        .hidden/c.uk.md uk
        .d.ru.md ru
        .d.uk.md uk
        node_modules/e.ru.md ru
        node_modules/e.uk.md uk
        drafts/f.ru.md ru
        drafts/f.uk.md uk
        public/g.ru.md ru
        public/g.uk.md uk
        a.ru.md ru
        a.uk.md uk
        """
    )
    layout = Layout(folder, exclude=("drafts/",))
    assert list(_shown(find_groups([Path()], layout))) == ["a", "public/g"]
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / ".gitignore").write_text("public/\n", encoding="utf-8")
    assert list(_shown(find_groups([Path()], layout))) == ["a"]
    named = find_groups([Path("drafts/f.ru.md")], layout)
    assert (named.groups, named.lone, named.excluded) == ((), (), (Path("drafts/f.ru.md"),))
    assert list(_shown(find_groups([Path("public")], layout))) == ["public/g"], "named, so wanted"


def test_ids_are_told_apart_by_suffix_and_layout(tree: Tree) -> None:
    tree(
        """
        a.ru.md ru
        a.uk.md uk
        a.ru.txt ru
        a.uk.txt uk
        docs/b.ru.md ru
        docs/b.en.md en
        docs/ru/b.md ru
        docs/en/b.md en
        """
    )
    assert list(_shown(find_groups([Path()]))) == ["a.md", "a.txt", "docs/b.md", "docs/ru/b.md"]


def test_what_is_not_saved_yet_takes_part(tree: Tree) -> None:
    tree("a.ru.md ru")
    unsaved = {Path("a.uk.md"): TEXTS["uk"].encode()}
    assert _shown(find_groups([Path("a.uk.md")], unsaved=unsaved)) == {"a": {"ru": "a.ru.md", "uk": "a.uk.md"}}


def test_files_of_translators_are_tables_and_so_are_tables_that_are_named(tree: Tree) -> None:
    folder = tree(
        """
        a.ru.md ru
        a.uk.md uk
        """
    )
    for name in ("m.po", "m.pot", "t.csv"):
        (folder / name).write_text("x", encoding="utf-8")
    assert find_groups([Path()]).tables == (Path("m.po"),)
    assert find_groups([Path("t.csv"), Path("m.pot")]).tables == (Path("m.pot"), Path("t.csv"))
    assert find_groups([Path()], Layout(folder, (("*.csv",),))).tables == (Path("m.po"), Path("t.csv"))


def test_front_matter_that_cannot_be_read_is_a_problem(tree: Tree) -> None:
    folder = tree(
        """
        a.ru.md ru
        a.uk.md uk
        """
    )
    (folder / "a.uk.md").write_text("---\ntitle: a\nlang: [uk\n---\nТекст\n", encoding="utf-8")
    (problem,) = find_groups([Path()]).problems
    assert problem.message.startswith("a.uk.md, line 4: the front matter is no YAML")


def test_nothing_to_check_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"NAME\.ru\.md"):
        find_groups([tmp_path])
    (problem,) = find_groups([tmp_path / "x"]).problems
    assert problem.message == f"{tmp_path / 'x'}: no such file or folder; check the name"
