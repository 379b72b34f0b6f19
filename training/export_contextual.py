"""From the trained student to the packaged folder: a smaller table, int8 layers for onnxruntime, a folder for
sentence-transformers."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.processors import TemplateProcessing
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from training.contextual import SPECIAL
from training.corpus import Pair
from training.export import principal_axes, quantise
from transcheck.encode.contextual import WINDOW, ContextualEncoder
from transcheck.encode.embedded import read_safetensors

if TYPE_CHECKING:
    from transcheck.encode.embedded import EmbeddedEncoder

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

MOST = 1000
"""Held-out pairs of two languages that the export is verified on."""
LEAST_MEAN, MOST_LOST = 0.99, 0.3

LAYERS, TABLE, CONFIG = "layers.onnx", "table.safetensors", "config.json"


class Layers(torch.nn.Module):
    """Everything above the table: ``rows`` float32 [n, t, r] to the last layer's output, float32 [n, t, h]."""

    def __init__(self, bert: BertModel, projection: Floats) -> None:
        super().__init__()
        self.bert = bert
        self.projection = torch.nn.Parameter(torch.from_numpy(projection))

    def forward(self, rows: torch.Tensor) -> torch.Tensor:
        """Project the rows to the width of the layers and run them."""
        hidden: torch.Tensor = self.bert(inputs_embeds=rows @ self.projection).last_hidden_state
        return hidden


def shorten(bert: BertModel) -> BertModel:
    """Cut the positions that no window reaches; returns ``bert``."""
    embeddings, length = bert.embeddings, WINDOW + 2
    if bert.config.max_position_embeddings > length:
        bert.config.max_position_embeddings = length
        kept = torch.nn.Embedding(length, bert.config.hidden_size)
        kept.weight.data.copy_(embeddings.position_embeddings.weight[:length])
        embeddings.position_embeddings = kept
        embeddings.register_buffer("position_ids", torch.arange(length)[None], persistent=False)
        embeddings.register_buffer("token_type_ids", torch.zeros(1, length, dtype=torch.long), persistent=False)
    return bert


def factorise(table: Floats, counts: NDArray[np.int64], rank: int) -> tuple[Floats, Floats]:
    """Return rows [n, rank] and projection [rank, h] whose product is nearest to ``table`` [n, h].

    ``counts`` [n] is how often each subword occurs; a row's error counts as its square root.
    """
    weights = np.sqrt(np.sqrt(counts + 1.0)).astype(np.float32)[:, None]
    _, _, axes = np.linalg.svd(table * weights, full_matrices=False)
    projection: Floats = np.ascontiguousarray(axes[:rank]).astype(np.float32)
    rows: Floats = table @ projection.T
    return rows, projection


def save(bert: BertModel, rows: Floats, projection: Floats, axes: Floats, folder: Path, share: float) -> None:
    """Write the packaged folder.

    ``share`` is the share of the static vector in the squared length of a sentence's, ``axes`` [s + h, d] what the two
    parts are turned to in the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    values, factors = quantise(rows)
    save_file({"embeddings": values, "weights": factors, "axes": axes.astype(np.float16)}, str(folder / TABLE))
    (folder / CONFIG).write_text(json.dumps({"static_share": share, "heads": bert.config.num_attention_heads}) + "\n")
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        to_onnx(Layers(bert, projection), whole)
        quantise_layers(whole, folder / LAYERS)


def reduce(folder: Path, texts: Sequence[str], dimensions: int) -> None:
    """Turn the sentence vectors of a packaged folder to the ``dimensions`` principal axes of those of ``texts``."""
    from transcheck.encode import FAST, load_encoder

    static = cast("EmbeddedEncoder", load_encoder(FAST))
    vectors = ContextualEncoder(folder, "whole", static).encode(texts)
    tensors = read_safetensors(folder / TABLE)
    kept = {name: np.array(value) for name, value in tensors.items()}
    kept["axes"] = principal_axes(vectors, dimensions).astype(np.float16)
    del tensors
    save_file(kept, str(folder / TABLE))


def to_onnx(layers: Layers, path: Path) -> None:
    """Export the layers in float32, text by text, for any number of subwords that the encoder reads at once."""
    layers.eval()
    example = torch.zeros(1, 8, layers.projection.shape[0])
    length = torch.export.Dim("t", min=2, max=WINDOW + 2)
    torch.onnx.export(
        layers,
        (example,),
        str(path),
        dynamo=True,
        dynamic_shapes=({1: length},),
        input_names=["rows"],
        output_names=["hidden"],
        external_data=False,
        verbose=False,
    )


def quantise_layers(whole: Path, path: Path) -> None:
    """Quantise all products but the first to int8: scales per column for weights, anew for every text's activations."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = whole.with_suffix(".prepared.onnx")
    quant_pre_process(str(whole), str(prepared), skip_symbolic_shape=True)
    first = [n.name for n in onnx.load(str(prepared)).graph.node if "rows" in n.input]
    quantize_dynamic(
        str(prepared),
        str(path),
        op_types_to_quantize=["MatMul"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        nodes_to_exclude=first,
    )


def unpack(folder: Path) -> tuple[BertModel, Floats]:
    """Return the layers and the table, float32 [n + 2, h], of a packaged folder: to train on, or to compare with.

    The int8 weights are multiplied out; which of them belongs to which layer is told by the bias that is added to the
    product.
    """
    import onnx
    from onnx.numpy_helper import to_array

    graph = onnx.load(str(folder / LAYERS)).graph
    arrays = {i.name: to_array(i) for i in graph.initializer}
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    state = {
        name.removeprefix("bert."): torch.from_numpy(value.copy())
        for name, value in arrays.items()
        if name.startswith("bert.") and value.dtype == np.float32
    }
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            quantised = node.input[1]
            scale = arrays[quantised.replace("_quantized", "_scale")]
            at = node
            while at.op_type != "Add":
                (at,) = users[at.output[0]]
            bias = next(name for name in at.input if name.endswith(".bias"))
            weight = (arrays[quantised].astype(np.float32) * scale).T
            state[bias.removeprefix("bert.").replace(".bias", ".weight")] = torch.from_numpy(weight.copy())
    width = arrays["projection"].shape[1]
    positions = len(state["embeddings.position_embeddings.weight"])
    layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layer."))
    heads = int(json.loads((folder / CONFIG).read_bytes())["heads"])
    wide = len(state["encoder.layer.0.intermediate.dense.bias"])
    config = BertConfig(
        vocab_size=1,
        hidden_size=width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        intermediate_size=wide,
        max_position_embeddings=positions,
        type_vocab_size=len(state["embeddings.token_type_embeddings.weight"]),
        pad_token_id=0,
    )
    bert = BertModel(config, add_pooling_layer=False)
    bert.load_state_dict({**state, "embeddings.word_embeddings.weight": torch.zeros(1, width)})
    tensors = read_safetensors(folder / TABLE)
    rows = tensors["embeddings"].astype(np.float32) * tensors["weights"].astype(np.float32)[:, None]
    return bert.train(mode=False), rows @ arrays["projection"]


def save_for_sentence_transformers(bert: BertModel, table: Floats, vocabulary: Tokenizer, folder: Path) -> None:
    """Write the context part of the encoder as a folder of sentence-transformers (float32, needs torch).

    ``table`` [n + 2 or more, h] holds the vocabulary's n subwords, then [CLS], [SEP] and [PAD].
    """
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

    size = vocabulary.get_vocab_size()
    full = np.zeros((size + len(SPECIAL), table.shape[1]), dtype=np.float32)
    full[: len(table)] = table
    config = BertConfig.from_dict({**bert.config.to_dict(), "vocab_size": len(full), "pad_token_id": size + 2})
    whole = BertModel(config, add_pooling_layer=False)
    whole.load_state_dict({**bert.state_dict(), "embeddings.word_embeddings.weight": torch.from_numpy(full)})
    tokenizer = Tokenizer.from_str(vocabulary.to_str())
    tokenizer.add_special_tokens(list(SPECIAL))
    ids = [(name, size + i) for i, name in enumerate(SPECIAL)]
    tokenizer.post_processor = TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ids[:2])
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        unk_token="<unk>",
        cls_token="[CLS]",
        sep_token="[SEP]",
        pad_token="[PAD]",
        model_max_length=WINDOW + 2,
    )
    with tempfile.TemporaryDirectory() as scratch:
        whole.save_pretrained(scratch)
        fast.save_pretrained(scratch)
        modules = [Transformer(scratch, max_seq_length=WINDOW + 2), Pooling(table.shape[1]), Normalize()]
        SentenceTransformer(modules=modules, device="cpu").save(str(folder))


def verify(folder: Path, reference: Path, held: Sequence[Pair]) -> dict[str, float]:
    """Compare the packaged folder with the float32 one of sentence-transformers on held-out pairs.

    Returns the least cosine of their sentence vectors, the least and the mean one of the part that the layers make, and
    the retrieval accuracy, per cent, of that part.

    Raises:
        ValueError: when the mean cosine is below 0.99 or quantisation costs more than 0.3 points of accuracy.
    """
    from sentence_transformers import SentenceTransformer

    from transcheck.encode import FAST, load_encoder

    packaged = ContextualEncoder(folder, "packaged", cast("EmbeddedEncoder", load_encoder(FAST)))
    whole = SentenceTransformer(str(reference), device="cpu")
    cosines: list[float] = []
    accuracies: dict[str, list[float]] = {"float32": [], "int8": []}
    for langs in sorted({(p.lang_a, p.lang_b) for p in held}):
        chosen = {p.text_b: p for p in held if (p.lang_a, p.lang_b) == langs}.values()
        chosen = {p.text_a: p for p in chosen}.values()
        texts = [[p.text_a for p in chosen][:MOST], [p.text_b for p in chosen][:MOST]]
        mine = [packaged.encode_context(t) for t in texts]
        theirs = [whole.encode(t, show_progress_bar=False) for t in texts]
        cosines += [float(c) for a, b in zip(mine, theirs, strict=True) for c in (a * b).sum(axis=1)]
        for name, (a, b) in (("int8", mine), ("float32", theirs)):
            accuracies[name].append(100 * float(((a @ b.T).argmax(axis=1) == np.arange(len(a))).mean()))
    share = float(json.loads((folder / CONFIG).read_bytes())["static_share"])
    least = min(cosines)
    found = {"least cosine": share + (1 - share) * least, "of layers": least, "mean of layers": float(np.mean(cosines))}
    found |= {name: float(np.mean(values)) for name, values in accuracies.items()}
    log.info("int8 against float32: %s", {k: round(v, 4) for k, v in found.items()})
    if found["mean of layers"] < LEAST_MEAN or found["float32"] - found["int8"] > MOST_LOST:
        raise ValueError(f"{folder}: quantisation costs too much: {found}")
    return found
