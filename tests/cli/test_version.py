from __future__ import annotations

from collections.abc import Callable
from typing import Any

import transcheck


def test_version_is_printed(invoke: Callable[..., Any]) -> None:
    for arguments in (("version",), ("--version",)):
        result = invoke(*arguments)
        assert (result.exit_code, result.stdout) == (0, f"transcheck {transcheck.__version__}\n")
