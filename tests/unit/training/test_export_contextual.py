"""Parity of sentence-transformers, onnxruntime in float32 and in int8, on the packaged model and on one made here."""

from __future__ import annotations

import json
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
from training.bindings import Bindings, scaled, static_length  # noqa: E402
from transcheck.encode import load_encoder  # noqa: E402
from transcheck.encode.contextual import WINDOW, ContextualEncoder  # noqa: E402
from transcheck.encode.embedded import EmbeddedEncoder  # noqa: E402
from transcheck.text.sentences import segment  # noqa: E402
from transcheck.types import LANGS  # noqa: E402

pytestmark = pytest.mark.slow
MODELS = Path(__file__).parents[3] / "transcheck" / "models"
SENTENCES = 500
SHARES = (0.25, 0.5, 0.25)
SAMPLE = ["We saw the old bridge at night.", "Мы видели старый мост ночью.", "Ми бачили старий міст уночі."]

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


def _static_rows(static: EmbeddedEncoder, vocabulary: Tokenizer) -> Floats:
    return static.rows(range(vocabulary.get_vocab_size()))


def _save(
    bert: BertModel, table: Floats, bindings: Bindings, vocabulary: Tokenizer, static: EmbeddedEncoder, folder: Path
) -> Floats:
    """Package a model; return the projection of its table."""
    rows, projection = export.factorise(table, np.ones(len(table), dtype=np.int64), table.shape[1])
    sample = [vocabulary.encode(t, add_special_tokens=False).ids for t in SAMPLE]
    export.save(bert, rows, projection, bindings, _static_rows(static, vocabulary), SHARES, sample, folder)
    return projection


def _float32(
    bert: BertModel, table: Floats, vocabulary: Tokenizer, static: EmbeddedEncoder, folder: Path
) -> tuple[SentenceTransformer, ContextualEncoder]:
    """The model in sentence-transformers and in onnxruntime without int8 layers."""
    export.save_for_sentence_transformers(bert, table, vocabulary, folder / "whole")
    bindings = Bindings(static.dim, table.shape[1], 8, 2)
    projection = _save(bert, table, bindings, vocabulary, static, folder / "onnx")
    export.to_onnx(export.Layers(bert, projection), folder / "onnx" / export.LAYERS)
    return SentenceTransformer(str(folder / "whole"), device="cpu"), ContextualEncoder(folder / "onnx", "f", static)


def test_the_packaged_int8_layers_give_what_their_float32_selves_give(
    tmp_path: Path, sentences: list[str], vocabulary: Tokenizer, static: EmbeddedEncoder
) -> None:
    bert, table, _ = export.unpack(MODELS / "contextual")
    whole, onnx = _float32(bert, table, vocabulary, static, tmp_path)
    packaged = ContextualEncoder(MODELS / "contextual", "p", static)
    assert len(sentences) == SENTENCES
    one = whole.encode(sentences)
    two, three = onnx.encode_parts(sentences)[1], packaged.encode_parts(sentences)[1]
    assert _least(one, two) > 0.999
    assert _least(two, three) >= 0.99
    assert _least(one, three) >= 0.99


def test_int8_layers_cost_no_more_than_three_tenths_of_a_point_of_retrieval(
    tmp_path: Path, vocabulary: Tokenizer, static: EmbeddedEncoder
) -> None:
    bert, table, _ = export.unpack(MODELS / "contextual")
    _, onnx = _float32(bert, table, vocabulary, static, tmp_path)
    packaged = ContextualEncoder(MODELS / "contextual", "p", static)
    clean = [s.document for s in read_seeds("tuning") if not s.defects]
    accuracy = []
    for encoder in (onnx, packaged):
        vectors = [encoder.encode_parts([d.versions[i].text for d in clean])[1] for i in range(len(LANGS))]
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
    bindings = Bindings(static.dim, 32, 8, 2)
    torch.nn.init.normal_(bindings.role)
    _save(bert, table, bindings, vocabulary, static, tmp_path / "int8")
    packaged = ContextualEncoder(tmp_path / "int8", "tiny", static)
    texts = sentences[:100]
    assert packaged.dim == static.dim + 32 + 8
    assert _least(whole.encode(texts), onnx.encode_parts(texts)[1]) > 0.999
    assert _least(whole.encode(texts), packaged.encode_parts(texts)[1]) >= 0.99
    joined = packaged.encode(texts[:1])[0]
    assert float(np.linalg.norm(joined[: static.dim])) == pytest.approx(0.5, abs=1e-5)
    export.reduce(tmp_path / "int8", sentences, 300)
    reduced = ContextualEncoder(tmp_path / "int8", "tiny", static)
    assert reduced.dim == 300
    cosines, before = reduced.encode(texts) @ reduced.encode(texts).T, packaged.encode(texts) @ packaged.encode(texts).T
    assert np.abs(cosines - before).max() < 0.05
    again, rows_again, bindings_again = export.unpack(tmp_path / "int8")
    for name, value in bindings.state_dict().items():
        assert torch.allclose(bindings_again.state_dict()[name], value, rtol=1e-3, atol=1e-4), name
    assert np.abs(rows_again - table).max() < 0.02
    for name, value in bert.state_dict().items():
        if "word_embeddings" not in name:
            assert torch.allclose(again.state_dict()[name], value, atol=0.01), name


def test_bindings_are_at_run_time_what_they_are_in_training(
    sentences: list[str], vocabulary: Tokenizer, static: EmbeddedEncoder
) -> None:
    bert, table, bindings = export.unpack(MODELS / "contextual")
    packaged = ContextualEncoder(MODELS / "contextual", "p", static)
    rows = scaled(_static_rows(static, vocabulary))
    texts = [*sentences[:40], "Ура!"]
    found = packaged.encode_parts(texts)[2]
    size = vocabulary.get_vocab_size()
    for text, mine in zip(texts, found, strict=True):
        ids = vocabulary.encode(text, add_special_tokens=False).ids
        given = torch.from_numpy(table[[size, *ids, size + 1]])[None]
        with torch.no_grad():
            hidden = bert(inputs_embeds=given).last_hidden_state[:, 1:-1]
            theirs = bindings(rows[torch.tensor([ids])], hidden)[0].numpy()
        assert float(mine @ theirs) > 0.98


def test_smoothing_changes_what_layers_multiply_but_not_what_they_give(vocabulary: Tokenizer) -> None:
    bert, table, _ = export.unpack(MODELS / "contextual")
    size = vocabulary.get_vocab_size()
    texts = [
        torch.from_numpy(table[[size, *vocabulary.encode(t, add_special_tokens=False).ids, size + 1]])[None]
        for t in SAMPLE
    ]
    smoothed = export.smooth(bert, texts)
    with torch.no_grad():
        for text in texts:
            one, two = (b(inputs_embeds=text).last_hidden_state for b in (bert, smoothed))
            assert torch.allclose(one, two, atol=1e-3)
    plain, scaled_ = (b.encoder.layer[0].output.dense for b in (bert, smoothed))
    assert not torch.allclose(plain.weight, scaled_.linear.weight, rtol=0.2)


def test_the_length_that_static_rows_are_divided_by_is_packaged(static: EmbeddedEncoder, vocabulary: Tokenizer) -> None:
    config = json.loads((MODELS / "contextual" / export.CONFIG).read_bytes())
    assert config["static_length"] == pytest.approx(static_length(_static_rows(static, vocabulary)), rel=1e-4)
    assert sum(config["shares"]) == pytest.approx(1.0)


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
    bert, table, _ = export.unpack(MODELS / "contextual")
    export.save_for_sentence_transformers(bert, table, vocabulary, tmp_path / "model")
    hub = load_encoder(str(tmp_path / "model"))
    text = "She sat on the river bank, then the bank refused the loan."
    spans, theirs = hub.words_in_context(text)
    mine_spans, mine = load_encoder().words_in_context(text)
    assert spans == mine_spans
    assert _least(theirs, mine) > 0.98
