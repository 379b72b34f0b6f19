"""Vectors that were computed before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from transcheck.encode import Deferred
from transcheck.encode import deferred as deferred_module
from transcheck.encode.cache import Caching
from transcheck.store import Store

TEXTS = ["Суд отложили.", "Суд відклали.", "The hearing was put off.", "", "a\ud800b"]


class Counting(Deferred):
    """Counts what the model is asked for."""

    def __init__(self, model: str | None = "fast") -> None:
        super().__init__(model)
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += texts
        return super().encode(texts)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "v.sqlite", 2**24, pytest.fail)
    yield store
    store.close()


def test_what_was_encoded_is_not_encoded_again(store: Store) -> None:
    first, plain = Counting(), Deferred("fast").encode(TEXTS)
    rows = Caching(first, store).encode([*TEXTS, TEXTS[0]])
    assert first.asked == TEXTS
    second = Counting()
    again = Caching(second, store).encode([TEXTS[2], "Новое.", *TEXTS])
    assert second.asked == ["Новое."]
    for found in (rows[: len(TEXTS)], again[2:]):
        assert found.dtype == np.float32
        assert np.array_equal(found, plain)


def test_the_model_is_not_loaded_where_every_vector_is_known(store: Store) -> None:
    Caching(Deferred("fast"), store).encode(TEXTS)
    encoder = Deferred("fast")
    Caching(encoder, store).encode(TEXTS[:2])
    assert not encoder.loaded
    assert encoder.id == "transcheck-static"


def test_another_revision_is_encoded_anew(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    Caching(Deferred("fast"), store).encode(TEXTS)
    monkeypatch.setattr(deferred_module, "revision", lambda _: "another")
    encoder = Counting()
    Caching(encoder, store).encode(TEXTS)
    assert encoder.asked == TEXTS


def test_a_model_of_unknown_revision_is_passed_through(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deferred_module, "revision", lambda _: None)
    for _ in range(2):
        encoder = Counting()
        Caching(encoder, store).encode(TEXTS)
        assert encoder.asked == TEXTS
    assert store.info().entries == 0


def test_damaged_vectors_are_computed_again(store: Store) -> None:
    plain = Caching(Deferred("fast"), store).encode(TEXTS)
    connection = store._connection
    assert connection is not None
    for value in (b"", b"xyz", b"12345678", bytes(4)):
        connection.execute("UPDATE blobs SET value = ? WHERE key = (SELECT key FROM blobs LIMIT 1)", (value,))
        assert np.array_equal(Caching(Deferred("fast"), store).encode(TEXTS), plain)


def test_words_come_from_the_model(store: Store) -> None:
    encoder, plain = Caching(Deferred("fast"), store), Deferred("fast").load()
    spans, vectors = encoder.words(TEXTS[0])
    assert spans == plain.words(TEXTS[0])[0]
    assert np.array_equal(vectors, encoder.words_in_context(TEXTS[0])[1])
    assert np.array_equal(encoder.salience(TEXTS[0]), plain.salience(TEXTS[0]))
    assert (encoder.id, encoder.dim, encoder.encode([]).shape) == (plain.id, plain.dim, (0, plain.dim))
