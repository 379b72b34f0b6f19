"""Documents of three versions through alignment and the checks that need sentences to be near each other."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from unittest.mock import patch

from transcheck.checks import language, quantities, terms
from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document
from transcheck.types import Document, Encoder, Finding, Lang, Version


@lru_cache(maxsize=1)
def _encoder() -> Encoder:
    return load_encoder()


def findings(texts: Mapping[Lang, str], code: str) -> list[Finding]:
    """Return the findings of one code that are no notes."""
    versions = tuple(Version(lang, text) for lang, text in texts.items())
    with patch("transcheck.run.pipeline.FUNCTIONS", (terms.check, quantities.check, language.check)):
        report = compare_document(Document("test", versions), _encoder())
    return [f for f in report.findings if f.code == code and f.severity != "note"]
