"""From the trained table to the packaged folder: fewer dimensions, int8 rows, a compact tokenizer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

Floats = NDArray[np.float32]


def principal_axes(sums: Floats, dimensions: int) -> Floats:
    """Return float32 [d, dimensions]: the directions that keep most of the sentence vectors ``sums`` [n, d].

    Not centred: cosines are about the origin.
    """
    unit = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    _, vectors = np.linalg.eigh(unit.T @ unit)
    axes: Floats = np.ascontiguousarray(vectors[:, ::-1][:, :dimensions]).astype(np.float32)
    return axes


def quantise(rows: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Return int8 rows and the float32 factor of each row; an empty row keeps factor 0."""
    factors = np.abs(rows).max(axis=1) / 127.0
    scaled = rows / np.where(factors > 0, factors, 1.0)[:, None]
    return np.rint(scaled).astype(np.int8), factors.astype(np.float32)


def save(folder: Path, tokenizer: Tokenizer, rows: NDArray[np.int8], factors: Floats) -> None:
    """Write a folder that sentence-transformers reads as ``StaticEmbedding`` and ``EmbeddedEncoder`` without torch."""
    folder.mkdir(parents=True, exist_ok=True)
    save_file({"embeddings": rows, "weights": factors}, str(folder / "model.safetensors"))
    (folder / "tokenizer.json").write_text(json.dumps(_compact(tokenizer), ensure_ascii=False, separators=(",", ":")))
    module = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
    modules = [{"idx": 0, "name": "0", "path": "", "type": module}]
    (folder / "modules.json").write_text(json.dumps(modules, indent=2) + "\n")
    config = {"model_type": "SentenceTransformer", "similarity_fn_name": "cosine", "prompts": {}}
    (folder / "config_sentence_transformers.json").write_text(json.dumps(config, indent=2) + "\n")


def _compact(tokenizer: Tokenizer) -> dict[str, object]:
    """Return the tokenizer's JSON with scores of four decimals, which leaves segmentations as they are in practice."""
    data: dict[str, object] = json.loads(tokenizer.to_str())
    model = data["model"]
    if not isinstance(model, dict):
        raise TypeError("the tokenizer's JSON has no model object")
    model["vocab"] = [[piece, round(score, 4)] for piece, score in model["vocab"]]
    return data
