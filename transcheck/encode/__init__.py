"""Texts to unit vectors: the packaged models, or any sentence-transformers model by name."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from transcheck.types import Encoder, ModelError

if TYPE_CHECKING:
    from transcheck.encode.embedded import EmbeddedEncoder

FAST = "fast"
"""The name that asks for the packaged static model alone."""

__all__ = ["FAST", "load_encoder"]


def load_encoder(model: str | None = None) -> Encoder:
    """Return the packaged encoder, the static one if ``model`` is "fast", or the sentence-transformers model that
    ``model`` names (hub id or folder).

    Raises:
        ModelError: when the model cannot be had; nothing has been encoded then.
    """
    if model is None:
        from transcheck.encode.contextual import ContextualEncoder

        return ContextualEncoder(_packaged("contextual"), "transcheck-contextual", _static())
    if model == FAST:
        return _static()
    from transcheck.encode.sentence_transformers import SentenceTransformerEncoder

    name = str(Path(model).expanduser()) if model.startswith("~") else model
    return SentenceTransformerEncoder(name, _static())


def _static() -> EmbeddedEncoder:
    from transcheck.encode.embedded import EmbeddedEncoder

    return EmbeddedEncoder(_packaged("static"), "transcheck-static")


def _packaged(name: str) -> Path:
    """Return the folder of a packaged model."""
    folder = Path(str(resources.files("transcheck") / "models" / name))
    if not folder.is_dir():
        raise ModelError(f"{folder}: the packaged model is missing; install transcheck again")
    return folder
