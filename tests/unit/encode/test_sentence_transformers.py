from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from transcheck.encode import FAST, load_encoder
from transcheck.types import ModelError

pytestmark = pytest.mark.slow
pytest.importorskip("sentence_transformers")

MODEL = Path(__file__).parents[3] / "transcheck" / "models" / "static"
TEXTS = [
    "Мост взорвали ночью, и никто не пришёл на помощь.",
    "Міст підірвали вночі, і ніхто не прийшов на допомогу.",
    "The bridge was blown up at night and nobody came to help.",
    "В 2022 году в городе осталось 14 000 человек.",
    "«П’ять років», — сказав суддя.",
    "No.",
]


def test_the_packaged_folder_gives_the_same_vectors_in_sentence_transformers() -> None:
    mine, theirs = load_encoder(FAST).encode(TEXTS), load_encoder(str(MODEL)).encode(TEXTS)
    assert mine.shape == theirs.shape
    assert (mine * theirs).sum(axis=1).min() > 0.999
    hub = load_encoder(str(MODEL))
    spans, vectors = hub.words_in_context(TEXTS[2])
    own_spans, own = load_encoder(FAST).words(TEXTS[2])
    assert spans == own_spans
    assert (vectors * own).sum(axis=1).min() > 0.95


def test_a_tiny_transformer_made_here_is_loaded_and_gives_unit_rows(tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "bridge", "night", "мост", "ночь"]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]")
    bert = tmp_path / "bert"
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(bert)
    fast.save_pretrained(bert)
    transformer = Transformer(str(bert))
    SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu").save(str(tmp_path / "model"))
    encoder = load_encoder(str(tmp_path / "model"))
    rows = encoder.encode(["bridge night", "мост"])
    assert rows.shape == (2, encoder.dim) == (2, 16)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1], abs=1e-5)
    spans, vectors = encoder.words("bridge, night")
    assert [(s.start, s.end) for s in spans] == [(0, 6), (8, 13)]
    found, inside = encoder.words_in_context("bridge, night")
    assert found == spans
    assert inside.shape == (2, 16)
    assert np.linalg.norm(inside, axis=1) == pytest.approx([1, 1], abs=1e-5)
    packaged = load_encoder()
    np.testing.assert_array_equal(vectors, packaged.words("bridge, night")[1])
    np.testing.assert_array_equal(encoder.salience("bridge, night"), packaged.salience("bridge, night"))


def test_a_model_that_cannot_be_had_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(str(tmp_path / "empty"))
