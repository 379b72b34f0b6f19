"""Parity of sentence-transformers, onnxruntime in float32 and in int8, on the packaged model and on one made here."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

torch = pytest.importorskip("torch")
pytest.importorskip("onnxscript")

from sentence_transformers import SentenceTransformer  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402
from transformers import BertConfig, BertModel  # noqa: E402

from benchmarks.seeds import read_seeds  # noqa: E402
from training import export_contextual as export  # noqa: E402
from transcheck.encode import load_encoder  # noqa: E402
from transcheck.encode.contextual import WINDOW, ContextualEncoder  # noqa: E402
from transcheck.encode.embedded import EmbeddedEncoder  # noqa: E402
from transcheck.text.sentences import segment  # noqa: E402
from transcheck.types import LANGS  # noqa: E402

pytestmark = pytest.mark.slow
MODELS = Path(__file__).parents[3] / "transcheck" / "models"
SENTENCES = 500

Floats = NDArray[np.float32]


@pytest.fixture(scope="module")
def static() -> EmbeddedEncoder:
    return EmbeddedEncoder(MODELS / "static", "static")


@pytest.fixture(scope="module")
def vocabulary() -> Tokenizer:
    return Tokenizer.from_file(str(MODELS / "static" / "tokenizer.json"))


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Different sentences of the seeds, a language after the other."""
    found: dict[str, None] = {}
    for lang in LANGS:
        for seed in read_seeds("tuning"):
            version = seed.document.version(lang)
            if version is not None:
                found.update(dict.fromkeys(s.text for s in segment(version.text, lang)))
    texts = list(found)
    return texts[:: len(texts) // SENTENCES][:SENTENCES]


def _least(a: Floats, b: Floats) -> float:
    return float((a * b).sum(axis=1).min())


def _no_turn(static: EmbeddedEncoder, table: Floats) -> Floats:
    return np.eye(static.dim + table.shape[1], dtype=np.float32)


def _float32(
    bert: BertModel, table: Floats, vocabulary: Tokenizer, static: EmbeddedEncoder, folder: Path
) -> tuple[SentenceTransformer, ContextualEncoder]:
    """The model in sentence-transformers and in onnxruntime without int8 layers."""
    export.save_for_sentence_transformers(bert, table, vocabulary, folder / "whole")
    rows, projection = export.factorise(table, np.ones(len(table), dtype=np.int64), table.shape[1])
    export.save(bert, rows, projection, _no_turn(static, table), folder / "onnx", 0.5)
    export.to_onnx(export.Layers(bert, projection), folder / "onnx" / export.LAYERS)
    return SentenceTransformer(str(folder / "whole"), device="cpu"), ContextualEncoder(folder / "onnx", "f", static)


def test_the_packaged_int8_layers_give_what_their_float32_selves_give(
    tmp_path: Path, sentences: list[str], vocabulary: Tokenizer, static: EmbeddedEncoder
) -> None:
    bert, table = export.unpack(MODELS / "contextual")
    whole, onnx = _float32(bert, table, vocabulary, static, tmp_path)
    packaged = ContextualEncoder(MODELS / "contextual", "p", static)
    assert len(sentences) == SENTENCES
    one, two, three = whole.encode(sentences), onnx.encode_context(sentences), packaged.encode_context(sentences)
    assert _least(one, two) > 0.999
    assert float((two * three).sum(axis=1).mean()) >= 0.99
    assert float((one * three).sum(axis=1).mean()) >= 0.99
    # half of a sentence's vector is the static one, which is the same in all three
    assert (1 + _least(one, three)) / 2 >= 0.97


def test_int8_layers_cost_no_more_than_three_tenths_of_a_point_of_retrieval(
    tmp_path: Path, vocabulary: Tokenizer, static: EmbeddedEncoder
) -> None:
    bert, table = export.unpack(MODELS / "contextual")
    _, onnx = _float32(bert, table, vocabulary, static, tmp_path)
    packaged = ContextualEncoder(MODELS / "contextual", "p", static)
    clean = [s.document for s in read_seeds("tuning") if not s.defects]
    accuracy = []
    for encoder in (onnx, packaged):
        vectors = [encoder.encode_context([d.versions[i].text for d in clean]) for i in range(len(LANGS))]
        hits = [
            (a @ b.T).argmax(axis=1) == np.arange(len(clean))
            for i, a in enumerate(vectors)
            for b in vectors[:i] + vectors[i + 1 :]
        ]
        accuracy.append(100 * float(np.concatenate(hits).mean()))
    assert accuracy[0] - accuracy[1] <= 0.3


def test_a_model_made_here_is_packaged_read_and_unpacked(
    tmp_path: Path, sentences: list[str], vocabulary: Tokenizer, static: EmbeddedEncoder
) -> None:
    torch.manual_seed(1)
    size = vocabulary.get_vocab_size()
    config = BertConfig(
        vocab_size=1, hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64, pad_token_id=0
    )
    bert = export.shorten(BertModel(config, add_pooling_layer=False).eval())
    for parameter in bert.parameters():  # equal biases would be stored once, without their names
        parameter.data += 0.02 * torch.randn_like(parameter)
    assert bert.embeddings.position_embeddings.num_embeddings == WINDOW + 2
    table = np.random.default_rng(1).normal(size=(size + 2, 32)).astype(np.float32) * 0.3
    whole, onnx = _float32(bert, table, vocabulary, static, tmp_path)
    rows, projection = export.factorise(table, np.ones(len(table), dtype=np.int64), 32)
    export.save(bert, rows, projection, _no_turn(static, table), tmp_path / "int8", 0.25)
    packaged = ContextualEncoder(tmp_path / "int8", "tiny", static)
    texts = sentences[:100]
    assert packaged.dim == static.dim + 32
    assert _least(whole.encode(texts), onnx.encode_context(texts)) > 0.999
    assert _least(whole.encode(texts), packaged.encode_context(texts)) >= 0.99
    joined = packaged.encode(texts[:1])[0]
    assert float(np.linalg.norm(joined[: static.dim])) == pytest.approx(0.5, abs=1e-5)
    export.reduce(tmp_path / "int8", sentences, 300)
    reduced = ContextualEncoder(tmp_path / "int8", "tiny", static)
    assert reduced.dim == 300
    cosines, before = reduced.encode(texts) @ reduced.encode(texts).T, packaged.encode(texts) @ packaged.encode(texts).T
    assert np.abs(cosines - before).max() < 0.05
    again, rows_again = export.unpack(tmp_path / "int8")
    assert np.abs(rows_again - table).max() < 0.02
    for name, value in bert.state_dict().items():
        if "word_embeddings" not in name:
            assert torch.allclose(again.state_dict()[name], value, atol=0.01), name


def test_a_smaller_table_keeps_its_frequent_rows(vocabulary: Tokenizer) -> None:
    rng = np.random.default_rng(2)
    table = rng.normal(size=(400, 32)).astype(np.float32)
    counts = np.where(np.arange(400) < 20, 10**8, 0)
    rows, projection = export.factorise(table, counts, 24)
    assert rows.shape == (400, 24)
    assert projection.shape == (24, 32)
    errors = np.linalg.norm(rows @ projection - table, axis=1)
    assert errors[:20].mean() < 0.2 * errors[20:].mean()


def test_the_default_encoder_in_sentence_transformers_as_a_model_of_its_own(
    tmp_path: Path, vocabulary: Tokenizer
) -> None:
    bert, table = export.unpack(MODELS / "contextual")
    export.save_for_sentence_transformers(bert, table, vocabulary, tmp_path / "model")
    hub = load_encoder(str(tmp_path / "model"))
    text = "She sat on the river bank, then the bank refused the loan."
    spans, theirs = hub.words_in_context(text)
    mine_spans, mine = load_encoder().words_in_context(text)
    assert spans == mine_spans
    assert _least(theirs, mine) > 0.98
