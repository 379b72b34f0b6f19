"""The termbases that the configuration names, read into one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from transcheck.read.termbase import read_termbase
from transcheck.read.text import read_bytes
from transcheck.run.config import Config
from transcheck.types import NO_TERMS, Concept, ConfigError, InputError, Termbase


def load_termbase(config: Config) -> Termbase:
    """Return the terms that hold in a run; ConfigError names the file, the line, and what to do."""
    setting = config.termbase
    return read_termbases([Path(p) for p in setting.value], f"termbase ({setting.origin})")


def read_termbases(paths: Sequence[Path], origin: str) -> Termbase:
    """Return the terms of several files as one; what one file says of a concept is no part of what another says.

    Raises:
        ConfigError: a file that cannot be read; ``origin`` says where it was named.
    """
    if not paths:
        return NO_TERMS
    concepts: list[Concept] = []
    digest = hashlib.sha256()
    for path in paths:
        try:
            data = read_bytes(path)
            concepts += _concepts(str(path), data)
        except InputError as error:
            raise ConfigError(f"{origin}: {error}") from error
        # the suffix decides how the content is read
        digest.update(f"{path.suffix.lower()} {len(data)}\n".encode())
        digest.update(data)
    return Termbase(tuple(concepts), digest.hexdigest())


@lru_cache(maxsize=8)
def _concepts(name: str, data: bytes) -> tuple[Concept, ...]:
    """Return what a file holds; an editor asks again after every key that is pressed."""
    return read_termbase(name, data)
