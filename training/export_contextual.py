"""From the trained student to the packaged folder: a smaller table, int8 layers for onnxruntime, a folder for
sentence-transformers."""

from __future__ import annotations

import copy
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

from training.bindings import Bindings, from_state, static_length
from training.corpus import Pair
from training.export import principal_axes, quantise
from training.fuse import fuse_attention
from training.student import SPECIAL
from transcheck.encode.contextual import WINDOW, ContextualEncoder
from transcheck.encode.embedded import read_safetensors

if TYPE_CHECKING:
    from transcheck.encode.embedded import EmbeddedEncoder

log = logging.getLogger(__name__)

Floats = NDArray[np.float32]

MOST = 1000
"""Held-out pairs of two languages that the export is verified on."""
LEAST_MEAN, MOST_LOST = 0.99, 0.3

SMOOTHING = 0.65
"""How much of the size of activations moves to the weights, of 1."""

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


class Scaled(torch.nn.Module):
    """A linear layer whose inputs are divided by factors that its weights are multiplied by."""

    def __init__(self, linear: torch.nn.Linear, factors: torch.Tensor) -> None:
        super().__init__()
        self.linear = linear
        self.linear.weight.data = linear.weight.data * factors
        self.inverse = torch.nn.Parameter(1 / factors)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Run the layer."""
        out: torch.Tensor = self.linear(x * self.inverse)
        return out


@torch.no_grad()
def smooth(bert: BertModel, inputs: Sequence[torch.Tensor]) -> BertModel:
    """Return a copy of ``bert`` whose products have inputs of like size in all columns, and so lose less by int8.

    A few columns of a transformer's activations are many times larger than the others and would take the whole range of
    int8; ``SMOOTHING`` of the logarithm of their size moves to the weights (Xiao et al. 2023, SmoothQuant). ``inputs``
    are texts, float32 [1, t, h] each, that sizes are taken from.
    """
    bert = copy.deepcopy(bert).train(mode=False)
    largest: dict[str, torch.Tensor] = {}
    names = [name for name, module in bert.named_modules() if isinstance(module, torch.nn.Linear)]

    def note(name: str, given: torch.Tensor) -> None:
        sizes = given.abs().amax(dim=(0, 1))
        largest[name] = torch.maximum(largest.get(name, sizes), sizes)

    hooks = [
        bert.get_submodule(n).register_forward_pre_hook(lambda _, given, name=n: note(name, given[0])) for n in names
    ]
    for text in inputs:
        bert(inputs_embeds=text)
    for hook in hooks:
        hook.remove()
    for name in names:
        linear = cast("torch.nn.Linear", bert.get_submodule(name))
        weights = linear.weight.abs().amax(dim=0).clamp(min=1e-4)
        factors = largest[name].clamp(min=1e-4) ** SMOOTHING / weights ** (1 - SMOOTHING)
        bert.set_submodule(name, Scaled(linear, factors / factors.median()))
    return bert


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


def save(
    bert: BertModel,
    rows: Floats,
    projection: Floats,
    bindings: Bindings,
    static_rows: Floats,
    shares: Sequence[float],
    sample: Sequence[Sequence[int]],
    folder: Path,
) -> None:
    """Write the packaged folder; sentence vectors are not turned yet, see :func:`reduce`.

    ``rows`` [n + 2, r] times ``projection`` [r, h] is the table that ``bert`` reads. ``shares`` are those of the static
    vector, the layers' mean and the bindings in the squared length of a sentence's; ``static_rows`` [n, s] are the
    static encoder's. ``sample`` holds subwords of texts that show how large activations become.
    """
    folder.mkdir(parents=True, exist_ok=True)
    values, factors = quantise(rows)
    small = {name: value.numpy().astype(np.float16) for name, value in bindings.state_dict().items()}
    width = sum(len(small[name]) for name in ("left", "role")) + small["left"].shape[1]
    save_file(
        {"embeddings": values, "weights": factors, "axes": np.eye(width, dtype=np.float16), **small},
        str(folder / TABLE),
    )
    config = {
        "shares": list(shares),
        "static_length": static_length(static_rows),
        "heads": bert.config.num_attention_heads,
    }
    (folder / CONFIG).write_text(json.dumps(config) + "\n")
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        begin, end = len(rows) - 2, len(rows) - 1
        texts = [torch.from_numpy(rows[[begin, *ids[:WINDOW], end]] @ projection)[None] for ids in sample]
        to_onnx(Layers(smooth(bert, texts), projection), whole)
        quantise_layers(whole, folder / LAYERS)
    fuse_attention(folder / LAYERS, bert.config.num_attention_heads)


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
    """Quantise all products but the first to int8: scales per column for weights, anew for every text's activations.

    Weights take seven bits: with eight, processors without VNNI instructions clip sums of two products.
    """
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
        reduce_range=True,
        nodes_to_exclude=first,
    )


def unpack(folder: Path) -> tuple[BertModel, Floats, Bindings]:
    """Return the layers, the table, float32 [n + 2, h], and the bindings of a packaged folder: to train on, or to
    compare with.

    The int8 weights are multiplied out, by the factors of :func:`smooth` too; which of them belongs to which layer is
    told by the bias that is added to the product.
    """
    state, projection = _weights(folder / LAYERS)
    width = projection.shape[1]
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
    bindings = from_state(
        {name: torch.from_numpy(tensors[name].astype(np.float32)) for name in ("left", "right", "near", "role")}
    )
    table: Floats = (rows @ projection).astype(np.float32)
    return bert.train(mode=False), table, bindings


def _weights(path: Path) -> tuple[dict[str, torch.Tensor], Floats]:
    """Return the float32 weights of the layers by their names in torch, and the projection of the table.

    Raises:
        ValueError: when the file was not made by :func:`save`.
    """
    import onnx
    from onnx.numpy_helper import to_array

    graph = onnx.load(str(path)).graph
    arrays = {i.name: to_array(i) for i in graph.initializer}
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    state = {
        name.removeprefix("bert.").replace(".linear.", "."): torch.from_numpy(value.copy())
        for name, value in arrays.items()
        if name.startswith("bert.") and value.dtype == np.float32 and not name.endswith(".inverse")
    }
    makers = {name: node for node in graph.node for name in node.output}
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            quantised = node.input[1]
            scale = arrays[quantised.replace("_quantized", "_scale")]
            at = node
            while at.op_type != "Add":
                (at,) = users[at.output[0]]
            bias = next(name for name in at.input if name.endswith(".bias"))
            weight = (arrays[quantised].astype(np.float32) * scale).T
            smoothed = makers[makers[node.input[0]].input[0]]
            inverse = next((name for name in smoothed.input if name.endswith(".inverse")), None)
            if smoothed.op_type != "Mul" or inverse is None:
                raise ValueError(f"{path}: the input of {node.name} is not smoothed; package the encoder anew")
            weight *= arrays[inverse]
            name = bias.removeprefix("bert.").replace(".linear.bias", "")
            state[f"{name}.weight"] = torch.from_numpy(weight.copy())
    projection: Floats = arrays["projection"].astype(np.float32)
    return state, projection


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

    Returns the least and the mean cosine of the part of their vectors that the layers make, and the retrieval accuracy,
    per cent, of that part.

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
        mine = [packaged.encode_parts(t)[1] for t in texts]
        theirs = [whole.encode(t, show_progress_bar=False) for t in texts]
        cosines += [float(c) for a, b in zip(mine, theirs, strict=True) for c in (a * b).sum(axis=1)]
        for name, (a, b) in (("int8", mine), ("float32", theirs)):
            accuracies[name].append(100 * float(((a @ b.T).argmax(axis=1) == np.arange(len(a))).mean()))
    found = {"least cosine": min(cosines), "mean cosine": float(np.mean(cosines))}
    found |= {name: float(np.mean(values)) for name, values in accuracies.items()}
    log.info("int8 against float32: %s", {k: round(v, 4) for k, v in found.items()})
    if found["mean cosine"] < LEAST_MEAN or found["float32"] - found["int8"] > MOST_LOST:
        raise ValueError(f"{folder}: quantisation costs too much: {found}")
    return found
