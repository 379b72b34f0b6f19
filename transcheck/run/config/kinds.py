"""What a setting may be: how a value is read, what is said of a wrong one, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn, Protocol

from transcheck.run.selectors import require_known
from transcheck.types import LANGS, ConfigError

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Where:
    """What a message says of the place of a value, and the folder that a path in it counts from."""

    key: str
    origin: str
    folder: Path | None = None

    def __str__(self) -> str:
        return f"{self.key} ({self.origin})"

    def within(self, key: object) -> Where:
        """Return the place of a value inside this one."""
        return Where(f"{self.key}.{key}", self.origin, self.folder)


class Kind(Protocol):
    """One kind of value."""

    def read(self, value: object, where: Where) -> Any:
        """Return a value of a file, checked and frozen; ConfigError says what it must be."""

    def parse(self, text: str) -> object:
        """Return the value that an environment variable or an option writes as text."""

    def schema(self) -> Schema:
        """Return the JSON Schema of the value in a file."""


def refuse(where: Where, value: object, wanted: str) -> NoReturn:
    """Raise the error for a wrong value."""
    raise ConfigError(f"{where}: {value!r} is {wanted}")


def nearest(name: str, known: Sequence[str], otherwise: str) -> str:
    """Return the hint for an unknown name: the nearest known one, else all of them behind ``otherwise``."""
    import difflib

    near = difflib.get_close_matches(name.replace("_", "-"), known, n=1, cutoff=0.4)
    return f"; did you mean {near[0]!r}?" if near else f"; {otherwise} {', '.join(known)}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words."""

    options: tuple[str, ...]

    def read(self, value: object, where: Where) -> str:
        """Return the word."""
        if not isinstance(value, str) or value not in self.options:
            refuse(where, value, f"none of {', '.join(self.options)}")
        return value

    def parse(self, text: str) -> object:
        """Return the text."""
        return text

    def schema(self) -> Schema:
        """Return the words as an enumeration."""
        return {"enum": list(self.options)}


@dataclass(frozen=True, slots=True)
class Word:
    """A text that is not empty; where ``path``, one that counts from the folder of its file.

    ``existing``: it is taken for a path only where that is a folder there.
    """

    what: str
    path: bool = False
    existing: bool = False

    def read(self, value: object, where: Where) -> str:
        """Return the text, a path joined with its folder."""
        if not isinstance(value, str) or not value.strip():
            refuse(where, value, f"not {self.what}")
        if self.path and where.folder is not None:
            joined = where.folder / Path(value).expanduser()
            if not self.existing or joined.is_dir():
                return str(joined)
        return value

    def parse(self, text: str) -> object:
        """Return the text."""
        return text

    def schema(self) -> Schema:
        """Return the schema of a text."""
        return {"type": "string", "minLength": 1}


@dataclass(frozen=True, slots=True)
class Selector:
    """What chooses checks."""

    def read(self, value: object, where: Where) -> str:
        """Return the text; ConfigError where it chooses no check."""
        if not isinstance(value, str):
            refuse(where, value, 'not what chooses checks; write a code or its beginning ("TC2"), a name or a category')
        require_known(value, str(where))
        return value

    def parse(self, text: str) -> object:
        """Return the text."""
        return text

    def schema(self) -> Schema:
        """Return the schema of a text."""
        return {"type": "string", "minLength": 1, "examples": ["all", "TC2", "TC203", "number-changed", "omission"]}


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one kind; text has commas between them."""

    of: Kind
    wanted: str
    unique: bool = False

    def read(self, value: object, where: Where) -> tuple[Any, ...]:
        """Return the values."""
        if not isinstance(value, list):
            refuse(where, value, f"no list; write {self.wanted}")
        return tuple(self.of.read(item, where) for item in value)

    def parse(self, text: str) -> object:
        """Return the parts between commas."""
        return [part.strip() for part in text.split(",") if part.strip()]

    def schema(self) -> Schema:
        """Return the schema of the list."""
        return {"type": "array", "items": self.of.schema()} | ({"uniqueItems": True} if self.unique else {})


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose keys are read by one kind and whose values by another."""

    keys: Kind
    of: Kind
    wanted: str

    def read(self, value: object, where: Where) -> tuple[tuple[Any, Any], ...]:
        """Return the pairs of the table, in its order."""
        if not isinstance(value, dict):
            refuse(where, value, f"no table; write {self.wanted}")
        return tuple((self.keys.read(k, where), self.of.read(v, where.within(k))) for k, v in value.items())

    def parse(self, text: str) -> object:
        """Return the pairs that ``A=x, B=y`` writes."""
        pairs = (part.partition("=") for part in text.split(",") if part.strip())
        return {key.strip(): value.strip() for key, _, value in pairs}

    def schema(self) -> Schema:
        """Return the schema of the table."""
        named = self.keys.schema()
        keys = {"propertyNames": named} if "enum" in named else {}
        return {"type": "object", "additionalProperties": self.of.schema()} | keys


@dataclass(frozen=True, slots=True)
class Fields:
    """A table of a few known keys, made into a frozen value."""

    fields: Mapping[str, Kind]
    make: type[Any]
    wanted: str

    def read(self, value: object, where: Where) -> Any:
        """Return the value; ConfigError names the nearest key for one that is not known."""
        if not isinstance(value, dict):
            refuse(where, value, f"no table; write {self.wanted}")
        for key in value:
            if key not in self.fields:
                raise ConfigError(f"{where}: unknown key {key!r}{nearest(key, list(self.fields), 'the keys are')}")
        read = {k.replace("-", "_"): self.fields[k].read(v, where.within(k)) for k, v in value.items()}
        return self.make(**read)

    def parse(self, text: str) -> object:
        """Return the text; a table cannot be written as one."""
        return text

    def schema(self) -> Schema:
        """Return the schema of the table."""
        properties = {k: kind.schema() for k, kind in self.fields.items()}
        return {"type": "object", "additionalProperties": False, "properties": properties}


@dataclass(frozen=True, slots=True)
class Patterns:
    """Layouts of paths: each a pattern, or a list of patterns that belong together, or ``auto``."""

    wanted: str

    def read(self, value: object, where: Where) -> tuple[tuple[str, ...], ...]:
        """Return a tuple of patterns a layout."""
        if not isinstance(value, list):
            refuse(where, value, f"no list; write {self.wanted}")
        return tuple(self._layout(item, where) for item in value)

    def _layout(self, item: object, where: Where) -> tuple[str, ...]:
        together: list[str] = []
        for pattern in item if isinstance(item, list) else [item]:
            if not isinstance(pattern, str) or not pattern.strip():
                refuse(where, pattern, f"no pattern of paths; write {self.wanted}")
            together.append(pattern)
        table = len(together) == 1 and any(together[0].lower().endswith(s) for s in _table_suffixes())
        if together != ["auto"] and not table and not any("{lang}" in p for p in together):
            refuse(where, ", ".join(together), "without {lang}: nothing in it tells the language; write " + self.wanted)
        return tuple(together)

    def parse(self, text: str) -> object:
        """Return the parts between commas."""
        return [part.strip() for part in text.split(",") if part.strip()]

    def schema(self) -> Schema:
        """Return the schema of the list."""
        pattern = {"type": "string", "minLength": 1}
        return {"type": "array", "items": {"anyOf": [pattern, {"type": "array", "items": pattern, "minItems": 1}]}}


def _table_suffixes() -> tuple[str, ...]:
    from transcheck.read.bilingual import FORMATS as BILINGUAL
    from transcheck.read.records import FORMATS as TABLES

    return (*TABLES, *BILINGUAL)


LANGUAGE = Choice(LANGS)
