"""The JSON Schema of the configuration in the package is the one that the keys make."""

from __future__ import annotations

from pathlib import Path

import jsonschema
import pytest

import transcheck.run.config
from transcheck.run.config.texts import SCHEMA_NAME, dump_schema, make_schema, schema_text


def test_the_schema_in_the_package_is_that_of_the_keys(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        path = Path(transcheck.run.config.__file__).with_name(SCHEMA_NAME)
        path.write_text(dump_schema(), encoding="utf-8", newline="\n")
    assert schema_text() == dump_schema(), "run: make golden"
    jsonschema.Draft7Validator.check_schema(make_schema())
