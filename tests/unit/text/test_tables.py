"""The fast reader of tables gives what tomllib gives, for every table of the package."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from transcheck.text.tables import parse, read_table

TABLES = sorted(p.name for p in files("transcheck.text").joinpath("data").iterdir() if p.name.endswith(".toml"))


@pytest.mark.parametrize("name", TABLES)
def test_reads_every_table_as_tomllib_does(name: str) -> None:
    text = files("transcheck.text").joinpath("data", name).read_text(encoding="utf-8")
    assert read_table(name.removesuffix(".toml")) == tomllib.loads(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a = 1\nb = -0.5\nc = true\n",
        '[x.y]\n"1/2" = "p q"  # said of halves\nkey = [\n  "a",\n  "b",\n]\n',
        '[x]\na = { b = ["c, d = e"], "ж" = { f = 2 } }\n[x.z]\nw = \'\\d+\'\n',
        'a = """\none two\nthree"""\n# remark\nb = []\n',
        'a = { "2 wk" = "x", b-c = "y", "\'" = "" }\nb = "c \\" = d"\ne = { f = "\\" = " }\n',
        "a = ['\\\\b[a-z]{2}', 'c\\\\']\nb = 'd = e'\n",
        'a = """"""\nb = """\n\n c\n"""\n  # remark = 1\nc = """d\\\\e"""\n',
        'a = "tab\\t, quote \\" and # no remark"\n',
    ],
)
def test_reads_what_tables_may_hold(text: str) -> None:
    assert parse(text) == tomllib.loads(text)


def test_what_is_no_toml_is_an_error() -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        parse("[x]\na = [1, }\n")
