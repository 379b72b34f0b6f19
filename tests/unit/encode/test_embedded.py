from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path

import numpy as np
import pytest

from transcheck.encode import FAST, load_encoder
from transcheck.encode.embedded import EmbeddedEncoder, read_safetensors
from transcheck.encode.words import word_spans
from transcheck.types import ModelError

MODEL = Path(__file__).parents[3] / "transcheck" / "models" / "static"
TEXTS = [
    "Мы не видели ни нацистов, ни фашистов.",
    "Ми не бачили ні нацистів, ні фашистів — п’ятсот людей.",
    "We didn’t see any Nazis or fascists!",
    "14,000",
    "Ёлка, ґанок, naïve café 🇺🇦",
]


def test_rows_are_unit_float32() -> None:
    encoder = load_encoder(FAST)
    rows = encoder.encode(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dim)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_texts_without_a_subword_are_zero_rows() -> None:
    rows = load_encoder(FAST).encode(["", " ", "…", "Hello"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([0, 0, 0, 1], abs=1e-5)


def test_a_batch_does_not_change_a_vector() -> None:
    encoder = load_encoder(FAST)
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([t]) for t in TEXTS])
    assert np.abs(together - alone).max() < 1e-6


def test_translations_are_nearer_than_strangers() -> None:
    ru, uk, en = load_encoder(FAST).encode(TEXTS[:3])
    stranger = load_encoder(FAST).encode(["The price of bread has doubled since spring."])[0]
    assert min(ru @ uk, ru @ en, uk @ en) > max(ru @ stranger, uk @ stranger, en @ stranger) + 0.2


def test_words_are_spans_with_the_vector_of_the_word() -> None:
    encoder = load_encoder(FAST)
    for text in TEXTS:
        spans, vectors = encoder.words(text)
        words = [s.of(text) for s in spans]
        assert spans == word_spans(text)
        assert len(encoder.salience(text)) == len(words)
        alone = encoder.encode(words)
        assert (alone * vectors).sum(axis=1) == pytest.approx(np.linalg.norm(alone, axis=1), abs=1e-4)


def test_lone_surrogates_do_not_break_it() -> None:
    assert load_encoder(FAST).encode(["ok \ud800 text"]).shape[0] == 1


def test_a_missing_folder_and_a_cut_file_are_model_errors(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="install transcheck again"):
        EmbeddedEncoder(tmp_path, "x")
    folder = tmp_path / "m"
    shutil.copytree(MODEL, folder)
    data = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(data[: len(data) // 2])
    with pytest.raises(ModelError, match="cut short"):
        EmbeddedEncoder(folder, "x")


def test_safetensors_reader_refuses_other_dtypes(tmp_path: Path) -> None:
    header = json.dumps({"x": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]}}).encode()
    path = tmp_path / "m.safetensors"
    path.write_bytes(struct.pack("<Q", len(header)) + header + bytes(8))
    with pytest.raises(ValueError, match="I64"):
        read_safetensors(path)


def test_the_package_is_small_enough() -> None:
    assert sum(f.stat().st_size for f in MODEL.iterdir()) <= 16_000_000


def test_an_unknown_folder_is_a_clear_error() -> None:
    with pytest.raises(ModelError, match="no such folder"):
        load_encoder("./no/such/model")
