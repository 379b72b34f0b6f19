from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from transcheck.encode import load_encoder
from transcheck.encode.contextual import WINDOW, ContextualEncoder
from transcheck.encode.embedded import EmbeddedEncoder
from transcheck.encode.words import word_spans
from transcheck.types import ModelError

MODELS = Path(__file__).parents[3] / "transcheck" / "models"
TEXTS = [
    "Мы не видели ни нацистов, ни фашистов.",
    "Ми не бачили ні нацистів, ні фашистів — п’ятсот людей.",
    "We didn’t see any Nazis or fascists!",
    "14,000",
    "Ёлка, ґанок, naïve café 🇺🇦",
    "Собака укусила чоловіка біля старого мосту, і ніхто не прийшов на допомогу.",
]


def _encoder(threads: int = 2) -> ContextualEncoder:
    static = EmbeddedEncoder(MODELS / "static", "static")
    return ContextualEncoder(MODELS / "contextual", "contextual", static, threads)


def test_the_default_is_the_contextual_one_and_fast_the_static_one() -> None:
    assert load_encoder().id == "transcheck-contextual"
    assert load_encoder("fast").id == "transcheck-static"


def test_rows_are_unit_float32() -> None:
    encoder = load_encoder()
    rows = encoder.encode(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dim)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_texts_without_a_subword_are_zero_rows() -> None:
    rows = load_encoder().encode(["", " ", "…", "Hello"])
    assert np.linalg.norm(rows, axis=1) == pytest.approx([0, 0, 0, 1], abs=1e-5)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_neither_the_batch_nor_the_threads_change_a_vector(threads: int) -> None:
    encoder = _encoder(threads)
    alone = np.concatenate([_encoder(1).encode([t]) for t in TEXTS])
    assert np.abs(encoder.encode(TEXTS) - alone).max() < 1e-6
    assert np.abs(encoder.encode(TEXTS[::-1])[::-1] - alone).max() < 1e-6


def test_word_order_is_seen() -> None:
    static, contextual = load_encoder("fast"), load_encoder()
    texts = ["The dog bit the man.", "The man bit the dog."]
    (a, b), (c, d) = static.encode(texts), contextual.encode(texts)
    assert float(a @ b) == pytest.approx(1.0, abs=1e-5)
    assert float(c @ d) < 0.995


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        ("Собака укусила полицейского.", "The dog bit the policeman.", "The policeman bit the dog."),
        ("Иванов обвинил Петрова во лжи.", "Ivanov accused Petrov of lying.", "Petrov accused Ivanov of lying."),
        ("Олена покликала Марію.", "Olena called Maria.", "Maria called Olena."),
        ("Он рассказал мне всё.", "He told me everything.", "I told him everything."),
        (
            "Польща передала Україні танки.",
            "Poland handed the tanks to Ukraine.",
            "Ukraine handed the tanks to Poland.",
        ),
    ],
)
def test_who_did_it_to_whom_is_seen(source: str, right: str, wrong: str) -> None:
    a, b, c = load_encoder().encode([source, right, wrong])
    assert float(a @ b) > float(a @ c)


def test_a_text_longer_than_a_window_is_read_to_its_end() -> None:
    encoder = _encoder()
    long = " ".join(["We saw the bridge burn."] * WINDOW)
    other = long + " " + " ".join(["Никто не пришёл на помощь."] * WINDOW)
    for part in encoder.encode_parts([long, other]):
        assert float(part[0] @ part[1]) < 0.99
    spans, vectors = encoder.words_in_context(other)
    assert len(spans) == len(vectors)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(spans)), abs=1e-4)


def test_words_have_a_vector_in_their_sentence_and_one_of_their_own() -> None:
    encoder, static = load_encoder(), load_encoder("fast")
    text = "She sat on the river bank, then the bank refused the loan."
    spans, vectors = encoder.words_in_context(text)
    assert spans == word_spans(text)
    first, second = (i for i, s in enumerate(spans) if s.of(text) == "bank")
    assert float(vectors[first] @ vectors[second]) < 0.98
    np.testing.assert_array_equal(encoder.words(text)[1], static.words(text)[1])
    np.testing.assert_array_equal(encoder.salience(text), static.salience(text))
    own = static.words_in_context(text)[1]
    np.testing.assert_array_equal(own, static.words(text)[1])


def test_words_of_translations_meet() -> None:
    encoder = load_encoder()
    (a_spans, a), (b_spans, b) = map(
        encoder.words_in_context, ("The old bridge was blown up at night.", "Старый мост взорвали ночью.")
    )
    pairs = {a_spans[i].of("The old bridge was blown up at night."): int(j) for i, j in enumerate((a @ b.T).argmax(1))}
    words = [s.of("Старый мост взорвали ночью.") for s in b_spans]
    assert [words[pairs[w]] for w in ("old", "bridge", "blown", "night")] == ["Старый", "мост", "взорвали", "ночью"]


@pytest.mark.parametrize("name", ["layers.onnx", "table.safetensors", "config.json"])
def test_a_damaged_folder_is_named(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(MODELS / "contextual", folder)
    (folder / name).write_bytes(b"nonsense")
    static = EmbeddedEncoder(MODELS / "static", "static")
    with pytest.raises(ModelError, match="install transcheck again"):
        ContextualEncoder(folder, "broken", static)
    (folder / name).unlink()
    with pytest.raises(ModelError, match="install transcheck again"):
        ContextualEncoder(folder, "broken", static)
