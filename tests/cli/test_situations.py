"""The exit code of ``check`` in the situations that a repository of texts gets into, each run for real."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

RU = "Мы вышли к реке в шесть утра. Нас было четырнадцать, и никто не стрелял.\n"
UK = "Ми вийшли до річки о шостій ранку. Нас було чотирнадцятеро, і ніхто не стріляв.\n"
EN = "We reached the river at six in the morning. There were fourteen of us, and nobody fired.\n"
FORTY = EN.replace("fourteen", "forty")
"""An error, TC301, against the English version."""

LATIN = UK.replace("стріляв", "стрiляв")
"""A warning, TC403: the Ukrainian has a Latin i."""

CLEAN: Mapping[str, str | bytes] = {"a.ru.md": RU, "a.uk.md": UK, "a.en.md": EN}
WRONG = {**CLEAN, "a.en.md": FORTY}
DOUBTFUL = {**CLEAN, "a.uk.md": LATIN}
LONE: Mapping[str, str | bytes] = {"b.ru.md": RU}
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: uk\\n"\n\nmsgid "{}"\nmsgstr "{}"\n'
LISTED = '[[ignore]]\ncode = "TC301"\ntext = "forty of us"\nreason = "the archive has forty"\n'
BASELINE = ".transcheck-baseline.json"
KNOWN = '{"version": 1, "findings": [{"document": "a", "code": "TC301", "fingerprint": "0123456789abcdef"}]}'


@dataclass(frozen=True)
class Case:
    """Files, the command line behind ``check``, and the exit code; ``says`` stands in what is printed."""

    files: Mapping[str, str | bytes]
    arguments: tuple[str, ...]
    code: int
    says: str = ""
    config: str = ""
    stdin: str | None = None
    environ: Mapping[str, str] = field(default_factory=dict)


TERMS = "concept\tru\tuk\ten\ten-forbidden\nriver\tрека\tріка|річка\tstream\triver\n"
HERE = (".",)
CASES: dict[str, Case] = {
    # what was found
    "a clean group": Case(CLEAN, HERE, 0, "1 document checked, 2 rows: no findings; 0 suppressed; 0 not checked"),
    "no path at all is the working directory": Case(CLEAN, (), 0, "1 document checked"),
    "an error": Case(WRONG, HERE, 1, "a.en.md:1:56: error TC301"),
    "a warning": Case(DOUBTFUL, HERE, 0, "warning TC403"),
    "a warning where warnings fail": Case(DOUBTFUL, (*HERE, "--fail-on", "warning"), 1),
    "an error where nothing fails": Case(WRONG, (*HERE, "--fail-on", "never"), 0),
    "an error, but never 1": Case(WRONG, (*HERE, "--exit-zero"), 0),
    "never 1 although a check has a level of its own": Case(
        WRONG, (*HERE, "--exit-zero"), 0, config='fail-levels = { TC3 = "note" }'
    ),
    "two of three versions": Case({k: CLEAN[k] for k in ("a.ru.md", "a.uk.md")}, HERE, 0),
    "the version that was named is right, another one is not": Case(WRONG, ("a.ru.md",), 1, "a.en.md:1:56"),
    "an error in a group that was not named": Case(
        {**CLEAN, "x/c.ru.md": RU, "x/c.en.md": FORTY}, ("a.uk.md",), 0, "1 document checked"
    ),
    "an error, written to a file": Case(WRONG, (*HERE, "--output", "sarif=report.sarif"), 1),
    "only the statistics of an error": Case(WRONG, (*HERE, "--statistics"), 1, "by check\n  1  TC301 number-changed"),
    # what was not checked
    "a path that does not exist": Case(CLEAN, (".", "gone.md"), 2, "gone.md: no such file or folder"),
    "a text alone that was named": Case(LONE, ("b.ru.md",), 2, "b.ru.md: no other version stands beside it"),
    "a text alone that was met": Case({**CLEAN, **LONE}, HERE, 0, "1 not checked (1 without another version)"),
    "nothing but a text alone": Case(LONE, HERE, 2, "0 documents checked"),
    "a text alone where that is an error": Case({**CLEAN, **LONE}, HERE, 2, "no other version", 'lone = "error"'),
    "a text alone where that is none": Case(LONE, ("b.ru.md", "--lone", "ignore"), 0, "1 without another version"),
    "a file whose name tells nothing": Case({"a.md": RU}, ("a.md",), 2, "the name tells no language"),
    "an empty folder": Case({}, HERE, 2, "no texts found"),
    "a version that cannot be decoded": Case({**CLEAN, "a.uk.md": b"\x00\x01"}, HERE, 2, "a.uk.md: byte 0"),
    "a version without text": Case({**CLEAN, "a.uk.md": "---\ntitle: x\n---\n"}, HERE, 2, "a.uk.md"),
    "a group that cannot be read beside an error": Case({**WRONG, "c.ru.md": RU, "c.uk.md": b"\x00"}, HERE, 2, "TC301"),
    "what cannot be read, and never 1": Case({**CLEAN, "a.uk.md": b"\x00"}, (*HERE, "--exit-zero"), 2),
    "two files in one language": Case({**CLEAN, "a.ua.md": UK}, HERE, 2, "both the uk version"),
    "front matter that is broken": Case({**CLEAN, "a.uk.md": f"---\nlang: [uk\n---\n{UK}"}, HERE, 2, "no YAML"),
    "an excluded file that was named": Case(
        {**CLEAN, "drafts/d.ru.md": RU}, ("drafts/d.ru.md",), 0, "1 excluded", 'exclude = ["drafts/"]'
    ),
    "everything is excluded": Case(CLEAN, HERE, 2, "no texts found", 'exclude = ["*.md"]'),
    "a model that cannot be had": Case(CLEAN, (*HERE, "--model", "./no/model"), 2, "no such folder"),
    "an output that cannot be written": Case(CLEAN, (*HERE, "-o", "json=no/such/report.json"), 2, "cannot be written"),
    # versions that are required
    "a required version is missing": Case(
        {k: CLEAN[k] for k in ("a.ru.md", "a.uk.md")}, (*HERE, "--require", "ru,uk,en"), 1, "error TC105 there is no en"
    ),
    "a text alone of which others are required": Case(LONE, HERE, 1, "TC105", 'require = ["ru", "uk"]'),
    "every required version is there": Case(CLEAN, HERE, 0, config='require = ["ru", "uk", "en"]'),
    "a version is missing, which is no finding here": Case(
        LONE, ("b.ru.md",), 2, "no other version", 'require = ["ru", "uk"]\nignore = ["TC105"]'
    ),
    # which checks, where, how severe
    "a check that is ignored": Case(WRONG, (*HERE, "--ignore", "number"), 0, "no findings"),
    "a check that is not selected": Case(WRONG, (*HERE, "--select", "TC2"), 0, "no findings"),
    "a family that is ignored, but not this check": Case(
        WRONG, (*HERE, "--ignore", "TC3", "--extend-select", "TC301"), 1
    ),
    "ignored for the file": Case(WRONG, HERE, 0, config='per-file-ignores = { "*.en.md" = ["TC301"] }'),
    "ignored for another file": Case(WRONG, HERE, 1, config='per-file-ignores = { "*.uk.md" = ["TC301"] }'),
    "ignored for the language": Case(WRONG, HERE, 0, config='per-language = { en = { ignore = ["TC3"] } }'),
    "ignored for another language": Case(WRONG, HERE, 1, config='per-language = { uk = { ignore = ["TC3"] } }'),
    "a check that is off": Case(WRONG, HERE, 0, "no findings", 'severity = { TC301 = "off" }'),
    "an error made a note": Case(WRONG, HERE, 0, "note TC301", 'severity = { number = "note" }'),
    "a warning made an error": Case(DOUBTFUL, HERE, 1, "error TC403", 'severity = { TC403 = "error" }'),
    "a check that never fails": Case(WRONG, HERE, 0, "error TC301", 'fail-levels = { TC3 = "never" }'),
    "a check that fails from warnings on": Case(DOUBTFUL, HERE, 1, config='fail-levels = { TC403 = "warning" }'),
    "suppressed with a reason": Case(
        {**WRONG, "a.en.md": f"{FORTY[:-1]} <!-- transcheck: ignore[TC301] the archive has forty -->\n"},
        HERE,
        0,
        "1 suppressed (1 by comments)",
    ),
    "suppressed without a reason": Case(
        {**WRONG, "a.en.md": f"{FORTY[:-1]} <!-- transcheck: ignore[TC301] -->\n"}, HERE, 1, "TC902"
    ),
    "suppressed by the list beside the file": Case(
        {**WRONG, "a.en.md.transcheck.toml": LISTED}, HERE, 0, "1 suppressed"
    ),
    "suppressed until a day that is over": Case(
        {**WRONG, "a.en.md.transcheck.toml": f"{LISTED}until = 2020-01-31\n"}, HERE, 1, "out of date since 2020-01-31"
    ),
    "a list of suppressions that is no TOML": Case(
        {**WRONG, "a.en.md.transcheck.toml": "[["}, HERE, 2, "a.en.md.transch"
    ),
    "a suppression that is not needed": Case({**CLEAN, "a.en.md.transcheck.toml": LISTED}, HERE, 0, "note TC901"),
    "a suppression that is not needed where notes fail": Case(
        {**CLEAN, "a.en.md.transcheck.toml": LISTED}, (*HERE, "--fail-on", "note"), 1, "note TC901"
    ),
    # what is known
    "a baseline that is broken": Case({**CLEAN, BASELINE: "<<<<<<< HEAD\n"}, HERE, 2, "the baseline is broken JSON"),
    "a baseline of another version": Case({**CLEAN, BASELINE: '{"version": 9, "findings": []}'}, HERE, 2, "version 9"),
    "a broken baseline that is not used": Case({**CLEAN, BASELINE: "<<<<<<<"}, (*HERE, "--no-baseline"), 0),
    "a baseline that is not there": Case(CLEAN, (*HERE, "--baseline", "known.json"), 2, "known.json: no such file"),
    "a baseline of the configuration that is not there": Case(CLEAN, HERE, 2, "no such file", 'baseline = "no.json"'),
    "an empty baseline": Case({**WRONG, BASELINE: '{"version": 1, "findings": []}'}, HERE, 1, "0 suppressed"),
    "an entry of the baseline that is not needed": Case({**CLEAN, BASELINE: KNOWN}, HERE, 0, "1 stale in the baseline"),
    "since a revision, and no repository": Case(CLEAN, (*HERE, "--since", "HEAD"), 2, "this is no git repository"),
    # the configuration
    "an unknown key": Case(CLEAN, HERE, 2, "did you mean 'fail-on'?", 'failon = "note"'),
    "a value of the wrong kind": Case(CLEAN, HERE, 2, 'is no list; write ["TC2"', 'ignore = "TC2"'),
    "a configuration that is no TOML": Case(CLEAN, HERE, 2, "transcheck.toml", "fail-on = "),
    "an unknown check": Case(CLEAN, (*HERE, "--select", "TC999"), 2, "no check is chosen by 'TC999'"),
    "a configuration that is not there": Case(CLEAN, (*HERE, "--config", "no.toml"), 2, "--config no.toml: no such"),
    "the configuration is left alone": Case(WRONG, (*HERE, "--isolated"), 1, config='fail-on = "never"'),
    "the environment wins over the file": Case(
        WRONG, HERE, 0, config='fail-on = "error"', environ={"TRANSCHECK_FAIL_ON": "never"}
    ),
    "the command line wins over the environment": Case(
        WRONG, (*HERE, "--fail-on", "error"), 1, environ={"TRANSCHECK_FAIL_ON": "never"}
    ),
    "the closest configuration holds alone": Case(
        {"x/transcheck.toml": "", **{f"x/{k}": v for k, v in WRONG.items()}}, ("x",), 1, config='fail-on = "never"'
    ),
    "paths of two configurations": Case(
        {"x/transcheck.toml": "", "x/a.ru.md": RU, "y/a.ru.md": RU}, ("x", "y"), 2, "different configurations hold"
    ),
    "the paths of the configuration": Case(
        {**WRONG, "x/c.ru.md": RU, "x/c.uk.md": UK}, (), 0, "1 document checked", 'paths = ["x"]'
    ),
    # the termbase
    "a word that the termbase forbids": Case(
        {**CLEAN, "terms.tsv": TERMS}, (*HERE, "--termbase", "terms.tsv"), 1, "error TC208 forbidden term for [river]"
    ),
    "a termbase that is broken": Case(
        {**CLEAN, "terms.tsv": "concept\trussian\n"}, HERE, 2, "terms.tsv, line 1", 'termbase = ["terms.tsv"]'
    ),
    "a termbase that is not there": Case(CLEAN, (*HERE, "--termbase", "no.tsv"), 2, "no.tsv: no such file"),
    # text that is not saved
    "an error that is saved, not in the editor": Case(WRONG, ("--stdin-filename", "a.en.md"), 0, stdin=EN),
    "an error in the editor that is not saved": Case(CLEAN, ("--stdin-filename", "a.en.md"), 1, "TC301", stdin=FORTY),
    "a new version that is not saved": Case(LONE, ("--stdin-filename", "b.en.md"), 1, "b.ru.md:1:40", stdin=FORTY),
    "an empty text in the editor": Case(CLEAN, ("--stdin-filename", "a.en.md"), 2, "a.en.md", stdin=""),
    "a path beside the text of the editor": Case(CLEAN, (".", "--stdin-filename", "a.en.md"), 2, stdin=EN),
    # other files
    "a file of translators": Case({"m.po": PO.format(EN.strip(), UK.strip())}, HERE, 0, "1 document checked"),
    "a file of translators with an error": Case(
        {"m.po": PO.format(FORTY.strip(), UK.strip())}, (*HERE, "--fail-on", "warning"), 1, "TC301"
    ),
    "a broken file of translators": Case({**CLEAN, "m.po": "msgid"}, HERE, 2, "m.po"),
    "a manifest": Case(
        {
            "x/one.md": RU,
            "x/two.md": FORTY,
            "x/three.md": UK,
            "list.csv": "id,ru,uk,en\nq,x/one.md,x/three.md,x/two.md\n",
        },
        ("--manifest", "list.csv"),
        1,
        "x/two.md:1:56",
    ),
    "a manifest that names a file that is not there": Case(
        {**CLEAN, "list.csv": "id,ru,uk\nq,x/one.md,x/two.md\n"}, (*HERE, "--manifest", "list.csv"), 2, "x/one.md"
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_situation(name: str, invoke: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    monkeypatch.chdir(tmp_path)
    for file, content in case.files.items():
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    if case.config:
        (tmp_path / "transcheck.toml").write_text(case.config, encoding="utf-8")
    for variable, value in {"TRANSCHECK_MODEL": "fast", **case.environ}.items():
        monkeypatch.setenv(variable, value)
    result = invoke("check", *case.arguments, stdin=case.stdin)
    assert result.exit_code == case.code, result.output
    assert case.says in result.output
    assert "Traceback" not in result.output


def test_the_table_is_long_enough() -> None:
    assert len(CASES) >= 25
    assert {case.code for case in CASES.values()} == {0, 1, 2}
