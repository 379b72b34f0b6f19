"""Texts to unit vectors: the packaged models, or any sentence-transformers model by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from transcheck.encode.deferred import Deferred
from transcheck.encode.revision import FAST, packaged
from transcheck.types import Encoder, ModelError

if TYPE_CHECKING:
    from transcheck.encode.contextual import ContextualEncoder
    from transcheck.encode.embedded import EmbeddedEncoder

__all__ = ["FAST", "Deferred", "load_contextual", "load_encoder"]


def load_encoder(model: str | None = None, threads: int | None = None) -> Encoder:
    """Return the packaged encoder, the static one if ``model`` is "fast", or the sentence-transformers model that
    ``model`` names (hub id or folder).

    ``threads`` is how many the packaged encoder may use; None: one for each core.

    Raises:
        ModelError: when the model cannot be had; nothing has been encoded then.
    """
    if model is None:
        return load_contextual(threads)
    if model == FAST:
        return _static()
    from transcheck.encode.sentence_transformers import SentenceTransformerEncoder

    name = str(Path(model).expanduser()) if model.startswith("~") else model
    return SentenceTransformerEncoder(name, load_contextual(threads))


def load_contextual(threads: int | None = None) -> ContextualEncoder:
    """Return the packaged contextual encoder; ModelError when a file of it is missing or broken."""
    from transcheck.encode.contextual import ContextualEncoder

    return ContextualEncoder(_folder("contextual"), "transcheck-contextual", _static(), threads)


def _static() -> EmbeddedEncoder:
    from transcheck.encode.embedded import EmbeddedEncoder

    return EmbeddedEncoder(_folder("static"), "transcheck-static")


def _folder(name: str) -> Path:
    """Return the folder of a packaged model, which must be there."""
    folder = packaged(name)
    if not folder.is_dir():
        raise ModelError(f"{folder}: the packaged model is missing; install transcheck again")
    return folder
