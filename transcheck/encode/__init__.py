"""Texts to unit vectors: the packaged model, or any sentence-transformers model by name."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from transcheck.types import Encoder, ModelError

DEFAULT = "static"
"""Folder of the packaged model under ``transcheck/models``."""

__all__ = ["DEFAULT", "load_encoder"]


def load_encoder(model: str | None = None) -> Encoder:
    """Return the packaged encoder, or the sentence-transformers model that ``model`` names (hub id or folder).

    Raises:
        ModelError: when the model cannot be had; nothing has been encoded then.
    """
    if model is None or model == DEFAULT:
        from transcheck.encode.embedded import EmbeddedEncoder

        folder = Path(str(resources.files("transcheck") / "models" / DEFAULT))
        if not folder.is_dir():
            raise ModelError(f"{folder}: the packaged model is missing; install transcheck again")
        return EmbeddedEncoder(folder, f"transcheck-{DEFAULT}")
    from transcheck.encode.sentence_transformers import SentenceTransformerEncoder

    name = str(Path(model).expanduser()) if model.startswith("~") else model
    return SentenceTransformerEncoder(name, load_encoder())
