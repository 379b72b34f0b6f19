"""Attention of an exported transformer as one operator of onnxruntime, in the place of two dozen small ones."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import onnx

DOMAIN = "com.microsoft"


def fuse_attention(path: Path, heads: int) -> int:
    """Replace every attention in a graph as torch exports it, over the whole text and without a mask; returns their
    number.

    Between the sums that are its queries, keys and values and the mixed values, reshaped, all goes into one
    ``MultiHeadAttention`` of ``heads`` heads. onnxruntime's own optimiser does not know the pattern that torch's
    exporter makes of ``scaled_dot_product_attention``.

    Raises:
        ValueError: when no attention is found.
    """
    import onnx
    from onnx import helper

    model = onnx.load(str(path))
    graph = model.graph
    makers = {name: node for node in graph.node for name in node.output}
    users: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            users.setdefault(name, []).append(node)
    found: dict[str, onnx.NodeProto] = {}
    for softmax in (n for n in graph.node if n.op_type == "Softmax"):
        product = makers[makers[softmax.input[0]].input[0]]  # what is added to it is a mask of nothing
        mixed = softmax
        while mixed.op_type != "MatMul":
            mixed = users[mixed.output[0]][-1]
        given = [_biased(name, makers) for name in (*product.input, mixed.input[1])]
        transposed = users[mixed.output[0]][0]
        out = users[transposed.output[0]][0].output[0]
        found[out] = helper.make_node(
            "MultiHeadAttention", given, [out], name=f"attention_{len(found)}", domain=DOMAIN, num_heads=heads
        )
    if not found:
        raise ValueError(f"{path}: no attention in the graph; torch exports another pattern now")
    _replace(graph, found)
    if all(imported.domain != DOMAIN for imported in model.opset_import):
        model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    onnx.save(model, str(path))
    return len(found)


def _biased(name: str, makers: dict[str, onnx.NodeProto]) -> str:
    """Return the sum with a bias that a tensor is a reshaped, turned or scaled form of."""
    while makers[name].op_type != "Add":
        name = makers[name].input[0]
    return name


def _replace(graph: onnx.GraphProto, found: dict[str, onnx.NodeProto]) -> None:
    """Put nodes in the place of those that make the same, and drop what nothing needs any more."""
    nodes = [next((found[o] for o in node.output if o in found), node) for node in graph.node]
    needed = {o.name for o in graph.output}
    kept = []
    for node in reversed(nodes):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
    tensors = [t for t in graph.initializer if t.name in needed]
    shapes = [v for v in graph.value_info if v.name in needed]
    for field, values in ((graph.node, kept[::-1]), (graph.initializer, tensors), (graph.value_info, shapes)):
        del field[:]
        field.extend(values)
