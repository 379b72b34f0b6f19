from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports import sample_report, whole_report
from transcheck.report.indented import dumps
from transcheck.report.json import to_dict

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(VALUES)
def test_any_value_is_written_as_json_writes_it(value: Any) -> None:
    assert dumps(value) == json.dumps(value, ensure_ascii=False, indent=2)


@pytest.mark.parametrize("report", [to_dict(sample_report()), to_dict(whole_report()), {"a": (1, ())}])
def test_reports_are_written_as_json_writes_them(report: Any) -> None:
    assert dumps(report) == json.dumps(report, ensure_ascii=False, indent=2)
