"""Checks the Russian, Ukrainian and English versions of a quote or an article against each other.

``compare`` checks one text, ``audit`` a table of them, ``load_encoder`` gives the vectors that both use. Nothing here
prints, and nothing heavy is imported before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from transcheck.version import VERSION as __version__

if TYPE_CHECKING:
    from transcheck.api import audit, compare
    from transcheck.encode import load_encoder
    from transcheck.types import (
        ConfigError,
        Encoder,
        Finding,
        InputError,
        ModelError,
        Report,
        TranscheckError,
    )

_HOMES = {
    "compare": "transcheck.api",
    "audit": "transcheck.api",
    "load_encoder": "transcheck.encode",
    **dict.fromkeys(
        ("ConfigError", "Encoder", "Finding", "InputError", "ModelError", "Report", "TranscheckError"),
        "transcheck.types",
    ),
}

__all__ = [
    "ConfigError",
    "Encoder",
    "Finding",
    "InputError",
    "ModelError",
    "Report",
    "TranscheckError",
    "__version__",
    "audit",
    "compare",
    "load_encoder",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
