"""Every key there is: what it means, what it may be, and an example of it. All else is made of this table."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, get_args

from transcheck.run.config.kinds import (
    LANGUAGE,
    Choice,
    Fields,
    Kind,
    Many,
    Patterns,
    Selector,
    Table,
    Word,
)
from transcheck.run.config.tree import Config, LanguageRules, Lonely, Setting
from transcheck.types import SEVERITIES, FailOn

ENVIRONMENT_PREFIX = "TRANSCHECK_"

_SELECTORS = Many(Selector(), '["TC2", "number-changed", "omission"]')
_LEVELS = Table(Selector(), Choice((*SEVERITIES, "off")), '{ TC3 = "warning" }')
_FAIL = Choice(get_args(FailOn))
_GLOBS = Many(Word("a pattern of paths"), '["drafts/", "*.tmp.md"]')


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its ``name`` in the file, its ``kind``, what it means in a sentence or two, and its value in the file
    that ``config init`` writes. ``listed``: an environment variable can set it.
    """

    name: str
    kind: Kind
    help: str
    example: str
    listed: bool = True

    @property
    def field(self) -> str:
        """The name of the field in the tree."""
        return self.name.replace("-", "_")

    @property
    def variable(self) -> str | None:
        """The environment variable that sets it, None where none does."""
        return ENVIRONMENT_PREFIX + self.field.upper() if self.listed else None

    @property
    def default(self) -> Any:
        """The value where nothing sets it."""
        setting = next(f.default for f in fields(Config) if f.name == self.field)
        assert isinstance(setting, Setting)
        return setting.value


KEYS: tuple[Key, ...] = (
    Key(
        "model",
        Word("the name of a model or the path of its folder", path=True, existing=True),
        'The model: "fast" for the packaged static one, the name or the folder of any sentence-transformers model; '
        "unset: the packaged contextual one.",
        '"fast"',
    ),
    Key("fail-on", _FAIL, "The severity from which a finding fails the run.", '"error"'),
    Key(
        "fail-levels",
        Table(Selector(), _FAIL, '{ TC3 = "warning", reordered = "never" }'),
        "The same for checks of their own; the closest selector wins over fail-on.",
        '{ TC3 = "warning", reordered = "never" }',
        listed=False,
    ),
    Key(
        "select",
        _SELECTORS,
        "The checks that are made: all, a category, the beginning of a code, a code or a name.",
        '["all"]',
    ),
    Key(
        "ignore",
        _SELECTORS,
        "Checks that are left out; of two selectors that fit a check the longer wins, of equal ones ignore.",
        '["TC104", "softened"]',
    ),
    Key("extend-select", _SELECTORS, "Checks that are made besides those of select.", '["TC201"]'),
    Key(
        "per-file-ignores",
        Table(Word("a pattern of paths"), _SELECTORS, '{ "archive/**" = ["TC2"] }'),
        "Checks that are left out for files, by patterns of their paths.",
        '{ "archive/**" = ["TC2"], "*.en.md" = ["look-alike-letters"] }',
        listed=False,
    ),
    Key(
        "per-language",
        Table(
            LANGUAGE,
            Fields(
                {"ignore": _SELECTORS, "extend-select": _SELECTORS, "severity": _LEVELS},
                LanguageRules,
                '{ ignore = ["TC206"] }',
            ),
            '{ uk = { ignore = ["TC206"] } }',
        ),
        "What holds for findings against the version in one language: ignore, extend-select, severity.",
        '{ uk = { ignore = ["TC206"], severity = { TC403 = "note" } } }',
        listed=False,
    ),
    Key(
        "severity",
        _LEVELS,
        "How severe the findings of checks are: error, warning, note, or off.",
        '{ TC104 = "note", look-alike-letters = "off" }',
        listed=False,
    ),
    Key(
        "termbase",
        Many(Word("the path of a termbase", path=True), '["terms.tsv"]'),
        "The editor's own terms, TSV or TBX files: what is allowed and forbidden, required, or kept unchanged (TC208).",
        '["terms.tsv"]',
    ),
    Key(
        "paths",
        Many(Word("a path", path=True), '["content"]'),
        "Files and folders that are checked where the command line names none; unset: the working directory.",
        '["content"]',
    ),
    Key(
        "groups",
        Patterns('["content/{lang}/**/{name}.md"], "auto" for the known layouts'),
        "How paths show which files are versions of one text. A list within the list is one layout of several "
        'patterns; "auto" stands for the known layouts.',
        '["content/{lang}/**/{name}.md", ["docs/**/{name}.md", "i18n/{lang}/docs/**/{name}.md"], "auto"]',
    ),
    Key("exclude", _GLOBS, "Files and folders that are never checked, named or not.", '["drafts/", "*.tmp.md"]'),
    Key(
        "require",
        Many(LANGUAGE, '["ru", "uk", "en"]', unique=True),
        "Languages that every text must have; one that is missing is a finding (TC105).",
        '["ru", "uk", "en"]',
    ),
    Key(
        "lone",
        Choice(get_args(Lonely)),
        'When a text without another version is an error: "error" always, "named" where it was named itself, '
        '"ignore" never. It is listed as not checked in any case.',
        '"named"',
    ),
    Key(
        "manifest",
        Word("the path of a table", path=True),
        "A table of texts (id, ru, uk, en: paths from its folder) that is checked besides what is found.",
        '"groups.csv"',
    ),
    Key(
        "baseline",
        Word("the path of a baseline file", path=True),
        "The file of findings that are known and do not count; unset: .transcheck-baseline.json in the root, if there "
        "is one.",
        '"transcheck-baseline.json"',
    ),
    Key(
        "cache-dir",
        Word("the path of a folder", path=True),
        "Where vectors and results are kept; unset: .transcheck_cache in the root of the repository.",
        '".transcheck_cache"',
    ),
)


def keys() -> tuple[str, ...]:
    """Return the names of the settings as they are written in the file."""
    return tuple(key.name for key in KEYS)
