"""``transcheck quotes``, and ``transcheck audit`` on articles."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from transcheck.report.json import schema
from transcheck.report.quotes import COLUMNS

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples" / "articles"


def test_text_names_place_kind_and_speaker(invoke: Run) -> None:
    done = invoke("quotes", str(SAMPLES / "bakery.uk.html"))
    assert done.exit_code == 0
    assert "uk: 4 quotes" in done.stdout
    assert "11:6  dialogue" in done.stdout
    assert done.stdout.endswith("1 article, 4 quotes\n")


def test_json_fits_the_schema_and_places_lead_into_the_file(invoke: Run) -> None:
    path = SAMPLES / "bakery.en.html"
    found = json.loads(invoke("quotes", str(path), "--format", "json", "--direct").stdout)
    assert found["schema_version"] == 1
    assert found["errors"] == []
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/quote", "$defs": schema()["$defs"]})
    lines = path.read_text("utf-8").split("\n")
    for quote in found["quotes"]:
        validator.validate(quote)
        assert lines[quote["line"] - 1][quote["column"] - 1 :].startswith(quote["parts"][0]["text"][:20])
    assert [q["speaker"] for q in found["quotes"]] == ["Nina Savchuk", "Andriy Loza", "Olha Boiko", "Olha Boiko"]
    assert [p["text"] for q in found["quotes"] for p in q["insertions"]] == ["[to the village]"]


def test_csv_has_a_line_a_quote(invoke: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(invoke("quotes", str(SAMPLES), "--format", "csv").stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert {r["lang"] for r in rows} == {"ru", "uk", "en"}
    assert "[…]" in {r["elisions"] for r in rows}


def test_what_cannot_be_read_is_named_and_makes_exit_code_2(invoke: Run, tmp_path: Path) -> None:
    done = invoke("quotes", str(SAMPLES / "bakery.en.html"), str(tmp_path / "gone.html"))
    assert done.exit_code == 2
    assert "1 article, 5 quotes" in done.stdout
    assert "gone.html: no such file" in done.stderr


def test_audit_of_articles_gives_verdicts_and_a_summary(invoke: Run) -> None:
    done = invoke("audit", str(SAMPLES))
    assert done.exit_code == 1
    assert "bakery#3  drifted  Olha Boiko: 1 error" in done.stdout
    assert "bakery#4  unsupported  Olha Boiko: 1 warning" in done.stdout
    assert "4 quotes: 2 edited openly, 1 drifted, 1 unsupported; 1 error, 1 warning" in done.stdout
    report = json.loads(invoke("audit", str(SAMPLES), "--format", "json").stdout)
    jsonschema.Draft202012Validator(schema()).validate(report)
    assert [d["verdict"] for d in report["documents"]] == ["edited", "edited", "drifted", "unsupported"]
    assert {line["by"] for line in report["summary"]["by"]} == {"category", "speaker", "source"}


def test_a_workbook_has_the_verdicts_and_the_summary(invoke: Run, tmp_path: Path) -> None:
    path = tmp_path / "audit.xlsx"
    done = invoke("audit", str(SAMPLES), "--output", str(path))
    assert done.stdout.startswith("4 quotes:")
    book = openpyxl.load_workbook(path)
    header, *lines = book["documents"].iter_rows(values_only=True)
    assert [dict(zip(header, line, strict=True))["verdict"] for line in lines] == [
        "edited", "edited", "drifted", "unsupported"
    ]  # fmt: skip
    assert {line[0] for line in book["summary"].iter_rows(min_row=2, values_only=True)} == {
        "category",
        "speaker",
        "source",
    }


@pytest.mark.parametrize("named", [False, True], ids=["one file of a group", "names that say nothing"])
def test_groups_of_articles(invoke: Run, tmp_path: Path, named: bool) -> None:
    paths = [SAMPLES / "bakery.uk.html"]
    if named:
        paths = [tmp_path / "herald.html", tmp_path / "vestnik.html"]
        for path, lang in zip(paths, ("en", "ru"), strict=True):
            shutil.copyfile(SAMPLES / f"bakery.{lang}.html", path)
    done = invoke("audit", *map(str, paths), "--format", "json")
    report = json.loads(done.stdout)
    assert len(report["documents"][0]["versions"]) == (2 if named else 3)
    assert done.exit_code == (0 if named and report["summary"]["findings"]["error"] == 0 else 1)


def test_audit_refuses_nothing_at_all_and_a_lone_article(invoke: Run, tmp_path: Path) -> None:
    assert invoke("audit").exit_code == 2
    assert "give articles, folders or tables" in invoke("audit").stderr
    alone = tmp_path / "x.uk.html"
    shutil.copyfile(SAMPLES / "bakery.uk.html", alone)
    done = invoke("audit", str(alone))
    assert done.exit_code == 2
    assert "no other version stands beside it" in done.stderr


def test_bilingual_files_are_audited_unit_by_unit(invoke: Run, tmp_path: Path) -> None:
    path = tmp_path / "site.uk.po"
    path.write_text(
        'msgid ""\nmsgstr "Language: uk\\n"\n\nmsgid "We did not see them."\nmsgstr "Ми бачили їх."\n', encoding="utf-8"
    )
    done = invoke("audit", str(path), "--format", "json")
    (document,) = json.loads(done.stdout)["documents"]
    assert [f["category"] for f in document["findings"]] == ["negation"]
    assert document["verdict"] == "drifted"


def test_one_bad_article_hides_no_other(invoke: Run, tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "in")
    bad = tmp_path / "in" / "aaa.en.txt"
    bad.write_bytes(b"a\x00b")
    listed = invoke("quotes", str(tmp_path / "in"))
    assert listed.exit_code == 2
    assert "3 articles" in listed.stdout
    assert f"{bad}: byte 1 is 0x00" in listed.stderr
    articles = [str(tmp_path / "in" / f"bakery.{lang}.html") for lang in ("ru", "uk")]
    for extra in ([str(tmp_path / "gone.txt")], ["--manifest", str(tmp_path / "gone.csv")]):
        audited = invoke("audit", *articles, *extra)
        assert audited.exit_code == 2
        assert "1 drifted" in audited.stdout
        assert "no such file" in audited.stderr
